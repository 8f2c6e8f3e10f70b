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
  /** In one file a row may have several partners: each pair is judged by itself, and shares are of partners a row. */
  readonly mayHaveSeveral: boolean
}

/**
 * Rows of nobody on the other side who resemble somebody there more than chance would have it: a namesake of the same
 * year, a brother. `share` of the rows are such; `levels` says, as m does of partners, how often each level is met
 * between a row and whom it resembles.
 */
export type LookAlikes = { readonly share: number; readonly levels: Shares }

export type PartnerRates = {
  readonly m: Shares
  /** The share of rows that have a partner. */
  readonly share: number
  readonly lookAlikes: LookAlikes
  /** For each pattern, how many pairs of it are of one person. */
  readonly expected: Float64Array
}

export type PartnerOptions = {
  readonly m: Shares
  readonly u: Shares
  readonly typicalM: Shares
  readonly share?: number
  /** Where to begin with them, and what stays true of them where the data say little; without, there are none. */
  readonly lookAlikes?: LookAlikes
  /** How many pairs `typicalM` is worth. */
  readonly strength?: number
  readonly rounds?: number
  /** The chance of a vector in two people, where the fields are not independent of each other. */
  readonly inTwo?: (levels: Uint8Array, at: number) => number
}

/**
 * EM in which each row has one partner among all, or resembles one of them, or neither. That rivals exclude each other
 * tells far more than each pair by itself; and since u is of pairs at random, it matters little which rule joined a
 * pair: those that no rule joins have hardly a chance to be the partner.
 */
export function learnFromRows(
  joined: JoinedRows,
  {
    m,
    u,
    typicalM,
    share = 0.5,
    lookAlikes = { share: 0, levels: u },
    strength = 20,
    rounds = 25,
    inTwo = (levels, at) => chanceOf(levels, at, u),
  }: PartnerOptions,
): PartnerRates {
  const { patterns, ends } = joined
  const { fields, levels, counts } = patterns
  const chanceOfTwo = Float64Array.from(counts, (_, at) => inTwo(levels, at * fields))
  const ratioTo = (shares: Shares) =>
    Float64Array.from(counts, (_, at) => chanceOf(levels, at * fields, shares) / (chanceOfTwo[at] ?? 1))
  const sharesOf = (expected: Float64Array, typical: Shares, worth: number) => {
    const tallies = typical.map(shares => new Float64Array(shares.length))
    for (const [pattern, weight] of expected.entries()) addTo(tallies, levels, pattern * fields, weight)
    return tallies.map((tally, field) => smoothShares(tally, typical[field] ?? [], worth))
  }
  let rates: PartnerRates = { m, share, lookAlikes, expected: new Float64Array(counts.length) }
  for (let round = 0; round < rounds && ends.length > 0; round++) {
    const found = expectKinds(
      joined,
      { share: rates.share, ratio: ratioTo(rates.m) },
      { share: rates.lookAlikes.share, ratio: ratioTo(rates.lookAlikes.levels) },
    )
    rates = {
      m: sharesOf(found.partners.pairs, typicalM, strength),
      share: (found.partners.rows + 0.5) / (ends.length + 1),
      lookAlikes:
        lookAlikes.share === 0
          ? lookAlikes
          : {
              share: (found.lookAlikes.rows + lookAlikes.share * lookAlikeStrength) / (ends.length + lookAlikeStrength),
              levels: sharesOf(found.lookAlikes.pairs, lookAlikes.levels, lookAlikeStrength),
            },
      expected: found.partners.pairs,
    }
  }
  return rates
}

/** How many rows what is supposed of look-alikes is worth. */
const lookAlikeStrength = 50

/** Pairs of one kind, partners or look-alikes: how many rows have such a pair, and how telling each pattern is. */
type PairKind = {
  readonly share: number
  /** For each pattern, how much likelier it is in a pair of this kind than in two people at random. */
  readonly ratio: Float64Array
}

/** What is expected of a kind: by pattern, how many pairs are of it, and how many rows have one. */
type Expected = PairKind & { readonly prior: number; readonly pairs: Float64Array; rows: number }

const nothingExpected = (kind: PairKind, among: number): Expected => ({
  ...kind,
  prior: kind.share / among,
  pairs: new Float64Array(kind.ratio.length),
  rows: 0,
})

/** The posterior chances of all pairs to be of partners, or of look-alikes, added up by pattern. */
function expectKinds(joined: JoinedRows, partners: PairKind, lookAlikes: PairKind) {
  const { ends, patternOf, among, mayHaveSeveral } = joined
  const [same, alike] = [nothingExpected(partners, among), nothingExpected(lookAlikes, among)]
  if (mayHaveSeveral) for (const pattern of patternOf) expectPair(pattern, same, alike)
  else expectRows(patternOf, ends, same, alike)
  return { partners: same, lookAlikes: alike }
}

/** Of all pairs of a row one at most is of a partner or a look-alike. */
function expectRows(patternOf: Uint32Array, ends: Uint32Array, same: Expected, alike: Expected): void {
  // However full a file is of partners, one more row may be of nobody.
  const nobody = Math.max(1e-6, 1 - same.share - alike.share)
  let from = 0
  for (const to of ends) {
    const [ofSame, ofAlike] = [massOf(same, patternOf, from, to), massOf(alike, patternOf, from, to)]
    const all = nobody + ofSame + ofAlike
    for (const [kind, mass] of [
      [same, ofSame],
      [alike, ofAlike],
    ] as const) {
      if (mass === 0) continue
      kind.rows += mass / all
      addPairs(kind, patternOf, from, to, all)
    }
    from = to
  }
}

function massOf({ ratio, prior }: Expected, patternOf: Uint32Array, from: number, to: number): number {
  if (prior === 0) return 0
  let sum = 0
  for (let pair = from; pair < to; pair++) sum += ratio[patternOf[pair] ?? 0] ?? 0
  return prior * sum
}

function addPairs({ ratio, prior, pairs }: Expected, patternOf: Uint32Array, from: number, to: number, all: number) {
  for (let pair = from; pair < to; pair++) {
    const pattern = patternOf[pair] ?? 0
    pairs[pattern] = (pairs[pattern] ?? 0) + (prior / all) * (ratio[pattern] ?? 0)
  }
}

/** Each pair by itself. */
function expectPair(pattern: number, same: Expected, alike: Expected): void {
  const [ofSame, ofAlike] = [same.prior * (same.ratio[pattern] ?? 0), alike.prior * (alike.ratio[pattern] ?? 0)]
  const all = 1 + ofSame + ofAlike
  same.pairs[pattern] = (same.pairs[pattern] ?? 0) + ofSame / all
  alike.pairs[pattern] = (alike.pairs[pattern] ?? 0) + ofAlike / all
  same.rows += ofSame / all
  alike.rows += ofAlike / all
}
