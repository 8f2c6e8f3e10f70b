/*
 * Dates. In: a cell or a whole column of birth dates, as text, number or spreadsheet serial. Decided: the order of day
 * and month, the century, which parts are missing. Out: a day, whole or in part, or why it is none. No deeds: names is
 * pure.
 */

import { addDays, asDay, dayAfter, isRealDate, type PartialDay, partialDay } from '../../platform/day.ts'

/**
 * How dates of birth are read from what schools and officers write (domain.md 9.7): day first, as Vietnam writes; parts
 * may be missing; spreadsheets turn days into serials, years into days of 1905, and, under an American locale, days
 * into months.
 */

/** A cell that the spreadsheet holds as a date: days since the end of 1899, or since 1904 in old files from Macs. */
export type Serial = { readonly serial: number; readonly date1904?: boolean }

export type BirthDateHint = {
  readonly order?: 'dmy' | 'mdy' | undefined
  /** The years that make sense, inclusive; settles two-digit years and tells a year that became a day of 1905. */
  readonly expectYears?: readonly [number, number] | undefined
}

export type BirthDateReading =
  | {
      /** 'partial' when the month or the day of the month is missing. */
      readonly kind: 'day' | 'partial'
      readonly day: PartialDay
      readonly via: 'text' | 'serial' | 'iso' | 'year'
      /** Whether day and month could each be the other. */
      readonly swappedPossible: boolean
    }
  | { readonly kind: 'impossible'; readonly why: 'no-date' | 'not-in-calendar' | 'year-out-of-range' }
  | { readonly kind: 'missing' }

type Via = 'text' | 'serial' | 'iso' | 'year'

const earliest = 1850
const latest = 2150

function reading(day: PartialDay, via: Via): BirthDateReading {
  const { y, m, d } = day
  if (y < earliest || y > latest) return { kind: 'impossible', why: 'year-out-of-range' }
  if (m === undefined) return { kind: 'partial', day: { y }, via, swappedPossible: false }
  if (m < 1 || m > 12) return { kind: 'impossible', why: 'not-in-calendar' }
  if (d === undefined) return { kind: 'partial', day: { y, m }, via, swappedPossible: false }
  if (!isRealDate(y, m, d)) return { kind: 'impossible', why: 'not-in-calendar' }
  return { kind: 'day', day: { y, m, d }, via, swappedPossible: d <= 12 && d !== m }
}

/** A year typed into a cell that is formatted as a date shows as a day of 1905; nobody on a roll is born then. */
const isYear = (n: number) => Number.isInteger(n) && n >= 1900 && n <= 2100

function readSerial({ serial, date1904 = false }: Serial): BirthDateReading {
  if (isYear(serial)) return reading({ y: serial }, 'year')
  const days = Math.floor(serial)
  if (!Number.isFinite(days) || days < 1 || days > 2_958_465) return { kind: 'impossible', why: 'year-out-of-range' }
  // The 1900 system counts a 29 February 1900 that never was, as serial 60.
  if (!date1904 && days === 60) return { kind: 'impossible', why: 'not-in-calendar' }

  const zero = date1904 ? '1904-01-01' : days < 60 ? '1899-12-31' : '1899-12-30'
  const [y, m, d] = addDays(asDay(zero), days).split('-').map(Number)
  return reading({ y: y ?? 0, m: m ?? 0, d: d ?? 0 }, 'serial')
}

/** 08 → 2008 or 1908: the century that is expected; without expectation as spreadsheets do, 00–29 in the 2000s. */
function fullYear(text: string, expectYears: BirthDateHint['expectYears']): number {
  const year = Number(text)
  if (text.length > 2) return year
  const centuries = [2000, 1900].map(century => century + year)
  const expected =
    expectYears && centuries.find(candidate => candidate >= expectYears[0] && candidate <= expectYears[1])
  return expected ?? (year <= 29 ? 2000 : 1900) + year
}

/** A part that is 0, 00, ?, -- or x is not known. */
const known = (part: string) => (/^\d+$/.test(part) && Number(part) > 0 ? Number(part) : undefined)

