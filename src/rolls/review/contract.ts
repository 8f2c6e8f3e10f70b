import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, oneOf, wholeNumberFrom } from '../../platform/shapes.ts'
import { CountsShape, DefectName, RollParams, RowShape } from '../contract.ts'
import { reviewDecisions } from '../roll.ts'

const Uuid = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const RowParams = Type.Object({ id: Uuid, place: wholeNumberFrom(1) })
const ReviewSchoolShape = Type.Object({ id: IdShape<'school'>(), name: Type.String() })

const ReasonShape = Type.Object({
  field: Type.String(),
  code: Type.String(),
  /** Bits, above 0 for and below 0 against. */
  weight: Type.Number(),
  vi: Type.String(),
  en: Type.String(),
})

/** How one value of the row stands to the register's. `agrees` for all that is no difference (case, tone placement). */
const valueAgreements = [
  'agrees',
  'marks-differ',
  'differs',
  'swapped',
  'partial',
  'of-another',
  'cancelled',
  'lost-zero',
  'malformed',
  'missing',
  'unknown',
] as const
const reviewFields = ['name', 'birth', 'number', 'sex', 'residence', 'father', 'mother', 'phone'] as const

const SideBySideShape = Type.Object({
  field: oneOf(reviewFields),
  roll: Type.String(),
  register: Type.String(),
  agreement: oneOf(valueAgreements),
  vi: Type.String(),
  en: Type.String(),
  /** Stretches of letters that differ, [from, to) in UTF-16 units of each text. */
  rollMarks: Type.Array(Type.Tuple([Type.Integer(), Type.Integer()])),
  registerMarks: Type.Array(Type.Tuple([Type.Integer(), Type.Integer()])),
})

/** One line in plain words; it may lead to a person, or to another row. */
const LineShape = Type.Object({
  code: Type.String(),
  vi: Type.String(),
  en: Type.String(),
  personId: Type.Optional(IdShape<'person'>()),
  rollId: Type.Optional(IdShape<'roll'>()),
  place: Type.Optional(Type.Integer()),
})

/** Who looks at a row now, and until when nobody else is given it. */
const ClaimHolderShape = Type.Object({ mine: Type.Boolean(), name: Type.String(), since: Instant, until: Instant })

/** Where a referred row lies. `here`: with the reader. */
const ReferralViewShape = Type.Object({
  here: Type.Boolean(),
  mayTakeBack: Type.Boolean(),
  from: Type.String(),
  fromUnit: Type.String(),
  /** The officer who receives it, where one is named. */
  to: Type.Optional(Type.String()),
  toUnit: Type.String(),
  note: Type.String(),
  at: Instant,
})

const ReviewShape = Type.Object({
  roll: Type.Object({ id: Uuid, school: ReviewSchoolShape, schoolYear: Type.String() }),
  row: RowShape,
  /** What is sent with a decision as `If-Match`: the last thing that was done to the row. */
  version: Type.String(),
  /** Where this row stands among those of its roll to look at: 3 of 19; 0 where it is none of them. */
  position: Type.Integer(),
  total: Type.Integer(),
  candidates: Type.Array(
    Type.Object({
      personId: IdShape<'person'>(),
      probability: Type.Number(),
      isHolder: Type.Boolean(),
      /** A child on no roll; the probability is among these children alone. */
      isOnNoRoll: Type.Boolean(),
      fields: Type.Array(SideBySideShape),
      reasons: Type.Array(ReasonShape),
      /** What the school would be asked if this is the person. */
      defects: Type.Array(DefectName),
      /** Kin in the register, and other rows of the same person: this year's, last year's, another school's. */
      context: Type.Array(LineShape),
    }),
  ),
  /** Likely causes in plain words: "Số trường ghi là của …, sinh 2008, em ruột". */
  hints: Type.Array(LineShape),
  /** By how many bits the likeliest is ahead of the next. */
  margin: Type.Optional(Type.Number()),
  /** Why the machine did not decide. */
  why: Type.Array(LineShape),
  /** Classmates of the same parents, phone or home. */
  context: Type.Array(LineShape),
  holding: Type.Optional(ClaimHolderShape),
  lying: Type.Optional(ReferralViewShape),
  /** The answer with which it was last handed back. */
  answered: Type.Optional(Type.Object({ by: Type.String(), unit: Type.String(), note: Type.String(), at: Instant })),
  /** The row itself and those that come after, to keep the rhythm; of the same queue. */
  next: Type.Array(
    Type.Object({
      rollId: IdShape<'roll'>(),
      place: Type.Integer(),
      row: Type.Integer(),
      name: Type.String(),
      class: Type.Optional(Type.String()),
      probability: Type.Number(),
      vi: Type.String(),
      en: Type.String(),
      decision: Type.Optional(oneOf(reviewDecisions)),
      /** Somebody else looks at it now. */
      holding: Type.Optional(ClaimHolderShape),
    }),
  ),
  previous: Type.Optional(Type.Integer()),
})

