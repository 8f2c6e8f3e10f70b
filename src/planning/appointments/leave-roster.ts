import * as audit from '../../audit/audit.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { TeamSessionId } from '../session.ts'
import { caseKind } from '../sessions/sessions.ts'
import * as rosters from '../store-roster.ts'
import * as sessions from '../store-session.ts'
import type { Booking } from './booking.ts'
import { serviceAt } from './offers.ts'

/**
 * A family that chose another hour is no longer waited for at a session: its line leaves that roster, and the case by
 * which the session's unit saw the person closes.
 */

async function leave(work: Work, sessionId: TeamSessionId, booking: Booking, why: string): Promise<void> {
  const session = await sessions.findSession(work, sessionId)
  if (!session) return
  const removed = await rosters.deleteLines(work, sessionId, [booking.personId])
  if (removed.length === 0) return
  await register.closeAccessCasesOfKind(work, caseKind, removed)
  await audit.record(
    work,
    'roster.left',
    { kind: 'session', id: sessionId, personId: booking.personId, unitId: session.unitId },
    { why, by: booking.bookedBy, booking: booking.id },
  )
}

/** Leaves every other session at which the person waits for the same service. */
export const leaveOtherRosters = (work: Work, booking: Booking): Promise<void> =>
  // Of this person alone, whom the booking names; the session may be another unit's.
  withHouseScope(work, async house => {
    for (const line of await rosters.openLinesOf(house, [booking.personId]))
      if (line.isWaiting && line.sessionId !== booking.placeId && serviceAt(line) === booking.service)
        await leave(house, line.sessionId, booking, 'moved-by-family')
  })

/** A booking that put the person on the roster takes them off when it is cancelled. */
export const leaveRosterOf = (work: Work, booking: Booking): Promise<void> =>
  leave(work, booking.placeId as TeamSessionId, booking, 'cancelled')
