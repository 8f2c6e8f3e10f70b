import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { PersonId } from '../person.ts'

/** Guardianship of a grown person: ground, decision, days, who acts. Pure. */

export const guardianshipGrounds = ['lost-capacity', 'limited-cognition'] as const
export type GuardianshipGround = (typeof guardianshipGrounds)[number]
export const guardianRelations = ['spouse', 'father', 'mother', 'child', 'guardian'] as const
export type GuardianRelation = (typeof guardianRelations)[number]
export const guardianshipPapers = ['court-decision', 'committee-decision'] as const
export type GuardianshipPaper = (typeof guardianshipPapers)[number]
/** `died` and `term` are found by the house too. */
export const guardianshipEnds = ['court', 'died', 'changed', 'term', 'mistaken'] as const
export type GuardianshipEnd = (typeof guardianshipEnds)[number]

export type GuardianshipId = Id<'guardianship'>

export type Guardianship = {
  readonly id: GuardianshipId
  readonly personId: PersonId
  readonly guardianId: PersonId
  readonly ground: GuardianshipGround
  readonly relation: GuardianRelation
  readonly paperKind: GuardianshipPaper
  readonly paper: string
  readonly paperOn: Day
  readonly from: Day
  readonly to?: Day | undefined
  readonly recordedBy: string
  readonly recordedAt: Date
  readonly acceptedBy?: string | undefined
  readonly endedOn?: Day | undefined
  readonly endedReason?: GuardianshipEnd | undefined
}
