import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, wholeNumberFrom } from '../../platform/shapes.ts'
import { CounterShape, ServiceShape } from '../appointments/contract.ts'

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date' })
const Instant = Type.String({ format: 'date-time' })
const Ids = Type.Object({ id: Uuid })
const Count = wholeNumberFrom(0)
const DeskNumber = Type.Integer({ minimum: 1, maximum: 99 })

/** A number of the queue; no person stands in it. */
const TicketShape = Type.Object({
  ticket: Type.String(),
  service: ServiceShape,
  number: Type.Integer(),
  state: Type.Enum(['waiting', 'called', 'served', 'missed']),
  isBooked: Type.Boolean(),
  isLate: Type.Optional(Type.Boolean()),
  cameAt: Instant,
  desk: Type.Optional(Type.Integer()),
  forDesk: Type.Optional(Type.Integer()),
  calls: Count,
  calledAt: Type.Optional(Instant),
})

export const showCounterDay = endpoint({
  method: 'GET',
  path: '/counters/:id/days/:day',
  summary: 'A day of a counter: slots, who is booked, who waits, which desk calls whom',
  right: 'planning.serve',
  purpose: 'appointment',
  params: Type.Object({ id: Uuid, day: DayText }),
  reply: Type.Object({
    counter: CounterShape,
    day: DayText,
    isToday: Type.Boolean(),
    breakUntil: Type.Optional(Instant),
    kioskUntil: Type.Optional(Instant),
    off: Type.Optional(Type.Object({ is: Type.String(), name: Type.Optional(Type.String()) })),
    slots: Type.Array(
      Type.Object({
        startsAt: Type.String(),
        left: Type.Object({ A: Type.Optional(Count), B: Type.Optional(Count), C: Type.Optional(Count) }),
      }),
    ),
    booked: Type.Array(
      Type.Object({
        id: Uuid,
        personId: IdShape<'person'>(),
        name: Type.String({ description: 'empty where the person may no longer be seen' }),
        service: ServiceShape,
        ticket: Type.String(),
        startsAt: Type.String(),
        state: Type.Enum(['booked', 'served', 'no-show']),
        isConfirmed: Type.Boolean(),
        cameAt: Type.Optional(Instant),
        ticketState: Type.Optional(Type.Enum(['waiting', 'called', 'served', 'missed'])),
      }),
    ),
    lost: Type.Array(
      Type.Object({
        id: Uuid,
        name: Type.String({ description: 'empty where the person may no longer be seen' }),
        service: ServiceShape,
        ticket: Type.String(),
        startsAt: Type.String(),
        isTold: Type.Boolean({ description: 'false where the family has no phone' }),
        home: Type.Optional(Type.String()),
        next: Type.Optional(Type.Object({ day: DayText, startsAt: Type.String(), ticket: Type.String() })),
      }),
    ),
    waiting: Type.Array(TicketShape),
    called: Type.Array(TicketShape),
    lastCalls: Type.Array(TicketShape),
  }),
  problems: ['counter-unknown'],
})

export const giveTicket = endpoint({
  method: 'POST',
  path: '/counters/:id/tickets',
  summary: 'Give a number to somebody without a booking',
  right: 'planning.serve',
  purpose: 'none',
  params: Ids,
  body: Type.Object({ service: ServiceShape }),
  reply: TicketShape,
  problems: ['counter-unknown', 'counter-service-not-here'],
})

export const checkInBooking = endpoint({
  method: 'POST',
  path: '/counters/:id/check-ins',
  summary: 'Say that a booked person has come; their number waits from now on',
  right: 'planning.serve',
  purpose: 'appointment',
  params: Ids,
  body: Type.Object({ booking: Uuid }),
  reply: TicketShape,
  problems: ['booking-unknown', 'booking-over', 'booking-other-day'],
})

const OfDesk = Type.Object({ id: Uuid, desk: DeskNumber })
const Called = Type.Object({ called: Type.Optional(TicketShape) })

export const callNext = endpoint({
  method: 'POST',
  path: '/counters/:id/desks/:desk/next',
  summary: 'Call the next number to a desk; nothing where nobody waits for it',
  right: 'planning.serve',
  purpose: 'none',
  params: OfDesk,
  reply: Called,
  problems: ['counter-unknown', 'counter-on-break', 'desk-unknown', 'desk-busy'],
})

export const callAgain = endpoint({
  method: 'POST',
  path: '/counters/:id/desks/:desk/again',
  summary: 'Call the same number again',
  right: 'planning.serve',
  purpose: 'none',
  params: OfDesk,
  reply: Called,
  problems: ['ticket-unknown'],
})

export const finishTicket = endpoint({
  method: 'POST',
  path: '/counters/:id/desks/:desk/outcome',
  summary: 'Say what became of the number that a desk has called: served, or nobody came',
  right: 'planning.serve',
  purpose: 'none',
  params: OfDesk,
  body: Type.Object({ outcome: Type.Enum(['served', 'missed']) }),
  reply: Called,
  problems: ['ticket-unknown', 'ticket-called-too-seldom'],
})

export const sendTicketOn = endpoint({
  method: 'POST',
  path: '/counters/:id/desks/:desk/send-on',
  summary: 'Send the number that a desk has called on to another desk, where it is next',
  right: 'planning.serve',
  purpose: 'none',
  params: OfDesk,
  body: Type.Object({ to: DeskNumber }),
  reply: Called,
  problems: ['ticket-unknown', 'desk-unknown', 'desk-does-not-serve'],
})

export const setBreak = endpoint({
  method: 'PUT',
  path: '/counters/:id/break',
  summary: 'Call nobody for so many minutes; 0 ends the break',
  right: 'planning.serve',
  purpose: 'none',
  params: Ids,
  body: Type.Object({ minutes: Type.Integer({ minimum: 0, maximum: 240 }) }),
  reply: Type.Object({}),
  problems: ['counter-unknown'],
})

export const openKiosk = endpoint({
  method: 'POST',
  path: '/counters/:id/kiosk',
  summary: 'Open a screen in the hall that gives numbers until the evening; its address is told once',
  right: 'planning.serve',
  purpose: 'none',
  params: Ids,
  reply: Type.Object({ path: Type.String(), until: Instant }),
  problems: ['counter-unknown'],
})

export const closeKiosk = endpoint({
  method: 'DELETE',
  path: '/counters/:id/kiosk',
  summary: 'End the screen that gives numbers',
  right: 'planning.serve',
  purpose: 'none',
  params: Ids,
  reply: Type.Object({}),
  problems: ['counter-unknown'],
})

const CallShape = Type.Object({
  ticket: Type.String(),
  service: ServiceShape,
  desk: Type.Integer(),
  at: Instant,
  calls: Count,
})

export const showBoard = endpoint({
  method: 'GET',
  path: '/public-counters/:publicId/board',
  summary: 'What the screen of a hall shows: numbers and desks; anybody may read it, and nobody stands in it',
  right: 'anyone',
  purpose: 'none',
  params: Type.Object({ publicId: Type.String({ maxLength: 20 }) }),
  reply: Type.Object({
    at: Instant,
    breakUntil: Type.Optional(Instant),
    called: Type.Optional(CallShape),
    before: Type.Array(CallShape),
    next: Type.Array(Type.String()),
    lines: Type.Array(Type.Object({ service: ServiceShape, waiting: Count, minutes: Count })),
  }),
  problems: ['counter-unknown'],
})
