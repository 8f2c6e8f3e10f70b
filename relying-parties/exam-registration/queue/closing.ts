import type { Exam } from '../exam.ts'
import { dayOf } from '../moment.ts'
import type { Ticket } from './ticket.ts'

const minute = 60_000

export type Standing = 'not-yet' | 'open' | 'closed'

export const standingOf = (exam: Exam, now: number): Standing => {
  if (now < exam.opensAt) return 'not-yet'
  return now < exam.closesAt ? 'open' : 'closed'
}

/**
 * A ticket serves for a while from the moment its holder is let in; then a new one is taken, as long as the window is
 * open.
 */
export const isSpent = (exam: Exam, letInAt: number, now: number) => now >= letInAt + exam.queue.insideMinutes * minute

/**
 * Until when the holder of a ticket may hand in: the close, or, for who stood in the queue or was inside before the
 * close, some minutes from the close or from being let in, whichever is later. Who has no ticket from before the close
 * has until the close.
 */
export function mayHandInUntil(exam: Exam, ticket: Ticket | undefined, letInAt: number): number {
  if (!ticket || ticket.issuedAt < exam.opensAt || ticket.issuedAt >= exam.closesAt) return exam.closesAt
  if (isSpent(exam, letInAt, exam.closesAt)) return exam.closesAt
  return Math.max(exam.closesAt, letInAt) + exam.queue.finishMinutes * minute
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
