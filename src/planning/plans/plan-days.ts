import { type Day, daysFrom } from '../../platform/day.ts'
import { type Asking, ruleOn } from '../../platform/law.ts'
import * as units from '../../units/units.ts'
import { type Hour, type MinuteSpan, minutesOf } from '../hour.ts'
import { overtimeOrders } from '../law.ts'
import type { HourSpan, InstanceDay, PlanInstance } from '../optimiser/instance.ts'
import { type WorkingHours, workedSpans } from '../working-hours.ts'

/** The days of a plan and their shifts, by the hours of the unit that plans and what it orders beyond them. */

/** What a planner orders beyond ordinary hours: some days, and the evening of each working day. */
export type OvertimeOrder = { readonly days: readonly Day[]; readonly evenings: boolean }

export const noOvertime: OvertimeOrder = { days: [], evenings: false }

export const hourOfMinutes = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const spanText = ({ from, to }: MinuteSpan): HourSpan => [hourOfMinutes(from), hourOfMinutes(to)]

/** The stretches of a day that cost no overtime; on a holiday none. */
export const ordinarySpans = (hours: WorkingHours, day: Day): readonly MinuteSpan[] =>
  units.holidayOn(day) === undefined ? workedSpans(hours, day, units.isMadeUp(day) ? 'made-up' : undefined) : []

/** The midday break is one on every day: whoever is ordered out on a Saturday eats too. */
export function planDays(
  work: Asking,
  { from, to, hours, order }: { from: Day; to: Day; hours: WorkingHours; order: OvertimeOrder },
): InstanceDay[] {
  const { morningTo, afternoonFrom } = hours
  const breaks: HourSpan[] = morningTo < afternoonFrom ? [[morningTo, afternoonFrom]] : []
  return daysFrom(from, to).map(day => {
    const ordinary = ordinarySpans(hours, day).map(spanText)
    const orders = ruleOn(overtimeOrders, day, work)
    const isOrdered = order.days.includes(day) || (order.evenings && ordinary.length > 0)
    const overtime = ordinary.length > 0 ? orders.evening : orders.restDay
    return { day, ordinary, breaks, ...(isOrdered && { overtime }) }
  })
}

/** Morning, afternoon and evening: up to the break, after it, and from the end of work on; as wide as orders reach. */
export function planShifts(work: Asking, day: Day, hours: WorkingHours): PlanInstance['shifts'] {
  const { evening, restDay } = ruleOn(overtimeOrders, day, work)
  const earliest = [hours.morningFrom, evening.from, restDay.from].sort()[0] ?? hours.morningFrom
  const latest = [hours.afternoonTo, evening.to, restDay.to].sort().at(-1) ?? hours.afternoonTo
  const shifts = [
    { id: 'morning', from: earliest, to: hours.morningTo },
    { id: 'afternoon', from: hours.afternoonFrom, to: hours.afternoonTo },
    { id: 'evening', from: hours.afternoonTo, to: latest },
  ]
  return shifts.filter(shift => shift.from < shift.to)
}

/** The shift with which some hours share most. */
export function shiftOfHours(
  shifts: PlanInstance['shifts'],
  { from, to }: { readonly from: Hour; readonly to: Hour },
): string | undefined {
  const shared = (shift: PlanInstance['shifts'][number]) =>
    Math.min(minutesOf(to), minutesOf(shift.to as Hour)) - Math.max(minutesOf(from), minutesOf(shift.from as Hour))
  const best = shifts.toSorted((a, b) => shared(b) - shared(a))[0]
  return best && shared(best) > 0 ? best.id : undefined
}
