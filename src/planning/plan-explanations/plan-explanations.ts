/**
 * Plans explained. A plan that was found comes in, and a session of it. Decided in plan-reasons/, by trying: why the
 * session is there and then, whom the plan leaves late by which limit; and by a job, what would change that. What goes
 * out are numbers of people, minutes and kilometres. Deed: plan.remedies-sought.
 */

import { Worker } from 'node:worker_threads'
import * as audit from '../../audit/audit.ts'
import { type Job, queueJob } from '../../platform/jobs/jobs.ts'
import { ruleOn } from '../../platform/law.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import { overtimeOrders } from '../law.ts'
import type { Plan } from '../optimiser/plan.ts'
import type { LateReasons, Remedies, SessionReasons } from '../plan-reasons/reason.ts'
import { planThread } from '../plans/plan-thread.ts'
import { getPlan, getPlanDocuments, getPlanSummary, type KeptPlan, type PlanId } from '../plans/plans.ts'
import { planningProblem } from '../problems.ts'
import type { PlanNames, ReasonsAnswer, ReasonsTask } from './reasons-thread.ts'
import type { RemediesMessage, RemediesTask } from './remedies-thread.ts'
import { findRemedies, type KeptRemedies, setRemedies } from './store.ts'

export const remediesJob = 'try-remedies'

export type FoundPlan = KeptPlan & { readonly plan: Plan }

/** A plan with what was found. Throws plan-unknown, plan-state-refused. */
export async function getFoundPlan(work: Work, id: PlanId): Promise<FoundPlan> {
  const kept = await getPlan(work, id)
  if (!kept.plan) throw planningProblem('plan-state-refused', { state: kept.solving })
  return { ...kept, plan: kept.plan }
}

const askReasons = planThread<ReasonsTask, ReasonsAnswer>(new URL('./reasons-thread.ts', import.meta.url))

const documentsOf = async (work: Work, id: PlanId) => getPlanDocuments(work, await getPlanSummary(work, id))

/** Throws plan-unknown, plan-state-refused, plan-session-unknown, plan-reasons-busy. */
export async function explainSession(
  work: Work,
  id: PlanId,
  session: string,
): Promise<{ readonly reasons: SessionReasons; readonly names: PlanNames }> {
  const answer = await askReasons({ documents: await documentsOf(work, id), session })
  if (!('reasons' in answer) || answer.reasons === 'unknown') throw planningProblem('plan-session-unknown')
  return { reasons: answer.reasons, names: answer.names }
}

export type LateExplained = {
  readonly late: LateReasons
  readonly remedies: KeptRemedies | undefined
  readonly names: PlanNames
}

/** Throws plan-unknown, plan-state-refused, plan-reasons-busy. */
export async function explainLate(work: Work, id: PlanId): Promise<LateExplained> {
  const answer = await askReasons({ documents: await documentsOf(work, id) })
  if (!('late' in answer)) throw new Error('the thread did not say who is late')
  return { late: answer.late, remedies: await findRemedies(work, id), names: answer.names }
}

/** Queues the trying; where it was done, or is, that stands. Throws plan-unknown, plan-state-refused. */
export async function seekRemedies(work: Work, id: PlanId): Promise<KeptRemedies> {
  const { unitId } = await getFoundPlan(work, id)
  const known = await findRemedies(work, id)
  if (known && known.state !== 'failed') return known
  const waiting: KeptRemedies = { state: 'waiting', share: 0 }
  await setRemedies(work, id, waiting)
  await queueJob(work, remediesJob, { plan: id }, { queue: 'plans', key: `${remediesJob} ${id}` })
  await audit.record(work, 'plan.remedies-sought', { kind: 'plan', id, unitId }, {})
  return waiting
}

const tryingScope = asSystem('session')

/** Between two writings of how far it is, in ms. */
const pause = 1000

/** Tries the remedies of a plan, in a thread of its own. */
export async function runRemedies(
  openWork: OpenWork,
  id: PlanId,
  { stopping, log }: { readonly stopping?: AbortSignal | undefined; readonly log: Parameters<Job>[1]['log'] },
): Promise<void> {
  const task = await openWork(tryingScope, async (work): Promise<RemediesTask> => {
    const { instance, plan, from } = await getFoundPlan(work, id)
    return { instance, plan, orders: ruleOn(overtimeOrders, from, work) }
  })
  const keep = (remedies: KeptRemedies) => openWork(tryingScope, work => setRemedies(work, id, remedies))
  let share = 0
  const writing = setInterval(() => void keep({ state: 'running', share }).catch(() => undefined), pause)
  try {
    const found = await triedInThread(task, { stopping, onProgress: told => (share = told) })
    clearInterval(writing)
    await keep({ state: 'done', share: 1, found })
  } catch (error) {
    clearInterval(writing)
    log.error({ err: error, plan: id }, 'the remedies of a plan could not be tried')
    await keep({ state: 'failed', share })
  }
}

async function triedInThread(
  workerData: RemediesTask,
  { stopping, onProgress }: { stopping: AbortSignal | undefined; onProgress: (share: number) => void },
): Promise<Remedies> {
  const worker = new Worker(new URL('./remedies-thread.ts', import.meta.url), { workerData })
  const tried = Promise.withResolvers<Remedies>()
  worker.on('message', (said: RemediesMessage) => {
    if ('found' in said) tried.resolve(said.found)
    else onProgress(said.share)
  })
  worker.on('error', tried.reject)
  worker.on('exit', code => tried.reject(new Error(`the thread ended with ${code}`)))
  const stop = () => tried.reject(new Error('the process ends'))
  stopping?.addEventListener('abort', stop, { once: true })
  try {
    return await tried.promise
  } finally {
    stopping?.removeEventListener('abort', stop)
    await worker.terminate()
  }
}
