import { fileHash, hasValidSignature, isOfKey, noLines, type PinnedKeys, type SignedHeads } from './chain-heads.ts'
import type { AuditFinding } from './finding.ts'
import { oldestCopy } from './law.ts'
import type { KeptHeads as KnownLine } from './store.ts'
import type { HeadsByChain, KeptHead } from './verify-chain.ts'

/** Heads that were kept outside the database, and what is known of their file. */
export type HeadsToCheck = {
  readonly lines: Iterable<SignedHeads> | AsyncIterable<SignedHeads>
  /** The installation's own file has every line that was ever written; a copy may lack the latest, a backup has one. */
  readonly are: 'the-file' | 'a-copy' | 'one-line'
  /** The installation that they are of. */
  readonly house?: string
  /** After which line the file begins: an installation that was restored goes on from the backup's. */
  readonly begin?: { readonly line: number; readonly hash: string }
  /** The fingerprint that lies beside the file. */
  readonly keyBeside?: string | undefined
}

export type CheckedHeads = {
  readonly findings: readonly AuditFinding[]
  readonly kept: HeadsByChain
  readonly lines: number
  /** When the last line was written that counts. */
  readonly until?: string
}

const isPlace = (line: number | undefined): line is number => Number.isSafeInteger(line)

/** Follows the lines: each has its number and the hash of all before it. */
function fileFollower(begin: HeadsToCheck['begin'], are: HeadsToCheck['are']) {
  let [line, hash, isNumbered] = [0, noLines as Buffer, false]
  return {
    at: () => ({ line, hash }),
    /** Whether the line is the next one. */
    follow(heads: SignedHeads): boolean {
      const isFirst = line === 0
      const isNew = isPlace(heads.line)
      const previous = isNew ? Buffer.from(String(heads.previous), 'hex') : hash
      const isNext =
        are === 'one-line' ||
        (isNew
          ? (heads.line === line + 1 && previous.equals(hash)) ||
            (isFirst && begin !== undefined && heads.line === begin.line + 1 && heads.previous === begin.hash)
          : !isNumbered)
      line = isNew ? Number(heads.line) : line + 1
      hash = fileHash(previous, heads)
      isNumbered ||= isNew
      return isNext
    },
  }
}

/** What is wrong with the end of the file, by what the database knows of its last line. */
function endOfFile(
  { are }: HeadsToCheck,
  { line, hash }: { line: number; hash: Buffer },
  known: KnownLine,
  until: string | undefined,
): AuditFinding[] {
  const knownAt = known.at?.toISOString()
  const at = knownAt === undefined ? {} : { at: knownAt }
  if (are === 'the-file' && (line < known.line || (line === known.line && known.line > 0 && !hash.equals(known.hash))))
    return [{ kind: 'heads-cut', seq: Math.min(line + 1, known.line), ...at }]
  const age = known.at ? known.at.getTime() - new Date(until ?? 0).getTime() : 0
  return are === 'a-copy' && age > oldestCopy ? [{ kind: 'heads-behind', seq: line + 1, ...at }] : []
}

/**
 * Checks the lines of a file of heads, one by one: whose they are, who signed, whether any is missing. A line counts
 * that the pinned key has signed; what it knew of the chains is compared with them later.
 */
export async function checkHeads(given: HeadsToCheck, pinned: PinnedKeys, known: KnownLine): Promise<CheckedHeads> {
  const findings: AuditFinding[] = []
  const kept = new Map<number, Map<number, KeptHead>>()
  const follower = fileFollower(given.begin, given.are)
  let [lines, house, until] = [0, given.house, undefined as string | undefined]
  if (given.keyBeside !== undefined && !pinned.includes(given.keyBeside))
    findings.push({ kind: 'key-differs', id: given.keyBeside })
  for await (const line of given.lines) {
    lines += 1
    const at = String(line.at)
    const isSigned = hasValidSignature(line)
    const isNext = isSigned && follower.follow(line)
    if (!isSigned) findings.push({ kind: 'heads-unsigned', at, seq: lines })
    else if (!isOfKey(line, pinned) || (house ?? line.house) !== line.house)
      findings.push({ kind: 'heads-foreign', at, seq: lines })
    else {
      if (!isNext) findings.push({ kind: 'heads-cut', seq: lines, at })
      house = line.house
      until = at
      for (const { chain, seq, seal } of line.heads) {
        const places = kept.get(chain) ?? new Map<number, KeptHead>()
        if (seq > 0 && !(places.get(seq)?.seal === seal)) kept.set(chain, places.set(seq, { seal, at }))
      }
    }
  }
  // Right after a restore the file has no line yet, and begins behind the last one of the backup.
  const { begin } = given
  const end = lines === 0 && begin ? { line: begin.line, hash: Buffer.from(begin.hash, 'hex') } : follower.at()
  findings.push(...endOfFile(given, end, known, until))
  return { findings, kept, lines, ...(until !== undefined && { until }) }
}
