/**
 * Appointments. In: a person, a slot of a counter or of a session, and who asks. Decided: whether a place is left (the
 * database never books above what fits), that a person has one open booking a service, and whether a roster's line
 * follows. Out: the booking with its ticket number, or the nearest slots where it is full. The work that books must see
 * the place: citizens and families book in works of the house, whose person comes from their session or link. Deeds:
 * booking.made, .moved, .cancelled, .confirmed, .place-closed, .no-show, .served; counter.set; roster.left.
 */

import * as audit from '../../audit/audit.ts'
import type { Day } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import { type Deed, type Work, withHouseScope } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { Hour } from '../hour.ts'
import { bookingChangesADay } from '../law.ts'
import { planningProblem } from '../problems.ts'
import type { SiteId, TeamSession, TeamSessionId } from '../session.ts'
import { casesFor, caseUntil } from '../sessions/sessions.ts'
import { getSite } from '../sessions/sites.ts'
import * as rosters from '../store-roster.ts'
import * as sessions from '../store-session.ts'
import type { BookedBy, Booking, BookingCause, BookingId } from './booking.ts'
import { capacityOfCounter, getCounter, isDayOff, slotsEachAt, worksOnDay } from './counters.ts'
import { leaveOtherRosters, leaveRosterOf } from './leave-roster.ts'
import { closeMissedFollowUps } from './missed.ts'
import { notifyOf } from './notices.ts'
import {
  freeAtSession,
  isOver,
  lastDayOf,
  mayKnowOf,
  nearestFree,
  type OfferedSlot,
  serviceAt,
  slotsOfSession,
} from './offers.ts'
import { joinedHours, type PlaceId, type Service, type Slot, slotHours, startsOf } from './slot.ts'
import * as store from './store.ts'

export const bookingCase = 'booking' as const

export type BookingRequest = {
  readonly personId: register.PersonId
  readonly slot: Slot
  readonly service: Service
  readonly by: BookedBy
  /** What an officer was told. */
  readonly cause?: BookingCause | undefined
}

export type BookingResult =
  | { readonly is: 'booked'; readonly booking: Booking }
  /** This very slot was theirs before: nothing was changed. */
  | { readonly is: 'already'; readonly booking: Booking }
  /** They have another hour for the service, which they can move. */
  | { readonly is: 'other-hour'; readonly booking: Booking }
  /** They have an hour at a place that the work does not see. */
  | { readonly is: 'elsewhere' }
  | { readonly is: 'full'; readonly nearest: readonly OfferedSlot[] }

const sameSlot = (a: Slot, b: Slot) => a.placeId === b.placeId && a.day === b.day && a.startsAt === b.startsAt

export const bookingSubject = ({ id, personId, unitId }: Pick<Booking, 'id' | 'personId' | 'unitId'>) => ({
  kind: 'booking',
  id,
  personId,
  unitId,
})

const factsOf = ({ place, placeId, service, day, startsAt, number, bookedBy }: Booking) => ({
  place,
  at: placeId,
  service,
  day,
  hour: startsAt,
  number,
  by: bookedBy,
})

/** What a slot takes, whose unit it is, and the session where it is one. Throws slot-unknown, slot-over. */
async function openSlot(work: Work, { slot, service, personId }: Omit<BookingRequest, 'by'>) {
  if (isOver(work, slot)) throw planningProblem('slot-over')
  if (slot.place === 'session') return openSlotOfSession(work, { slot, service, personId })
  const counter = await getCounter(work, slot.placeId as SiteId)
  const spans = await worksOnDay(work, counter, slot.day)
  if (isDayOff(spans) || counter.minutes[service] === undefined || slot.day > lastDayOf(work))
    throw planningProblem('slot-unknown')
  const { slotMinutes } = counter
  const slots = slotsEachAt(counter, service)
  const starts = startsOf(slotHours(spans, slotMinutes), slots, slotMinutes)
  if (!starts.includes(slot.startsAt)) throw planningProblem('slot-unknown')
  const alsoAt = joinedHours(slot.startsAt, slots, slotMinutes).slice(1)
  return { unitId: counter.unitId, ...capacityOfCounter(counter), alsoAt, session: undefined }
}

