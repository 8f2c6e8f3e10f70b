import { access, realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import * as audit from '../audit/audit.ts'
import type { AuditFinding } from '../audit/finding.ts'
import { headsFile, readHeads, readKeyFile } from '../audit/heads-file.ts'
import { asMonth } from '../audit/month.ts'
import { auditProblem } from '../audit/problems.ts'
import type { Verification } from '../audit/verify.ts'
import type { HeadsToCheck } from '../audit/verify-heads.ts'
import { asOperator, type House } from '../open-house.ts'
import { printAnswer, WrongUsage } from '../platform/terminal.ts'
import type { Invocation } from './invocation.ts'

/** The keys whose signature is the house's: those of its house.json, unless others were noted elsewhere. */
export function pinnedKeys(house: House, said?: string | boolean): readonly string[] {
  if (typeof said === 'string') {
    const keys = said.toLowerCase().split(',')
    if (!keys.every(key => /^[0-9a-f]{64}$/.test(key))) throw auditProblem('key-fingerprint-unknown', { key: said })
    return keys
  }
  const { headsKey, formerHeadsKeys } = house.record()
  return [headsKey, ...(Array.isArray(formerHeadsKeys) ? formerHeadsKeys : [])].filter(key => typeof key === 'string')
}

/** Whether the entries of readings can be proved here: the installation has the key that it had when it began. */
export const entriesAre = (house: House): Verification['entriesAre'] =>
  house.record()['readingsKey'] === audit.readingKeyName() ? 'ours' : 'of-another-key'

const isThere = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  )

/** Refuses a file that cannot be read as heads before anything is checked. */
async function refuseOtherThanHeads(file: string): Promise<void> {
  try {
    for await (const _line of readHeads(file)) return
  } catch (error) {
    throw auditProblem('heads-unreadable', { file, why: error instanceof Error ? error.message : String(error) })
  }
}

/** The heads of a file: the installation's own, or a copy from elsewhere. */
async function headsOf(house: House, given?: string): Promise<HeadsToCheck> {
  const own = headsFile(house.folder)
  const file = given === undefined ? own : resolve(given)
  const isOwn =
    given === undefined || (await realpath(file).catch(() => file)) === (await realpath(own).catch(() => own))
  // A file that was taken away has no lines: what the database knows of it tells the rest.
  const isEmpty = isOwn && !(await isThere(file))
  if (!isEmpty) await refuseOtherThanHeads(file)
  const { headsBegin, id } = house.record()
  return {
    lines: isEmpty ? [] : readHeads(file),
    are: isOwn ? 'the-file' : 'a-copy',
    house: id,
    keyBeside: await readKeyFile(file),
    ...(headsBegin !== undefined && { begin: headsBegin as NonNullable<HeadsToCheck['begin']> }),
  }
}

/** What is verified of a house, against its own file of heads or a copy of it. */
export async function verificationOf(
  house: House,
  { heads, key, month }: { heads?: string; key?: string | boolean; month?: string } = {},
): Promise<Verification> {
  const asked = month === undefined ? undefined : asMonth(month)
  if (month !== undefined && !asked) throw auditProblem('month-unknown', { month })
  return {
    keys: pinnedKeys(house, key),
    heads: await headsOf(house, heads),
    entriesAre: entriesAre(house) ?? 'ours',
    ...(asked && { month: asked }),
  }
}

const findingText = ({ kind, chain, seq, id, at, count }: AuditFinding) =>
  [
    kind,
    chain !== undefined && `chain ${chain}`,
    seq !== undefined && `place ${seq}`,
    id,
    at && `known at ${at}`,
    count !== undefined && `${count} of them`,
  ]
    .filter(Boolean)
    .join(', ')

const textIn = (value: string | boolean | undefined) => (typeof value === 'string' ? value : undefined)

/**
 * `audit verify [--heads F] [--key FINGERPRINT] [--month M]`: exit 0 where everything holds; otherwise each finding is
 * named.
 */
export async function auditVerify({ house, values, json }: Invocation): Promise<void> {
  const [heads, key, month] = [textIn(values['heads']), values['key'], textIn(values['month'])]
  const given = await verificationOf(house, { ...(heads && { heads }), ...(key && { key }), ...(month && { month }) })
  const report = await house.openWork({ ...asOperator('audit'), sees: 'one-moment' }, work =>
    audit.verifyAudit(work, given),
  )
  const words = [
    `${report.deeds} deeds, and ${report.entries} works with ${report.readings} readings in 32 chains` +
      (report.batches > 0 ? `, and ${report.batches} batches of readings of the former way` : ''),
    `against ${report.heads} kept heads${report.headsUntil ? `, the last of ${report.headsUntil}` : ''}`,
    `signed by the key ${given.keys.join(', ')}`,
    ...(report.months.length > 0 ? [`months proved by their root: ${report.months.join(', ')}`] : []),
    ...(report.rootOnly.length > 0 ? [`of these only the root remains: ${report.rootOnly.join(', ')}`] : []),
    ...(given.entriesAre === 'ours'
      ? []
      : ['NOT TOLD: who made the entries. keys/sealing.key is another than when they were made; copy the former one']),
    ...(report.findings.length > 0 ? report.findings.map(findingText) : ['everything verifies']),
  ].join('\n')
  await printAnswer(json, { ...report, keys: given.keys, entriesAre: given.entriesAre }, words)
  if (report.findings.length) throw auditProblem('audit-broken', { findings: report.findings.length })
}

/** `audit drop-readings --month M`: what the rule of retention no longer keeps; the month's root stays. */
export async function dropMonth({ house, values, json }: Invocation): Promise<void> {
  const month = values['month']
  if (typeof month !== 'string') throw new WrongUsage('audit drop-readings needs the month')
  const signer = { house: house.record().id, key: house.signingKey() }
  const dropped = await house.openWork(asOperator('audit', 'maintenance'), work =>
    audit.dropReadings(work, month, signer),
  )
  await printAnswer(json, { month, ...dropped }, `${dropped.readings} readings of ${month} are removed; its root stays`)
}
