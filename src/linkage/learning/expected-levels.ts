import { compare, type FieldLevel, fields, levels, type MatchField } from '../comparing/comparing.ts'
import { type LinkageModel, ratesOf } from '../comparing/weights.ts'
import { noLevel } from '../file-columns/value-kind.ts'
import type { LinkRecord } from '../person-record.ts'
import { PatternCounter, type Shares, smoothShares } from './em.ts'
import { type JoinedRows, learnFromRows } from './em-with-one-partner.ts'

type Pair = readonly [LinkRecord, LinkRecord]

const knownLevels = (field: MatchField): FieldLevel<MatchField>[] => levels[field].filter(level => level !== 'missing')
/** Fewer say nothing of how often values agree by chance. */
const fewestRandom = 1000

/**
 * How often each level is met in pairs of one person, by EM: rows whose numbers are missing teach by their candidates.
 * `randomCount` is how often random pairs showed a level. Where there are too few of those, nothing is learnt.
 */
export function expectedLevels(
  blocked: Iterable<Pair>,
  randomCount: (field: MatchField, level: FieldLevel<MatchField>) => number,
  start: LinkageModel,
  persons: number,
): (readonly [field: MatchField, level: FieldLevel<MatchField>, expected: number])[] {
  const counts = fields.map(field => knownLevels(field).map(level => randomCount(field, level)))
  if (Math.max(...counts.map(of => of.reduce((sum, count) => sum + count, 0))) < fewestRandom) return []

  const u = counts.map(of =>
    smoothShares(
      of,
      of.map(() => 1 / of.length),
      of.length / 4,
    ),
  )
  const typicalM = fields.map(field => asShares(knownLevels(field).map(level => ratesOf(start, field, level).m)))
  const joined = joinedRows(blocked, persons)
  const { expected } = learnFromRows(joined, { m: typicalM, u, typicalM })
  return tallied(joined, expected)
}

/**
 * Rates of levels that exclude each other only sometimes (a residence, or the school's place where there is none) made
 * to sum to one.
 */
function asShares(rates: readonly number[]): Shares[number] {
  const sum = rates.reduce((total, rate) => total + rate, 0)
  return rates.map(rate => rate / sum)
}

function joinedRows(blocked: Iterable<Pair>, among: number): JoinedRows {
  const counter = new PatternCounter(fields.length)
  const patternOf: number[] = []
  const ends: number[] = []
  let last: LinkRecord | undefined
  for (const [row, person] of blocked) {
    if (last && row !== last) ends.push(patternOf.length)
    last = row
    const comparison = compare(row, person)
    const vector = fields.map(field => knownLevels(field).indexOf(comparison[field]))
    patternOf.push(counter.add(Uint8Array.from(vector, level => (level < 0 ? noLevel : level))))
  }
  if (last) ends.push(patternOf.length)
  return {
    patterns: counter.patterns(),
    ends: Uint32Array.from(ends),
    patternOf: Uint32Array.from(patternOf),
    among,
    mayHaveSeveral: false,
  }
}

function tallied({ patterns }: JoinedRows, expected: Float64Array) {
  return fields.flatMap((field, f) =>
    knownLevels(field).map((level, l) => {
      let sum = 0
      for (const [pattern, weight] of expected.entries())
        if (patterns.levels[pattern * patterns.fields + f] === l) sum += weight
      return [field, level, sum] as const
    }),
  )
}
