// What Splink compares and how it learns, for these columns: levels by CASE, from best to worst; u from random pairs, m
// by expectation maximisation over the counts of distinct comparison vectors. Written after
// moj-analytical-services/splink, docs/topic_guides.

/** `when` is SQL over l and r; `tf` the column whose frequency takes the place of u where its values are equal. */
type Level = { readonly when: string; readonly tf?: string }
export type Comparison = { readonly name: string; readonly unknown: string; readonly levels: readonly Level[] }

const years = (parent: string) => `abs(l.${parent}_year - r.${parent}_year)`
const parent = (name: 'father' | 'mother'): Comparison => ({
  name,
  unknown: `l.${name}_plain is null or r.${name}_plain is null`,
  levels: [
    { when: `l.${name}_plain = r.${name}_plain and ${years(name)} <= 1`, tf: `${name}_plain` },
    { when: `l.${name}_plain = r.${name}_plain and ${years(name)} is null`, tf: `${name}_plain` },
    { when: `l.${name}_plain = r.${name}_plain`, tf: `${name}_plain` },
    { when: `jaro_winkler_similarity(l.${name}_plain, r.${name}_plain) >= 0.92 and coalesce(${years(name)}, 0) <= 1` },
    { when: `l.${name}_given = r.${name}_given and ${years(name)} <= 1` },
  ],
})

const wholeDates = 'length(l.birth) = 10 and length(r.birth) = 10'

export const comparisons: readonly Comparison[] = [
  {
    name: 'name',
    unknown: 'l.name_plain is null or r.name_plain is null',
    levels: [
      { when: 'l.name_marked = r.name_marked', tf: 'name_marked' },
      { when: 'l.name_plain = r.name_plain', tf: 'name_plain' },
      { when: 'damerau_levenshtein(l.name_plain, r.name_plain) <= 1' },
      { when: 'l.family = r.family and l.given = r.given and l.words <> r.words' },
      { when: 'l.sorted = r.sorted' },
      { when: 'jaro_winkler_similarity(l.name_plain, r.name_plain) >= 0.92' },
      { when: 'l.given = r.given' },
      { when: 'l.family = r.family' },
    ],
  },
  {
    name: 'birth',
    unknown: 'l.birth is null or r.birth is null',
    levels: [
      { when: `l.birth = r.birth and ${wholeDates}`, tf: 'birth' },
      { when: 'l.birth = r.swapped' },
      { when: `l.birth[5:] = r.birth[5:] and abs(l.y - r.y) = 1 and ${wholeDates}` },
      { when: `damerau_levenshtein(l.birth, r.birth) <= 1 and ${wholeDates}` },
      { when: `(starts_with(l.birth, r.birth) or starts_with(r.birth, l.birth))` },
      { when: `l.y = r.y and (l.birth[5:] = '-01-01' or r.birth[5:] = '-01-01')` },
      { when: 'l.birth[:7] = r.birth[:7]' },
      { when: 'l.y = r.y' },
    ],
  },
  {
    name: 'number',
    unknown: 'l.number is null or r.number is null',
    levels: [
      { when: 'l.number = r.number' },
      { when: 'l.number = r.cancelled_numbers' },
      { when: 'damerau_levenshtein(l.number, r.number) <= 1' },
    ],
  },
  { name: 'sex', unknown: 'l.sex is null or r.sex is null', levels: [{ when: 'l.sex = r.sex' }] },
  {
    name: 'place',
    unknown: 'coalesce(l.commune, l.school_commune) is null or r.commune is null',
    levels: [
      { when: 'l.commune = r.commune', tf: 'commune' },
      { when: 'l.district = r.district' },
      { when: 'l.commune is not null' },
      { when: 'l.school_commune = r.commune', tf: 'commune' },
      { when: 'l.school_district = r.district' },
    ],
  },
  parent('father'),
  parent('mother'),
  { name: 'phone', unknown: 'l.phone is null or r.phone is null', levels: [{ when: 'l.phone = r.phone' }] },
]

/** Term frequencies are kept as columns of both tables. */
export const termColumns: readonly string[] = [
  ...new Set(comparisons.flatMap(({ levels }) => levels.flatMap(({ tf }) => (tf ? [tf] : [])))),
]

