import { parse } from 'csv-parse/sync'
import { addDays, asDay, type Day, daysBetween, weekday } from '../../src/platform/day.ts'
import { officialTable } from '../shipped.ts'

const announced = parse(officialTable('holidays.csv'), { columns: true }) as { date: string; kind: string }[]
const holidays: ReadonlySet<string> = new Set(
  announced.filter(({ kind }) => kind !== 'working').map(({ date }) => date),
)
const madeUp: ReadonlySet<string> = new Set(announced.filter(({ kind }) => kind === 'working').map(({ date }) => date))

/** The days of a season by their place from the first, 0, 1, 2 …; a place that is no whole number is not a day. */
export type Calendar = {
  readonly days: number
  dayAt(at: number): Day
  placeOf(day: Day): number
  isWorking(at: number): boolean
  isHoliday(at: number): boolean
  /** The working day that comes so many after a place; 0 = the place itself, or the first working day after it. */
  after(at: number, working: number): number
  /** The working day that lies so many before. */
  before(at: number, working: number): number
  /** How many working days follow `from` up to and with `to`. */
  between(from: number, to: number): number
}

/** Days outside of `from` … `to` have places too, up to some hundred days on either side. */
export function openCalendar(from: Day, to: Day): Calendar {
  const margin = 400
  const days = daysBetween(from, to) + 1
  const all = Array.from({ length: days + 2 * margin }, (_, i) => addDays(from, i - margin))
  const isWorking = all.map(day => madeUp.has(day) || (weekday(day) <= 5 && !holidays.has(day)))
  const isHoliday = all.map(day => holidays.has(day))
  const [counted, working] = [[] as number[], [] as number[]]
  for (const [i, works] of isWorking.entries()) {
    if (works) working.push(i)
    counted.push(working.length)
  }
  const nth = (n: number) => working[Math.min(Math.max(n, 0), working.length - 1)]! - margin
  const upTo = (at: number) => counted[Math.min(Math.max(at + margin, 0), counted.length - 1)]!
  return {
    days,
    dayAt: at => all[at + margin] ?? addDays(from, at),
    placeOf: day => daysBetween(from, day),
    isWorking: at => isWorking[at + margin] ?? false,
    isHoliday: at => isHoliday[at + margin] ?? false,
    after: (at, count) => nth(upTo(at - 1) + count),
    before: (at, count) => nth(upTo(at) - 1 - count),
    between: (a, b) => upTo(b) - upTo(a),
  }
}

export const seasonDays = { from: asDay('2023-03-01'), to: asDay('2023-06-30') } as const
