import { addDays, type Day, dayAt, dayBefore, daysFrom } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import { type Hour, hourAt, type MinuteSpan, minutesOf } from '../hour.ts'
import { bookingDaysAhead, sessionSlotMinutes } from '../law.ts'
import { planningProblem } from '../problems.ts'
import { capacityOfSession } from '../rosters/rosters.ts'
import type { SessionKind, SiteId, TeamSession, TeamSessionId } from '../session.ts'
import type { Site } from '../sessions/site.ts'
import { getSite } from '../sessions/sites.ts'
import { unitsBelow } from '../sessions/unit-in-scope.ts'
import * as rosters from '../store-roster.ts'
import * as sessions from '../store-session.ts'
import {
  type Counter,
  capacityOfCounter,
  type DayOff,
  getCounter,
  isDayOff,
  listCounters,
  slotsEachAt,
  worksOn,
} from './counters.ts'
import {
  countJoined,
  joinedHours,
  nearestTo,
  type PlaceRef,
  placesLeft,
  type Service,
  type Slot,
  type SlotRoom,
  services,
  slotHours,
  startsOf,
} from './slot.ts'
import * as store from './store.ts'
import { closedDaysOf } from './store-counter.ts'

/**
 * What can be booked: the days and slots of a place with the places left. Only slots in which somebody is booked have a
 * row; the others are reckoned from desks, hours and minutes. Counts alone: who is booked is not read.
 */

export type OfferedSlot = Slot & { readonly left: number; readonly isOver: boolean }

export type OfferedDay = {
  readonly day: Day
  /** `open` where a place is left; else why none is. */
  readonly is: 'open' | 'full' | 'over' | DayOff['is']
  readonly name?: string | undefined
  readonly left: number
  readonly slots: readonly OfferedSlot[]
}

export type BookingPlace = PlaceRef & {
  readonly unitId: Id<'unit'>
  readonly name: string
  readonly address?: string | null | undefined
  readonly services: readonly Service[]
  readonly minutes: Readonly<Partial<Record<Service, number>>>
  /** The desks that serve a service, at a counter. */
  readonly desks: readonly { readonly number: number; readonly services: readonly Service[] }[]
  readonly sessionCode?: string | undefined
}

export type Offer = { readonly place: BookingPlace; readonly service: Service; readonly days: readonly OfferedDay[] }

/** What a kind of session gives, as a service. */
const serviceOfSession: Readonly<Record<SessionKind, Service | undefined>> = {
  'card-and-account': 'A',
  'raise-level': 'B',
  activation: 'B',
  counter: undefined,
}
export const serviceAt = (session: Pick<TeamSession, 'kind'>): Service | undefined => serviceOfSession[session.kind]

/** The day and the hour of now, as slots are over: a demonstration's day stands still, and none of it is over. */
const nowOf = (work: Work): { day: Day; hour: Hour } => ({
  day: work.today,
  hour: dayAt(work.now) === work.today ? hourAt(work.now) : ('00:00' as Hour),
})

/** Whether a slot began before now, or so many minutes before. */
export const isOver = (work: Work, { day, startsAt }: Pick<Slot, 'day' | 'startsAt'>, minutes = 0): boolean => {
  const now = nowOf(work)
  return day < now.day || (day === now.day && minutesOf(startsAt) + minutes < minutesOf(now.hour))
}

/** The last day that is offered, and so the last that can be booked, at a counter. */
export const lastDayOf = (work: Work): Day => dayBefore(addDays(work.today, ruleOn(bookingDaysAhead, work.today, work)))

function dayOf(
  work: Work,
  day: Day,
  slots: readonly Slot[],
  leftOf: (slot: Slot) => number,
  /** How many fit into some slots together; their sum, where nobody takes more than one. */
  together = (offered: readonly OfferedSlot[]) => offered.reduce((sum, one) => sum + one.left, 0),
): OfferedDay {
  const offered = slots.map(slot => ({
    ...slot,
    isOver: isOver(work, slot),
    left: isOver(work, slot) ? 0 : leftOf(slot),
  }))
  const left = together(offered)
  const isAllOver = offered.every(one => one.isOver)
  return { day, is: left > 0 ? 'open' : isAllOver ? 'over' : 'full', left, slots: offered }
}

