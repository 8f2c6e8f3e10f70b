// How long each stage takes, in working days, learned from what was and from what is still under way: discrete hazards
// (the share of those who wait that a working day brings on), of the whole and of each unit, recent days counting more.
// Right-censored spells count for as long as they lasted (Kaplan and Meier 1958); a unit with few is drawn toward what
// stands above it.
import type { Day } from '../../platform/day.ts'
import { activationCooling, usualLearning, usualStageShares, usualStageSharesWorth } from '../law.ts'
import { openWorkingTime, type WorkingTime } from './working-time.ts'

/**
 * `capture`: from the campaign's first day until captured, of those who missed no session; `capture-after-absence`:
 * since they missed one. `approval` … `hand-over`: a card's stages. `account-approval`, `activation`: an account's.
 */
export type LeadStage =
  | 'capture'
  | 'capture-after-absence'
  | 'approval'
  | 'production'
  | 'delivery'
  | 'hand-over'
  | 'account-approval'
  | 'activation'

/** Someone's (or `count` people's) time in a stage. */
export type WaitingSpell = {
  readonly stage: LeadStage
  /** Whose experience it is, from the widest unit to the narrowest, such as '193/06658' or '193/06658/2219301'. */
  readonly group: string
  readonly from: Day
  /** The day on which the stage ended in the next; absent = still in it on the day of measuring. */
  readonly to?: Day
  /**
   * The last day on which they could be seen in it, where that is before the day of measuring: they left by another
   * door.
   */
  readonly leftOn?: Day
  readonly count?: number
}

/** By what the past speaks. */
export type LearningOptions = {
  /** Working days after which an experience counts half. */
  readonly halfLife: number
  /** A unit's own speed counts as much as the wider unit's after so many events; those of one day count as few. */
  readonly speedShrink: number
  /** And its own share of a single day, after so many who waited through it. */
  readonly dayShrink: number
  /** So many who waited are enough to speak of one day of a wait alone; else its neighbours are taken in. */
  readonly enough: number
}

/** These happen by what a day brings, not by how long someone has waited. */
const isWithoutAge: ReadonlySet<LeadStage> = new Set(['capture', 'capture-after-absence'])

/** Longer waits count as this long. */
export const longest = 100

export type LeadTimes = {
  /**
   * By working day of the wait (0 = where it began): the chance that who has waited through the day before ends the
   * stage on it. The last stands for all after it.
   */
  hazards(stage: LeadStage, group: string): Float64Array
  /** How much was seen: spells that ended, in all. */
  readonly ended: number
  readonly today: Day
}

/** By working day of the wait. `bursts`: how many ended on each day of the calendar. */
type StageCounts = { readonly waited: Float64Array; readonly ended: Float64Array; readonly bursts: Map<number, number> }

/** Measures the lead times as they are known at the end of `today`. */
export function measureLeadTimes(
  spells: Iterable<WaitingSpell>,
  {
    today,
    isWorkingDay,
    learning = usualLearning,
  }: { today: Day; isWorkingDay: (day: Day) => boolean; learning?: LearningOptions },
): LeadTimes {
  const counts = new Map<string, StageCounts>()
  let ended = 0
  for (const [key, count] of sumSpells(spells, today, isWorkingDay)) {
    const { stage, group, from, until, isOver, now } = key
    if (isOver) ended += count
    for (const path of pathsOf(group))
      addSpell(countsAt(counts, stage, path), { from, until, isOver, now, count }, learning)
  }
  const curves = new Map<string, Float64Array>()
  const curveOf = (stage: LeadStage, group: string): Float64Array => {
    const key = `${stage}|${group}`
    const known = curves.get(key)
    if (known) return known
    const own = counts.get(key)
    const curve =
      group === ''
        ? wholeCurve(stage, own, learning)
        : unitCurve(stage, own, curveOf(stage, widerPath(group)), learning)
    curves.set(key, curve)
    return curve
  }
  return { hazards: curveOf, ended, today }
}

const widerPath = (group: string) => group.slice(0, Math.max(0, group.lastIndexOf('/')))

/** A group and all that it lies in, the whole ('') last. */
function pathsOf(group: string): string[] {
  const paths = [group]
  while (paths.at(-1) !== '') paths.push(widerPath(paths.at(-1)!))
  return paths
}

type SpellSum = { stage: LeadStage; group: string; from: number; until: number; isOver: boolean; now: number }

