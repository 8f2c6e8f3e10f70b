import { parseDay } from '../../platform/day.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { asId, isId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { longestSolving } from '../law.ts'
import { acceptPlan } from './accept-plan.ts'
import * as contract from './contract.ts'
import * as replanContract from './contract-replan.ts'
import { noOvertime } from './plan-days.ts'
import { beginPlan, cancelPlan, getPlan, listPlans, type PlanSummary } from './plans.ts'
import { beginReplan, comparePlans } from './replan-plan.ts'

const dayGiven = (text: string, field: string) => {
  const day = parseDay(text)
  if (!day) throw requestProblem('input-invalid', { wrong: [{ field }] })
  return day
}

async function summaryShapes(work: Work, plans: readonly PlanSummary[]) {
  const names = await staff.namesOf(
    work,
    plans.flatMap(({ madeBy, decidedBy }) => [madeBy, decidedBy].filter(id => id !== null && isId(id))) as string[],
  )
  return Promise.all(
    plans.map(async plan => ({
      id: plan.id,
      unitId: plan.unitId,
      unitName: await units.unitName(work, plan.unitId),
      campaignId: plan.campaignId,
      from: plan.from,
      to: plan.to,
      state: plan.state,
      solving: plan.solving,
      progress: { ...plan.progress },
      ...(plan.objective !== null && { objective: plan.objective }),
      ...(plan.bound !== null && { bound: plan.bound }),
      ...(plan.basedOn !== null && { basedOn: plan.basedOn }),
      events: [...plan.events],
      madeBy: names.get(plan.madeBy) ?? '',
      madeAt: plan.madeAt.toISOString(),
      ...(plan.decidedBy && { decidedBy: names.get(plan.decidedBy) ?? '' }),
      ...(plan.decidedAt && { decidedAt: plan.decidedAt.toISOString() }),
      version: plan.version,
    })),
  )
}

async function summaryShape(work: Work, plan: PlanSummary) {
  const [shape] = await summaryShapes(work, [plan])
  if (!shape) throw new Error('a plan has no shape')
  return shape
}

export function teamPlanRoutes(doors: Doors): void {
  serve(doors, contract.beginPlan, async (work, { body }) => {
    const { campaignId, unit, from, to, overtime, seed = 1, seconds, work: steps, locksOf } = body
    if (seconds !== undefined && steps !== undefined)
      throw requestProblem('input-invalid', { wrong: [{ field: 'work' }] })
    const plan = await beginPlan(work, {
      campaignId,
      unitId: unit,
      from: dayGiven(from, 'from'),
      to: dayGiven(to, 'to'),
      overtime: overtime
        ? { evenings: overtime.evenings, days: overtime.days.map(day => dayGiven(day, 'overtime')) }
        : noOvertime,
      seed,
      locksOf,
      ...(steps === undefined ? { seconds: seconds ?? longestSolving.usualSeconds } : { work: steps }),
    })
    return summaryShape(work, plan)
  })

  serve(doors, contract.listPlans, async (work, { query }) => {
    const unitId = query.unit ?? work.unitId
    if (!unitId) throw requestProblem('input-invalid', { wrong: [{ field: 'unit' }] })
    return { plans: await summaryShapes(work, await listPlans(work, unitId)) }
  })

  serve(doors, contract.showPlan, async (work, { params }) => {
    const kept = await getPlan(work, asId<'plan'>(params.id))
    const { instance, notes, plan } = kept
    return {
      ...(await summaryShape(work, kept)),
      instance: { ...instance },
      notes: { ...notes },
      ...(plan && { plan: { ...plan } }),
    }
  })

  serve(doors, contract.cancelPlan, async (work, { params }) =>
    summaryShape(work, await cancelPlan(work, asId<'plan'>(params.id))),
  )

  serve(doors, replanContract.replanPlan, async (work, { params, body }) => {
    const { events, seconds, work: steps, seed } = body
    if (seconds !== undefined && steps !== undefined)
      throw requestProblem('input-invalid', { wrong: [{ field: 'work' }] })
    const limit = { ...(seconds !== undefined && { seconds }), ...(steps !== undefined && { work: steps }) }
    return summaryShape(work, await beginReplan(work, asId<'plan'>(params.id), { events, seed, ...limit }))
  })

  serve(doors, replanContract.comparePlan, async (work, { params, query }) => {
    const { plan, basedOn, difference } = await comparePlans(work, asId<'plan'>(params.id), query.with)
    return { ...(basedOn && { basedOn }), version: plan.version, difference }
  })

  serve(doors, contract.acceptPlan, async (work, { params, body: { version, confirm = [] } }) => {
    const { plan, created, kept, moved, cancelled } = await acceptPlan(work, asId<'plan'>(params.id), {
      version,
      confirm,
    })
    return { ...(await summaryShape(work, plan)), created, kept, moved, cancelled }
  })
}
