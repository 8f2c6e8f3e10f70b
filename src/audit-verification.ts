import { access, realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import * as audit from './audit/audit.ts'
import { headsFile, readHeads, readKeyFile } from './audit/heads-file.ts'
import { asMonth } from './audit/month.ts'
import { auditProblem } from './audit/problems.ts'
import type { Verification } from './audit/verify.ts'
import type { HeadsToCheck } from './audit/verify-heads.ts'
import type { House } from './open-house.ts'

/** What is verified of a house: by whoever asks at the command line, and by itself each night. */

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
