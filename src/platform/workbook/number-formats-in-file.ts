import { addDays, asDay, type Day, weekday } from '../day.ts'
import { englishMonths } from '../terms/numbers-and-days.ts'

/** A number as its cell shows it: a day, a number with its mask of digits, or the number whole. */
type FormattedNumber = { readonly kind: 'number' | 'date'; readonly text: string; readonly value: number | string }
export type NumberFormatter = (number: number, raw: string) => FormattedNumber

/** Formats that have a number and no text in a file (ECMA-376 part 1, 18.8.30); 14 and 22 follow the reader's land. */
const builtIn: Readonly<Record<number, string>> = {
  0: 'General',
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'dd/mm/yyyy',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'dd/mm/yyyy h:mm',
  37: '#,##0;(#,##0)',
  38: '#,##0;(#,##0)',
  39: '#,##0.00;(#,##0.00)',
  40: '#,##0.00;(#,##0.00)',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
  48: '##0.0E+0',
  49: '@',
}
/** In lands of eastern Asia these are days too. */
const isLocalDay = (id: number) => (id >= 27 && id <= 36) || (id >= 50 && id <= 58)

export const builtInFormat = (id: number) => builtIn[id] ?? (isLocalDay(id) ? 'dd/mm/yyyy' : 'General')

type Token = {
  readonly what: 'y' | 'm' | 'd' | 'h' | 's' | 'minute' | 'half' | 'elapsed' | 'literal' | 'digit' | 'other'
  readonly text: string
}

const tokenPattern = new RegExp(
  String.raw`"([^"]*)"|\\(.)|_.|\*.|\[(h+|m+|s+)\]|\[\$([^\]-]*)(?:-[^\]]*)?(?:\]|$)|\[[^\]]*(?:\]|$)|(AM\/PM|A\/P)` +
    '|(General)|(E[+-])|(y+|e+|m+|d+|h+|s+)|([0#?])|(.)',
  'gisuy',
)

/** The signs between digits that change no digit: 0### ### ###, 000-000-000. */
const isPlainSign = (sign: string) => !'.,%@/E'.includes(sign)

function tokens(section: string): Token[] {
  const found: Token[] = []
  for (const part of section.matchAll(tokenPattern)) {
    const [whole, quoted, escaped, elapsed, currency, half, general, exponent, unit, digit, sign] = part
    const literal = quoted ?? escaped ?? currency
    if (literal !== undefined) found.push({ what: 'literal', text: literal })
    else if (elapsed) found.push({ what: 'elapsed', text: elapsed.toLowerCase() })
    else if (half) found.push({ what: 'half', text: half })
    else if (general || exponent) found.push({ what: 'other', text: whole })
    else if (unit)
      found.push({ what: unit[0]?.toLowerCase().replace('e', 'y') as Token['what'], text: unit.toLowerCase() })
    else if (digit) found.push({ what: 'digit', text: digit })
    else if (sign) found.push({ what: isPlainSign(sign) ? 'literal' : 'other', text: sign })
  }
  return withMinutes(found)
}

/** `m` is a minute after an hour and before a second, else a month. */
function withMinutes(found: Token[]): Token[] {
  const isTime = (token: Token | undefined, letter: 'h' | 's') =>
    token?.what === letter || (token?.what === 'elapsed' && token.text.startsWith(letter))
  const units = found.filter(token => 'ymdhs'.includes(token.what) || token.what === 'elapsed')
  return found.map(token => {
    if (token.what !== 'm') return token
    const at = units.indexOf(token)
    return isTime(units[at - 1], 'h') || isTime(units[at + 1], 's') ? { what: 'minute', text: token.text } : token
  })
}

const vietnameseMonths = [
  'Giêng',
  'Hai',
  'Ba',
  'Tư',
  'Năm',
  'Sáu',
  'Bảy',
  'Tám',
  'Chín',
  'Mười',
  'Mười Một',
  'Mười Hai',
]
const vietnameseDays = ['Hai', 'Ba', 'Tư', 'Năm', 'Sáu', 'Bảy', 'Chủ Nhật']
const englishDays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

type FormatLanguage = 'vi' | 'en'
type Moment = { readonly day: Day | undefined; readonly seconds: number; readonly serial: number }

const padded = (n: number, width: number) => String(n).padStart(width, '0')

function monthText(m: number, width: number, tongue: FormatLanguage): string {
  if (width <= 2) return padded(m, width)
  if (tongue === 'vi') return width === 3 ? `Thg ${m}` : `Tháng ${vietnameseMonths[m - 1]}`
  return (englishMonths[m - 1] ?? '').slice(0, width === 3 ? 3 : width === 5 ? 1 : undefined)
}

function dayText(day: Day, width: number, tongue: FormatLanguage): string {
  if (width <= 2) return padded(Number(day.slice(8)), width)
  const at = weekday(day) - 1
  if (tongue === 'en') return (englishDays[at] ?? '').slice(0, width === 3 ? 3 : undefined)
  const name = vietnameseDays[at] ?? ''
  return at === 6 || width === 3 ? name : `Thứ ${name}`
}

function elapsedText(text: string, serial: number): string {
  const unit = { h: 24, m: 1440, s: 86_400 }[text[0] ?? 'h'] ?? 24
  return padded(Math.floor(serial * unit + 1e-6), text.length)
}

