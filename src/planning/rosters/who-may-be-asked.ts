import * as accounts from '../../accounts/accounts.ts'
import { birthday, dayOf, daysInMonth, parsePartialDay } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import type { SessionKind } from '../session.ts'

/** The law lets nobody below this age have what the session gives; at an activation everyone has it already. */
export const ageAt = (kind: SessionKind, work: Work) =>
  kind === 'activation' ? 0 : accounts.minimumAgeFor(2, work.today, work)

/** Whether the birth date, as far as it is known, leaves it open that the person is too young on the day. */
export function isTooYoung(work: Work, kind: SessionKind, born: string): boolean {
  const date = parsePartialDay(born)
  if (!date) return false
  const last = dayOf(date.y, date.m ?? 12, date.d ?? daysInMonth(date.y, date.m ?? 12))
  return birthday(last, ageAt(kind, work)) > work.today
}
