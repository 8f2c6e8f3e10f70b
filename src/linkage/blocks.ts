import type { LinkTables } from './link-table.ts'

/** A rule as it was applied: its pairs, and what of it was too much. */
export type RuleReport = {
  readonly fields: readonly string[]
  readonly pairs: number
  /** Blocks that were left out since they alone would be more pairs than a rule may have. */
  readonly blocksLeftOut: number
  readonly pairsLeftOut: number
}

type Join = { readonly left: Int32Array; readonly right: Int32Array; readonly groups: Int32Array }

/** An equi-join, ready for any left row: the right rows in the order of their bucket, and where each bucket begins. */
class Rule {
  readonly #joins: readonly Join[]
  readonly #starts: Uint32Array
  readonly #rows: Int32Array
  readonly #closed: Uint8Array
  readonly #mask: number
  readonly report: RuleReport

  constructor({ columns, leftRows, rightRows }: LinkTables, fields: readonly number[], mostPairs: number) {
    this.#joins = fields.flatMap(at => {
      const column = columns[at]
      return column ? [{ left: column.left, right: column.right, groups: column.values.joinedAs }] : []
    })
    this.#mask = 2 ** Math.ceil(Math.log2(Math.max(rightRows, 16))) - 1
    const { starts, rows } = this.#bucketsOf(rightRows)
    this.#starts = starts
    this.#rows = rows
    this.#closed = new Uint8Array(this.#mask + 1)
    this.report = { fields: fields.map(at => columns[at]?.field.left ?? ''), ...this.#close(leftRows, mostPairs) }
  }

  #bucketsOf(rightRows: number) {
    const starts = new Uint32Array(this.#mask + 2)
    for (let row = 0; row < rightRows; row++) {
      const bucket = this.#bucketOf('right', row)
      if (bucket >= 0) starts[bucket + 1] = (starts[bucket + 1] ?? 0) + 1
    }
    for (let bucket = 0; bucket <= this.#mask; bucket++) starts[bucket + 1] = (starts[bucket + 1] ?? 0) + (starts[bucket] ?? 0)
    const rows = new Int32Array(starts[this.#mask + 1] ?? 0)
    const next = starts.slice()
    for (let row = 0; row < rightRows; row++) {
      const bucket = this.#bucketOf('right', row)
      if (bucket < 0) continue
      const place = next[bucket] ?? 0
      rows[place] = row
      next[bucket] = place + 1
    }
    return { starts, rows }
  }

  /** A hash of the row's values, or -1 where one of them is missing. */
  #bucketOf(side: 'left' | 'right', row: number): number {
    let hash = 0
    for (const join of this.#joins) {
      const group = join.groups[join[side][row] ?? 0] ?? 0
      if (group === 0) return -1
      hash = Math.imul(hash ^ group, 0x9e3779b1)
      hash ^= hash >>> 15
    }
    return hash & this.#mask
  }

  /** Leaves out the largest blocks until the rule has no more pairs than it may. */
  #close(leftRows: number, mostPairs: number) {
    const pairs = new Float64Array(this.#mask + 1)
    let all = 0
    for (let row = 0; row < leftRows; row++) {
      const bucket = this.#bucketOf('left', row)
      if (bucket < 0) continue
      const count = this.#sizeOf(bucket)
      pairs[bucket] = (pairs[bucket] ?? 0) + count
      all += count
    }
    let [left, closed] = [all, 0]
    if (all > mostPairs) {
      const largest = pairs.slice().sort().reverse()
      for (const count of largest) {
        if (left <= mostPairs) break
        left -= count
        closed++
      }
      const smallest = largest[closed - 1] ?? 0
      // Blocks of equal size are not told apart by their luck: all of them go.
      for (const [bucket, count] of pairs.entries()) if (count >= smallest) this.#closed[bucket] = 1
      closed = this.#closed.reduce((sum, is) => sum + is, 0)
      left = pairs.reduce((sum, count) => sum + (count >= smallest ? 0 : count), 0)
    }
    return { pairs: left, blocksLeftOut: closed, pairsLeftOut: all - left }
  }

  #sizeOf = (bucket: number) => (this.#starts[bucket + 1] ?? 0) - (this.#starts[bucket] ?? 0)

  /** Puts into `into`, from `at` on, the right rows that this rule joins with a left row this call has not had yet; gives where it ends. */
  join(left: number, into: Int32Array, at: number, seen: Int32Array, call: number): number {
    const bucket = this.#bucketOf('left', left)
    if (bucket < 0 || this.#closed[bucket]) return at
    const end = this.#starts[bucket + 1] ?? 0
    for (let place = this.#starts[bucket] ?? 0; place < end; place++) {
      const right = this.#rows[place] ?? 0
      if (seen[right] === call || !this.#agree(left, right)) continue
      seen[right] = call
      into[at++] = right
    }
    return at
  }

  #agree(left: number, right: number): boolean {
    for (const join of this.#joins) if (join.groups[join.left[left] ?? 0] !== join.groups[join.right[right] ?? 0]) return false
    return true
  }

  mostFor = (left: number) => {
    const bucket = this.#bucketOf('left', left)
    return bucket < 0 ? 0 : this.#sizeOf(bucket)
  }
}

/** Which right rows each left row is compared with: the union of equi-joins, each pair once however many rules join it. */
export class Blocks {
  readonly #rules: readonly Rule[]
  /** For each right row, the last call that had it. */
  readonly #seen: Int32Array
  #calls = 0
  #found = new Int32Array(1024)

  constructor(tables: LinkTables, blocking: readonly (readonly number[])[], mostPairsPerRule: number) {
    this.#rules = blocking.map(fields => new Rule(tables, fields, mostPairsPerRule))
    this.#seen = new Int32Array(tables.rightRows)
  }

  get reports(): readonly RuleReport[] {
    return this.#rules.map(rule => rule.report)
  }

  /** The right rows to compare a left row with; overwritten by the next call. */
  candidatesOf(left: number): Int32Array {
    return this.#joined(left, this.#rules)
  }

  /** Those of one rule alone, whatever the others join. */
  candidatesOfRule(left: number, rule: number): Int32Array {
    const only = this.#rules[rule]
    return this.#joined(left, only ? [only] : [])
  }

  #joined(left: number, rules: readonly Rule[]): Int32Array {
    let most = 0
    for (const rule of rules) most += rule.mostFor(left)
    if (most > this.#found.length) this.#found = new Int32Array(most * 2)
    let at = 0
    this.#calls++
    for (const rule of rules) at = rule.join(left, this.#found, at, this.#seen, this.#calls)
    return this.#found.subarray(0, at)
  }
}
