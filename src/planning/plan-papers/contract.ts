import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { longestInstanceId, PlanDayText, planParams } from '../contract-plan.ts'

/** Papers of a plan: PDF, A4, in Vietnamese. */

export const planOrderPaper = endpoint({
  method: 'GET',
  path: '/plans/:id/order',
  summary: 'The order of an accepted plan with its annexes: sessions, overtime by officer, kits, crossings; PDF',
  right: 'planning.read',
  purpose: 'none',
  params: planParams,
  problems: ['plan-unknown', 'plan-state-refused', 'paper-text-too-long', 'paper-text-unprintable'],
})

export const teamDaySheet = endpoint({
  method: 'GET',
  path: '/plans/:id/day-sheet',
  summary: 'What one team does on one day of a plan: route, addresses, contacts, kits, officers, people expected; PDF',
  right: 'planning.read',
  purpose: 'none',
  params: planParams,
  query: Type.Object({
    team: Type.String({ maxLength: longestInstanceId, description: 'the id of a team of the plan' }),
    day: PlanDayText,
  }),
  problems: [
    'plan-unknown',
    'plan-state-refused',
    'plan-route-unknown',
    'paper-text-too-long',
    'paper-text-unprintable',
  ],
})
