import { tcvn3Letters, vniLetters, vpsLetters } from './legacy-table.ts'
import { decodeMojibake } from './mojibake.ts'
import { isSyllable } from './syllable.ts'

/**
 * Text that old fonts or wrong readings left behind in spreadsheets (domain.md 9.5): found by the font's name, or by words that are
 * no Vietnamese as they stand and become so when decoded. Decode before cleaning: there a soft hyphen is a letter.
 */

export type LegacyEncoding = 'tcvn3' | 'vni' | 'vps' | 'mojibake'

// biome-ignore format: a table is read as a table
const fonts: readonly (readonly [font: RegExp, encoding: LegacyEncoding])[] = [
  [/^\.Vn/i,     'tcvn3'],
  [/^VNI[-_ ]/i, 'vni'],
  [/^VPS[-_ ]/i, 'vps'],
]

const encodingOfFont = (fontName = '') => fonts.find(([font]) => font.test(fontName.trim()))?.[1]

/** The fonts .VnTimeH, .VnArialH … show small letters as capitals. */
const isCapitalFont = (fontName = '') => /^\.Vn.*H$/i.test(fontName.trim())

const decodeLetters = (text: string, letters: ReadonlyMap<string, string>) =>
  Array.from(text, letter => letters.get(letter) ?? letter).join('')

/** TCVN3 has no capitals with tone: within capitals they were typed small, and so was the first letter of Ánh or Ấn. */
function mendCapitals(decoded: string): string {
  if (!/\p{Ll}/u.test(decoded.replace(/[\u0080-\uffff]/g, '')) && /[A-ZĂÂÊÔƠƯĐ]{2}/.test(decoded) && !/[ăâêôơưđ]/.test(decoded))
    return decoded.toUpperCase()

  const words = decoded.split(' ')
  const capital = words.filter(word => /^\p{Lu}/u.test(word))
  const toned = words.filter(word => /^[\u00e0-\u00fd\u1ea0-\u1eff]/.test(word))
  if (capital.length === 0 || capital.length + toned.length < words.length) return decoded
  return words.map(word => (toned.includes(word) ? word.charAt(0).toUpperCase() + word.slice(1) : word)).join(' ')
}

function decodeVni(text: string): string {
  let decoded = ''
  for (let at = 0; at < text.length; at += 1) {
    const [one, two] = [text.charAt(at), text.slice(at, at + 2)]
    const pair = two.length === 2 ? vniLetters.get(two.toLowerCase()) : undefined
    const letter = pair ?? vniLetters.get(one.toLowerCase()) ?? one
    if (pair) at += 1
    decoded += one === one.toLowerCase() ? letter : letter.toUpperCase()
  }
  return decoded
}

const decoders: Readonly<Record<LegacyEncoding, (text: string) => string>> = {
  tcvn3: text => mendCapitals(decodeLetters(text, tcvn3Letters)),
  vni: decodeVni,
  vps: text => decodeLetters(text, vpsLetters),
  mojibake: text => decodeMojibake(text) ?? text,
}

/** Decodes text whose encoding is known. */
export function decodeAs(text: string, encoding: LegacyEncoding, fontName?: string): string {
  const decoded = decoders[encoding](text)
  return isCapitalFont(fontName) && encoding === 'tcvn3' ? decoded.toUpperCase() : decoded
}

const isAscii = (text: string) => !/[^\u0000-\u007f]/.test(text)
const wordsOf = (text: string) => text.split(/[\s().,;:\-/]+/).filter(word => !isAscii(word))
const isVietnamese = (word: string) => isSyllable(word.toLowerCase().normalize('NFC'))

/** How loudly a word says that it is no Unicode: signs within a word and capitals behind small letters never occur in names, nor do
 *  VNI's doubled vowels; single foreign letters do (Loïc, Søren). */
