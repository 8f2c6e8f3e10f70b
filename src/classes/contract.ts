import { type Static, Type } from 'typebox'
import { needs } from '../campaign/contract.ts'
import { endpoint } from '../platform/endpoint.ts'
import { IdShape, wholeNumberFrom } from '../platform/shapes.ts'
import { pupilOutcomes } from './class.ts'

export { type PupilOutcome, pupilOutcomes } from './class.ts'

/** Classes over the wire: who teaches which, what its pupils lack, and what the teacher says of them. No number. */

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date' })
const Whole = wholeNumberFrom(0)
const SchoolYear = Type.String({ pattern: '^\\d{4}-\\d{4}$' })
const Outcome = Type.Enum([...pupilOutcomes])
const ClassName = Type.String({ minLength: 1, maxLength: 40 })

const SchoolClassShape = Type.Object({
  class: Type.String(),
  pupils: Whole,
  /** Pupils of whom the teacher has said something. */
  said: Whole,
  outcomes: Type.Object({
    'told-parents': Whole,
    'will-come': Whole,
    done: Whole,
    absent: Whole,
    moved: Whole,
    'wrong-phone': Whole,
    other: Whole,
  }),
  homeroom: Type.Optional(Type.Object({ id: Uuid, appointmentId: Uuid, teacher: Type.String(), since: DayText })),
})

export const schoolClasses = endpoint({
  method: 'GET',
  path: '/school-classes',
  summary: 'The classes of one’s school in a school year, who teaches each, and what teachers said',
  right: 'classes.manage',
  purpose: 'none',
  query: Type.Object({ schoolYear: Type.Optional(SchoolYear) }),
  reply: Type.Object({
    schools: Type.Array(
      Type.Object({
        school: Type.Object({ id: IdShape<'school'>(), name: Type.String() }),
        schoolYear: Type.String(),
        classes: Type.Array(SchoolClassShape),
        /** Homeroom teachers who have a post at the school today. */
        teachers: Type.Array(Type.Object({ appointmentId: Uuid, name: Type.String() })),
      }),
    ),
  }),
})

export const nameHomeroom = endpoint({
  method: 'POST',
  path: '/school-classes/homeroom',
  summary: 'Name the homeroom teacher of a class; a former one sees the class no more',
  right: 'classes.manage',
  purpose: 'none',
  body: Type.Object({
    schoolId: IdShape<'school'>(),
    schoolYear: SchoolYear,
    class: ClassName,
    appointmentId: Uuid,
  }),
  reply: Type.Object({ id: Uuid }),
  problems: ['class-school-outside', 'class-unknown', 'class-teacher-unknown'],
})

export const endHomeroom = endpoint({
  method: 'POST',
  path: '/homerooms/:id/end',
  summary: 'A teacher is homeroom teacher of a class no more, and sees it no more',
  right: 'classes.manage',
  purpose: 'none',
  params: Type.Object({ id: Uuid }),
  reply: Type.Object({ id: Uuid }),
  problems: ['homeroom-unknown'],
})

const SheetPupil = Type.Object({
  /** The entry on the roll; no person of the register. */
  row: Uuid,
  name: Type.String(),
  lacking: Type.Array(Type.Enum([...needs])),
  /** What the family or the school has to put right on the roll, and until when. */
  asked: Type.Array(
    Type.Object({ what: Type.Object({ vi: Type.String(), en: Type.String() }), owner: Type.String(), dueOn: DayText }),
  ),
  result: Type.Optional(
    Type.Object({
      outcome: Outcome,
      onDay: DayText,
      willComeOn: Type.Optional(DayText),
      note: Type.Optional(Type.String()),
    }),
  ),
  /** Whether the register has not been found to know the pupil: nothing can be said of card and account. */
  unknown: Type.Boolean(),
})
export type SheetPupil = Static<typeof SheetPupil>

export const classSheets = endpoint({
  method: 'GET',
  path: '/class-sheets',
  summary: 'One’s own class: which pupil still lacks what, when the team comes, and what was said of each',
  right: 'classes.teach',
  purpose: 'campaign',
  reply: Type.Object({
    day: DayText,
    sheets: Type.Array(
      Type.Object({
        id: Uuid,
        school: Type.String(),
        schoolYear: Type.String(),
        class: Type.String(),
        /** The day on which a team comes to the school, where it is known. */
        visitOn: Type.Optional(DayText),
        pupils: Type.Array(SheetPupil),
      }),
    ),
  }),
})

/** Without an outcome, the last one is taken back. */
export const recordPupilResult = endpoint({
  method: 'POST',
  path: '/class-sheets/:id/pupils/:row',
  summary: 'Say what came of a pupil: the family told, will come, done, absent, moved, wrong phone, other',
  right: 'classes.teach',
  purpose: 'campaign',
  params: Type.Object({ id: Uuid, row: Uuid }),
  body: Type.Object({
    outcome: Type.Optional(Outcome),
    willComeOn: Type.Optional(DayText),
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
  }),
  reply: Type.Object({}),
  problems: ['class-pupil-unknown', 'class-note-refused', 'class-note-needed', 'class-day-refused'],
})
