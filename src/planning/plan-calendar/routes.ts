import { parseDay } from '../../platform/day.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { asId } from '../../platform/ids.ts'
import type { TriedChange } from './changes-thread.ts'
import * as contract from './contract.ts'
import { readPlanWeek } from './plan-calendar.ts'
import { changeSessionOfPlan, trySessionChange } from './session-changes.ts'

const changedShape = ({ announced: _announced, changed: _changed, ...tried }: TriedChange) => ({
  ...tried,
  before: { ...tried.before },
  after: { ...tried.after },
  faults: tried.faults.map(({ code, team, day, session, sentence }) => ({
    ...{ code, sentence },
    ...(team && { team }),
    ...(day && { day }),
    ...(session && { session }),
  })),
})

export function planCalendarRoutes(doors: Doors): void {
  serve(doors, contract.showPlanWeek, async (work, { params, query }) => {
    const day = query.day === undefined ? undefined : parseDay(query.day)
    if (query.day !== undefined && !day) throw requestProblem('input-invalid', { wrong: [{ field: 'day' }] })
    return readPlanWeek(work, asId<'plan'>(params.id), day ?? undefined)
  })

  serve(doors, contract.tryPlanChange, async (work, { params, body: { change } }) =>
    changedShape(await trySessionChange(work, asId<'plan'>(params.id), change)),
  )

  serve(doors, contract.changePlan, async (work, { params, body: { version, change } }) => {
    const done = await changeSessionOfPlan(work, asId<'plan'>(params.id), { version, change })
    return { ...changedShape(done), version: done.version }
  })
}
