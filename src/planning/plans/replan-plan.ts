import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import { asDay, type Day } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { PlanDifference } from '../optimiser/difference-shape.ts'
import type { PlanEvent } from '../optimiser/plan-event.ts'
import { beginReplanning } from '../optimiser/replanning/apply-events.ts'
import { changeInstance } from '../optimiser/replanning/change-instance.ts'
import { withoutFaults } from '../optimiser/replanning/event-faults.ts'
import { usualReplanSeconds } from '../optimiser/replanning/replan.ts'
import { standingPlan } from '../optimiser/replanning/standing-plan.ts'
import { planningProblem } from '../problems.ts'
import { getWorkingHours } from '../sessions/unit-hours.ts'
import { refuseUnitOutside } from '../sessions/unit-in-scope.ts'
import { buildInstanceWithNotes, type InstanceNotes } from './build-instance.ts'
import type { DifferenceTask } from './difference-thread.ts'
import { planDays } from './plan-days.ts'
import { planThread } from './plan-thread.ts'
import { getPlan, getPlanDocuments, getPlanSummary, planSubject, queuePlan, refuseWhileSought } from './plans.ts'
import {
  findBaseDocuments,
  findPlanInForce,
  type KeptPlan,
  type PlanBase,
  type PlanId,
  type PlanOrder,
  type PlanSummary,
} from './store.ts'

/**
 * A plan is made again after an event, or to see what would be. What stands and what happened come in; a draft that is
 * based on the plan goes out, and what it has beside it. An accepted plan is what stands of it today in the sessions of
 * the house; a draft is what it was when it was found.
 */

export type ReplanOrder = Pick<PlanOrder, 'seconds' | 'work'> & {
  readonly events: readonly PlanEvent[]
  readonly seed?: number | undefined
}

type Foundation = PlanBase & {
  readonly notes: InstanceNotes
  /** What had happened before. */
  readonly carried: readonly PlanEvent[]
  readonly from: Day
}

/** Throws plan-state-refused, plan-over, needs-not-counted. */
async function foundationOf(work: Work, kept: KeptPlan): Promise<Foundation> {
  const { plan, state, instance, notes, campaignId, unitId, to, request } = kept
  const carried = [...(request.carried ?? []), ...kept.events]
  if (!plan || state === 'dropped') throw planningProblem('plan-state-refused', { state: plan ? state : kept.solving })
  if (to < work.today) throw planningProblem('plan-over', { to })
  if (state === 'draft') return { instance, plan, notes, carried, from: kept.from }
  const [, from = work.today] = [kept.from, work.today].sort()
  const one = await campaign.getCampaign(work, campaignId)
  const built = await buildInstanceWithNotes(work, { campaign: one, unitId, from, to, overtime: request.overtime })
  const happened = withoutFaults(
    built.instance,
    carried.filter(({ what }) => what !== 'kit-more'),
  )
  const now = changeInstance(built.instance, happened)
  return { instance: now, plan: standingPlan(now), notes: built.notes, carried: happened, from }
}

/** An order for overtime day by day, with the minutes and hours that the rule of each day has. */
async function withOrders(work: Work, kept: KeptPlan, events: readonly PlanEvent[]): Promise<PlanEvent[]> {
  const hours = await getWorkingHours(work, kept.unitId, kept.from)
  return events.flatMap((event): PlanEvent[] => {
    if (event.what !== 'overtime-ordered' || event.to < event.from) return [event]
    if (event.from < kept.from || event.to > kept.to) return [event]
    const [from, to] = [asDay(event.from), asDay(event.to)]
    const whole = planDays(work, { from, to, hours, order: { days: [], evenings: false } })
    const order = { days: whole.map(({ day }) => asDay(day)), evenings: false }
    return planDays(work, { from, to, hours, order }).map(({ day, overtime }) => ({
      what: 'overtime-ordered' as const,
      ...{ from: day, to: day },
      minutes: event.minutes ?? overtime?.minutes ?? 0,
      hours: event.hours ?? [overtime?.from ?? '', overtime?.to ?? ''],
    }))
  })
}

type BegunReplan = Foundation & { readonly kept: KeptPlan; readonly events: readonly PlanEvent[] }

/**
 * A plan as it stands, and what happens to it as the solver is told. Throws plan-unknown, plan-state-refused,
 * plan-over, needs-not-counted, unit-outside-scope.
 */
export async function readReplan(
  work: Work,
  id: PlanId,
  eventsIn: (instance: PlanBase['instance']) => readonly PlanEvent[],
): Promise<BegunReplan> {
  const kept = await getPlan(work, id)
  await refuseUnitOutside(work, kept.unitId)
  const foundation = await foundationOf(work, kept)
  return { ...foundation, kept, events: await withOrders(work, kept, eventsIn(foundation.instance)) }
}

/** The plan of a campaign that is in force. Throws plan-unknown. */
export async function getPlanInForce(work: Work, campaignId: campaign.CampaignId): Promise<PlanId> {
  const id = await findPlanInForce(work, campaignId)
  if (!id) throw planningProblem('plan-unknown')
  return id
}

/**
 * Queues a draft that is the plan after some events. Throws what readReplan throws, plan-under-way,
 * plan-events-refused.
 */
export async function beginReplan(work: Work, id: PlanId, asked: ReplanOrder): Promise<PlanSummary> {
  const { seed = 1, seconds, work: steps } = asked
  const { kept, events, from, notes, carried, instance, plan } = await readReplan(work, id, () => asked.events)
  const { unitId, campaignId, to } = kept
  await refuseWhileSought(work, unitId)
  const begun = beginReplanning(instance, plan, events, { announced: 'instance' })
  const limit = steps === undefined ? { seconds: seconds ?? usualReplanSeconds } : { work: steps }
  const request: PlanOrder = { overtime: kept.request.overtime, seed, ...limit, carried }
  const fresh = newId<'plan'>(work.now)
  await queuePlan(work, {
    ...{ id: fresh, unitId, campaignId, from, to, request, notes, events, basedOn: id },
    instance: begun.instance,
    base: { instance, plan },
  })
  const happened = events.map(({ what }) => what)
  const facts = { campaign: campaignId, from, to, basedOn: id, events: happened }
  await audit.record(work, 'plan.begun', planSubject({ id: fresh, unitId }), facts)
  return getPlan(work, fresh)
}

export type ComparedPlan = {
  readonly plan: PlanSummary
  readonly basedOn?: PlanId
  readonly difference: PlanDifference
}

const askDifference = planThread<DifferenceTask, PlanDifference>(new URL('./difference-thread.ts', import.meta.url))

/**
 * What a plan has beside the one that it is based on, as that stood, or beside another one of the same campaign. Throws
 * plan-unknown, plan-state-refused, plan-not-comparable, plan-reasons-busy.
 */
export async function comparePlans(work: Work, id: PlanId, withId?: PlanId): Promise<ComparedPlan> {
  const kept = await getPlanSummary(work, id)
  const after = await getPlanDocuments(work, kept)
  if (withId === undefined) {
    const { basedOn, events } = kept
    const before = await findBaseDocuments(work, id)
    if (!before || !basedOn) throw planningProblem('plan-not-comparable')
    return { plan: kept, basedOn, difference: await askDifference({ before, after, events }) }
  }
  const other = await getPlanSummary(work, withId)
  const isAlike = other.campaignId === kept.campaignId && other.from <= kept.to && kept.from <= other.to
  if (!isAlike) throw planningProblem('plan-not-comparable')
  const before = await getPlanDocuments(work, other)
  return { plan: kept, difference: await askDifference({ before, after, events: [] }) }
}
