import * as audit from '../../audit/audit.ts'
import { asId, type Id } from '../../platform/ids.ts'
import { type Deed, type Work, withHouseScope } from '../../platform/work.ts'
import { bookingSubject, cancel } from './appointments.ts'
import type { Booking } from './booking.ts'
import { getPlace } from './offers.ts'
import { ticketText } from './service.ts'
import * as store from './store.ts'

/** Bookings that were kept though no desk called them, that death ends, and what a person's own file says of them. */

async function keep(work: Work, booking: Booking, facts: Readonly<Record<string, unknown>>): Promise<void> {
  await store.setState(work, booking, 'served')
  await audit.record(work, 'booking.served', bookingSubject(booking), { day: booking.day, ...facts })
}

/** Whoever was served at a session has kept the hour there: a consequence of the roster's deed. */
export async function keepWithRoster(work: Work, { subject }: Deed): Promise<void> {
  if (!subject.personId) return
  for (const booking of await store.openBookingsOf(work, subject.personId))
    if (booking.placeId === subject.id) await keep(work, booking, { with: 'roster' })
}

/** An application that is taken in at the counter's unit on the day of the booking has kept it, ticket or not. */
export async function keepWithApplication(work: Work, { subject }: Deed): Promise<void> {
  const { personId, unitId } = subject
  const booking = personId && (await store.holdOpen(work, personId, 'A'))
  if (booking && booking.place === 'counter' && booking.day === work.today && booking.unitId === unitId)
    await keep(work, booking, { application: subject.id })
}

/** Nobody is expected, reminded or asked after a death. */
export async function cancelWithDeath(work: Work, { subject }: Deed): Promise<void> {
  const personId = subject.personId ?? asId<'person'>(subject.id)
  await withHouseScope(work, async house => {
    for (const { id } of await store.openBookingsOf(house, personId))
      await cancel(house, { personId, bookingId: id, by: 'rule' })
  })
}

/** All bookings of the person whose own page is read, the latest first. */
export async function ownBookings(work: Work, personId: Id<'person'>) {
  const all = await store.bookingsOfPerson(work, personId)
  // Names of places, which are nobody's.
  return withHouseScope(work, house =>
    Promise.all(
      all.map(async one => {
        const place = await getPlace(house, one)
        return {
          ticket: ticketText(one.service, one.number),
          service: one.service,
          site: place.name,
          address: place.address ?? null,
          day: one.day,
          startsAt: one.startsAt,
          state: one.state,
          bookedBy: one.bookedBy,
          confirmedAt: one.confirmedAt ?? null,
        }
      }),
    ),
  )
}
