import { realpath, stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import * as audit from './audit/audit.ts'
import { beginOfPart, type HeadsPart, headsFile, headsParts, readKeyFile, readParts } from './audit/heads-file.ts'
import { asMonth } from './audit/month.ts'
import { auditProblem } from './audit/problems.ts'
import type { Verification } from './audit/verify.ts'
import type { HeadsToCheck } from './audit/verify-heads.ts'
import type { House } from './open-house.ts'

/** What is verified of a house: by whoever asks at the command line, and by itself each night. */

/** What verification needs of a house beside its database. */
type VerifiedHouse = Pick<House, 'folder' | 'record'>

/** The keys whose signature is the house's: those of its house.json, unless others were noted elsewhere. */
export function pinnedKeys(house: VerifiedHouse, said?: string | boolean): readonly string[] {
  if (typeof said === 'string') {
    const keys = said.toLowerCase().split(',')
    if (!keys.every(key => /^[0-9a-f]{64}$/.test(key))) throw auditProblem('key-fingerprint-unknown', { key: said })
    return keys
  }
  const { headsKey, formerHeadsKeys } = house.record()
  return [headsKey, ...(Array.isArray(formerHeadsKeys) ? formerHeadsKeys : [])].filter(key => typeof key === 'string')
}

/** Whether the entries of readings can be proved here: the installation has the key that it had when it began. */
export const entriesAre = (house: VerifiedHouse): Verification['entriesAre'] =>
  house.record()['readingsKey'] === audit.readingKeyName() ? 'ours' : 'of-another-key'

/** A part of a file of heads, and where it is: links lead to the same one. */
type FoundPart = HeadsPart & { readonly begin: string; readonly real: string }

const locate = async (part: HeadsPart): Promise<FoundPart> =>
  part.isAway
    ? { ...part, begin: /-(\d{4}-\d{2})\./.exec(part.path)?.[1] ?? '', real: part.path }
    : { ...part, begin: await beginOfPart(part.path), real: await realpath(part.path) }

/** The parts that are given: files, and folders with all that they have. Throws heads-unreadable, heads-given-twice. */
async function partsGiven(paths: readonly string[]): Promise<FoundPart[]> {
  const found: FoundPart[] = []
  for (const path of paths.map(each => resolve(each))) {
    const isFolder = await stat(path).then(
      stats => stats.isDirectory(),
      error => {
        throw auditProblem('heads-unreadable', { file: path, why: (error as Error).message })
      },
    )
    const parts = isFolder ? await headsParts(path) : [{ path, isAway: false }]
    if (parts.length === 0) throw auditProblem('heads-unreadable', { file: path, why: 'no heads*.jsonl lies there' })
    found.push(...(await Promise.all(parts.map(locate))))
  }
  return found
}

/** Each part once, in the order in which they were written. */
function inOrder(parts: readonly FoundPart[]): FoundPart[] {
  const once = [...new Map(parts.map(part => [part.real, part])).values()]
  const isGiven = (away: FoundPart) => once.some(one => !one.isAway && basename(one.path) === basename(away.path))
  const sorted = once.filter(part => !part.isAway || !isGiven(part)).sort((a, b) => (a.begin < b.begin ? -1 : 1))
  for (const [at, one] of sorted.entries()) {
    const other = sorted[at + 1]
    if (other && !one.isAway && !other.isAway && one.begin === other.begin)
      throw auditProblem('heads-given-twice', { files: [one.path, other.path] })
  }
  return sorted
}

/** The heads of the installation's own file, or of copies from elsewhere; its own parts are taken together. */
async function headsOf(house: VerifiedHouse, given: readonly string[]): Promise<HeadsToCheck> {
  const own = await headsParts(house.folder)
  const named = await partsGiven(given)
  const reals = await Promise.all(own.filter(({ isAway }) => !isAway).map(({ path }) => realpath(path)))
  const areOwn = given.length === 0 || named.some(({ real }) => reals.includes(real))
  // Its own file is read whatever its lines are: each that is none is a finding.
  const parts = given.length === 0 ? own : inOrder(areOwn ? [...(await Promise.all(own.map(locate))), ...named] : named)
  const { headsBegin, id } = house.record()
  const folders = [...new Set(parts.map(({ path }) => dirname(path)))]
  const keysBeside = await Promise.all(folders.map(folder => readKeyFile(headsFile(folder))))
  return {
    lines: readParts(parts),
    are: areOwn ? 'the-file' : 'a-copy',
    house: id,
    keysBeside: keysBeside.filter(key => key !== undefined),
    ...(headsBegin !== undefined && { begin: headsBegin as NonNullable<HeadsToCheck['begin']> }),
  }
}

/** What is verified of a house, against its own file of heads or copies of its parts, in files or folders. */
export async function verificationOf(
  house: VerifiedHouse,
  { heads = [], key, month }: { heads?: readonly string[]; key?: string | boolean; month?: string } = {},
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
