import { Type } from 'typebox'
import { endpoint } from '../platform/endpoint.ts'
import { IdShape, wholeNumberFrom } from '../platform/shapes.ts'
import { ageGroups, pupilStatuses, stages } from '../rolls/contract.ts'
import { homeComparisons, homeKinds, moveKinds, outOfSchoolCases } from './cases.ts'

export { type AgeGroup, ageGroups } from '../rolls/contract.ts'
export {
  type HomeComparison,
  type HomeKind,
  homeComparisons,
  homeKinds,
  type MoveKind,
  moveKinds,
  type OutOfSchoolCase,
  outOfSchoolCases,
  pupilCases,
  residentChildCases,
} from './cases.ts'

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date' })
const Sex = Type.Enum(['M', 'F'])
const Case = Type.Enum([...outOfSchoolCases])
const Home = Type.Enum([...homeKinds])
const Stage = Type.Enum([...stages])
const Year = Type.Integer({ minimum: 1900, maximum: 2200 })

/**
 * Whose children, by which residence, in which school year, as of which day; and to which of them the answer is
 * narrowed. Nothing personal.
 */
const OutOfSchoolFilterQuery = Type.Object({
  unit: Type.Optional(IdShape<'unit'>()),
  schoolYear: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{4}$' })),
  day: Type.Optional(DayText),
  home: Type.Optional(Home),
  cases: Type.Optional(Type.Array(Case, { maxItems: 9 })),
  /** A commune of the unit. */
  commune: Type.Optional(Uuid),
  group: Type.Optional(Type.Enum([...ageGroups])),
  born: Type.Optional(Type.Array(Year, { maxItems: 100 })),
  sex: Type.Optional(Sex),
  said: Type.Optional(Type.Enum([...homeComparisons])),
  moved: Type.Optional(Type.Enum([...moveKinds])),
  /** Absent children where a school that may teach them has sent no roll (true), or where all have (false). */
  unreported: Type.Optional(Type.Boolean()),
})

const countsShape = <const Words extends readonly string[]>(words: Words) =>
  Type.Object(
    Object.fromEntries(words.map(word => [word, Type.Integer()])) as Record<
      Words[number],
      ReturnType<typeof Type.Integer>
    >,
  )

const Counted = Type.Object({
  /** Living children of school age who live here: the four cases of them. */
  children: Type.Integer(),
  cases: countsShape(outOfSchoolCases),
  /** Of the absent: where a school that may teach them has sent no roll. */
  unreported: Type.Integer(),
})

const UnitShape = Type.Object({ id: IdShape<'unit'>(), name: Type.String() })

const Basics = Type.Object({
  day: DayText,
  schoolYear: Type.String(),
  home: Home,
  unit: UnitShape,
  born: Type.Object({ from: Type.Integer(), to: Type.Integer() }),
})

const Reported = Type.Object({
  stage: Stage,
  born: Type.Object({ from: Type.Integer(), to: Type.Integer() }),
  /** Schools that stand here and may teach this stage. */
  schools: Type.Integer(),
  reported: Type.Integer(),
  /**
   * Whether a school that may teach this stage, here or in the district around, has sent no roll, or none is known:
   * absent children may be there.
   */
  partial: Type.Boolean(),
})

const FiguresReply = Type.Object({
  of: Basics,
  all: Counted,
  said: countsShape(homeComparisons),
  moved: countsShape(moveKinds),
  byBirthYear: Type.Array(
    Type.Object({
      year: Type.Union([Type.Integer(), Type.Null()]),
      group: Type.Enum([...ageGroups]),
      partial: Type.Boolean(),
      counted: Counted,
    }),
  ),
  bySex: Type.Array(Type.Object({ sex: Type.Union([Sex, Type.Null()]), counted: Counted })),
  byUnit: Type.Array(Type.Object({ id: Uuid, name: Type.String(), counted: Counted })),
  coverage: Type.Object({
    stages: Type.Array(Reported),
    partial: Type.Boolean(),
    schools: Type.Integer(),
    reported: Type.Integer(),
    /** Schools here whose roll of the year has not come; at most 300. */
    missing: Type.Array(
      Type.Object({
        id: Uuid,
        code: Type.String(),
        name: Type.String(),
        unit: Type.String(),
        stages: Type.Array(Stage),
      }),
    ),
  }),
  /** Lived here and are registered nowhere any more: emigrated, or struck off. Nobody may list them. */
  departed: Type.Integer(),
})