const loud: Readonly<Record<'tcvn3' | 'vni', RegExp>> = {
  tcvn3: /[\u00a1-\u00bf×÷]|[a-z][À-Þ]/,
  vni: /[aeo][âáàåãäêéèúü]|[aeouyôö][ùøûõ]/i,
}

type Weight = { readonly strength: number; readonly spoilt: number }

/** What speaks for an encoding (words that it makes Vietnamese), and what against (words that it spoils or cannot read). */
function weigh(text: string, encoding: 'tcvn3' | 'vni'): Weight {
  let [strength, spoilt] = [0, 0]
  for (const word of wordsOf(text)) {
    if (!isVietnamese(decoders[encoding](word))) spoilt += 1
    else if (!isVietnamese(word)) strength += loud[encoding].test(word) ? 2 : 1
  }
  return { strength, spoilt }
}

const isLatin1 = (text: string) => !/[^\u0000-\u00ff]/.test(text)

/** A cell's font names its encoding, unless the text was pasted into it as Unicode. */
function detectByFont(text: string, fontName: string | undefined): LegacyEncoding | undefined {
  const encoding = encodingOfFont(fontName)
  if (!encoding) return undefined
  if (/[\u0100-\u0151\u0154-\u0159\u015c-\u0177\u0179-\u017c\u01a0-\u01b0\u1ea0-\u1ef9]/.test(text)) return undefined

  const words = wordsOf(text)
  const before = words.filter(isVietnamese).length
  const after = words.filter(word => isVietnamese(decoders[encoding](word))).length
  return after >= before ? encoding : undefined
}

/** The encoding of one text; undefined for proper Unicode, for plain ASCII and where too little speaks for an encoding. */
export function detectLegacy(text: string, fontName?: string): LegacyEncoding | undefined {
  if (isAscii(text)) return undefined
  if (decodeMojibake(text) !== undefined) return 'mojibake'
  const byFont = detectByFont(text, fontName)
  if (byFont || !isLatin1(text)) return byFont

  const [tcvn3, vni] = [weigh(text, 'tcvn3'), weigh(text, 'vni')]
  const margin = ({ strength, spoilt }: Weight) => strength - 4 * spoilt
  if (Math.max(margin(tcvn3), margin(vni)) < 2) return undefined
  return margin(tcvn3) >= margin(vni) ? 'tcvn3' : 'vni'
}

export type Decoded = { readonly text: string; readonly encoding: LegacyEncoding | undefined }

/** The text in Unicode (not yet cleaned), and what it came in. Proper text comes back as it is. */
export function decodeLegacy(text: string, fontName?: string): Decoded {
  const encoding = detectLegacy(text, fontName)
  return { text: encoding ? decodeAs(text, encoding, fontName) : text, encoding }
}

export type ColumnEncoding = {
  /** What most of the column is in; undefined for a column in Unicode. */
  readonly column: LegacyEncoding | undefined
  /** One for each text: a column is often mended in part. */
  readonly cells: readonly (LegacyEncoding | undefined)[]
}

/** Decides for a column, where a cell alone says too little (Hoà may be VNI's Hồ): when more cells speak for one old font than
 *  for Unicode, the doubtful ones are read in it too. */
export function detectLegacyOfColumn(texts: readonly string[], fontNames: readonly (string | undefined)[] = []): ColumnEncoding {
  const alone = texts.map((text, at) => detectLegacy(text, fontNames[at]))
  const proper = texts.filter((text, at) => !alone[at] && !isLatin1(text)).length
  const counts = new Map<LegacyEncoding, number>()
  for (const encoding of alone) if (encoding) counts.set(encoding, (counts.get(encoding) ?? 0) + 1)

  const [column, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [undefined, 0]
  if (!column || count <= proper) return { column: undefined, cells: alone }
  if (column === 'mojibake' || column === 'vps') return { column, cells: alone }

  const cells = texts.map((text, at) => {
    if (alone[at] || isAscii(text) || !isLatin1(text)) return alone[at]
    return weigh(text, column).spoilt === 0 ? column : undefined
  })
  return { column, cells }
}
