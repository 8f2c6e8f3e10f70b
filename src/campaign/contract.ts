import { type Static, Type } from 'typebox'
import { endpoint } from '../platform/endpoint.ts'
import { IdShape, LawReferenceShape, oneOf } from '../platform/shapes.ts'
import { listBases, needs } from './need-codes.ts'

export { needs } from './need-codes.ts'

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date' })
export const NeedName = Type.Enum([...needs])
export const BasisName = Type.Enum([...listBases])

/**
 * Which people: by what tie to a place, where, which grades, classes and years of birth; as of which day. Nothing
 * personal.
 */
export const NeedFilter = Type.Object({
  basis: Type.Optional(BasisName),
  unit: Type.Optional(IdShape<'unit'>()),
  schools: Type.Optional(Type.Array(IdShape<'school'>(), { maxItems: 200 })),
  grades: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 12 }), { maxItems: 12 })),
  classes: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 100 })),
  born: Type.Optional(Type.Array(Type.Integer({ minimum: 1900, maximum: 2100 }), { maxItems: 100 })),
  needs: Type.Optional(Type.Array(NeedName, { maxItems: 6 })),
  schoolYear: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{4}$' })),
  day: Type.Optional(DayText),
})

/** By what figures are divided, beside the sum. */
export const figureParts = ['birth-year', 'school', 'class', 'unit'] as const
export type FigurePart = (typeof figureParts)[number]

const NeedCounts = Type.Object(
  Object.fromEntries(needs.map(need => [need, Type.Integer()])) as Record<
    (typeof needs)[number],
    ReturnType<typeof Type.Integer>
  >,
)

const Counted = Type.Object({ people: Type.Integer(), inNeed: Type.Integer(), needs: NeedCounts })

const Basics = Type.Object({
  day: DayText,
  basis: BasisName,
  schoolYear: Type.String(),
  unit: Type.Object({ id: IdShape<'unit'>(), name: Type.String() }),
})

/** A division that was not asked for is empty. */
export const FiguresReply = Type.Object({
  of: Basics,
  all: Counted,
  byBirthYear: Type.Array(Type.Object({ year: Type.Integer(), counted: Counted })),
  bySchool: Type.Array(Type.Object({ id: Uuid, name: Type.String(), counted: Counted })),
  byClass: Type.Array(Type.Object({ school: Uuid, name: Type.String(), counted: Counted })),
  byUnit: Type.Array(Type.Object({ id: Type.Union([Uuid, Type.Null()]), name: Type.String(), counted: Counted })),
})

export const NeedPerson = Type.Object({
  id: IdShape<'person'>(),
  name: Type.String(),
  sortKey: Type.String(),
  number: Type.Union([Type.String(), Type.Null()]),
  born: Type.String({ description: 'YYYY, YYYY-MM or YYYY-MM-DD' }),
  sex: Type.Union([Type.Literal('M'), Type.Literal('F')]),
  school: Type.Union([Type.Object({ id: IdShape<'school'>(), name: Type.String() }), Type.Null()]),
  class: Type.Union([Type.String(), Type.Null()]),
  permanentUnit: Type.String(),
  needs: Type.Array(NeedName),
  cardState: Type.Union([Type.String(), Type.Null()]),
  accountState: Type.Union([Type.String(), Type.Null()]),
  accountLevel: Type.Union([Type.Integer(), Type.Null()]),
  /** From when to when the person is away on the day of the list, as was declared (tạm vắng). */
  away: Type.Union([
    Type.Object({ from: Type.String({ format: 'date' }), until: Type.String({ format: 'date' }) }),
    Type.Null(),
  ]),
})

/** A row of a list on screen: beside what a person lacks, which campaigns mean them, and until when it is in time. */
export const NeedListRow = Type.Interface([NeedPerson], {
  campaigns: Type.Array(Type.String({ description: 'titles of the open campaigns that mean the person' })),
  lastSafeOn: Type.Union([
    Type.Object({ on: DayText, deadline: Type.String(), what: oneOf(['card', 'account']) }),
    Type.Null(),
  ]),
})

/** By what a list is ordered; rows that are equal in it follow by given name. */
export const listOrders = ['name', 'born', 'class', 'school', 'unit'] as const
export type ListOrder = (typeof listOrders)[number]

