import {
  birthContradicts,
  type Comparison,
  compare,
  type FieldLevel,
  fields,
  levels,
  type MatchField,
  nameContradicts,
} from '../comparing/comparing.ts'
import { typicalModel } from '../comparing/typical-model.ts'
import { hasBasis, type LinkageModel, type Rates, ratesOf } from '../comparing/weights.ts'
import type { LinkRecord } from '../person-record.ts'
import { expectedLevels } from './expected-levels.ts'

export type Pair = readonly [LinkRecord, LinkRecord]

/**
 * Pairs to learn from; none is labelled. `equalNumber`: row and person with the same number: better for `m` than EM
 * over all blocked pairs (scale.md C). `equalNameAndBirth`: the same name and date, for how often numbers are wrong.
 * `random`: any row with any person. `blocked`: row after row, each with all its candidates; read where too few rows
 * have a number that is somebody's, and only with `random`.
 */
export type LearningPairs = {
  readonly equalNumber: Iterable<Pair>
  readonly equalNameAndBirth?: Iterable<Pair>
  readonly random?: Iterable<Pair>
  readonly blocked?: Iterable<Pair>
  /** How many people the rows are looked for among; a province's by default. */
  readonly persons?: number
}

/**
 * With fewer pairs of equal number (or of equal name and date, for the number itself) EM on the blocked pairs stands
 * in.
 */
const fewestPairs = 200
const aProvince = 1_000_000

/** How many pairs the starting model is worth: a level that few pairs show keeps its typical rate. */
const startCounts = 50

/**
 * Learns a model. Numbers copied from another person are left out. Where a level's `u` is a matter of chance, the
 * register's counts give it already, so random pairs teach only the other levels.
 */
export function estimate(pairs: LearningPairs, name: string, start: LinkageModel = typicalModel): LinkageModel {
  const isNotCopied = ({ name, birth }: Comparison) => !(nameContradicts(name) && birthContradicts(birth))
  const byNumber = tallyOf(pairs.equalNumber, isNotCopied)
  const byName = tallyOf(pairs.equalNameAndBirth ?? [])
  const random = tallyOf(pairs.random ?? [])
  const byChance = fewIn(byNumber) || fewIn(byName) ? expectedTally(pairs, random, start) : byNumber
  const [same, sameByName] = [fewIn(byNumber) ? byChance : byNumber, fewIn(byName) ? byChance : byName]

  const ratesFor = (field: MatchField, level: FieldLevel<MatchField>): Rates => {
    const { m, u } = ratesOf(start, field, level)
    return {
      m: hasNoYear(level) ? m : blendRate(field === 'number' ? sameByName : same, field, level, m),
      u: hasBasis(field, level) ? u : blendRate(random, field, level, u),
    }
  }
  const table = Object.fromEntries(
    fields.map(field => [
      field,
      Object.fromEntries(informativeLevels(field).map(level => [level, ratesFor(field, level)])),
    ]),
  )
  return { format: 1, name, rates: { ...start.rates, ...table } }
}

/**
 * A parent's name without a year is a way to fill a form, not a kind of error: its rate is among pairs where no year is
 * given.
 */
const hasNoYear = (level: FieldLevel<MatchField>) => level === 'name'

const informativeLevels = (field: MatchField): FieldLevel<MatchField>[] =>
  levels[field].filter(level => level !== 'missing')

type LevelTally = ReadonlyMap<string, number>

/** How often each level was met, and the sum of its group; what is missing counts nowhere. */
function tallyOf(pairs: Iterable<Pair>, wanted: (comparison: Comparison) => boolean = () => true): LevelTally {
  const tally = new Map<string, number>()
  const count = (key: string) => tally.set(key, (tally.get(key) ?? 0) + 1)
  for (const [a, b] of pairs) {
    const comparison = compare(a, b)
    if (!wanted(comparison)) continue
    count('pairs')
    for (const field of fields) {
      const level = comparison[field]
      if (level === 'missing') continue
      count(`${field} ${level}`)
      count(groupOf(field, level))
    }
  }
  return tally
}

const fewIn = (tally: LevelTally) => (tally.get('pairs') ?? 0) < fewestPairs

/** The same of blocked pairs, each counted by how likely it is that it is of one person. */
function expectedTally(
  { blocked, persons = aProvince }: LearningPairs,
  random: LevelTally,
  start: LinkageModel,
): LevelTally {
  const tally = new Map<string, number>()
  if (!blocked) return tally
  for (const [field, level, expected] of expectedLevels(
    blocked,
    (field, level) => random.get(`${field} ${level}`) ?? 0,
    start,
    persons,
  )) {
    tally.set(`${field} ${level}`, expected)
    tally.set(groupOf(field, level), (tally.get(groupOf(field, level)) ?? 0) + expected)
  }
  return tally
}

/** Rates of a group sum to one. Where only the school's place is known is a question of its own. */
function groupOf(field: MatchField, level: FieldLevel<MatchField>): string {
  if (field === 'unit') return level.startsWith('school-') ? 'unit by school' : 'unit by residence'
  return `${field} in all`
}

function blendRate(tally: LevelTally, field: MatchField, level: FieldLevel<MatchField>, start: number): number {
  const seen = tally.get(`${field} ${level}`) ?? 0
  const all = tally.get(groupOf(field, level)) ?? 0
  return Math.min(1, (seen + startCounts * start) / (all + startCounts))
}
