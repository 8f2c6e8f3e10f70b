import type { Id } from '../platform/ids.ts'
import type { SchoolKind } from './contract.ts'
import { derivedId, type UnitId } from './unit.ts'

export type SchoolId = Id<'school'>

/** A school as it stands on a day. */
export type School = {
  readonly id: SchoolId
  readonly code: string
  readonly name: string
  readonly kind: SchoolKind
  /** The commune in which it stands. */
  readonly unitId: UnitId
}

export const schoolIdOf = (code: string): SchoolId => derivedId('school', code)
