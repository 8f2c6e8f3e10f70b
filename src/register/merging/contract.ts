import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, oneOf } from '../../platform/shapes.ts'
import { PersonSummaryShape } from '../contract.ts'
import {
  ActorShape,
  DayText,
  IdParams,
  ReasonShape,
  textUpTo,
  UnitNameShape,
  Uuid,
  WaitingShape,
} from '../contract-parts.ts'
import { mergeStates, sideFields, twinFields } from './merge.ts'

/** Two records that may be one person: who proposes it, what both say, who decides, and what can be undone. */

const MergeShape = Type.Object({
  id: IdShape<'merge'>(),
  personId: IdShape<'person'>(),
  otherId: IdShape<'person'>(),
  /** Absent where the record is none of the reader's, or is no more. */
  personName: Type.Optional(Type.String()),
  state: oneOf(mergeStates),
  reason: Type.String(),
  papers: Type.String(),
  unit: UnitNameShape,
  proposedBy: ActorShape,
  proposedOn: DayText,
  dueOn: DayText,
  late: Type.Boolean(),
  keptNumber: Type.Optional(Type.String()),
  decidedBy: Type.Optional(ActorShape),
  decidedOn: Type.Optional(DayText),
  answer: Type.Optional(Type.String()),
  undoUntil: Type.Optional(DayText),
  undoneBy: Type.Optional(ActorShape),
  undoneOn: Type.Optional(DayText),
  undoneFor: Type.Optional(Type.String()),
})

export const proposeMerge = endpoint({
  method: 'POST',
  path: '/register/merges',
  summary: 'Propose that two records are one person',
  right: 'register.propose',
  purpose: 'correction',
  body: Type.Object({
    personId: IdShape<'person'>(),
    otherId: IdShape<'person'>(),
    reason: textUpTo(1000),
    papers: textUpTo(1000),
  }),
  reply: MergeShape,
  problems: ['merge-one-record', 'reason-needed', 'merge-papers-needed', 'unit-needed', 'person-unknown', 'merge-open'],
})

export const listMerges = endpoint({
  method: 'GET',
  path: '/register/merges',
  summary: 'Proposals to merge two records: those that wait, the soonest due first, or also those decided',
  right: 'register.propose',
  purpose: 'correction',
  query: Type.Object({ state: Type.Optional(oneOf(['open', 'all'] as const)) }),
  reply: Type.Object({ merges: Type.Array(MergeShape) }),
})

export const countMerges = endpoint({
  method: 'GET',
  path: '/register/merges/counts',
  summary: 'How many proposals of other officers wait to be decided, how many are overdue, and the soonest last day',
  right: 'register.decide',
  purpose: 'none',
  together: 'quick',
  reply: WaitingShape,
})

export const showMerge = endpoint({
  method: 'GET',
  path: '/register/merges/:id',
  summary: 'A proposal to merge: both records side by side, with what hangs on each',
  right: 'register.propose',
  purpose: 'correction',
  params: IdParams,
  reply: Type.Object({
    ...MergeShape.properties,
    /** What both records say, where the reader sees both whole. */
    sides: Type.Optional(
      Type.Object({
        fields: Type.Array(
          Type.Object({
            field: oneOf(sideFields),
            left: Type.Optional(Type.String()),
            right: Type.Optional(Type.String()),
          }),
        ),
        /** Rows of each table that are about one of them. */
        hanging: Type.Array(Type.Object({ table: Type.String(), left: Type.Integer(), right: Type.Integer() })),
      }),
    ),
    /** Of an accepted one: the tables in which something was built on it since. */
    builtOn: Type.Array(Type.String()),
  }),
  problems: ['merge-unknown'],
})

const decideProblems = ['merge-unknown', 'merge-closed', 'second-officer-needed', 'merge-person-outside'] as const

export const acceptMerge = endpoint({
  method: 'POST',
  path: '/register/merges/:id/accept',
  summary: 'Find, as a second officer, that they are one person; which record and which number stay',
  right: 'register.decide',
  needsFreshFactor: true,
  purpose: 'correction',
  params: IdParams,
  body: Type.Object({
    survivorId: IdShape<'person'>(),
    number: Type.Optional(textUpTo(20)),
    answer: Type.Optional(Type.String({ maxLength: 1000 })),
  }),
  reply: MergeShape,
  problems: [...decideProblems, 'merge-number-unknown'],
})

export const refuseMerge = endpoint({
  method: 'POST',
  path: '/register/merges/:id/refuse',
  summary: 'Refuse, as a second officer, with a reason',
  right: 'register.decide',
  purpose: 'correction',
  params: IdParams,
  body: ReasonShape,
  reply: MergeShape,
  problems: [...decideProblems, 'reason-needed'],
})

export const withdrawMerge = endpoint({
  method: 'POST',
  path: '/register/merges/:id/withdraw',
  summary: 'Take back what one proposed',
  right: 'register.propose',
  purpose: 'correction',
  params: IdParams,
  reply: MergeShape,
  problems: ['merge-unknown', 'merge-closed', 'not-the-proposer'],
})

export const undoMerge = endpoint({
  method: 'POST',
  path: '/register/merges/:id/undo',
  summary: 'Part two merged records again, while nothing was built on it',
  right: 'register.decide',
  needsFreshFactor: true,
  purpose: 'correction',
  params: IdParams,
  body: ReasonShape,
  reply: MergeShape,
  problems: ['merge-unknown', 'merge-closed', 'merge-undo-over', 'merge-built-on', 'reason-needed'],
})

export const listDuplicates = endpoint({
  method: 'GET',
  path: '/register/units/:id/duplicates',
  summary: 'Records of a commune that may be one person with another record, a step at a time',
  right: 'register.search',
  purpose: 'correction',
  params: IdParams,
  query: Type.Object({ after: Type.Optional(Uuid) }),
  reply: Type.Object({
    pairs: Type.Array(
      Type.Object({
        person: PersonSummaryShape,
        other: Type.Optional(PersonSummaryShape),
        agrees: Type.Array(oneOf(twinFields)),
        differs: Type.Array(oneOf(twinFields)),
      }),
    ),
    next: Type.Optional(Uuid),
  }),
  problems: ['merge-person-outside'],
})
