import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, wholeNumberFrom } from '../../platform/shapes.ts'
import { WarningName } from '../contract.ts'
import { PlanDayText, planParams } from '../contract-plan.ts'
import { longestSolving } from '../law.ts'
import { PlanEventShape } from '../optimiser/plan-event.ts'
import { planStates, solvingStates } from './plan-states.ts'

/** Plans of teams over the wire. Instance and plan are the documents of docs/interfaces.md, as they were kept. */

const Instant = Type.String({ format: 'date-time' })
const Count = wholeNumberFrom(0)

export const planSummaryMembers = {
  id: IdShape<'plan'>(),
  unitId: IdShape<'unit'>(),
  unitName: Type.String(),
  campaignId: IdShape<'campaign'>(),
  from: PlanDayText,
  to: PlanDayText,
  state: Type.Enum([...planStates]),
  solving: Type.Enum([...solvingStates]),
  progress: Type.Record(Type.String(), Type.Number()),
  objective: Type.Optional(Type.Number({ description: 'officer-minutes' })),
  bound: Type.Optional(Type.Number({ description: 'officer-minutes; no plan costs less' })),
  basedOn: Type.Optional(IdShape<'plan'>()),
  events: Type.Array(PlanEventShape, { description: 'after which it was made again; else none' }),
  madeBy: Type.String({ description: 'the name of the officer' }),
  madeAt: Instant,
  decidedBy: Type.Optional(Type.String()),
  decidedAt: Type.Optional(Instant),
  version: Count,
}

const Document = Type.Record(Type.String(), Type.Unknown())
const PlanDocument = Type.Object({
  ...planSummaryMembers,
  instance: Document,
  notes: Document,
  plan: Type.Optional(Document),
})

export const beginPlan = endpoint({
  method: 'POST',
  path: '/plans',
  summary: 'Begin to seek a plan: which team goes where on which day. It is found by a job; read it until it is',
  right: 'planning.manage',
  purpose: 'none',
  body: Type.Object({
    campaignId: IdShape<'campaign'>(),
    unit: Type.Optional(IdShape<'unit'>()),
    from: PlanDayText,
    to: PlanDayText,
    overtime: Type.Optional(
      Type.Object({
        days: Type.Array(PlanDayText, { maxItems: 100, description: 'days on which overtime is ordered' }),
        evenings: Type.Boolean({ description: 'and the evening of each working day' }),
      }),
    ),
    seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: longestSolving.seconds })),
    work: Type.Optional(Type.Integer({ minimum: 1, maximum: longestSolving.steps, description: 'steps, instead' })),
    seed: Type.Optional(Type.Integer({ minimum: 0, maximum: longestSolving.steps })),
    locksOf: Type.Optional(IdShape<'plan'>()),
  }),
  reply: Type.Object(planSummaryMembers),
  problems: [
    'plan-unknown',
    'plan-under-way',
    'campaign-unknown',
    'needs-not-counted',
    'unit-unknown',
    'unit-outside-scope',
  ],
})

export const listPlans = endpoint({
  method: 'GET',
  path: '/plans',
  summary: 'The last plans of a unit and those below, the newest first',
  right: 'planning.read',
  purpose: 'none',
  query: Type.Object({ unit: Type.Optional(IdShape<'unit'>()) }),
  reply: Type.Object({ plans: Type.Array(Type.Object(planSummaryMembers)) }),
})

export const showPlan = endpoint({
  method: 'GET',
  path: '/plans/:id',
  summary: 'One plan: how far it is, what was to be solved, and what was found',
  right: 'planning.read',
  purpose: 'none',
  params: planParams,
  reply: PlanDocument,
  problems: ['plan-unknown'],
})

export const cancelPlan = endpoint({
  method: 'POST',
  path: '/plans/:id/cancel',
  summary: 'Stop seeking, and keep the best so far; or drop a draft that is not sought any more',
  right: 'planning.manage',
  purpose: 'none',
  params: planParams,
  reply: Type.Object(planSummaryMembers),
  problems: ['plan-unknown', 'plan-state-refused'],
})

export const acceptPlan = endpoint({
  method: 'POST',
  path: '/plans/:id/accept',
  summary: 'A commander accepts a plan: its sessions are planned, and what lies beyond ordinary hours is ordered',
  right: 'planning.order',
  needsFreshFactor: true,
  purpose: 'none',
  params: planParams,
  body: Type.Object({
    version: Count,
    confirm: Type.Optional(Type.Array(WarningName, { maxItems: 20, description: 'warnings that are gone over' })),
  }),
  reply: Type.Object({ ...planSummaryMembers, created: Count, kept: Count, moved: Count, cancelled: Count }),
  problems: [
    'plan-unknown',
    'plan-changed',
    'plan-state-refused',
    'plan-stale',
    'plan-needs-confirmation',
    'needs-not-counted',
  ],
})
