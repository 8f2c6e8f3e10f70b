import { Type } from 'typebox'
import { HeldShape } from '../decisions/contract.ts'
import { endpoint, signedIn } from '../platform/endpoint.ts'
import { oneOf, wholeNumberFrom } from '../platform/shapes.ts'
import { followUpDues, followUpKinds, followUpOwners, keptKinds, stuckOwners } from './follow-up.ts'

/** Follow-ups over the wire: what has to be done, by whom, until when. */

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date' })
const BilingualShape = Type.Object({ vi: Type.String(), en: Type.String() })
const UnitShape = Type.Object({ id: Uuid, name: Type.String() })
const IdParams = Type.Object({ id: Uuid })

const FollowUpShape = Type.Object({
  id: Uuid,
  /** What is sent with an answer as `If-Match`. */
  version: Type.String(),
  kind: oneOf(keptKinds),
  owner: oneOf(followUpOwners),
  /** The unit of the police that acts, where one does. */
  ownerUnit: Type.Optional(UnitShape),
  /** What is wrong, a code of the kind; `what` says it in a few words. */
  reason: Type.String(),
  what: BilingualShape,
  /** What speaks for which side, a code of the kind; `why` says why the owner acts. */
  evidence: Type.String(),
  why: BilingualShape,
  /** What the owner is asked to do. */
  task: BilingualShape,
  dueOn: DayText,
  due: oneOf(followUpDues),
  /** The school or unit that it is of. */
  scope: UnitShape,
  /** The school year for which it holds. */
  period: Type.Optional(Type.String()),
  /** The document in which it was last seen, such as a roll, and the place and the part of it. */
  sourceId: Uuid,
  sourcePlace: Type.Optional(Type.Integer()),
  part: Type.Optional(Type.String()),
  sheet: Type.Optional(Type.String()),
  row: Type.Optional(Type.Integer()),
  /** The name in the source; the register's name for a reader who does not see the source. */
  name: Type.String(),
  personId: Type.Optional(Uuid),
  /** Both values, as far as the reader may see them: names, days, M and F, numbers, alive and dead. */
  field: Type.Optional(Type.String()),
  sourceValue: Type.Optional(Type.String()),
  registerValue: Type.Optional(Type.String()),
  correctionId: Type.Optional(Uuid),
  /** Which papers the school has seen. */
  papers: Type.Optional(Type.String()),
  answeredOn: Type.Optional(DayText),
  /** Since when the owner says that the next document will be right. */
  announcedOn: Type.Optional(DayText),
  /** Whether papers can settle it, so that the owner may answer by papers. */
  papersDecide: Type.Boolean(),
})

const StuckShape = Type.Object({
  /** In which step it is stuck. */
  reason: Type.String(),
  subject: Type.String(),
  owner: oneOf(stuckOwners),
  unit: UnitShape,
  personId: Type.Optional(Uuid),
  /** The person's name, if the reader may see it. */
  name: Type.Optional(Type.String()),
  sinceOn: DayText,
  dueOn: DayText,
  due: oneOf(followUpDues),
  facts: Type.Record(Type.String(), Type.Unknown()),
})

const FollowUpFilterQuery = {
  kind: Type.Optional(oneOf(followUpKinds)),
  owner: Type.Optional(oneOf(followUpOwners)),
  scopeId: Type.Optional(Uuid),
  sourceId: Type.Optional(Uuid),
  part: Type.Optional(Type.String({ maxLength: 40 })),
}

/** Of each kind that the reader may read: what is kept, and beside it what is stuck without a follow-up. */
export const listFollowUps = endpoint({
  method: 'GET',
  path: '/follow-ups',
  summary: 'What has to be done, the soonest due first: of one’s schools, and of one’s unit at all schools',
  right: signedIn,
  purpose: 'none',
  query: Type.Object({
    ...FollowUpFilterQuery,
    dueBy: Type.Optional(DayText),
    offset: Type.Optional(wholeNumberFrom(0)),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  }),
  reply: Type.Object({
    followUps: Type.Array(FollowUpShape),
    total: Type.Integer(),
    stuck: Type.Array(StuckShape),
    stuckTotal: Type.Integer(),
  }),
})

export const countFollowUps = endpoint({
  method: 'GET',
  path: '/follow-ups/counts',
  summary: 'How many there are, by kind and owner, and how they stand to their last day',
  right: signedIn,
  purpose: 'none',
  together: 'quick',
  /** Of `kept`: without what is stuck, which is found anew each time. */
  query: Type.Object({ ...FollowUpFilterQuery, of: Type.Optional(Type.Literal('kept')) }),
  reply: Type.Object({
    counts: Type.Array(
      Type.Object({
        kind: oneOf(followUpKinds),
        /** What waits, in the words of the kind; absent of what is stuck. */
        title: Type.Optional(BilingualShape),
        owner: oneOf([...new Set([...followUpOwners, ...stuckOwners])]),
        overdue: Type.Integer(),
        today: Type.Integer(),
        later: Type.Integer(),
        /** The soonest last day of those that are open. */
        nextOn: DayText,
      }),
    ),
  }),
})

/** `held`: the answer may still be undone, and is not given yet. */
const AnsweredShape = Type.Object({ held: Type.Optional(HeldShape) })

/** The school has seen the papers: the follow-up goes to the ward, with both values. */
export const confirmByPapers = endpoint({
  method: 'POST',
  path: '/follow-ups/:id/papers',
  formerly: ['/rolls/errands/:id/papers'],
  summary: 'The papers show what the roll says',
  right: 'rolls.import',
  purpose: 'roll',
  decides: true,
  params: IdParams,
  body: Type.Object({ papers: Type.String({ minLength: 1, maxLength: 2000 }) }),
  reply: AnsweredShape,
  problems: [
    'changed-meanwhile',
    'follow-up-unknown',
    'follow-up-closed',
    'follow-up-of-another',
    'follow-up-undisputed',
    'follow-up-papers-needed',
    'decision-held',
  ],
})

export const announceCorrection = endpoint({
  method: 'POST',
  path: '/follow-ups/:id/announced',
  formerly: ['/rolls/errands/:id/corrected'],
  summary: 'The school has corrected its file; the next roll will be right',
  right: 'rolls.import',
  purpose: 'roll',
  decides: true,
  params: IdParams,
  reply: AnsweredShape,
  problems: ['changed-meanwhile', 'follow-up-unknown', 'follow-up-closed', 'follow-up-of-another', 'decision-held'],
})

export const confirmRegister = endpoint({
  method: 'POST',
  path: '/follow-ups/:id/register-stands',
  formerly: ['/rolls/errands/:id/register-stands'],
  summary: 'The ward has looked, and the register is right: the school acts',
  right: 'register.decide',
  purpose: 'roll',
  decides: true,
  params: IdParams,
  reply: AnsweredShape,
  problems: [
    'changed-meanwhile',
    'follow-up-unknown',
    'follow-up-closed',
    'follow-up-of-another',
    'follow-up-has-correction',
    'decision-held',
  ],
})
