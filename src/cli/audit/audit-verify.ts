import { readFile } from 'node:fs/promises'
import * as audit from '../../audit/audit.ts'
import type { AuditFinding } from '../../audit/finding.ts'
import { auditProblem } from '../../audit/problems.ts'
import { verificationOf } from '../../audit-verification.ts'
import { verifyLines } from '../../inspection/inspection.ts'
import { asOperator } from '../../open-house.ts'
import { refuseDoubtedTime } from '../../platform/jobs/believed-time.ts'
import { printAnswer, WrongUsage } from '../../platform/terminal.ts'
import type { Invocation } from '../invocation.ts'
import { archiveAndDrop, verifyArchives } from './audit-archives.ts'

/** Where in a chain, or in the file of heads. */
function placeText({ chain, seq, count = 1 }: AuditFinding): string | undefined {
  if (seq === undefined) return undefined
  if (chain !== undefined) return `place ${seq}`
  return count > 1 ? `lines ${seq} to ${seq + count - 1}` : `line ${seq}`
}

const findingText = (finding: AuditFinding) => {
  const { kind, chain, seq, id, at, count } = finding
  const isAlone = seq === undefined && id === undefined
  return [
    kind,
    chain !== undefined && `chain ${chain}`,
    placeText(finding),
    id,
    at && `known at ${at}`,
    count !== undefined && (isAlone ? `${count} more` : `${count} of them`),
  ]
    .filter(Boolean)
    .join(', ')
}

const textIn = (value: string | boolean | undefined) => (typeof value === 'string' ? value : undefined)

/**
 * `audit verify [--heads F] … [--key FINGERPRINT] [--month M] [--archive A] …`: exit 0 where all holds; otherwise each
 * finding is named.
 */
export async function auditVerify({ house, values, json }: Invocation): Promise<void> {
  const [heads, key, month] = [textIn(values['heads']), values['key'], textIn(values['month'])]
  const given = await verificationOf(house, {
    ...(heads && { heads: heads.split('\n') }),
    ...(key && { key }),
    ...(month && { month }),
  })
  const report = await house.openWork({ ...asOperator('audit'), sees: 'one-moment' }, work =>
    audit.verifyAudit(work, given),
  )
  const archives = await verifyArchives(house, given.keys, {
    paths: textIn(values['archive'])?.split('\n') ?? [],
    identity: textIn(values['identity']),
    month,
  })
  const findings = [...report.findings, ...archives.flatMap(archive => archive.findings)]
  const inArchives = new Set(archives.map(archive => archive.month))
  const words = [
    `${report.deeds} deeds, and ${report.entries} works with ${report.readings} readings in 32 chains` +
      (report.batches > 0 ? `, and ${report.batches} batches of readings of the former way` : ''),
    `against ${report.heads} kept heads${report.headsUntil ? `, the last of ${report.headsUntil}` : ''}`,
    `signed by the key ${given.keys.join(', ')}`,
    ...(report.months.length > 0 ? [`months proved by their root: ${report.months.join(', ')}`] : []),
    ...(report.rootOnly.length > 0 ? [`of these only the root remains here: ${report.rootOnly.join(', ')}`] : []),
    ...(report.wrongTimes > 0
      ? [`${report.wrongTimes} deeds and entries say the time of a wrong clock, as an operator confirmed`]
      : []),
    ...archives.map(one => `${one.file}: ${one.readings} readings of ${one.month}, ${one.findings.length} findings`),
    ...(archives.length > 0 && report.rootOnly.some(one => !inArchives.has(one))
      ? [`no archive was given of ${report.rootOnly.filter(one => !inArchives.has(one)).join(', ')}`]
      : []),
    ...(given.entriesAre === 'ours'
      ? []
      : ['NOT TOLD: who made the entries. keys/sealing.key is another than when they were made; copy the former one']),
    ...(findings.length > 0 ? findings.map(findingText) : ['everything verifies']),
  ].join('\n')
  await printAnswer(json, { ...report, findings, archives, keys: given.keys, entriesAre: given.entriesAre }, words)
  if (findings.length > 0) throw auditProblem('audit-broken', { findings: findings.length })
}

/**
 * `audit drop-readings --month M [--archive]`: what the rule of retention no longer keeps; the month's root stays, and
 * with --archive a file that has the readings. Throws time-in-doubt.
 */
export async function dropMonth({ house, values, json }: Invocation): Promise<void> {
  const month = values['month']
  if (typeof month !== 'string') throw new WrongUsage('audit drop-readings needs the month')
  await house.openWork(asOperator('none'), refuseDoubtedTime)
  if (values['archive'] === true) {
    const { file, readings } = await archiveAndDrop(house, month, textIn(values['recipient']))
    const told = `${readings} readings of ${month} are in ${file}, and no longer in the database; its root stays`
    return printAnswer(json, { month, readings, file }, told)
  }
  const signer = { house: house.record().id, key: house.signingKey() }
  const dropped = await house.openWork(asOperator('audit', 'maintenance'), work =>
    audit.dropReadings(work, month, signer),
  )
  await printAnswer(json, { month, ...dropped }, `${dropped.readings} readings of ${month} are removed; its root stays`)
}

/**
 * `audit verify-file F --key FINGERPRINT`: exit 0 where the file of a search is as it was signed. It needs no
 * installation, so that whoever was given the file can check it.
 */
export async function verifyFile({ positionals: [file], values, json }: Omit<Invocation, 'house'>): Promise<void> {
  const key = textIn(values['key'])
  if (!file || !key) throw new WrongUsage('audit verify-file needs the file and the fingerprint of the key')
  const { lines, sha256 } = verifyLines(await readFile(file), key.toLowerCase())
  await printAnswer(
    json,
    { file, lines, sha256, signedBy: key.toLowerCase() },
    `${lines} lines are as they were signed; the deed search.exported of the installation has the hash ${sha256}`,
  )
}
