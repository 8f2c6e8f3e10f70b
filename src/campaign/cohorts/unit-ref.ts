import type * as units from '../../units/units.ts'
import type { UnitRef } from './contract.ts'

/** A unit's reference on the wire. */
export const unitRefOf = ({
  id,
  code,
  name,
  level,
}: Pick<units.UnitRecord, 'id' | 'code' | 'name' | 'level'>): UnitRef => ({
  id,
  code,
  name,
  level,
})
