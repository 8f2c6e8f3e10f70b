import { type Static, Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, wholeNumberFrom } from '../../platform/shapes.ts'
import { surveyLimits } from '../law.ts'
import { literacyLevels, pursuitOutcomes, universalCases, universalLists } from './child.ts'

export {
  type PursuitOutcome,
  pursuitOutcomes,
  type UniversalCase,
  type UniversalList,
  universalCases,
  universalLists,
} from './child.ts'

/** Universal education over the wire: few fields of a child, no number of any kind; adults as counts alone. */

const DayText = Type.String({ format: 'date' })
const Whole = wholeNumberFrom(0)
const List = Type.Enum([...universalLists])
const Case = Type.Enum([...universalCases])
const Outcome = Type.Enum([...pursuitOutcomes])
const SchoolYear = Type.String({ pattern: '^\\d{4}-\\d{4}$' })

const CaseCounts = Type.Object({
  children: Whole,
  'at-school': Whole,
  undecided: Whole,
  'out-of-school': Whole,
  'no-preschool-rolls': Whole,
  girls: Whole,
  minority: Whole,
})
export type CaseCounts = Static<typeof CaseCounts>

const Basics = Type.Object({
  day: DayText,
  schoolYear: Type.String(),
  unit: Type.Object({ id: IdShape<'unit'>(), name: Type.String() }),
  /** Schools below the unit, and how many of them have sent the year's roll. */
  schools: Whole,
  reported: Whole,
})

const LiteracyBand = Type.Object({
  from: Type.Integer(),
  to: Type.Integer(),
  /** By permanent residence. */
  people: Whole,
  surveyed: Whole,
  illiterate: Whole,
  'level-1': Whole,
  'level-2': Whole,
})

export const universalFigures = endpoint({
  method: 'GET',
  path: '/universal-education/figures',
  summary: 'Children of each list by age and where they are, and adults who can read; every number is of the list',
  right: 'education.lists',
  purpose: 'attendance',
  together: 'slow',
  query: Type.Object({ unit: Type.Optional(IdShape<'unit'>()), schoolYear: Type.Optional(SchoolYear) }),
  reply: Type.Object({
    of: Basics,
    lists: Type.Array(
      Type.Object({
        list: List,
        ages: Type.Array(Type.Object({ age: Type.Integer(), born: Type.Integer(), counted: CaseCounts })),
        all: CaseCounts,
      }),
    ),
    literacy: Type.Object({
      /** Of which year the last survey is; absent where no commune has sent one. */
      surveyYear: Type.Optional(Type.Integer()),
      communesSurveyed: Whole,
      bands: Type.Array(LiteracyBand),
    }),
  }),
  problems: ['universal-unit-outside', 'school-year-malformed', 'unit-unknown'],
})

const Pursuit = Type.Object({
  assignedTo: Type.String(),
  dueOn: DayText,
  overdue: Type.Boolean(),
  outcome: Type.Optional(Outcome),
  outcomeOn: Type.Optional(DayText),
  note: Type.Optional(Type.String()),
})

const Child = Type.Object({
  id: IdShape<'person'>(),
  name: Type.String(),
  born: Type.String({ description: 'YYYY, YYYY-MM or YYYY-MM-DD' }),
  age: Type.Integer(),
  sex: Type.Enum(['M', 'F']),
  ethnicity: Type.String(),
  commune: Type.String(),
  address: Type.String(),
  /** By which residence the child lives there. */
  home: Type.String(),
  case: Case,
  /** Of one's own schools: whose roll has the child. */
  school: Type.Optional(Type.String()),
  class: Type.Optional(Type.String()),
  /** A roll has the child that one may not see. */
  elsewhere: Type.Boolean(),
  pursuit: Type.Optional(Pursuit),
})
export type UniversalChild = Static<typeof Child>

const ListFilter = {
  unit: Type.Optional(IdShape<'unit'>()),
  schoolYear: Type.Optional(SchoolYear),
  case: Type.Optional(Case),
  age: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
}

export const universalChildren = endpoint({
  method: 'GET',
  path: '/universal-education/:list',
  summary: 'The children of a list: where they live by residence data, whose roll they are on, who goes after them',
  right: 'education.lists',
  purpose: 'attendance',
  params: Type.Object({ list: List }),
  query: Type.Object({
    ...ListFilter,
    offset: Type.Optional(Whole),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  }),
  reply: Type.Object({ of: Basics, total: Whole, children: Type.Array(Child), next: Type.Optional(Whole) }),
  problems: ['universal-unit-outside', 'school-year-malformed', 'unit-unknown'],
})

export const universalExport = endpoint({
  method: 'GET',
  path: '/universal-education/:list/export',
  summary: 'The form’s figures and the list behind them as a workbook (XLSX)',
  right: 'education.lists',
  needsFreshFactor: true,
  purpose: 'attendance',
  params: Type.Object({ list: List }),
  query: Type.Object(ListFilter),
  problems: ['universal-unit-outside', 'school-year-malformed', 'unit-unknown', 'out-of-school-too-long'],
})

export const assignPursuit = endpoint({
  method: 'POST',
  path: '/universal-education/children/:id/assign',
  summary: 'Say who goes after a child on no roll, and until when',
  right: 'education.follow',
  purpose: 'attendance',
  params: Type.Object({ id: IdShape<'person'>() }),
  body: Type.Object({
    schoolYear: Type.Optional(SchoolYear),
    assignedTo: Type.String({ minLength: 2, maxLength: 200 }),
    dueOn: Type.Optional(DayText),
  }),
  reply: Type.Object({}),
  problems: ['universal-child-unknown', 'pursuit-day-refused', 'pursuit-number-refused'],
})

export const concludePursuit = endpoint({
  method: 'POST',
  path: '/universal-education/children/:id/outcome',
  summary: 'Say what came of a child; without an outcome the pursuit is open again',
  right: 'education.follow',
  purpose: 'attendance',
  params: Type.Object({ id: IdShape<'person'>() }),
  body: Type.Object({
    schoolYear: Type.Optional(SchoolYear),
    outcome: Type.Optional(Outcome),
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
  }),
  reply: Type.Object({}),
  problems: ['universal-child-unknown', 'pursuit-unknown', 'pursuit-number-refused'],
})

const LineRefused = Type.Object({ line: Type.Integer(), why: Type.Enum(['name', 'born', 'level']) })

/** Columns: ho_ten, nam_sinh (or ngay_sinh), gioi_tinh, dan_toc, muc_do; muc_do is 0, 1 or 2. */
export const sendLiteracySurvey = endpoint({
  method: 'POST',
  path: '/universal-education/literacy-surveys',
  summary: 'Take in a commune’s survey of literacy (.xlsx or .csv); one sent again for the year replaces the former',
  right: 'education.import',
  purpose: 'attendance',
  body: Type.Object({ unit: IdShape<'unit'>(), year: Type.String({ maxLength: 4 }) }),
  upload: { maxBytes: surveyLimits.bytes },
  reply: Type.Object({
    lines: Whole,
    kept: Whole,
    /** Lines of which one person of the commune was found. */
    matched: Whole,
    levels: Type.Object(
      Object.fromEntries(literacyLevels.map(level => [level, Whole])) as Record<
        (typeof literacyLevels)[number],
        typeof Whole
      >,
    ),
    refused: Type.Array(LineRefused),
  }),
  problems: [
    'universal-unit-outside',
    'unit-unknown',
    'survey-not-of-commune',
    'survey-year-refused',
    'survey-too-long',
  ],
})
