import { randomBytes } from 'node:crypto'
import * as audit from '../audit/audit.ts'
import type { Day } from '../platform/day.ts'
import { hashSecret } from '../platform/sealing/secret-hash.ts'
import type { Work } from '../platform/work.ts'
import type { AppointmentId, OfficerId } from './officer.ts'
import { mayDo, type Role, roleKinds } from './role.ts'
import { someStandToday } from './session.ts'
import * as store from './store.ts'
import * as sessions from './store-session.ts'

/** What is true of officers again after a database was set back to an earlier moment. */

/** Nobody is signed in any more, and no link to a password is good. Gives how many sessions lived. */
export async function endEverySession(work: Work): Promise<number> {
  return sessions.withCredentials(work, async () => {
    await sessions.setEveryLinkEnded(work)
    return sessions.setEverySessionEnded(work)
  })
}

type Line = Pick<audit.JournalLine, 'of' | 'facts'>

/** An officer who has left since has left. */
export async function leaveAgain(work: Work, { of }: Line): Promise<audit.Again> {
  const officer = await store.findOfficer(work, of as OfficerId)
  if (!officer) return 'unknown'
  if (officer.left) return 'already'
  await store.markLeft(work, officer.id)
  await audit.record(work, 'officer.left', { kind: 'officer', id: officer.id, unitId: officer.unitId })
  return 'again'
}

/** An appointment that was ended since ends on that day. */
export async function endAppointmentAgain(work: Work, { of, facts }: Line): Promise<audit.Again> {
  const appointment = await store.holdAppointment(work, of as AppointmentId)
  const toOn = facts?.['toOn'] as Day | undefined
  if (!appointment || !toOn) return 'unknown'
  if (appointment.toOn && appointment.toOn <= toOn) return 'already'
  await store.setAppointmentEnd(work, appointment.id, toOn)
  const { officerId, unitId, role } = appointment
  await audit.record(
    work,
    'appointment.ended',
    { kind: 'officer', id: officerId, unitId },
    { appointment: appointment.id, role, toOn },
  )
  return 'again'
}

const rolesThatReset = (Object.keys(roleKinds) as Role[]).filter(role => mayDo(role, 'staff.accept'))

/**
 * A password that was changed since may have been known to another: it opens nothing until somebody gives the officer
 * a new one. The last who could give it keeps theirs, and must change it.
 */
export async function dropPasswordAgain(work: Work, { of }: Line): Promise<audit.Again> {
  const officer = await store.findOfficer(work, of as OfficerId)
  if (!officer) return 'unknown'
  if (officer.left) return 'already'
  return sessions.withCredentials(work, async () => {
    if (!(await sessions.hasPassword(work, officer.id))) return 'already'
    if (!(await someStandToday(work, await sessions.postsOfOthersWithPassword(work, officer.id, rolesThatReset)))) {
      await sessions.setMustChange(work, officer.id)
      return 'by-hand'
    }
    await sessions.setPassword(work, officer.id, await hashSecret(randomBytes(24).toString('base64')), true)
    await audit.record(work, 'password.reset', { kind: 'officer', id: officer.id, unitId: officer.unitId })
    return 'again'
  })
}