/**
 * The rows to go through: those that wait here, those that were referred to here, or those that the machine matched,
 * the riskiest first.
 */
const queueNames = ['review', 'referred', 'risk'] as const
const formerQueueNames = { of: { 'handed-on': 'referred' } } as const
const QueueName = Type.Optional(oneOf(queueNames))

/**
 * Only shows: an officer who decides claims the row first (`claimRow`). `all`: the next rows are those of all rolls.
 */
export const reviewRow = endpoint({
  method: 'GET',
  path: '/rolls/:id/rows/:place/review',
  summary: 'One row beside whom it may be',
  right: 'rolls.review',
  purpose: 'roll',
  params: RowParams,
  formerValues: formerQueueNames,
  query: Type.Object({ of: QueueName, all: Type.Optional(Type.Boolean()) }),
  reply: ReviewShape,
  problems: ['roll-unknown', 'roll-row-unknown', 'roll-not-reconciled'],
})

/** Claims the next free row after a place for the actor; postponed rows come last. Empty where none is left. */
export const nextReview = endpoint({
  method: 'POST',
  path: '/rolls/:id/review',
  summary: 'Take the next row that somebody has to look at',
  right: 'rolls.review',
  purpose: 'roll',
  params: RollParams,
  formerValues: formerQueueNames,
  query: Type.Object({ after: Type.Optional(wholeNumberFrom(0)), of: QueueName }),
  reply: Type.Object({ review: Type.Optional(ReviewShape) }),
  problems: ['roll-unknown', 'roll-not-reconciled'],
})

/** The same over all rolls in force of the actor's schools; rows referred to the actor's unit come first. */
export const nextReviewOfUnit = endpoint({
  method: 'POST',
  path: '/review',
  summary: "Take the next row of the unit's queue",
  right: 'rolls.review',
  purpose: 'roll',
  formerValues: formerQueueNames,
  query: Type.Object({
    afterRoll: Type.Optional(IdShape<'roll'>()),
    after: Type.Optional(wholeNumberFrom(0)),
    of: QueueName,
  }),
  reply: Type.Object({ review: Type.Optional(ReviewShape) }),
})

/**
 * For some minutes nobody else is given the row; the page that shows it renews this. Whatever else one held is free
 * again.
 */
export const claimRow = endpoint({
  method: 'PUT',
  path: '/rolls/:id/rows/:place/claim',
  summary: 'Claim a row, or renew the claim',
  right: 'rolls.review',
  purpose: 'none',
  params: RowParams,
  reply: Type.Object({ until: Instant }),
  problems: ['roll-row-unknown', 'row-held'],
})

export const releaseRow = endpoint({
  method: 'DELETE',
  path: '/rolls/:id/rows/:place/claim',
  summary: 'Leave a row that one had claimed',
  right: 'rolls.review',
  purpose: 'none',
  params: RowParams,
  reply: Type.Object({}),
})

const DecidedShape = Type.Object({ row: RowShape, counts: CountsShape })

