import { longestWritten } from './law.ts'
import type { LegacyEncoding } from './legacy/encoding.ts'
import { decodeLegacy } from './legacy/legacy.ts'
import { cleanName, foldMarks, foldTone, isPlausibleName, sortKey } from './name.ts'

/**
 * The front door of names: what most callers need of a name as it was given. The noun files beside it may be imported
 * too.
 */

export type { BirthDateReading } from './dates/dates.ts'
export type { LegacyEncoding } from './legacy/encoding.ts'
export type { NumberReading, Sex } from './numbers/numbers.ts'
export type { PhoneReading } from './numbers/phone.ts'

export type ReadName = {
  /** The legal form: case and tone placement as given. */
  readonly name: string
  /** The encoding it came in, where it was not Unicode. */
  readonly legacy: LegacyEncoding | undefined
  readonly plausible: boolean
}

/**
 * Reads a name from a cell or a form: decodes legacy fonts, then cleans. `fontName` is the cell's font, where it is
 * known. What is longer than any name is not plausible, and stays as it came.
 */
export function readName(text: string, fontName?: string): ReadName {
  if (text.length > longestWritten.name) return { name: text, legacy: undefined, plausible: false }
  const decoded = decodeLegacy(text, fontName)
  const name = cleanName(decoded.text)
  return { name, legacy: decoded.encoding, plausible: isPlausibleName(name) }
}

export type NameKeys = { readonly tone: string; readonly marks: string; readonly sort: string }

/** The keys kept beside a name: to match with marks, to match without, and to sort by. */
export const keysOf = (name: string): NameKeys => ({
  tone: foldTone(name),
  marks: foldMarks(name),
  sort: sortKey(name),
})
