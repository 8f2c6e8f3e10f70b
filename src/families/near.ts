import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as units from '../units/units.ts'

/** The units near somebody, the district first; of somebody without a residence the whole province. */
export async function unitsNear(work: Work, personId: Id<'person'>): Promise<units.UnitId[]> {
  const home = await register.permanentResidenceOf(work, personId)
  const path = home ? await units.unitPath(work, home.unitId, work.today) : []
  const province = await units.findHomeProvince(work, work.today)
  return [...path.slice(1).map(({ id }) => id), ...(province ? [province] : [])]
}
