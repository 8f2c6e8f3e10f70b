import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'

export type HomeroomId = Id<'homeroom'>

/** A class of a school in a school year, as the roll writes it. */
export type SchoolClass = {
  readonly schoolId: Id<'school'>
  readonly schoolYear: string
  readonly class: string
}

/** Who is homeroom teacher of a class, and by which appointment they see it. */
export type Homeroom = SchoolClass & {
  readonly id: HomeroomId
  readonly appointmentId: string
  readonly officerId: Id<'officer'>
}

/** What a homeroom teacher says of a pupil and the family. */
export const pupilOutcomes = ['told-parents', 'will-come', 'done', 'absent', 'moved', 'wrong-phone', 'other'] as const
export type PupilOutcome = (typeof pupilOutcomes)[number]

export type PupilResult = {
  readonly outcome: PupilOutcome
  /** The day on which the family will come; of `will-come` alone. */
  readonly willComeOn?: Day | undefined
  readonly note?: string | undefined
}
