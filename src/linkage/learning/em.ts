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

/** Collects vectors and counts them. */
export class PatternCounter {
  readonly #fields: number
  readonly #codes = new Map<string, number>()
  #levels: number[] = []
  #counts: number[] = []

  constructor(fields: number) {
    this.#fields = fields
  }

  /** The pattern's place in `patterns()`; `weight` pairs more show it. */
  add(levels: Uint8Array, weight = 1): number {
    let key = ''
    for (let field = 0; field < this.#fields; field++) key += String.fromCharCode(levels[field] ?? noLevel)
    let at = this.#codes.get(key)
    if (at === undefined) {
      at = this.#codes.size
      this.#codes.set(key, at)
      this.#counts.push(0)
      for (let field = 0; field < this.#fields; field++) this.#levels.push(levels[field] ?? noLevel)
    }
    this.#counts[at] = (this.#counts[at] ?? 0) + weight
    return at
  }

  patterns(): Patterns {
    return { fields: this.#fields, levels: Uint8Array.from(this.#levels), counts: Float64Array.from(this.#counts) }
  }
}
