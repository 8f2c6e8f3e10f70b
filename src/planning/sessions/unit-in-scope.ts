import type { Day } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'

/** The units that a planner may plan for. */

/** Throws unit-outside-scope, and what getUnit throws. */
export async function refuseUnitOutside(work: Work, unitId: units.UnitId): Promise<void> {
  await units.getUnit(work, unitId)
  if (work.scope !== 'house' && (work.scope === 'none' || !work.scope.units.includes(unitId)))
    throw staff.staffProblem('unit-outside-scope')
}

/** The units that a calendar of a unit takes in: itself and all below, as far as the work sees. */
export const unitsBelow = async (work: Work, unitId: units.UnitId, day: Day = work.today): Promise<units.UnitId[]> =>
  (await units.subtreeOn(work, unitId, day)).map(({ id }) => id)
