import type { FastifyInstance } from 'fastify'
import { type Day, parseDay } from '../../platform/day.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { asId } from '../../platform/ids.ts'
import { serveAssets } from '../../platform/pages/page-assets.ts'
import { withHouseScope } from '../../platform/work.ts'
import { planningProblem } from '../problems.ts'
import { unitsBelow } from '../sessions/unit-in-scope.ts'
import { type BookingResult, book, cancel, move } from './appointments.ts'
import { parsePlace, placeKey } from './booking-view.ts'
import * as contract from './contract.ts'
import { counterBody } from './counter-view.ts'
import { findCounterByPublicId, listCounters, setCounter } from './counters.ts'
import { type OfferedDay, type OfferedSlot, offerOf } from './offers.ts'
import { bookableDays, bookablePlaces, bookingsInScope, expectedToday } from './officer-bookings.ts'
import { parseSlotKey, type Slot, slotKey, ticketText } from './slot.ts'
import { counterSitesIn } from './store-counter.ts'

const siteId = (text: string) => asId<'site'>(text)
const bookingId = (text: string) => asId<'booking'>(text)

const wishedDay = (text: string, field: string): Day => {
  const day = parseDay(text)
  if (!day) throw requestProblem('input-invalid', { wrong: [{ field }] })
  return day
}

function slotField(text: string): Slot {
  const slot = parseSlotKey(text)
  if (!slot) throw planningProblem('slot-unknown')
  return slot
}

const slotBody = (slot: OfferedSlot) => ({
  key: slotKey(slot),
  day: slot.day,
  startsAt: slot.startsAt,
  left: slot.left,
})

const dayBody = ({ day, is, name, left, slots }: OfferedDay) => ({
  day,
  is,
  ...(name && { name }),
  left,
  slots: slots.map(slotBody),
})

const resultBody = (result: BookingResult) => {
  if (result.is === 'elsewhere') return { is: result.is }
  return result.is === 'full'
    ? { is: result.is, nearest: result.nearest.map(slotBody) }
    : {
        is: result.is,
        booking: {
          id: result.booking.id,
          ticket: ticketText(result.booking.service, result.booking.number),
          day: result.booking.day,
          startsAt: result.booking.startsAt,
        },
      }
}

/** The style of hours and tickets, also where families see them. */
export const serveAppointmentStyle = (app: FastifyInstance): void =>
  serveAssets(app, import.meta.url, ['appointments.css'])

export function appointmentRoutes(doors: Doors): void {
  serveAppointmentStyle(doors.app)
  serve(doors, contract.listCounters, async (work, { query }) => {
    const unitId = query.unit ?? work.unitId
    if (!unitId) throw requestProblem('input-invalid', { wrong: [{ field: 'unit' }] })
    const counters = await listCounters(work, unitId)
    const known = new Set(counters.map(counter => counter.siteId as string))
    const sites = await counterSitesIn(work, await unitsBelow(work, unitId))
    return {
      counters: counters.map(counterBody),
      without: sites.filter(({ id }) => !known.has(id)),
    }
  })
  serve(doors, contract.setCounter, async (work, { params, body }) =>
    counterBody(await setCounter(work, siteId(params.id), body)),
  )
  serve(doors, contract.showFreeSlots, async (work, { params, query }) =>
    withHouseScope(work, async house => {
      const counter = await findCounterByPublicId(house, params.publicId)
      if (!counter) throw planningProblem('counter-unknown')
      const from = query.from ? wishedDay(query.from, 'from') : undefined
      const [offer] = await offerOf(house, { siteId: counter.siteId, service: query.service, ...(from && { from }) })
      return {
        name: counter.name,
        ...(counter.address && { address: counter.address }),
        services: [...(offer?.place.services ?? [])],
        days: (offer?.days ?? []).map(dayBody),
      }
    }),
  )
  officerRoutes(doors)
}

/** What officers book, move and cancel for people, and what they look at before. */
function officerRoutes(doors: Doors): void {
  serve(doors, contract.listBookablePlaces, async (work, { query }) => ({
    places: (await bookablePlaces(work, query.service)).map(({ place, left, first }) => ({
      key: placeKey(place),
      name: place.name,
      ...(place.address && { address: place.address }),
      ...(place.sessionCode && { sessionCode: place.sessionCode }),
      left,
      ...(first && { first }),
    })),
  }))
  serve(doors, contract.showBookablePlace, async (work, { params, query }) => {
    const place = parsePlace(params.key)
    if (!place) throw planningProblem('counter-unknown')
    return { days: (await bookableDays(work, place, query.service)).map(dayBody) }
  })
  serve(doors, contract.listBookingsOfPerson, async (work, { params }) => ({
    bookings: (await bookingsInScope(work, params.id)).map(({ booking, place }) => ({
      id: booking.id,
      placeKey: placeKey(place),
      place: place.name,
      ...(place.sessionCode && { sessionCode: place.sessionCode }),
      service: booking.service,
      ticket: ticketText(booking.service, booking.number),
      day: booking.day,
      startsAt: booking.startsAt,
      isConfirmed: !!booking.confirmedAt,
    })),
  }))
  serve(doors, contract.countExpected, async work => ({
    counters: (await expectedToday(work)).map(({ siteId: id, ...rest }) => ({ id, ...rest })),
  }))
  serve(doors, contract.bookHour, async (work, { body: { personId, slot, service, requestedVia } }) =>
    resultBody(await book(work, { personId, slot: slotField(slot), service, by: 'officer', cause: { requestedVia } })),
  )
  serve(doors, contract.moveBooking, async (work, { params, body }) =>
    resultBody(
      await move(work, {
        personId: body.personId,
        bookingId: bookingId(params.id),
        slot: slotField(body.slot),
        by: 'officer',
        cause: { requestedVia: body.requestedVia, reason: body.reason },
      }),
    ),
  )
  serve(doors, contract.cancelBooking, async (work, { params, body }) => {
    await cancel(work, {
      personId: body.personId,
      bookingId: bookingId(params.id),
      by: 'officer',
      cause: { requestedVia: body.requestedVia, reason: body.reason },
    })
    return {}
  })
}
