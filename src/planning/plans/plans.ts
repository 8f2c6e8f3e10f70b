/**
 * Plans of teams. Days and orders for overtime come in. Decided here: what is to be solved (build-instance.ts), when it
 * is sought and stopped, whether it still fits (plan-staleness.ts), and what its acceptance does (accept-plan.ts). What
 * goes out are drafts with objective and bound, and once a commander accepts one, sessions. Deeds: plan.begun, .solved,
 * .failed, .dropped, .accepted; travel.imported, crossings.imported.
 */

import { setTimeout } from 'node:timers/promises'
import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import { newId } from '../../platform/ids.ts'
import { type Job, queueJob } from '../../platform/jobs/jobs.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import type { UnitId } from '../../units/units.ts'
import { longestPlanList } from '../law.ts'
import type { Plan } from '../optimiser/plan.ts'
import { withLocksOf } from '../plan-changes/plan-changes.ts'
import { planningProblem } from '../problems.ts'
import { refuseUnitOutside, unitsBelow } from '../sessions/unit-in-scope.ts'
import { buildInstanceWithNotes, type PlanRequest } from './build-instance.ts'
import { ownSolver, type PlanProgress, replanInThread, solveInThread } from './solving.ts'
import type { KeptPlan, PlanDocuments, PlanId, PlanOrder, PlanSummary } from './store.ts'
import * as store from './store.ts'

export type { KeptPlan, PlanDocuments, PlanId, PlanOrder, PlanSummary } from './store.ts'

export const solveJob = 'solve-plan'

export const planSubject = ({ id, unitId }: Pick<PlanSummary, 'id' | 'unitId'>) => ({ kind: 'plan', id, unitId })

export type NewPlan = Pick<PlanRequest, 'unitId' | 'from' | 'to'> &
  PlanOrder & {
    readonly campaignId: campaign.CampaignId
    /** The draft in whose stead it is sought: what a planner locked there stays locked. */
    readonly locksOf?: PlanId | undefined
  }

/**
 * Builds what is to be solved and queues its solving. Throws plan-under-way while another plan of the unit is sought;
 * input-invalid, unit-outside-scope, needs-not-counted; plan-unknown of the draft whose locks stay.
 */
export async function beginPlan(work: Work, asked: NewPlan): Promise<PlanSummary> {
  const { campaignId, from, to, overtime, seed, seconds, work: steps, locksOf } = asked
  const one = await campaign.getCampaign(work, campaignId)
  const unitId = asked.unitId ?? work.unitId ?? one.unitId
  await refuseUnitOutside(work, unitId)
  await refuseWhileSought(work, unitId)
  const built = await buildInstanceWithNotes(work, { campaign: one, unitId, from, to, overtime })
  const instance = locksOf ? withLocksOf(built.instance, (await getPlan(work, locksOf)).instance) : built.instance
  const id = newId<'plan'>(work.now)
  const request: PlanOrder = { overtime, seed, ...(seconds && { seconds }), ...(steps && { work: steps }) }
  await queuePlan(work, { id, unitId, campaignId, from, to, request, instance, notes: built.notes })
  await audit.record(work, 'plan.begun', planSubject({ id, unitId }), { campaign: campaignId, from, to, overtime })
  return getPlan(work, id)
}

const isSought = ({ state, solving }: PlanSummary) =>
  state === 'draft' && (solving === 'waiting' || solving === 'running')

/** Throws plan-under-way. */
export async function refuseWhileSought(work: Work, unitId: UnitId): Promise<void> {
  const running = (await store.findPlans(work, [unitId], longestPlanList)).find(isSought)
  if (running) throw planningProblem('plan-under-way', { plan: running.id })
}

/** Keeps a draft and queues its solving. */
export async function queuePlan(work: Work, plan: Parameters<typeof store.insertPlan>[1]): Promise<void> {
  await store.insertPlan(work, plan)
  await queueJob(work, solveJob, { plan: plan.id }, { queue: 'plans', key: `${solveJob} ${plan.id}` })
}

/** The last plans of a unit and those below it. */
export const listPlans = async (work: Work, unitId: UnitId): Promise<PlanSummary[]> =>
  store.findPlans(work, await unitsBelow(work, unitId), longestPlanList)