/** A number of the level: the best is the highest, 0 is "all other", -1 unknown. */
const gammaOf = ({ unknown, levels }: Comparison) =>
  `case when ${unknown} then -1 ${levels.map(({ when }, i) => `when ${when} then ${levels.length - i}`).join(' ')}
      else 0 end`
export const gammas = comparisons.map(comparison => `${gammaOf(comparison)} as gamma_${comparison.name}`).join(',\n  ')
export const gammaNames = comparisons.map(({ name }) => `gamma_${name}`).join(', ')

/** m and u of each comparison, by gamma. */
export type Rates = readonly { readonly m: readonly number[]; readonly u: readonly number[] }[]
/** A comparison vector and how many pairs have it. */
export type Pattern = { readonly gamma: readonly number[]; readonly count: number }

/** What was never seen has this chance. */
const leastRate = 1e-6
const levelCount = ({ levels }: Comparison) => levels.length + 1

function sharesOf(patterns: readonly Pattern[], weight: (pattern: Pattern) => number): number[][] {
  const sums = comparisons.map(one => new Array<number>(levelCount(one)).fill(0))
  for (const pattern of patterns)
    for (const [c, gamma] of pattern.gamma.entries()) {
      const sum = sums[c]
      if (sum && gamma >= 0) sum[gamma] = (sum[gamma] ?? 0) + weight(pattern)
    }
  return sums.map(sum => {
    const all = sum.reduce((total, each) => total + each, 0)
    return sum.map(each => Math.max(leastRate, all > 0 ? each / all : 0))
  })
}

/** How often each level is met by chance. */
export const chanceOf = (random: readonly Pattern[]): number[][] => sharesOf(random, ({ count }) => count)

const rounds = 25

/**
 * Expectation maximisation over blocked pairs, u fixed. A comparison that the block makes equal learns nothing there
 * (`blockedOn`): it is left out of the odds, and its m is not to be used.
 */
export function learn(
  patterns: readonly Pattern[],
  u: readonly (readonly number[])[],
  blockedOn: readonly string[],
): number[][] {
  const isBlocked = comparisons.map(({ name }) => blockedOn.includes(name))
  let m = comparisons.map(one => {
    const best = levelCount(one) - 1
    return Array.from({ length: best + 1 }, (_, gamma) => (gamma === best ? 0.9 : 0.1 / best))
  })
  let lambda = 0.5
  for (let round = 0; round < rounds; round++) {
    const matches = new Map<Pattern, number>()
    let [sum, all] = [0, 0]
    for (const pattern of patterns) {
      let odds = lambda / (1 - lambda)
      for (const [c, gamma] of pattern.gamma.entries())
        if (gamma >= 0 && !isBlocked[c]) odds *= (m[c]?.[gamma] ?? 1) / (u[c]?.[gamma] ?? 1)
      const expected = (pattern.count * odds) / (1 + odds)
      matches.set(pattern, expected)
      sum += expected
      all += pattern.count
    }
    lambda = Math.min(1 - 1e-9, sum / all)
    m = sharesOf(patterns, pattern => matches.get(pattern) ?? 0)
  }
  return m
}

/**
 * The bits of a pair as SQL over its gammas: log2(m/u), and where values are equal log2(u/frequency), the greater of
 * the two sides'.
 */
export function weightSql(rates: Rates, prior: number): string {
  const parts = comparisons.map(({ name, levels }, c) => {
    const { m = [], u = [] } = rates[c] ?? {}
    const bits = (gamma: number) => Math.log2((m[gamma] ?? 1) / (u[gamma] ?? 1))
    const arms = levels.map(({ tf }, i) => {
      const gamma = levels.length - i
      if (!tf) return `when ${gamma} then ${bits(gamma)}`
      const alike = levels.reduce((sum, other, j) => sum + (other.tf === tf ? (u[levels.length - j] ?? 0) : 0), 0)
      return (
        `when ${gamma} then ${bits(gamma) + Math.log2(alike)} - log2(greatest(coalesce(l_tf_${tf}, r_tf_${tf}), ` +
        `r_tf_${tf}))`
      )
    })
    return `case gamma_${name} ${arms.join(' ')} when 0 then ${bits(0)} else 0 end`
  })
  return `${Math.log2(prior / (1 - prior))} + ${parts.join('\n  + ')}`
}
