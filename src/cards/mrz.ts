import { checkDigit } from '../chip/inspecting/zone-check.ts'
import { type Day, isRealDate, type PartialDay, parseDay } from '../platform/day.ts'
import { codePointOf } from '../platform/pdf/font.ts'
import type { CardContent } from './content.ts'
import { printedFaceProblem } from './problems-printed-face.ts'

/**
 * The machine-readable zone on the back: TD1, three lines of thirty (ICAO 9303-5, section 4.2; as Vietnamese cards use
 * it: domain.md 2.13).
 *
 * IDVNM2050012347022205001234<<5   the number's last nine digits, their check digit, all twelve, two fillers, a check
 * digit over these fourteen
 * 0503154M3003150VNM<<<<<<<<<<<2   birth, sex, end of term, each date with its check digit; at the end one over both
 * lines
 *   NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<   first word of the name, the others
 */
export type MrzLines = readonly [string, string, string]

/**
 * `withoutTerm` is written for a card without term. The default 991231 is of low confidence (domain.md 2.14): nobody
 * has seen it on paper, so an option replaces it.
 */
export type MrzOptions = { readonly withoutTerm?: string }

const lineLength = 30
const filler = '<'
const padWithFiller = (text: string, length: number) => text.padEnd(length, filler)

/**
 * Letters whose marks are part of them (ICAO 9303-3, section 6); Ƀ of the highlands is not in its tables, and read as
 * they read Đ.
 */
const plainOf: Readonly<Record<string, string>> = {
  Đ: 'D',
  Ð: 'D',
  Ɖ: 'D',
  Ƀ: 'B',
  Ø: 'OE',
  Æ: 'AE',
  Œ: 'OE',
  ẞ: 'SS',
  Þ: 'TH',
  Ł: 'L',
}

/**
 * One word in the letters of the zone: marks and apostrophes are removed, a hyphen splits it (ICAO 9303-3, section
 * 4.6).
 */