export const decideRow = endpoint({
  method: 'PUT',
  path: '/rolls/:id/rows/:place/decision',
  summary: 'Say who a row is: this candidate, none of them, or ask the school first',
  right: 'rolls.review',
  purpose: 'roll',
  decides: true,
  params: RowParams,
  body: Type.Union([
    Type.Object({ decision: Type.Literal('same'), personId: IdShape<'person'>() }),
    Type.Object({ decision: Type.Union([Type.Literal('different'), Type.Literal('later')]) }),
  ]),
  reply: DecidedShape,
  problems: [
    'changed-meanwhile',
    'roll-unknown',
    'roll-row-unknown',
    'roll-not-reconciled',
    'candidate-unknown',
    'row-held',
    'row-referred',
  ],
})

export const undoDecision = endpoint({
  method: 'DELETE',
  path: '/rolls/:id/rows/:place/decision',
  summary: 'Take back what was decided on a row',
  right: 'rolls.review',
  purpose: 'roll',
  decides: true,
  params: RowParams,
  reply: DecidedShape,
  problems: ['changed-meanwhile', 'roll-unknown', 'roll-row-unknown', 'decision-none', 'row-held', 'row-referred'],
})

const OwnDeedShape = Type.Object({
  deed: oneOf(['decided', 'referred'] as const),
  decision: Type.Optional(oneOf(reviewDecisions)),
  rollId: IdShape<'roll'>(),
  place: Type.Integer(),
  school: ReviewSchoolShape,
  row: Type.Optional(Type.Integer()),
  class: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  at: Instant,
})

export const ownReviewDeeds = endpoint({
  method: 'GET',
  path: '/review/deeds',
  summary: 'What one decided or referred in this shift and can take back, the latest first',
  right: 'rolls.review',
  purpose: 'roll',
  reply: Type.Object({ deeds: Type.Array(OwnDeedShape) }),
})

/** The possible receivers of a referral. */
export const listReceivers = endpoint({
  method: 'GET',
  path: '/rolls/:id/rows/:place/receivers',
  summary: 'Who could know more of a row: the police where a candidate lives, the unit above, officers of one’s unit',
  right: 'rolls.review',
  purpose: 'roll',
  params: RowParams,
  reply: Type.Object({
    receivers: Type.Array(
      Type.Object({
        kind: oneOf(['residence', 'above', 'colleague'] as const),
        unitId: IdShape<'unit'>(),
        unitName: Type.String(),
        officerId: Type.Optional(IdShape<'officer'>()),
        name: Type.Optional(Type.String()),
        /** The candidates who live there for good. */
        personIds: Type.Array(IdShape<'person'>()),
      }),
    ),
  }),
  problems: ['roll-row-unknown'],
})

export const referRow = endpoint({
  method: 'POST',
  path: '/rolls/:id/rows/:place/refer',
  formerly: ['/rolls/:id/rows/:place/hand-on'],
  summary: 'Refer a doubtful row to somebody who knows more',
  right: 'rolls.review',
  purpose: 'roll',
  decides: true,
  params: RowParams,
  body: Type.Object({
    unitId: IdShape<'unit'>(),
    officerId: Type.Optional(IdShape<'officer'>()),
    note: Type.String({ maxLength: 1000 }),
  }),
  reply: Type.Object({}),
  problems: [
    'changed-meanwhile',
    'roll-unknown',
    'roll-row-unknown',
    'row-held',
    'row-referred',
    'row-not-in-review',
    'receiver-unknown',
  ],
})

export const handReferralBack = endpoint({
  method: 'POST',
  path: '/rolls/:id/rows/:place/return',
  formerly: ['/rolls/:id/rows/:place/hand-back'],
  summary: 'Return a row that was referred to here, or take back one that was referred from here',
  right: 'rolls.review',
  purpose: 'roll',
  decides: true,
  params: RowParams,
  body: Type.Object({ note: Type.Optional(Type.String({ maxLength: 1000 })) }),
  reply: Type.Object({}),
  problems: ['changed-meanwhile', 'roll-unknown', 'roll-row-unknown', 'row-held', 'referral-none'],
})

