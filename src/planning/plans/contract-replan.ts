import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, wholeNumberFrom } from '../../platform/shapes.ts'
import { planParams } from '../contract-plan.ts'
import { longestSolving } from '../law.ts'
import { PlanDifferenceShape } from '../optimiser/difference-shape.ts'
import { mostPlanEvents, PlanEventShape } from '../optimiser/plan-event.ts'
import { planSummaryMembers } from './contract.ts'

/** A plan that is made again after an event, and what it has beside the one before. */

export const replanPlan = endpoint({
  method: 'POST',
  path: '/plans/:id/replan',
  summary: 'Make a plan again after an event, or to see what would be: a draft that is based on it',
  right: 'planning.manage',
  purpose: 'none',
  params: planParams,
  body: Type.Object({
    events: Type.Array(PlanEventShape, { minItems: 1, maxItems: mostPlanEvents }),
    seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: longestSolving.seconds })),
    work: Type.Optional(Type.Integer({ minimum: 1, maximum: longestSolving.steps, description: 'steps, instead' })),
    seed: Type.Optional(Type.Integer({ minimum: 0, maximum: longestSolving.steps })),
  }),
  reply: Type.Object(planSummaryMembers),
  problems: [
    'plan-unknown',
    'plan-under-way',
    'plan-state-refused',
    'plan-events-refused',
    'plan-over',
    'needs-not-counted',
  ],
})

export const comparePlan = endpoint({
  method: 'GET',
  path: '/plans/:id/difference',
  summary: 'What a plan has beside the one that it is based on, or beside another plan of the same days',
  right: 'planning.read',
  purpose: 'none',
  params: planParams,
  query: Type.Object({ with: Type.Optional(IdShape<'plan'>()) }),
  reply: Type.Object({
    basedOn: Type.Optional(IdShape<'plan'>()),
    version: wholeNumberFrom(0),
    difference: PlanDifferenceShape,
  }),
  problems: ['plan-unknown', 'plan-state-refused', 'plan-not-comparable', 'plan-reasons-busy'],
})
