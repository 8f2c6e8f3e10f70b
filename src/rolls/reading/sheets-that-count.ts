import { foldMarks, foldTone } from '../../names/name.ts'
import { formatPartialDay } from '../../platform/day.ts'
import type { Pupil } from './pupil.ts'

/** The share of a hidden sheet's rows that stand on the sheets in view, from which it is an older copy of them. */
const olderCopyShare = 0.3

/**
 * Keys that find a pupil again elsewhere in the workbook: the name without marks with the birth date, or the number.
 */
function tokensOf({ name, birth, class: inClass, number }: Pupil): string[] {
  const folded = foldMarks(foldTone(name))
  const tokens = number.number ? [number.number] : []
  if (folded && birth) tokens.push(`${folded} ${formatPartialDay(birth)}`)
  return tokens.length > 0 ? tokens : [`${folded} ${inClass ?? ''}`]
}

/** Whether a hidden sheet repeats the visible ones: schools hide last year's list, or a copy made before sorting. */
function isOlderCopy(hidden: readonly Pupil[], inView: readonly Pupil[]): boolean {
  const known = new Set(inView.flatMap(tokensOf))
  const again = hidden.filter(pupil => tokensOf(pupil).some(token => known.has(token))).length
  return again > 0 && again >= hidden.length * olderCopyShare
}

type SheetInBook = { readonly sheet: number; readonly hidden: boolean; readonly pupils: readonly Pupil[] }

/**
 * Which sheets of a workbook are left out of the roll: hidden ones that only repeat those in view, unless an officer
 * mapped them (`asked`). A hidden sheet with other pupils is a part of the roll.
 */
export function sheetsLeftOut(sheets: readonly SheetInBook[], asked: ReadonlySet<number>): ReadonlySet<number> {
  const inView = sheets.flatMap(({ hidden, pupils }) => (hidden ? [] : pupils))
  const out = sheets.filter(({ sheet, hidden, pupils }) => hidden && !asked.has(sheet) && isOlderCopy(pupils, inView))
  return new Set(out.map(({ sheet }) => sheet))
}