export const listReferredRows = endpoint({
  method: 'GET',
  path: '/review/referred',
  formerly: ['/review/handed-on'],
  summary: 'Rows that were referred to here, or by oneself, and wait',
  right: 'rolls.review',
  purpose: 'roll',
  query: Type.Object({ which: oneOf(['to-me', 'by-me'] as const) }),
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        rollId: IdShape<'roll'>(),
        place: Type.Integer(),
        row: Type.Integer(),
        class: Type.Optional(Type.String()),
        name: Type.String(),
        school: ReviewSchoolShape,
        lying: ReferralViewShape,
      }),
    ),
  }),
})

/**
 * Which rows a figure counts. The first four together are all that a person has, or had, to look at; `held` are among
 * `left`.
 */
const reviewParts = ['left', 'later', 'referred', 'decided', 'held', 'risk'] as const

const ProgressShape = Type.Object({
  left: Type.Integer(),
  later: Type.Integer(),
  referred: Type.Integer(),
  decided: Type.Integer(),
  held: Type.Integer(),
  /** Matched by the machine, and looked at by nobody. */
  risk: Type.Integer(),
  /** How many of those are expected to be false links: the sum of 1 − probability. */
  expectedFalse: Type.Number(),
  toMe: Type.Integer(),
  perHour: Type.Optional(Type.Integer()),
})

export const reviewProgress = endpoint({
  method: 'GET',
  path: '/rolls/:id/review/progress',
  summary: 'How far the review of a roll is, and what risk is left in what the machine matched',
  right: 'rolls.review',
  purpose: 'none',
  params: RollParams,
  reply: ProgressShape,
  problems: ['roll-unknown'],
})

export const reviewProgressOfUnit = endpoint({
  method: 'GET',
  path: '/review/progress',
  summary: "The same over all rolls in force of one's schools",
  right: 'rolls.review',
  purpose: 'none',
  reply: ProgressShape,
})

export const countWaitingRows = endpoint({
  method: 'GET',
  path: '/review/counts',
  summary: "Rows of all rolls in force of one's schools that wait, that were put off, that were referred to here",
  right: 'rolls.review',
  purpose: 'none',
  together: 'quick',
  reply: Type.Object({ left: Type.Integer(), later: Type.Integer(), toMe: Type.Integer() }),
})

const formerParts = { part: { 'handed-on': 'referred' } } as const
const PartQuery = Type.Object({
  part: oneOf(reviewParts),
  offset: Type.Optional(wholeNumberFrom(0)),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
})

const PartReply = Type.Object({
  rows: Type.Array(
    Type.Object({
      rollId: IdShape<'roll'>(),
      place: Type.Integer(),
      school: ReviewSchoolShape,
      sheet: Type.String(),
      row: Type.Integer(),
      class: Type.Optional(Type.String()),
      name: Type.String(),
      probability: Type.Optional(Type.Number()),
      decision: Type.Optional(oneOf(reviewDecisions)),
      /** Who looks at it now, and until when. */
      heldBy: Type.Optional(Type.String()),
      until: Type.Optional(Instant),
    }),
  ),
  total: Type.Integer(),
})

export const reviewRows = endpoint({
  method: 'GET',
  path: '/rolls/:id/review/rows',
  summary: 'The rows behind a figure of the progress of a roll',
  right: 'rolls.review',
  purpose: 'roll',
  params: RollParams,
  formerValues: formerParts,
  query: PartQuery,
  reply: PartReply,
  problems: ['roll-unknown'],
})

export const reviewRowsOfUnit = endpoint({
  method: 'GET',
  path: '/review/rows',
  summary: "The same over all rolls in force of one's schools",
  right: 'rolls.review',
  purpose: 'roll',
  formerValues: formerParts,
  query: PartQuery,
  reply: PartReply,
})
