import * as audit from '../audit/audit.ts'
import type { Day } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import * as staff from '../staff/staff.ts'
import type * as units from '../units/units.ts'
import { type Over, overLimits } from './overtime.ts'
import { unitsBelow } from './places.ts'
import { planningProblem } from './problems.ts'
import * as store from './store-overtime.ts'

export type OfficerOvertime = store.OvertimeSum & { readonly name: string; readonly over: readonly Over[] }

/** Overtime of each officer of a unit and those below, in the month and the year of a day; most of the month first. Above the limits it warns. */
export async function overtimeIn(work: Work, unitId: units.UnitId, day: Day): Promise<OfficerOvertime[]> {
  const sums = await store.sumsOf(work, await unitsBelow(work, unitId, day), day)
  const names = await staff.namesOf(work, sums.map(({ officerId }) => officerId)) // biome-ignore format: one line
  return sums.map(sum => ({ ...sum, name: names.get(sum.officerId) ?? '', over: overLimits(sum) }))
}

/**
 * A commander signs what of an officer's overtime in a month ('2023-04') nobody has signed yet: it stays as it is from then on. Gives back the minutes.
 * Throws overtime-own, overtime-nothing.
 */
export async function signOvertime(
  work: Work,
  { officerId, month }: { readonly officerId: string; readonly month: string },
): Promise<number> {
  if (work.by.id === officerId) throw planningProblem('overtime-own')
  const signed = await store.sign(work, officerId, month)
  if (signed.length === 0) throw planningProblem('overtime-nothing')
  const minutes = signed.reduce((sum, one) => sum + one.minutes, 0)
  await audit.record(
    work,
    'overtime.signed',
    { kind: 'officer', id: officerId, ...(work.unitId && { unitId: work.unitId }) },
    { month, minutes, sessions: signed.length },
  )
  return minutes
}
