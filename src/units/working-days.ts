import { readFileSync } from 'node:fs'
import { type Day, dayAfter, dayBefore, dayOf, parseDay, weekday, yearOf } from '../platform/day.ts'
import { type Asking, ruleOn } from '../platform/law.ts'
import { fromRoot } from '../platform/root.ts'
import { paidHolidays } from './law.ts'
import { type OwnDay, ownDayOn, ownDays } from './own-days.ts'

/**
 * Public holidays, the days given in their place, and the days that are swapped with a Saturday: decided each year, so
 * a table and not a rule (domain.md 9.11).
 */

/** A holiday; a day off in its place; a day off that is worked on a Saturday instead; that Saturday. */
type DayKind = 'holiday' | 'in-lieu' | 'swapped' | 'working'
type CalendarDay = { readonly name: string; readonly kind: DayKind }

let cachedDays: ReadonlyMap<string, CalendarDay> | undefined

function calendarDays(): ReadonlyMap<string, CalendarDay> {
  cachedDays ??= new Map(
    readFileSync(fromRoot('db/reference/holidays.csv'), 'utf8')
      .split('\n')
      .map(line => line.split(','))
      .filter(([day = '']) => parseDay(day))
      .map(([day = '', name = '', kind = '']) => [day, { name, kind: kind as DayKind }]),
  )
  return cachedDays
}

/** What a day off is called, in Vietnamese: a holiday or a day in its place; undefined for any other day. */
export function holidayOn(day: Day): string | undefined {
  const own = ownDayOn(day)
  if (own) return own.kind === 'holiday' ? own.name : undefined
  const found = calendarDays().get(day)
  return found && found.kind !== 'working' ? found.name : undefined
}

/** A Saturday on which offices work for another day that was given off (hoán đổi ngày làm việc). */
export function isMadeUp(day: Day): boolean {
  const own = ownDayOn(day)
  return own ? own.kind === 'workday' : calendarDays().get(day)?.kind === 'working'
}

/** Monday to Friday without days off, and Saturdays that are made up, as time limits are counted. */
export const isWorkingDay = (day: Day): boolean => isMadeUp(day) || (weekday(day) <= 5 && holidayOn(day) === undefined)

/**
 * How many holidays of a year are known to nobody, neither to the table nor to the installation: they are announced
 * late in the year before. Until then time limits of that year are counted without them, and end too early.
 */
export function holidaysMissing(year: number, work: Asking, own: readonly OwnDay[] = ownDays()): number {
  const isOfYear = (day: string) => day.startsWith(`${year}-`)
  const known = new Set([
    ...[...calendarDays()].filter(([day, { kind }]) => kind === 'holiday' && isOfYear(day)).map(([day]) => day),
    ...own.filter(({ day, kind }) => kind === 'holiday' && isOfYear(day)).map(({ day }) => day),
  ])
  return Math.max(0, ruleOn(paidHolidays, dayOf(year, 1, 1), work) - known.size)
}

/** The last day of the years from a day's own on whose holidays are known; before it where its own are not. */
export function holidaysKnownUntil(from: Day, work: Asking): Day {
  let year = yearOf(from)
  while (holidaysMissing(year, work) === 0) year += 1
  return dayOf(year - 1, 12, 31)
}

/** The last day of a time limit of so many working days that begins the day after `from`. */
export function workingDaysAfter(from: Day, count: number): Day {
  let day = from
  for (let left = count; left > 0; ) {
    day = dayAfter(day)
    if (isWorkingDay(day)) left -= 1
  }
  return day
}

/** Working days after one day, up to another included. */
export function workingDaysBetween(after: Day, until: Day): number {
  let days = 0
  for (let day = dayAfter(after); day <= until; day = dayAfter(day)) if (isWorkingDay(day)) days += 1
  return days
}

/** The working day that is so many working days before a day. */
export function workingDaysBefore(until: Day, count: number): Day {
  let day = until
  for (let left = count; left > 0; ) {
    day = dayBefore(day)
    if (isWorkingDay(day)) left -= 1
  }
  return day
}
