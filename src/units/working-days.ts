import { readFileSync } from 'node:fs'
import { type Day, dayAfter, dayBefore, parseDay, weekday } from '../platform/day.ts'
import { fromRoot } from '../platform/root.ts'

/** Public holidays and the days given in their place: decided each year, so a table and not a rule (domain.md 9.11). */
let cachedHolidays: ReadonlyMap<string, string> | undefined

function holidays(): ReadonlyMap<string, string> {
  cachedHolidays ??= new Map(
    readFileSync(fromRoot('db/reference/holidays.csv'), 'utf8')
      .split('\n')
      .map(line => line.split(',') as [string, string?])
      .filter(([day]) => parseDay(day))
      .map(([day, name = '']) => [day, name]),
  )
  return cachedHolidays
}

/** What a holiday is called, in Vietnamese; undefined for any other day. */
export const holidayOn = (day: Day): string | undefined => holidays().get(day)

/** Monday to Friday without holidays, as time limits are counted. */
export const isWorkingDay = (day: Day): boolean => weekday(day) <= 5 && !holidays().has(day)

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
