import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { oneOf } from '../contract.ts'
import { rollDefects } from '../roll.ts'
import { followUpDues, followUpEvidences, followUpOwners } from './errand-word.ts'

/** Pre-flight over the wire: follow-ups before the team comes, their owners and their last days. */

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date' })
const BilingualShape = Type.Object({ vi: Type.String(), en: Type.String() })
const IdParams = Type.Object({ id: Uuid })

const FollowUpShape = Type.Object({
  id: Uuid,
  owner: oneOf(followUpOwners),
  defect: oneOf(rollDefects),
  /** The defect in a few words. */
  what: BilingualShape,
  evidence: oneOf(followUpEvidences),
  /** Why this side acts. */
  why: BilingualShape,
  /** What it is asked to do. */
  task: BilingualShape,
  dueOn: DayText,
  due: oneOf(followUpDues),
  school: Type.Object({ id: Uuid, name: Type.String() }),
  schoolYear: Type.String(),
  /** The ward that acts, where one does. */
  ownerUnit: Type.Optional(Type.Object({ id: Uuid, name: Type.String() })),
  rollId: Uuid,
  place: Type.Integer(),
  /** The name on the roll; the register's name for a reader who does not see the school's roll. */
  name: Type.String(),
  class: Type.Optional(Type.String()),
  sheet: Type.Optional(Type.String()),
  row: Type.Optional(Type.Integer()),
  personId: Type.Optional(Uuid),
  /** Both values, as far as the reader may see them: names, days, M and F, numbers, alive and dead. */
  field: Type.Optional(Type.String()),
  rollValue: Type.Optional(Type.String()),
  registerValue: Type.Optional(Type.String()),
  correctionId: Type.Optional(Uuid),
  /** Which papers the school has seen. */
  papers: Type.Optional(Type.String()),
  saidOn: Type.Optional(DayText),
  /** Since when the school says that its next roll is right. */
  correctedOn: Type.Optional(DayText),
  /** Whether papers can settle it, so that the school may answer by papers. */
  papersDecide: Type.Boolean(),
})

const FollowUpFilterQuery = {
  owner: Type.Optional(oneOf(followUpOwners)),
  schoolId: Type.Optional(Uuid),
  rollId: Type.Optional(Uuid),
  class: Type.Optional(Type.String({ maxLength: 40 })),
}

export const listFollowUps = endpoint({
  method: 'GET',
  path: '/rolls/errands',
  summary: 'What has to be put right, the soonest due first: of one’s schools, and of one’s ward at all schools',
  right: 'rolls.read',
  purpose: 'roll',
  query: Type.Object({
    ...FollowUpFilterQuery,
    dueBy: Type.Optional(DayText),
    offset: Type.Optional(Type.Integer({ minimum: 0 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  }),
  reply: Type.Object({ errands: Type.Array(FollowUpShape), total: Type.Integer() }),
})

export const countFollowUps = endpoint({
  method: 'GET',
  path: '/rolls/errands/counts',
  summary: 'How many there are, by who acts and how they stand to their last day',
  right: 'rolls.read',
  purpose: 'none',
  query: Type.Object(FollowUpFilterQuery),
  reply: Type.Object({
    counts: Type.Array(
      Type.Object({
        owner: oneOf(followUpOwners),
        overdue: Type.Integer(),
        today: Type.Integer(),
        later: Type.Integer(),
        /** The soonest last day of those that are open. */
        nextOn: DayText,
      }),
    ),
  }),
})

/** The school has seen the papers: the follow-up goes to the ward, with both values. */
export const confirmByPapers = endpoint({
  method: 'POST',
  path: '/rolls/errands/:id/papers',
  summary: 'The papers show what the roll says',
  right: 'rolls.import',
  purpose: 'roll',
  params: IdParams,
  body: Type.Object({ papers: Type.String({ minLength: 1, maxLength: 2000 }) }),
  reply: Type.Object({}),
  problems: ['errand-unknown', 'errand-settled', 'errand-of-another', 'errand-undisputed', 'errand-papers-needed'],
})

export const announceCorrection = endpoint({
  method: 'POST',
  path: '/rolls/errands/:id/corrected',
  summary: 'The school has corrected its file; the next roll will be right',
  right: 'rolls.import',
  purpose: 'roll',
  params: IdParams,
  reply: Type.Object({}),
  problems: ['errand-unknown', 'errand-settled', 'errand-of-another'],
})

export const confirmRegister = endpoint({
  method: 'POST',
  path: '/rolls/errands/:id/register-stands',
  summary: 'The ward has looked, and the register is right: the school acts',
  right: 'register.decide',
  purpose: 'roll',
  params: IdParams,
  reply: Type.Object({}),
  problems: ['errand-unknown', 'errand-settled', 'errand-of-another', 'errand-has-correction'],
})

const VisitShape = Type.Object({ onDay: Type.Optional(DayText) })

export const showVisit = endpoint({
  method: 'GET',
  path: '/rolls/:id/visit',
  summary: 'When the team comes to the roll’s school',
  right: 'rolls.read',
  purpose: 'none',
  params: IdParams,
  reply: VisitShape,
  problems: ['roll-unknown'],
})

/** Without a day the visit is open again. The last days of the open follow-ups move with it. */
export const changeVisit = endpoint({
  method: 'PUT',
  path: '/rolls/:id/visit',
  summary: 'Say when the team comes to the roll’s school',
  right: 'rolls.review',
  purpose: 'none',
  params: IdParams,
  body: VisitShape,
  reply: VisitShape,
  problems: ['roll-unknown'],
})

/** A page for A4, a class a sheet, to be read out; it needs no script. */
export const printClasses = endpoint({
  method: 'GET',
  path: '/rolls/:id/classes.html',
  summary: 'Which papers the pupils of each class have to bring, in words for the teacher',
  right: 'rolls.read',
  purpose: 'roll',
  params: IdParams,
  query: Type.Object({
    class: Type.Optional(Type.String({ maxLength: 40 })),
    lang: Type.Optional(Type.Union([Type.Literal('vi'), Type.Literal('en')])),
  }),
  problems: ['roll-unknown', 'roll-not-reconciled'],
})
