import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as units from '../units/units.ts'

/** A unit's id and name for officers. */
export const unitReference = async (work: Work, id: string) => ({
  id,
  name: await units.unitName(work, id as Id<'unit'>),
})
