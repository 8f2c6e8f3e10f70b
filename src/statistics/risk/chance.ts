// The progress of a pupil, and the chance of card and account in hand in time from there.
import type { Day } from '../../platform/day.ts'
import { type Attendance, measureAttendance, usualAtDesk } from './attendance.ts'
import { type Ahead, type Course, courses, type Instead, lookAhead, remembering, type Speed } from './course.ts'
import type { LeadTimes } from './lead-time.ts'
import { openWorkingTime, type WorkingTime } from './working-time.ts'

export type CardStand = 'none' | 'applied' | 'approved' | 'produced' | 'at-unit' | 'handed-over'
export type AccountStand = 'none' | 'requested' | 'approved' | 'activated'

export type PupilState = {
  /** As in the lead times, such as '193/06658'. */
  readonly group: string
  /** `since` is the day on which it came there; absent = not known, taken as today. */
  readonly card: { readonly at: CardStand; readonly since?: Day }
  readonly account: { readonly at: AccountStand; readonly since?: Day }
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
  readonly attendance: Attendance
  /** How surely who has a seat at a desk for activation comes and activates; `usualAtDesk` unless given. */
  readonly desks?: Attendance
  readonly doubt?: Doubt
}

/**
 * The days ahead may go faster (all hurry before a deadline, desks come to schools) or slower than those measured, for
 * all pupils alike. Found on simulated seasons (bench/risk.ts).
 */
export type Doubt = readonly (Speed & { readonly weight: number })[]
export const usualDoubt: Doubt = [
  { card: 0.75, account: 0.2, weight: 0.3 },
  { card: 1.15, account: 1, weight: 0.4 },
  { card: 1.6, account: 2.6, weight: 0.3 },
]

export type Chances = { readonly card: number; readonly account: number; readonly both: number }

/** A capture is safe when this chance of the card in time follows. */
const safe = 0.95
/** A unit that needs more working days than this is never sure. */
const safeHorizon = 80

export type World = {
  readonly question: ChanceQuestion
  readonly time: WorkingTime
  /** Working days after today up to and with each deadline; below zero when it is past. */
  readonly left: Readonly<Record<Course, number>>
  readonly doubt: Doubt
  /** The unit's lead times at each speed of the doubt. */
  aheadOf(group: string): readonly Ahead[]
  lastSafeDayOf(group: string): Day | null
}

