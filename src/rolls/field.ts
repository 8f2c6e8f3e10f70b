import type { LegacyEncoding } from '../names/names.ts'

/** What a column of a roll can hold. `skip`: an officer said that the column is none of these. */
export const rollFields = [
  'index',
  'class',
  'grade',
  'name',
  'family-middle',
  'given',
  'birth',
  'birth-day',
  'birth-month',
  'birth-year',
  'birth-male',
  'birth-female',
  'sex',
  'female',
  'male',
  'number',
  'old-number',
  'ministry-id',
  'ethnicity',
  'residence-permanent',
  'residence',
  'province',
  'district',
  'commune',
  'father',
  'father-year',
  'mother',
  'mother-year',
  'phone',
  'status',
  'nationality',
  'passport',
  'note',
] as const
export type RollField = (typeof rollFields)[number]

/** Which column (from 1) holds what, and how that is known. */
export type RollColumn = {
  readonly column: number
  readonly header: string
  readonly field?: RollField
  readonly by: 'header' | 'content' | 'person'
}

/** An officer's mapping of a sheet, over what was found: whether it is read, its header, its columns, its encoding. */
export type SheetMapping = {
  /** The sheet's place in the workbook, from 0. */
  readonly sheet: number
  readonly skip?: boolean
  /** The last row of the header; 0 where there is none. */
  readonly headerRow?: number
  readonly columns?: readonly { readonly column: number; readonly field: RollField | 'none' }[]
  /** 'unicode': its texts stand as they are. */
  readonly encoding?: LegacyEncoding | 'unicode'
  /** What an officer said of lines whose remark leaves open whether the pupil left. */
  readonly lines?: readonly { readonly row: number; readonly as: 'pupil' | 'left' }[]
}
export type RollMapping = readonly SheetMapping[]

/** The formats in which rolls come, known by their content. */
export const rollFormats = ['xlsx', 'xls', 'ods', 'csv'] as const

/**
 * How a pupil stands to the school by the words of its roll; `struck-out`: the line is struck through, and no word says
 * why; `left`: an officer said so. A pupil on leave (bảo lưu, tạm nghỉ) stays one of the
 * school: general schools know no leave that ends enrolment, who misses too much repeats the class (the ministry's
 * answers to citizens, on TT58/2011 Art. 15 and TT12/2011 Art. 27, read 2026-11-29; medium).
 */
export const pupilStatuses = [
  'enrolled',
  'arrived',
  'repeats',
  'disabled',
  'on-leave',
  'transferred',
  'withdrew',
  'dropped-out',
  'expelled',
  'graduated',
  'struck-out',
  'left',
] as const
export type PupilStatus = (typeof pupilStatuses)[number]

const leftStatuses: readonly PupilStatus[] = [
  'transferred',
  'withdrew',
  'dropped-out',
  'expelled',
  'graduated',
  'struck-out',
  'left',
]
export const isLeftStatus = (status: PupilStatus): boolean => leftStatuses.includes(status)

/** What an officer should look at before a roll is taken in. */
export const readingWarnings = [
  'named-otherwise',
  'lists-side-by-side',
  'summary-left-out',
  'summary-has-more',
  'summary-has-less',
  'columns-repeat',
  'births-lacking',
  'names-glued',
  'lines-struck',
  'numbers-cut',
  'cells-broken',
  'foreigners',
] as const
export type ReadingWarning = (typeof readingWarnings)[number]
