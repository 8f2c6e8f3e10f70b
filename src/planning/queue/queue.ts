/**
 * The queue of a counter on its day. In: a ticket that is given, a booked person who has come, a desk that calls.
 * Decided: who is next (order.ts), and what a ticket may become. Out: the calls that the screen shows, and bookings
 * that were kept. No person stands in a ticket; officers see the names of the booked through their bookings. Deeds:
 * ticket.given, .checked-in, .called, .served, .missed, .sent-on; booking.served; counter.break, .kiosk-opened,
 * .kiosk-closed.
 */

import { createHash, randomBytes } from 'node:crypto'
import * as audit from '../../audit/audit.ts'
import { beginOf, dayAt } from '../../platform/day.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import { bookingSubject, findBooking, markServed, nextTicketNumber } from '../appointments/appointments.ts'
import type { BookingId } from '../appointments/booking.ts'
import { type Counter, getCounter, setBreakUntil, setKiosk } from '../appointments/counters.ts'
import type { DeskSetting, Service } from '../appointments/slot.ts'
import { type Hour, minutesOf } from '../hour.ts'
import { kioskHours, longestBreak, queueRules } from '../law.ts'
import { planningProblem } from '../problems.ts'
import type { SiteId } from '../session.ts'
import { nextOf } from './order.ts'
import * as store from './store.ts'

export type { Ticket } from './store.ts'

const counterSubject = ({ siteId, unitId }: Pick<Counter, 'siteId' | 'unitId'>) => ({
  kind: 'site',
  id: siteId,
  unitId,
})
const nameOf = ({ service, number }: Pick<store.Ticket, 'service' | 'number'>) => ({ service, number })

/** An hour of today as an instant; in a demonstration, whose day stands still, of the day that it really is. */
const instantOf = (work: Work, hour: Hour): Date =>
  new Date(beginOf(dayAt(work.now)).getTime() + minutesOf(hour) * 60_000)

/** Gives somebody without a booking the next number. Throws counter-unknown, counter-service-not-here. */
export async function giveTicket(work: Work, siteId: SiteId, service: Service): Promise<store.Ticket> {
  const counter = await getCounter(work, siteId)
  if (counter.minutes[service] === undefined) throw planningProblem('counter-service-not-here')
  const { unitId } = counter
  const number = await nextTicketNumber(work, { placeId: siteId, day: work.today, service, unitId })
  const ticket: store.Ticket = {
    siteId,
    day: work.today,
    service,
    number,
    unitId,
    cameAt: work.now,
    state: 'waiting',
    calls: 0,
  }
  await store.insertTicket(work, ticket)
  await audit.record(work, 'ticket.given', counterSubject(counter), nameOf(ticket))
  return ticket
}

/**
 * A booked person has come: from now on their number waits. Said twice it changes nothing; a number that was given up
 * waits again from now. Throws booking-unknown, booking-over, booking-other-day.
 */
export async function checkInBooking(work: Work, siteId: SiteId, id: BookingId): Promise<store.Ticket> {
  const booking = await findBooking(work, id)
  if (!booking || booking.placeId !== siteId) throw planningProblem('booking-unknown')
  if (booking.state !== 'booked') throw planningProblem('booking-over', { state: booking.state })
  if (booking.day !== work.today) throw planningProblem('booking-other-day', { day: booking.day })
  const { unitId, service, number } = booking
  const ticket: store.Ticket = {
    siteId,
    day: work.today,
    service,
    number,
    unitId,
    bookingId: id,
    slotAt: instantOf(work, booking.startsAt),
    cameAt: work.now,
    state: 'waiting',
    calls: 0,
  }
  if (!(await store.insertTicket(work, ticket))) {
    const before = await holdKnownTicket(work, siteId, ticket)
    if (before.state !== 'missed') return before
    await store.updateTicket(work, ticket)
  }
  await audit.record(work, 'ticket.checked-in', { ...bookingSubject(booking) }, nameOf(ticket))
  return ticket
}

async function holdKnownTicket(work: Work, siteId: SiteId, name: Pick<store.Ticket, 'service' | 'number'>) {
  const ticket = await store.holdTicket(work, siteId, name)
  if (!ticket) throw planningProblem('ticket-unknown')
  return ticket
}

function openDesk({ desks }: Counter, number: number): DeskSetting {
  const desk = desks.find(one => one.number === number && one.isOpen)
  if (!desk) throw planningProblem('desk-unknown')
  return desk
}

export const isOnBreak = ({ breakUntil }: Counter, now: Date): boolean => !!breakUntil && breakUntil > now

/**
 * Calls the next number to a desk; undefined where nobody waits for it. Throws counter-on-break, desk-unknown,
 * desk-busy.
 */
