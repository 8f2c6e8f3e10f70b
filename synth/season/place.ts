// The season at one place: a school with its pupils, or a commune with everyone else. First how the extracts' states
// came about, then how it goes on.
import { birthday } from '../../src/platform/day.ts'
import { cardAge } from '../documents/card.ts'
import { activations, lateActivation } from './account.ts'
import { atUnitFrom, handOvers } from './card.ts'
import {
  type AccountPath,
  accountHistory,
  approvalAhead,
  type Candidate,
  type CardPath,
  cardHistory,
  centreAhead,
  isMoved,
} from './case-history.ts'
import { from } from './chance.ts'
import { absentSeat, gather, type Meeting, meetingAt, type Place, servedSeat } from './session.ts'
import { firstDay, type SeasonWorld, type Slow } from './world.ts'

export type Course = { readonly who: Candidate; card: CardPath | undefined; account: AccountPath | undefined }
export type PlaceWorld = SeasonWorld & {
  readonly seed: number
  /** The day of the extracts. */
  readonly today: number
  readonly slow: Slow
  readonly deliveries: readonly number[]
}

const mayApplyFrom = ({ bornOn }: Candidate, { calendar }: SeasonWorld) => calendar.placeOf(birthday(bornOn, cardAge))
/** Has neither a card nor one on its way. */
const lacksCard = ({ who, card }: Course) =>
  card === undefined && (who.card === undefined || who.card.state === 'revoked')
const lacksAccount = ({ who, account }: Course) =>
  account === undefined && (who.account === undefined || who.account.state === 'cancelled')

/** What lies behind the extracts of these people, with the sessions at which it happened. */
export function past(
  place: Place,
  candidates: readonly Candidate[],
  world: PlaceWorld,
): { courses: Course[]; meetings: Meeting[] } {
  const courses = candidates.map(who => {
    const card = cardHistory(who, world.today, world)
    return { who, card, account: accountHistory(who, card, world.today, world) }
  })
  if (place.school !== '') handOverInBatches(courses, world)
  return {
    courses,
    meetings: [
      ...captureMeetings(place, courses, world),
      ...levelMeetings(place, courses, world),
      ...desks(place, courses, world),
    ],
  }
}

/** A school hands cards over every other week, where the extract leaves room for it. */
function handOverInBatches(courses: readonly Course[], { random, calendar, today }: PlaceWorld) {
  const offset = random.below(10)
  for (const { card } of courses) {
    if (card?.at['handed-over'] === undefined) continue
    for (let at = card.at['at-unit']! + 1; at <= today; at += 1) {
      if (!calendar.isWorking(at) || calendar.between(0, at) % 10 !== offset) continue
      card.at['handed-over'] = at
      break
    }
  }
}

/** Of those who lack something and were called too, so many did not come. */
function missing(served: number, { random, parameters }: PlaceWorld): number {
  const share = Math.min(0.3, parameters.sessions.absent * Math.exp(from(random, -0.4, 0.4)))
  return Math.floor((served * share) / (1 - share) + random.next())
}

function captureMeetings(place: Place, courses: readonly Course[], world: PlaceWorld): Meeting[] {
  const { calendar, today, random } = world
  const windows = courses.flatMap(course => {
    const { card, account, who } = course
    if (card?.at.applied === undefined || card.at.applied < -10) return []
    const isAskedWithIt = account?.at.requested === card.at.applied
    const last = Math.min(
      today,
      (card.at.approved ?? today) - (card.returned ? 3 : 1),
      card.returned ? card.returned.on - 1 : Infinity,
      isAskedWithIt ? (account?.at.approved ?? Infinity) : Infinity,
    )
    return [{ course, first: Math.max(0, mayApplyFrom(who, world), calendar.before(card.at.applied, 4)), last }]
  })
  const lacking = courses.filter(lacksCard)
  const rooms = place.school === '' ? { least: 4, most: 2, room: 250 } : { least: 3, most: 3, room: 350 }
  return gather(windows, rooms, world).map(({ day, those }) => {
    const meeting = meetingAt(place, 'card-and-account', day, world)
    for (const { course } of those) {
      const { card, account, who } = course
      if (account && account.at.requested === card!.at.applied) {
        account.at.requested = day
        account.sessions.requested = meeting.id
      }
      card!.at.applied = day
      card!.session = meeting.id
      meeting.seats.push(servedSeat(who.number, random))
    }
    const called = lacking.filter(({ who }) => mayApplyFrom(who, world) <= day)
    for (const { who } of called.slice(0, missing(those.length, world)))
      meeting.seats.push(absentSeat(who.number, random))
    return meeting
  })
}

