import * as audit from '../../audit/audit.ts'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { Hour } from '../hour.ts'
import { planningProblem } from '../problems.ts'
import type { TeamSessionId } from '../session.ts'
import * as sessions from '../store-session.ts'
import type { Booking } from './booking.ts'
import { getCounter } from './counters.ts'
import { type BookingPlace, getPlace, type Offer, type OfferedDay, offerOf } from './offers.ts'
import type { PlaceRef, Service } from './slot.ts'
import * as store from './store.ts'

/**
 * What an officer needs who books for somebody on the phone or at the counter: the places of their own unit with free
 * hours, the hours that a person has there, and whom the unit's counters expect today. Hours at places of other units
 * are not shown, and not booked.
 */

export type BookablePlace = {
  readonly place: BookingPlace
  readonly left: number
  readonly first?: { readonly day: Day; readonly startsAt: Hour } | undefined
}

const summaryOf = ({ place, days }: Offer): BookablePlace => {
  const first = days.flatMap(({ slots }) => slots).find(({ left }) => left > 0)
  return { place, left: days.reduce((sum, day) => sum + day.left, 0), ...(first && { first }) }
}

/** The counters and sessions of the officer's unit and those below that do something, with how many hours are free. */
export async function bookablePlaces(work: Work, service: Service): Promise<BookablePlace[]> {
  if (!work.unitId) return []
  return (await offerOf(work, { unit: work.unitId, service })).map(summaryOf)
}

/** The days and hours of one place of the work's scope. Throws counter-unknown, session-gone. */
export async function bookableDays(
  work: Work,
  { place, placeId }: PlaceRef,
  service: Service,
): Promise<readonly OfferedDay[]> {
  if (place === 'counter') {
    const { siteId } = await getCounter(work, placeId as Id<'site'>)
    return (await offerOf(work, { siteId, service }))[0]?.days ?? []
  }
  const session = await sessions.findSession(work, placeId as TeamSessionId)
  if (!session) throw planningProblem('session-gone')
  return (await offerOf(work, { sessionId: session.id, service }))[0]?.days ?? []
}

export type BookingAtPlace = { readonly booking: Booking; readonly place: BookingPlace }

/** The hours that a person has at places of the work's scope. Throws person-unknown. */
export async function bookingsInScope(work: Work, personId: register.PersonId): Promise<BookingAtPlace[]> {
  await register.getSummary(work, personId)
  const open = await store.openBookingsOf(work, personId)
  await audit.noteReading(work, [personId], ['appointment'])
  const found: BookingAtPlace[] = []
  // Names of places, which are nobody's.
  await withHouseScope(work, async house => {
    for (const booking of open) found.push({ booking, place: await getPlace(house, booking) })
  })
  return found
}

/** Whom the counters of the officer's own unit still expect today, or have waiting: counts, and no person. */
export const expectedToday = (work: Work): Promise<store.ExpectedAtCounter[]> =>
  work.unitId ? store.expectedOn(work, work.unitId, work.today) : Promise.resolve([])
