import { noLevel } from '../file-columns/value-kind.ts'

/**
 * Comparison vectors that occur, each once: `levels` has `fields` bytes a vector, the level of each field, `noLevel`
 * where a value is missing; `counts` says how many pairs show it. Some hundred vectors stand for millions of pairs.
 */
export type Patterns = { readonly fields: number; readonly levels: Uint8Array; readonly counts: Float64Array }

/** For each field, for each of its levels, a share; the shares of a field sum to one. */
export type Shares = readonly (readonly number[])[]

export type EmOptions = {
  /** How often each level is met in pairs of two people, from random pairs. */
  readonly u: Shares
  /** Where to begin, and what stays true where the data say little. */
  readonly typicalM: Shares
  /** How many pairs `typicalM` is worth. */
  readonly strength?: number
  readonly startLambda?: number
  readonly mostRounds?: number
}

export type EmResult = {
  readonly m: Shares
  /** The share of the pairs that are of one person. */
  readonly lambda: number
  /** Of the data, in nats: higher is better, for models of the same patterns. */
  readonly logLikelihood: number
  /** How many of the pairs are of one person. */
  readonly matches: number
  readonly rounds: number
}

const tiny = 1e-12

/**
 * Learns by expectation and maximisation (Dempster, Laird and Rubin 1977; Winkler 1988) how often each level is met in
 * pairs of one person, and the share of such pairs; u is given. Each field's shares have a Dirichlet prior of
 * `strength` pairs, so a level that no pair shows keeps its typical rate instead of falling to nothing. Patterns that
 * are none give the typical rates back.
 */
export function expectAndMaximise(patterns: Patterns, options: EmOptions): EmResult {
  const { u, typicalM, strength = 20, startLambda = 0.1, mostRounds = 200 } = options
  const total = patterns.counts.reduce((sum, count) => sum + count, 0)
  let m: Shares = typicalM
  let lambda = Math.min(1 - 1e-9, Math.max(startLambda, 1e-9))
  let rounds = 0
  while (total > 0 && rounds < mostRounds) {
    rounds++
    const { matches, tallies } = expectationStep(patterns, m, u, lambda)
    const before = lambda
    m = tallies.map((tally, field) => smoothShares(tally, typicalM[field] ?? [], strength))
    // Half a pair of either kind keeps lambda from the ends, where no data could move it any more.
    lambda = (matches + 0.5) / (total + 1)
    if (Math.abs(lambda - before) < 1e-7 * before) break
  }
  const { matches, logLikelihood } = expectationStep(patterns, m, u, lambda)
  return { m, lambda: total > 0 ? lambda : 0, logLikelihood, matches, rounds }
}

/** Counts of levels as shares, with `typical` counting for `strength` of them. */
export function smoothShares(tally: ArrayLike<number>, typical: readonly number[], strength: number): number[] {
  let seen = 0
  for (let level = 0; level < typical.length; level++) seen += tally[level] ?? 0
  return typical.map((share, level) => Math.max(tiny, ((tally[level] ?? 0) + strength * share) / (seen + strength)))
}

/** The chance of a vector under a model, the fields being independent. */
export function chanceOf(levels: Uint8Array, at: number, shares: Shares): number {
  let chance = 1
  for (let field = 0; field < shares.length; field++) {
    const level = levels[at + field] ?? noLevel
    if (level !== noLevel) chance *= Math.max(tiny, shares[field]?.[level] ?? tiny)
  }
  return chance
}

function expectationStep({ fields, levels, counts }: Patterns, m: Shares, u: Shares, lambda: number) {
  const tallies = m.map(shares => new Float64Array(shares.length))
  let matches = 0
  let logLikelihood = 0
  for (const [pattern, count] of counts.entries()) {
    const same = lambda * chanceOf(levels, pattern * fields, m)
    const both = same + (1 - lambda) * chanceOf(levels, pattern * fields, u)
    const expected = (count * same) / both
    matches += expected
    logLikelihood += count * Math.log(both)
    addTo(tallies, levels, pattern * fields, expected)
  }
  return { matches, tallies, logLikelihood }
}

/** Adds a weight to the tally of each level of a vector. */
export function addTo(tallies: readonly Float64Array[], levels: Uint8Array, at: number, weight: number): void {
  for (const [field, tally] of tallies.entries()) {
    const level = levels[at + field] ?? noLevel
    if (level !== noLevel) tally[level] = (tally[level] ?? 0) + weight
  }
}

/** The vectors of some pairs, and of those right after them: as if all had been counted together. */
export function joinPatterns(first: Patterns, then: Patterns): Patterns {
  const counter = new PatternCounter(first.fields)
  for (const { fields, levels, counts } of [first, then])
    for (const [at, count] of counts.entries()) counter.add(levels.subarray(at * fields, (at + 1) * fields), count)
  return counter.patterns()
}

/** Collects vectors and counts them. */
export class PatternCounter {
  readonly #fields: number
  /** By slot of an open table, one more than the place of a vector. */
  #slots = new Int32Array(1024)
  #levels: number[] = []
  #counts: number[] = []

  constructor(fields: number) {
    this.#fields = fields
  }

  /** The pattern's place in `patterns()`; `weight` pairs more show it. */
  add(levels: Uint8Array, weight = 1): number {
    const slot = this.#slotOf(levels)
    const at = (this.#slots[slot] || this.#begin(levels, slot)) - 1
    this.#counts[at] = (this.#counts[at] ?? 0) + weight
    return at
  }

  patterns(): Patterns {
    return { fields: this.#fields, levels: Uint8Array.from(this.#levels), counts: Float64Array.from(this.#counts) }
  }

  #slotOf(levels: Uint8Array): number {
    const mask = this.#slots.length - 1
    let hash = 0
    for (let field = 0; field < this.#fields; field++) hash = Math.imul(hash ^ (levels[field] ?? noLevel), 0x9e3779b1)
    for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const known = this.#slots[slot] ?? 0
      if (known === 0 || this.#isAt(levels, (known - 1) * this.#fields)) return slot
    }
  }

  #isAt(levels: Uint8Array, from: number): boolean {
    for (let field = 0; field < this.#fields; field++)
      if (this.#levels[from + field] !== (levels[field] ?? noLevel)) return false
    return true
  }

  #begin(levels: Uint8Array, slot: number): number {
    const known = this.#counts.push(0)
    for (let field = 0; field < this.#fields; field++) this.#levels.push(levels[field] ?? noLevel)
    this.#slots[slot] = known
    if (known * 2 > this.#slots.length) this.#widen()
    return known
  }

  #widen(): void {
    this.#slots = new Int32Array(this.#slots.length * 2)
    for (let at = 0; at < this.#counts.length; at++) {
      const from = at * this.#fields
      this.#slots[this.#slotOf(Uint8Array.from(this.#levels.slice(from, from + this.#fields)))] = at + 1
    }
  }
}
