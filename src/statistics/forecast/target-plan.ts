import type { UnitTarget } from '../../campaign/campaign.ts'
import { type Day, dayBefore } from '../../platform/day.ts'
import { type Asking, ruleOn } from '../../platform/law.ts'
import * as units from '../../units/units.ts'
import { recentDays } from '../law.ts'

export const recentFrom = (day: Day, work: Asking): Day => units.workingDaysBefore(day, ruleOn(recentDays, day, work))

/** What is still to be done a working day, rounded up; undefined where nothing is or no working day is left. */
export function neededPerWorkingDay(remaining: number, left: number): number | undefined {
  return remaining > 0 && left > 0 ? Math.ceil(remaining / left) : undefined
}

export type PlannedTotal = { readonly day: Day; readonly total: number; readonly batch: string }

/** A unit's plan: what its batches ask for by each of their due days, summed. */
export function targetPlanOf(targets: readonly UnitTarget[]): PlannedTotal[] {
  const ordered = targets.toSorted((a, b) =>
    a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.batch < b.batch ? -1 : 1,
  )
  let total = 0
  return ordered.map(({ dueOn, value, batch }) => {
    total += value
    return { day: dueOn, total, batch }
  })
}

/**
 * What the plan asks for by a day: between two of its days in proportion to working days; from nothing on the eve of
 * the campaign.
 */
export function plannedBy(plan: readonly PlannedTotal[], startsOn: Day, day: Day): number | undefined {
  const last = plan.at(-1)
  if (!last) return undefined
  if (day >= last.day) return last.total
  const next = plan.findIndex(milestone => milestone.day > day)
  const to = plan[next]
  if (!to) return last.total
  const from = plan[next - 1] ?? { day: dayBefore(startsOn), total: 0 }
  const span = units.workingDaysBetween(from.day, to.day)
  const gone = units.workingDaysBetween(from.day, day)
  return span <= 0 ? to.total : Math.floor(from.total + ((to.total - from.total) * Math.max(0, gone)) / span)
}
