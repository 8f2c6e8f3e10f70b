import { type Static, Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape } from '../../platform/shapes.ts'
import { UnitRef } from '../cohorts/contract.ts'
import { MetricName, mostItems } from '../cohorts/contract-definition.ts'

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date', pattern: '^(19|20|21)' })

/** Why a target, or a row of a file of targets, is not taken. */
export const targetFaults = [
  'negative',
  'above-parent',
  'unit-unknown-that-day',
  'unit-outside',
  'metric-unknown',
  'due-before-assigned',
  'older-than-known',
  'twice',
  'nobody-meant',
] as const

const Batch = Type.Object({
  batch: Type.String(),
  value: Type.Integer(),
  version: Type.Integer(),
  assignedOn: DayText,
  dueOn: DayText,
  issuedBy: Type.String(),
  splitBy: Type.Union([Type.String(), Type.Null()]),
  aboveReason: Type.Union([Type.String(), Type.Null()], { description: 'why it is above the people meant there' }),
})

export const TargetsOfUnit = Type.Object({
  unit: UnitRef,
  value: Type.Union([Type.Integer(), Type.Null()], {
    description: 'sum of its batches in force; null where none was issued',
  }),
  batches: Type.Array(Batch),
  /** Sum over the units right below; what is not handed down yet is the difference. */
  handedDown: Type.Integer(),
  notHandedDown: Type.Integer(),
  population: Type.Integer(),
  /** People meant now and what is done, opening balances included; null where the figure counts no people. */
  people: Type.Union([Type.Integer(), Type.Null()]),
  done: Type.Union([Type.Integer(), Type.Null()]),
  /** By how many the target is above the people. */
  over: Type.Integer(),
})
export type TargetsOfUnit = Static<typeof TargetsOfUnit>

export const targetTree = endpoint({
  method: 'GET',
  path: '/campaigns/:id/targets',
  summary:
    'The targets of a unit and of the units right below it, as in force on a day, and what is not handed down yet',
  right: 'campaign.figures',
  purpose: 'none',
  params: Type.Object({ id: Uuid }),
  query: Type.Object({ unit: Type.Optional(IdShape<'unit'>()), metric: MetricName, day: Type.Optional(DayText) }),
  reply: Type.Object({ day: DayText, metric: MetricName, whole: TargetsOfUnit, below: Type.Array(TargetsOfUnit) }),
  problems: ['campaign-unknown', 'unit-unknown', 'list-unit-outside'],
})

export const splitWays = ['population', 'cohort', 'need'] as const

export const targetSplit = endpoint({
  method: 'POST',
  path: '/campaigns/:id/targets/split',
  onlyReads: true,
  summary:
    'Propose how a unit’s batch is handed down: by population, cohort or remaining need; ' +
    'shares are whole and sum to it. Nothing is issued',
  right: 'campaign.targets',
  purpose: 'none',
  params: Type.Object({ id: Uuid }),
  body: Type.Object({
    unit: IdShape<'unit'>(),
    metric: MetricName,
    batch: Type.String({ minLength: 1, maxLength: 40 }),
    by: Type.Enum([...splitWays]),
  }),
  reply: Type.Object({
    value: Type.Integer(),
    shares: Type.Array(Type.Object({ unit: UnitRef, weight: Type.Integer(), value: Type.Integer() })),
  }),
  problems: ['campaign-unknown', 'unit-unknown', 'target-refused'],
})

export const targetIssue = endpoint({
  method: 'POST',
  path: '/campaigns/:id/targets',
  summary: 'Issue targets of one batch, or revise it: a named commander answers for them, earlier versions stay',
  right: 'campaign.targets',
  purpose: 'none',
  /** The sum of the versions of the targets that are named; 0 of one that is new. */
  decides: true,
  params: Type.Object({ id: Uuid }),
  body: Type.Object({
    metric: MetricName,
    batch: Type.String({ minLength: 1, maxLength: 40 }),
    dueOn: DayText,
    issuedBy: Type.String({ minLength: 1, maxLength: 200 }),
    splitBy: Type.Optional(Type.Enum(['hand', ...splitWays])),
    targets: Type.Array(
      Type.Object({ unit: IdShape<'unit'>(), value: Type.Integer({ minimum: -mostItems, maximum: mostItems }) }),
      {
        minItems: 1,
        maxItems: 2000,
      },
    ),
    /** Why targets are above the people meant; needed where some are. */
    aboveReason: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  }),
  reply: Type.Object({ issued: Type.Integer(), unchanged: Type.Integer() }),
  problems: [
    'changed-meanwhile',
    'campaign-unknown',
    'campaign-closed',
    'target-refused',
    'target-above-people',
    'figure-unit-outside',
    'unit-unknown',
  ],
})
