import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import * as enrolment from '../../enrolment/enrolment.ts'
import { asId, isId, newId } from '../../platform/ids.ts'
import type { Deed, Work } from '../../platform/work.ts'
import { noteActivity } from '../overtime/overtime.ts'
import type { ServiceDone, TeamSession } from '../session.ts'
import * as lines from '../store-roster.ts'
import * as sessions from '../store-session.ts'

/**
 * What a station captured at a session without a line becomes an outcome of that session's list when it arrives: who
 * was asked is served, who was not is a walk-in. Officers' work is noted as of the capture. A session that was closed
 * meanwhile keeps its document; the line is set right all the same.
 */
export async function followApplication(work: Work, { subject, facts }: Deed): Promise<void> {
  const sessionId = facts['session']
  if (typeof sessionId !== 'string' || !isId(sessionId) || !subject.personId) return
  const session = await sessions.findSession(work, asId<'session'>(sessionId))
  const application = await enrolment.findApplication(work, subject.id)
  if (!session || !application?.capturedAt || session.state === 'cancelled') return
  await noteDeadline(work, session, application)
  if (application.capture === 'elsewhere') return

  const done: ServiceDone[] = [
    ...(application.cardId ? ['card' as const] : []),
    ...(application.accountId ? ['account' as const] : []),
  ]
  const line = await lines.holdLine(work, session.id, subject.personId)
  if (line?.outcome === 'served') return
  if (line)
    await lines.setLine(work, {
      ...line,
      cameAt: line.cameAt ?? application.capturedAt,
      outcome: 'served',
      absentReason: null,
      done,
      endedAt: application.capturedAt,
    })
  else await lines.insertLines(work, session, [{ id: newId<'line'>(work.now), personId: subject.personId }], done)
  const opened = await sessionOpenAt(work, session, application.capturedAt)
  await noteActivity({ ...work, now: application.capturedAt }, opened, 1)
  await audit.record(
    work,
    line ? 'roster.served' : 'roster.walk-in',
    { kind: 'session', id: session.id, personId: subject.personId, unitId: session.unitId },
    { done, application: application.id, ...(session.state === 'closed' && { late: true }) },
  )
}

/** A session at which people were captured has been opened, whether or not anybody said so in the console. */
async function sessionOpenAt(work: Work, session: TeamSession, at: Date): Promise<TeamSession> {
  if (session.state !== 'planned') return session
  const open: TeamSession = { ...session, state: 'open', openedAt: at, version: session.version + 1 }
  await sessions.updateSession(work, open)
  await audit.record(
    work,
    'session.opened',
    { kind: 'session', id: session.id, unitId: session.unitId },
    { by: 'capture' },
  )
  return open
}

/** The day by which the session's campaign needs the card in the hand. */
async function noteDeadline(
  work: Work,
  { campaignId }: TeamSession,
  application: enrolment.Application,
): Promise<void> {
  if (!campaignId || application.campaignDueOn) return
  const deadlines = await campaign.deadlinesOf(work, campaign.asCampaignId(campaignId))
  const due = deadlines.find(({ proof, on }) => proof === 'card-in-hand' && on >= work.today)
  if (due) await enrolment.setCampaignDue(work, application.id, due.on)
}
