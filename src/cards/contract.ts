import { Type } from 'typebox'
import { HeldShape } from '../decisions/contract.ts'
import { endpoint } from '../platform/endpoint.ts'
import { IdShape } from '../platform/shapes.ts'
import { reasonedActs } from './acts-with-reason.ts'
import { cardStates } from './card.ts'
import { placeKinds } from './card-place.ts'
import {
  CardPageQuery,
  CardParams,
  Count,
  DayText,
  Image,
  Instant,
  PlaceShape,
  ReasonShape,
  Serial,
  Uuid,
} from './contract-parts.ts'

export const CardShape = Type.Object({
  id: Uuid,
  personId: IdShape<'person'>(),
  serial: Type.Optional(Type.String()),
  chipId: Type.Optional(Type.String()),
  state: Type.Enum([...cardStates]),
  issuedOn: Type.Optional(DayText),
  expiresOn: Type.Optional(DayText),
})

export const WhereaboutsShape = Type.Object({
  at: Type.Enum([...placeKinds]),
  since: DayText,
  /** The unit, school or list. */
  placeId: Type.Optional(Uuid),
  batchId: Type.Optional(Uuid),
  box: Type.Optional(
    Type.Object({ id: Uuid, code: Type.String(), state: Type.String(), to: Uuid, toKind: PlaceShape.properties.kind }),
  ),
})

const LifeShape = Type.Object({
  card: CardShape,
  name: Type.String(),
  /** The deeds on the card: an officer by name, else the kind of actor. The latest first. */
  deeds: Type.Array(Type.Object({ deed: Type.String(), at: Instant, by: Type.String() })),
  place: WhereaboutsShape,
  order: Type.Optional(
    Type.Object({
      applicationId: Uuid,
      reprintOf: Type.Optional(Uuid),
      unitId: IdShape<'unit'>(),
      schoolId: Type.Optional(IdShape<'school'>()),
      dueOn: DayText,
      capturedBy: Type.String(),
      approvedBy: Type.String(),
      approvedOn: DayText,
    }),
  ),
  steps: Type.Array(Type.Object({ state: Type.Enum([...cardStates]), day: DayText, at: Instant })),
  attempts: Type.Array(
    Type.Object({
      id: Uuid,
      attempt: Count,
      batchId: Uuid,
      serial: Type.Optional(Type.String()),
      madeBy: Type.String(),
      madeOn: DayText,
      quality: Type.Optional(Type.Enum(['passed', 'rejected'])),
      fault: Type.Optional(Type.String()),
    }),
  ),
  handOver: Type.Optional(
    Type.Object({
      toKind: Type.Enum(['holder', 'representative', 'teacher']),
      relation: Type.Optional(Type.String()),
      evidence: Type.Optional(Type.String()),
      listId: Type.Optional(Uuid),
      unitId: Type.Optional(IdShape<'unit'>()),
      signed: Type.Boolean(),
      by: Type.String(),
      day: DayText,
      /** Where its chip was read for it: by which authentication it proved its key. */
      chipProvedBy: Type.Optional(Type.String()),
    }),
  ),
  withholdings: Type.Array(
    Type.Object({ code: Type.String(), authority: Type.String(), from: DayText, to: Type.Optional(DayText) }),
  ),
  ending: Type.Optional(
    Type.Object({ code: Type.String(), note: Type.Optional(Type.String()), day: DayText, by: Type.String() }),
  ),
  takenIn: Type.Array(
    Type.Object({ id: Uuid, kind: Type.String(), unitId: IdShape<'unit'>(), day: DayText, destroyed: Type.Boolean() }),
  ),
})

export const showCard = endpoint({
  method: 'GET',
  path: '/cards/:id',
  summary: 'One card from the application to its end, and where it is',
  right: 'cards.read',
  purpose: 'card',
  params: CardParams,
  reply: LifeShape,
  problems: ['card-unknown'],
})

export const findCard = endpoint({
  method: 'POST',
  path: '/cards/find',
  onlyReads: true,
  summary:
    'The card whose serial was scanned; or, by the number in its QR code, ' +
    'that of its holder which waits to be handed over',
  right: 'cards.read',
  purpose: 'card',
  body: Type.Object({
    serial: Type.Optional(Serial),
    number: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  }),
  reply: LifeShape,
  problems: ['card-unknown', 'card-serial-needed', 'card-serial-of-several', 'holder-unknown'],
})

export const undeliveredCards = endpoint({
  method: 'GET',
  path: '/cards/undelivered',
  summary: 'Cards that lie at a unit, a school or with a teacher for so many days, the longest first; a page at a time',
  right: 'cards.read',
  purpose: 'card',
  query: Type.Object({
    ...CardPageQuery.properties,
    olderThanDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 3650 })),
    place: Type.Optional(Uuid),
  }),
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        cardId: IdShape<'card'>(),
        personId: IdShape<'person'>(),
        name: Type.Optional(Type.String()),
        serial: Type.Optional(Type.String()),
        since: DayText,
        kind: Type.Optional(Type.String()),
        placeId: Type.Optional(Uuid),
        schoolId: Type.Optional(IdShape<'school'>()),
      }),
    ),
    next: Type.Optional(Type.String()),
  }),
  problems: ['card-page-malformed'],
})

