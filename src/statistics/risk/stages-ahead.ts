// The stages that are still ahead of a card or an account, as chances by working day, given how long it has already
// stood where it stands.
import { turnTaking } from '../law.ts'
import { type LeadStage, type LeadTimes, longest } from './lead-time.ts'

/** The chance by working day from now: `[n]` = that it has come about within n working days. */
export type ChanceByDay = Float64Array

/** The stages after capture, in order. */
export const stagesByCourse = {
  card: ['approval', 'production', 'delivery', 'hand-over'],
  account: ['account-approval', 'activation'],
} as const satisfies Record<string, readonly LeadStage[]>
export type RiskCourse = keyof typeof stagesByCourse

/**
 * A stage done otherwise than it usually is: with this chance it ends so many working days after it began, else as
 * usual.
 */
export type FasterStage = { readonly stage: LeadStage; readonly after: number; readonly chance: number }

/** Lead times of one unit at one speed, asked for over and over: what it works out it keeps. */
export type TimesAhead = {
  /** Within how many working days one who begins stage number `first` of a course is through all of it. */
  through(course: RiskCourse, first: number, instead?: FasterStage): ChanceByDay
  /**
   * The chance that one who has stood in a stage through `spent` working days (−1: it begins tomorrow) is through the
   * course within `days` more.
   */
  remaining(course: RiskCourse, at: number, spent: number, days: number, instead?: FasterStage): number
  /** Within how many working days one who begins a stage is through that stage alone. */
  ending(stage: LeadStage): ChanceByDay
  /** The same for one who has stood in it through `spent` working days. */
  endingAfter(stage: LeadStage, spent: number, days: number): number
  /** The chance that each working day from now is the day of capture; `[0]` is today, and over. */
  capture(stage: 'capture' | 'capture-after-absence'): Float64Array
}

/** How fast the days ahead go beside those measured, in what concerns cards (captures with them) and accounts. */
export type UnitSpeed = { readonly card: number; readonly account: number }
const isAccountStage = (stage: LeadStage) => stage === 'account-approval' || stage === 'activation'

/** `speed` multiplies every hazard's exponent: 1 = as measured, below 1 slower. `horizon` in working days. */
export function lookAhead(
  leadTimes: LeadTimes,
  group: string,
  { speed, horizon }: { speed: UnitSpeed; horizon: number },
): TimesAhead {
  const hazards = memoize((stage: LeadStage) => {
    const exponent = isAccountStage(stage) ? speed.account : speed.card
    return leadTimes.hazards(stage, group).map(share => 1 - (1 - share) ** exponent)
  })
  const hazardsOf = (stage: LeadStage) => hazards(stage, stage)
  const whole = memoize((course: RiskCourse, first: number, instead?: FasterStage): ChanceByDay => {
    const stage = stagesByCourse[course][first]
    if (stage === undefined) return new Float64Array(horizon + 1).fill(1)
    if (instead?.stage !== stage)
      return chainStages(endingFrom(horizon, 0, hazardsOf(stage), 0), through(course, first + 1, instead))
    const rest = through(course, first + 1)
    return through(course, first).map((usual, days) => withFasterStage(usual, rest, days, instead))
  })
  const through: TimesAhead['through'] = (course, first, instead) =>
    whole(`${course}${first}${fasterStageKey(instead)}`, course, first, instead)

  const remaining: TimesAhead['remaining'] = (course, at, spent, days, instead) => {
    const stage = stagesByCourse[course][at]
    if (stage === undefined) return 1
    if (instead?.stage !== stage) return chainedAfter(hazardsOf(stage), spent, through(course, at + 1, instead), days)
    return withFasterStage(remaining(course, at, spent, days), through(course, at + 1), days, instead)
  }
  const captures = memoize((stage: 'capture' | 'capture-after-absence') =>
    stage === 'capture'
      ? turnTakingHazards(horizon, hazardsOf(stage)[0]!)
      : endingFrom(horizon, 1, hazardsOf(stage), 0),
  )
  const endings = memoize((stage: LeadStage) => cumulativeSum(endingFrom(horizon, 0, hazardsOf(stage), 0)))
  return {
    through,
    ending: stage => endings(stage, stage),
    endingAfter: (stage, spent, days) => 1 - waitingOn(days, hazardsOf(stage), spent),
    remaining,
    capture: stage => captures(stage, stage),
  }
}

const fasterStageKey = (instead?: FasterStage) => (instead ? `${instead.stage}${instead.after}:${instead.chance}` : '')

/** Returns the function with its results kept by key. */
export function memoize<Args extends readonly unknown[], Result>(
  make: (...args: Args) => Result,
): (key: string, ...asked: Args) => Result {
  const kept = new Map<string, Result>()
  return (key, ...asked) => {
    const known = kept.get(key)
    if (known !== undefined) return known
    const made = make(...asked)
    kept.set(key, made)
    return made
  }
}

/**
 * Schools take turns: at the pace at which pupils were captured, ever fewer are left, and each day's share of them
 * rises.
 */
function turnTakingHazards(horizon: number, share: number): Float64Array {
  const ends = new Float64Array(horizon + 1)
  let left = 1
  for (let day = 1; day <= horizon; day += 1) {
    const hazard = Math.min(0.5, share / Math.max(0.1, 1 - turnTaking * share * (day - 1)))
    ends[day] = left * hazard
    left -= ends[day]!
  }
  return ends
}

/**
 * The chance of ending on each working day from `first` on, for one who has waited through `spent` working days before
 * day 0 or on it.
 */
function endingFrom(horizon: number, first: number, hazards: Float64Array, spent: number): Float64Array {
  const ends = new Float64Array(horizon + 1)
  let left = 1
  for (let day = first; day <= horizon; day += 1) {
    const hazard = hazards[Math.min(spent + day, longest)]!
    ends[day] = left * hazard
    left -= ends[day]!
  }
  return ends
}

/** The chance of waiting on through `days` more. */
function waitingOn(days: number, hazards: Float64Array, spent: number): number {
  let left = 1
  for (let day = 1; day <= days; day += 1) left *= 1 - hazards[Math.min(spent + day, longest)]!
  return left
}

function cumulativeSum(ends: Float64Array): ChanceByDay {
  let sum = 0
  return ends.map(share => {
    sum += share
    return sum
  })
}

/** With its chance the stage ends so many days after now and the rest follows, else all goes as usual. */
const withFasterStage = (usual: number, rest: ChanceByDay, days: number, { after, chance }: FasterStage) =>
  (1 - chance) * usual + (days >= after ? chance * rest[days - after]! : 0)

/** One thing after another: when the first ends, the rest begins. */
export function chainStages(ends: Float64Array, then: ChanceByDay): ChanceByDay {
  return ends.map((_, days) => {
    let sum = 0
    for (let day = 0; day <= days; day += 1) sum += ends[day]! * then[days - day]!
    return Math.min(1, sum)
  })
}

/** The chance that both are over within so many days, for one who has waited for the first through `spent` days. */
function chainedAfter(hazards: Float64Array, spent: number, then: ChanceByDay, days: number): number {
  let [left, sum] = [1, 0]
  for (let day = 1; day <= days; day += 1) {
    const ends = left * hazards[Math.min(spent + day, longest)]!
    sum += ends * then[days - day]!
    left -= ends
  }
  return Math.min(1, sum)
}
