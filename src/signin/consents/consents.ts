/**
 * Consents: what a person lets a party see.
 * Input: the person's answer to a client's request, scope by scope, each with its purpose.
 * Decided: whether a consent in force answers the present request, and what ends when one is replaced or withdrawn.
 * Output: the consent on which the provider's grant is based. claim-values.ts: the claims of a scope and their values.
 * Deeds: consent.given, consent.withdrawn, consent.ended.
 */

import * as audit from '../../audit/audit.ts'
import type * as parties from '../../parties/parties.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import { hashText, type SignInSubject, subjectText } from '../artifact.ts'
import { consentYears } from '../law.ts'
import * as artifacts from '../store.ts'
import * as store from './store.ts'

export type { ConsentRow as Consent } from './store.ts'
export type ConsentId = Id<'consent'>

/** When a consent that is given now ends. */
export const consentEnds = (now: Date, years: number): Date => {
  const end = new Date(now)
  end.setUTCFullYear(end.getUTCFullYear() + years)
  return end
}

const kindsOfGrant = ['AuthorizationCode', 'AccessToken', 'RefreshToken', 'Grant']

export type NewConsent = SignInSubject & {
  readonly clientId: string
  readonly partyId: Id<'party'>
  readonly grantId: string
  readonly scopes: readonly string[]
  readonly refused: readonly string[]
  /** The purpose of each scope, as the person read it. */
  readonly purposes: readonly parties.Purpose[]
}

/**
 * Stores a consent and replaces an earlier one to the same client; if that one allowed more, what was granted under it
 * ends. The work is in the sign-in scope.
 */
export async function addConsent(
  work: Work,
  { personId, accountId, childId, clientId, partyId, grantId, scopes, refused, purposes }: NewConsent,
): Promise<void> {
  const replaced = await store.setConsentsEnded(work, personId, 'replaced', { clientId, childId: childId ?? null })
  for (const former of replaced)
    if (former.scopes.some(scope => !scopes.includes(scope)))
      await artifacts.deleteByGrant(work, kindsOfGrant, former.grantId)
  const id = newId<'consent'>(work.now)
  const shown = purposes.filter(({ scope }) => scopes.includes(scope) || refused.includes(scope))
  const row = {
    id,
    personId,
    accountId,
    childId: childId ?? null,
    clientId,
    partyId,
    grantId,
    scopes,
    refused,
    purposes: Object.fromEntries(shown.map(({ scope, vi, en }) => [scope, { vi, en }])),
    givenAt: work.now,
    endsAt: consentEnds(work.now, ruleOn(consentYears, work.today, work)),
  }
  await store.insertConsent(work, row)
  await audit.record(
    work,
    'consent.given',
    { kind: 'consent', id, personId: childId ?? personId },
    { client: clientId, party: partyId, scopes, refused },
  )
}

/** The consents in force of subjects to clients, in their order. */
export const findConsentsInForce = (
  work: Work,
  pairs: readonly { readonly subject: SignInSubject; readonly clientId: string }[],
): Promise<(store.ConsentRow | undefined)[]> =>
  store.findConsents(
    work,
    pairs.map(({ subject: { personId, childId }, clientId }) => ({ personId, childId: childId ?? null, clientId })),
  )

/** A digest of purposes with their text and whether they could be refused, to recognize what was shown. */
export const purposesDigest = (purposes: readonly parties.Purpose[]): string =>
  hashText(JSON.stringify(purposes.map(({ scope, vi, en, optional }) => [scope, vi, en, optional]))).toString(
    'base64url',
  )

/**
 * Whether a consent answers a client's present request. A consent is for a purpose (NĐ13/2023 Art. 11): a new purpose
 * asks the person anew, and so does a refused optional scope that became required.
 */
export const coversPurposes = (
  { scopes, refused, purposes }: store.ConsentRow,
  requestedPurposes: readonly parties.Purpose[],
): boolean =>
  requestedPurposes.every(({ scope, vi, en, optional }) => {
    if (!scopes.includes(scope)) return optional && refused.includes(scope)
    const given = purposes?.[scope]
    return given?.vi === vi && given.en === en
  })

/** Withdraws a consent; the party's tokens end with it. Gives whether it was in force. */
export async function endConsent(work: Work, personId: Id<'person'>, id: ConsentId): Promise<boolean> {
  const ended = await store.setConsentsEnded(work, personId, 'withdrawn', { id })
  for (const { id: consentId, accountId, clientId, childId } of ended) {
    await artifacts.deleteOfClient(
      work,
      personId,
      clientId,
      subjectText({ personId, accountId, ...(childId && { childId }) }),
    )
    await audit.record(
      work,
      'consent.withdrawn',
      { kind: 'consent', id: consentId, personId: childId ?? personId },
      { client: clientId },
    )
  }
  return ended.length > 0
}

/** Ends all consents of an account that ended. */
export async function endAllConsents(work: Work, personId: Id<'person'>): Promise<void> {
  for (const { id, clientId, childId } of await store.setConsentsEnded(work, personId, 'account'))
    await audit.record(
      work,
      'consent.ended',
      { kind: 'consent', id, personId: childId ?? personId },
      { client: clientId },
    )
}

export const listConsents = store.findAllConsents