/** Throws plan-unknown. */
export async function getPlan(work: Work, id: PlanId): Promise<KeptPlan> {
  const plan = await store.findPlan(work, id)
  if (!plan) throw planningProblem('plan-unknown')
  return plan
}

/** A plan without its documents. Throws plan-unknown. */
export async function getPlanSummary(work: Work, id: PlanId): Promise<PlanSummary> {
  const plan = await store.findPlanSummary(work, id)
  if (!plan) throw planningProblem('plan-unknown')
  return plan
}

/** For a thread that works on them. Throws plan-state-refused where nothing is found yet. */
export async function getPlanDocuments(work: Work, { id, solving }: PlanSummary): Promise<PlanDocuments> {
  const documents = await store.findPlanDocuments(work, id)
  if (!documents) throw planningProblem('plan-state-refused', { state: solving })
  return documents
}

/** A draft, locked for a change. Throws plan-unknown, plan-changed, plan-state-refused. */
export async function holdDraft(work: Work, id: PlanId, version?: number): Promise<PlanSummary> {
  const plan = await store.holdPlan(work, id)
  if (!plan) throw planningProblem('plan-unknown')
  if (version !== undefined && version !== plan.version)
    throw planningProblem('plan-changed', { version: plan.version })
  if (plan.state !== 'draft') throw planningProblem('plan-state-refused', { state: plan.state })
  return plan
}

/** A plan that is being sought ends with the best so far; one that is not is dropped. */
export async function cancelPlan(work: Work, id: PlanId): Promise<PlanSummary> {
  const plan = await holdDraft(work, id)
  if (plan.solving === 'running') await store.setPlanStopAsked(work, id)
  else {
    await store.setPlanDecided(work, id, 'dropped')
    await audit.record(work, 'plan.dropped', planSubject(plan), {})
  }
  return getPlanSummary(work, id)
}

const solvingScope = asSystem('session')

/** How often a solver's progress is written, and whether somebody asked to stop is read. */
const watchMilliseconds = 1000

/** Solves a plan that waits, until it is found, somebody asks to stop, or the process is to end. */
export async function runPlan(
  openWork: OpenWork,
  id: PlanId,
  { stopping, log }: { readonly stopping?: AbortSignal | undefined; readonly log: Parameters<Job>[1]['log'] },
  solver: URL = ownSolver,
): Promise<void> {
  const waiting = await openWork(solvingScope, async work =>
    (await store.setPlanRunning(work, id))
      ? { kept: await getPlan(work, id), base: await store.findPlanBase(work, id) }
      : undefined,
  )
  if (!waiting) return
  const { kept, base } = waiting
  const [stop, over] = [new AbortController(), new AbortController()]
  let progress: PlanProgress = {}
  const watch = async () => {
    while (!over.signal.aborted) {
      if (await openWork(solvingScope, work => store.setPlanProgress(work, id, progress))) stop.abort()
      await setTimeout(watchMilliseconds, undefined, { signal: over.signal }).catch(() => undefined)
    }
  }
  const watching = watch()
  stopping?.addEventListener('abort', () => stop.abort(), { once: true })
  const { seed, seconds, work: steps } = kept.request
  const onProgress = (told: PlanProgress) => {
    progress = told
  }
  try {
    const limits = { seed, seconds, work: steps, stopped: stop.signal, onProgress }
    const plan = await (base
      ? replanInThread({ ...base, events: kept.events }, limits)
      : solveInThread(kept.instance, limits, solver))
    await openWork(solvingScope, work => keepSolved(work, kept, plan))
  } catch (error) {
    log.error({ err: error, plan: id }, 'a plan could not be solved')
    await openWork(solvingScope, async work => {
      await store.setPlanFailed(work, id)
      await audit.record(work, 'plan.failed', planSubject(kept), {})
    })
  } finally {
    over.abort()
    await watching
  }
}

async function keepSolved(work: Work, kept: KeptPlan, plan: Plan): Promise<void> {
  const { total, latePeople } = plan.objective
  await store.setPlanSolved(work, kept.id, plan)
  await audit.record(work, 'plan.solved', planSubject(kept), {
    objective: total,
    latePeople,
    ...(plan.bound && { bound: plan.bound.total }),
    stopped: plan.made.stopped,
  })
}