export async function callNext(work: Work, siteId: SiteId, deskNumber: number): Promise<store.Ticket | undefined> {
  await store.holdQueue(work, siteId)
  const counter = await getCounter(work, siteId)
  if (isOnBreak(counter, work.now)) throw planningProblem('counter-on-break')
  const desk = openDesk(counter, deskNumber)
  if (await store.holdCalled(work, siteId, deskNumber)) throw planningProblem('desk-busy')
  const waiting = (await store.openTickets(work, siteId)).filter(({ state }) => state === 'waiting')
  const calling = { ...desk, bookedInARow: await store.bookedInARow(work, siteId, deskNumber) }
  const next = nextOf(waiting, calling, work.now, ruleOn(queueRules, work.today, work))
  if (!next) return undefined
  const called: store.Ticket = {
    ...next.ticket,
    state: 'called',
    desk: deskNumber,
    forDesk: null,
    line: next.line,
    calls: 1,
    calledAt: work.now,
  }
  await store.updateTicket(work, called)
  await audit.record(work, 'ticket.called', counterSubject(counter), {
    ...nameOf(called),
    desk: deskNumber,
    line: next.line,
  })
  return called
}

/** The ticket that a desk has called. Throws ticket-unknown. */
async function holdOfDesk(work: Work, siteId: SiteId, desk: number): Promise<store.Ticket> {
  const ticket = await store.holdCalled(work, siteId, desk)
  if (!ticket) throw planningProblem('ticket-unknown')
  return ticket
}

/** Calls the same number again. Throws ticket-unknown. */
export async function callAgain(work: Work, siteId: SiteId, desk: number): Promise<store.Ticket> {
  const ticket = await holdOfDesk(work, siteId, desk)
  const called: store.Ticket = { ...ticket, calls: ticket.calls + 1, calledAt: work.now }
  await store.updateTicket(work, called)
  await audit.record(work, 'ticket.called', counterSubject(ticket), { ...nameOf(called), desk, again: called.calls })
  return called
}

/** Whoever was called is done. Who was booked has kept the booking. Throws ticket-unknown. */
export async function finishTicket(work: Work, siteId: SiteId, desk: number): Promise<store.Ticket> {
  const ticket = await holdOfDesk(work, siteId, desk)
  const served: store.Ticket = { ...ticket, state: 'served', endedAt: work.now }
  await store.updateTicket(work, served)
  await audit.record(work, 'ticket.served', counterSubject(ticket), { ...nameOf(served), desk })
  const booking = ticket.bookingId && (await findBooking(work, ticket.bookingId))
  if (booking && booking.state === 'booked') await markServed(work, booking, { desk })
  return served
}

/** Nobody came to the desk, however often they were called. Throws ticket-unknown, ticket-called-too-seldom. */
export async function giveUpTicket(work: Work, siteId: SiteId, desk: number): Promise<store.Ticket> {
  const ticket = await holdOfDesk(work, siteId, desk)
  const { leastCalls } = ruleOn(queueRules, work.today, work)
  if (ticket.calls < leastCalls) throw planningProblem('ticket-called-too-seldom', { calls: leastCalls })
  const missed: store.Ticket = { ...ticket, state: 'missed', endedAt: work.now }
  await store.updateTicket(work, missed)
  await audit.record(work, 'ticket.missed', counterSubject(ticket), { ...nameOf(missed), desk, calls: ticket.calls })
  return missed
}

/**
 * Sends who was called on to another desk, where they are next. Throws ticket-unknown, desk-unknown,
 * desk-does-not-serve.
 */
export async function sendOn(work: Work, siteId: SiteId, desk: number, to: number): Promise<store.Ticket> {
  await store.holdQueue(work, siteId)
  const other = openDesk(await getCounter(work, siteId), to)
  const ticket = await holdOfDesk(work, siteId, desk)
  if (to === desk || !other.services.includes(ticket.service)) throw planningProblem('desk-does-not-serve')
  const sent: store.Ticket = { ...ticket, state: 'waiting', forDesk: to }
  await store.updateTicket(work, sent)
  await audit.record(work, 'ticket.sent-on', counterSubject(ticket), { ...nameOf(sent), desk, to })
  return sent
}

/** Nobody is called for so many minutes; 0 ends the break. Throws counter-unknown. */
export async function setBreak(work: Work, siteId: SiteId, minutes: number): Promise<void> {
  const counter = await getCounter(work, siteId)
  const lasts = Math.min(Math.max(0, minutes), longestBreak)
  await setBreakUntil(work, siteId, lasts > 0 ? new Date(work.now.getTime() + lasts * 60_000) : undefined)
  await audit.record(work, 'counter.break', counterSubject(counter), { minutes: lasts })
}

export const hashOfKiosk = (token: string): string => createHash('sha256').update(token).digest('hex')

/**
 * Opens a screen in the hall on which people take a number by themselves, until the evening. Its address holds a secret
 * that is told once; another one ends it.
 */
export async function openKiosk(work: Work, siteId: SiteId): Promise<{ readonly token: string; readonly until: Date }> {
  const counter = await getCounter(work, siteId)
  const token = randomBytes(16).toString('base64url')
  const until = new Date(work.now.getTime() + kioskHours * 3_600_000)
  await setKiosk(work, siteId, { hash: hashOfKiosk(token), until })
  await audit.record(work, 'counter.kiosk-opened', counterSubject(counter), { hours: kioskHours })
  return { token, until }
}

export async function closeKiosk(work: Work, siteId: SiteId): Promise<void> {
  const counter = await getCounter(work, siteId)
  await setKiosk(work, siteId, undefined)
  await audit.record(work, 'counter.kiosk-closed', counterSubject(counter), {})
}
