/**
 * Sessions: a person proves who they are in a browser and stays known there until the session ends.
 * Input: number and passcode, a passkey or a second factor (sign-in-steps.ts), later the token of the browser's cookie.
 * Decided: whether the person is signed in, which factors count, for whom they act, and what ends with the session.
 * Output: a session with a new token; a job notifies the parties of a session that ended.
 * Deeds: citizen-session.began, citizen-session.strengthened, citizen-session.turned, citizen-session.ended.
 */

import * as audit from '../../audit/audit.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import type { Factor, FactorKind } from '../assurance.ts'
import { absenceDays, sessionLimits } from '../law.ts'
import { type CitizenSession, type CitizenSessionId, newToken, parseToken } from '../session.ts'
import * as artifacts from '../store.ts'
import * as store from './store.ts'

const seenEveryMilliseconds = 60_000

export type NewCitizenSession = {
  readonly personId: Id<'person'>
  readonly accountId: Id<'account'>
  readonly factors: readonly FactorKind[]
  readonly browser: string
}

/**
 * Begins a session; the caller puts its token in a cookie. The work is in the sign-in scope. `isAfterAbsence`: the
 * person did not sign in for long.
 */
export async function beginSession(
  work: Work,
  { personId, accountId, factors, browser }: NewCitizenSession,
): Promise<{ token: string; session: CitizenSession; isAfterAbsence: boolean }> {
  const { token, tokenHash } = newToken(personId)
  const session: CitizenSession = {
    id: newId<'citizen-session'>(work.now),
    personId,
    accountId,
    childId: null,
    factors: factors.map((kind): Factor => ({ kind, at: work.now })),
    browser: browser.slice(0, 300),
    beganAt: work.now,
    seenAt: work.now,
    endsAt: new Date(work.now.getTime() + ruleOn(sessionLimits, work.today, work).hours * 3_600_000),
  }
  const lastBeganAt = await store.insertSession(work, { ...session, tokenHash })
  await audit.record(
    work,
    'citizen-session.began',
    { kind: 'citizen-session', id: session.id, personId },
    { factors, account: accountId },
  )
  const absence = ruleOn(absenceDays, work.today, work) * 86_400_000
  return { token, session, isAfterAbsence: lastBeganAt !== null && +lastBeganAt < +work.now - absence }
}

/** The live sessions of some tokens, in their order. Their use is recorded separately. */
export async function findSessions(
  work: Work,
  tokens: readonly (string | undefined)[],
): Promise<(CitizenSession | undefined)[]> {
  const read = tokens.map(parseToken)
  const known = read.filter(token => token !== undefined)
  const found = known.length > 0 ? await store.findSessionsByToken(work, known) : []
  return read.map(token => (token ? found[known.indexOf(token)] : undefined))
}

/** Whether to record the use of a session, once a minute. */
export const isSeenStale = ({ seenAt }: CitizenSession, now: Date): boolean =>
  now.getTime() - seenAt.getTime() > seenEveryMilliseconds
export const updateSeen = store.updateSeenAt
export const { countSessionsEnded, deleteSessionsEnded } = store

/** The live session of a token. Its use is recorded once a minute. */
export async function findSession(work: Work, token: string | undefined): Promise<CitizenSession | undefined> {
  const [session] = await findSessions(work, [token])
  if (session && isSeenStale(session, work.now)) await updateSeen(work, session)
  return session
}

/** Adds newly proved factors; the session continues under a new token. */
export async function addFactors(
  work: Work,
  session: CitizenSession,
  kinds: readonly FactorKind[],
): Promise<{ token: string; session: CitizenSession }> {
  const { token, tokenHash } = newToken(session.personId)
  const kept = session.factors.filter(({ kind }) => !kinds.includes(kind))
  const next = { ...session, factors: [...kept, ...kinds.map((kind): Factor => ({ kind, at: work.now }))] }
  await store.updateSubject(work, next, tokenHash)
  await audit.record(work, 'citizen-session.strengthened', sessionSubject(session), { factors: kinds })
  return { token, session: next }
}

/**
 * Ends the provider's sessions behind some sessions, and with them their tokens; notifies the parties. The caller has
 * locked the sessions, so that none is added.
 */
async function endProviderSessions(
  work: Work,
  personId: Id<'person'>,
  ids: readonly CitizenSessionId[],
): Promise<void> {
  if (ids.length === 0) return
  for (const logout of await artifacts.findLogouts(work, personId, ids)) await queueJob(work, logoutJob, logout)
  await artifacts.deleteProviderSessions(work, personId, ids)
}

/**
 * Switches to a child, or back to oneself; what parties were granted for the former subject ends. The caller checks
 * whether the person may.
 */
export async function switchSubject(
  work: Work,
  session: CitizenSession,
  childId: Id<'person'> | null,
): Promise<{ token: string; session: CitizenSession }> {
  const { token, tokenHash } = newToken(session.personId)
  const next = { ...session, childId }
  await store.updateSubject(work, next, tokenHash)
  await endProviderSessions(work, session.personId, [session.id])
  await audit.record(work, 'citizen-session.turned', sessionSubject(session), { forChild: childId !== null })
  return { token, session: next }
}

const sessionSubject = ({ id, personId }: { readonly id: CitizenSessionId; readonly personId: Id<'person'> }) => ({
  kind: 'citizen-session',
  id,
  personId,
})

export type SessionFilter = {
  readonly only?: CitizenSessionId
  readonly except?: CitizenSessionId
  readonly childId?: Id<'person'>
  /** Those alone that began at or after a moment. */
  readonly since?: Date
}

/** Notifies a party that a session has ended (OpenID Connect Back-Channel Logout 1.0). */
export const logoutJob = 'tell-logout'

/** Ends sessions of a person with every token granted in them and notifies the parties. Gives how many. */
export async function endSessions(
  work: Work,
  personId: Id<'person'>,
  reason: string,
  filter: SessionFilter = {},
): Promise<number> {
  const ended = await store.setSessionsEnded(work, personId, reason, filter)
  await endProviderSessions(work, personId, ended)
  await artifacts.deletePending(work, personId)
  for (const id of ended)
    await audit.record(work, 'citizen-session.ended', sessionSubject({ id, personId }), { why: reason })
  return ended.length
}

/**
 * Ends what parties were given in a person's sessions, which go on: what they were told of the account counts no more.
 * Parties are notified.
 */
export async function endWhatPartiesHave(work: Work, personId: Id<'person'>): Promise<void> {
  const lasting = await store.findSessionsOf(work, personId)
  await endProviderSessions(
    work,
    personId,
    lasting.map(({ id }) => id),
  )
  await artifacts.deleteOfPerson(work, personId, { withGrants: false })
}

/** The child is too old: the session continues as the parent's own. */
export const clearChild = store.setNoChild

export const listSessions = (work: Work, personId: Id<'person'>): Promise<CitizenSession[]> =>
  store.findSessionsOf(work, personId)
