import type { Day } from '../day.ts'

/** How a language writes numbers and days: 1.234.567 and 20/04/2023; in English 1,234,567 and 20 April 2023. */

type Language = 'vi' | 'en'

/** Names of months in English, January first. */
export const englishMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** Between groups of three digits, and before decimals. */
export const separators = { vi: { group: '.', decimal: ',' }, en: { group: ',', decimal: '.' } } as const

/** A number cut to a whole one. */
export const numberIn = (n: number, language: Language): string =>
  (n < 0 ? '-' : '') + String(Math.abs(Math.trunc(n))).replace(/\B(?=(?:\d{3}){1,7}$)/g, separators[language].group)

/** 'YYYY-MM-DD', 'YYYY-MM' or 'YYYY' as people read it, as much as is known. Anything else stays as it is. */
export function dayIn(day: Day | string, language: Language): string {
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(day)
  if (!found) return day
  const [, year, month, date] = found
  if (language === 'vi') return [date, month, year].filter(Boolean).join('/')
  return [date && String(Number(date)), month && englishMonths[Number(month) - 1], year].filter(Boolean).join(' ')
}

/** A day within its year: 20/04, in English 20 April. Of text that is no day: nothing. */
export function dayInYearIn(day: Day | string, language: Language): string {
  const [, month, date] = /^\d{4}-(\d{2})-(\d{2})$/.exec(day) ?? []
  if (!month || !date) return ''
  return language === 'vi' ? `${date}/${month}` : `${Number(date)} ${englishMonths[Number(month) - 1]}`
}

/** The same for the marks of a chart: 20/04, in English 20 Apr. */
export function dayMarkIn(day: Day | string, language: Language): string {
  const [date = '', month] = dayInYearIn(day, language).split(' ')
  return month ? `${date} ${month.slice(0, 3)}` : date
}
