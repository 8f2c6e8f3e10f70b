import type { Day } from '../../platform/day.ts'
import { type Asking, ruleOn } from '../../platform/law.ts'
import * as units from '../../units/units.ts'
import { deceasedDays, followUpDays } from '../law.ts'
import type { RollDefect } from '../roll.ts'

/** The last day of a follow-up: never before the day on which it was made. Working days. */
export function followUpLastDay(defect: RollDefect, madeOn: Day, visitOn: Day | undefined, work: Asking): Day {
  const { beforeVisit, withoutVisit } = ruleOn(followUpDays, madeOn, work)
  const before = visitOn ? units.workingDaysBefore(visitOn, beforeVisit) : units.workingDaysAfter(madeOn, withoutVisit)
  const due = before < madeOn ? madeOn : before
  const urgent = units.workingDaysAfter(madeOn, ruleOn(deceasedDays, madeOn, work))
  return defect === 'deceased' && urgent < due ? urgent : due
}
