import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'

/** Papers of a plan: PDF, A4, in Vietnamese. */

const params = Type.Object({ id: Type.String({ format: 'uuid' }) })

export const planOrderPaper = endpoint({
  method: 'GET',
  path: '/plans/:id/order',
  summary: 'The order of an accepted plan with its annexes: sessions, overtime by officer, kits, crossings; PDF',
  right: 'planning.read',
  purpose: 'none',
  params,
  problems: ['plan-unknown', 'plan-state-refused', 'paper-text-too-long', 'paper-text-unprintable'],
})

export const teamDaySheet = endpoint({
  method: 'GET',
  path: '/plans/:id/day-sheet',
  summary: 'What one team does on one day of a plan: route, addresses, contacts, kits, officers, people expected; PDF',
  right: 'planning.read',
  purpose: 'none',
  params,
  query: Type.Object({
    team: Type.String({ maxLength: 200, description: 'the id of a team of the plan' }),
    day: Type.String({ format: 'date' }),
  }),
  problems: [
    'plan-unknown',
    'plan-state-refused',
    'plan-route-unknown',
    'paper-text-too-long',
    'paper-text-unprintable',
  ],
})
