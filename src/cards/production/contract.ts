import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, wholeNumberFrom } from '../../platform/shapes.ts'
import { CardShape } from '../contract.ts'
import {
  CardPageQuery,
  CardParams,
  Count,
  DayText,
  IdParams,
  Instant,
  PageQuery,
  Serial,
  Uuid,
} from '../contract-parts.ts'
import { largestBatch } from '../law.ts'
import { batchLineStates, batchStates, makers } from './batch.ts'

export const BatchShape = Type.Object({
  id: Uuid,
  code: Type.String(),
  unitId: IdShape<'unit'>(),
  maker: Type.Enum([...makers]),
  state: Type.Enum([...batchStates]),
  plannedAt: Instant,
  orderedAt: Type.Optional(Instant),
  handedUpAt: Type.Optional(Instant),
  closedAt: Type.Optional(Instant),
  cards: Count,
  waiting: Count,
  made: Count,
  rejected: Count,
  dueOn: Type.Optional(DayText),
})

export const listBatches = endpoint({
  method: 'GET',
  path: '/card-batches',
  summary:
    'Batches, the latest first; those of which a card waits, waits past its deadline, ' +
    'or waits for one to check it; a page at a time',
  right: 'cards.read',
  purpose: 'none',
  together: 'quick',
  query: Type.Object({ ...PageQuery.properties, which: Type.Optional(Type.Enum(['waiting', 'late', 'to-check'])) }),
  reply: Type.Object({ rows: Type.Array(BatchShape), next: Type.Optional(Uuid) }),
})

export const showBatch = endpoint({
  method: 'GET',
  path: '/card-batches/:id',
  summary: 'A batch and its cards by deadline; a page at a time',
  right: 'cards.read',
  purpose: 'card',
  params: IdParams,
  query: CardPageQuery,
  reply: Type.Object({
    batch: BatchShape,
    cards: Type.Array(
      Type.Object({
        cardId: IdShape<'card'>(),
        personId: IdShape<'person'>(),
        name: Type.String(),
        dueOn: DayText,
        unitId: IdShape<'unit'>(),
        state: Type.Enum([...batchLineStates]),
        reason: Type.Optional(Type.String()),
        attempts: Type.Optional(Count),
        attemptId: Type.Optional(Uuid),
        serial: Type.Optional(Type.String()),
        madeBy: Type.Optional(Type.String()),
        quality: Type.Optional(Type.Enum(['passed', 'rejected'])),
        fault: Type.Optional(Type.String()),
      }),
    ),
    next: Type.Optional(Type.String()),
  }),
  problems: ['batch-unknown', 'card-page-malformed'],
})

/** Whose cards: of units and those below, of a school, before a deadline. */
const PlanFilterShape = Type.Object({
  unitIds: Type.Optional(Type.Array(IdShape<'unit'>(), { minItems: 1, maxItems: 500 })),
  schoolId: Type.Optional(IdShape<'school'>()),
  dueBefore: Type.Optional(DayText),
})

export const planBatch = endpoint({
  method: 'POST',
  path: '/card-batches',
  summary: 'Put approved cards that wait into a batch, the most urgent first',
  right: 'cards.produce',
  purpose: 'none',
  body: Type.Object({
    ...PlanFilterShape.properties,
    maker: Type.Enum([...makers]),
    most: Type.Integer({ minimum: 1, maximum: largestBatch }),
  }),
  reply: BatchShape,
  problems: ['batch-empty', 'unit-unknown'],
})

export const previewBatch = endpoint({
  method: 'POST',
  path: '/card-batches/preview',
  onlyReads: true,
  summary: 'How many approved cards wait that would fit, and their deadlines; nothing is planned',
  right: 'cards.produce',
  purpose: 'none',
  body: PlanFilterShape,
  reply: Type.Object({
    cards: Count,
    late: Count,
    firstDueOn: Type.Optional(DayText),
    lastDueOn: Type.Optional(DayText),
  }),
  problems: ['unit-unknown'],
})

