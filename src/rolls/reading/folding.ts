import { certain, decodeAs, isOfBytes } from '../../names/legacy/legacy.ts'
import { isWellSpelt } from '../../names/legacy/weight.ts'
import { foldMarks, foldTone } from '../../names/name.ts'
import { remembering } from '../../platform/memoize.ts'

/** A text folded for finding words in it: `marked` keeps letters and tones, `plain` is a–z, digits and blanks. */
export type Folded = { readonly text: string; readonly marked: string; readonly plain: string }

const fold = (text: string): Folded => ({ text, marked: foldTone(text), plain: foldMarks(text) })

const isAscii = (text: string) => !/[^\u0000-\u007f]/.test(text)
/** What headings are tried in; the rarer ones where the words are no Vietnamese as they stand. */
const usual = ['tcvn3', 'vni'] as const
const rare = [...usual, 'vps', 'viscii', 'windows-1258'] as const

/**
 * A heading in an old font is too short to tell its encoding, so it is read in each one, and its words decide. Unicode
 * text has one reading. The cache serves the words that fill whole columns: communes, classes, peoples.
 */
export const foldings = remembering(20_000, foldingsOf)

function foldingsOf(text: string): readonly Folded[] {
  // UTF-8 misread has à's second half as a blank that does not break: it is read before blanks are made one.
  const sure = certain(text)
  const flat = (sure ? decodeAs(text, sure) : text).replace(/\s+/g, ' ').trim()
  if (sure || isAscii(flat) || /[\u1ea0-\u1ef9]/.test(flat)) return [fold(flat)]
  if (!isOfBytes(flat)) return [fold(flat)]
  const decoded = new Set([flat, ...(isWellSpelt(flat) ? usual : rare).map(encoding => decodeAs(flat, encoding))])
  return [...decoded].map(fold)
}
