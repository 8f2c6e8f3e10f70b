import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'

export { type RollDefect, rollDefects } from './defect.ts'

export type RollId = Id<'roll'>

/** From the file that came to the rows that are compared; `held` waits for the police, `failed` can be tried again. */
export const rollStates = ['draft', 'queued', 'comparing', 'held', 'reconciled', 'failed'] as const
export type RollState = (typeof rollStates)[number]

/**
 * A school sends its classes' pupils; apart from them who registers for an exam through it (repeaters, free
 * candidates), and who works there. One person counts once.
 */
export const rollKinds = ['pupils', 'candidates', 'staff'] as const
export type RollKind = (typeof rollKinds)[number]

/**
 * Who a row is: one person for sure; an officer must decide; not in the register; a person who has an earlier row on
 * this roll.
 */
export const rowOutcomes = ['matched', 'review', 'not-found', 'duplicate'] as const
export type RowOutcome = (typeof rowOutcomes)[number]

/** An officer's decision on a row: it is this candidate, none of them, or the school has to be asked first. */
export const reviewDecisions = ['same', 'different', 'later'] as const
export type ReviewDecision = (typeof reviewDecisions)[number]

/** How a pupil's entry in the ledger stands to the register. */
export const rowStates = [
  'matched-automatically',
  'matched-by-person',
  'refused-by-person',
  'to-review',
  'not-found',
  'left-school',
] as const
export type RowState = (typeof rowStates)[number]

/**
 * Why an entry's state was looked at anew. `re-scored`: another entry's change touched it, or the roll was compared
 * again.
 */
export const eventReasons = [
  'roll-sent',
  're-scored',
  'decided',
  'undone',
  'person-changed',
  'left',
  'came-back',
] as const
export type EventReason = (typeof eventReasons)[number]

export type RowOutcomeCounts = Readonly<Record<RowOutcome, number>>

export const noOutcomeCounts: RowOutcomeCounts = { matched: 0, review: 0, 'not-found': 0, duplicate: 0 }

/** A roll of a school. */
export type Roll = {
  readonly id: RollId
  readonly schoolId: Id<'school'>
  readonly schoolYear: string
  readonly kind: RollKind
  readonly asOf: Day
  readonly state: RollState
  readonly inForce: boolean
  readonly fileName: string
  readonly fileHash: string
  readonly rows: number
  /** Percent. */
  readonly progress: number
  readonly sentBy: { readonly kind: string; readonly id: string }
  readonly sentUnitId?: Id<'unit'> | undefined
  readonly sentAt: Date
  readonly sentOn: Day
  readonly reconciledAt?: Date | undefined
  /** Since when it waits to be compared whole. */
  readonly staleAt?: Date | undefined
  /** For what a held roll waits: the police accept it, or its sender confirms it. */
  readonly heldFor?: 'strangers' | 'unlike' | undefined
  /** Of a roll held as unlike: its lines that are nobody of the register, and the pupils whom it would end. */
  readonly unknownRows?: number | undefined
  readonly leavingRows?: number | undefined
  /** The roll whose place it took, while it is in force; and the one that took its place. */
  readonly replaces?: NeighbouringRoll | undefined
  readonly replacedBy?: NeighbouringRoll | undefined
}

/** A roll before or after another one of the same school, year and kind. */
export type NeighbouringRoll = {
  readonly id: RollId
  readonly fileName: string
  readonly sentOn: Day
  readonly rows: number
}

/** 2022-2023 begins in 2022. Undefined for anything that is no school year. */
export function firstYearOf(schoolYear: string): number | undefined {
  const found = /^(\d{4})-(\d{4})$/.exec(schoolYear)
  const [first, second] = [Number(found?.[1]), Number(found?.[2])]
  return found && second === first + 1 && first >= 1950 && first <= 2150 ? first : undefined
}

/** The school year before: 2021-2022 of 2022-2023; a later one by a number above 0. */
export function adjacentSchoolYear(schoolYear: string, years: number): string {
  const first = (firstYearOf(schoolYear) ?? 0) + years
  return `${first}-${first + 1}`
}
