import { parseDay } from '../../platform/day.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { asId, isId } from '../../platform/ids.ts'
import * as staff from '../../staff/staff.ts'
import { findPlannedSession } from '../plan-changes/plan-changes.ts'
import { getPlan } from '../plans/plans.ts'
import * as contract from './contract.ts'
import { readPlanWeek } from './plan-calendar.ts'
import { changeSessionOfPlan, type TriedChange, trySessionChange } from './session-changes.ts'

function changedShape({ session, before, plan, faults }: TriedChange) {
  const held = findPlannedSession(plan, session)?.session
  return {
    session,
    from: held?.from ?? '',
    to: held?.to ?? '',
    people: held?.serves.reduce((sum, { people }) => sum + people, 0) ?? 0,
    before: { ...before.objective },
    after: { ...plan.objective },
    faults: faults.map(({ code, team, day, session: at, sentence }) => ({
      ...{ code, sentence },
      ...(team && { team }),
      ...(day && { day }),
      ...(at && { session: at }),
    })),
  }
}

export function planCalendarRoutes(doors: Doors): void {
  serve(doors, contract.showPlanWeek, async (work, { params, query }) => {
    const day = query.day === undefined ? undefined : parseDay(query.day)
    if (query.day !== undefined && !day) throw requestProblem('input-invalid', { wrong: [{ field: 'day' }] })
    const id = asId<'plan'>(params.id)
    const { decidedBy } = await getPlan(work, id)
    const name = decidedBy && isId(decidedBy) ? (await staff.namesOf(work, [decidedBy])).get(decidedBy) : undefined
    return { ...(await readPlanWeek(work, id, day ?? undefined)), ...(name && { decidedBy: name }) }
  })

  serve(doors, contract.tryPlanChange, async (work, { params, body: { change } }) =>
    changedShape(await trySessionChange(work, asId<'plan'>(params.id), change)),
  )

  serve(doors, contract.changePlan, async (work, { params, body: { version, change } }) => {
    const done = await changeSessionOfPlan(work, asId<'plan'>(params.id), { version, change })
    return { ...changedShape(done), version: done.version }
  })
}
