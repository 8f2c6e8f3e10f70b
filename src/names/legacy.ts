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

/** VNI's text cut into its letters, each as written and as meant; what VNI does not know is undefined. */
function cutVni(text: string): [written: string, letter: string | undefined][] {
  const cut: [string, string | undefined][] = []
  for (let at = 0; at < text.length; ) {
    const [one, two] = [text.charAt(at), text.slice(at, at + 2)]
    const pair = two.length === 2 ? vniLetters.get(two.toLowerCase()) : undefined
    const letter = pair ?? vniLetters.get(one.toLowerCase())
    const written = pair ? two : one
    cut.push([written, letter && one !== one.toLowerCase() ? letter.toUpperCase() : letter])
    at += written.length
  }
  return cut
}

const decodeVni = (text: string) =>
  cutVni(text)
    .map(([written, letter]) => letter ?? written)
    .join('')

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

/** Whether the encoding has every sign of the word. */
const canRead: Readonly<Record<LegacyEncoding, (word: string) => boolean>> = {
  tcvn3: word => Array.from(word).every(letter => isAscii(letter) || tcvn3Letters.has(letter)),
  vni: word => cutVni(word).every(([written, letter]) => letter !== undefined || isAscii(written)),
  vps: word => Array.from(word).every(letter => isAscii(letter) || vpsLetters.has(letter)),
  mojibake: word => decodeMojibake(word) !== undefined,
}

const becomesVietnamese = (word: string, encoding: LegacyEncoding) => canRead[encoding](word) && isVietnamese(decoders[encoding](word))

/** What no proper name has, in any language: signs within a word, small letters within capitals and the reverse, and most of VNI's
 *  doubled vowels. Other letters occur abroad too (Loïc, Søren, Seán) and must come in numbers. */
const loud: Readonly<Record<'tcvn3' | 'vni', RegExp>> = {
  tcvn3: /[\u00a1-\u00bf×÷]|[a-z][À-Þ]|[A-Z]{2}[ß-þ]|[ß-þ][A-Z]/,
  vni: /[aeo][âàåãäê]|a[áèü]|[aeouyôö][ùøûõ]|öô|ñ[aeouyôö][áéëïú]/i,
}

/** Kp¨, Mloâ: names of other peoples in an old font; no Vietnamese when decoded, and nobody's name before. */
const unheardOf: Readonly<Record<'tcvn3' | 'vni', RegExp>> = { tcvn3: /[\u00a1-\u00bf×÷]/, vni: /[eo]â|a[âê]/i }
const isOfOtherPeople = (word: string, encoding: 'tcvn3' | 'vni') => canRead[encoding](word) && unheardOf[encoding].test(word)

type Weight = { readonly strength: number; readonly spoilt: number; readonly isLoud: boolean }

/** What speaks for an encoding (words that it makes Vietnamese), and what against (words that it spoils or cannot read). */
function weigh(text: string, encoding: 'tcvn3' | 'vni'): Weight {
  let [strength, spoilt, isLoud] = [0, 0, false]
  for (const word of wordsOf(text)) {
    if (!becomesVietnamese(word, encoding)) spoilt += isOfOtherPeople(word, encoding) ? 0 : 1
    else if (!isVietnamese(word)) {
      const alone = loud[encoding].test(word)
      strength += alone ? 2 : 1
      isLoud ||= alone
    }
  }
  return { strength, spoilt, isLoud }
}

const isLatin1 = (text: string) => !/[^\u0000-\u00ff]/.test(text)

/** A cell's font names its encoding, unless the text was pasted into it as Unicode. */
function detectByFont(text: string, fontName: string | undefined): LegacyEncoding | undefined {
  const encoding = encodingOfFont(fontName)
  if (!encoding) return undefined
  if (/[\u0100-\u0151\u0154-\u0159\u015c-\u0177\u0179-\u017c\u01a0-\u01b0\u1ea0-\u1ef9]/.test(text)) return undefined

  const words = wordsOf(text)
  const before = words.filter(isVietnamese).length
  const after = words.filter(word => becomesVietnamese(word, encoding)).length
  return after >= before ? encoding : undefined
}

/** HUÕ is HUẾ in TCVN3 and HŨ in VNI: where both make sense, the column or the font must tell. */
const areRivals = (a: Weight, b: Weight) =>
  a.spoilt + b.spoilt === 0 && Math.min(a.strength, b.strength) > 0 && Math.abs(a.strength - b.strength) < 2

/** The encoding of one text; undefined for proper Unicode, for plain ASCII and where too little speaks for an encoding. */
export function detectLegacy(text: string, fontName?: string): LegacyEncoding | undefined {
  if (isAscii(text)) return undefined
  if (decodeMojibake(text) !== undefined) return 'mojibake'
  const byFont = detectByFont(text, fontName)
  if (byFont || !isLatin1(text)) return byFont

  const [tcvn3, vni] = [weigh(text, 'tcvn3'), weigh(text, 'vni')]
  const forTcvn3 = tcvn3.strength - 4 * tcvn3.spoilt
  const forVni = vni.strength - 4 * vni.spoilt - (vni.isLoud ? 0 : 1)
  if (Math.max(forTcvn3, forVni) < 2 || areRivals(tcvn3, vni)) return undefined
  return forTcvn3 >= forVni ? 'tcvn3' : 'vni'
}

export type Decoded = { readonly text: string; readonly encoding: LegacyEncoding | undefined }

/** The text in Unicode (not yet cleaned), and what it came in. Proper text comes back as it is. */
export function decodeLegacy(text: string, fontName?: string): Decoded {
  const encoding = detectLegacy(text, fontName)
  return { text: encoding ? decodeAs(text, encoding, fontName) : text, encoding }
}

/** Whether a word may stand in a column of the encoding: readable in it, and not Vietnamese before alone. */
const fits = (word: string, encoding: LegacyEncoding) =>
  canRead[encoding](word) && (becomesVietnamese(word, encoding) || !isVietnamese(word))

export type ColumnEncoding = {
  /** What most of the column is in; undefined for a column in Unicode. */
  readonly column: LegacyEncoding | undefined
  /** One for each text: a column is often mended in part. */
  readonly cells: readonly (LegacyEncoding | undefined)[]
}

/** Where the old texts still have their fonts, one without was typed anew. */
function fontsTell(
  column: LegacyEncoding,
  alone: readonly (LegacyEncoding | undefined)[],
  fontNames: readonly (string | undefined)[],
): boolean {
  const old = alone.flatMap((encoding, at) => (encoding === column ? [encodingOfFont(fontNames[at])] : []))
  return old.filter(encoding => encoding === column).length >= old.length * 0.9
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
  if (column === 'mojibake' || column === 'vps' || fontsTell(column, alone, fontNames)) return { column, cells: alone }

  const cells = texts.map((text, at) => {
    if (alone[at] || isAscii(text) || !isLatin1(text)) return alone[at]
    return wordsOf(text).every(word => fits(word, column)) ? column : undefined
  })
  return { column, cells }
}
