import type { FastifyRequest } from 'fastify'
import type { Consequence } from '../audit/audit.ts'
import * as parties from '../parties/parties.ts'
import type { Id } from '../platform/ids.ts'
import type { OpenWork, Work } from '../platform/work.ts'
import * as consents from './consents/consents.ts'
import * as exchanges from './exchange/exchange.ts'
import * as keys from './keys/keys.ts'
import type { Session } from './session.ts'
import type { Standing } from './sessions/account-status.ts'
import { tokenOf } from './sessions/cookie.ts'
import * as sessions from './sessions/sessions.ts'
import * as steps from './sessions/steps.ts'
import * as artifacts from './store.ts'

/**
 * The front door of sign-in (ADR 11): who is signed in, what they let parties see, and how all of that ends. The
 * provider and the pages are in rooms of their own.
 */

export { clientBehind, partyOf } from './api-tokens/api-tokens.ts'
export type { Consent, ConsentId } from './consents/consents.ts'
export { type Session, type SessionId, strength } from './session.ts'
export { childrenOf, childUntil } from './sessions/account-status.ts'
export type { Standing }

/** The session of a request's cookie with the present status of its account; undefined if nobody is signed in. */
export const whoIs = (
  openWork: OpenWork,
  request: FastifyRequest,
): Promise<{ readonly session: Session; readonly standing: Standing } | undefined> =>
  steps.whoIs(openWork, tokenOf(request, 'session'), request.id)

/** The sessions, consents and sign-ins of a person, for their own page. */
export const sessionsOf = (work: Work, personId: Id<'person'>) =>
  artifacts.withDoor(work, () => sessions.list(work, personId))
export const consentsOf = (work: Work, personId: Id<'person'>) =>
  artifacts.withDoor(work, () => consents.list(work, personId))
export const visitsOf = (work: Work, personId: Id<'person'>, most?: number) =>
  artifacts.withDoor(work, () => exchanges.visitsOf(work, personId, most))

/** Withdraws a consent; what was granted under it ends at once. Gives whether it was in force. */
export const withdraw = (work: Work, personId: Id<'person'>, id: consents.ConsentId): Promise<boolean> =>
  artifacts.withDoor(work, () => consents.withdraw(work, personId, id))

/** Ends sessions of a person: one, all, or all but one. Gives how many. */
export const endSessions = (
  work: Work,
  personId: Id<'person'>,
  why: string,
  which: sessions.Which = {},
): Promise<number> => artifacts.withDoor(work, () => sessions.end(work, personId, why, which))

const ending =
  (why: string, { forGood }: { readonly forGood: boolean }): Consequence =>
  async (work, { subject: { personId } }) => {
    if (!personId) return
    await artifacts.withDoor(work, async () => {
      await sessions.end(work, personId, why)
      await artifacts.deleteOfPerson(work, personId, { withGrants: forGood })
      if (forGood) await consents.endAll(work, personId)
    })
  }

/** A consequence of a lock: all sessions and tokens of the account end; consents stay for its return. */
export const endWithLock: Consequence = ending('account', { forGood: false })

/** A consequence of a suspended client or party: everything granted to it ends, also after it is resumed. */
export const endOfClients: Consequence = async (work, { subject, facts }) => {
  const { client } = facts as { client?: string }
  const clientIds = client ? [client] : await parties.clientIdsOf(work, subject.id as parties.PartyId)
  await artifacts.withDoor(work, () => artifacts.deleteOfClients(work, clientIds))
}

/** A consequence of the end of an account or a person: consents end, too. */
export const endForGood: Consequence = ending('account', { forGood: true })

/** Replaces the signing keys, if others may know them. Servers use the new one within half a minute. */
export const replaceKeys = (work: Work): ReturnType<typeof keys.replaceKeys> =>
  artifacts.withDoor(work, () => keys.replaceKeys(work))