function readParts(first: string, second: string, year: string, hint: BirthDateHint): BirthDateReading {
  const y = fullYear(year, hint.expectYears)
  const [a, b] = [known(first), known(second)]
  const [d, m] = hint.order === 'mdy' ? [b, a] : [a, b]
  if (m === undefined) return reading({ y }, 'text')
  if (d === undefined) return reading({ y, m }, 'text')

  // A month above 12 leaves only the other order, whatever the column says.
  return m > 12 && d <= 12 ? reading({ y, m: d, d: m }, 'text') : reading({ y, m, d }, 'text')
}

const monthWords: Readonly<Record<string, number>> = Object.fromEntries(
  'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ').map((word, at) => [word, at + 1]),
)

type Pattern = readonly [shape: RegExp, read: (found: readonly string[], hint: BirthDateHint) => BirthDateReading]

const partAt = (found: readonly string[], at: number) => found[at] ?? ''

/** UTC's 17:00 is the midnight of Vietnam: a day that went through an instant on its way is a day behind. */
function readIso(found: readonly string[]): BirthDateReading {
  const [y, m, d] = [Number(found[1]), known(partAt(found, 2)), known(partAt(found, 3))]
  const read = reading(partialDay(y, m, d), 'iso')
  if (read.kind !== 'day' || !/^17:00(?::00(?:\.0+)?)?z$/.test(partAt(found, 4))) return read
  const next = dayAfter(asDay(`${partAt(found, 1)}-${partAt(found, 2)}-${partAt(found, 3)}`))
    .split('-')
    .map(Number)
  return reading({ y: next[0] ?? 0, m: next[1] ?? 0, d: next[2] ?? 0 }, 'iso')
}

function readRun(digits: string, hint: BirthDateHint): BirthDateReading {
  const dayFirst = readParts(digits.slice(0, 2), digits.slice(2, 4), digits.slice(4), hint)
  if (dayFirst.kind !== 'impossible' || digits.length !== 8) return dayFirst
  const yearFirst = readParts(digits.slice(6), digits.slice(4, 6), digits.slice(0, 4), {})
  return yearFirst.kind === 'impossible' ? dayFirst : yearFirst
}

/**
 * The forms a birth date takes, the first that fits is it. Text is lower case, without accents on words that matter.
 */
const patterns: readonly Pattern[] = [
  [/^(\d{4})-(\d{2})-(\d{2})(?:[t ](?=([\d:.]*z?)).*)?$/, found => readIso(found)],
  [/^(\d{4})-(\d{2})$/, found => readIso(found)],
  [
    /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/,
    (found, hint) => readParts(partAt(found, 3), partAt(found, 2), partAt(found, 1), { ...hint, order: 'dmy' }),
  ],
  [
    /^(?:ngay )?(\d{1,2}|[?x-]{1,2}) ?[/.,\- ] ?(\d{1,2}|[?x-]{1,2}) ?[/.,\- ] ?(\d{4}|\d{2})(?: .*)?$/,
    (found, hint) => readParts(partAt(found, 1), partAt(found, 2), partAt(found, 3), hint),
  ],
  [
    /^(?:ngay )?(\d{1,2}) thang (\d{1,2})(?:,? nam |[/. -])(\d{4}|\d{2})$/,
    (found, hint) => readParts(partAt(found, 1), partAt(found, 2), partAt(found, 3), { ...hint, order: 'dmy' }),
  ],
  [
    /^(?:thang )?(\d{1,2})(?: ?[/.-] ?| nam )(\d{4})$/,
    found => reading({ y: Number(found[2]), m: Number(found[1]) }, 'text'),
  ],
  [/^(?:nam |khoang |sinh nam )*(\d{4})\??$/, found => reading({ y: Number(found[1]) }, 'year')],
  [
    /^(\d{1,2})[ .-]?([a-z]{3})[a-z]*[ .,-]*(\d{4}|\d{2})$/,
    (found, hint) => readMonthWord(partAt(found, 1), partAt(found, 2), partAt(found, 3), hint),
  ],
  [
    /^([a-z]{3})[a-z]*[ .-]?(\d{1,2})[ .,-]+(\d{4})$/,
    (found, hint) => readMonthWord(partAt(found, 2), partAt(found, 1), partAt(found, 3), hint),
  ],
  [/^(\d{8}|\d{6})$/, (found, hint) => readRun(partAt(found, 1), hint)],
  [/^(\d{7})$/, (found, hint) => readRun(`0${partAt(found, 1)}`, hint)],
  [/^([1-9]\d{4})(?:\.\d+)?$/, found => readSerial({ serial: Number(found[1]) })],
]

