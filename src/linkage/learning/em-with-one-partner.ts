import { addTo, chanceOf, type Patterns, type Shares, smoothShares } from './em.ts'

/**
 * Rows of one side, each with all that it is joined with on the other: `ends` says for each row where its pairs end,
 * `patternOf` for each pair the place of its comparison vector in `patterns`. `among` is how many the partner is looked
 * for among, joined or not.
 */
export type JoinedRows = {
  readonly patterns: Patterns
  readonly ends: Uint32Array
  readonly patternOf: Uint32Array
  readonly among: number
}

export type PartnerRates = {
  readonly m: Shares
  /** The share of rows that have a partner. */
  readonly share: number
  /** For each pattern, how many pairs of it are of one person. */
  readonly expected: Float64Array
}

export type PartnerOptions = {
  readonly m: Shares
  readonly u: Shares
  readonly typicalM: Shares
  readonly share?: number
  /** How many pairs `typicalM` is worth. */
  readonly strength?: number
  readonly rounds?: number
  /** The chance of a vector in two people, where the fields are not independent of each other. */
  readonly inTwo?: (levels: Uint8Array, at: number) => number
}

/**
 * EM in which each row has one partner among all, or none. That rivals exclude each other tells far more than each pair
 * by itself; and since u is of pairs at random, it matters little which rule joined a pair: those that no rule joins
 * have hardly a chance to be the partner.
 */
export function learnFromRows(
  joined: JoinedRows,
  {
    m,
    u,
    typicalM,
    share = 0.5,
    strength = 20,
    rounds = 25,
    inTwo = (levels, at) => chanceOf(levels, at, u),
  }: PartnerOptions,
): PartnerRates {
  const { patterns, ends } = joined
  const { fields, levels, counts } = patterns
  const chanceOfTwo = Float64Array.from(counts, (_, at) => inTwo(levels, at * fields))
  let rates: PartnerRates = { m, share, expected: new Float64Array(counts.length) }
  for (let round = 0; round < rounds && ends.length > 0; round++) {
    const ratio = Float64Array.from(counts, (_, at) => chanceOf(levels, at * fields, rates.m) / (chanceOfTwo[at] ?? 1))
    const { expected, partners } = expectPartners(joined, ratio, rates.share)
    const tallies = typicalM.map(shares => new Float64Array(shares.length))
    for (const [pattern, weight] of expected.entries()) addTo(tallies, levels, pattern * fields, weight)
    rates = {
      m: tallies.map((tally, field) => smoothShares(tally, typicalM[field] ?? [], strength)),
      share: (partners + 0.5) / (ends.length + 1),
      expected,
    }
  }
  return rates
}

/**
 * The posterior chances of all pairs, added up by pattern; `ratio` is how much likelier a pattern is in one person than
 * in two.
 */
function expectPartners({ ends, patternOf, among }: JoinedRows, ratio: Float64Array, share: number) {
  const expected = new Float64Array(ratio.length)
  const prior = share / among
  let partners = 0
  let from = 0
  for (const to of ends) {
    let all = 0
    for (let pair = from; pair < to; pair++) all += ratio[patternOf[pair] ?? 0] ?? 0
    const scale = prior / (1 - share + prior * all)
    for (let pair = from; pair < to; pair++) {
      const pattern = patternOf[pair] ?? 0
      expected[pattern] = (expected[pattern] ?? 0) + scale * (ratio[pattern] ?? 0)
    }
    partners += scale * all
    from = to
  }
  return { expected, partners }
}
