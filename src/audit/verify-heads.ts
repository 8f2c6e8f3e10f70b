import type { Tx } from '../platform/db.ts'
import { fileHash, hasValidSignature, isOfKey, noLines, type PinnedKeys, type SignedHeads } from './chain-heads.ts'
import type { AuditFinding } from './finding.ts'
import { PartAway } from './heads-file.ts'
import { headsAtOnce, namedOfKind, oldestCopy } from './law.ts'
import * as store from './store.ts'
import type { KeptHead, LostTails } from './verify-chain.ts'

type KnownLine = store.KeptHeads

/** Heads that were kept outside the database, and what is known of their file. */
export type HeadsToCheck = {
  readonly lines: Iterable<SignedHeads | PartAway> | AsyncIterable<SignedHeads | PartAway>
  /** The installation's own file has every line that was ever written; a copy may lack the latest, a backup has one. */
  readonly are: 'the-file' | 'a-copy' | 'one-line'
  /** The installation that they are of. */
  readonly house?: string
  /** After which line the file begins: an installation that was restored goes on from the backup's. */
  readonly begin?: { readonly line: number; readonly hash: string }
  /** The fingerprints that lie beside the parts of the file. */
  readonly keysBeside?: readonly string[]
}

export type CheckedHeads = {
  readonly findings: readonly AuditFinding[]
  /** Chains that end before a head that was kept. */
  readonly lost: LostTails
  readonly lines: number
  /** When the last line was written that counts. */
  readonly until?: string
}

/** Findings, of which only the first of each kind are named one by one: a file has millions of lines. */
function namedFindings() {
  const findings: AuditFinding[] = []
  const counts = new Map<AuditFinding['kind'], number>()
  return {
    add(finding: AuditFinding): void {
      const count = (counts.get(finding.kind) ?? 0) + 1
      counts.set(finding.kind, count)
      if (count <= namedOfKind) findings.push(finding)
    },
    all: (): AuditFinding[] => [
      ...findings,
      ...[...counts].flatMap(([kind, count]) => (count > namedOfKind ? [{ kind, count: count - namedOfKind }] : [])),
    ],
  }
}

const isPlace = (line: number | undefined): line is number => Number.isSafeInteger(line)

/** Which lines are missing before one; none where it is not the next for another reason. */
type Gap = { readonly seq: number; readonly count?: number }

