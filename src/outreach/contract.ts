import { Type } from 'typebox'
import { endpoint } from '../platform/endpoint.ts'
import { IdShape, wholeNumberFrom } from '../platform/shapes.ts'
import { attemptOutcomes, messageStates, reachedHows } from './message.ts'

/** Messages over the wire: what was sent about what, and how far it has come. Lists name nobody. */

const Uuid = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const DayText = Type.String({ format: 'date' })
const Ids = Type.Object({ id: Uuid })
const State = Type.Enum([...messageStates])
const Whole = wholeNumberFrom(0)
const Kind = Type.String({ pattern: '^[a-z][a-z-]*$', maxLength: 40 })

const MessageShape = Type.Object({
  id: Uuid,
  template: Type.String(),
  language: Type.Enum(['vi', 'en']),
  to: Type.Enum(['email', 'phone', 'letter']),
  /** By which channel it was tried last: 'file' = written into the outbox of the data folder, for trying out. */
  via: Type.Optional(Type.String()),
  state: State,
  /** What the last try met with; no words of the other side. */
  code: Type.Optional(Type.String()),
  about: Type.Object({ kind: Kind, id: Uuid }),
  unit: Type.Optional(Type.Object({ id: IdShape<'unit'>(), name: Type.String() })),
  attempts: Whole,
  queuedAt: Instant,
  /** The house's day, which people read; instants are real, also in a demonstration. */
  queuedOn: DayText,
  nextAt: Type.Optional(Instant),
  endedAt: Type.Optional(Instant),
})

export const messageList = endpoint({
  method: 'GET',
  path: '/outreach/messages',
  summary: 'Messages in sight, the latest first, a page at a time; without addresses and without their words',
  right: 'outreach.read',
  purpose: 'none',
  query: Type.Object({
    state: Type.Optional(State),
    aboutKind: Type.Optional(Kind),
    aboutId: Type.Optional(Uuid),
    after: Type.Optional(Type.String({ format: 'uuid', description: 'the `next` of the page before' })),
  }),
  reply: Type.Object({
    /** Of all in sight, by state. */
    figures: Type.Object(
      Object.fromEntries(messageStates.map(state => [state, Whole])) as Record<
        (typeof messageStates)[number],
        typeof Whole
      >,
    ),
    messages: Type.Array(MessageShape),
    next: Type.Optional(Uuid),
  }),
  problems: ['message-page-gone'],
})

export const messageOpen = endpoint({
  method: 'GET',
  path: '/outreach/messages/:id',
  summary: 'A message in its words, its address masked, and every try to deliver it',
  right: 'outreach.read',
  purpose: 'outreach',
  params: Ids,
  reply: Type.Object({
    ...MessageShape.properties,
    address: Type.String({ description: 'masked: a•••@example.vn, 09•••••123' }),
    subject: Type.String(),
    text: Type.String(),
    /** Where it was not taken before it went another way, in order. */
    formerly: Type.Array(Type.Object({ to: MessageShape.properties.to, address: Type.String() })),
    tries: Type.Array(
      Type.Object({
        number: wholeNumberFrom(1),
        via: Type.String(),
        begunAt: Instant,
        begunOn: DayText,
        endedAt: Type.Optional(Instant),
        outcome: Type.Optional(Type.Enum([...attemptOutcomes])),
        code: Type.Optional(Type.String()),
        parts: wholeNumberFrom(1),
        /** In đồng, as it was set aside. */
        price: Whole,
        /** What the gateway said later. */
        receipt: Type.Optional(Type.Enum(['delivered', 'failed'])),
        receiptAt: Type.Optional(Instant),
      }),
    ),
  }),
  problems: ['message-unknown'],
})

export const messageRetry = endpoint({
  method: 'POST',
  path: '/outreach/messages/:id/retry',
  summary: 'Try a message again at once that failed, was given up or was refused',
  right: 'outreach.retry',
  purpose: 'outreach',
  params: Ids,
  reply: Type.Object({ id: Uuid, state: State }),
  problems: ['message-unknown', 'message-retry-refused', 'message-over', 'message-address-unusable'],
})

export const messageSendAgain = endpoint({
  method: 'POST',
  path: '/outreach/messages/:id/send-again',
  summary:
    'Send a message again of which nobody knows whether it arrived; the officer accepts that it may arrive twice',
  right: 'outreach.retry',
  purpose: 'outreach',
  params: Ids,
  body: Type.Object({ mayArriveTwice: Type.Literal(true) }),
  reply: Type.Object({ id: Uuid, state: State }),
  problems: ['message-unknown', 'message-not-unknown', 'message-over'],
})

