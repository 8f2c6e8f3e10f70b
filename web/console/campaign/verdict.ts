import type { QuickRow, QuickSheet } from './search.ts'

export type Verdict = 'in-time' | 'unsure' | 'late' | 'reached' | 'over' | 'no-target' | 'no-data'

/** Whether a unit makes its target by the due day, as the forecast's band of four chances in five says. */
export function verdictOf(
  { target, cumulative, forecast }: QuickRow,
  { dueOn, day }: Pick<QuickSheet, 'dueOn' | 'day'>,
): Verdict {
  if (target === null || target === 0) return 'no-target'
  if (cumulative >= target) return 'reached'
  if (dueOn !== null && day >= dueOn) return 'over'
  if (forecast === null) return 'no-data'
  if (forecast.low >= target) return 'in-time'
  return forecast.high < target ? 'late' : 'unsure'
}

/** How many times faster it would have to go; none where nothing is needed or nothing came lately. */
export const fasterBy = ({ neededPerWorkingDay, recentPerWorkingDay }: QuickRow): number | undefined =>
  neededPerWorkingDay && recentPerWorkingDay > 0 && neededPerWorkingDay > recentPerWorkingDay
    ? neededPerWorkingDay / recentPerWorkingDay
    : undefined
