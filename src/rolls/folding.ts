import { decodeAs } from '../names/legacy.ts'
import { foldMarks, foldTone } from '../names/name.ts'

/** A text folded for finding words in it: `marked` keeps letters and tones, `plain` is a–z, digits and blanks. */
export type Folded = { readonly text: string; readonly marked: string; readonly plain: string }

const fold = (text: string): Folded => ({ text, marked: foldTone(text), plain: foldMarks(text) })

const isAscii = (text: string) => !/[^\u0000-\u007f]/.test(text)
const isLatin1 = (text: string) => !/[^\u0000-\u00ff]/.test(text)

/** A heading in an old font says too little to tell its encoding; so it is read in each, and its words decide. Proper text stays one. */
export function foldings(text: string): readonly Folded[] {
  const flat = text.replace(/\s+/g, ' ').trim()
  if (isAscii(flat) || !isLatin1(flat)) return [fold(flat)]
  const decoded = new Set([flat, decodeAs(flat, 'tcvn3'), decodeAs(flat, 'vni')])
  return [...decoded].map(fold)
}
