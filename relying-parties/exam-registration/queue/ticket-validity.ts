import type { Exam } from '../exam.ts'
import type { Ticket } from './ticket.ts'

/** How long a ticket of the queue is good. The minutes are the exam's (exams/). */

const minute = 60_000

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
