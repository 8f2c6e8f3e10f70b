import { readCardQr } from '../../names/card-qr.ts'
import { isPlausibleName } from '../../names/name.ts'
import { looksLikeMobile } from '../../names/numbers/phone.ts'
import { readSex } from '../../names/numbers/sex.ts'
import { memoize } from '../../platform/memoize.ts'
import type { Cell } from '../../platform/workbook/read-workbook.ts'
import { foldings } from './folding.ts'
import { type GridRow, textOf } from './grid.ts'

/** The kinds of the cells of a column: how many of the filled ones are of each kind. */
export type CellKind =
  | 'twelve-digits'
  | 'nine-digits'
  | 'long-id'
  | 'date'
  | 'year'
  | 'names'
  | 'word'
  | 'sex'
  | 'tick'
  | 'class'
  | 'phone'
  | 'counting'
  | 'address'
  | 'other'

export type ColumnProfile = {
  readonly column: number
  readonly filled: number
  readonly of: Readonly<Record<CellKind, number>>
}

const className = /^(?:l[oơ]p\s*)?(?:1[0-2]|[1-9])\s*(?:[/.-]\s*\d{1,2}|[\s.-]?\p{L}{1,2}\s*\d{0,2}(?:[.,]\d)?)$/iu
const dateShape =
  /^(?:ngày\s*)?\d{1,2}(?:\s*[/.-]\s*|\s+)\d{1,2}(?:\s*[/.-]\s*|\s+)(?:\d{4}|\d{2})$|^\d{4}-\d{2}-\d{2}/i
const digitsIn = (text: string) => text.replace(/[\s.\-'`\u00a0]/g, '')

function kindOfDigits(digits: string): CellKind {
  if (looksLikeMobile(digits)) return 'phone'
  if (/^(?:\d{12}|[1-9]\d{10})$/.test(digits)) return 'twelve-digits'
  if (/^(?:19|20)\d\d$/.test(digits)) return 'year'
  if (/^\d{9}$/.test(digits)) return 'nine-digits'
  if (/^\d{10}$|^\d{13,24}$/.test(digits)) return 'long-id'
  return /^\d{1,4}$/.test(digits) ? 'counting' : 'other'
}

/** Several words without a digit: a person's name, in any encoding. An address has commas or words of its own. */
const looksLikeName = (text: string) =>
  !/[\d,;:@/]/.test(text) && foldings(text).some(({ text: decoded }) => isPlausibleName(decoded))

/** Dates, classes, peoples and hamlets come again and again. */
const kindOfKnown = memoize(20_000, kindOfText)

function kindOf(cell: Cell): CellKind {
  if (cell.kind === 'date') return 'date'
  if (cell.kind === 'number' && Number(cell.value) >= 29_000 && Number(cell.value) <= 46_000) return 'date'
  return kindOfKnown(textOf(cell))
}

function kindOfText(text: string): CellKind {
  if (dateShape.test(text)) return 'date'
  if (/^\d{12}\D/.test(text) && readCardQr(text).kind !== 'other') return 'twelve-digits'
  const digits = digitsIn(text)
  if (/^\d+$/.test(digits)) return kindOfDigits(digits)
  if (/^(?:x|v|✓|✔)$/i.test(text)) return 'tick'
  if (
    text.length < 8 &&
    /^(?:nam|nu|n|trai|gai|male|female)$/.test(foldings(text).at(-1)?.plain ?? '') &&
    readSex(text)
  )
    return 'sex'
  if (text.length < 8 && foldings(text).some(({ text: decoded }) => /^(?:nam|nữ)$/i.test(decoded))) return 'sex'
  if (className.test(text)) return 'class'
  if (isAddress(text)) return 'address'
  if (!looksLikeName(text)) return 'other'
  return /\s/.test(text) ? 'names' : 'word'
}

const places = /\b(?:xa|phuong|huyen|thi tran|thi xa|thanh pho|tinh|thon|ban|khu|tp|tx|tt|viet nam)\b/
/** Words of places, between commas or with one of the ranks. */
const isAddress = (text: string) =>
  foldings(text).some(
    ({ plain }) =>
      places.test(plain) && (/[,;]|\s-\s/.test(text) || /\b(?:xa|phuong|huyen|thi tran|thanh pho|tinh) \w/.test(plain)),
  )

const emptyCounts = (): Record<CellKind, number> => ({
  'twelve-digits': 0,
  'nine-digits': 0,
  'long-id': 0,
  date: 0,
  year: 0,
  names: 0,
  word: 0,
  sex: 0,
  tick: 0,
  class: 0,
  phone: 0,
  counting: 0,
  address: 0,
  other: 0,
})

/** Enough rows to profile a column. */
const sampleRows = 200

export function profilesOf(rows: readonly GridRow[]): Map<number, ColumnProfile> {
  const seen = new Map<number, { filled: number; of: Record<CellKind, number> }>()
  // Rows from all over: the first ones may be another class's, or a rehearsal of the form.
  const step = Math.max(1, Math.floor(rows.length / sampleRows))
  for (let i = 0; i < rows.length; i += step)
    for (const cell of rows[i]?.cells ?? []) {
      const column = seen.get(cell.column) ?? { filled: 0, of: emptyCounts() }
      seen.set(cell.column, column)
      column.filled++
      column.of[kindOf(cell)]++
    }
  return new Map([...seen].map(([column, { filled, of }]) => [column, { column, filled, of }]))
}

export const shareOfKinds = (profile: ColumnProfile | undefined, ...kinds: readonly CellKind[]): number =>
  profile ? kinds.reduce((sum, kind) => sum + profile.of[kind], 0) / Math.max(1, profile.filled) : 0
