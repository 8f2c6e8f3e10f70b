import { longestWritten } from '../../names/law.ts'
import { certainEncoding, decodeAs, isOfBytes } from '../../names/legacy/legacy.ts'
import { isWellSpelt } from '../../names/legacy/reading-odds.ts'
import { foldMarks, foldTone } from '../../names/name.ts'
import { memoize } from '../../platform/memoize.ts'

/** A text folded for finding words in it: `marked` keeps letters and tones, `plain` is a–z, digits and blanks. */
export type FoldedHeading = { readonly text: string; readonly marked: string; readonly plain: string }

const foldHeading = (text: string): FoldedHeading => ({ text, marked: foldTone(text), plain: foldMarks(text) })

const isAscii = (text: string) => !/[^\u0000-\u007f]/.test(text)
/** What headings are tried in; the rarer ones where the words are no Vietnamese as they stand. */
const usualEncodings = ['tcvn3', 'vni'] as const
const rareEncodings = [...usualEncodings, 'vps', 'viscii', 'windows-1258'] as const

/**
 * A heading in an old font is too short to tell its encoding, so it is read in each one, and its words decide. Unicode
 * text has one reading. The cache serves the words that fill whole columns: communes, classes, peoples.
 */
export const foldings = memoize(20_000, foldingsOf)

function foldingsOf(text: string): readonly FoldedHeading[] {
  // No heading, title or name is so long: such a text says nothing of a sheet's form.
  if (text.length > longestWritten.text) return []
  // UTF-8 misread has à's second half as a blank that does not break: it is read before blanks are made one.
  const sure = certainEncoding(text)
  const flat = (sure ? decodeAs(text, sure) : text).replace(/\s+/g, ' ').trim()
  if (sure || isAscii(flat) || /[\u1ea0-\u1ef9]/.test(flat)) return [foldHeading(flat)]
  if (!isOfBytes(flat)) return [foldHeading(flat)]
  const decoded = new Set([
    flat,
    ...(isWellSpelt(flat) ? usualEncodings : rareEncodings).map(encoding => decodeAs(flat, encoding)),
  ])
  return [...decoded].map(foldHeading)
}