/** It goes out, so it is no reading: the batch counts as ordered. */
export const orderFile = endpoint({
  method: 'POST',
  path: '/card-batches/:id/order-file',
  summary: 'The orders of a batch for an outside centre: a zip of orders.csv, pictures and a manifest',
  right: 'cards.produce',
  needsFreshFactor: true,
  purpose: 'card',
  params: IdParams,
  problems: ['batch-unknown', 'batch-not-for-centre', 'batch-closed', 'batch-handed-up', 'batch-order-refused'],
})

export const handUpBatch = endpoint({
  method: 'POST',
  path: '/card-batches/:id/hand-up',
  summary: 'Hand the orders of a batch up to the national centre: they leave signed and encrypted, by the exchange',
  right: 'cards.produce',
  needsFreshFactor: true,
  purpose: 'card',
  params: IdParams,
  reply: BatchShape,
  problems: [
    'batch-unknown',
    'batch-not-for-centre',
    'batch-closed',
    'batch-handed-up',
    'batch-went-out-as-file',
    'batch-order-refused',
    'centre-not-joined',
    'question-too-large',
  ],
})

const drawingProblems = [
  'card-field-needed',
  'card-text-too-long',
  'card-text-unprintable',
  'card-number-malformed',
  'card-image-unreadable',
]
const SheetsShape = Type.Enum(['card', 'a4'])

/** Who produces cards also sees one that waits to be checked, and with `proof` one that is not made. */
export const cardPrintedFace = endpoint({
  method: 'GET',
  path: '/cards/:id/printed-faces',
  formerly: ['/cards/:id/faces'],
  summary:
    'Both sides of a card that was made, as a PDF of its size, or one side as a picture; ' +
    'a proof before it is made is marked as one',
  right: 'cards.read',
  purpose: 'card',
  params: CardParams,
  query: Type.Object({
    as: Type.Enum(['pdf', 'png-front', 'png-back']),
    dpi: Type.Optional(Type.Enum(['300', '600'])),
    sheets: Type.Optional(SheetsShape),
    proof: Type.Optional(Type.Enum(['yes', 'no'])),
  }),
  problems: ['card-unknown', 'card-not-made', 'right-missing', ...drawingProblems],
})

export const batchPrintedFaces = endpoint({
  method: 'GET',
  path: '/card-batches/:id/printed-faces',
  formerly: ['/card-batches/:id/faces'],
  summary:
    'The printed faces of the made cards of a batch in one PDF: two pages of the card’s size each, or sheets to cut',
  right: 'cards.produce',
  needsFreshFactor: true,
  purpose: 'card',
  params: IdParams,
  query: Type.Object({ sheets: Type.Optional(SheetsShape) }),
  problems: ['batch-unknown', 'batch-nothing-made', 'batch-printed-face-refused'],
})

export const releaseFromBatch = endpoint({
  method: 'POST',
  path: '/card-batches/release',
  summary: 'Take a card out of the batch in which it waits',
  right: 'cards.produce',
  purpose: 'card',
  body: Type.Object({ cardId: IdShape<'card'>(), reason: Type.String({ minLength: 1, maxLength: 200 }) }),
  reply: Type.Object({}),
  problems: ['card-unknown', 'card-to-be-checked', 'card-not-waiting'],
})

export const importProductionResults = endpoint({
  method: 'POST',
  path: '/card-batches/returns',
  summary: 'Take in a centre’s answers: card, serial, issued_on, expires_on, state, reason, box, chip_id',
  right: 'cards.produce',
  purpose: 'card',
  upload: { maxBytes: 20_000_000 },
  reply: Type.Object({
    rows: Count,
    changed: Count,
    unchanged: Count,
    rejected: Count,
    reasons: Type.Record(Type.String(), Count),
    /** The rows that were not taken, with the reason of each. */
    rejectedCsv: Type.Optional(Type.String()),
  }),
  problems: ['file-missing', 'file-too-large'],
})

export const AttemptShape = Type.Object({
  id: Uuid,
  cardId: IdShape<'card'>(),
  attempt: Count,
  batchId: Uuid,
  serial: Type.Optional(Type.String()),
  madeOn: DayText,
})

