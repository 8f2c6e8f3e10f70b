import * as audit from '../../audit/audit.ts'
import { asId, isId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { PlanInstance } from '../optimiser/instance.ts'
import type { Plan } from '../optimiser/plan.ts'
import {
  changeSession,
  findPlannedSession,
  type ManualChange,
  type ManuallyChangedPlan,
} from '../plan-changes/plan-changes.ts'
import { getPlan, holdDraft, type PlanId } from '../plans/plans.ts'
import { planningProblem } from '../problems.ts'
import * as store from './store.ts'

/** What a change of one session comes to. */
export type TriedChange = ManuallyChangedPlan & { readonly before: Plan }

function changedPlan(
  {
    instance,
    plan,
    solving,
  }: { readonly instance: PlanInstance; readonly plan: Plan | null; readonly solving: string },
  change: ManualChange,
): TriedChange {
  if (!plan) throw planningProblem('plan-state-refused', { state: solving })
  const changed = changeSession(instance, plan, change)
  if (!changed) throw planningProblem('plan-session-unknown')
  return { ...changed, before: plan }
}

/** Keeps nothing. Throws plan-unknown, plan-state-refused where it is not found yet, plan-session-unknown. */
export const trySessionChange = async (work: Work, id: PlanId, change: ManualChange): Promise<TriedChange> =>
  changedPlan(await getPlan(work, id), change)

/**
 * Changes a draft. Throws plan-unknown, plan-changed, plan-state-refused, plan-session-unknown; plan-limits-broken with
 * the faults; plan-session-told where a session is unlocked of which families know.
 */
export async function changeSessionOfPlan(
  work: Work,
  id: PlanId,
  { version, change }: { readonly version: number; readonly change: ManualChange },
): Promise<TriedChange & { readonly version: number }> {
  const draft = await holdDraft(work, id, version)
  const tried = changedPlan(draft, change)
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