const placeOfCounter = (counter: Counter): BookingPlace => ({
  place: 'counter',
  placeId: counter.siteId,
  unitId: counter.unitId,
  name: counter.name,
  address: counter.address,
  services: services.filter(one => counter.minutes[one] !== undefined),
  minutes: counter.minutes,
  desks: counter.desks.filter(({ isOpen }) => isOpen),
})

async function offerOfCounter(work: Work, siteId: SiteId, service: Service, from: Day): Promise<Offer> {
  const counter = await getCounter(work, siteId)
  const until = lastDayOf(work)
  const first = from < work.today ? work.today : from
  const days = first <= until ? daysFrom(first, until) : []
  const closed = await closedDaysOf(work, siteId, first, until)
  const taken = new Map(
    (await store.slotsOf(work, siteId, first, until)).map(one => [`${one.day} ${one.startsAt}`, one]),
  )
  const empty: SlotRoom = { ...capacityOfCounter(counter), taken: [0, 0, 0] }
  const offered: OfferedDay[] = []
  for (const day of days) {
    const spans = await worksOn(work, counter, day, closed)
    if (isDayOff(spans)) offered.push({ day, ...spans, left: 0, slots: [] })
    else
      offered.push(
        dayOfCounter(work, counter, { service, day, spans, roomAt: at => taken.get(`${day} ${at}`) ?? empty }),
      )
  }
  return { place: placeOfCounter(counter), service, days: offered }
}

type CounterHours = {
  readonly service: Service
  readonly day: Day
  readonly spans: readonly MinuteSpan[]
  readonly roomAt: (startsAt: Hour) => SlotRoom
}

/** The hours of a counter's day; where a slot is too short for the service, those with enough slots behind them. */
function dayOfCounter(work: Work, counter: Counter, { service, day, spans, roomAt }: CounterHours): OfferedDay {
  const { siteId, slotMinutes } = counter
  const slots = slotsEachAt(counter, service)
  const hours = slotHours(spans, slotMinutes)
  const left = new Map(hours.map(hour => [hour, placesLeft(roomAt(hour), service)]))
  const starts = startsOf(hours, slots, slotMinutes)
  return dayOf(
    work,
    day,
    starts.map(startsAt => ({ place: 'counter', placeId: siteId, day, startsAt })),
    ({ startsAt }) => Math.min(...joinedHours(startsAt, slots, slotMinutes).map(hour => left.get(hour) ?? 0)),
    offered =>
      countJoined(
        offered.filter(one => !one.isOver).map(one => one.startsAt),
        left,
        { slots, slotMinutes },
      ),
  )
}

/** How many more a session takes: what fits in its hours, less everyone on the roster. */
export async function freeAtSession(work: Work, session: TeamSession): Promise<number> {
  const { invited } = (await rosters.countsOf(work, [session.id])).get(session.id) ?? { invited: 0 }
  return Math.max(0, (await capacityOfSession(work, session)) - invited)
}

/** The hours of a session's slots, and how many people each takes: an equal share of what fits, rounded up. */
export async function slotsOfSession(work: Work, session: TeamSession) {
  const service = serviceAt(session)
  const span = { from: minutesOf(session.startsAt), to: minutesOf(session.endsAt) }
  const hours = slotHours([span], Math.min(sessionSlotMinutes, span.to - span.from))
  const each = Math.ceil((await capacityOfSession(work, session)) / Math.max(1, hours.length))
  return {
    hours,
    minutes: services.map(one => Number(one === service)),
    room: [1, 2, 3, 4, 5, 6, 7].map(() => each),
  }
}

/** Whether somebody may know of a session at this site: at a home only who is asked there, and officers of the unit. */
export async function mayKnowOf(
  work: Work,
  site: Pick<Site, 'kind'>,
  { sessionId, personId }: { readonly sessionId: string; readonly personId?: Id<'person'> | undefined },
): Promise<boolean> {
  if (site.kind !== 'home') return true
  if (!personId) return work.by.kind === 'officer'
  return (await rosters.openLinesOf(work, [personId])).some(line => line.sessionId === sessionId)
}

