import * as enrolment from '../enrolment/enrolment.ts'
import type { Id } from '../platform/ids.ts'
import { macOf } from '../platform/sealing/sealing.ts'
import type { Work } from '../platform/work.ts'
import { openBookingIdsOf, openLinesOf } from './store-roster.ts'

/**
 * The code that a message about an hour or a session carries: with the number and the birth date it opens the page
 * without an account. It is made of the booking or of the roster's line under the installation's key, so that nothing
 * is kept of it, and it ends with them.
 */
export const visitCode = (visitId: string): string => enrolment.makeReceiptCode(macOf('code', `visit\n${visitId}`))

/** The booking or line of a person of which a code was made, while it is open. The work sees the house. */
export async function findVisitOfCode(work: Work, personId: Id<'person'>, code: string): Promise<string | undefined> {
  const bookings = await openBookingIdsOf(work, personId)
  const lines = (await openLinesOf(work, [personId])).filter(({ isWaiting }) => isWaiting)
  return [...bookings, ...lines.map(({ lineId }) => lineId)].find(id => visitCode(id) === code)
}
