import type { LinkTables } from '../file-columns/link-table.ts'

/** A rule as it was applied: its pairs, and what of it was too much. */
export type RuleReport = {
  readonly fields: readonly string[]
  readonly pairs: number
  /** Blocks that were left out since they alone would be more pairs than a rule may have. */
  readonly blocksLeftOut: number
  readonly pairsLeftOut: number
}

const missing = 0

type Join = { readonly left: Int32Array; readonly right: Int32Array; readonly groups: Int32Array }

/**
 * An equi-join, ready for any left row: the right rows in the order of their bucket with the hash of each, and where
 * each bucket begins.
 */
class Rule {
  readonly #joins: readonly Join[]
  readonly #starts: Uint32Array
  readonly #rows: Int32Array
  readonly #hashes: Int32Array
  readonly #closed: Uint8Array
  readonly #mask: number
  readonly report: RuleReport

  constructor({ columns, leftRows, rightRows }: LinkTables, fields: readonly number[], mostPairs: number) {
    this.#joins = fields.flatMap(at => {
      const column = columns[at]
      return column ? [{ left: column.left, right: column.right, groups: column.values.joinedAs }] : []
    })
    this.#mask = 2 ** Math.ceil(Math.log2(Math.max(rightRows, 16))) - 1
    const { starts, rows, hashes } = this.#bucketsOf(rightRows)
    this.#starts = starts
    this.#rows = rows
    this.#hashes = hashes
    this.#closed = new Uint8Array(this.#mask + 1)
    this.report = { fields: fields.map(at => columns[at]?.field.left ?? ''), ...this.#close(leftRows, mostPairs) }
  }

  #bucketsOf(rightRows: number) {
    const all = Int32Array.from({ length: rightRows }, (_, row) => this.#hashOf('right', row))
    const starts = new Uint32Array(this.#mask + 2)
    for (const hash of all)
      if (hash !== missing) starts[(hash & this.#mask) + 1] = (starts[(hash & this.#mask) + 1] ?? 0) + 1
    for (let bucket = 0; bucket <= this.#mask; bucket++)
      starts[bucket + 1] = (starts[bucket + 1] ?? 0) + (starts[bucket] ?? 0)
    const count = starts[this.#mask + 1] ?? 0
    const [rows, hashes, next] = [new Int32Array(count), new Int32Array(count), starts.slice()]
    for (let row = 0; row < rightRows; row++) {
      const hash = all[row] ?? missing
      if (hash === missing) continue
      const place = next[hash & this.#mask] ?? 0
      rows[place] = row
      hashes[place] = hash
      next[hash & this.#mask] = place + 1
    }
    return { starts, rows, hashes }
  }

  /**
   * A hash of the row's values, or `missing` where one of them is. Two rows of one hash in four billion that should not
   * have it are only compared in vain.
   */
  #hashOf(side: 'left' | 'right', row: number): number {
    let hash = 1
    for (const join of this.#joins) {
      const group = join.groups[join[side][row] ?? 0] ?? 0
      if (group === 0) return missing
      hash = Math.imul(hash ^ group, 0x9e3779b1)
      hash ^= hash >>> 15
    }
    return hash === missing ? 1 : hash
  }

  /** Leaves out the largest blocks until the rule has no more pairs than it may. Blocks of equal size go together. */
  #close(leftRows: number, mostPairs: number) {
    const pairs = new Float64Array(this.#mask + 1)
    let all = 0
    for (let row = 0; row < leftRows; row++) {
      const count = this.mostFor(row)
      if (count === 0) continue
      const bucket = this.#hashOf('left', row) & this.#mask
      pairs[bucket] = (pairs[bucket] ?? 0) + count
      all += count
    }
    if (all <= mostPairs) return { pairs: all, blocksLeftOut: 0, pairsLeftOut: 0 }

    let kept = all
    let least = Number.POSITIVE_INFINITY
    for (const count of pairs.slice().sort().reverse()) {
      if (kept <= mostPairs && count < least) break
      least = count
      kept -= count
    }
    for (const [bucket, count] of pairs.entries()) if (count >= least) this.#closed[bucket] = 1
    return { pairs: kept, blocksLeftOut: this.#closed.reduce((sum, is) => sum + is, 0), pairsLeftOut: all - kept }
  }

  /** How many right rows lie in the bucket of a left row. */
  mostFor(left: number): number {
    const hash = this.#hashOf('left', left)
    return hash === missing ? 0 : (this.#starts[(hash & this.#mask) + 1] ?? 0) - (this.#starts[hash & this.#mask] ?? 0)
  }

  /**
   * Puts into `into`, from `at` on, the right rows that this rule joins with a left row and this call has not had yet;
   * gives where it ends.
   */
  join(left: number, into: Int32Array, at: number, seen: Int32Array, call: number): number {
    const hash = this.#hashOf('left', left)
    const bucket = hash & this.#mask
    if (hash === missing || this.#closed[bucket]) return at
    const end = this.#starts[bucket + 1] ?? 0
    let next = at
    for (let place = this.#starts[bucket] ?? 0; place < end; place++) {
      if (this.#hashes[place] !== hash) continue
      const right = this.#rows[place] ?? 0
      if (seen[right] === call) continue
      seen[right] = call
      into[next++] = right
    }
    return next
  }
}

/**
 * Which right rows each left row is compared with: the union of equi-joins, each pair once however many rules join it.
 */
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
