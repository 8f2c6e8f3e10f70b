import type { Day } from '../../platform/day.ts'
import * as register from '../../register/register.ts'
import type { Defect } from '../roll.ts'
import type { Errand } from './errand.ts'
import type { ErrandDue } from './errand-word.ts'

/** Papers are put right some days before the team comes, so that the lists are right when it does. */
const daysBeforeVisit = 3
/** As long as no visit is set. */
const daysWithoutVisit = 10
/** A living pupil who is dead on record is as urgent as the decision of a request (NĐ70/2024 Art. 6). */
const daysIfDeceased = 2

/** The last day of a follow-up, in working days; never before the day on which it was made. */
export function lastDayOf(defect: Defect, madeOn: Day, visitOn: Day | undefined): Day {
  const before = visitOn
    ? register.workingDaysBefore(visitOn, daysBeforeVisit)
    : register.workingDaysAfter(madeOn, daysWithoutVisit)
  const due = before < madeOn ? madeOn : before
  const urgent = register.workingDaysAfter(madeOn, daysIfDeceased)
  return defect === 'deceased' && urgent < due ? urgent : due
}

export const errandDueOf = ({ dueOn }: Pick<Errand, 'dueOn'>, today: Day): ErrandDue =>
  dueOn < today ? 'overdue' : dueOn === today ? 'today' : 'later'
