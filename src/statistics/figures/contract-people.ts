import { type Static, Type } from 'typebox'
import { NeedListRow } from '../../campaign/contract.ts'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, oneOf } from '../../platform/shapes.ts'
import {
  DayText,
  FigureParamsShape,
  figureProblems,
  mostEditions,
  NullOr,
  params,
  UnitRef,
  Uuid,
  Whole,
} from '../contract.ts'

/**
 * Groups of people behind a figure: those who have it by the day, who reached it in the days from … to, who lack it,
 * all members; or who stopped before the next step.
 */
export const peopleGroups = ['done', 'new', 'lacking', 'members', 'stopped'] as const

const PeopleListParams = {
  ...FigureParamsShape,
  which: Type.Optional(Type.Enum([...peopleGroups])),
  school: Type.Optional(IdShape<'school'>()),
  class: Type.Optional(Type.String({ maxLength: 40 })),
}

export const PeopleListPerson = Type.Object({
  id: Uuid,
  /** Empty where the person is not to be seen from here; the line stands, so that the list is as long as the figure. */
  name: NullOr(Type.String()),
  number: NullOr(Type.String()),
  born: NullOr(Type.String()),
  sex: NullOr(Type.String()),
  unit: Type.String(),
  school: NullOr(Type.String()),
  class: NullOr(Type.String()),
  band: Type.String(),
  on: NullOr(DayText),
  /** Of those new at level 1: was raised to level 2 instead, and counts less. */
  gone: Type.Boolean(),
})
export type PeopleListPerson = Static<typeof PeopleListPerson>

