// A key pressed for the wrong person: what was entered last on a line is taken back, while the session is open.

import * as accounts from '../../accounts/accounts.ts'
import * as audit from '../../audit/audit.ts'
import * as enrolment from '../../enrolment/enrolment.ts'
import type { Work } from '../../platform/work.ts'
import type * as register from '../../register/register.ts'
import { noteActivity } from '../overtime/overtime.ts'
import { planningProblem } from '../problems.ts'
import type { ServiceDone, TeamSession, TeamSessionId } from '../session.ts'
import type { RosterLine } from '../store-roster.ts'
import * as store from '../store-roster.ts'
import { getOpenSession, holdKnownLine, refuseStaleLine, subjectOf } from './session-run.ts'
import { rosterText } from './words.ts'

/** What leaves the house at once is not taken back: the holder has activated the account on their own phone. */
const standing: readonly ServiceDone[] = ['raised', 'activated']

/** The outcome goes, and with it the arrival that came of the same key; without an outcome the arrival itself. */
const before = (line: RosterLine): RosterLine => ({
  ...line,
  cameAt: line.outcome && line.cameAt?.getTime() !== line.endedAt?.getTime() ? (line.cameAt ?? null) : null,
  outcome: null,
  absentReason: null,
  done: [],
  endedAt: null,
})

/**
 * Takes back what was entered last for a person of the roster. What being served began ends with it, as long as nobody
 * has decided on it: the application whose card is not ordered, the account that is not approved. Throws
 * roster-nothing-to-take-back, roster-done-stands, changed-meanwhile.
 */
export async function takeBackLine(work: Work, id: TeamSessionId, personId: register.PersonId): Promise<RosterLine> {
  const session = await getOpenSession(work, id)
  const line = await holdKnownLine(work, id, personId)
  await refuseStaleLine(work, line)
  if (!line.outcome && !line.cameAt) throw planningProblem('roster-nothing-to-take-back')
  if (line.walkIn) throw planningProblem('roster-done-stands', { done: line.done })
  if (line.outcome === 'served') await takeBackServices(work, session, line)
  const back = before(line)
  await store.setLine(work, back)
  await noteActivity(work, session, 0)
  await audit.record(work, 'roster.taken-back', subjectOf(session, personId), {
    outcome: line.outcome ?? 'came',
    done: line.done,
  })
  return back
}

async function takeBackServices(
  work: Work,
  { id, unitId }: TeamSession,
  { personId, done }: RosterLine,
): Promise<void> {
  if (done.some(one => standing.includes(one))) throw planningProblem('roster-done-stands', { done })
  const reason = rosterText('vi')('taken-back')
  if (done.includes('account')) {
    const requested = (await accounts.accountsOf(work, [personId]))
      .get(personId)
      ?.find(one => one.state !== 'cancelled')
    if (requested?.state !== 'requested') throw planningProblem('roster-done-stands', { done })
    await accounts.cancel(work, requested.id, { reason, unitId, sessionId: id })
  }
  if (done.includes('card') && !(await enrolment.takeBackExternalCapture(work, personId, id, reason)))
    throw planningProblem('roster-done-stands', { done })
}