function readMonthWord(day: string, word: string, year: string, hint: BirthDateHint): BirthDateReading {
  const m = monthWords[word]
  if (!m) return { kind: 'impossible', why: 'no-date' }
  const read = reading({ y: fullYear(year, hint.expectYears), m, d: Number(day) }, 'text')
  return read.kind === 'day' ? { ...read, swappedPossible: false } : read
}

const foldText = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\u00ad\u200b-\u200f\u2060\ufeff]/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replaceAll('\\', '/')
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/^[ '`\u2018\u2019]+/, '')
    .replace(/(?<![ .,;])[ .,;]+$/, '')

/** A day of 1905 where other years are expected is a year that the spreadsheet took for a serial. */
function yearBehind(read: BirthDateReading, { expectYears }: BirthDateHint): BirthDateReading {
  if (read.kind !== 'day' || read.day.y !== 1905 || !expectYears || expectYears[0] <= 1905) return read
  const first = Date.UTC(1899, 11, 30)
  const serial = (Date.UTC(1905, (read.day.m ?? 1) - 1, read.day.d ?? 1) - first) / 86_400_000
  return isYear(serial) ? reading({ y: serial }, 'year') : read
}

/** Reads a cell: its text, its number, or the serial of a cell that is formatted as a date. Never throws. */
export function readBirthDate(
  value: string | number | Serial | null | undefined,
  hint: BirthDateHint = {},
): BirthDateReading {
  if (typeof value === 'object' && value !== null) return readSerial(value)

  const text = foldText(String(value ?? ''))
  if (/^(?:|[-?x]+|0+|[0-]+\/[0-]+\/[0-]+|khong|khong ro|khong co|chua ro|chua co|null|n\/a|#n\/a)$/.test(text))
    return { kind: 'missing' }
  for (const [shape, read] of patterns) {
    const found = shape.exec(text)
    if (found) return yearBehind(read(found, hint), hint)
  }
  return { kind: 'impossible', why: 'no-date' }
}

const numericDay = /^\s*(\d{1,2})(?:\s*[/.-]\s*|[^\S ]* \s*)(\d{1,2})(?:\s*[/.-]\s*|[^\S ]* \s*)(?:\d{4}|\d{2})\b/

/**
 * Whether a column writes the day or the month first; 'dmy' where nothing speaks against it. 'mixed' where both occur,
 * and where a spreadsheet under an American locale has turned every day that could be a month into a serial and left
 * the others as text.
 */
export function columnOrder(values: Iterable<string | number | Serial | null | undefined>): 'dmy' | 'mdy' | 'mixed' {
  let [dayFirst, monthFirst, either, serials, swappable] = [0, 0, 0, 0, 0]
  for (const value of values) {
    if (typeof value === 'string') {
      const found = numericDay.exec(value)
      if (!found) continue
      const [first, second] = [Number(found[1]), Number(found[2])]
      if (first > 12 && second <= 12) dayFirst += 1
      else if (second > 12 && first <= 12) monthFirst += 1
      else either += 1
      continue
    }
    const read = readBirthDate(value)
    if (read.kind !== 'day' || read.via !== 'serial') continue
    serials += 1
    if ((read.day.d ?? 0) <= 12) swappable += 1
  }
  if (dayFirst > 0 && monthFirst > 0) return 'mixed'
  if (dayFirst > 0 && either === 0 && serials >= 5 && swappable === serials) return 'mixed'
  return monthFirst > 0 ? 'mdy' : 'dmy'
}

/**
 * 'partial' when what both know agrees and one of them knows less; 'day-month-swapped' when exchanging them makes them
 * equal.
 */
export function compareBirthDates(a: PartialDay, b: PartialDay): 'same' | 'partial' | 'day-month-swapped' | 'differs' {
  if (a.y !== b.y) return 'differs'
  if (a.m === b.m && a.d === b.d) return 'same'
  if (a.m === undefined || b.m === undefined) return 'partial'
  if (a.d === undefined || b.d === undefined) return a.m === b.m ? 'partial' : 'differs'
  return a.m === b.d && a.d === b.m ? 'day-month-swapped' : 'differs'
}
