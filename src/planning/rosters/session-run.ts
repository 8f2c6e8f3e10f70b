// The run of a session: it is opened on its day, people check in or walk in, and each is served or marked absent.

import * as accounts from '../../accounts/accounts.ts'
import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import * as cards from '../../cards/cards.ts'
import * as enrolment from '../../enrolment/enrolment.ts'
import { newId } from '../../platform/ids.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as staff from '../../staff/staff.ts'
import { noteActivity } from '../overtime/overtime.ts'
import { planningProblem } from '../problems.ts'
import { type Absence, mayTransition, type ServiceDone, type TeamSession, type TeamSessionId } from '../session.ts'
import { needsKit } from '../sessions/capacity.ts'
import { casesFor, holdTeamSession } from '../sessions/sessions.ts'
import type { RosterLine } from '../store-roster.ts'
import * as store from '../store-roster.ts'
import * as sessions from '../store-session.ts'

/** Opens a session on its day. Throws session-not-today, session-kit-needed, session-state-refused. */
export async function openTeamSession(work: Work, id: TeamSessionId): Promise<TeamSession> {
  const before = await holdTeamSession(work, id)
  if (!mayTransition(before.state, 'open')) throw planningProblem('session-state-refused', { state: before.state })
  if (before.day !== work.today) throw planningProblem('session-not-today', { day: before.day })
  if (needsKit(before.kind) && (await sessions.kitsOf(work, [id])).length === 0)
    throw planningProblem('session-kit-needed')
  const session: TeamSession = { ...before, state: 'open', openedAt: work.now, version: before.version + 1 }
  await sessions.updateSession(work, session)
  await noteActivity(work, session, 0)
  await audit.record(work, 'session.opened', { kind: 'session', id, unitId: session.unitId })
  return session
}

/** An open session. Two officers serve side by side, so only the person's line is locked. */
export async function getOpenSession(work: Work, id: TeamSessionId): Promise<TeamSession> {
  const session = await sessions.findSession(work, id)
  if (!session) throw planningProblem('session-gone')
  if (session.state !== 'open') throw planningProblem('session-state-refused', { state: session.state })
  return session
}

export async function holdKnownLine(work: Work, id: TeamSessionId, personId: register.PersonId): Promise<RosterLine> {
  const line = await store.holdLine(work, id, personId)
  if (!line) throw planningProblem('roster-line-unknown')
  return line
}

/** The version of a line: what has come of it, and when. */
export const versionOfLine = ({ outcome, cameAt, endedAt }: RosterLine): string =>
  [outcome ?? 'open', cameAt?.getTime() ?? 0, endedAt?.getTime() ?? 0].join('.')

const lastDeedOn = ({ outcome, cameAt }: RosterLine): string =>
  outcome === 'served'
    ? 'roster.served'
    : outcome === 'absent'
      ? 'roster.absent'
      : cameAt
        ? 'roster.checked-in'
        : 'roster.taken-back'

/** A line that is held, where it is still what the page showed. Throws changed-meanwhile. */
export async function refuseStaleLine(work: Work, line: RosterLine): Promise<void> {
  if (work.seen === undefined || work.seen === versionOfLine(line)) return
  await staff.refuseChange(work, {
    deed: lastDeedOn(line),
    byId: line.endedBy ?? undefined,
    at: line.endedAt ?? line.cameAt ?? undefined,
  })
}

export const subjectOf = (session: TeamSession, personId: register.PersonId) => ({
  kind: 'session',
  id: session.id,
  personId,
  unitId: session.unitId,
})

/** Records that a person on the roster has come, also one who was marked absent. The same again changes nothing. */
export async function checkIn(work: Work, id: TeamSessionId, personId: register.PersonId): Promise<RosterLine> {
  const session = await getOpenSession(work, id)
  const line = await holdKnownLine(work, id, personId)
  if (line.cameAt && !line.outcome) return line
  await refuseStaleLine(work, line)
  if (line.outcome === 'served') throw planningProblem('roster-outcome-given', { outcome: line.outcome })
  const come: RosterLine = { ...line, cameAt: work.now, outcome: null, absentReason: null, endedAt: null }
  await store.setLine(work, come)
  await noteActivity(work, session, 0)
  await audit.record(work, 'roster.checked-in', subjectOf(session, personId))
  return come
}

/**
 * What an officer enters when a person is served and an account is requested: the phone for its messages, or for a
 * child the representative, on whose phone the account is.
 */
export type ServiceInput = {
  readonly phone?: string | undefined
  readonly walkIn?: boolean | undefined
} & accounts.RepresentativeChoice

/**
 * Gives a person what the session is for, as far as they lack it; the line's `done` says which. Cards and accounts
 * refuse what the law or the person's state forbids. Throws roster-line-unknown, roster-outcome-given,
 * roster-nothing-to-activate.
 */
export async function servePersonAt(
  work: Work,
  id: TeamSessionId,
  personId: register.PersonId,
  input: ServiceInput = {},
): Promise<RosterLine> {
  const session = await getOpenSession(work, id)
  const line = await holdKnownLine(work, id, personId)
  await refuseStaleLine(work, line)
  if (line.outcome === 'served') throw planningProblem('roster-outcome-given', { outcome: line.outcome })
  const done = await giveServices(work, session, personId, input)
  const served: RosterLine = {
    ...line,
    cameAt: line.cameAt ?? work.now,
    outcome: 'served',
    absentReason: null,
    done,
    endedAt: work.now,
  }
  await store.setLine(work, served)
  await noteActivity(work, session, 1)
  await audit.record(work, 'roster.served', subjectOf(session, personId), { done })
  return served
}