export const cardReasons = endpoint({
  method: 'GET',
  path: '/cards/reasons',
  summary: 'The reasons that the law of the installation’s day has for cancelling, blocking, revoking and withholding',
  right: 'cards.read',
  purpose: 'none',
  reply: Type.Object(
    Object.fromEntries(reasonedActs.map(act => [act, Type.Array(Type.String())])) as Record<
      (typeof reasonedActs)[number],
      ReturnType<typeof Type.Array<ReturnType<typeof Type.String>>>
    >,
  ),
})

const transitionEndpoint = { purpose: 'card', params: CardParams, reply: CardShape } as const

export const cancelCard = endpoint({
  ...transitionEndpoint,
  method: 'POST',
  path: '/cards/:id/cancel',
  summary: 'The application comes to nothing before the card is made',
  right: 'cards.revoke',
  body: ReasonShape,
  problems: ['card-unknown', 'card-move-refused', 'card-reason-unknown'],
})

export const blockCard = endpoint({
  ...transitionEndpoint,
  method: 'POST',
  path: '/cards/:id/block',
  summary: 'A lost card is accepted nowhere',
  right: 'cards.block',
  body: ReasonShape,
  problems: ['card-unknown', 'card-move-refused', 'card-reason-unknown'],
})

export const unblockCard = endpoint({
  ...transitionEndpoint,
  method: 'POST',
  path: '/cards/:id/unblock',
  summary: 'The holder has the card back',
  right: 'cards.block',
  problems: ['card-unknown', 'card-move-refused'],
})

export const revokeCard = endpoint({
  ...transitionEndpoint,
  method: 'POST',
  path: '/cards/:id/revoke',
  summary: 'End a card for good',
  right: 'cards.revoke',
  body: ReasonShape,
  problems: ['card-unknown', 'card-move-refused', 'card-reason-unknown'],
})

export const withholdCard = endpoint({
  ...transitionEndpoint,
  method: 'POST',
  path: '/cards/:id/withhold',
  summary: 'An authority keeps the card for a while',
  right: 'cards.withhold',
  body: Type.Object({ ...ReasonShape.properties, authority: Type.String({ minLength: 1, maxLength: 200 }) }),
  problems: [
    'card-unknown',
    'card-not-to-be-withheld',
    'card-withheld',
    'card-reason-unknown',
    'card-authority-needed',
  ],
})

export const giveCardBack = endpoint({
  ...transitionEndpoint,
  method: 'POST',
  path: '/cards/:id/give-back',
  summary: 'The authority gives the card back',
  right: 'cards.withhold',
  problems: ['card-unknown', 'card-not-withheld'],
})

/** What stands against a deed that rests on a reading of a chip. */
export const chipReadingProblems = [
  'chip-reading-unknown',
  'chip-reading-of-another-officer',
  'chip-reading-of-another-card',
  'chip-reading-for-another-purpose',
  'chip-reading-proves-nothing',
  'chip-reading-used',
  'chip-reading-too-old',
  'chip-reading-card-unfit',
  'chip-reading-needed',
]

export const handCardOver = endpoint({
  method: 'POST',
  path: '/cards/hand-over',
  summary: 'Hand a card over: the card and a paper of whoever stands there are both scanned',
  right: 'cards.hand-over',
  purpose: 'card',
  body: Type.Object({
    serial: Serial,
    personId: Type.Optional(IdShape<'person'>()),
    number: Type.Optional(Type.String({ maxLength: 40 })),
    to: Type.Union([
      Type.Object({ kind: Type.Literal('holder') }),
      Type.Object({
        kind: Type.Literal('representative'),
        personId: Type.Optional(IdShape<'person'>()),
        name: Type.String({ minLength: 1, maxLength: 200 }),
        relation: Type.String({ minLength: 1, maxLength: 100 }),
        evidence: Type.String({ minLength: 1, maxLength: 200 }),
      }),
      Type.Object({ kind: Type.Literal('teacher'), listId: Uuid }),
    ]),
    signature: Type.Optional(Image),
    /** A reading of this card's chip for `hand-over`, by the same officer. */
    chipReading: Type.Optional(Uuid),
  }),
  /** `held`: it may still be undone, and the card is what it was. */
  reply: Type.Object({ ...CardShape.properties, held: Type.Optional(HeldShape) }),
  problems: [
    'decision-held',
    'card-unknown',
    'card-serial-needed',
    'card-serial-of-several',
    'holder-unknown',
    'card-of-another-person',
    'card-handed-over',
    'card-not-here',
    'card-withheld',
    'card-in-a-box',
    'card-lies-elsewhere',
    'card-on-a-list',
    'card-not-on-list',
    'representative-needed',
    'list-not-signed',
    ...chipReadingProblems,
    'signature-unreadable',
  ],
})
