import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape } from '../../platform/shapes.ts'
import { cardStates } from '../card.ts'
import { CardRefShape, Count, DayText, IdParams, Image, Instant, PageQuery, Uuid } from '../contract-parts.ts'
import { longestHandOverList, signedPictures } from '../law.ts'
import { oldKinds } from '../withdrawal/old-kind.ts'
import { lineOutcomes, listStates } from './list.ts'

export const ListShape = Type.Object({
  id: Uuid,
  code: Type.String(),
  unitId: IdShape<'unit'>(),
  schoolId: IdShape<'school'>(),
  teacherName: Type.String(),
  state: Type.Enum([...listStates]),
  givenOn: DayText,
  returnedAt: Type.Optional(Instant),
  cards: Count,
  handedOver: Count,
  cameBack: Count,
})

const handOverEndpoint = { right: 'cards.hand-over', purpose: 'card' } as const

export const listLists = endpoint({
  ...handOverEndpoint,
  method: 'GET',
  path: '/hand-over-lists',
  summary: 'Lists that teachers collected, the latest first; a page at a time',
  query: PageQuery,
  reply: Type.Object({ rows: Type.Array(ListShape), next: Type.Optional(Uuid) }),
})

export const showList = endpoint({
  ...handOverEndpoint,
  method: 'GET',
  path: '/hand-over-lists/:id',
  summary: 'A list and its cards by name',
  params: IdParams,
  reply: Type.Object({
    list: ListShape,
    lines: Type.Array(
      Type.Object({
        cardId: IdShape<'card'>(),
        personId: IdShape<'person'>(),
        serial: Type.Optional(Type.String()),
        name: Type.Optional(Type.String()),
        outcome: Type.Optional(Type.Enum([...lineOutcomes])),
        cardState: Type.Enum([...cardStates]),
      }),
    ),
  }),
  problems: ['list-unknown'],
})

export const giveList = endpoint({
  ...handOverEndpoint,
  method: 'POST',
  path: '/hand-over-lists',
  summary: 'A teacher collects cards against a list',
  body: Type.Object({
    schoolId: IdShape<'school'>(),
    teacherName: Type.String({ minLength: 1, maxLength: 200 }),
    cards: Type.Array(CardRefShape, { minItems: 1, maxItems: longestHandOverList }),
    signature: Type.Optional(Image),
  }),
  reply: ListShape,
  problems: [
    'school-unknown',
    'list-empty',
    'teacher-needed',
    'card-unknown',
    'card-handed-over',
    'card-not-here',
    'card-withheld',
    'card-in-a-box',
    'card-lies-elsewhere',
    'card-on-a-list',
    'signature-unreadable',
  ],
})

export const listSheet = endpoint({
  ...handOverEndpoint,
  method: 'GET',
  path: '/hand-over-lists/:id/sheet',
  summary: 'The sheet of a list that is out, on which pupils sign: name, birth and serial, no personal numbers',
  params: IdParams,
  problems: ['list-unknown', 'list-returned', 'paper-text-too-long', 'paper-text-unprintable'],
})

/** Each id has 36 characters, and a comma. */
const IdsText = Type.String({ maxLength: longestHandOverList * 37 })

/** Beside the image of the signed list: ids of the cards, with commas between. */
export const returnList = endpoint({
  ...handOverEndpoint,
  method: 'POST',
  path: '/hand-over-lists/:id/return',
  summary: 'Take a list back with its signatures: which cards were signed for, which came back',
  params: IdParams,
  upload: { maxBytes: signedPictures.sheetBytes },
  body: Type.Object({ signed: Type.Optional(IdsText), cameBack: Type.Optional(IdsText) }),
  reply: ListShape,
  problems: [
    'list-unknown',
    'list-returned',
    'list-not-signed',
    'list-sheet-unreadable',
    'list-sheet-active',
    'list-sheet-encrypted',
    'list-line-open',
    'card-not-on-list',
    'card-handed-over',
    'card-not-here',
    'card-withheld',
  ],
})

export const listOld = endpoint({
  ...handOverEndpoint,
  method: 'GET',
  path: '/old-cards',
  summary:
    'Old cards that lie at one’s unit until two officers destroy them, the longest there first; a page at a time',
  query: PageQuery,
  reply: Type.Object({
    /** How many lie there, and how many of them may be destroyed today. */
    total: Count,
    due: Count,
    keptDays: Count,
    /** Who may destroy them with one. */
    officers: Type.Array(Type.Object({ id: IdShape<'officer'>(), name: Type.String() })),
    rows: Type.Array(
      Type.Object({
        id: Uuid,
        personId: IdShape<'person'>(),
        /** Absent where the person is outside the officer's scope. */
        name: Type.Optional(Type.String()),
        kind: Type.Enum([...oldKinds]),
        number: Type.String(),
        takenOn: DayText,
        mayBeDestroyed: Type.Boolean(),
      }),
    ),
    next: Type.Optional(Uuid),
  }),
})

export const takeInOld = endpoint({
  ...handOverEndpoint,
  method: 'POST',
  path: '/old-cards',
  summary: 'An old card is taken in',
  body: Type.Object({
    personId: IdShape<'person'>(),
    kind: Type.Enum([...oldKinds]),
    number: Type.String({ minLength: 1, maxLength: 40 }),
  }),
  reply: Type.Object({}),
  problems: ['old-card-malformed', 'person-unknown'],
})

export const destroyOld = endpoint({
  ...handOverEndpoint,
  method: 'POST',
  path: '/old-cards/destroy',
  summary: 'Two officers destroy the old cards that lie at the unit longer than a month',
  formerFields: { witness: 'secondChecker' },
  body: Type.Object({ secondChecker: IdShape<'officer'>() }),
  reply: Type.Object({ cards: Count }),
  problems: ['second-checker-needed', 'second-checker-unknown', 'nothing-to-destroy'],
})
