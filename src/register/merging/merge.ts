import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { PersonId } from '../person.ts'

export type MergeId = Id<'merge'>

export const mergeStates = ['proposed', 'accepted', 'refused', 'withdrawn', 'undone'] as const
export type MergeState = (typeof mergeStates)[number]

/** A proposal that two records are one person. */
export type RecordMerge = {
  readonly id: MergeId
  /** The record that stays; of a proposal the one that its proposer would keep. */
  readonly personId: PersonId
  /** The record that ends. */
  readonly otherId: PersonId
  readonly state: MergeState
  readonly reason: string
  readonly papers: string
  readonly unitId: Id<'unit'>
  readonly proposedBy: string
  readonly proposedOn: Day
  readonly dueOn: Day
  readonly keptNumber?: string | undefined
  readonly decidedBy?: string | undefined
  readonly decidedOn?: Day | undefined
  readonly answer?: string | undefined
  readonly undoUntil?: Day | undefined
  readonly undoneBy?: string | undefined
  readonly undoneOn?: Day | undefined
  readonly undoneFor?: string | undefined
}

/** What a deed of a merge says to whoever follows it. */
export type MergedRecords = {
  readonly merge: MergeId
  readonly survivor: PersonId
  readonly merged: PersonId
  /** Which record had the number that stays in force: its card is right, and the other's is not. */
  readonly numberOf: PersonId
}

/** A table whose rows name a person, as src/person-columns.ts lists them. */
export type PersonTable = {
  readonly table: string
  readonly columns: readonly string[]
  /** Whether a later change of these rows stands in the way of parting the records again. */
  readonly counts: boolean
}

/** What linkage compares of two records beside name and birth date, by which they were found. */
export const twinFields = ['sex', 'unit', 'father', 'mother', 'phone'] as const
export type TwinField = (typeof twinFields)[number]

/** What stands side by side before somebody decides. */
export const sideFields = [
  'full_name',
  'birth_date',
  'sex',
  'life_status',
  'number',
  'former_numbers',
  'birth_registration_code',
  'ethnicity',
  'nationality',
  'hometown',
  'residence',
  'household',
  'father',
  'mother',
  'spouse',
  'children',
  'phones',
] as const
export type SideField = (typeof sideFields)[number]

/** Tables whose rows an officer weighs before deciding, in the order of the page. */
export const countedTables = [
  'cards.card',
  'accounts.account',
  'enrolment.application',
  'rolls.row',
  'follow_ups.follow_up',
  'planning.roster',
  'signin.consent',
  'register.correction',
] as const