/** The session is held until the work ends: what is free of it is counted by one work at a time. */
async function openSlotOfSession(work: Work, { slot, service, personId }: Omit<BookingRequest, 'by'>) {
  const session = await sessions.holdSession(work, slot.placeId as TeamSessionId)
  if (!session || session.day !== slot.day || serviceAt(session) !== service) throw planningProblem('slot-unknown')
  if (session.state !== 'planned' && session.state !== 'open') throw planningProblem('slot-unknown')
  const site = await getSite(work, session.siteId)
  if (!(await mayKnowOf(work, site, { sessionId: session.id, personId }))) throw planningProblem('slot-unknown')
  const { hours, minutes, room } = await slotsOfSession(work, session)
  if (!hours.includes(slot.startsAt)) throw planningProblem('slot-unknown')
  return { unitId: session.unitId, minutes, room, alsoAt: [], session }
}

/** Puts the person on the roster of the session that they booked; true where they were not on it. */
async function joinRoster(work: Work, session: TeamSession, personId: register.PersonId): Promise<boolean> {
  const line = { id: newId<'line'>(work.now), personId }
  const [added] = await rosters.insertLines(work, session, [line], undefined)
  if (added) await register.openAccessCases(work, casesFor(work, session, [line]))
  return added !== undefined
}

/** Takes a place in each of some slots in sequence, or in none. */
async function takePlaces(
  work: Work,
  { alsoAt, ...slot }: Slot & { readonly alsoAt: readonly Hour[] },
  room: Parameters<typeof store.takePlace>[2],
): Promise<boolean> {
  const hours = [slot.startsAt, ...alsoAt]
  for (const [at, startsAt] of hours.entries())
    if (!(await store.takePlace(work, { ...slot, startsAt }, room))) {
      if (at > 0) await store.givePlaceBack(work, { ...slot, alsoAt: hours.slice(1, at) }, room.service)
      return false
    }
  return true
}

type Opened = Awaited<ReturnType<typeof openSlot>>

/** Takes the place, gives the number, enters the booking; undefined where no place is left. */
async function enter(
  work: Work,
  { personId, slot, service, by }: BookingRequest,
  { unitId, minutes, room, alsoAt, session }: Opened,
  from?: Booking,
): Promise<Booking | undefined> {
  const isOnRoster = session && (await rosters.holdLine(work, session.id, personId))
  if (session && !isOnRoster && (await freeAtSession(work, session)) < 1) return undefined
  if (!(await takePlaces(work, { ...slot, alsoAt }, { service, unitId, minutes, room }))) return undefined
  const number = await store.nextTicketNumber(work, { ...slot, service, unitId })
  const booking: Booking = {
    ...slot,
    alsoAt,
    id: newId<'booking'>(work.now),
    personId,
    unitId,
    service,
    number,
    state: 'booked',
    rebooked: from?.rebooked ?? 0,
    fromId: from?.id,
    // Another hour of the same session: what the first booking began, the next one ends.
    addsLine: session !== undefined && (!isOnRoster || (from?.placeId === slot.placeId && from.addsLine)),
    bookedBy: by,
  }
  if (!(await store.insertBooking(work, booking))) {
    // Somebody booked for the same person in the same moment; theirs stands.
    await store.givePlaceBack(work, booking, service)
    return undefined
  }
  if (session && !isOnRoster) await joinRoster(work, session, personId)
  if (slot.place === 'counter')
    await register.openAccessCases(work, [
      {
        personId,
        unitId,
        kind: bookingCase,
        caseId: booking.id,
        grade: 'whole',
        until: caseUntil(work, slot.day),
      },
    ])
  await leaveOtherRosters(work, booking)
  return booking
}

/** Keeps a place from being closed until the work ends, before a booking is held. */
async function holdPlace(work: Work, { place, placeId }: Slot): Promise<void> {
  if (place === 'session') await sessions.holdSession(work, placeId as TeamSessionId)
  else await sessions.holdPlaceToBook(work, placeId)
}

/** An officer books only for people whom they see. Throws person-unknown. */
async function refuseUnseen(work: Work, personId: register.PersonId): Promise<void> {
  if (work.by.kind === 'officer') await register.getSummary(work, personId)
}

/** Whoever books without an officer changes an hour so often a day at most. Throws bookings-too-often. */
async function refuseTooOften(work: Work, { personId, by }: Pick<BookingRequest, 'personId' | 'by'>): Promise<void> {
  if (by !== 'person' && by !== 'family') return
  const since = new Date(work.now.getTime() - 24 * 3_600_000)
  if ((await store.countOwnBookings(work, personId, since)) >= ruleOn(bookingChangesADay, work.today, work))
    throw planningProblem('bookings-too-often')
}

/**
 * Books an hour. Asked twice it books once. Where no place is left it says which two slots are nearest, and changes
 * nothing. Throws slot-unknown, slot-over, counter-unknown, person-unknown, bookings-too-often.
 */
