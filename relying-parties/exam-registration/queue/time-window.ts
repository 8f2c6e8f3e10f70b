import type { Exam } from '../exam.ts'
import { dayOf } from '../moment.ts'
import type { Ticket } from './ticket.ts'
import { mayHandInUntil } from './ticket-validity.ts'

/** When an exam's registration is open, and by what something handed in is in time. */

export type Standing = 'not-yet' | 'open' | 'closed'

export const standingOf = (exam: Exam, now: number): Standing => {
  if (now < exam.opensAt) return 'not-yet'
  return now < exam.closesAt ? 'open' : 'closed'
}

/** By what a registration handed in now is in time. */
export type Within = 'window' | 'ticket' | 'returned'

/** In the days of review a registration that the school has returned may be mended, and no other changed. */
export const isInReview = (exam: Exam, now: number) => now >= exam.closesAt && dayOf(now) <= exam.review.until

export function withinOf(
  exam: Exam,
  now: number,
  {
    ticket,
    letInAt,
    returned,
  }: { readonly ticket?: Ticket | undefined; readonly letInAt: number; readonly returned: boolean },
): Within | undefined {
  if (standingOf(exam, now) === 'open') return 'window'
  if (now < exam.opensAt) return undefined
  if (ticket && now >= letInAt && now < mayHandInUntil(exam, ticket, letInAt)) return 'ticket'
  return returned && isInReview(exam, now) ? 'returned' : undefined
}
