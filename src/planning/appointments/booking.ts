import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Hour } from '../hour.ts'
import type { PlaceId, PlaceKind, Service } from './slot.ts'

/** An hour that a person has, or had. */

export type BookingId = Id<'booking'>

export const bookingStates = ['booked', 'served', 'moved', 'cancelled', 'no-show', 'place-closed'] as const
export type BookingState = (typeof bookingStates)[number]

/** Who booked: the person, their family by a link, an officer, or the rule after a place closed or nobody came. */
export const bookedBy = ['person', 'family', 'officer', 'rule'] as const
export type BookedBy = (typeof bookedBy)[number]

/** How somebody asked an officer for an hour, and why an hour is changed or given up: said in the deed. */
export const requestWays = ['phone', 'counter', 'teacher'] as const
export type BookingWay = (typeof requestWays)[number]
export const changeReasons = ['cannot-come', 'ill', 'school', 'sooner', 'office', 'other'] as const
export type ChangeReason = (typeof changeReasons)[number]
export type BookingCause = {
  readonly requestedVia?: BookingWay | undefined
  readonly reason?: ChangeReason | undefined
}

export type Booking = {
  readonly id: BookingId
  readonly personId: Id<'person'>
  readonly unitId: Id<'unit'>
  readonly place: PlaceKind
  readonly placeId: PlaceId
  readonly service: Service
  readonly day: Day
  readonly startsAt: Hour
  /** The beginnings of the slots after the first that it takes, where one is too short for the service. */
  readonly alsoAt: readonly Hour[]
  readonly number: number
  readonly state: BookingState
  /** How often it was booked again by itself after nobody came. */
  readonly rebooked: number
  readonly fromId?: BookingId | null | undefined
  /** Whether booking put the person on the session's roster. */
  readonly addsLine: boolean
  readonly confirmedAt?: Date | null | undefined
  readonly bookedBy: BookedBy
}
