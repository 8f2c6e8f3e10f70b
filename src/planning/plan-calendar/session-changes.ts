import * as audit from '../../audit/audit.ts'
import { asId, isId } from '../../platform/ids.ts'
import { openWorkerPool, TaskLimitError, type WorkerPool } from '../../platform/jobs/worker-pool.ts'
import type { Work } from '../../platform/work.ts'
import { planReasons } from '../law.ts'
import type { PlanInstance } from '../optimiser/instance.ts'
import type { Plan } from '../optimiser/plan.ts'
import { findPlannedSession, type ManualChange, type ManuallyChangedPlan } from '../plan-changes/plan-changes.ts'
import { getPlan, holdDraft, type PlanId } from '../plans/plans.ts'
import { planningProblem } from '../problems.ts'
import type { ChangeAnswer, ChangeTask } from './changes-thread.ts'
import * as store from './store.ts'

/** What a change of one session comes to. */
export type TriedChange = ManuallyChangedPlan & { readonly before: Plan }

const limit = { milliseconds: planReasons.seconds * 1000, waiting: planReasons.waiting }
let threads: WorkerPool<ChangeTask, ChangeAnswer> | undefined

async function changedPlan(
  {
    instance,
    plan,
    solving,
  }: { readonly instance: PlanInstance; readonly plan: Plan | null; readonly solving: string },
  change: ManualChange,
): Promise<TriedChange> {
  if (!plan) throw planningProblem('plan-state-refused', { state: solving })
  threads ??= openWorkerPool<ChangeTask, ChangeAnswer>(new URL('./changes-thread.ts', import.meta.url), {
    count: 1,
    limit,
  })
  const changed = await threads.ask({ instance, plan, change }).catch((error: unknown) => {
    throw error instanceof TaskLimitError ? planningProblem('plan-reasons-busy') : error
  })
  if (changed === 'unknown') throw planningProblem('plan-session-unknown')
  return { ...changed, before: plan }
}

/** Keeps nothing. Throws plan-unknown, plan-state-refused (not found yet), plan-session-unknown, plan-reasons-busy. */
export const trySessionChange = async (work: Work, id: PlanId, change: ManualChange): Promise<TriedChange> =>
  changedPlan(await getPlan(work, id), change)

/**
 * Changes a draft. Throws plan-unknown, plan-changed, plan-state-refused, plan-session-unknown, plan-reasons-busy;
 * plan-limits-broken with the faults; plan-session-told where a session is unlocked of which families know.
 */
export async function changeSessionOfPlan(
  work: Work,
  id: PlanId,
  { version, change }: { readonly version: number; readonly change: ManualChange },
): Promise<TriedChange & { readonly version: number }> {
  const draft = await holdDraft(work, id, version)
  const tried = await changedPlan(draft, change)
  if (tried.faults.length > 0) throw planningProblem('plan-limits-broken', { faults: tried.faults })
  if (change.kind === 'unlock') await refuseToldSession(work, draft.instance, tried)
  await store.setPlanChanged(work, id, tried)
  await audit.record(work, 'plan.changed', { kind: 'plan', id, unitId: draft.unitId }, { ...change })
  return { ...tried, version: version + 1 }
}

/** A session that families were told of, or that is open, stays whatever a planner unlocks. */
async function refuseToldSession(work: Work, { announced }: PlanInstance, { before, session }: TriedChange) {
  const held = findPlannedSession(before, session)
  const standing = announced.filter(
    one => one.site === held?.session.site && one.day === held.route.day && one.shift === held.session.shift,
  )
  const ids = standing.flatMap(one => (isId(one.id) ? asId<'session'>(one.id) : []))
  if (await store.isAnySessionTold(work, ids)) throw planningProblem('plan-session-told')
}