async function giveServices(
  work: Work,
  session: TeamSession,
  personId: register.PersonId,
  input: ServiceInput,
): Promise<ServiceDone[]> {
  if (session.kind === 'activation') return activateAccount(work, session, personId)
  const card = session.kind === 'card-and-account' ? await giveCard(work, session, personId, input) : []
  const account = await giveAccount(work, session, personId, input)
  if (card.length > 0 && account.length > 0) await noteAccount(work, personId)
  return [...card, ...account]
}

/** Served at the console, not at a station of the house: face and fingers were taken by another system's machine. */
async function giveCard(
  work: Work,
  { id, unitId }: TeamSession,
  personId: register.PersonId,
  { walkIn = false }: ServiceInput,
): Promise<ServiceDone[]> {
  const needs = (await campaign.needsOf(work, [personId], work.today)).get(personId) ?? []
  if (!needs.includes('card') && !needs.includes('card-renewal') && !(await isChildWithoutCard(work, personId)))
    return []
  await enrolment.enterExternalCapture(work, personId, { unitId, sessionId: id, walkIn })
  return ['card']
}

/**
 * A child below fourteen needs no card, but a representative who brings one to be served requests it (LCC Art. 19; face
 * and fingers are captured from six years on, Art. 23).
 */
async function isChildWithoutCard(work: Work, personId: register.PersonId): Promise<boolean> {
  if ((await accounts.findActor(work, personId, 2)) !== 'representative') return false
  const theirs = (await cards.cardsOf(work, [personId])).get(personId) ?? []
  return theirs.every(({ state }) => state === 'revoked' || state === 'cancelled')
}

async function noteAccount(work: Work, personId: register.PersonId): Promise<void> {
  const account = await livingAccount(work, personId)
  if (account) await enrolment.linkAccount(work, personId, account.id)
}

const livingAccount = async (work: Work, personId: register.PersonId) =>
  (await accounts.accountsOf(work, [personId])).get(personId)?.find(({ state }) => state !== 'cancelled')

/**
 * An account of level 2: requested where there is none, asked for where it is of level 1; another officer approves
 * either. One that still waits for approval is left to it.
 */
async function giveAccount(
  work: Work,
  { id, unitId }: TeamSession,
  personId: register.PersonId,
  input: ServiceInput,
): Promise<ServiceDone[]> {
  const where = { unitId, sessionId: id }
  const account = await livingAccount(work, personId)
  if (!account) {
    await accounts.request(work, personId, { level: 2, ...(await requesterOf(work, personId, input)), ...where })
    return ['account']
  }
  if (account.level === 2 || (account.state !== 'approved' && account.state !== 'activated')) return []
  await accounts.raise(work, account.id, where)
  return ['raised']
}

/**
 * A child's representative requests the account, which has the representative's phone, whatever was typed (NĐ69/2024
 * Art. 10).
 */
async function requesterOf(
  work: Work,
  personId: register.PersonId,
  { phone, representativeId, representativeNumber }: ServiceInput,
) {
  const acts = await accounts.findActor(work, personId, 2)
  return acts === 'representative' ? { representativeId, representativeNumber } : { phone }
}

/** The holder activates on their own phone, an officer beside them. */
async function activateAccount(
  work: Work,
  { id, unitId }: TeamSession,
  personId: register.PersonId,
): Promise<ServiceDone[]> {
  const account = await livingAccount(work, personId)
  if (account?.state === 'activated') return []
  if (account?.state !== 'approved') throw planningProblem('roster-nothing-to-activate')
  await accounts.activate(work, account.id, { unitId, sessionId: id })
  return ['activated']
}

/** Marks people on the roster as absent, for one reason. Throws roster-outcome-given where one of them was served. */
export async function markAbsent(
  work: Work,
  id: TeamSessionId,
  persons: readonly register.PersonId[],
  reason: Absence,
): Promise<RosterLine[]> {
  const session = await getOpenSession(work, id)
  const absent: RosterLine[] = []
  for (const personId of persons) {
    const line = await holdKnownLine(work, id, personId)
    if (persons.length === 1) await refuseStaleLine(work, line)
    if (line.outcome === 'served') throw planningProblem('roster-outcome-given', { outcome: line.outcome })
    const marked: RosterLine = { ...line, outcome: 'absent', absentReason: reason, done: [], endedAt: work.now }
    await store.setLine(work, marked)
    absent.push(marked)
    await audit.record(work, 'roster.absent', subjectOf(session, personId), { reason })
  }
  await noteActivity(work, session, 0)
  return absent
}

/**
 * Serves a walk-in, found by number wherever they are registered. A person who is on the roster after all is served
 * there. Throws walk-in-unknown, number-not-twelve-digits, and what `serve` throws.
 */
export async function addWalkIn(
  work: Work,
  id: TeamSessionId,
  { number, ...given }: { readonly number: string } & ServiceInput,
): Promise<RosterLine> {
  const session = await getOpenSession(work, id)
  const found = await register.findByNumber(work, number)
  if (!found) throw planningProblem('walk-in-unknown')
  if (await store.holdLine(work, id, found.id)) return servePersonAt(work, id, found.id, given)

  const line = { id: newId<'line'>(work.now), personId: found.id }
  // The person stands at the table: the session's unit sees them whole, as for a capture.
  await withHouseScope(work, house => register.openAccessCases(house, casesFor(house, session, [line])))
  const done = await giveServices(work, session, found.id, { ...given, walkIn: true })
  const [added] = await store.insertLines(work, session, [line], done)
  if (!added) throw planningProblem('roster-outcome-given', { outcome: 'served' })
  await noteActivity(work, session, 1)
  await audit.record(work, 'roster.walk-in', subjectOf(session, found.id), { done })
  return { ...line, sessionId: id, walkIn: true, cameAt: work.now, outcome: 'served', done, endedAt: work.now }
}
