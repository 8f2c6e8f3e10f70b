import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape } from '../../platform/shapes.ts'
import { boxStates } from '../box-state.ts'
import { cardStates } from '../card.ts'
import { CardShape } from '../contract.ts'
import {
  CardParams,
  CardRefShape,
  Count,
  IdParams,
  Instant,
  PageQuery,
  PlaceShape,
  Serial,
  Uuid,
} from '../contract-parts.ts'
import { boxLineStates, unexpectedOutcomes } from './box.ts'

export const BoxShape = Type.Object({
  id: Uuid,
  code: Type.String(),
  fromKind: Type.Enum(['unit', 'school', 'centre']),
  fromId: Type.Optional(Uuid),
  toKind: Type.Enum(['unit', 'school']),
  toId: Uuid,
  unitId: IdShape<'unit'>(),
  seal: Type.Optional(Type.String()),
  state: Type.Enum([...boxStates]),
  intact: Type.Optional(Type.Boolean()),
  remark: Type.Optional(Type.String()),
  openedAt: Instant,
  sealedAt: Type.Optional(Instant),
  sentAt: Type.Optional(Instant),
  receivedAt: Type.Optional(Instant),
  countedAt: Type.Optional(Instant),
  cards: Count,
  present: Count,
  missing: Count,
})

const BoxContent = Type.Object({
  box: BoxShape,
  cards: Type.Array(
    Type.Object({
      cardId: IdShape<'card'>(),
      personId: IdShape<'person'>(),
      serial: Type.Optional(Type.String()),
      name: Type.Optional(Type.String()),
      state: Type.Enum([...boxLineStates]),
      cardState: Type.Enum([...cardStates]),
      putAt: Instant,
      endedAt: Type.Optional(Instant),
    }),
  ),
  unexpected: Type.Array(
    Type.Object({
      id: Uuid,
      serial: Type.String(),
      cardId: Type.Optional(IdShape<'card'>()),
      by: Type.Optional(Type.String()),
      at: Type.Optional(Instant),
      /** Absent: nobody has acted yet. */
      outcome: Type.Optional(Type.Enum([...unexpectedOutcomes])),
      note: Type.Optional(Type.String()),
      settledBy: Type.Optional(Type.String()),
      settledAt: Type.Optional(Instant),
    }),
  ),
  next: Type.Optional(Uuid),
})

const shippingEndpoint = { right: 'cards.ship', purpose: 'card' } as const

export const listBoxes = endpoint({
  method: 'GET',
  path: '/card-boxes',
  summary:
    'Boxes from and to one’s places, the latest first; those on their way, with a card that is missing, ' +
    'or with an unexpected one in them; a page at a time',
  right: 'cards.ship',
  purpose: 'none',
  together: 'quick',
  formerValues: { which: { stray: 'unexpected' } },
  query: Type.Object({
    ...PageQuery.properties,
    place: Type.Optional(Uuid),
    /** Of `place`, or else of one’s own unit. */
    direction: Type.Optional(Type.Enum(['in', 'out'])),
    state: Type.Optional(Type.Enum([...boxStates])),
    which: Type.Optional(Type.Enum(['on-its-way', 'missing', 'unexpected'])),
  }),
  reply: Type.Object({ rows: Type.Array(BoxShape), next: Type.Optional(Uuid) }),
})

export const showBox = endpoint({
  ...shippingEndpoint,
  method: 'GET',
  path: '/card-boxes/:id',
  summary: 'A box and what is in it; a page at a time',
  params: IdParams,
  query: PageQuery,
  reply: BoxContent,
  problems: ['box-unknown'],
})

export const findBox = endpoint({
  ...shippingEndpoint,
  method: 'POST',
  path: '/card-boxes/find',
  onlyReads: true,
  summary: 'The box whose code was scanned',
  body: Type.Object({ code: Type.String({ minLength: 1, maxLength: 60 }) }),
  reply: BoxShape,
  problems: ['box-unknown'],
})

export const openBox = endpoint({
  ...shippingEndpoint,
  method: 'POST',
  path: '/card-boxes',
  summary: 'Begin a box',
  body: Type.Object({ from: Type.Optional(PlaceShape), to: PlaceShape }),
  reply: BoxShape,
  problems: ['unit-unknown', 'school-unknown', 'box-nowhere'],
})

export const putInBox = endpoint({
  ...shippingEndpoint,
  method: 'POST',
  path: '/card-boxes/:id/put-in',
  summary: 'Scan a card into an open box',
  params: IdParams,
  body: CardRefShape,
  reply: CardShape,
  problems: [
    'box-unknown',
    'box-state-refused',
    'card-unknown',
    'card-not-to-be-sent',
    'card-in-a-box',
    'card-lies-elsewhere',
    'card-goes-elsewhere',
    'card-on-a-list',
    'card-withheld',
  ],
})

