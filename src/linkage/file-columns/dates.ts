import { columnOrder, readBirthDate } from '../../names/dates/dates.ts'
import type { PartialDay } from '../../platform/day.ts'
import { compareBirths, levels as personLevels } from '../comparing/comparing.ts'
import { nibblesApart } from '../comparing/packed-digits.ts'
import type { TextList } from './distinct-texts.ts'
import { ownGroups } from './group-texts.ts'
import { memoizeByCode, memoizePairs } from './memoize.ts'
import type { ValueKind } from './value-kind.ts'

const levels: readonly string[] = personLevels.birth.filter(level => level !== 'missing')

const twoDigitText = (text: string) => text.padStart(2, '0')

/**
 * Folded as YYYYMMDD, with zeros for what is not known. Days that no calendar has are kept: they have their digits in
 * common with the right ones.
 */
const foldedDay = (y: string, m: string, d: string) =>
  Number(y) > 0 ? `${y.padStart(4, '0')}${twoDigitText(m)}${twoDigitText(d)}` : ''

const isYear = (digits: string) => Number(digits) >= 1850 && Number(digits) <= 2150

/** Eight digits in a row are 20050315 in some files and 15032005 in others: what most of the column can be decides. */
function runOrder(texts: Iterable<string>): 'year-first' | 'day-first' {
  let [yearFirst, dayFirst] = [0, 0]
  for (const text of texts) {
    if (!/^\d{8}$/.test(text)) continue
    if (isYear(text.slice(0, 4)) && Number(text.slice(4, 6)) <= 12) yearFirst++
    if (isYear(text.slice(4)) && Number(text.slice(2, 4)) <= 12) dayFirst++
  }
  return dayFirst > yearFirst ? 'day-first' : 'year-first'
}

/**
 * A column of dates, in whatever form it is written: YYYYMMDD, YYYY-MM-DD, dd/mm/yyyy, or the month first; decided for
 * the column as a whole.
 */
function readerOf(texts: () => Iterable<string>): (text: string) => string {
  const order = columnOrder(texts()) === 'mdy' ? 'mdy' : 'dmy'
  const run = runOrder(texts())
  return text => {
    const digits = /^\d{8}$/.exec(text)?.[0]
    if (digits)
      return run === 'year-first'
        ? foldedDay(digits.slice(0, 4), digits.slice(4, 6), digits.slice(6))
        : foldedDay(digits.slice(4), digits.slice(2, 4), digits.slice(0, 2))
    const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d|T17:00)/.exec(text)
    if (iso) return foldedDay(iso[1] ?? '', iso[2] ?? '', iso[3] ?? '')
    const read = readBirthDate(text, { order })
    if (read.kind === 'day' || read.kind === 'partial')
      return foldedDay(String(read.day.y), String(read.day.m ?? 0), String(read.day.d ?? 0))
    return impossibleDay(text, order)
  }
}

/** Dates such as 31/02/2005 and 45/13/2005 are in no calendar, but occur in files. */
function impossibleDay(text: string, order: 'dmy' | 'mdy'): string {
  const found = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(text.trim())
  if (!found) return ''
  const [first, second, year] = [found[1] ?? '', found[2] ?? '', found[3] ?? '']
  return order === 'dmy' ? foldedDay(year, second, first) : foldedDay(year, first, second)
}

function partialDay(folded: string): PartialDay {
  const [y, m, d] = [Number(folded.slice(0, 4)), Number(folded.slice(4, 6)), Number(folded.slice(6))]
  if (m === 0) return { y }
  return d === 0 ? { y, m } : { y, m, d }
}

/** The eight digits, four bits each. */
const packDigits = (folded: string) => Number.parseInt(folded, 16) | 0

const different = levels.indexOf('different')

/**
 * Years in common, for the levels below the whole day; days of which one is 1 January are shared by those of that year.
 */
function yearGroups(dictionary: TextList): Int32Array {
  const groups = new Int32Array(dictionary.size + 1)
  for (let code = 1; code <= dictionary.size; code++) groups[code] = Number(dictionary.textOf(code).slice(0, 4))
  return groups
}

const sharingYear: readonly string[] = ['swapped', 'partial-month', 'partial-year', 'default', 'year-month', 'year']

type DateTraits = {
  readonly own: Int32Array
  readonly digits: Int32Array
  readonly years: Int32Array
  /** Whole days only. */
  readonly days: Int32Array
}

function dateTraits(dictionary: TextList): DateTraits {
  const digits = new Int32Array(dictionary.size + 1)
  const days = ownGroups(dictionary.size)
  for (let code = 1; code <= dictionary.size; code++) {
    const text = dictionary.textOf(code)
    digits[code] = packDigits(text)
    if (partialDay(text).d === undefined) days[code] = 0
  }
  return { own: ownGroups(dictionary.size), digits, years: yearGroups(dictionary), days }
}

export const dateKind: ValueKind = {
  levels,
  typicalM: [0.88, 0.02, 0.01, 0.006, 0.02, 0.025, 0.01, 0.008, 0.012, 0.009],
  reader: readerOf,
  traitsOf: dateTraits,
  valuesOf(dictionary, { own, digits, years, days }: DateTraits) {
    const dayOf = memoizeByCode(dictionary.size, 100_000, code => partialDay(dictionary.textOf(code)))
    const compareDays = memoizePairs((a, b) => levels.indexOf(compareBirths(dayOf(a), dayOf(b))))
    return {
      // Days of two years that differ in three digits and more have no slip between them, unless the year alone is off
      // by one.
      compare: (a, b) =>
        years[a] !== years[b] && nibblesApart(digits[a] ?? 0, digits[b] ?? 0) > 4 ? different : compareDays(a, b),
      joinedAs: days,
      sharedAs: levels.map((name, at) => (at === 0 ? own : sharingYear.includes(name) ? years : undefined)),
    }
  },
}
