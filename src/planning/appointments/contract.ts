import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, wholeNumberFrom } from '../../platform/shapes.ts'
import { changeReasons, requestWays } from './booking.ts'
import { services } from './service.ts'

export { changeReasons, requestWays } from './booking.ts'
export { slotsEach } from './service.ts'

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date' })
const Ids = Type.Object({ id: Uuid })
const Count = wholeNumberFrom(0)
export const ServiceShape = Type.Enum([...services])
const SlotKey = Type.String({ maxLength: 80, description: 'the key of a slot, as an offer gives it' })

const DeskShape = Type.Object({
  number: Type.Integer({ minimum: 1, maximum: 99 }),
  services: Type.Array(ServiceShape, { maxItems: 3 }),
  isOpen: Type.Boolean(),
})
const Minutes = Type.Optional(Type.Integer({ minimum: 1, maximum: 120 }))
const MinutesShape = Type.Object({ A: Minutes, B: Minutes, C: Minutes })

export const CounterShape = Type.Object({
  id: Uuid,
  publicId: Type.String(),
  name: Type.String(),
  address: Type.Optional(Type.String()),
  slotMinutes: Type.Integer(),
  walkInPercent: Type.Integer(),
  desks: Type.Array(DeskShape),
  minutes: MinutesShape,
})

export const SlotShape = Type.Object({ key: Type.String(), day: DayText, startsAt: Type.String(), left: Count })

const DayOfPlace = Type.Object({
  day: DayText,
  is: Type.Enum(['open', 'full', 'over', 'holiday', 'closed', 'day-off']),
  name: Type.Optional(Type.String()),
  left: Count,
  slots: Type.Array(SlotShape),
})

export const listCounters = endpoint({
  method: 'GET',
  path: '/counters',
  summary: 'Counters of a unit and those below with their desks, and sites of that kind that have none yet',
  right: 'planning.read',
  purpose: 'none',
  query: Type.Object({ unit: Type.Optional(IdShape<'unit'>()) }),
  reply: Type.Object({
    counters: Type.Array(CounterShape),
    without: Type.Array(Type.Object({ id: Uuid, name: Type.String() })),
  }),
})

export const setCounter = endpoint({
  method: 'PUT',
  path: '/counters/:id',
  summary: 'Set the desks of a counter, what is done at each, how long it takes, and the share kept for walk-ins',
  right: 'planning.manage',
  purpose: 'none',
  params: Ids,
  body: Type.Object({
    slotMinutes: Type.Optional(Type.Integer({ minimum: 5, maximum: 120 })),
    walkInPercent: Type.Optional(Type.Integer({ minimum: 0, maximum: 90 })),
    desks: Type.Array(DeskShape, { maxItems: 99 }),
    minutes: Type.Optional(MinutesShape),
  }),
  reply: CounterShape,
  problems: ['site-unknown', 'site-is-no-counter', 'counter-settings-wrong', 'counter-slot-short'],
})

export const showFreeSlots = endpoint({
  method: 'GET',
  path: '/public-counters/:publicId/slots',
  summary: 'The days and hours of a counter with the places left; anybody may read it, and nobody stands in it',
  right: 'anyone',
  purpose: 'none',
  rate: 'receipts',
  params: Type.Object({ publicId: Type.String({ maxLength: 20 }) }),
  query: Type.Object({ service: ServiceShape, from: Type.Optional(DayText) }),
  reply: Type.Object({
    name: Type.String(),
    address: Type.Optional(Type.String()),
    services: Type.Array(ServiceShape),
    days: Type.Array(DayOfPlace),
  }),
  problems: ['counter-unknown'],
})

const PlaceKey = Type.String({ maxLength: 50, description: 'the key of a place: counter_<id> or session_<id>' })

export const listBookablePlaces = endpoint({
  method: 'GET',
  path: '/booking-places',
  summary: 'The counters and sessions of the officer’s unit and those below that do a service, with their free hours',
  right: 'planning.serve',
  purpose: 'none',
  query: Type.Object({ service: ServiceShape }),
  reply: Type.Object({
    places: Type.Array(
      Type.Object({
        key: Type.String(),
        name: Type.String(),
        address: Type.Optional(Type.String()),
        sessionCode: Type.Optional(Type.String()),
        left: Count,
        first: Type.Optional(Type.Object({ day: DayText, startsAt: Type.String() })),
      }),
    ),
  }),
})