async function offerOfSession(
  work: Work,
  { sessionId, personId }: { readonly sessionId: TeamSessionId; readonly personId?: Id<'person'> | undefined },
  service: Service,
): Promise<Offer> {
  const session = await sessions.findSession(work, sessionId)
  if (!session || serviceAt(session) !== service) throw planningProblem('slot-unknown')
  const site = await getSite(work, session.siteId)
  if (!(await mayKnowOf(work, site, { sessionId, personId }))) throw planningProblem('slot-unknown')
  const { hours, ...empty } = await slotsOfSession(work, session)
  const taken = new Map(
    (await store.slotsOf(work, sessionId, session.day, session.day)).map(one => [one.startsAt, one]),
  )
  const free = session.state === 'planned' || session.state === 'open' ? await freeAtSession(work, session) : 0
  const slots = hours.map(startsAt => ({ place: 'session', placeId: sessionId, day: session.day, startsAt }) as const)
  const day = dayOf(work, session.day, slots, ({ startsAt }) =>
    Math.min(free, placesLeft(taken.get(startsAt) ?? { ...empty, taken: [0, 0, 0] }, service)),
  )
  return {
    place: {
      place: 'session',
      placeId: sessionId,
      unitId: session.unitId,
      name: site.name,
      address: site.address,
      services: [service],
      minutes: {},
      desks: [],
      sessionCode: session.code,
    },
    service,
    days: [{ ...day, left: Math.min(free, day.left) }],
  }
}

export type OfferRequest = {
  readonly service: Service
  /** From this day on; today where it is left out. */
  readonly from?: Day | undefined
} & (
  | { readonly siteId: SiteId }
  /** `personId`: for whom it is asked; whoever is not asked to a home does not learn that it is one. */
  | { readonly sessionId: TeamSessionId; readonly personId?: Id<'person'> | undefined }
  | { readonly unit: Id<'unit'> }
)

/**
 * What can be booked at a counter, at a session, or at every counter and session of a unit and those below: days and
 * slots with the places left, and on a day without any why. Anybody may know it: no person is read. Throws
 * counter-unknown, slot-unknown.
 */
export const offerOf = (work: Work, request: OfferRequest): Promise<Offer[]> =>
  withHouseScope(work, async house => {
    const from = request.from ?? work.today
    if ('siteId' in request) return [await offerOfCounter(house, request.siteId, request.service, from)]
    if ('sessionId' in request) return [await offerOfSession(house, request, request.service)]
    const offers: Offer[] = []
    const counters = (await listCounters(house, request.unit)).filter(one => one.minutes[request.service] !== undefined)
    for (const counter of counters.slice(0, mostPlaces))
      offers.push(await offerOfCounter(house, counter.siteId, request.service, from))
    const units = new Set((await listUnits(house, request.unit)).map(String))
    for (const session of await sessions.sessionsAhead(house, lastDayOf(work))) {
      if (!units.has(session.unitId) || session.day < from || serviceAt(session) !== request.service) continue
      // A home is no place that a list may name.
      if ((await getSite(house, session.siteId)).kind === 'home') continue
      offers.push(await offerOfSession(house, { sessionId: session.id }, request.service))
    }
    return offers
  })

/** Of a whole unit no more places than this are reckoned: whoever chooses one has a list that can be read. */
const mostPlaces = 20

const listUnits = (work: Work, unit: Id<'unit'>) => unitsBelow(work, unit)

/** The place of a counter or a session. Throws counter-unknown, session-gone. */
export async function getPlace(work: Work, { place, placeId }: PlaceRef): Promise<BookingPlace> {
  if (place === 'counter') return placeOfCounter(await getCounter(work, placeId as SiteId))
  const session = await sessions.findSession(work, placeId as TeamSessionId)
  if (!session) throw planningProblem('session-gone')
  const service = serviceAt(session)
  const site = await getSite(work, session.siteId)
  return {
    place,
    placeId,
    unitId: session.unitId,
    name: site.name,
    address: site.address,
    services: service ? [service] : [],
    minutes: {},
    desks: [],
    sessionCode: session.code,
  }
}

/** The slots with a place left that are nearest to one, at the same place; the two nearest where it says no other. */
export async function nearestFree(
  work: Work,
  slot: Slot,
  { service, personId, count = 2 }: { service: Service; personId: Id<'person'>; count?: number },
): Promise<OfferedSlot[]> {
  const request =
    slot.place === 'counter'
      ? { siteId: slot.placeId as SiteId }
      : { sessionId: slot.placeId as TeamSessionId, personId }
  const offers = await offerOf(work, { ...request, service })
  const free = offers.flatMap(({ days }) => days.flatMap(({ slots }) => slots.filter(({ left }) => left > 0)))
  return nearestTo(free, slot, count)
}