/** Those with a card of long ago come for the second level alone. */
function levelMeetings(place: Place, courses: readonly Course[], world: PlaceWorld): Meeting[] {
  const { calendar, today, random } = world
  const windows = courses.flatMap(course => {
    const { account } = course
    if (
      account?.at.requested === undefined ||
      account.level === 1 ||
      account.sessions.requested ||
      account.at.requested < -5
    )
      return []
    if (course.card?.at.applied === account.at.requested) return []
    return [
      {
        course,
        first: Math.max(0, calendar.before(account.at.requested, 3)),
        last: Math.min(today, (account.at.approved ?? today) - 1),
      },
    ]
  })
  return gather(windows, { least: 4, most: 2, room: 200 }, world).map(({ day, those }) => {
    const meeting = meetingAt(place, 'raise-level', day, world)
    for (const { course } of those) {
      course.account!.at.requested = day
      course.account!.sessions.requested = meeting.id
      meeting.seats.push(servedSeat(course.who.number, random))
    }
    const called = courses.filter(
      course => lacksAccount(course) && !lacksCard(course) && mayApplyFrom(course.who, world) <= day,
    )
    for (const { who } of called.slice(0, missing(those.length, world)))
      meeting.seats.push(absentSeat(who.number, random))
    return meeting
  })
}

/** The days on which most activated together had a desk. */
function desks(place: Place, courses: readonly Course[], world: PlaceWorld): Meeting[] {
  const { random } = world
  const active = courses.filter(({ account }) => account?.at.activated !== undefined && account.at.activated >= 0)
  const windows = active.map(course => ({
    course,
    first: course.account!.at.activated!,
    last: course.account!.at.activated!,
  }))
  return gather(windows, { least: place.school === '' ? 3 : 2, most: 2, room: 200 }, world).map(({ day, those }) => {
    const meeting = meetingAt(place, 'activation', day, world)
    for (const { course } of those) {
      course.account!.sessions.activated = meeting.id
      meeting.seats.push(servedSeat(course.who.number, random))
    }
    const waiting = courses.filter(
      ({ account }) =>
        account?.at.approved !== undefined && account.at.approved < day && account.at.activated === undefined,
    )
    for (const { who } of waiting.slice(0, missing(those.length, world)))
      meeting.seats.push(absentSeat(who.number, random))
    return meeting
  })
}

/** How a school's season goes on after the extracts: its turns for those who lack something, and what comes of them. */
export function schoolAhead(place: Place, courses: readonly Course[], world: PlaceWorld): Meeting[] {
  const { random, today, slow } = world
  const turn = openDay(today + random.between(2, 34), world)
  const meetings = [
    turn,
    ...(random.chance(world.parameters.sessions.secondTurn) ? [openDay(turn + random.between(8, 24), world)] : []),
  ].flatMap(day => {
    const meeting = captureAhead(place, courses, day, world)
    return meeting.seats.length > 0 ? [meeting] : []
  })
  for (const course of courses) if (lacksCard(course)) captureAtCounter(course, turn, world)
  cardsAhead(courses, world)
  const atUnit = courses.map(({ card }) => (card?.at['handed-over'] === undefined ? card?.at['at-unit'] : undefined))
  const taken = handOvers(
    atUnit.map(at => (at === undefined ? undefined : Math.max(at, today + 1))),
    world,
    slow,
  )
  for (const [i, at] of taken.entries()) if (at !== undefined) courses[i]!.card!.at['handed-over'] = at
  return [...meetings, ...accountsAhead(place, courses, world)]
}

function openDay(wanted: number, { calendar, random, parameters }: SeasonWorld): number {
  const weekend = random.chance(parameters.sessions.weekendShare)
  let day = wanted
  while (calendar.isHoliday(day) || !(calendar.isWorking(day) || weekend)) day += 1
  return day
}

