import { addDays, type Day, weekday } from '../../platform/day.ts'
import { type Span, shared } from '../hour.ts'
import { outside, type WorkingHours, worked } from '../working-hours.ts'

/**
 * Minutes beyond working hours, by the kind of day; `night` lies within them. `weighted`: the same in minutes of an
 * ordinary hour.
 */
export type Overtime = {
  readonly weekday: number
  readonly restDay: number
  readonly holiday: number
  readonly night: number
  readonly weighted: number
}

type Kind = 'weekday' | 'restDay' | 'holiday'
type Rates = Readonly<Record<Kind, { readonly day: number; readonly night: number }>>

/**
 * Per cent of an ordinary hour: 150, 200, 300; at night 30 of an ordinary hour more, and a fifth of the day's own rate.
 * Police officers stand outside of this law: for them it measures the load and pays nothing (domain.md 9.12).
 */
const regimes: readonly { readonly from: Day | ''; readonly rates: Rates; readonly source: string }[] = [
  {
    from: '',
    rates: { weekday: { day: 150, night: 200 }, restDay: { day: 200, night: 270 }, holiday: { day: 300, night: 390 } },
    source: 'Labour Code 2019, Art. 98',
  },
]

const ratesOn = (day: Day): Rates => (regimes.findLast(({ from }) => from <= day) ?? regimes[0]!).rates

/**
 * Above these a commander is warned, and nobody is stopped: hours a month, a year, and a year where the law lists the
 * work (Labour Code 2019, Art. 107).
 */
export const limits = { monthMinutes: 40 * 60, yearMinutes: 200 * 60, listedYearMinutes: 300 * 60 } as const

export type Over = 'month' | 'year' | 'listed-year'

export function overLimits({ month, year }: { readonly month: number; readonly year: number }): Over[] {
  const over: Over[] = []
  if (month > limits.monthMinutes) over.push('month')
  if (year > limits.listedYearMinutes) over.push('listed-year')
  else if (year > limits.yearMinutes) over.push('year')
  return over
}

/** 22:00 to 06:00 (Labour Code 2019, Art. 106). */
const nights: readonly Span[] = [
  { from: 0, to: 360 },
  { from: 1320, to: 1440 },
]
const midnight = 1440

const none: Overtime = { weekday: 0, restDay: 0, holiday: 0, night: 0, weighted: 0 }

export const sumOf = (all: readonly Overtime[]): Overtime =>
  all.reduce(
    (sum, one) => ({
      weekday: sum.weekday + one.weekday,
      restDay: sum.restDay + one.restDay,
      holiday: sum.holiday + one.holiday,
      night: sum.night + one.night,
      weighted: sum.weighted + one.weighted,
    }),
    none,
  )

export const minutesIn = ({ weekday: onWeekdays, restDay, holiday }: Overtime): number => onWeekdays + restDay + holiday

export type Stretch = {
  readonly day: Day
  /** Minutes since midnight of that day; `to` may lie beyond 1440, in the days after. */
  readonly from: number
  readonly to: number
  readonly hours: WorkingHours
  readonly isHoliday: (day: Day) => boolean
}

/** What of a stretch of real work is overtime. */
export function overtimeOf({ day, from, to, hours, isHoliday }: Stretch): Overtime {
  const parts: Overtime[] = []
  for (let at = Math.floor(from / midnight); at * midnight < to; at++) {
    const onDay = addDays(day, at)
    const span = { from: Math.max(0, from - at * midnight), to: Math.min(midnight, to - at * midnight) }
    parts.push(onOneDay(onDay, span, hours, isHoliday(onDay) ? 'holiday' : weekday(onDay) > 5 ? 'restDay' : 'weekday'))
  }
  return sumOf(parts)
}

function onOneDay(day: Day, span: Span, hours: WorkingHours, kind: Kind): Overtime {
  const beyond = outside(kind === 'holiday' ? [] : worked(hours, day), span)
  const minutes = beyond.reduce((sum, { from, to }) => sum + to - from, 0)
  const night = beyond.reduce((sum, part) => sum + nights.reduce((within, one) => within + shared(part, one), 0), 0)
  const rate = ratesOn(day)[kind]
  const weighted = Math.round(((minutes - night) * rate.day + night * rate.night) / 100)
  return { ...none, [kind]: minutes, night, weighted }
}