export async function book(work: Work, request: BookingRequest): Promise<BookingResult> {
  const { personId, slot, service } = request
  await refuseUnseen(work, personId)
  await holdPlace(work, slot)
  const standing = await store.holdOpen(work, personId, service)
  if (standing) return { is: sameSlot(standing, slot) ? 'already' : 'other-hour', booking: standing }
  await refuseTooOften(work, request)
  const booking = await enter(work, request, await openSlot(work, request))
  if (!booking) {
    const theirs = await store.holdOpen(work, personId, service)
    if (theirs) return { is: sameSlot(theirs, slot) ? 'already' : 'other-hour', booking: theirs }
    // That they have one is said, since another cannot be booked; where, is the other unit's.
    if (await withHouseScope(work, house => store.holdOpen(house, personId, service))) return { is: 'elsewhere' }
    return { is: 'full', nearest: await nearestFree(work, slot, { service, personId }) }
  }
  if (await store.hasMissed(work, personId)) await closeMissedFollowUps(work, booking)
  await audit.record(work, 'booking.made', bookingSubject(booking), { ...factsOf(booking), ...request.cause })
  await notifyOf(work, 'appointment-booked', booking)
  return { is: 'booked', booking }
}

/** A booking of the person that is open, held. Throws booking-unknown, booking-over. */
export async function holdBooking(work: Work, personId: Id<'person'>, id: BookingId): Promise<Booking> {
  const booking = await store.holdOne(work, personId, id)
  if (!booking) throw planningProblem('booking-unknown')
  if (booking.state !== 'booked') throw planningProblem('booking-over', { state: booking.state })
  return booking
}

/** Ends a booking: its place is free again, and its unit no longer sees the person for it. */
export async function endBooking(
  work: Work,
  booking: Booking,
  state: 'moved' | 'cancelled' | 'no-show' | 'place-closed',
  /** Whoever lost the hour and has no other yet is still to be told by the unit. */
  { staysSeen = false } = {},
): Promise<void> {
  await store.setState(work, booking, state)
  await store.givePlaceBack(work, booking, booking.service)
  if (booking.place === 'counter' && !staysSeen) await register.closeAccessCasesOfKind(work, bookingCase, [booking.id])
}

/**
 * Moves a booking to another slot, of the same place or another. The old place is kept until the new one is taken: both
 * happen in this work, or neither. Throws as `book`, booking-unknown, booking-over.
 */
export async function move(
  work: Work,
  { personId, bookingId, slot, by, cause }: Omit<BookingRequest, 'service'> & { readonly bookingId: BookingId },
): Promise<BookingResult> {
  await refuseUnseen(work, personId)
  await holdPlace(work, slot)
  const before = await holdBooking(work, personId, bookingId)
  if (sameSlot(before, slot)) return { is: 'already', booking: before }
  await refuseTooOften(work, { personId, by })
  const booking = await replaceBooking(work, before, { slot, by })
  if (!booking) return { is: 'full', nearest: await nearestFree(work, slot, { service: before.service, personId }) }
  await audit.record(work, 'booking.moved', bookingSubject(booking), {
    ...factsOf(booking),
    from: before.id,
    ...cause,
  })
  await notifyOf(work, 'appointment-moved', booking)
  return { is: 'booked', booking }
}

/**
 * Whether one more fits in each of some slots in sequence. A slot that both the old and the new hour take is free of
 * the old one by then.
 */
async function hasRoomIn(
  work: Work,
  hours: readonly Hour[],
  { slot, service, opened, before }: { slot: Slot; service: Service; opened: Opened; before: Booking },
): Promise<boolean> {
  const isOfBefore = (hour: Hour) =>
    before.placeId === slot.placeId && before.day === slot.day && [before.startsAt, ...before.alsoAt].includes(hour)
  for (const startsAt of hours)
    if (!isOfBefore(startsAt) && !(await store.hasRoom(work, { ...slot, startsAt }, { service, ...opened })))
      return false
  return true
}

