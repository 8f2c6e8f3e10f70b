import type { LegacyEncoding } from '../names/names.ts'

/** What a column of a roll can hold. `skip` is a person's word that a column is none of these. */
export const fields = [
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
export type Field = (typeof fields)[number]

/** Which column (from 1) holds what, and how that is known. */
export type Column = {
  readonly column: number
  readonly header: string
  readonly field?: Field
  readonly by: 'header' | 'content' | 'person'
}

/**
 * What a person says of a sheet, over what was found: not to read it, where its header stands, what its columns are,
 * what its texts came in.
 */
export type SheetMapping = {
  /** The sheet's place in the workbook, from 0. */
  readonly sheet: number
  readonly skip?: boolean
  /** The last row of the header; 0 where there is none. */
  readonly headerRow?: number
  readonly columns?: readonly { readonly column: number; readonly field: Field | 'none' }[]
  /** 'unicode': its texts stand as they are. */
  readonly encoding?: LegacyEncoding | 'unicode'
}
export type Mapping = readonly SheetMapping[]
