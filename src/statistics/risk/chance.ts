// The progress of a pupil, and the chance of card and account in hand in time from there.
import type { Day } from '../../platform/day.ts'
import { safeChance, usualAtDesk, usualSpeedDoubt } from '../law.ts'
import type { LeadTimes } from './lead-time.ts'
import {
  type FasterStage,
  lookAhead,
  memoize,
  type RiskCourse,
  stagesByCourse,
  type TimesAhead,
  type UnitSpeed,
} from './stages-ahead.ts'
import { measureAttendance, type SessionAttendance } from './turn-out.ts'
import { openWorkingTime, type WorkingTime } from './working-time.ts'

export type CardProgress = 'none' | 'applied' | 'approved' | 'produced' | 'at-unit' | 'handed-over'
export type AccountProgress = 'none' | 'requested' | 'approved' | 'activated'

export type PupilState = {
  /** As in the lead times, such as '193/06658'. */
  readonly group: string
  /** `since` is the day on which it came there; absent = not known, taken as today. */
  readonly card: { readonly at: CardProgress; readonly since?: Day }
  readonly account: { readonly at: AccountProgress; readonly since?: Day }
  /** The last session at which the pupil had a seat and did not come. */
  readonly missedOn?: Day
  /** A session to come at which the pupil has a seat. */
  readonly plannedSessionOn?: Day
  /** A desk for activation to come at which the pupil has a seat. */
  readonly plannedDeskOn?: Day
  /** A planned session of the unit that still has a seat. */
  readonly freeSeatOn?: Day
}

export type ChanceQuestion = {
  readonly today: Day
  /** The days by whose end the card must be in hand and the account active. */
  readonly deadlines: { readonly card: Day; readonly account: Day }
  readonly isWorkingDay: (day: Day) => boolean
  readonly attendance: SessionAttendance
  /** How surely who has a seat at a desk for activation comes and activates; `usualAtDesk` unless given. */
  readonly desks?: SessionAttendance
  readonly doubt?: SpeedDoubt
}

/**
 * The days ahead may go faster (all hurry before a deadline, desks come to schools) or slower than those measured, for
 * all pupils alike. How much is assumed stands in law.ts.
 */
export type SpeedDoubt = readonly (UnitSpeed & { readonly weight: number })[]

export type InTimeChances = { readonly card: number; readonly account: number; readonly both: number }

/** A unit that needs more working days than this is never sure. */
const safeHorizon = 80

export type ChanceWorld = {
  readonly question: ChanceQuestion
  readonly time: WorkingTime
  /** Working days after today up to and with each deadline; below zero when it is past. */
  readonly left: Readonly<Record<RiskCourse, number>>
  readonly doubt: SpeedDoubt
  /** The unit's lead times at each speed of the doubt. */
  aheadOf(group: string): readonly TimesAhead[]
  lastSafeDayOf(group: string): Day | null
}

export function chanceWorldOf(leadTimes: LeadTimes, question: ChanceQuestion): ChanceWorld {
  const { today, deadlines, isWorkingDay, doubt = usualSpeedDoubt } = question
  const time = openWorkingTime(isWorkingDay, yearBefore(today), today)
  const now = time.passed(today)
  const left = { card: time.passed(deadlines.card) - now, account: time.passed(deadlines.account) - now }
  const aheadsWithin = (horizon: number) =>
    memoize((group: string) => doubt.map(speed => lookAhead(leadTimes, group, { speed, horizon })))
  const aheads = aheadsWithin(Math.max(0, left.card, left.account))
  const safeAheads = aheadsWithin(safeHorizon)
  const lastSafeDays = memoize((group: string) => {
    const needed = daysToBeSafe(safeAheads(group, group), doubt)
    return needed === undefined ? null : time.dayOf(now + left.card - needed)
  })
  return {
    question,
    time,
    left,
    doubt,
    aheadOf: group => aheads(group, group),
    lastSafeDayOf: group => lastSafeDays(group, group),
  }
}

/** A year before: who has waited longer has waited long. */
const yearBefore = (day: Day) => `${Number(day.slice(0, 4)) - 1}${day.slice(4).replace('02-29', '02-28')}` as Day

