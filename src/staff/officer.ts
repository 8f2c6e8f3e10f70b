import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { SchoolId, UnitId } from '../units/units.ts'
import type { Role } from './role.ts'

export type OfficerId = Id<'officer'>
export type AppointmentId = Id<'appointment'>
export type StandInId = Id<'stand-in'>
export type ProposalId = Id<'staff-proposal'>
export type PasswordLinkId = Id<'password-link'>
export type FoundingLinkId = Id<'founding-link'>
export type FactorId = Id<'officer-factor'>
/** A sign-in whose password was right and whose second factor is asked. */
export type SignInId = Id<'sign-in'>

export type Officer = {
  readonly id: OfficerId
  readonly login: string
  readonly fullName: string
  readonly unitId: UnitId
  readonly left: boolean
}

/** A role in a unit; `fromOn` absent = since ever, `toOn` = the day after the last. */
export type Appointment = {
  readonly id: AppointmentId
  readonly officerId: OfficerId
  readonly role: Role
  readonly unitId: UnitId
  /** Of a school's staff: which school; it stands in the unit. */
  readonly schoolId?: SchoolId | undefined
  readonly fromOn?: Day | undefined
  readonly toOn?: Day | undefined
}

export type StandIn = {
  readonly id: StandInId
  readonly appointmentId: AppointmentId
  readonly officerId: OfficerId
  readonly fromOn: Day
  readonly toOn: Day
}

/** A post an officer may act in on a day: an appointment of their own, or as stand-in for another's. */
export type Post = {
  readonly appointmentId: AppointmentId
  readonly role: Role
  readonly unitId: UnitId
  readonly schoolId?: SchoolId | undefined
  readonly standIn?: { readonly id: StandInId; readonly forId: OfficerId; readonly forName: string } | undefined
}

/**
 * Why an appointment or a stand-in stands: two officers gave it, it is one of the first two of an empty installation,
 * or the house itself gave it, as in a demonstration.
 */
export type PostBasis =
  | { readonly kind: 'two-officers'; readonly proposalId: ProposalId }
  | { readonly kind: 'founding'; readonly which: 1 | 2 }
  | { readonly kind: 'house' }
