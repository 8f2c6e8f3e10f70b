import { asId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as units from '../units/units.ts'

/** A unit's id and name for officers. */
export const unitReference = async (work: Work, unitId: string) => {
  const id = asId<'unit'>(unitId)
  return { id, name: await units.unitName(work, id) }
}
