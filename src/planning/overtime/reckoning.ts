import { addDays, type Day, weekday } from '../../platform/day.ts'
import { type Asking, ruleOn } from '../../platform/law.ts'
import { type MinuteSpan, sharedMinutes } from '../hour.ts'
import { nightSpans, type OvertimeRates, overtimeLimits, overtimeRates } from '../law.ts'
import { spansOutside, type WorkingHours, workedSpans } from '../working-hours.ts'

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

type DayKind = keyof OvertimeRates

export type OvertimeLimit = 'month' | 'year' | 'listed-year'

/** Which limits the minutes of a month and a year are above on a day: a commander is warned, and nobody is stopped. */
export function overLimits(
  { month, year }: { readonly month: number; readonly year: number },
  day: Day,
  work: Asking,
): OvertimeLimit[] {
  const limits = ruleOn(overtimeLimits, day, work)
  const over: OvertimeLimit[] = []
  if (month > limits.monthMinutes) over.push('month')
  if (year > limits.listedYearMinutes) over.push('listed-year')
  else if (year > limits.yearMinutes) over.push('year')
  return over
}

const midnight = 1440

const none: Overtime = { weekday: 0, restDay: 0, holiday: 0, night: 0, weighted: 0 }

export const sumOfOvertime = (all: readonly Overtime[]): Overtime =>
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

export type WorkedStretch = {
  readonly day: Day
  /** Minutes since midnight of that day; `to` may lie beyond 1440, in the days after. */
  readonly from: number
  readonly to: number
  readonly hours: WorkingHours
  readonly isHoliday: (day: Day) => boolean
  /** A Saturday that is worked in place of another day. */
  readonly isMadeUp?: (day: Day) => boolean
}

/** What of a stretch of real work is overtime. */
export function overtimeOf({ day, from, to, hours, isHoliday, isMadeUp }: WorkedStretch, work: Asking): Overtime {
  const parts: Overtime[] = []
  for (let at = Math.floor(from / midnight); at * midnight < to; at++) {
    const onDay = addDays(day, at)
    const span = { from: Math.max(0, from - at * midnight), to: Math.min(midnight, to - at * midnight) }
    const saturday = isMadeUp?.(onDay) ? 'made-up' : undefined
    const kind = isHoliday(onDay) ? 'holiday' : weekday(onDay) > 5 && !saturday ? 'restDay' : 'weekday'
    parts.push(
      onOneDay(onDay, span, { spans: kind === 'holiday' ? [] : workedSpans(hours, onDay, saturday), kind }, work),
    )
  }
  return sumOfOvertime(parts)
}

function onOneDay(
  day: Day,
  span: MinuteSpan,
  { spans, kind }: { readonly spans: readonly MinuteSpan[]; readonly kind: DayKind },
  work: Asking,
): Overtime {
  const nights = ruleOn(nightSpans, day, work)
  const beyond = spansOutside(spans, span)
  const minutes = beyond.reduce((sum, { from, to }) => sum + to - from, 0)
  const night = beyond.reduce(
    (sum, part) => sum + nights.reduce((within, one) => within + sharedMinutes(part, one), 0),
    0,
  )
  const rate = ruleOn(overtimeRates, day, work)[kind]
  const weighted = Math.round(((minutes - night) * rate.day + night * rate.night) / 100)
  return { ...none, [kind]: minutes, night, weighted }
}