export function worldOf(leadTimes: LeadTimes, question: ChanceQuestion): World {
  const { today, deadlines, isWorkingDay, doubt = usualDoubt } = question
  const time = openWorkingTime(isWorkingDay, yearBefore(today), today)
  const now = time.passed(today)
  const left = { card: time.passed(deadlines.card) - now, account: time.passed(deadlines.account) - now }
  const aheadsWithin = (horizon: number) =>
    remembering((group: string) => doubt.map(speed => lookAhead(leadTimes, group, { speed, horizon })))
  const aheads = aheadsWithin(Math.max(0, left.card, left.account))
  const safeAheads = aheadsWithin(safeHorizon)
  const lastSafeDays = remembering((group: string) => {
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

function daysToBeSafe(aheads: readonly Ahead[], doubt: Doubt): number | undefined {
  for (let days = 0; days <= safeHorizon; days += 1) {
    if (weighed(doubt, i => aheads[i]!.through('card', 0)[days]!) >= safe) return days
  }
  return undefined
}

export const weighed = (doubt: Doubt, of: (speed: number) => number): number => {
  const all = doubt.reduce((sum, { weight }) => sum + weight, 0)
  return doubt.reduce((sum, { weight }, speed) => sum + weight * of(speed), 0) / all
}

/**
 * A pupil's progress, in working days. `at` is the number of the stage under way; the length of the course = through;
 * −1 = not captured.
 */
export type Stand = {
  readonly group: string
  readonly card: { readonly at: number; readonly spent: number }
  readonly account: { readonly at: number; readonly spent: number }
  readonly missed: boolean
  /** Working days from today; 0 = none. */
  readonly planned: number
  readonly desk: number
  readonly free: number
}

const cardPlaces: Record<CardStand, number> = {
  none: -1,
  applied: 0,
  approved: 1,
  produced: 2,
  'at-unit': 3,
  'handed-over': 4,
}
const accountPlaces: Record<AccountStand, number> = { none: -1, requested: 0, approved: 1, activated: 2 }

export function standOf(pupil: PupilState, { time, question }: World): Stand {
  const now = time.passed(question.today)
  const ahead = (day: Day | undefined) => (day === undefined || day <= question.today ? 0 : time.happened(day) - now)
  const place = (at: number, through: number, since: Day | undefined) =>
    at < 0 || at === through
      ? { at, spent: 0 }
      : { at, spent: since === undefined ? 0 : Math.min(now - time.happened(since), 120) }
  return {
    group: pupil.group,
    card: place(cardPlaces[pupil.card.at], courses.card.length, pupil.card.since),
    account: place(accountPlaces[pupil.account.at], courses.account.length, pupil.account.since),
    missed: pupil.missedOn !== undefined,
    planned: ahead(pupil.plannedSessionOn),
    desk: ahead(pupil.plannedDeskOn),
    free: ahead(pupil.freeSeatOn),
  }
}

/** A change to the usual course: a faster stage, or a capture on a working day from now with a chance. */
export type Change = {
  readonly card?: Instead
  readonly account?: Instead
  readonly capture?: { readonly after: number; readonly chance: number }
}

/** The chances of a pupil at one speed. */
function chancesAt(stand: Stand, ahead: Ahead, world: World, change: Change): Chances {
  const { left } = world
  const isThrough = (course: Course) => stand[course].at === courses[course].length
  const captures = stand.card.at < 0 || stand.account.at < 0 ? capturesOf(stand, ahead, world, change) : undefined
  const account = accountChances(stand, ahead, world, change.account)
  const chance = (course: Course): number => {
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
  const after = (course: Course, day: number) => (course === 'card' ? cards[left.card - day]! : account.after(day))
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
  { group, account, desk }: Stand,
  ahead: Ahead,
  { left, question }: World,
  instead: Instead | undefined,
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

function capturesOf(stand: Stand, ahead: Ahead, { question, left }: World, { capture }: Change): Float64Array {
  const own = ahead.capture(stand.missed ? 'capture-after-absence' : 'capture')
  const comes = question.attendance.held * question.attendance.comes(stand.group)
  const planned = stand.planned > 0 ? seatAt(stand.planned, comes, own, ahead.capture('capture-after-absence')) : own
  if (!capture) return planned
  const until = Math.max(left.card, left.account, 0)
  return capture.after > until
    ? planned
    : seatAt(capture.after, capture.chance, planned, ahead.capture('capture-after-absence'))
}

/**
 * Who comes to a session on a day is captured then; who does not goes on as those who missed one. Before it, the
 * pupil's own way.
 */
function seatAt(day: number, comes: number, before: Float64Array, after: Float64Array): Float64Array {
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
export function chancesOf(stand: Stand, world: World, change: Change = {}): Chances & { bothBySpeed: number[] } {
  const each = world.aheadOf(stand.group).map(ahead => chancesAt(stand, ahead, world, change))
  const over = (of: keyof Chances) => weighed(world.doubt, speed => each[speed]![of])
  return { card: over('card'), account: over('account'), both: over('both'), bothBySpeed: each.map(({ both }) => both) }
}

/**
 * Chances of many pupils as of one day, without what could be done about them; each kind of pupil is worked out once.
 */
export function openChances(leadTimes: LeadTimes, question: ChanceQuestion): (pupil: PupilState) => Chances {
  const world = worldOf(leadTimes, question)
  const kept = new Map<string, Chances>()
  return pupil => {
    const stand = standOf(pupil, world)
    const key = keyOf(stand)
    const known = kept.get(key)
    if (known) return known
    const made = chancesOf(stand, world)
    kept.set(key, made)
    return made
  }
}

export const keyOf = ({ group, card, account, missed, planned, desk, free }: Stand) =>
  `${group}|${card.at}.${card.spent}|${account.at}.${account.spent}|${missed}|${planned}|${desk}|${free}`
