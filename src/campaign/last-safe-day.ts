import * as accounts from '../accounts/accounts.ts'
import * as enrolment from '../enrolment/enrolment.ts'
import { type Day, dayBefore } from '../platform/day.ts'
import type { Asking, LawReference } from '../platform/law.ts'
import * as units from '../units/units.ts'

/**
 * The last day on which somebody still asks in time, if the offices take as long as the law lets them. It promises
 * nothing: how long offices do take is the estimate of the risk board (docs/risk.md). Whoever asks for such a day asks
 * here, so that pages, lists and files name the same one.
 */

type Limit = { readonly workingDays: number; readonly dueOn: Day; readonly law: LawReference }

export type SafeDayQuestion = { readonly by: Day } & (
  | {
      readonly what: 'card'
      readonly kind: Parameters<typeof enrolment.cardLimitOn>[0]
      readonly place: Parameters<typeof enrolment.cardLimitOn>[1]
    }
  | { readonly what: 'account'; readonly level: 1 | 2; readonly card: 'with-card' | 'without-card' }
)

export type LastSafeDay = {
  /** The last day whose limit ends by the deadline. It may be a day off: a request on the web comes in on that, too. */
  readonly lastSafeOn: Day
  /** The last day until then on which a counter is open. */
  readonly officeOn: Day
  readonly workingDays: number
  /** The rule that decided it, of the law of that day. */
  readonly law: LawReference
}

const limitOn = (question: SafeDayQuestion, day: Day, work: Asking): Limit =>
  question.what === 'card'
    ? enrolment.cardLimitOn(question.kind, question.place, day, work)
    : accounts.decisionLimitOn(question.level, question.card, day, work)

function lastOfficeDay(day: Day): Day {
  let found = day
  while (!units.isWorkingDay(found)) found = dayBefore(found)
  return found
}

/** The last safe day for a card or an account that must be there by a day, by the law of the day of asking. */
export function lastSafeDay(question: SafeDayQuestion, work: Asking): LastSafeDay {
  let day = question.by
  let limit = limitOn(question, day, work)
  while (limit.dueOn > question.by) {
    day = dayBefore(day)
    limit = limitOn(question, day, work)
  }
  return { lastSafeOn: day, officeOn: lastOfficeDay(day), workingDays: limit.workingDays, law: limit.law }
}