/** People who are chosen from a list, for one deed. */
export const mostChosen = 2000
export const ChosenPeople = Type.Array(IdShape<'person'>(), { minItems: 1, maxItems: mostChosen })

/** A name stands in the body, never in an address. */
const NeedSearch = {
  name: Type.Optional(Type.String({ maxLength: 80, description: 'part of a name, with or without marks' })),
  order: Type.Optional(oneOf(listOrders)),
  descending: Type.Optional(Type.Boolean()),
}

export const needSearch = endpoint({
  method: 'POST',
  path: '/needs/search',
  onlyReads: true,
  summary: 'Who needs what, as of a day, in an order, by part of a name; a page at a time',
  right: 'campaign.lists',
  purpose: 'campaign',
  body: Type.Interface([NeedFilter], {
    ...NeedSearch,
    after: Type.Optional(Type.String({ format: 'uuid', description: 'the `next` of the page before' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  }),
  reply: Type.Object({ of: Basics, people: Type.Array(NeedListRow), next: Type.Union([Type.String(), Type.Null()]) }),
  problems: ['list-unit-needed', 'list-unit-outside', 'unit-unknown', 'list-page-gone'],
})

export const needChoice = endpoint({
  method: 'POST',
  path: '/needs/choice',
  onlyReads: true,
  summary: 'Everybody of a filtered list, by id, to do something to all of them; refused where they are too many',
  right: 'campaign.lists',
  purpose: 'campaign',
  body: Type.Interface([NeedFilter], { name: NeedSearch.name }),
  reply: Type.Object({ people: Type.Array(IdShape<'person'>()) }),
  problems: ['list-unit-needed', 'list-unit-outside', 'unit-unknown', 'choice-too-large'],
})

export const needExportChosen = endpoint({
  method: 'POST',
  path: '/needs/export-chosen',
  summary: 'Chosen people as a workbook (XLSX), with day and author; in the order of names',
  right: 'campaign.export',
  purpose: 'campaign',
  body: Type.Object({ people: ChosenPeople }),
  problems: ['list-unit-needed', 'person-unknown'],
})

/** A filter that an officer keeps: the parts of an address, by name; no name, number or phone. */
export const SavedFilter = Type.Object({
  id: Uuid,
  list: oneOf(['needs', 'people']),
  name: Type.String({ minLength: 1, maxLength: 60 }),
  filter: Type.Record(Type.String({ pattern: '^[a-z-]{2,12}$' }), Type.String({ maxLength: 300 }), {
    maxProperties: 12,
  }),
})

export const savedFilters = endpoint({
  method: 'GET',
  path: '/saved-filters',
  summary: 'The filters of lists that the officer has saved',
  right: 'campaign.figures',
  purpose: 'none',
  reply: Type.Object({ filters: Type.Array(SavedFilter) }),
})

export const saveFilter = endpoint({
  method: 'POST',
  path: '/saved-filters',
  summary: 'Save a filter of a list by a name; one of the same name is replaced',
  right: 'campaign.figures',
  purpose: 'none',
  body: Type.Omit(SavedFilter, ['id']),
  reply: Type.Object({}),
  problems: ['filter-personal', 'filter-too-many'],
})

export const dropFilter = endpoint({
  method: 'DELETE',
  path: '/saved-filters/:id',
  summary: 'Forget a saved filter',
  right: 'campaign.figures',
  purpose: 'none',
  params: Type.Object({ id: IdShape<'saved-filter'>() }),
  reply: Type.Object({}),
})

export const needFigures = endpoint({
  method: 'GET',
  path: '/needs/figures',
  summary: 'How many people need what, as of a day; every number is the length of the list with the same filter',
  right: 'campaign.figures',
  purpose: 'campaign',
  together: 'quick',
  query: Type.Interface([NeedFilter], {
    by: Type.Optional(
      Type.Array(Type.Enum([...figureParts]), {
        maxItems: 4,
        description: 'how they are divided; in every way without it',
      }),
    ),
  }),
  reply: FiguresReply,
  problems: ['list-unit-needed', 'list-unit-outside', 'unit-unknown'],
})

export const needList = endpoint({
  method: 'GET',
  path: '/needs',
  summary: 'Who needs what, as of a day, by given name; a page at a time',
  right: 'campaign.lists',
  purpose: 'campaign',
  query: Type.Interface([NeedFilter], {
    after: Type.Optional(Type.String({ format: 'uuid', description: 'the `next` of the page before' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  }),
  reply: Type.Object({ of: Basics, people: Type.Array(NeedPerson), next: Type.Union([Type.String(), Type.Null()]) }),
  problems: ['list-unit-needed', 'list-unit-outside', 'unit-unknown', 'list-page-gone'],
})

export const needPrint = endpoint({
  method: 'POST',
  path: '/needs/print',
  summary: 'Write down that the list is printed, with everybody on it',
  right: 'campaign.lists',
  purpose: 'campaign',
  body: NeedFilter,
  reply: Type.Object({ rows: Type.Integer() }),
  problems: ['list-unit-needed', 'list-unit-outside', 'unit-unknown', 'list-too-long'],
})

export const needExport = endpoint({
  method: 'GET',
  path: '/needs/export',
  summary: 'The same list as a workbook (XLSX), with day, basis and author',
  right: 'campaign.export',
  purpose: 'campaign',
  query: NeedFilter,
  problems: ['list-unit-needed', 'list-unit-outside', 'unit-unknown', 'list-too-long'],
})

/** A deadline of a campaign, and the last day on which somebody still asks in time by the law's own limits. */
export const SafeDayOfDeadline = Type.Object({
  campaign: Type.Object({ id: Uuid, title: Type.String() }),
  deadline: Type.String(),
  by: DayText,
  what: oneOf(['card', 'account']),
  lastSafeOn: DayText,
  /** The last day until then on which a counter is open. */
  officeOn: DayText,
  workingDays: Type.Integer(),
  law: LawReferenceShape,
})
export type SafeDayOfDeadline = Static<typeof SafeDayOfDeadline>

export const lastSafeDays = endpoint({
  method: 'GET',
  path: '/last-safe-days',
  summary:
    'Until when one still asks in time for each deadline of the open campaigns: by the time limits of the law, ' +
    'not by how long offices take',
  right: 'campaign.figures',
  purpose: 'none',
  query: Type.Object({
    unit: Type.Optional(IdShape<'unit'>()),
    /** Of a class: its school, whose place decides the limit. */
    school: Type.Optional(IdShape<'school'>()),
    campaign: Type.Optional(IdShape<'campaign'>()),
    day: Type.Optional(DayText),
  }),
  reply: Type.Object({ day: DayText, days: Type.Array(SafeDayOfDeadline) }),
  problems: ['list-unit-needed', 'list-unit-outside', 'unit-unknown', 'campaign-unknown'],
})

export const PersonStanding = Type.Object({
  day: DayText,
  needs: Type.Array(NeedName),
  /** The rules by which they need it, where a rule of law says so. */
  needLaws: Type.Array(Type.Object({ need: NeedName, law: LawReferenceShape })),
  /** Of the campaigns that mean this person, for what they still have to ask for. */
  lastSafeDays: Type.Array(SafeDayOfDeadline),
  /** Empty = without term; absent where the birth date is not whole, or the person is too young. */
  termOfNewCard: Type.Optional(Type.Union([DayText, Type.Literal('')])),
  cards: Type.Array(
    Type.Object({
      id: Uuid,
      serial: Type.Optional(Type.String()),
      state: Type.String(),
      issuedOn: Type.Optional(DayText),
      expiresOn: Type.Optional(DayText),
    }),
  ),
  accounts: Type.Array(
    Type.Object({
      id: Uuid,
      level: Type.Integer(),
      state: Type.String(),
      approvedAt: Type.Optional(Type.String()),
      activatedAt: Type.Optional(Type.String()),
    }),
  ),
})

export const personNeeds = endpoint({
  method: 'GET',
  path: '/persons/:id/needs',
  summary:
    'What one person needs as of the installation’s day, their cards and account, ' +
    'and how long a card made that day would last',
  right: 'campaign.lists',
  purpose: 'campaign',
  params: Type.Object({ id: Uuid }),
  reply: PersonStanding,
  problems: ['person-unknown'],
})