export const makeCard = endpoint({
  method: 'POST',
  path: '/cards/:id/make',
  summary: 'Make a card that waits in a batch made here, on a blank',
  right: 'cards.produce',
  purpose: 'card',
  params: CardParams,
  body: Type.Object({ serial: Serial }),
  reply: AttemptShape,
  problems: [
    'card-unknown',
    'card-not-waiting',
    'card-to-be-checked',
    'card-serial-needed',
    'blank-unknown',
    'blank-not-in-stock',
    'serial-used',
  ],
})

export const checkCard = endpoint({
  method: 'POST',
  path: '/card-attempts/:id/check',
  summary: 'Look at a card that another officer made',
  right: 'cards.check',
  purpose: 'card',
  params: IdParams,
  body: Type.Union([
    Type.Object({ quality: Type.Literal('passed') }),
    Type.Object({ quality: Type.Literal('rejected'), fault: Type.String({ minLength: 1, maxLength: 200 }) }),
  ]),
  reply: CardShape,
  problems: ['attempt-unknown', 'attempt-checked', 'check-own-work', 'card-not-waiting'],
})

const BalanceShape = Type.Object({ received: Count, inStock: Count, used: Count, spoiled: Count, missing: Count })

export const blankStock = endpoint({
  method: 'GET',
  path: '/blanks',
  summary: 'Lots of blanks and the balance over all: received = in stock + used + spoiled + missing',
  right: 'cards.blanks',
  purpose: 'none',
  query: PageQuery,
  reply: Type.Object({
    balance: BalanceShape,
    lots: Type.Array(
      Type.Object({
        id: Uuid,
        unitId: IdShape<'unit'>(),
        code: Type.String(),
        numbered: Type.Boolean(),
        receivedOn: DayText,
        ...BalanceShape.properties,
      }),
    ),
    next: Type.Optional(Uuid),
  }),
})

export const receiveBlanks = endpoint({
  method: 'POST',
  path: '/blanks',
  summary: 'Take a lot of blanks in, by count or by its first and last serial',
  right: 'cards.blanks',
  purpose: 'none',
  body: Type.Object({
    code: Type.String({ minLength: 1, maxLength: 60 }),
    count: Type.Optional(wholeNumberFrom(1)),
    firstSerial: Type.Optional(Serial),
    lastSerial: Type.Optional(Serial),
  }),
  reply: Type.Object({ lotId: Uuid, size: Count }),
  problems: ['blank-range-malformed', 'blank-lot-size', 'blank-lot-known', 'serial-used'],
})

export const spoilBlanks = endpoint({
  method: 'POST',
  path: '/blanks/spoil',
  summary: 'Blanks of which no card can be made any more: by serial, or so many of a lot that bears none',
  right: 'cards.blanks',
  purpose: 'none',
  body: Type.Object({
    serials: Type.Optional(Type.Array(Serial, { minItems: 1, maxItems: 1000 })),
    lotId: Type.Optional(Uuid),
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 20_000 })),
    reason: Type.String({ minLength: 1, maxLength: 200 }),
  }),
  reply: Type.Object({ spoiled: Count }),
  problems: ['blank-lot-unknown', 'blank-not-in-stock'],
})

export const secondCheckers = endpoint({
  method: 'GET',
  path: '/blanks/second-checkers',
  formerly: ['/blanks/witnesses'],
  summary: 'Officers of one’s unit who can count with one',
  right: 'cards.blanks',
  purpose: 'none',
  reply: Type.Object({ officers: Type.Array(Type.Object({ id: Uuid, name: Type.String() })) }),
})

export const takeStock = endpoint({
  method: 'POST',
  path: '/blanks/stock-takes',
  summary: 'Two officers count the blanks of a lot',
  right: 'cards.blanks',
  purpose: 'none',
  formerFields: { witness: 'secondChecker' },
  body: Type.Object({
    lotId: Uuid,
    counted: Count,
    secondChecker: IdShape<'officer'>(),
    reason: Type.Optional(Type.String({ maxLength: 500 })),
    serials: Type.Optional(Type.Array(Serial, { maxItems: 20_000 })),
  }),
  reply: Type.Object({ expected: Count, difference: Type.Integer() }),
  problems: [
    'blank-lot-unknown',
    'second-checker-needed',
    'second-checker-unknown',
    'stock-take-reason-needed',
    'stock-take-serials-needed',
    'stock-take-too-many',
  ],
})
