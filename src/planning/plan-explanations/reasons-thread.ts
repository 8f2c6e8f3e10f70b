import { serveTasks } from '../../platform/jobs/worker-pool.ts'
import type { PlanInstance } from '../optimiser/instance.ts'
import type { Plan } from '../optimiser/plan.ts'
import { lateReasonsOf, reasonsOf, StandingPlan } from '../plan-reasons/plan-reasons.ts'
import type { LateReasons, SessionReasons } from '../plan-reasons/reason.ts'

/** A thread that explains plans, so that nobody else waits for it. */

export type ReasonsTask = {
  readonly instance: PlanInstance
  readonly plan: Plan
  /** One session; left out: whom the plan leaves late. */
  readonly session?: string | undefined
}

/** 'unknown': the plan has no such session. */
export type ReasonsAnswer = { readonly reasons: SessionReasons | 'unknown' } | { readonly late: LateReasons }

serveTasks<ReasonsTask, ReasonsAnswer>(({ instance, plan, session }) => {
  const standing = new StandingPlan(instance, plan)
  if (session === undefined) return { late: lateReasonsOf(standing) }
  const held = standing.findSession(session)
  return { reasons: held ? reasonsOf(standing, held) : 'unknown' }
})
