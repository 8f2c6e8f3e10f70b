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
}
export type RollMapping = readonly SheetMapping[]