export const showBookablePlace = endpoint({
  method: 'GET',
  path: '/booking-places/:key',
  summary: 'The days and hours of a counter or a session of the officer’s scope with the places left',
  right: 'planning.serve',
  purpose: 'none',
  params: Type.Object({ key: PlaceKey }),
  query: Type.Object({ service: ServiceShape }),
  reply: Type.Object({ days: Type.Array(DayOfPlace) }),
  problems: ['counter-unknown', 'session-gone', 'slot-unknown'],
})

export const listBookingsOfPerson = endpoint({
  method: 'GET',
  path: '/persons/:id/bookings',
  summary: 'The hours that a person has at places of the officer’s scope',
  right: 'planning.serve',
  purpose: 'appointment',
  params: Type.Object({ id: IdShape<'person'>() }),
  reply: Type.Object({
    bookings: Type.Array(
      Type.Object({
        id: Uuid,
        placeKey: Type.String(),
        place: Type.String(),
        sessionCode: Type.Optional(Type.String()),
        service: ServiceShape,
        ticket: Type.String(),
        day: DayText,
        startsAt: Type.String(),
        isConfirmed: Type.Boolean(),
      }),
    ),
  }),
  problems: ['person-unknown'],
})

export const countExpected = endpoint({
  method: 'GET',
  path: '/counters-today',
  summary: 'How many people the counters of the officer’s own unit still expect today',
  right: 'planning.serve',
  purpose: 'none',
  together: 'quick',
  reply: Type.Object({
    counters: Type.Array(
      Type.Object({ id: Uuid, name: Type.String(), expected: Count, waiting: Count, first: Type.String() }),
    ),
  }),
})

const BookingResultShape = Type.Object({
  is: Type.Enum(['booked', 'already', 'other-hour', 'elsewhere', 'full']),
  booking: Type.Optional(Type.Object({ id: Uuid, ticket: Type.String(), day: DayText, startsAt: Type.String() })),
  nearest: Type.Optional(Type.Array(SlotShape)),
})

/** Who asked the officer, and why an hour is changed or given up: both stand in the deed. */
const RequestedVia = Type.Enum([...requestWays])
const Reason = Type.Enum([...changeReasons])

const bookingProblems = ['slot-unknown', 'slot-over', 'slot-full', 'counter-unknown', 'person-unknown'] as const

export const bookHour = endpoint({
  method: 'POST',
  path: '/bookings',
  summary: 'Book an hour for a person whom the officer sees; where it is full, the two nearest are told',
  right: 'planning.serve',
  purpose: 'appointment',
  body: Type.Object({
    personId: IdShape<'person'>(),
    slot: SlotKey,
    service: ServiceShape,
    requestedVia: Type.Optional(RequestedVia),
  }),
  reply: BookingResultShape,
  problems: bookingProblems,
})

export const moveBooking = endpoint({
  method: 'POST',
  path: '/bookings/:id/move',
  summary: 'Move a booking to another slot; the old place is kept until the new one is taken',
  right: 'planning.serve',
  purpose: 'appointment',
  params: Ids,
  body: Type.Object({
    personId: IdShape<'person'>(),
    slot: SlotKey,
    requestedVia: Type.Optional(RequestedVia),
    reason: Type.Optional(Reason),
  }),
  reply: BookingResultShape,
  problems: [...bookingProblems, 'booking-unknown', 'booking-over', 'session-gone'],
})

export const cancelBooking = endpoint({
  method: 'POST',
  path: '/bookings/:id/cancel',
  summary: 'Cancel a booking; its place is free at once',
  right: 'planning.serve',
  purpose: 'appointment',
  params: Ids,
  body: Type.Object({
    personId: IdShape<'person'>(),
    requestedVia: Type.Optional(RequestedVia),
    reason: Type.Optional(Reason),
  }),
  reply: Type.Object({}),
  problems: ['booking-unknown', 'booking-over'],
})
