import { paceHalfLifeDays, usualDrift, weekdayShrink } from '../law.ts'

// The pace of a figure, learned from what each day brought, and what it promises for days ahead. A kind of day is 1 to
// 5 for working days by their weekday, 6 and 7 for days off at the weekend, 8 for a day off within the week.

export type DailyPace = {
  /** What a day of each kind brings, by kind. */
  readonly perKind: readonly number[]
  /** Variance of a day's gain over its mean; 1 = chance alone (Poisson). */
  readonly dispersion: number
  /** Variance of the level, as a share of it: of what is known of it today, and what each working day ahead adds. */
  readonly doubt: { readonly now: number; readonly perDay: number }
  /** Days of experience behind it, old ones counting less. */
  readonly days: number
}

/** The gain ahead: its mean, variance, and what it could be where nothing ever came. */
export type ExpectedGain = { readonly mean: number; readonly variance: number; readonly ifNeverYet: number }

/** An 80 % band; `sd` is the standard deviation that it was made with. */
export type GainSpread = { readonly low: number; readonly mid: number; readonly high: number; readonly sd: number }

const longest = 84
const block = 5

const sumOfNumbers = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0)

/** Learns from each day's gain (the oldest first) and its kind. */
export function fitPace(gains: readonly number[], kinds: readonly number[]): DailyPace {
  const from = Math.max(0, gains.length - longest)
  const weight = new Float64Array(10)
  const gain = new Float64Array(10)
  let [squared, age, workingAge] = [0, 0, 0]
  for (let i = gains.length - 1; i >= from; i -= 1) {
    const w = 0.5 ** ((gains.length - 1 - i) / paceHalfLifeDays)
    const kind = kinds[i]!
    weight[kind]! += w
    gain[kind]! += w * gains[i]!
    if (kind > 5) continue
    squared += w * w
    age += w * workingAge
    workingAge += 1
  }
  const working = sumOfNumbers([...weight.slice(1, 6)])
  const perKind = perKindOf(weight, gain)
  const rate = working > 0 ? Math.max(0, sumOfNumbers([...gain.slice(1, 6)])) / working : 0
  const dispersion = dispersionOf(gains, kinds, perKind, from)
  const perDay = driftOf(gains, kinds, perKind, from, dispersion)
  const effective = squared > 0 ? working ** 2 / squared : 0
  const known = rate * effective > 0 ? Math.min(1, dispersion / (rate * effective)) : 1
  return {
    perKind,
    dispersion,
    doubt: { now: known + (working > 0 ? (perDay * age) / working : 0), perDay },
    days: effective,
  }
}

/** A working day's rate by its weekday, and a day off's by its kind, each drawn toward the rate of all of its sort. */
function perKindOf(weight: Float64Array, gain: Float64Array): number[] {
  const perKind: number[] = [0]
  for (const sort of [
    [1, 2, 3, 4, 5],
    [6, 7, 8],
  ]) {
    const days = sumOfNumbers(sort.map(kind => weight[kind]!))
    const rate = days > 0 ? Math.max(0, sumOfNumbers(sort.map(kind => gain[kind]!)) / days) : 0
    for (const kind of sort)
      perKind[kind] = Math.max(0, (gain[kind]! + weekdayShrink * rate) / (weight[kind]! + weekdayShrink))
  }
  return perKind
}

/** Of single days, by the sum of squares over the sum of means; the rarer a day off's gain, the less it says. */
function dispersionOf(
  gains: readonly number[],
  kinds: readonly number[],
  perKind: readonly number[],
  from: number,
): number {
  let [squares, means] = [2, 2]
  for (let i = from; i < gains.length; i += 1) {
    const w = 0.5 ** ((gains.length - 1 - i) / (2 * paceHalfLifeDays))
    const mean = perKind[kinds[i]!]!
    squares += w * (gains[i]! - mean) ** 2
    means += w * mean
  }
  return Math.max(1, squares / means)
}

/**
 * How far five working days lie from the five before them, beyond what single days' chance explains, as variance of the
 * level by working day.
 */
function driftOf(
  gains: readonly number[],
  kinds: readonly number[],
  perKind: readonly number[],
  from: number,
  dispersion: number,
): number {
  const blocks: number[] = []
  let [came, due, working] = [0, 0, 0]
  for (let i = gains.length - 1; i >= from; i -= 1) {
    came += gains[i]!
    due += perKind[kinds[i]!]!
    if (kinds[i]! <= 5) working += 1
    if (working < block) continue
    if (due > 0) blocks.push(Math.max(0, came) / due)
    ;[came, due, working] = [0, 0, 0]
  }
  const perBlock = block * Math.max(...perKind.slice(1, 6))
  const chance = perBlock > 0 ? (2 * dispersion) / perBlock : 0
  let [sum, pairs] = [0, 0]
  for (let i = 1; i < blocks.length; i += 1) {
    const middle = (blocks[i]! + blocks[i - 1]!) / 2
    if (middle === 0) continue
    sum += Math.min(1, ((blocks[i]! - blocks[i - 1]!) / middle) ** 2) - chance
    pairs += 1
  }
  const own = Math.max(0, sum) / block
  return (usualDrift.perDay * usualDrift.worth + own) / (usualDrift.worth + pairs)
}

/** What days of these kinds, from tomorrow on, bring together. The band widens with how far they reach. */
export function expectAhead(pace: DailyPace, kinds: readonly number[]): ExpectedGain {
  const mean = kinds.reduce((sum, kind) => sum + pace.perKind[kind]!, 0)
  const working = kinds.filter(kind => kind <= 5).length
  // A level that drifts from day to day: the mean of its walk over n days has a third of the variance of its end.
  const level = pace.doubt.now + (pace.doubt.perDay * working) / 3
  return {
    mean,
    variance: pace.dispersion * mean + mean ** 2 * level,
    ifNeverYet: (Math.LN10 * working) / Math.max(1, pace.days),
  }
}

/** The tenth and the ninetieth per cent. */
const z = 1.2816

/**
 * The band of a gamma spread with this mean and variance, its deviation times `scale`: it never falls below zero and
 * leans upward as counts do.
 */
export function spreadOf({ mean, variance, ifNeverYet }: ExpectedGain, scale: number): GainSpread {
  if (mean <= 0) return { low: 0, mid: 0, high: ifNeverYet, sd: 0 }
  const sd = Math.sqrt(variance) * scale
  const shape = (mean / sd) ** 2
  return { low: gammaAt(shape, mean, -z), mid: mean, high: Math.max(mean, gammaAt(shape, mean, z)), sd }
}

/** Wilson and Hilferty's approximation. */
const gammaAt = (shape: number, mean: number, at: number) =>
  mean * Math.max(0, 1 - 1 / (9 * shape) + at / (3 * Math.sqrt(shape))) ** 3