export const takeOutOfBox = endpoint({
  ...shippingEndpoint,
  method: 'POST',
  path: '/card-boxes/:id/take-out',
  summary: 'Take a card out of an open box',
  params: IdParams,
  body: CardRefShape,
  reply: CardShape,
  problems: ['box-unknown', 'box-state-refused', 'card-unknown', 'card-not-in-box'],
})

export const sealBox = endpoint({
  ...shippingEndpoint,
  method: 'POST',
  path: '/card-boxes/:id/seal',
  summary: 'Seal a box',
  params: IdParams,
  body: Type.Object({ seal: Type.String({ minLength: 1, maxLength: 60 }) }),
  reply: BoxShape,
  problems: ['box-unknown', 'box-state-refused', 'box-empty', 'box-seal-needed'],
})

export const sendBox = endpoint({
  ...shippingEndpoint,
  method: 'POST',
  path: '/card-boxes/:id/send',
  summary: 'A sealed box goes on its way',
  params: IdParams,
  reply: BoxShape,
  problems: ['box-unknown', 'box-state-refused'],
})

export const boxLabel = endpoint({
  ...shippingEndpoint,
  purpose: 'none',
  method: 'GET',
  path: '/card-boxes/:id/label',
  summary:
    'The label of a sealed box, 100 × 150 mm: where it goes, how many cards, its seal; nothing of who they are for',
  params: IdParams,
  problems: ['box-unknown', 'box-state-refused', 'paper-text-too-long', 'paper-text-unprintable'],
})

export const receiveBox = endpoint({
  ...shippingEndpoint,
  method: 'POST',
  path: '/card-boxes/:id/receive',
  summary: 'Take a box in, before it is opened',
  params: IdParams,
  body: Type.Object({ seal: Type.Enum(['intact', 'broken']), remark: Type.Optional(Type.String({ maxLength: 500 })) }),
  reply: BoxShape,
  problems: ['box-unknown', 'box-state-refused', 'box-not-here', 'box-remark-needed'],
})

export const countBox = endpoint({
  ...shippingEndpoint,
  method: 'POST',
  path: '/card-boxes/:id/count',
  summary: 'Count a box by scanning all that lies in it: present, missing, not listed',
  params: IdParams,
  body: Type.Object({ serials: Type.Array(Serial, { maxItems: 5000 }) }),
  reply: Type.Object({
    box: BoxShape,
    present: Count,
    missing: Type.Array(Type.Object({ cardId: IdShape<'card'>(), serial: Type.Optional(Type.String()) })),
    notListed: Type.Array(Type.Object({ serial: Type.String(), cardId: Type.Optional(IdShape<'card'>()) })),
    ended: Type.Array(Uuid),
  }),
  problems: ['box-unknown', 'box-state-refused', 'box-not-here', 'box-holder-unseen', 'card-serial-needed'],
})

export const foundCard = endpoint({
  ...shippingEndpoint,
  method: 'POST',
  path: '/cards/found',
  summary:
    'A card that was missing or unexpected, comes back, or has ended and is to be destroyed, is scanned at the unit',
  body: CardRefShape,
  reply: CardShape,
  problems: ['card-unknown', 'card-not-to-be-sent', 'card-in-a-box', 'card-on-a-list'],
})

export const lostCard = endpoint({
  ...shippingEndpoint,
  method: 'POST',
  path: '/cards/:id/lost',
  summary:
    'A card that is missing from a box did not turn up: it is revoked and ordered once more. ' +
    'One that has ended and should lie here lies nowhere',
  params: CardParams,
  body: Type.Object({ note: Type.Optional(Type.String({ maxLength: 500 })) }),
  reply: Type.Object({ revoked: CardShape, reprint: Type.Optional(CardShape) }),
  problems: ['card-unknown', 'card-not-missing'],
})

export const settleUnexpected = endpoint({
  ...shippingEndpoint,
  method: 'POST',
  path: '/unexpected-cards/:id/settle',
  formerly: ['/card-strays/:id/settle'],
  summary:
    'A card that lay in a box and is on no list was sent back to who packed it, or was no such card; ' +
    'one’s own is scanned in instead',
  params: IdParams,
  body: Type.Object({ outcome: Type.Enum(['sent-back', 'misread']), note: Type.String({ maxLength: 500 }) }),
  reply: Type.Object({}),
  problems: ['unexpected-card-unknown', 'unexpected-card-settled', 'unexpected-card-note-needed'],
})