function daysToBeSafe(aheads: readonly TimesAhead[], doubt: SpeedDoubt): number | undefined {
  for (let days = 0; days <= safeHorizon; days += 1) {
    if (weighByDoubt(doubt, i => aheads[i]!.through('card', 0)[days]!) >= safeChance) return days
  }
  return undefined
}

export const weighByDoubt = (doubt: SpeedDoubt, of: (speed: number) => number): number => {
  const all = doubt.reduce((sum, { weight }) => sum + weight, 0)
  return doubt.reduce((sum, { weight }, speed) => sum + weight * of(speed), 0) / all
}

/**
 * A pupil's progress, in working days. `at` is the number of the stage under way; the length of the course = through;
 * −1 = not captured.
 */
export type PupilPosition = {
  readonly group: string
  readonly card: { readonly at: number; readonly spent: number }
  readonly account: { readonly at: number; readonly spent: number }
  readonly missed: boolean
  /** Working days from today; 0 = none. */
  readonly planned: number
  readonly desk: number
  readonly free: number
}

const cardPlaces: Record<CardProgress, number> = {
  none: -1,
  applied: 0,
  approved: 1,
  produced: 2,
  'at-unit': 3,
  'handed-over': 4,
}
const accountPlaces: Record<AccountProgress, number> = { none: -1, requested: 0, approved: 1, activated: 2 }

export function pupilPositionOf(pupil: PupilState, { time, question }: ChanceWorld): PupilPosition {
  const now = time.passed(question.today)
  const ahead = (day: Day | undefined) => (day === undefined || day <= question.today ? 0 : time.happened(day) - now)
  const place = (at: number, through: number, since: Day | undefined) =>
    at < 0 || at === through
      ? { at, spent: 0 }
      : { at, spent: since === undefined ? 0 : Math.min(now - time.happened(since), 120) }
  return {
    group: pupil.group,
    card: place(cardPlaces[pupil.card.at], stagesByCourse.card.length, pupil.card.since),
    account: place(accountPlaces[pupil.account.at], stagesByCourse.account.length, pupil.account.since),
    missed: pupil.missedOn !== undefined,
    planned: ahead(pupil.plannedSessionOn),
    desk: ahead(pupil.plannedDeskOn),
    free: ahead(pupil.freeSeatOn),
  }
}

/** A change to the usual course: a faster stage, or a capture on a working day from now with a chance. */
export type PlannedChange = {
  readonly card?: FasterStage
  readonly account?: FasterStage
  readonly capture?: { readonly after: number; readonly chance: number }
}

/** The chances of a pupil at one speed. */
function chancesAt(stand: PupilPosition, ahead: TimesAhead, world: ChanceWorld, change: PlannedChange): InTimeChances {
  const { left } = world
  const isThrough = (course: RiskCourse) => stand[course].at === stagesByCourse[course].length
  const captures = stand.card.at < 0 || stand.account.at < 0 ? capturesOf(stand, ahead, world, change) : undefined
  const account = accountChances(stand, ahead, world, change.account)
  const chance = (course: RiskCourse): number => {
    if (isThrough(course)) return 1
    if (left[course] <= 0) return 0
    if (stand[course].at >= 0)
      return course === 'card'
        ? ahead.remaining('card', stand.card.at, stand.card.spent, left.card, change.card)
        : account.now()
    let sum = 0
    for (let day = 1; day <= left[course]; day += 1) sum += captures![day]! * after(course, day)
    return sum
  }
  const cards = ahead.through('card', 0, change.card)
  const after = (course: RiskCourse, day: number) => (course === 'card' ? cards[left.card - day]! : account.after(day))
  const alone = { card: chance('card'), account: chance('account') }
  if (stand.card.at >= 0 || stand.account.at >= 0 || !captures) return { ...alone, both: alone.card * alone.account }

  // Both begin with the same capture.
  let both = 0
  for (let day = 1; day <= Math.min(left.card, left.account); day += 1)
    both += captures[day]! * after('card', day) * after('account', day)
  return { ...alone, both }
}

