import * as audit from '../../audit/audit.ts'
import { asId, isId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { ManualChange } from '../plan-changes/plan-changes.ts'
import { planThread } from '../plans/plan-thread.ts'
import { getPlanDocuments, getPlanSummary, holdDraft, type PlanId, type PlanSummary } from '../plans/plans.ts'
import { planningProblem } from '../problems.ts'
import type { ChangeAnswer, ChangeTask, TriedChange } from './changes-thread.ts'
import * as store from './store.ts'

const askChange = planThread<ChangeTask, ChangeAnswer>(new URL('./changes-thread.ts', import.meta.url))

async function triedChange(
  work: Work,
  plan: PlanSummary,
  asked: Pick<ChangeTask, 'change' | 'isKept'>,
): Promise<TriedChange> {
  const tried = await askChange({ documents: await getPlanDocuments(work, plan), ...asked })
  if (tried === 'unknown') throw planningProblem('plan-session-unknown')
  return tried
}

/** Keeps nothing. Throws plan-unknown, plan-state-refused (not found yet), plan-session-unknown, plan-reasons-busy. */
export const trySessionChange = async (work: Work, id: PlanId, change: ManualChange): Promise<TriedChange> =>
  triedChange(work, await getPlanSummary(work, id), { change, isKept: false })

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
  const { changed, ...tried } = await triedChange(work, draft, { change, isKept: true })
  if (tried.faults.length > 0) throw planningProblem('plan-limits-broken', { faults: tried.faults })
  if (change.kind === 'unlock') await refuseToldSession(work, tried)
  if (!changed) throw new Error('a changed plan has no documents')
  await store.setPlanChanged(work, id, changed, tried.after.total)
  await audit.record(work, 'plan.changed', { kind: 'plan', id, unitId: draft.unitId }, { ...change })
  return { ...tried, version: version + 1 }
}

/** A session that families were told of, or that is open, stays whatever a planner unlocks. */
async function refuseToldSession(work: Work, { announced }: TriedChange) {
  const ids = announced.flatMap(id => (isId(id) ? asId<'session'>(id) : []))
  if (await store.isAnySessionTold(work, ids)) throw planningProblem('plan-session-told')
}