/** Follows the lines: each has its number and the hash of all before it. */
function fileFollower(begin: HeadsToCheck['begin'], are: HeadsToCheck['are']) {
  let [line, hash, isNumbered, isBehindAway] = [0, noLines as Buffer, false, false]
  return {
    at: () => ({ line, hash, isBehindAway }),
    /** Whether the lines up to the next one are elsewhere. */
    leap(isAway: boolean): void {
      isBehindAway = isAway
    },
    /** What is missing before a line; undefined where it is the next one. */
    follow(heads: SignedHeads): Gap | undefined {
      const isFirst = line === 0
      const isNew = isPlace(heads.line)
      const previous = isNew ? Buffer.from(String(heads.previous), 'hex') : hash
      const isNext =
        are === 'one-line' ||
        (isNew
          ? (isBehindAway && Number(heads.line) > line) ||
            (heads.line === line + 1 && previous.equals(hash)) ||
            (isFirst && begin !== undefined && heads.line === begin.line + 1 && heads.previous === begin.hash)
          : !isNumbered)
      const missing = isNew ? Number(heads.line) - line - 1 : 0
      const gap = missing > 0 ? { seq: line + 1, count: missing } : { seq: isNew ? Number(heads.line) : line + 1 }
      line = isNew ? Number(heads.line) : line + 1
      hash = fileHash(previous, heads)
      isNumbered ||= isNew
      isBehindAway = false
      return isNext ? undefined : gap
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
  if (are === 'the-file' && line < known.line)
    return [{ kind: 'heads-cut', seq: line + 1, count: known.line - line, ...at }]
  if (are === 'the-file' && line === known.line && known.line > 0 && !hash.equals(known.hash))
    return [{ kind: 'heads-cut', seq: line, ...at }]
  const age = known.at ? known.at.getTime() - new Date(until ?? 0).getTime() : 0
  return are === 'a-copy' && age > oldestCopy ? [{ kind: 'heads-behind', seq: line + 1, ...at }] : []
}

type KeptPlace = store.Head & Pick<KeptHead, 'at'>

/**
 * Compares heads that were kept with what the chains have in their places, many at once and none of them twice: no more
 * of a file is in memory. `isChecked`: whether a place is in the part of the chains that is verified.
 */
function chainComparison(tx: Tx, isChecked: (chain: number, seq: number) => boolean) {
  const before = new Map<number, string>()
  const rewritten = new Map<number, { seq: number; at: string; count: number }>()
  const lost = new Map<number, { seq: number; at: string }>()
  let [places, ends] = [[] as KeptPlace[], undefined as ReadonlyMap<number, number> | undefined]
  const compare = async () => {
    ends ??= new Map((await store.lastPlaces(tx)).map(({ chain, seq }) => [chain, seq]))
    for (const { nth, isThere } of await store.otherSeals(tx, places)) {
      const { chain, seq, at } = places[nth] as KeptPlace
      const [found, tail] = [rewritten.get(chain), lost.get(chain)]
      if (isThere) rewritten.set(chain, found ? { ...found, count: found.count + 1 } : { seq, at, count: 1 })
      // A place that is missing in between is named when the chain is followed.
      else if (seq > (ends.get(chain) ?? 0) && seq < (tail?.seq ?? Number.POSITIVE_INFINITY))
        lost.set(chain, { seq, at })
    }
    places = []
  }
  return {
    async take({ heads, at }: SignedHeads): Promise<void> {
      for (const { chain, seq, seal } of heads) {
        const place = `${seq} ${seal}`
        if (before.get(chain) === place || !(seq > 0) || !isChecked(chain, seq)) continue
        before.set(chain, place)
        places.push({ chain, seq, seal: Buffer.from(String(seal), 'hex'), at: String(at) })
      }
      if (places.length >= headsAtOnce) await compare()
    },
    async end() {
      if (places.length > 0) await compare()
      const findings = [...rewritten].map(
        ([chain, { seq, at, count }]): AuditFinding => ({
          kind: 'history-rewritten',
          chain,
          seq,
          at,
          ...(count > 1 && { count }),
        }),
      )
      return { findings, lost }
    },
  }
}

/**
 * Checks the lines of a file of heads, one by one: whose they are, who signed, whether any is missing. A line counts
 * that the pinned key has signed: what it knew of the chains is compared with what they have.
 */
export async function checkHeads(
  given: HeadsToCheck,
  pinned: PinnedKeys,
  { tx, known, isChecked }: { tx: Tx; known: KnownLine; isChecked: (chain: number, seq: number) => boolean },
): Promise<CheckedHeads> {
  const findings = namedFindings()
  const follower = fileFollower(given.begin, given.are)
  const comparison = chainComparison(tx, isChecked)
  let [lines, house, until] = [0, given.house, undefined as string | undefined]
  for (const key of new Set(given.keysBeside)) if (!pinned.includes(key)) findings.add({ kind: 'key-differs', id: key })
  for await (const line of given.lines) {
    if (line instanceof PartAway) {
      findings.add({ kind: 'heads-away', id: line.path })
      follower.leap(true)
      continue
    }
    lines += 1
    const at = String(line.at)
    const isSigned = hasValidSignature(line)
    const gap = isSigned ? follower.follow(line) : undefined
    if (!isSigned) {
      findings.add({ kind: 'heads-unsigned', at, seq: lines })
      follower.leap(false)
    } else if (!isOfKey(line, pinned) || (house ?? line.house) !== line.house)
      findings.add({ kind: 'heads-foreign', at, seq: lines })
    else {
      if (gap) findings.add({ kind: 'heads-cut', ...gap, at })
      house = line.house
      until = at
      await comparison.take(line)
    }
  }
  // Right after a restore the file has no line yet, and begins behind the last one of the backup.
  const { begin } = given
  const end = lines === 0 && begin ? { line: begin.line, hash: Buffer.from(begin.hash, 'hex') } : follower.at()
  for (const finding of endOfFile(given, end, known, until)) findings.add(finding)
  const compared = await comparison.end()
  return {
    findings: [...findings.all(), ...compared.findings],
    lost: compared.lost,
    lines,
    ...(until !== undefined && { until }),
  }
}