/** Most spells have many like them: they are counted together, by working days. */
function sumSpells(
  spells: Iterable<WaitingSpell>,
  today: Day,
  isWorkingDay: (day: Day) => boolean,
): Iterable<[SpellSum, number]> {
  const all = [...spells]
  let first = today
  for (const { from } of all) if (from < first) first = from
  const time: WorkingTime = openWorkingTime(isWorkingDay, first, today)
  const now = time.passed(today)
  const found = new Map<string, [SpellSum, number]>()
  for (const { stage, group, from, to, leftOn, count = 1 } of all) {
    const isOver = to !== undefined && to <= today
    const begun = time.happened(from)
    const until = isOver
      ? Math.max(begun, time.happened(to))
      : time.passed(leftOn !== undefined && leftOn < today ? leftOn : today)
    const key = `${stage}|${group}|${begun}|${until}|${isOver}`
    const entry = found.get(key)
    if (entry) entry[1] += count
    else found.set(key, [{ stage, group, from: begun, until, isOver, now }, count])
  }
  return found.values()
}

function countsAt(counts: Map<string, StageCounts>, stage: LeadStage, group: string): StageCounts {
  const key = `${stage}|${group}`
  const known = counts.get(key)
  if (known) return known
  const made = { waited: new Float64Array(longest + 1), ended: new Float64Array(longest + 1), bursts: new Map() }
  counts.set(key, made)
  return made
}

/**
 * Each working day of a wait is an experience of its own day: a day of last month says less about tomorrow than
 * yesterday.
 */
function addSpell(
  { waited, ended, bursts }: StageCounts,
  { from, until, isOver, now, count }: { from: number; until: number; isOver: boolean; now: number; count: number },
  { halfLife }: LearningOptions,
) {
  for (let at = from; at <= until; at += 1) {
    waited[Math.min(at - from, longest)]! += count * 0.5 ** ((now - Math.min(at, now)) / halfLife)
  }
  if (!isOver) return
  ended[Math.min(until - from, longest)]! += count * 0.5 ** ((now - Math.min(until, now)) / halfLife)
  bursts.set(until, (bursts.get(until) ?? 0) + count)
}

/**
 * The share of each day of a wait; where few waited so long, its neighbours speak with it, and what nobody reached is
 * as the last that were.
 */
function wholeCurve(stage: LeadStage, own: StageCounts | undefined, { enough }: LearningOptions): Float64Array {
  const curve = new Float64Array(longest + 1)
  const { waited, ended } = own ?? { waited: curve, ended: curve }
  const believedShare = usualStageShares[stage]
  if (isWithoutAge.has(stage)) {
    const [all, came] = [sumOfValues(waited), sumOfValues(ended)]
    return curve.fill((came + usualStageSharesWorth * believedShare) / (all + usualStageSharesWorth))
  }
  const last = waited.findLastIndex(value => value > 0)
  for (let day = 0; day <= longest; day += 1) {
    let [low, high] = [Math.min(day, last), Math.min(day, last)]
    let [all, came] = [waited[low] ?? 0, ended[low] ?? 0]
    while (all < enough && (low > 0 || high < last)) {
      if (low > 0) {
        low -= 1
        all += waited[low]!
        came += ended[low]!
      }
      if (high < last) {
        high += 1
        all += waited[high]!
        came += ended[high]!
      }
    }
    const share = (came + usualStageSharesWorth * believedShare) / (all + usualStageSharesWorth)
    curve[day] = day <= last || stage !== 'activation' ? share : share * ((last + 1) / (day + 1)) ** activationCooling
  }
  return curve
}

const sumOfValues = (list: Float64Array) => list.reduce((all, value) => all + value, 0)

/**
 * A unit goes as the wider one, at a speed of its own; and where enough of its own waited through a day, as they did.
 */
function unitCurve(
  stage: LeadStage,
  own: StageCounts | undefined,
  above: Float64Array,
  { speedShrink, dayShrink }: LearningOptions,
): Float64Array {
  if (!own) return above
  let [came, due] = [0, 0]
  for (let day = 0; day <= longest; day += 1) {
    came += own.ended[day]!
    due += own.waited[day]! * -Math.log1p(-Math.min(above[day]!, 0.999))
  }
  const burst = burstOf(own.bursts)
  const speed = (came + speedShrink * burst) / (due + speedShrink * burst)
  return above.map((share, day) => {
    const faster = 1 - (1 - share) ** speed
    if (isWithoutAge.has(stage)) return faster
    return (own.ended[day]! + dayShrink * burst * faster) / (own.waited[day]! + dayShrink * burst)
  })
}

/**
 * How many end together, seen by one of them: 1 = each on a day of its own. Ten who end on one day say little more of a
 * unit's speed than one.
 */
function burstOf(bursts: ReadonlyMap<number, number>): number {
  let [sum, squares] = [0, 0]
  for (const count of bursts.values()) {
    sum += count
    squares += count * count
  }
  return sum === 0 ? 1 : Math.max(1, squares / sum)
}
