import type { Consequence } from '../audit/audit.ts'
import * as parties from '../parties/parties.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as consents from './consents/consents.ts'
import * as exchanges from './exchange/exchange.ts'
import * as keys from './keys/keys.ts'
import type { CitizenSessionId } from './session.ts'
import type { AccountStatus } from './sessions/account-status.ts'
import * as sessions from './sessions/sessions.ts'
import * as steps from './sessions/sign-in-steps.ts'
import * as artifacts from './store.ts'

/**
 * The front door of sign-in (ADR 11): who is signed in, what they let parties see, and how all of that ends. The
 * provider and the pages are in rooms of their own.
 */

export { authenticateParty, findClientOf } from './api-tokens/api-tokens.ts'
export type { Consent, ConsentId } from './consents/consents.ts'
export { stepUpMinutes } from './law.ts'
export { type CitizenSession, type CitizenSessionId, freshStrength, sessionStrength } from './session.ts'
export { childUntil, listChildren } from './sessions/acting-for-child.ts'
export type { AccountStatus }

/** The session of a request's cookie with the present status of its account; undefined if nobody is signed in. */
export const whoIsSignedIn = steps.findSignedInCaller

/** The sessions, consents and sign-ins of a person, for their own page. */
export const sessionsOfPerson = (work: Work, personId: Id<'person'>) =>
  artifacts.withSignInScope(work, () => sessions.listSessions(work, personId))
export const consentsOfPerson = (work: Work, personId: Id<'person'>) =>
  artifacts.withSignInScope(work, () => consents.listConsents(work, personId))
export const visitsOfPerson = (work: Work, personId: Id<'person'>, most?: number) =>
  artifacts.withSignInScope(work, () => exchanges.listVisits(work, personId, most))

/** Withdraws a consent; what was granted under it ends at once. Gives whether it was in force. */
export const withdrawConsent = (work: Work, personId: Id<'person'>, id: consents.ConsentId): Promise<boolean> =>
  artifacts.withSignInScope(work, () => consents.endConsent(work, personId, id))

/** Ends sessions of a person: one, all, or all but one. Gives how many. */
export const endSessionsOfPerson = (
  work: Work,
  personId: Id<'person'>,
  reason: string,
  filter: sessions.SessionFilter = {},
): Promise<number> => artifacts.withSignInScope(work, () => sessions.endSessions(work, personId, reason, filter))

/** Sessions that ended before a moment: how many there are, and their removal, so many at most. */
export const endedSessions = {
  count: (work: Work, before: Date): Promise<number> =>
    artifacts.withSignInScope(work, () => sessions.countSessionsEnded(work, before)),
  remove: (work: Work, before: Date, limit: number): Promise<number> =>
    artifacts.withSignInScope(work, () => sessions.deleteSessionsEnded(work, before, limit)),
}

/** Where people signed in before a moment: how often, and its removal, so many at most. */
export const formerVisits = {
  count: (work: Work, before: Date): Promise<number> =>
    artifacts.withSignInScope(work, () => exchanges.countVisitsBefore(work, before)),
  remove: (work: Work, before: Date, limit: number): Promise<number> =>
    artifacts.withSignInScope(work, () => exchanges.deleteVisitsBefore(work, before, limit)),
}

const endWith =
  (why: string, { forGood }: { readonly forGood: boolean }): Consequence =>
  async (work, { subject: { personId } }) => {
    if (!personId) return
    await artifacts.withSignInScope(work, async () => {
      await sessions.endSessions(work, personId, why)
      await artifacts.deleteOfPerson(work, personId, { withGrants: forGood })
      if (forGood) await consents.endAllConsents(work, personId)
    })
  }

/** A consequence of a lock: all sessions and tokens of the account end; consents stay for its return. */
export const endOnLock: Consequence = endWith('account', { forGood: false })

/**
 * A consequence of a passcode that was chosen anew. After a reset by slip the sessions go on, in which the holder may
 * stop it; what parties were given ends, and whoever comes to them again comes with one factor.
 */
export const endOnNewPasscode: Consequence = async (work, deed) => {
  const { facts, subject } = deed
  const { personId } = subject
  if (facts['by'] === 'slip-stopped' || !personId) return
  if (!facts['reset']) return endOnLock(work, deed)
  await artifacts.withSignInScope(work, () => sessions.endWhatPartiesHave(work, personId))
}

/** A consequence of a device that is the account's no more; of a reset by slip see `endOnNewPasscode`. */
export const endOnEndedDevice: Consequence = async (work, deed) => {
  const { why } = deed.facts as { why?: string }
  if (why !== 'reset' && why !== 'stopped') await endOnLock(work, deed)
}

/** A consequence of a slip that its holder stopped: whoever came in since it was used is out. */
export const endOnStoppedSlip: Consequence = async (work, { subject: { personId }, facts }) => {
  if (!personId) return
  const { since, session } = facts as { since: string | Date; session?: CitizenSessionId }
  await artifacts.withSignInScope(work, async () => {
    await sessions.endSessions(work, personId, 'slip-stopped', {
      since: new Date(since),
      ...(session && { except: session }),
    })
    await sessions.endWhatPartiesHave(work, personId)
  })
}

/** A consequence of a suspended client or party: everything granted to it ends, also after it is resumed. */
export const endGrantsOfClients: Consequence = async (work, { subject, facts }) => {
  const { client } = facts as { client?: string }
  const clientIds = client ? [client] : await parties.clientIdsOf(work, subject.id as parties.PartyId)
  await artifacts.withSignInScope(work, () => artifacts.deleteOfClients(work, clientIds))
}

/** A consequence of the end of an account or a person: consents end, too. */
export const endForGood: Consequence = endWith('account', { forGood: true })

/**
 * A consequence of two records that were merged, or parted again: all sessions and tokens of both end. The consents of
 * the record that ends go for good: a party knows its person under a name that came from that record and its account.
 */
export const endWithMerge: Consequence = (work, { facts }) => {
  const { survivor, merged } = facts as { survivor: Id<'person'>; merged: Id<'person'> }
  return artifacts.withSignInScope(work, async () => {
    for (const personId of [survivor, merged]) {
      await sessions.endSessions(work, personId, 'merged')
      await artifacts.deleteOfPerson(work, personId, { withGrants: personId === merged })
    }
    await consents.endAllConsents(work, merged)
  })
}

export const { sealedSecrets } = keys

/** Replaces the signing keys, if others may know them. Servers use the new one within half a minute. */
export const replaceSigningKeys = (work: Work): ReturnType<typeof keys.rotateKeysNow> =>
  artifacts.withSignInScope(work, () => keys.rotateKeysNow(work))

export { endEverySignIn, withdrawAgain } from './after-restore.ts'
