import type { LinkColumn, LinkTables } from '../file-columns/link-table.ts'

/** A rule as it was applied: its pairs, and what of it was too much. */
export type RuleReport = {
  readonly fields: readonly string[]
  readonly pairs: number
  /** Blocks that were left out since they alone would be more pairs than a rule may have. */
  readonly blocksLeftOut: number
  readonly pairsLeftOut: number
}

const missing = 0

/**
 * A rule as it was applied to two files, in shared memory. `right` has right rows in the order of their bucket, each
 * with the hash of its values beside it; for each left row, `from` and `to` say where its bucket lies there.
 */
type RuleIndex = {
  readonly left: Int32Array
  readonly from: Int32Array
  readonly to: Int32Array
  readonly right: Int32Array
  readonly report: RuleReport
}
export type SharedBlocks = readonly RuleIndex[]

const sharedInts = (length: number) => new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT))

/**
 * A hash of each row's values, or `missing` where one of them is. Two rows of one hash in four billion that should not
 * have it are only compared in vain.
 */
function hashRows(columns: readonly LinkColumn[], side: 'left' | 'right', rows: number): Int32Array {
  const hashes = sharedInts(rows).fill(1)
  const lacksOne = new Uint8Array(rows)
  for (const { [side]: codes, values } of columns) {
    const groups = values.joinedAs
    for (let row = 0; row < rows; row++) {
      const group = groups[codes[row] ?? 0] ?? 0
      if (group === 0) lacksOne[row] = 1
      const mixed = Math.imul((hashes[row] ?? 0) ^ group, 0x9e3779b1)
      hashes[row] = mixed ^ (mixed >>> 15)
    }
  }
  for (let row = 0; row < rows; row++) hashes[row] = lacksOne[row] ? missing : hashes[row] || 1
  return hashes
}

/** Applies rules, each some fields that must agree; none of them may have more pairs than so many. */
export const indexRules = (
  tables: LinkTables,
  rules: readonly (readonly number[])[],
  mostPairsPerRule: number,
): SharedBlocks => rules.map(fields => indexRule(tables, fields, mostPairsPerRule))

function indexRule(tables: LinkTables, fields: readonly number[], mostPairs: number): RuleIndex {
  const { leftRows, rightRows } = tables
  const columns = fields.flatMap(at => tables.columns[at] ?? [])
  const mask = 2 ** Math.ceil(Math.log2(Math.max(rightRows, 16))) - 1
  const left = hashRows(columns, 'left', leftRows)
  const { starts, right } = bucketsOf(hashRows(columns, 'right', rightRows), askedBuckets(left, mask), mask)
  const [from, to] = [sharedInts(leftRows), sharedInts(leftRows)]
  const pairs = new Float64Array(mask + 1)
  let all = 0
  for (let row = 0; row < leftRows; row++) {
    const hash = left[row] ?? missing
    if (hash === missing) continue
    const bucket = hash & mask
    const [start, end] = [starts[bucket] ?? 0, starts[bucket + 1] ?? 0]
    from[row] = start
    to[row] = end
    pairs[bucket] = (pairs[bucket] ?? 0) + end - start
    all += end - start
  }
  const { isClosed, ...counts } = closeLargest(pairs, all, mostPairs)
  for (let row = 0; row < leftRows; row++) if (isClosed((left[row] ?? missing) & mask)) to[row] = from[row] ?? 0
  return { left, from, to, right, report: { fields: columns.map(({ field }) => field.left), ...counts } }
}

function askedBuckets(left: Int32Array, mask: number): Uint8Array {
  const isAsked = new Uint8Array(mask + 1)
  for (const hash of left) if (hash !== missing) isAsked[hash & mask] = 1
  return isAsked
}

