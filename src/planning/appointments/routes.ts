import { readFile } from 'node:fs/promises'
import { type Day, parseDay } from '../../platform/day.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { asId } from '../../platform/ids.ts'
import { withHouseScope } from '../../platform/work.ts'
import { planningProblem } from '../problems.ts'
import { unitsBelow } from '../sessions/unit-in-scope.ts'
import { type BookingResult, book, cancel, move } from './appointments.ts'
import * as contract from './contract.ts'
import { counterBody } from './counter-view.ts'
import { findCounterByPublicId, getCounter, listCounters, setCounter } from './counters.ts'
import { type OfferedSlot, offerOf } from './offers.ts'
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

const resultBody = (result: BookingResult) =>
  result.is === 'full'
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

/** What these pages are drawn with beside those of every page. */
export function assetRoutes({ app }: Doors): void {
  const content = readFile(new URL('appointments.css', import.meta.url))
  content.catch(() => {})
  app.get('/assets/appointments.css', { schema: { hide: true } }, async (_request, reply) =>
    reply
      .type('text/css; charset=utf-8')
      .header('cache-control', 'public, max-age=300')
      .send(await content),
  )
}

export function appointmentRoutes(doors: Doors): void {
  assetRoutes(doors)
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
        days: (offer?.days ?? []).map(({ day, is, name, left, slots }) => ({
          day,
          is,
          ...(name && { name }),
          left,
          slots: slots.map(slotBody),
        })),
      }
    }),
  )
  serve(doors, contract.bookHour, async (work, { params, body }) => {
    await getCounter(work, siteId(params.id))
    const slot = slotField(body.slot)
    if (slot.placeId !== params.id) throw planningProblem('slot-unknown')
    return resultBody(await book(work, { personId: body.personId, slot, service: body.service, by: 'officer' }))
  })
  serve(doors, contract.moveBooking, async (work, { params, body }) =>
    resultBody(
      await move(work, {
        personId: body.personId,
        bookingId: bookingId(params.id),
        slot: slotField(body.slot),
        by: 'officer',
      }),
    ),
  )
  serve(doors, contract.cancelBooking, async (work, { params, body }) => {
    await cancel(work, { personId: body.personId, bookingId: bookingId(params.id), by: 'officer' })
    return {}
  })
}
