import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'

export type RollId = Id<'roll'>

/** From the file that came to the rows that are compared; `failed` can be tried again. */
export const rollStates = ['draft', 'queued', 'comparing', 'reconciled', 'failed'] as const
export type RollState = (typeof rollStates)[number]

/** Who a row is: one person for sure; somebody has to look; nobody of the register; one who has an earlier row on this roll. */
export const outcomes = ['matched', 'review', 'not-found', 'duplicate'] as const
export type Outcome = (typeof outcomes)[number]

/** What a person said of a row: it is this candidate, none of them, or the school has to be asked first. */
export const decisions = ['same', 'different', 'later'] as const
export type Decision = (typeof decisions)[number]

/** What can be wrong with a row, as interfaces.md defines it; in this order they are reported. */
export const defects = [
  'number-missing',
  'number-malformed',
  'number-lost-zero',
  'number-differs',
  'number-of-another-person',
  'number-cancelled',
  'number-contradicts-record',
  'name-differs',
  'name-marks-differ',
  'birth-day-month-swapped',
  'birth-date-partial',
  'birth-date-differs',
  'sex-differs',
  'residence-differs',
  'text-legacy-encoded',
  'deceased',
  'duplicate-in-roll',
  'duplicate-across-schools',
  'not-in-register',
] as const
export type Defect = (typeof defects)[number]

export type Counts = Readonly<Record<Outcome, number>>

export const noCounts: Counts = { matched: 0, review: 0, 'not-found': 0, duplicate: 0 }

/** A roll as lists show it. `counts` sum to `rows` once it is reconciled. */
export type Roll = {
  readonly id: RollId
  readonly schoolId: Id<'school'>
  readonly schoolYear: string
  readonly asOf: Day
  readonly state: RollState
  readonly inForce: boolean
  readonly fileName: string
  readonly fileHash: string
  readonly rows: number
  /** Percent. */
  readonly progress: number
  readonly sentBy: { readonly kind: string; readonly id: string }
  readonly sentUnitId?: string | undefined
  readonly sentAt: Date
  readonly sentOn: Day
  readonly reconciledAt?: Date | undefined
  readonly counts: Counts
}

/** 2022-2023 begins in 2022. Undefined for anything that is no school year. */
export function firstYearOf(schoolYear: string): number | undefined {
  const found = /^(\d{4})-(\d{4})$/.exec(schoolYear)
  const [first, second] = [Number(found?.[1]), Number(found?.[2])]
  return found && second === first + 1 && first >= 1950 && first <= 2150 ? first : undefined
}
