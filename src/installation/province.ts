import type { Work } from '../platform/work.ts'
import * as units from '../units/units.ts'
import { installationProblem } from './problems.ts'

/** What concerns the whole installation is done in a post at its province. Throws province-needed. */
export async function refuseBelowProvince(work: Work): Promise<units.UnitRecord> {
  const unit = work.unitId ? await units.findUnit(work, work.unitId) : undefined
  if (unit?.level !== 'province') throw installationProblem('province-needed')
  return unit
}
