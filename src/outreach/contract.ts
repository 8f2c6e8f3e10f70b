import { Type } from 'typebox'
import { endpoint } from '../platform/endpoint.ts'
import { IdShape, wholeNumberFrom } from '../platform/shapes.ts'
import { attemptOutcomes, messageStates } from './message.ts'

/** Messages over the wire: what was sent about what, and how far it has come. Lists name nobody. */

const Uuid = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const Ids = Type.Object({ id: Uuid })
const State = Type.Enum([...messageStates])
const Whole = wholeNumberFrom(0)
const Kind = Type.String({ pattern: '^[a-z][a-z-]*$', maxLength: 40 })

const MessageShape = Type.Object({
  id: Uuid,
  template: Type.String(),
  language: Type.Enum(['vi', 'en']),
  to: Type.Enum(['email', 'phone']),
  /** By which channel it was tried last: 'file' = written into the outbox of the data folder, for trying out. */
  via: Type.Optional(Type.String()),
  state: State,
  /** What the last try met with; no words of the other side. */
  code: Type.Optional(Type.String()),
  about: Type.Object({ kind: Kind, id: Uuid }),
  unit: Type.Optional(Type.Object({ id: IdShape<'unit'>(), name: Type.String() })),
  attempts: Whole,
  queuedAt: Instant,
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
    tries: Type.Array(
      Type.Object({
        number: wholeNumberFrom(1),
        via: Type.String(),
        begunAt: Instant,
        endedAt: Type.Optional(Instant),
        outcome: Type.Optional(Type.Enum([...attemptOutcomes])),
        code: Type.Optional(Type.String()),
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