/**
 * The chance of an account in time, from where it stands or from a capture on a day ahead; a desk brings on who is
 * approved by then and not yet active.
 */
function accountChances(
  { group, account, desk }: PupilPosition,
  ahead: TimesAhead,
  { left, question }: ChanceWorld,
  instead: FasterStage | undefined,
) {
  const works =
    desk > 0 && desk <= left.account
      ? (question.desks ?? believedAtDesk).held * (question.desks ?? believedAtDesk).comes(group)
      : 0
  const atDesk = (end: number, before: number, approved: number) =>
    works === 0 || before >= 1 ? end : end + works * Math.max(0, approved - before) * ((1 - end) / (1 - before))
  const within = ahead.through('account', 0, instead)
  const approvals = ahead.ending('account-approval')
  const { at, spent } = account
  const remaining = (days: number) => ahead.remaining('account', at, spent, days, instead)
  return {
    now: () =>
      atDesk(
        remaining(left.account),
        works === 0 ? 0 : remaining(desk),
        at > 0 ? 1 : ahead.endingAfter('account-approval', spent, desk),
      ),
    after: (day: number) => {
      const end = within[left.account - day]!
      return day > desk ? end : atDesk(end, within[desk - day]!, approvals[desk - day]!)
    },
  }
}

const believedAtDesk = measureAttendance([], usualAtDesk)

function capturesOf(
  stand: PupilPosition,
  ahead: TimesAhead,
  { question, left }: ChanceWorld,
  { capture }: PlannedChange,
): Float64Array {
  const own = ahead.capture(stand.missed ? 'capture-after-absence' : 'capture')
  const comes = question.attendance.held * question.attendance.comes(stand.group)
  const planned =
    stand.planned > 0 ? withSeatAt(stand.planned, comes, own, ahead.capture('capture-after-absence')) : own
  if (!capture) return planned
  const until = Math.max(left.card, left.account, 0)
  return capture.after > until
    ? planned
    : withSeatAt(capture.after, capture.chance, planned, ahead.capture('capture-after-absence'))
}

/**
 * Who comes to a session on a day is captured then; who does not goes on as those who missed one. Before it, the
 * pupil's own way.
 */
function withSeatAt(day: number, comes: number, before: Float64Array, after: Float64Array): Float64Array {
  const ends = new Float64Array(before.length)
  let left = 1
  for (let at = 1; at < day && at < ends.length; at += 1) {
    ends[at] = before[at]!
    left -= before[at]!
  }
  if (day < ends.length) ends[day] = left * comes
  for (let at = day + 1; at < ends.length; at += 1) ends[at] = left * (1 - comes) * after[at - day]!
  return ends
}

/** The chances over all speeds. */
export function chancesOf(
  stand: PupilPosition,
  world: ChanceWorld,
  change: PlannedChange = {},
): InTimeChances & { bothBySpeed: number[] } {
  const each = world.aheadOf(stand.group).map(ahead => chancesAt(stand, ahead, world, change))
  const over = (of: keyof InTimeChances) => weighByDoubt(world.doubt, speed => each[speed]![of])
  return { card: over('card'), account: over('account'), both: over('both'), bothBySpeed: each.map(({ both }) => both) }
}

/**
 * Chances of many pupils as of one day, without what could be done about them; each kind of pupil is worked out once.
 */
export function openChances(leadTimes: LeadTimes, question: ChanceQuestion): (pupil: PupilState) => InTimeChances {
  const world = chanceWorldOf(leadTimes, question)
  const kept = new Map<string, InTimeChances>()
  return pupil => {
    const stand = pupilPositionOf(pupil, world)
    const key = positionKey(stand)
    const known = kept.get(key)
    if (known) return known
    const made = chancesOf(stand, world)
    kept.set(key, made)
    return made
  }
}

export const positionKey = ({ group, card, account, missed, planned, desk, free }: PupilPosition) =>
  `${group}|${card.at}.${card.spent}|${account.at}.${account.spent}|${missed}|${planned}|${desk}|${free}`
