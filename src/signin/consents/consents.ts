/**
 * Consents: what a person lets a party see.
 * In comes the person's answer to what a client asks for, scope by scope, each with its purpose.
 * Decided is whether a consent that stands answers what is asked for now, and what ends when one is replaced or
 * withdrawn.
 * Out goes the consent under which the provider's grant stands; which claims a scope opens, and their values:
 * claims.ts.
 * Deeds: consent.given, consent.withdrawn, consent.ended.
 */

import * as audit from '../../audit/audit.ts'
import type * as parties from '../../parties/parties.ts'
import { type Id, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { hashOf, type Subject, subjectText } from '../artifact.ts'
import * as artifacts from '../store.ts'
import * as store from './store.ts'

export type { ConsentRow as Consent } from './store.ts'
export type ConsentId = Id<'consent'>

/** A consent ends by itself after a year, and is asked for anew. */
export const consentEnds = (now: Date): Date => {
  const end = new Date(now)
  end.setUTCFullYear(end.getUTCFullYear() + 1)
  return end
}

const allOfGrant = ['AuthorizationCode', 'AccessToken', 'RefreshToken', 'Grant']

export type Given = Subject & {
  readonly clientId: string
  readonly partyId: string
  readonly grantId: string
  readonly scopes: readonly string[]
  readonly refused: readonly string[]
  /** What the client wants each scope for, as the person was shown. */
  readonly purposes: readonly parties.Purpose[]
}

/**
 * Keeps what a person let a party see; an earlier one to the same client is replaced, and where it let see more, what
 * was given under it ends. The work has the door open.
 */
export async function give(
  work: Work,
  { personId, accountId, childId, clientId, partyId, grantId, scopes, refused, purposes }: Given,
): Promise<void> {
  const replaced = await store.endConsents(work, personId, 'replaced', { clientId, childId: childId ?? null })
  for (const former of replaced)
    if (former.scopes.some(scope => !scopes.includes(scope)))
      await artifacts.deleteByGrant(work, allOfGrant, former.grantId)
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
    endsAt: consentEnds(work.now),
  }
  await store.insertConsent(work, row)
  await audit.record(
    work,
    'consent.given',
    { kind: 'consent', id, personId: childId ?? personId },
    { client: clientId, party: partyId, scopes, refused },
  )
}

/** The consents on which grants of subjects to clients rest, in their order. */
export const standing = (
  work: Work,
  of: readonly { readonly subject: Subject; readonly clientId: string }[],
): Promise<(store.ConsentRow | undefined)[]> =>
  store.findConsents(
    work,
    of.map(({ subject: { personId, childId }, clientId }) => ({ personId, childId: childId ?? null, clientId })),
  )

/** A mark of what was shown: of some purposes, as they were said and as they could be refused. */
export const markOf = (purposes: readonly parties.Purpose[]): string =>
  hashOf(JSON.stringify(purposes.map(({ scope, vi, en, optional }) => [scope, vi, en, optional]))).toString('base64url')

/**
 * Whether a consent answers what a client asks for now. It is to a purpose (NĐ13/2023 Art. 11): for another one the
 * person is asked anew, and so are they where what was optional, and refused, is required.
 */
export const answers = ({ scopes, refused, purposes }: store.ConsentRow, asked: readonly parties.Purpose[]): boolean =>
  asked.every(({ scope, vi, en, optional }) => {
    if (!scopes.includes(scope)) return optional && refused.includes(scope)
    const given = purposes?.[scope]
    return given?.vi === vi && given.en === en
  })

/** Ends a consent: the party's tokens end with it. Gives whether it still stood. */
export async function withdraw(work: Work, personId: Id<'person'>, id: ConsentId): Promise<boolean> {
  const ended = await store.endConsents(work, personId, 'withdrawn', { id })
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

/** The account has ended: what was consented to with it ends too. */
export async function endAll(work: Work, personId: Id<'person'>): Promise<void> {
  for (const { id, clientId, childId } of await store.endConsents(work, personId, 'account'))
    await audit.record(
      work,
      'consent.ended',
      { kind: 'consent', id, personId: childId ?? personId },
      { client: clientId },
    )
}

export const list = store.consentsOf