function plainWord(word: string): string {
  const letters = [...word.normalize('NFC').toUpperCase()].map(letter => plainOf[letter] ?? letter).join('')
  return letters
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[-\u2010-\u2015]/g, filler)
    .replace(/['’‘ʼ`´.,]/g, '')
    .replace(/^<+|(?<!<)<+$/g, '')
}

function plainWords(fullName: string): string[] {
  const words = fullName.trim().split(/\s+/).map(plainWord).filter(Boolean)
  const signs = [...new Set(words.join('').replace(/[A-Z<]/g, ''))].map(codePointOf)
  if (signs.length > 0) throw printedFaceProblem('card-text-unprintable', { field: 'mrz', signs })
  if (words.length === 0) throw printedFaceProblem('card-field-needed', { field: 'fullName' })
  return words
}

/** How many words stand whole in the line, and where the next one begins. */
function wholeWords(words: readonly string[]): { readonly whole: number; readonly next: number } {
  let [whole, next] = [1, (words[0] ?? '').length + 2]
  while (whole < words.length && next + (words[whole] ?? '').length < lineLength)
    next += (words[whole++] ?? '').length + 1
  return { whole, next }
}

/** The last word that can lose letters is shortened; the first word only where no other can. */
const givingWord = (words: readonly string[]) =>
  Math.max(
    0,
    words.findLastIndex((word, at) => at > 0 && word.length > 1),
  )

/**
 * The line of the name. A name that is too long is cut at thirty so that its last place is a letter, which says that
 * more may have followed. The first word leaves room for the others to begin; where the cut would fall between two
 * words, one before it is shortened (ICAO 9303-5, section 4.2.3).
 */
export function nameLine(fullName: string): string {
  const [first = '', ...rest] = plainWords(fullName)
  if (rest.length === 0) return padWithFiller(first, lineLength).slice(0, lineLength)

  const words = [first.slice(0, lineLength - 3).replace(/<$/, ''), ...rest.join(filler).split(filler)]
  for (
    let { whole, next } = wholeWords(words);
    whole < words.length && next === lineLength;
    { whole, next } = wholeWords(words)
  ) {
    const at = givingWord(words.slice(0, whole))
    words[at] = (words[at] ?? '').slice(0, -1)
  }
  return padWithFiller(`${words[0]}<<${words.slice(1).join(filler)}`, lineLength).slice(0, lineLength)
}

const twoDigits = (n: number) => String(n).padStart(2, '0')

/** YYMMDD; unknown parts of a birth are fillers (ICAO 9303-3, section 4.8). */
const partialText = ({ y, m, d }: PartialDay) =>
  twoDigits(y % 100) + (m ? twoDigits(m) : '<<') + (m && d ? twoDigits(d) : '<<')

const withCheck = (text: string) => text + checkDigit(text)

/** What the last check digit of the second line covers. */
const compositeCheck = (first: string, second: string) =>
  checkDigit(first.slice(5, 30) + second.slice(0, 7) + second.slice(8, 15) + second.slice(18, 29))

/**
 * Writes the zone. `expiresOn` absent = a card without term. Refuses a number that is not twelve digits, and names with
 * signs that have no letter.
 */
export function writeMrz(
  content: Pick<CardContent, 'number' | 'fullName' | 'birthDate' | 'sex'>,
  expiresOn: Day | undefined,
  { withoutTerm = '991231' }: MrzOptions = {},
): MrzLines {
  const { number, fullName, birthDate, sex } = content
  if (!/^\d{12}$/.test(number)) throw printedFaceProblem('card-number-malformed')

  const term = expiresOn ? expiresOn.replaceAll('-', '').slice(2) : withoutTerm
  const first = `IDVNM${withCheck(number.slice(3))}${withCheck(`${number}<<`)}`
  const second = padWithFiller(`${withCheck(partialText(birthDate))}${sex}${withCheck(term)}VNM`, lineLength - 1)
  return [first, second + compositeCheck(first, second), nameLine(fullName)]
}

/** What a zone says. `mayBeCut`: the name fills its line, so that more of it may have followed. */
export type Mrz = {
  readonly number: string
  readonly birthDate: PartialDay
  readonly sex: 'M' | 'F'
  readonly expiresOn: Day | undefined
  readonly family: string
  readonly others: readonly string[]
  readonly mayBeCut: boolean
}

export type MrzField = 'document-number' | 'number' | 'birth' | 'term' | 'fillers' | 'composite' | 'name'

export type MrzReading =
  | ({ readonly kind: 'mrz' } & Mrz)
  /** It has the form, yet a check digit or a date in it cannot be. */
  | { readonly kind: 'mistaken'; readonly fields: readonly MrzField[] }
  | { readonly kind: 'other' }

const mrzPattern =
  /^IDVNM(\d{9})(\d)(\d{12})(..)(\d)\n([\d<]{6})(\d)([MF])(\d{6})(\d)VNM([A-Z\d<]{11})(\d)\n([A-Z<]{30})$/

/**
 * The century of a birth is not in the zone: of the years that end so, the one next to what the number says (domain.md
 * 1.2), since a corrected year may lie beyond the turn of a century.
 */
function birthIn(text: string, number: string): PartialDay | undefined {
  const [, yy, mm, dd] = /^(\d\d)(\d\d|<<)(\d\d|<<)$/.exec(text) ?? []
  if (!yy || !mm || !dd) return undefined
  const told = (19 + Math.floor(Number(number.charAt(3)) / 2)) * 100 + Number(number.slice(4, 6))
  const y = Number(yy) + 100 * Math.round((told - Number(yy)) / 100)
  if (mm === '<<') return dd === '<<' ? { y } : undefined
  const [m, d] = [Number(mm), Number(dd)]
  if (dd === '<<') return m >= 1 && m <= 12 ? { y, m } : undefined
  return isRealDate(y, m, d) ? { y, m, d } : undefined
}

const termIn = (text: string) => parseDay(`20${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4)}`)

/**
 * Reads a zone of three lines, from a reader or typed in. Never throws; checks all check digits, and that both forms of
 * the number agree.
 */
export function readMrz(text: string, { withoutTerm = '991231' }: MrzOptions = {}): MrzReading {
  const lines = text
    .toUpperCase()
    .split(/\r\n|\r|\n/)
    .map(line => line.replace(/\s/g, ''))
    .filter(Boolean)
  const found = mrzPattern.exec(lines.join('\n'))
  if (!found) return { kind: 'other' }

  const [
    ,
    nine = '',
    nineCheck,
    number = '',
    gap,
    longCheck,
    born = '',
    bornCheck,
    sex,
    term = '',
    termCheck,
    rest,
    all,
    names = '',
  ] = found
  const birthDate = birthIn(born, number)
  const expiresOn = term === withoutTerm ? undefined : termIn(term)
  const nameForm = /^([A-Z]+(?:<[A-Z]+)*)(?:<<([A-Z]+(?:<[A-Z]+)*))?<*$/.exec(names)

  const mistakes: readonly (readonly [field: MrzField, isMistaken: boolean])[] = [
    ['document-number', nineCheck !== checkDigit(nine) || number.slice(3) !== nine],
    ['number', longCheck !== checkDigit(`${number}${gap}`)],
    ['birth', bornCheck !== checkDigit(born) || !birthDate],
    ['term', termCheck !== checkDigit(term) || (!expiresOn && term !== withoutTerm)],
    ['fillers', gap !== '<<' || /[^<]/.test(rest ?? '')],
    ['composite', all !== compositeCheck(lines[0] ?? '', lines[1] ?? '')],
    ['name', !nameForm],
  ]
  const fields = mistakes.filter(([, isMistaken]) => isMistaken).map(([field]) => field)
  if (fields.length > 0 || !birthDate) return { kind: 'mistaken', fields }
  return {
    kind: 'mrz',
    number,
    birthDate,
    sex: sex === 'M' ? 'M' : 'F',
    expiresOn,
    family: nameForm?.[1] ?? '',
    others: nameForm?.[2]?.split(filler) ?? [],
    mayBeCut: !names.endsWith(filler),
  }
}
