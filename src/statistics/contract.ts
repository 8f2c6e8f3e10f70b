import { type Static, Type } from 'typebox'
import { MetricName } from '../campaign/cohorts/contract-definition.ts'
import { endpoint } from '../platform/endpoint.ts'
import { IdShape } from '../platform/shapes.ts'

export const Uuid = Type.String({ format: 'uuid' })
export const DayText = Type.String({ format: 'date', pattern: '^(19|20|21)' })
/** Numbers as the database counts them. */
export const [mostParts, mostEditions] = [32_767, 2_147_483_647]
export const Whole = Type.Integer()
export const NullOr = <T extends Parameters<typeof Type.Union>[0][number]>(shape: T) => Type.Union([shape, Type.Null()])

/** A year of db/reference/maps.csv, against which a question is held. */
const MapName = Type.String({ pattern: '^\\d{4}$' })
export const UnitRef = Type.Object({
  id: IdShape<'unit'>(),
  code: Type.String(),
  name: Type.String(),
  level: Type.String(),
})

/**
 * done / target: exact as a share (0.16597…), and the whole per cent, floored (16); null without a target. Above 1
 * stays above.
 */
const Rate = Type.Object({ exact: Type.Number(), floorPercent: Whole })

const Forecast = Type.Object({
  low: Whole,
  mid: Whole,
  high: Whole,
  neededPerWorkingDay: NullOr(Whole),
  recentPerWorkingDay: Type.Number(),
  calibration: NullOr(Type.Object({ made: Whole, inside: Whole, meanError: Type.Number() })),
  /** The people who are meant, where the pace alone leads above them: the forecast ends there. */
  cappedAt: Type.Optional(Whole),
})

/** One line of quick statistics: a unit's count of one metric by the end of a day. */
export const QuickRow = Type.Object({
  unit: UnitRef,
  /** Members, as known now; and when the campaign's members were first counted. */
  members: Whole,
  frozen: Whole,
  today: Whole,
  cumulative: Whole,
  target: NullOr(Whole),
  /** Of the target, what is not handed down to the units below; 0 at the lowest. */
  notHandedDown: Whole,
  remaining: NullOr(Whole),
  rate: NullOr(Rate),
  rateOfMembers: NullOr(Rate),
  /** Among its siblings by rate; equal rates share a rank. */
  rank: NullOr(Whole),
  /** What the batches ask for by this day, between their due days in proportion to working days. */
  planned: NullOr(Whole),
  neededPerWorkingDay: NullOr(Whole),
  recentPerWorkingDay: Type.Number(),
  forecast: NullOr(Forecast),
  /** Why it is above 100 %: more people than when targets were set, or people who are not of the target's basis. */
  above: NullOr(Type.Enum(['cohort-grew', 'target-below-cohort', 'opening-above'])),
  /** What of members and cumulative was brought along from the system before, of which there is no list. */
  opening: Type.Optional(Type.Object({ members: Whole, cumulative: Whole })),
  /** Nothing was entered here that day: no deed and no session. */
  silent: Type.Boolean(),
})
export type QuickRow = Static<typeof QuickRow>

export const QuickSheet = Type.Object({
  campaign: Type.Object({
    id: Uuid,
    name: Type.String(),
    title: Type.String(),
    basis: Type.String(),
    startsOn: DayText,
  }),
  metric: MetricName,
  band: NullOr(Type.Object({ band: Whole, name: Type.String() })),
  day: DayText,
  map: MapName,
  /** The state of knowledge that the figures are of, and when it began. */
  edition: Whole,
  knownAt: Type.String({ format: 'date-time' }),
  /** Deeds that are not counted yet; they will be within some seconds. */
  waiting: Whole,
  dueOn: NullOr(DayText),
  workingDaysLeft: NullOr(Whole),
  whole: QuickRow,
  below: Type.Array(QuickRow),
  /** People of the campaign whose place is no unit of the chosen map: counted in the whole, in no unit below. */
  elsewhere: Type.Object({ members: Whole, cumulative: Whole, today: Whole }),
})
export type QuickSheet = Static<typeof QuickSheet>

export const FigureParamsShape = {
  unit: Type.Optional(IdShape<'unit'>()),
  metric: Type.Optional(MetricName),
  day: Type.Optional(DayText),
  band: Type.Optional(Type.Integer({ minimum: 1, maximum: mostParts })),
  map: Type.Optional(MapName),
  /** The first of the days that `today` covers; absent = the day alone. */
  from: Type.Optional(DayText),
  /** An earlier state of knowledge; absent = as known now. */
  edition: Type.Optional(Type.Integer({ minimum: 0, maximum: mostEditions })),
}
export const params = Type.Object({ id: Uuid })