export const FoundChild = Type.Object({
  /** The person's; of a row that is nobody's, the row's. */
  id: Uuid,
  isPerson: Type.Boolean(),
  name: Type.String(),
  sortKey: Type.String(),
  number: Type.Union([Type.String(), Type.Null()]),
  born: Type.String({ description: 'YYYY, YYYY-MM or YYYY-MM-DD; empty where a row tells none' }),
  sex: Type.Union([Sex, Type.Null()]),
  case: Case,
  group: Type.Enum([...ageGroups]),
  unreported: Type.Boolean(),
  /** Schools of one's own scope whose roll has the child, or a row that may be the child. */
  schools: Type.Array(
    Type.Object({
      id: Uuid,
      code: Type.String(),
      name: Type.String(),
      class: Type.String(),
      rollId: IdShape<'roll'>(),
      place: Type.Integer(),
    }),
  ),
  /** Whether a roll has the child, or may, that one may not see. */
  elsewhere: Type.Boolean(),
  permanent: Type.String(),
  address: Type.String(),
  /** Communes of temporary or current residence. */
  besides: Type.Array(Type.String()),
  /** The commune that the roll tells. */
  saidCommune: Type.String(),
  said: Type.Union([Type.Enum([...homeComparisons]), Type.Null()]),
  moved: Type.Union([Type.Enum([...moveKinds]), Type.Null()]),
  /** Of an absent child: which schools' rolls say that the child left. A school beyond one's own scope has no name. */
  left: Type.Array(
    Type.Object({
      school: Type.Optional(Type.String()),
      class: Type.Optional(Type.String()),
      status: Type.Enum([...pupilStatuses]),
      on: Type.Optional(Type.String({ description: 'YYYY, YYYY-MM or YYYY-MM-DD' })),
      said: Type.String(),
    }),
  ),
})

const refusals = ['out-of-school-unit-needed', 'out-of-school-unit-outside', 'unit-unknown', 'school-year-malformed']

export const outOfSchoolFigures = endpoint({
  method: 'GET',
  path: '/out-of-school/figures',
  formerly: ['/attendance/figures'],
  summary:
    'Children of school age and whose roll they are on; every number is the length of the list with the same filter',
  right: 'rolls.attendance-figures',
  purpose: 'attendance',
  query: OutOfSchoolFilterQuery,
  reply: FiguresReply,
  problems: refusals,
})

export const outOfSchoolList = endpoint({
  method: 'GET',
  path: '/out-of-school',
  formerly: ['/attendance'],
  summary: 'Children of school age and whose roll they are on, by given name; a page at a time',
  right: 'rolls.attendance',
  purpose: 'attendance',
  query: Type.Interface([OutOfSchoolFilterQuery], {
    offset: Type.Optional(wholeNumberFrom(0)),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  }),
  reply: Type.Object({ of: Basics, people: Type.Array(FoundChild), next: Type.Union([Type.Integer(), Type.Null()]) }),
  problems: refusals,
})

export const outOfSchoolPrint = endpoint({
  method: 'POST',
  path: '/out-of-school/print',
  summary: 'Write down that the list is printed, with everybody on it',
  right: 'rolls.attendance',
  purpose: 'attendance',
  body: OutOfSchoolFilterQuery,
  reply: Type.Object({ rows: Type.Integer() }),
  problems: [...refusals, 'out-of-school-too-long'],
})

export const outOfSchoolExport = endpoint({
  method: 'GET',
  path: '/out-of-school/export',
  formerly: ['/attendance/export'],
  summary: 'The same list as a workbook (XLSX), with day, residence, coverage and author',
  right: 'rolls.attendance',
  needsFreshFactor: true,
  purpose: 'attendance',
  query: OutOfSchoolFilterQuery,
  problems: [...refusals, 'out-of-school-too-long'],
})
