import { createHash } from 'node:crypto'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import * as audit from '../../audit/audit.ts'
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

/**
 * Passkeys (WebAuthn level 3): discoverable, with user verification and without attestation, because the make of a
 * person's phone is not our business. Each challenge is our own, stored as a hash and answered once.
 */

/** The relying party that browsers know: the host's name, its origin and its display name. */
export type RelyingParty = { readonly id: string; readonly origin: string; readonly name: string }

type RegistrationOptions = Awaited<ReturnType<typeof generateRegistrationOptions>>
type RequestOptions = Awaited<ReturnType<typeof generateAuthenticationOptions>>
type RegistrationResponse = Parameters<typeof verifyRegistrationResponse>[0]['response']
type AssertionResponse = Parameters<typeof verifyAuthenticationResponse>[0]['response']

/** EdDSA, ES256 and RS256, which current phones and computers support. */
const supportedAlgorithmIDs = [-8, -7, -257]

const timeout = passkeyMinutes * 60_000

const hashOfChallenge = (challenge: string) => createHash('sha256').update(challenge).digest()

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
    const options = await generateRegistrationOptions({
      rpName: rp.name,
      rpID: rp.id,
      // The phone's own list of keys shows this. The personal number would be visible to anyone who holds the phone.
      userName: rp.name,
      userID: userHandleOf(holder),
      timeout,
      attestationType: 'none',
      supportedAlgorithmIDs,
      excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    return storeChallenge(house, options)
  })

async function verifiedRegistration(response: unknown, challenge: string, rp: RelyingParty) {
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: response as RegistrationResponse,
      expectedChallenge: challenge,
      expectedOrigin: rp.origin,
      expectedRPID: rp.id,
      requireUserVerification: true,
      supportedAlgorithmIDs,
    })
    return registrationInfo
  } catch {
    // Malformed data came from the browser.
    return undefined
  }
}

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
      const { id: credentialId, publicKey, counter, transports = [] } = made.credential
      const key = {
        credentialId,
        publicKey: Buffer.from(publicKey),
        counter,
        transports,
        backedUp: made.credentialBackedUp,
        name: name.slice(0, 100),
      }
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
    const options = await generateAuthenticationOptions({
      rpID: rp.id,
      timeout,
      userVerification: 'required',
      ...(known.length > 0 && {
        allowCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
      }),
    })
    return storeChallenge(house, options)
  })

async function verifiedAssertion(response: AssertionResponse, challenge: string, rp: RelyingParty, key: store.Passkey) {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: rp.origin,
      expectedRPID: rp.id,
      credential: {
        id: key.credentialId,
        publicKey: new Uint8Array(key.publicKey),
        counter: key.counter,
        transports: [...key.transports],
      },
      requireUserVerification: false,
    })
    return verified ? authenticationInfo : undefined
  } catch {
    // An invalid signature, another origin and a counter that went back get the same answer.
    return undefined
  }
}

const idIn = (response: unknown): string | undefined => {
  const id = (response as { id?: unknown } | null)?.id
  return typeof id === 'string' ? id : undefined
}

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
      const id = idIn(response)
      const key = id === undefined ? undefined : await store.holdPasskey(house, id)
      const info = key && (await verifiedAssertion(response as AssertionResponse, challenge, rp, key))
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
