import type { Language } from './html.ts'

/**
 * An instant of the server, in milliseconds since 1970. Days are 'YYYY-MM-DD' of Vietnam, which knows no summer time.
 */
export type Clock = () => number

const offset = 7 * 3_600_000

/**
 * The real clock, or one that begins at a given instant and runs on from there. The site reads the time here and
 * nowhere else.
 */
export function clockFrom(begins?: number): Clock {
  const shift = begins === undefined ? 0 : begins - Date.now()
  return () => Date.now() + shift
}

/** Milliseconds by a clock that nobody sets: only differences of it say anything. */
export const running: Clock = () => performance.now()

/** Reads an instant of ISO 8601 with its zone; without one it would mean another hour on another machine. */
export function readInstant(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text)) return undefined
  const instant = Date.parse(text)
  return Number.isNaN(instant) ? undefined : instant
}

const local = (instant: number) => new Date(instant + offset).toISOString()

export const dayOf = (instant: number) => local(instant).slice(0, 10)
export const timeOf = (instant: number) => local(instant).slice(11, 19)
export const hourOf = (instant: number) => local(instant).slice(11, 16)

/**
 * '13/05/2023', or less where a birth date is only partly known ('2005', '03/2005'); OpenID Connect Core 5.1 writes an
 * unknown year 0000.
 */
export function dayText(day: string): string {
  const [year = '', month, date] = day.split('-')
  return [date, month, year].filter(part => part && !/^0+$/.test(part)).join('/')
}

export const shortDay = (day: string) => dayText(day).slice(0, 5)

const weekdays = [
  ['Chủ nhật', 'Sunday'],
  ['thứ Hai', 'Monday'],
  ['thứ Ba', 'Tuesday'],
  ['thứ Tư', 'Wednesday'],
  ['thứ Năm', 'Thursday'],
  ['thứ Sáu', 'Friday'],
  ['thứ Bảy', 'Saturday'],
] as const

/** '17:00, thứ Bảy 13/05/2023'. */
export function momentText(instant: number, language: Language): string {
  const weekday = weekdays[new Date(instant + offset).getUTCDay()]?.[language === 'vi' ? 0 : 1] ?? ''
  return `${hourOf(instant)}, ${weekday} ${dayText(dayOf(instant))}`
}

export const stampText = (instant: number) => `${timeOf(instant)}, ${dayText(dayOf(instant))}`

const units: readonly (readonly [milliseconds: number, vi: string, en: string])[] = [
  [86_400_000, 'ngày', 'day'],
  [3_600_000, 'giờ', 'hour'],
  [60_000, 'phút', 'minute'],
  [1_000, 'giây', 'second'],
]

/**
 * The two largest units of what is left: '9 ngày 2 giờ', '41 phút 5 giây'. Rounded down, so that nobody comes late by
 * our word.
 */
export function spanText(milliseconds: number, language: Language): string {
  const first = units.findIndex(([size]) => milliseconds >= size)
  if (first === -1) return language === 'vi' ? '0 giây' : '0 seconds'
  const told: string[] = []
  let rest = milliseconds
  for (const [size, vi, en] of units.slice(first, first + 2)) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0 || told.length === 0)
      told.push(`${count} ${language === 'vi' ? vi : `${en}${count === 1 ? '' : 's'}`}`)
  }
  return told.join(' ')
}
