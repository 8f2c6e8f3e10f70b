import { type Day, weekday } from '../../platform/day.ts'
import type { Language } from '../../platform/pages/html.ts'
import { dayIn } from '../../platform/terms/numbers-and-days.ts'

/** Days of the week as tickets and screens write them. */

const names: Readonly<Record<Language, readonly string[]>> = {
  vi: ['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
}
const shorts: Readonly<Record<Language, readonly string[]>> = {
  vi: ['T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
}

export const weekdayText = (day: Day, language: Language): string => names[language][weekday(day) - 1] ?? ''
export const shortWeekday = (day: Day, language: Language): string => shorts[language][weekday(day) - 1] ?? ''
export const longDayText = (day: Day, language: Language): string =>
  language === 'vi'
    ? `${shortWeekday(day, 'vi')} ${dayIn(day, 'vi')}`
    : `${shortWeekday(day, 'en')} ${dayIn(day, 'en')}`