function tokenText(token: Token, { day, seconds, serial }: Moment, halves: boolean, tongue: FormatLanguage): string {
  const width = token.text.length
  const hour = Math.floor(seconds / 3600)
  const shownHour = halves ? hour % 12 || 12 : hour
  const writers: Record<Token['what'], () => string> = {
    y: () => (width > 2 || token.text.startsWith('e') ? (day ?? '').slice(0, 4) : (day ?? '').slice(2, 4)),
    m: () => monthText(Number((day ?? '').slice(5, 7)), width, tongue),
    d: () => (day ? dayText(day, width, tongue) : ''),
    h: () => padded(shownHour, Math.min(width, 2)),
    minute: () => padded(Math.floor(seconds / 60) % 60, Math.min(width, 2)),
    s: () => padded(seconds % 60, Math.min(width, 2)),
    half: () => (hour < 12 ? 'AM' : 'PM'),
    elapsed: () => elapsedText(token.text, serial),
    literal: () => token.text,
    digit: () => '',
    other: () => (token.text === '/' || token.text === ',' ? token.text : ''),
  }
  return writers[token.what]()
}

/** Days of the calendar of a workbook: from 1900 with a 29 February that never was (serial 60), or from 1904. */
export function dayOfSerial(serial: number, from: 1900 | 1904): Day | undefined {
  const days = Math.floor(serial)
  if (from === 1904) return days >= 0 && days <= 2_957_003 ? addDays(asDay('1904-01-01'), days) : undefined
  if (days < 1 || days === 60 || days > 2_958_465) return undefined
  return addDays(asDay(days > 60 ? '1899-12-30' : '1899-12-31'), days)
}

const clockText = (seconds: number) =>
  [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(n => padded(n, 2)).join(':')

/**
 * Every digit of a number: what a cell shows as 2.2205E+10 is 22205001234. Fifteen digits are exact, as in Excel
 * itself.
 */
function wholeNumber(number: number, raw: string): string {
  if (/^-?[1-9]\d*$/.test(raw)) return raw
  const rounded = Number(number.toPrecision(15))
  return Number.isInteger(rounded) && Math.abs(rounded) >= 1e21 ? String(BigInt(rounded)) : String(rounded)
}

const plainNumber: NumberFormatter = (number, raw) => ({
  kind: 'number',
  text: wholeNumber(number, raw),
  value: number,
})

function dateFormatter(parts: readonly Token[], tongue: FormatLanguage, from: 1900 | 1904): NumberFormatter {
  const ofDays = parts.some(({ what }) => what === 'y' || what === 'm' || what === 'd')
  const halves = parts.some(({ what }) => what === 'half')
  return (number, raw) => {
    if (number < 0 || number > 2_958_466) return plainNumber(number, raw)
    let seconds = Math.round((number - Math.floor(number)) * 86_400)
    let days = Math.floor(number)
    if (seconds === 86_400) [seconds, days] = [0, days + 1]
    const day = dayOfSerial(days, from)
    if (ofDays && !day) return plainNumber(number, raw)

    const text = parts
      .map(part => tokenText(part, { day, seconds, serial: number }, halves, tongue))
      .join('')
      .trim()
    if (!ofDays || !day) return { kind: 'number', text, value: number }
    return { kind: 'date', text, value: seconds === 0 ? day : `${day}T${clockText(seconds)}` }
  }
}

/** A mask of digits, such as 000000000000 or 0### ### ###, gives back the zeros in front that the number has lost. */
function maskFormatter(parts: readonly Token[]): NumberFormatter {
  const places = parts.filter(({ what }) => what === 'digit')
  const forced =
    places.length -
    Math.max(
      0,
      places.findIndex(({ text }) => text === '0'),
    )
  return (number, raw) => {
    if (!Number.isSafeInteger(number) || number < 0) return plainNumber(number, raw)
    const digits = String(number).padStart(forced, '0')
    let place = 0
    const digitsAt = () => {
      const at = digits.length - places.length + place++
      return place === 1 ? digits.slice(0, Math.max(0, at + 1)) : (digits[at] ?? '')
    }
    const text = parts
      .map(part => (part.what === 'digit' ? digitsAt() : part.text))
      .join('')
      .trim()
    return { kind: 'number', text, value: number }
  }
}

/** Whether a format gives digits back: zeros before the number, written out or as places; `0` alone does not. */
function isMask(parts: readonly Token[]): boolean {
  const places = parts.filter(({ what }) => what === 'digit')
  if (places.length === 0 || parts.some(({ what }) => what === 'other')) return false
  const before = parts.slice(
    0,
    parts.findIndex(({ what }) => what === 'digit'),
  )
  return (places.length > 1 && places.some(({ text }) => text === '0')) || before.some(({ text }) => /\d/.test(text))
}

/** [$-42A], [$₫-42A], [$-vi-VN]: the language that a format names. */
const isVietnamese = (format: string) =>
  /\[\$-vi/i.test(format) ||
  (format.match(/\[\$[^\]]*(?:\]|$)/g) ?? []).some(language => /-[0-9a-f]*42a\]$/i.test(language))

/**
 * How numbers under a format are shown; the section for positive numbers decides. Rounding, thousands and percent are
 * not followed: no digit is lost.
 */
export function numberFormatter(format: string, from: 1900 | 1904): NumberFormatter {
  const section = /^(?:"[^"]*"|\\.|\[[^\]]*(?:\]|$)|[^;"\\[])*/.exec(format)?.[0] ?? ''
  const tongue: FormatLanguage = isVietnamese(format) ? 'vi' : 'en'
  const parts = tokens(section)
  if (parts.some(({ what }) => 'ymdhs'.includes(what) || what === 'elapsed')) return dateFormatter(parts, tongue, from)

  return isMask(parts) && !/\[[<>=]/.test(section) ? maskFormatter(parts) : plainNumber
}