export const messageSendElsewhere = endpoint({
  method: 'POST',
  path: '/outreach/messages/:id/send-elsewhere',
  summary: 'Send a message that did not arrive to a phone that was learnt, or on paper; its follow-up is done',
  right: 'outreach.retry',
  purpose: 'outreach',
  params: Ids,
  body: Type.Object({
    to: Type.Enum(['phone', 'letter']),
    address: Type.String({ minLength: 1, maxLength: 300, description: 'a phone; or name and postal address' }),
    /** Of a message of which nobody knows whether it arrived. */
    mayArriveTwice: Type.Optional(Type.Literal(true)),
  }),
  reply: Type.Object({ id: Uuid }),
  problems: [
    'message-unknown',
    'message-not-lost',
    'message-may-have-arrived',
    'message-over',
    'message-address-unusable',
  ],
})

export const messageReached = endpoint({
  method: 'POST',
  path: '/outreach/messages/:id/reached',
  summary: 'Say how a family was reached whose message did not arrive, or may not have; its follow-up is done',
  right: 'outreach.retry',
  purpose: 'outreach',
  params: Ids,
  body: Type.Object({ how: Type.Enum([...reachedHows]) }),
  reply: Type.Object({ id: Uuid }),
  problems: ['message-unknown', 'message-not-lost'],
})

export const messageOptOut = endpoint({
  method: 'POST',
  path: '/outreach/messages/:id/opt-out',
  summary: 'Note that whoever has the address of a message refuses reminders and invitations, as they said',
  right: 'outreach.retry',
  purpose: 'outreach',
  params: Ids,
  reply: Type.Object({ id: Uuid }),
  problems: ['message-unknown'],
})

/** Minutes of the day between which what rings goes out. */
const Hours = Type.Object({
  fromMinute: Type.Integer({ minimum: 0, maximum: 1440 }),
  untilMinute: Type.Integer({ minimum: 0, maximum: 1440 }),
})

export const budgetList = endpoint({
  method: 'GET',
  path: '/outreach/budgets',
  summary: 'What messages may cost, what they cost so far, and how many wait for money, in sight',
  right: 'outreach.read',
  purpose: 'none',
  reply: Type.Object({
    budgets: Type.Array(
      Type.Object({
        kind: Kind,
        id: Uuid,
        unit: Type.Object({ id: IdShape<'unit'>(), name: Type.String() }),
        /** In đồng; without one, as much as it takes. */
        cap: Type.Optional(Whole),
        spent: Whole,
        hours: Type.Optional(Hours),
        channels: Type.Array(Type.String()),
        held: Whole,
      }),
    ),
  }),
})

export const budgetSet = endpoint({
  method: 'POST',
  path: '/outreach/budgets/:kind/:id',
  summary: 'Set what messages may cost, when and by which gateways they go; what waited goes on where that is enough',
  right: 'campaign.manage',
  purpose: 'none',
  params: Type.Object({ kind: Kind, id: Uuid }),
  body: Type.Object({
    /** In đồng; null for as much as it takes. What is left out stays as it was. */
    cap: Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 }), Type.Null()])),
    hours: Type.Optional(Type.Union([Hours, Type.Null()])),
    channels: Type.Optional(Type.Array(Type.Enum(['zalo', 'smpp', 'http']), { maxItems: 3, uniqueItems: true })),
  }),
  reply: Type.Object({ released: Whole }),
  problems: ['budget-unit-needed', 'budget-of-another', 'budget-hours-wrong'],
})

export const letterList = endpoint({
  method: 'GET',
  path: '/outreach/letters',
  summary: 'Letters that wait for paper, with address and words, the longest waiting first',
  right: 'outreach.retry',
  purpose: 'outreach',
  reply: Type.Object({
    letters: Type.Array(
      Type.Object({
        id: Uuid,
        language: Type.Enum(['vi', 'en']),
        address: Type.String(),
        subject: Type.String(),
        text: Type.String(),
        queuedAt: Instant,
      }),
    ),
  }),
})

export const lettersPrinted = endpoint({
  method: 'POST',
  path: '/outreach/letters/printed',
  summary: 'Say which letters were printed, so that nobody prints them again',
  right: 'outreach.retry',
  purpose: 'outreach',
  body: Type.Object({ ids: Type.Array(Uuid, { minItems: 1, maxItems: 500 }) }),
  reply: Type.Object({ printed: Whole }),
})