function captureAhead(place: Place, courses: readonly Course[], day: number, world: PlaceWorld): Meeting {
  const { random, parameters } = world
  const meeting = meetingAt(place, 'card-and-account', day, world)
  for (const course of courses) {
    if (!(lacksCard(course) || lacksAccount(course)) || mayApplyFrom(course.who, world) > day) continue
    if (random.chance(parameters.sessions.absent)) {
      meeting.seats.push(absentSeat(course.who.number, random))
      continue
    }
    meeting.seats.push({ number: course.who.number, isServed: true })
    capture(course, day, meeting.id)
  }
  return meeting
}

function capture(course: Course, day: number, session: string | undefined) {
  if (lacksAccount(course))
    course.account = { level: 2, at: { requested: day }, sessions: session ? { requested: session } : {} }
  if (lacksCard(course)) course.card = { at: { applied: day }, ...(session && { session }) }
}

function captureAtCounter(course: Course, after: number, world: PlaceWorld) {
  const day = firstDay(
    Math.max(after, mayApplyFrom(course.who, world)),
    world.parameters.sessions.counterAfter,
    world,
    'card',
  )
  if (day !== undefined) capture(course, day, undefined)
}

/** Through the centre, and with the district's bag to the unit. */
export function cardsAhead(courses: readonly Course[], world: PlaceWorld) {
  const { today, slow, deliveries } = world
  for (const { card } of courses) {
    if (!card || card.at['at-unit'] !== undefined) continue
    centreAhead(card, today, world, slow)
    const arrives = atUnitFrom(Math.max(card.at.produced!, today), deliveries, world)
    if (arrives !== undefined) card.at['at-unit'] = Math.max(arrives, today + 1)
  }
}

function accountsAhead(place: Place, courses: readonly Course[], world: PlaceWorld): Meeting[] {
  const { today, random, slow, parameters } = world
  const deskDay = random.chance(parameters.activation.desks) ? openDay(today + random.between(3, 50), world) : Infinity
  for (const { account, card } of courses) {
    if (!account || account.at.activated !== undefined) continue
    const wasApproved = account.at.approved !== undefined
    approvalAhead(account, today, card?.returned !== undefined, world, slow)
    const at = wasApproved
      ? lateActivation(today, deskDay, world, slow)
      : activations([account.at.approved], deskDay, world, slow)[0]
    if (at !== undefined) account.at.activated = Math.max(at, today + 1)
  }
  if (deskDay === Infinity) return []
  const meeting = meetingAt(place, 'activation', deskDay, world)
  for (const { account, who } of courses) {
    if (account?.at.approved === undefined || account.at.approved >= deskDay) continue
    if (account.at.activated === deskDay) {
      account.sessions.activated = meeting.id
      meeting.seats.push({ number: who.number, isServed: true })
    } else if (account.at.activated === undefined || account.at.activated > deskDay)
      meeting.seats.push(absentSeat(who.number, random))
  }
  return meeting.seats.length > 0 ? [meeting] : []
}

/** How it goes on for people who come to the counter, each alone. */
export function communeAhead(courses: readonly Course[], world: PlaceWorld) {
  const { today, random, slow, parameters } = world
  for (const course of courses) {
    if (lacksCard(course) && random.chance(0.1)) captureAtCounter(course, today, world)
  }
  cardsAhead(courses, world)
  for (const { card, account } of courses) {
    const at = card?.at['handed-over'] === undefined ? card?.at['at-unit'] : undefined
    const taken =
      at === undefined
        ? undefined
        : firstDay(Math.max(at, today), parameters.handOver.counter / slow.handOver, world, 'card')
    if (taken !== undefined) card!.at['handed-over'] = taken
    if (!account || account.at.activated !== undefined) continue
    const wasApproved = account.at.approved !== undefined
    approvalAhead(account, today, card?.returned !== undefined, world, slow)
    const active = wasApproved
      ? lateActivation(today, Infinity, world, slow)
      : activations([account.at.approved], Infinity, world, slow)[0]
    if (active !== undefined) account.at.activated = Math.max(active, today + 1)
  }
}

/** Of whom the season has something to tell, or may have. */
export const isOfSeason = ({ card, account }: Candidate) => isMoved(card) || card === undefined || account !== undefined
