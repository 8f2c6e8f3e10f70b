import type { PlanInstance } from '../optimiser/instance.ts'
import type { Plan } from '../optimiser/plan.ts'
import type { PlanDocuments } from './store.ts'

/** In a thread: documents as the house kept them. */
export const readPlanDocuments = ({ instance, plan }: PlanDocuments) => ({
  instance: JSON.parse(instance) as PlanInstance,
  plan: JSON.parse(plan) as Plan,
})
