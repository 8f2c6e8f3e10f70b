import { asId, type Id } from '../../platform/ids.ts'
import type * as units from '../../units/units.ts'
import type { RegisterFacts } from '../find-defects.ts'

/** The ward of permanent residence on the roll's day; where none is known, that of any residence, else the school's. */
export const responsibleWard = (person: RegisterFacts | undefined, school: units.School): Id<'unit'> =>
  asId<'unit'>(person?.permanentCommunes[0] ?? person?.communes[0] ?? school.unitId)