/** The right rows that a left row asks for, in the order of their bucket, and where each bucket begins. */
function bucketsOf(hashes: Int32Array, isAsked: Uint8Array, mask: number) {
  const starts = new Uint32Array(mask + 2)
  const asked = new Int32Array(hashes.length)
  let count = 0
  for (let row = 0; row < hashes.length; row++) {
    const hash = hashes[row] ?? missing
    asked[count] = row
    if (hash !== missing) count += isAsked[hash & mask] ?? 0
  }
  for (let at = 0; at < count; at++) {
    const bucket = (hashes[asked[at] ?? 0] ?? 0) & mask
    starts[bucket + 1] = (starts[bucket + 1] ?? 0) + 1
  }
  for (let bucket = 0; bucket <= mask; bucket++) starts[bucket + 1] = (starts[bucket + 1] ?? 0) + (starts[bucket] ?? 0)
  const [right, next] = [sharedInts(count * 2), starts.slice()]
  for (let at = 0; at < count; at++) {
    const row = asked[at] ?? 0
    const hash = hashes[row] ?? 0
    const place = next[hash & mask] ?? 0
    right[place * 2] = row
    right[place * 2 + 1] = hash
    next[hash & mask] = place + 1
  }
  return { starts, right }
}

/** Leaves out the largest blocks until the rule has no more pairs than it may. Blocks of equal size go together. */
function closeLargest(pairs: Float64Array, all: number, mostPairs: number) {
  if (all <= mostPairs) return { isClosed: () => false, pairs: all, blocksLeftOut: 0, pairsLeftOut: 0 }

  let kept = all
  let least = Number.POSITIVE_INFINITY
  for (const count of pairs.slice().sort().reverse()) {
    if (kept <= mostPairs && count < least) break
    least = count
    kept -= count
  }
  return {
    isClosed: (bucket: number) => (pairs[bucket] ?? 0) >= least,
    pairs: kept,
    blocksLeftOut: pairs.reduce((sum, count) => sum + (count >= least ? 1 : 0), 0),
    pairsLeftOut: all - kept,
  }
}

function withRoomFor(found: Int32Array, most: number) {
  const larger = new Int32Array(most * 2)
  larger.set(found)
  return larger
}

/**
 * Which right rows each left row is compared with: the union of equi-joins, each pair once however many rules join it.
 */
export class Blocks {
  readonly shared: SharedBlocks
  /** For each right row, the last call that had it. */
  readonly #seen: Int32Array
  readonly #isOneFile: boolean
  #calls = 0
  #found: Int32Array = new Int32Array(1024)

  constructor({ rightRows, isOneFile }: Pick<LinkTables, 'rightRows' | 'isOneFile'>, shared: SharedBlocks) {
    this.shared = shared
    this.#seen = new Int32Array(rightRows)
    this.#isOneFile = isOneFile
  }

  get reports(): readonly RuleReport[] {
    return this.shared.map(({ report }) => report)
  }

  /** The right rows to compare a left row with; overwritten by the next call. */
  candidatesOf(left: number): Int32Array {
    return this.#joined(left, this.shared)
  }

  /** Those of one rule alone, whatever the others join. */
  candidatesOfRule(left: number, rule: number): Int32Array {
    const only = this.shared[rule]
    return this.#joined(left, only ? [only] : [])
  }

  #joined(left: number, rules: readonly RuleIndex[]): Int32Array {
    let at = 0
    this.#calls++
    if (this.#isOneFile) this.#seen[left] = this.#calls
    for (const rule of rules) at = this.#join(rule, left, at)
    return this.#found.subarray(0, at)
  }

  /** Puts what this rule joins with a left row and this call has not had yet from `at` on; gives where it ends. */
  #join({ left: hashes, from, to, right }: RuleIndex, left: number, at: number): number {
    const [hash, start, end] = [hashes[left], from[left] ?? 0, to[left] ?? 0]
    if (at + end - start > this.#found.length) this.#found = withRoomFor(this.#found, at + end - start)
    let next = at
    for (let place = start; place < end; place++) {
      if (right[place * 2 + 1] !== hash) continue
      const row = right[place * 2] ?? 0
      if (this.#seen[row] === this.#calls) continue
      this.#seen[row] = this.#calls
      this.#found[next++] = row
    }
    return next
  }
}