/** What may be wrong with a question after a figure. */
export const figureProblems = [
  'campaign-unknown',
  'figure-day-unknown',
  'figure-part-unknown',
  'figure-unit-outside',
  'figure-unit-gone',
  'unit-unknown',
] as const

export const quickStatistics = endpoint({
  method: 'GET',
  path: '/campaigns/:id/quick',
  summary:
    'Quick statistics of a unit and the units right below it: today, cumulative, target, remaining, rate, rank, ' +
    'pace, forecast',
  right: 'campaign.figures',
  purpose: 'none',
  together: 'quick',
  params,
  query: Type.Object(FigureParamsShape),
  reply: QuickSheet,
  problems: figureProblems,
})

export const quickExport = endpoint({
  method: 'GET',
  path: '/campaigns/:id/quick/export',
  summary: 'The same on A4 (PDF), as a workbook (XLSX), as CSV, or as the evening text to paste',
  right: 'campaign.figures',
  purpose: 'none',
  params,
  query: Type.Object({ ...FigureParamsShape, as: Type.Enum(['pdf', 'xlsx', 'csv', 'text']) }),
  problems: figureProblems,
})

export const FigureCourse = Type.Object({
  metric: MetricName,
  target: NullOr(Whole),
  dueOn: NullOr(DayText),
  days: Type.Array(Type.Object({ day: DayText, total: Whole, members: Whole, isWorkingDay: Type.Boolean() })),
  plan: Type.Array(Type.Object({ day: DayText, total: Whole, batch: Type.String() })),
  forecast: NullOr(Forecast),
})
export type FigureCourse = Static<typeof FigureCourse>

export const figureCourse = endpoint({
  method: 'GET',
  path: '/campaigns/:id/course',
  summary: 'A figure day by day since the campaign began, the plan of its batches, and the forecast',
  right: 'campaign.figures',
  purpose: 'none',
  params,
  query: Type.Object(FigureParamsShape),
  reply: FigureCourse,
  problems: figureProblems,
})

export const FigureFunnel = Type.Object({
  day: DayText,
  members: Whole,
  ways: Type.Array(
    Type.Object({
      way: Type.Enum(['account', 'card']),
      steps: Type.Array(
        Type.Object({
          metric: MetricName,
          total: Whole,
          stopped: Whole,
          /** Of those who stopped, who are in the register here and can be listed; absent = all of them. */
          listed: Type.Optional(Whole),
          rate: NullOr(Rate),
        }),
      ),
    }),
  ),
})
export type FigureFunnel = Static<typeof FigureFunnel>

export const figureFunnel = endpoint({
  method: 'GET',
  path: '/campaigns/:id/funnel',
  summary: 'From "meant" to "done": how many came to each step, and how many stopped before it',
  right: 'campaign.figures',
  purpose: 'none',
  together: 'quick',
  params,
  query: Type.Object(FigureParamsShape),
  reply: FigureFunnel,
  problems: figureProblems,
})

/**
 * The communes of a map, each with its tile and its figure. Classes of coverage are of all communes of the campaign on
 * that day: fifths of their shares, rounded, the same whichever unit is shown.
 */
export const TileMap = Type.Object({
  day: DayText,
  map: MapName,
  metric: MetricName,
  columns: Whole,
  rows: Whole,
  classes: Type.Array(Type.Number(), { description: 'lower bounds of the classes, as shares; at most five' }),
  districts: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
  tiles: Type.Array(
    Type.Object({
      unit: UnitRef,
      district: NullOr(Type.String()),
      col: Whole,
      row: Whole,
      members: Whole,
      cumulative: Whole,
      target: NullOr(Whole),
      rate: NullOr(Rate),
      /** Among the communes shown, the best first; equal rates share a rank. */
      rank: NullOr(Whole),
      coverage: NullOr(Type.Integer({ minimum: 1, maximum: 5 })),
      silent: Type.Boolean(),
    }),
  ),
})
export type TileMap = Static<typeof TileMap>

export const figureMap = endpoint({
  method: 'GET',
  path: '/campaigns/:id/map',
  summary: 'The communes of the province as tiles, with their figures',
  right: 'campaign.figures',
  purpose: 'none',
  params,
  query: Type.Object(FigureParamsShape),
  reply: TileMap,
  problems: ['campaign-unknown', 'figure-day-unknown'],
})
