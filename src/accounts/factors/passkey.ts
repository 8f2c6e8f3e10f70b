import * as audit from '../../audit/audit.ts'
import {
  credentialIdIn,
  hashOfChallenge,
  type RegistrationOptions,
  type RelyingParty,
  type RequestOptions,
  registrationOptions,
  requestOptions,
  verifiedAssertion,
  verifiedRegistration,
} from '../../platform/second-factor/passkey.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import { passkeyMinutes } from '../law.ts'
import {
  getHolder,
  type Holder,
  type HolderRef,
  inFactorScope,
  refusedDeed,
  signInScope,
  subjectOfHolder,
} from './factors.ts'
import { refuseWhileHeld } from './hold.ts'
import { notifyHolderOfChange } from './notify-change.ts'
import { factorProblem } from './problems.ts'
import * as store from './store-passkey.ts'

/** Passkeys of account holders: each challenge is our own, stored as a hash and answered once. */

export type { RelyingParty } from '../../platform/second-factor/passkey.ts'

const timeout = passkeyMinutes * 60_000

async function storeChallenge<T extends { readonly challenge: string }>(
  work: Work,
  options: T,
): Promise<{ options: T; challenge: string }> {
  await store.dropOldChallenges(work)
  await store.addChallenge(work, hashOfChallenge(options.challenge), new Date(work.now.getTime() + timeout))
  return { options, challenge: options.challenge }
}

/** The user handle that an authenticator stores: two UUIDs, which say nothing about the person. */
const userHandleOf = ({ personId, accountId }: HolderRef) =>
  new Uint8Array(Buffer.from(`${personId}${accountId}`.replaceAll('-', ''), 'hex'))

/** The options with which a browser makes a passkey for this account. Throws account-held. */
export const passkeyRegistrationOptions = (
  work: Work,
  holder: HolderRef,
  rp: RelyingParty,
): Promise<{ options: RegistrationOptions; challenge: string }> =>
  inFactorScope(work, async house => {
    await refuseWhileHeld(house, holder)
    const known = await store.findPasskeys(house, holder)
    const options = await registrationOptions(rp, {
      // The phone's own list of keys shows this. The personal number would be visible to anyone who holds the phone.
      userName: rp.name,
      userHandle: userHandleOf(holder),
      known,
      timeout,
    })
    return storeChallenge(house, options)
  })

/** Registers a passkey that a browser made and notifies the holder. Throws passkey-refused, account-held. */
export async function registerPasskey(
  openWork: OpenWork,
  holder: HolderRef,
  { response, challenge, rp, name }: { response: unknown; challenge: string; rp: RelyingParty; name: string },
): Promise<void> {
  const made = await verifiedRegistration(response, challenge, rp)
  await openWork(signInScope(holder.personId), work =>
    inFactorScope(work, async house => {
      const isOurs = await store.takeChallenge(house, hashOfChallenge(challenge))
      if (!made || !isOurs) throw factorProblem('passkey-refused')
      await refuseWhileHeld(house, holder)
      const key = { ...made, name: name.slice(0, 100) }
      if (!(await store.insertPasskey(house, holder, key))) throw factorProblem('passkey-refused')
      await audit.record(house, 'factor.added', subjectOfHolder(holder), { factor: 'passkey' })
      await notifyHolderOfChange(house, holder, 'changed-passkey')
    }),
  )
}

/**
 * The options with which a browser signs in by a passkey: of this holder, or of any holder that the browser offers
 * (discoverable).
 */
export const passkeySignInOptions = (
  work: Work,
  holder: HolderRef | undefined,
  rp: RelyingParty,
): Promise<{ options: RequestOptions; challenge: string }> =>
  inFactorScope(work, async house => {
    const known = holder ? await store.findPasskeys(house, holder) : []
    const options = await requestOptions(rp, known, timeout)
    return storeChallenge(house, options)
  })

/**
 * Checks a browser's answer to a challenge. Undefined if the passkey is unknown, the challenge was answered or expired,
 * the signature is wrong, or the counter went back, as a copy's does. `userVerified`: the authenticator verified a
 * finger, a face or a code.
 */
export const checkPasskey = (
  openWork: OpenWork,
  response: unknown,
  challenge: string,
  rp: RelyingParty,
): Promise<{ holder: Holder; userVerified: boolean } | undefined> =>
  openWork(signInScope(), work =>
    inFactorScope(work, async house => {
      if (!(await store.takeChallenge(house, hashOfChallenge(challenge)))) return undefined
      const id = credentialIdIn(response)
      const key = id === undefined ? undefined : await store.holdPasskey(house, id)
      const info = key && (await verifiedAssertion(response, challenge, rp, key))
      const holder = key && (await getHolder(house, key))
      if (!key || !info || !holder) {
        await refusedDeed(house, key, 'passkey')
        return undefined
      }
      await store.updatePasskeyUse(house, key, info.newCounter)
      return { holder, userVerified: info.userVerified }
    }),
  )

export type PasskeySummary = Omit<store.Passkey, 'publicKey' | 'counter' | 'personId' | 'accountId'>

/** The holder's passkeys for the holder's own page. */
export const listPasskeys = (work: Work, holder: HolderRef): Promise<PasskeySummary[]> =>
  inFactorScope(work, async house => {
    const keys = await store.findPasskeys(house, holder)
    return keys.map(({ publicKey: _key, counter: _counter, personId: _person, accountId: _account, ...shown }) => shown)
  })

/** Removes all passkeys after a device was lost. */
export async function forgetPasskeys(work: Work, holder: HolderRef): Promise<void> {
  for (const { credentialId } of await listPasskeys(work, holder)) await forgetPasskey(work, holder, credentialId)
}

/** Removes a passkey. Gives whether it was one of this holder's. */
export const forgetPasskey = (work: Work, holder: HolderRef, credentialId: string): Promise<boolean> =>
  inFactorScope(work, async house => {
    if (!(await store.dropPasskey(house, holder, credentialId))) return false
    await audit.record(house, 'factor.removed', subjectOfHolder(holder), { factor: 'passkey' })
    return true
  })
