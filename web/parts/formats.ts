import type { Day } from '../../src/platform/day.ts'
import { weekday } from '../../src/platform/day.ts'
import type { Language } from '../../src/platform/pages/html.ts'
import { dayIn, dayInYearIn, dayMarkIn, numberIn, separators } from '../../src/platform/terms/numbers-and-days.ts'

/**
 * How days, instants and numbers are written: 20/04/2023 and 1.234.567 in Vietnamese, 20 April 2023 and 1,234,567
 * in English, 24 hours in both. A browser is read in one language at a time, so it is set once, where the texts are.
 */
let spoken: Language = 'vi'

/** From now on everything is written as this language writes it. */
export function setFormatsLanguage(language: Language): void {
  spoken = language
}

/** 'YYYY-MM-DD', 'YYYY-MM' or 'YYYY' as people read it, as much as is known. Anything else stays as it is. */
export const dayText = (day: Day | string): string => dayIn(day, spoken)

/** The day within its year: 20/04, in English 20 April. Of text that is no day: nothing. */
export const dayInYearText = (day: Day | string): string => dayInYearIn(day, spoken)

/** The same where room is short, at the marks of a chart: in English 20 Apr. */
export const dayMarkText = (day: Day | string): string => dayMarkIn(day, spoken)

/**
 * The place and the day at the head of an official paper (NĐ30/2020, annex I, checked 2026-11-30: a nought before days
 * below ten, and before the months 1 and 2).
 */
export function datedAt(place: string, day: Day | string): string {
  const [, year = '', month = '', date = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []
  if (spoken === 'en' || !year) return `${place}, ${dayText(day)}`
  return `${place}, ngày ${date} tháng ${Number(month) < 3 ? month : Number(month)} năm ${year}`
}

/** A number cut to a whole one. */
export const numberText = (n: number): string => numberIn(n, spoken)

const instant = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** An ISO instant in the province's zone: '20/04/2023', '20/04' and '09:42'; in English '20 April'. */
export function instantText(at: string): { day: string; dayInYear: string; time: string } {
  const parts = Object.fromEntries(instant.formatToParts(new Date(at)).map(({ type, value }) => [type, value]))
  const day = `${parts['year']}-${parts['month']}-${parts['day']}`
  return {
    day: dayText(day),
    dayInYear: dayInYearText(day),
    time: `${parts['hour']}:${parts['minute']}`,
  }
}

const weekdays: Record<Language, readonly string[]> = {
  vi: ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ nhật'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
}

export const weekdayText = (day: Day, language: Language) => weekdays[language][weekday(day) - 1] ?? ''

/** A phone as people dial it: +84932538875 → 0932 538 875. */
export const phoneText = (phone: string) => phone.replace(/^\+84/, '0').replace(/^(\d{4})(\d{3})(\d{3})$/, '$1 $2 $3')

/** A personal number in its four groups: where born, century and sex, year, six at random (domain.md 1). */
export const numberGroups = (number: string) =>
  [number.slice(0, 3), number.slice(3, 4), number.slice(4, 6), number.slice(6)] as const

/** With so many decimal places, cut and not rounded: 16.5974 with three → 16,597, in English 16.597. */
export function decimalText(value: number, places: number): string {
  const scaled = Math.trunc(Math.abs(value) * 10 ** places + 1e-9)
  const whole = Math.trunc(scaled / 10 ** places)
  const rest = String(scaled % 10 ** places).padStart(places, '0')
  return `${value < 0 ? '-' : ''}${numberText(whole)}${places > 0 ? `${separators[spoken].decimal}${rest}` : ''}`
}

/** Rounded, with so many decimal places: 0.25 with one → 0,3, in English 0.3. */
export const roundedText = (value: number, places: number): string =>
  value.toFixed(places).replace('.', separators[spoken].decimal)

/** A share of a whole in per cent, cut: 120,000 of 723,000 with one place → 16,5%; of nothing: nothing. */
export const shareText = (part: number, whole: number, places = 0): string =>
  whole > 0 ? `${decimalText((part * 100) / whole, places)}%` : ''

/** An average below ten keeps one place, cut: 0,3 a day is not nothing. */
export const paceText = (perDay: number): string =>
  perDay >= 10 || Number.isInteger(perDay) ? numberText(perDay) : decimalText(perDay, 1)

/** Rounded to tenths, which are left out where there are none: 7,5 and 8. */
export const tenthsText = (value: number): string => roundedText(value, 1).replace(/[.,]0$/, '')

export const signed = (n: number) => (n > 0 ? `+${numberText(n)}` : n < 0 ? `−${numberText(-n)}` : '0')