export const figureList = endpoint({
  method: 'GET',
  path: '/campaigns/:id/list',
  summary: 'The people behind a figure, in the order of names, a page at a time; as many as the figure says',
  right: 'campaign.lists',
  purpose: 'campaign',
  params,
  query: Type.Object({
    ...PeopleListParams,
    after: Type.Optional(Type.String({ format: 'uuid', description: 'the last person of the page before' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  }),
  reply: Type.Object({
    total: Whole,
    day: DayText,
    unit: UnitRef,
    /** How many more the figure has: of the opening balance, for whom there is no list. */
    unlisted: Whole,
    people: Type.Array(PeopleListPerson),
    next: NullOr(Uuid),
  }),
  problems: [...figureProblems, 'figure-without-list', 'list-page-gone'],
})

export const figureListPrint = endpoint({
  method: 'POST',
  path: '/campaigns/:id/list/print',
  summary: 'Write down that the list behind a figure is printed, with everybody on it',
  right: 'campaign.lists',
  purpose: 'campaign',
  params,
  body: Type.Object(PeopleListParams),
  reply: Type.Object({ rows: Whole }),
  problems: [...figureProblems, 'figure-without-list', 'list-too-long'],
})

/** By what a list is ordered; rows that are equal in it follow by given name. `on`: since when. */
export const figureListOrders = ['name', 'born', 'class', 'school', 'unit', 'on'] as const
export type FigureListOrder = (typeof figureListOrders)[number]

/** The parts of a filter that are no figure's: a name stands in the body, never in an address. */
const SearchParams = {
  ...PeopleListParams,
  name: Type.Optional(Type.String({ maxLength: 80, description: 'part of a name, with or without marks' })),
}

/** A row on screen: what the person still lacks, and until when it is asked for in time; empty where not to be seen. */
export const PeopleSearchRow = Type.Interface([PeopleListPerson], {
  needs: NeedListRow.properties.needs,
  campaigns: NeedListRow.properties.campaigns,
  lastSafeOn: NeedListRow.properties.lastSafeOn,
})

export const figureSearch = endpoint({
  method: 'POST',
  path: '/campaigns/:id/list/search',
  onlyReads: true,
  summary: 'The people behind a figure in an order, by part of a name, with what they lack; a page at a time',
  right: 'campaign.lists',
  purpose: 'campaign',
  params,
  body: Type.Object({
    ...SearchParams,
    order: Type.Optional(oneOf(figureListOrders)),
    descending: Type.Optional(Type.Boolean()),
    after: Type.Optional(Type.String({ format: 'uuid', description: 'in the order of names: the last one before' })),
    skip: Type.Optional(Type.Integer({ minimum: 0, maximum: 2_000_000, description: 'in any other order' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  }),
  reply: Type.Object({
    total: Whole,
    day: DayText,
    unit: UnitRef,
    unlisted: Whole,
    people: Type.Array(PeopleSearchRow),
    next: NullOr(Uuid),
  }),
  problems: [...figureProblems, 'figure-without-list', 'list-page-gone'],
})

export const figureChoice = endpoint({
  method: 'POST',
  path: '/campaigns/:id/list/choice',
  onlyReads: true,
  summary: 'Everybody of such a list who is in sight, by id, to do something to all; refused where they are too many',
  right: 'campaign.lists',
  purpose: 'campaign',
  params,
  body: Type.Object(SearchParams),
  reply: Type.Object({ people: Type.Array(IdShape<'person'>()) }),
  problems: [...figureProblems, 'figure-without-list', 'choice-too-large'],
})

/** Every so many people of a long list, the one after whom a page begins: with them one may jump anywhere in it. */
export const figureListMarks = endpoint({
  method: 'GET',
  path: '/campaigns/:id/list/marks',
  summary: 'Where the pages of a long list begin',
  right: 'campaign.lists',
  purpose: 'campaign',
  params,
  query: Type.Object({ ...PeopleListParams, every: Type.Optional(Type.Integer({ minimum: 50, maximum: 1000 })) }),
  reply: Type.Object({ total: Whole, every: Whole, marks: Type.Array(Uuid) }),
  problems: [
    'campaign-unknown',
    'figure-day-unknown',
    'figure-part-unknown',
    'figure-unit-outside',
    'figure-unit-gone',
    'figure-without-list',
    'unit-unknown',
  ],
})

export const figureListExport = endpoint({
  method: 'GET',
  path: '/campaigns/:id/list/export',
  summary: 'The same list as a workbook (XLSX)',
  right: 'campaign.export',
  purpose: 'campaign',
  params,
  query: Type.Object(PeopleListParams),
  problems: [...figureProblems, 'figure-without-list', 'list-too-long'],
})

export const differenceCauses = [
  'deed',
  'late-report',
  'day-corrected',
  'taken-back',
  'moved',
  'duplicate',
  'corrected',
  'died',
  'excused',
  'added',
  'left-roll',
  'joined-roll',
  'card-ended',
  'account-ended',
  'of-age',
] as const
const CauseName = Type.Enum([...differenceCauses])

/** What made a figure of a day another one than it was in an earlier edition: parts that sum to the difference. */
export const FigureDifference = Type.Object({
  before: Whole,
  after: Whole,
  parts: Type.Array(Type.Object({ cause: CauseName, gone: Whole, come: Whole })),
})
export type FigureDifference = Static<typeof FigureDifference>

export const figureWhy = endpoint({
  method: 'GET',
  path: '/campaigns/:id/why',
  summary: 'Why a figure became another: moved, duplicate, corrected …; the parts sum to the difference',
  right: 'campaign.figures',
  purpose: 'none',
  params,
  query: Type.Object({
    ...PeopleListParams,
    since: Type.Integer({ minimum: 0, maximum: mostEditions, description: 'the earlier edition' }),
  }),
  reply: FigureDifference,
  problems: [
    'campaign-unknown',
    'figure-day-unknown',
    'figure-part-unknown',
    'figure-unit-outside',
    'figure-unit-gone',
    'figure-without-list',
    'unit-unknown',
  ],
})

export const figureWhyList = endpoint({
  method: 'GET',
  path: '/campaigns/:id/why/list',
  summary: 'Who made the difference, by name, with the cause',
  right: 'campaign.lists',
  purpose: 'campaign',
  params,
  query: Type.Object({
    ...PeopleListParams,
    since: Type.Integer({ minimum: 0, maximum: mostEditions }),
    cause: Type.Optional(CauseName),
  }),
  reply: Type.Object({
    people: Type.Array(
      Type.Object({ id: Uuid, name: NullOr(Type.String()), cause: CauseName, way: Type.Enum(['gone', 'come']) }),
    ),
  }),
  problems: [
    'campaign-unknown',
    'figure-day-unknown',
    'figure-part-unknown',
    'figure-unit-outside',
    'figure-unit-gone',
    'figure-without-list',
    'unit-unknown',
  ],
})
