import type { Id } from '../platform/ids.ts'
import { derivedId, type UnitId } from './unit.ts'

export type SchoolId = Id<'school'>

/**
 * Boarding: a general school of ethnic boarders (phổ thông dân tộc nội trú). Vocational: a school of trung cấp, which
 * takes who finished lower secondary school; a centre GDNN-GDTX is continuing education.
 */
export const schoolKinds = [
  'preschool',
  'primary',
  'lower-secondary',
  'upper-secondary',
  'multi-level',
  'boarding',
  'continuing-education',
  'vocational',
] as const
export type SchoolKind = (typeof schoolKinds)[number]

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
