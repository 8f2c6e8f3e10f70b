import { type Day, parseDay } from '../../platform/day.ts'
import { asId, type Id, isId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import type { SiteId, TeamSessionId } from '../session.ts'
import { book, cancel, confirm, move } from './appointments.ts'
import type { BookedBy, Booking } from './booking.ts'
import { type BookingPlace, getPlace, type Offer, type OfferedSlot, offerOf } from './offers.ts'
import { isService, type PlaceRef, parseSlotKey, placeKinds, type Service } from './slot.ts'
import * as store from './store.ts'
import { type TicketFacts, ticketFactsOf } from './ticket-facts.ts'

/**
 * What the page of a person's hours shows, and what its form does; the citizen's page and a family's link call both.
 * The work reads one person's own rows; whose they are comes from the session or the link, never from the form.
 */

export type BookingCard = {
  readonly booking: Booking
  readonly place: BookingPlace
  readonly facts: TicketFacts
  /** The desk that calls the ticket now. */
  readonly calledTo?: number | undefined
}

export type BookingView = {
  readonly cards: readonly BookingCard[]
  /** The booking that stands first; its hour is what is changed. */
  readonly current?: BookingCard | undefined
  readonly service?: Service | undefined
  /** The places that are offered for the service, before one is chosen. */
  readonly places?: readonly Offer[] | undefined
  readonly offer?: Offer | undefined
  readonly day?: Day | undefined
}

/** What an address of the page may say. */
export type BookingQuery = {
  readonly service?: string | undefined
  readonly place?: string | undefined
  readonly day?: string | undefined
  readonly booking?: string | undefined
}

export const placeKey = ({ place, placeId }: PlaceRef): string => `${place}_${placeId}`

/** The place that a key names; undefined where it is none. */
export function parsePlace(text: string | undefined): PlaceRef | undefined {
  const [kind, placeId = ''] = text?.split('_') ?? []
  const place = placeKinds.find(one => one === kind)
  return place && isId(placeId) ? { place, placeId: asId<'site'>(placeId) } : undefined
}

export const readCard = (work: Work, booking: Booking): Promise<BookingCard> =>
  // The place and the ticket are nobody's; facts are read in the work's own sight.
  withHouseScope(work, async house => ({
    place: await getPlace(house, booking),
    calledTo: await store.deskThatCalls(house, booking),
  })).then(async card => ({ booking, ...card, facts: await ticketFactsOf(work, booking.personId, booking) }))

const offerAt = async (
  work: Work,
  { place, placeId }: PlaceRef,
  { service, personId }: { service: Service; personId: Id<'person'> },
): Promise<Offer | undefined> => {
  const filter = place === 'counter' ? { siteId: placeId as SiteId } : { sessionId: placeId as TeamSessionId, personId }
  try {
    return (await offerOf(work, { ...filter, service }))[0]
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

/** The first of some units at which something is offered; the nearer first. */
async function placesNear(work: Work, units: readonly Id<'unit'>[], service: Service): Promise<Offer[]> {
  for (const unit of units) {
    const found = await offerOf(work, { unit, service })
    if (found.length > 0) return found
  }
  return []
}

/** `near`: the person's units, the smallest first. */
export async function readBookingView(
  work: Work,
  personId: Id<'person'>,
  query: BookingQuery,
  near: readonly Id<'unit'>[],
): Promise<BookingView> {
  const cards: BookingCard[] = []
  for (const booking of await store.openBookingsOf(work, personId)) cards.push(await readCard(work, booking))
  const chosen = query.service && isService(query.service) ? query.service : undefined
  const current = chosen
    ? cards.find(({ booking }) => booking.service === chosen)
    : (cards.find(({ booking }) => booking.id === query.booking) ?? cards[0])
  const service = current?.booking.service ?? chosen
  if (!service) return { cards }
  const place = parsePlace(query.place) ?? (query.place === 'other' ? undefined : current?.booking)
  const offer = place && (await offerAt(work, place, { service, personId }))
  if (!offer) return { cards, current, service, places: await placesNear(work, near, service) }
  const days = offer.days.map(({ day }) => day)
  const wished = (query.day && parseDay(query.day)) || current?.booking.day
  const day = days.find(one => one === wished) ?? offer.days.find(({ is }) => is === 'open')?.day ?? days[0]
  return { cards, current, service, offer, day }
}

/** The days of a page of tabs: those about a day, five at a time. */
export function daysAround(days: readonly Day[], day: Day | undefined): { days: Day[]; before?: Day; after?: Day } {
  const first = days[0]
  if (!first) return { days: [] }
  const at = Math.max(0, days.indexOf(day ?? first))
  const from = Math.floor(at / tabs) * tabs
  const [before, after] = [days[from - tabs], days[from + tabs]]
  return { days: days.slice(from, from + tabs), ...(before && { before }), ...(after && { after }) }
}
const tabs = 5

export type BookingForm = {
  readonly step?: string | undefined
  readonly slot?: string | undefined
  readonly service?: string | undefined
  readonly booking?: string | undefined
}
export const bookingSteps = {
  book: ['slot', 'service'],
  move: ['slot', 'booking'],
  cancel: ['booking'],
  confirm: ['booking'],
} as const

export type BookingDone =
  | { readonly done: 'booked-at' | 'moved-to' | 'cancelled' | 'confirmed'; readonly booking: Booking }
  | { readonly wrong: 'taken-meanwhile'; readonly service: Service; readonly nearest: readonly OfferedSlot[] }
  | {
      readonly wrong: 'other-hour' | 'slot-gone' | 'booking-gone' | 'too-often'
      readonly service?: Service | undefined
    }

const mended: Readonly<Record<string, 'slot-gone' | 'booking-gone' | 'too-often'>> = {
  'bookings-too-often': 'too-often',
  'slot-unknown': 'slot-gone',
  'slot-over': 'slot-gone',
  'counter-unknown': 'slot-gone',
  'booking-unknown': 'booking-gone',
  'booking-over': 'booking-gone',
}

/**
 * Does what the form says, for one person; what the page itself can mend is given back. The work is the house's, and
 * the person is the session's or the link's.
 */
export async function takeBookingForm(
  work: Work,
  { personId, by }: { readonly personId: Id<'person'>; readonly by: BookedBy },
  form: BookingForm,
): Promise<BookingDone> {
  try {
    return await doStep(work, { personId, by }, form)
  } catch (error) {
    const wrong = error instanceof Problem ? mended[error.code] : undefined
    if (!wrong) throw error
    return { wrong }
  }
}

async function doStep(
  work: Work,
  { personId, by }: { readonly personId: Id<'person'>; readonly by: BookedBy },
  { step, slot: slotText = '', service = '', booking = '' }: BookingForm,
): Promise<BookingDone> {
  const bookingId = isId(booking) ? asId<'booking'>(booking) : undefined
  if (step === 'cancel' || step === 'confirm') {
    if (!bookingId) return { wrong: 'booking-gone' }
    return step === 'cancel'
      ? { done: 'cancelled', booking: await cancel(work, { personId, bookingId, by }) }
      : { done: 'confirmed', booking: await confirm(work, { personId, bookingId }) }
  }
  const slot = parseSlotKey(slotText)
  if (!slot || (step === 'move' ? !bookingId : !isService(service))) return { wrong: 'slot-gone' }
  const change = { personId, slot, by }
  const result =
    step === 'move' && bookingId
      ? await move(work, { ...change, bookingId })
      : await book(work, { ...change, service: service as Service })
  if (result.is === 'full') {
    const of = isService(service) ? service : undefined
    return { wrong: 'taken-meanwhile', service: of ?? 'A', nearest: result.nearest }
  }
  if (result.is === 'elsewhere') return { wrong: 'other-hour' }
  if (result.is === 'other-hour') return { wrong: 'other-hour', service: result.booking.service }
  return { done: step === 'move' ? 'moved-to' : 'booked-at', booking: result.booking }
}
