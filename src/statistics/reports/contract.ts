import { type Static, Type } from 'typebox'
import { MetricName } from '../../campaign/cohorts/contract-definition.ts'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape } from '../../platform/shapes.ts'
import { DayText, FigureParamsShape, NullOr, params, QuickSheet, UnitRef, Uuid, Whole } from '../contract.ts'
import { FigureDifference } from '../figures/contract-people.ts'

const ReportHead = Type.Object({
  id: Uuid,
  code: Type.String(),
  campaign: Type.Object({ id: Uuid, title: Type.String() }),
  unit: UnitRef,
  metric: MetricName,
  day: DayText,
  issue: Whole,
  edition: Whole,
  cumulative: Whole,
  target: NullOr(Whole),
  publishedAt: Type.String({ format: 'date-time' }),
  publishedBy: Type.String(),
})
export type ReportHead = Static<typeof ReportHead>

export const reportPublish = endpoint({
  method: 'POST',
  path: '/campaigns/:id/reports',
  summary: 'Publish the quick statistics of a unit and day: signed, numbered and kept as they are',
  right: 'figures.publish',
  purpose: 'none',
  params,
  body: Type.Object({
    unit: Type.Optional(IdShape<'unit'>()),
    metric: Type.Optional(MetricName),
    day: Type.Optional(DayText),
  }),
  reply: ReportHead,
  problems: [
    'campaign-unknown',
    'figure-day-unknown',
    'figure-part-unknown',
    'figure-unit-outside',
    'figure-unit-gone',
    'report-unchanged',
    'unit-unknown',
  ],
})

export const reportList = endpoint({
  method: 'GET',
  path: '/reports',
  summary: 'Published reports of one’s unit and the units below, the latest first',
  right: 'campaign.figures',
  purpose: 'none',
  query: Type.Object({ campaign: Type.Optional(IdShape<'campaign'>()), day: Type.Optional(DayText) }),
  reply: Type.Object({ reports: Type.Array(ReportHead) }),
})

export const reportOne = endpoint({
  method: 'GET',
  path: '/reports/:id',
  summary: 'A published report as it was, whether its signature holds, and the same day as known now',
  right: 'campaign.figures',
  purpose: 'none',
  params,
  reply: Type.Object({
    head: ReportHead,
    sha256: Type.String(),
    isGenuine: Type.Boolean(),
    published: QuickSheet,
    now: QuickSheet,
    differences: Type.Array(Type.Object({ unit: UnitRef, difference: FigureDifference })),
  }),
  problems: ['report-unknown'],
})

export const reportPaper = endpoint({
  method: 'GET',
  path: '/reports/:id/paper',
  summary: 'A published report on A4 (PDF), as it was',
  right: 'campaign.figures',
  purpose: 'none',
  params,
  problems: ['report-unknown'],
})

export const outsideFigures = endpoint({
  method: 'GET',
  path: '/campaigns/:id/outside',
  summary: 'Figures reported from above or by other systems, beside ours of the same day',
  right: 'campaign.figures',
  purpose: 'none',
  params,
  query: Type.Object(FigureParamsShape),
  reply: Type.Object({
    figures: Type.Array(
      Type.Object({
        unit: UnitRef,
        day: DayText,
        metric: MetricName,
        source: Type.String(),
        value: Whole,
        /** Ours of the figure's own day; null before the campaign began. */
        ours: NullOr(Whole),
        difference: NullOr(Whole),
        note: NullOr(Type.String()),
      }),
    ),
  }),
  problems: ['campaign-unknown', 'figure-unit-outside', 'unit-unknown'],
})
