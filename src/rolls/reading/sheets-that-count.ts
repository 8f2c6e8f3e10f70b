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

/** How a summary differs from the class sheets. At most some are named. */
export type SummaryDifferences = {
  /** On the summary alone. */
  readonly onlyHere: readonly { readonly row: number; readonly name: string }[]
  /** On a class sheet alone. */
  readonly onlyThere: readonly { readonly sheet: string; readonly row: number; readonly name: string }[]
}

/** A summary has so much of the class sheets, and they so much of it. */
const summaryShare = 0.6

/**
 * Sheets in view that gather the pupils of two other sheets or more: read beside them each pupil would be on the roll
 * twice. An officer who mapped a sheet wants it read.
 */
export function summariesOf(
  sheets: readonly SheetInBook[],
  asked: ReadonlySet<number>,
): ReadonlyMap<number, SummaryDifferences> {
  const filled = sheets.filter(({ pupils }) => pupils.length > 0)
  const found = new Map<number, SummaryDifferences>()
  if (filled.length < 3) return found
  const [largest] = [...filled].sort((a, b) => b.pupils.length - a.pupils.length)
  if (!largest || asked.has(largest.sheet)) return found
  const others = filled.filter(({ sheet }) => sheet !== largest.sheet)
  const here = new Set(largest.pupils.flatMap(tokensOf))
  const there = new Set(others.flatMap(({ pupils }) => pupils.flatMap(tokensOf)))
  const onlyHere = largest.pupils.filter(pupil => !tokensOf(pupil).some(token => there.has(token)))
  const all = others.flatMap(({ pupils }) => pupils)
  const onlyThere = all.filter(pupil => !tokensOf(pupil).some(token => here.has(token)))
  const isSummary =
    onlyHere.length <= largest.pupils.length * (1 - summaryShare) &&
    onlyThere.length <= all.length * (1 - summaryShare) &&
    others.filter(({ pupils }) => pupils.some(pupil => tokensOf(pupil).some(token => here.has(token)))).length > 1
  if (!isSummary) return found
  return found.set(largest.sheet, {
    onlyHere: onlyHere.map(({ row, name }) => ({ row, name })),
    onlyThere: onlyThere.map(({ sheet, row, name }) => ({ sheet, row, name })),
  })
}