/** A new booking in place of one; undefined, and nothing changed, where the slot is full. */
export async function replaceBooking(
  work: Work,
  before: Booking,
  {
    slot,
    by,
    ended = 'moved',
    rebooked = before.rebooked,
  }: { slot: Slot; by: BookedBy; ended?: 'moved' | 'no-show' | 'place-closed'; rebooked?: number },
): Promise<Booking | undefined> {
  const opened = await openSlot(work, { slot, service: before.service, personId: before.personId })
  const { alsoAt } = opened
  await store.holdSlots(work, [before, { ...slot, alsoAt }])
  const hasRoom = await hasRoomIn(work, [slot.startsAt, ...alsoAt], { slot, service: before.service, opened, before })
  const isOnRoster = opened.session && (await rosters.holdLine(work, opened.session.id, before.personId))
  if (!hasRoom || (opened.session && !isOnRoster && (await freeAtSession(work, opened.session)) < 1)) return undefined
  await endBooking(work, before, ended)
  const request = { personId: before.personId, slot, service: before.service, by }
  const booking = await enter(work, request, opened, { ...before, rebooked })
  // The row of an empty slot is nobody's to hold: whoever made it meanwhile was first, and the whole work is undone.
  if (!booking) throw planningProblem('slot-full')
  return booking
}

/** Cancels a booking. The place is free at once. Throws booking-unknown, booking-over. */
export async function cancel(
  work: Work,
  {
    personId,
    bookingId,
    by,
    cause,
  }: { personId: Id<'person'>; bookingId: BookingId; by: BookedBy; cause?: BookingCause | undefined },
): Promise<Booking> {
  const booking = await holdBooking(work, personId, bookingId)
  await endBooking(work, booking, 'cancelled')
  if (booking.place === 'session' && booking.addsLine) await leaveRosterOf(work, booking)
  await audit.record(work, 'booking.cancelled', bookingSubject(booking), { ...factsOf(booking), by, ...cause })
  // Whoever cancels on their own page sees that it is done.
  if (by === 'officer') await notifyOf(work, 'appointment-cancelled', booking)
  return booking
}

/** Says that they will come. Asked twice it says it once. */
export async function confirm(
  work: Work,
  { personId, bookingId }: { personId: Id<'person'>; bookingId: BookingId },
): Promise<Booking> {
  const booking = await holdBooking(work, personId, bookingId)
  if (booking.confirmedAt) return booking
  await store.setConfirmed(work, booking)
  await audit.record(work, 'booking.confirmed', bookingSubject(booking), { day: booking.day })
  return { ...booking, confirmedAt: work.now }
}

/** The open bookings of a person whom the work sees, or whose own page it reads; the next first. */
export const bookingsOf: (work: Work, personId: Id<'person'>) => Promise<Booking[]> = store.openBookingsOf

/**
 * Two records become one person: of two open bookings for a service one stays, whose number waits or is called in the
 * hall, else the survivor's own; they are told which.
 */
export async function followMergedBookings(work: Work, { facts }: Deed): Promise<void> {
  const { survivor, merged } = facts as { readonly survivor: Id<'person'>; readonly merged: Id<'person'> }
  // Of these two records alone, whose places may be other units'.
  await withHouseScope(work, async house => {
    const theirs = await store.openBookingsOf(house, survivor)
    for (const booking of await store.openBookingsOf(house, merged)) {
      const other = theirs.find(({ service }) => service === booking.service)
      if (!other) continue
      const [stays, ends] = (await store.isInHall(house, booking)) ? [booking, other] : [other, booking]
      await cancel(house, { personId: ends.personId, bookingId: ends.id, by: 'rule' })
      await notifyOf(house, 'appointment-moved', stays)
    }
  })
}

/** A booking by its id alone, as a ticket names it. */
export const findBooking: (work: Work, id: BookingId) => Promise<Booking | undefined> = store.findBooking
/** The next ticket number of a service at a place on a day. */
export const nextTicketNumber: (
  work: Work,
  at: Pick<Booking, 'placeId' | 'day' | 'service' | 'unitId'>,
) => Promise<number> = store.nextTicketNumber
/** Who is or was booked at a place on a day, by hour and number, with what became of the ticket. */
export const bookedOn: (work: Work, placeId: PlaceId, day: Day) => Promise<store.NamedBooking[]> = store.bookedOn

/** Who lost an hour at a place on a day since it was closed; those whom nobody could tell first. */
export const lostOn: (work: Work, placeId: PlaceId, day: Day) => Promise<store.LostBooking[]> = store.lostOn

/**
 * Whoever was booked was served, at a desk that said so, or on a day that ended without a word of the desk. The place
 * stays taken: the hour was used.
 */
export async function markServed(
  work: Work,
  booking: Booking,
  by: { readonly desk: number } | { readonly with: 'check-in' },
): Promise<void> {
  await store.setState(work, booking, 'served')
  await audit.record(work, 'booking.served', bookingSubject(booking), { day: booking.day, ...by })
}
