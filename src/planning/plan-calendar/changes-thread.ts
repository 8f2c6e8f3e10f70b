import { serveTasks } from '../../platform/jobs/worker-pool.ts'
import type { PlanInstance } from '../optimiser/instance.ts'
import type { Plan } from '../optimiser/plan.ts'
import { changeSession, type ManualChange, type ManuallyChangedPlan } from '../plan-changes/plan-changes.ts'

/** A thread that tries changes of plans, so that nobody else waits while somebody drags a session. */

export type ChangeTask = { readonly instance: PlanInstance; readonly plan: Plan; readonly change: ManualChange }

/** 'unknown': the plan has no such session. */
export type ChangeAnswer = ManuallyChangedPlan | 'unknown'

serveTasks<ChangeTask, ChangeAnswer>(({ instance, plan, change }) => changeSession(instance, plan, change) ?? 'unknown')
