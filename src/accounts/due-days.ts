import type { Day } from '../platform/day.ts'
import { type Asking, type LawReference, referenceOn, ruleOn } from '../platform/law.ts'
import * as units from '../units/units.ts'
import { daysToDecide, demandDays } from './law.ts'

/** The law's limits in working days, reckoned from a day. */

export type DecisionLimit = { readonly workingDays: number; readonly dueOn: Day; readonly law: LawReference }

/** The row of the law that gives a request of a day its last day. */
export const decisionLaw = (day: Day, work: Asking): LawReference => referenceOn(daysToDecide, day, work)

/** The limit to decide a request that came in on a day. */
export function decisionLimitOn(
  level: 1 | 2,
  card: 'with-card' | 'without-card',
  day: Day,
  work: Asking,
): DecisionLimit {
  const { withCard, withoutCard } = ruleOn(daysToDecide, day, work)
  const workingDays = card === 'with-card' ? withCard[level] : withoutCard
  return { workingDays, dueOn: units.workingDaysAfter(day, workingDays), law: decisionLaw(day, work) }
}

/** The last day to decide a request that came in on a day. */
export const decideBy = (level: 1 | 2, card: 'with-card' | 'without-card', day: Day, work: Asking): Day =>
  decisionLimitOn(level, card, day, work).dueOn

/** The last day to decide an agency's demand that was forwarded on a day. */
export const decideForwardedBy = (day: Day, work: Asking): Day =>
  units.workingDaysAfter(day, ruleOn(demandDays, day, work).decide)

/**
 * An agency's demand is forwarded within the limit for that, and decided within its own after it; the holder's own is
 * decided at once within it.
 */
export function demandDue(
  askedBy: 'holder' | 'agency' | 'service',
  day: Day,
  work: Asking,
): { readonly forwardBy?: Day; readonly decideBy: Day } {
  const { forward, decide } = ruleOn(demandDays, day, work)
  if (askedBy === 'holder') return { decideBy: units.workingDaysAfter(day, decide) }
  const forwardBy = units.workingDaysAfter(day, forward)
  return { forwardBy, decideBy: units.workingDaysAfter(forwardBy, decide) }
}
