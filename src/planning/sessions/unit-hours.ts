import * as audit from '../../audit/audit.ts'
import type { Day } from '../../platform/day.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { usualWorkingHours } from '../law.ts'
import { planningProblem } from '../problems.ts'
import type { WorkingHours } from '../working-hours.ts'
import * as store from './store.ts'
import { refuseUnitOutside } from './unit-in-scope.ts'

/** In which hours a unit works. */

/** The hours of a unit on a day: its own, or those of the nearest unit above that has said any. */
export async function getWorkingHours(work: Work, unitId: units.UnitId, day: Day): Promise<WorkingHours> {
  const path = await units.unitPath(work, unitId, day)
  const said = await store.findWorkingHours(
    work,
    path.map(({ id }) => id),
    day,
  )
  return path.map(({ id }) => said.get(id)).find(hours => hours !== undefined) ?? ruleOn(usualWorkingHours, day, work)
}

/** Sets a unit's hours from today on. Throws hours-reversed, unit-outside-scope. */
export async function setWorkingHoursOf(work: Work, unitId: units.UnitId, hours: WorkingHours): Promise<void> {
  await refuseUnitOutside(work, unitId)
  const { morningFrom, morningTo, afternoonFrom, afternoonTo } = hours
  if (!(morningFrom < morningTo && morningTo <= afternoonFrom && afternoonFrom < afternoonTo))
    throw planningProblem('hours-reversed')
  await store.upsertWorkingHours(work, unitId, hours)
  await audit.record(work, 'working-hours.changed', { kind: 'unit', id: unitId, unitId }, { ...hours })
}
