/*
 * Legacy text. In: a cell's text and, where known, its font. Decided: whether it is Vietnamese as it stands, or was
 * written in an old encoding, read in a wrong code page, or typed without an input program; and which. Out: the text in
 * Unicode, and the encoding it came in. A whole column is judged together (column.ts). No deeds: names is pure.
 */

import { codecs } from './codec.ts'
import { type ByteEncoding, byteEncodings, type LegacyEncoding } from './encoding.ts'
import { decodeEntities } from './entity.ts'
import { decomposeToStrokes } from './keystroke.ts'
import { decodeAsMojibake, decodeMojibake, isSurelyMojibake } from './mojibake.ts'
import { isWellSpelt, type Odds, weighBytes, weighKeys } from './reading-odds.ts'
import { windows1252 } from './table.ts'

/**
 * Text that old fonts, wrong readings or absent input programs left behind in spreadsheets (domain.md 9.5): found by
 * the font's name, or by words that are no Vietnamese as they stand and become so when read anew. Decode before
 * cleaning: there a soft hyphen is a letter.
 */

const fonts: readonly (readonly [font: RegExp, encoding: ByteEncoding])[] = [
  [/^\.Vn/i, 'tcvn3'],
  [/^VNI[-_ ]/i, 'vni'],
  [/^VPS[-_ ]/i, 'vps'],
  [/^VISCII\b/i, 'viscii'],
]

export const encodingOfFont = (fontName = ''): ByteEncoding | undefined =>
  fonts.find(([font]) => font.test(fontName.trim()))?.[1]

/** The fonts .VnTimeH, .VnArialH … show small letters as capitals. */
export const isCapitalFont = (fontName = '') => /^\.Vn.*H$/i.test(fontName.trim())

const isByteEncoding = (encoding: LegacyEncoding): encoding is ByteEncoding =>
  byteEncodings.some(one => one === encoding)

/** Decodes text whose encoding is known. What the encoding does not have stays as it is. */
export function decodeAs(text: string, encoding: LegacyEncoding, fontName?: string): string {
  if (encoding === 'mojibake') return decodeAsMojibake(text) ?? text
  if (encoding === 'entities') return decodeEntities(text) ?? text
  if (!isByteEncoding(encoding)) return decomposeToStrokes(text, encoding)
  const decoded = codecs[encoding].decode(text)
  return isCapitalFont(fontName) && encoding === 'tcvn3' ? decoded.toUpperCase() : decoded
}

export const isAscii = (text: string) => !/[^\u0000-\u007f]/.test(text)

/** Whether each letter shows a byte; where one does not, the text is Unicode. */
export const isOfBytes = (text: string) => !ofNoByte.test(text)
const ofNoByte = new RegExp(`[^\\u0000-\\u00ff${windows1252}]`)

/** Letters that stand in no reading of bytes, under Windows-1258 either: nearly every proper name has one. */
const isSurelyUnicode = (text: string) => /[\u1ea0-\u1ef9]/.test(text)

/** What a font's name is worth beside the words: Lê pasted into .VnTime is still no Lờ. */
const worthOfFont = 6.5

const nothing: Odds = new Map()

/** The odds against Unicode, decimal logarithms; empty for proper text that nothing else makes sense of. */
export function weighText(text: string, fontName?: string): Odds {
  if (isAscii(text)) return weighKeys(text)
  if (!isOfBytes(text)) return nothing
  const byFont = encodingOfFont(fontName)
  const odds = weighBytes(text)
  return byFont ? new Map(odds).set(byFont, (odds.get(byFont) ?? 0) + worthOfFont) : odds
}

/** Odds of a hundred to one; and thirty to one against another encoding that reads it otherwise. */
export const enough = 2
const apart = 1.5

/** The best reading of the text, where it is better than as it stands and than any other, each by enough. */
export function bestEncoding(odds: Odds, text: string, { than = enough, by = apart } = {}): LegacyEncoding | undefined {
  const [first, ...rest] = [...odds].sort((a, b) => b[1] - a[1])
  if (!first || first[1] < than) return undefined
  const read = decodeAs(text, first[0])
  const isRivalled = rest.some(([name, worth]) => first[1] - worth < by && decodeAs(text, name) !== read)
  return isRivalled ? undefined : first[0]
}

/** The encodings that make enough sense of a text, where several do. */
export function rivalsIn(odds: Odds): LegacyEncoding[] {
  const most = Math.max(...odds.values())
  return [...odds].flatMap(([name, worth]) => (worth >= enough && most - worth < apart ? [name] : []))
}

/** What no odds are needed for: UTF-8 misread, and letters by number. */
export function certainEncoding(text: string): LegacyEncoding | undefined {
  if (!isAscii(text) && !isSurelyUnicode(text) && decodeMojibake(text) !== undefined) return 'mojibake'
  return decodeEntities(text) === undefined ? undefined : 'entities'
}

/**
 * Text that alone is what it is: of Unicode's letters, of Vietnamese words in a font that says nothing else, or UTF-8
 * beyond mending.
 */
export const isPlainUnicode = (text: string, fontName?: string) =>
  !isAscii(text) && (!isOfBytes(text) || (!encodingOfFont(fontName) && (isWellSpelt(text) || isSurelyMojibake(text))))

/** The encoding of one text; undefined for proper Unicode, and where too little speaks for an encoding. */
export function detectLegacy(text: string, fontName?: string): LegacyEncoding | undefined {
  return (
    certainEncoding(text) ??
    (isPlainUnicode(text, fontName) ? undefined : bestEncoding(weighText(text, fontName), text))
  )
}

export type Decoded = { readonly text: string; readonly encoding: LegacyEncoding | undefined }

/** The text in Unicode (not yet cleaned), and what it came in. Proper text comes back as it is. */
export function decodeLegacy(text: string, fontName?: string): Decoded {
  const encoding = detectLegacy(text, fontName)
  return { text: encoding ? decodeAs(text, encoding, fontName) : text, encoding }
}

/** Letters that were replaced by question marks, or of which a part is lost: nothing brings them back. */
export const isLost = (text: string): boolean =>
  (/[?\ufffd]/.test(text) && isReplaced(text)) || (!isAscii(text) && !isSurelyUnicode(text) && isSurelyMojibake(text))

const isReplaced = (text: string) => /\p{L}\?+\p{L}|\p{L}\?{1,2}(?=\s|$)|(?:^|\s)\?{1,3}\p{L}|\ufffd/u.test(text)
