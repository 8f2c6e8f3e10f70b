import { createHash } from 'node:crypto'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import * as audit from '../../audit/audit.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import { tellHolder } from './device.ts'
import { getHolder, type Holder, type HolderRef, refusedDeed, signingIn, subjectOf, withFactors } from './factors.ts'
import { factorProblem } from './problems.ts'
import * as store from './store-passkey.ts'

/**
 * Passkeys (WebAuthn level 3): discoverable, with user verification, without attestation: which make of phone people
 * have is no business of the house. Each challenge is the house's own, kept as a hash, and answered once.
 */

/** The house as browsers know it: its host's name, its origin, and what people call it. */
export type Rp = { readonly id: string; readonly origin: string; readonly name: string }

type RegistrationOptions = Awaited<ReturnType<typeof generateRegistrationOptions>>
type RequestOptions = Awaited<ReturnType<typeof generateAuthenticationOptions>>
type Registered = Parameters<typeof verifyRegistrationResponse>[0]['response']
type Asserted = Parameters<typeof verifyAuthenticationResponse>[0]['response']

/** EdDSA, ES256, RS256: what phones and computers of these years have. */
const supportedAlgorithmIDs = [-8, -7, -257]

const minutes = 5
const timeout = minutes * 60_000

const hashOfChallenge = (challenge: string) => createHash('sha256').update(challenge).digest()

async function keepChallenge<T extends { readonly challenge: string }>(
  work: Work,
  options: T,
): Promise<{ options: T; challenge: string }> {
  await store.dropOldChallenges(work)
  await store.addChallenge(work, hashOfChallenge(options.challenge), new Date(work.now.getTime() + timeout))
  return { options, challenge: options.challenge }
}

/** The person's account as an authenticator keeps it: two UUIDs, nothing that anyone could read. */
const userHandleOf = ({ personId, accountId }: HolderRef) =>
  new Uint8Array(Buffer.from(`${personId}${accountId}`.replaceAll('-', ''), 'hex'))

/** What a browser needs to make a passkey for this account. */
export const passkeyRegistration = (
  work: Work,
  holder: HolderRef,
  rp: Rp,
): Promise<{ options: RegistrationOptions; challenge: string }> =>
  withFactors(work, async house => {
    const known = await store.passkeysOf(house, holder)
    const options = await generateRegistrationOptions({
      rpName: rp.name,
      rpID: rp.id,
      // What the phone's own list of keys shows; the number would show to whoever holds the phone.
      userName: rp.name,
      userID: userHandleOf(holder),
      timeout,
      attestationType: 'none',
      supportedAlgorithmIDs,
      excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    return keepChallenge(house, options)
  })

async function verifiedRegistration(response: unknown, challenge: string, rp: Rp) {
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: response as Registered,
      expectedChallenge: challenge,
      expectedOrigin: rp.origin,
      expectedRPID: rp.id,
      requireUserVerification: true,
      supportedAlgorithmIDs,
    })
    return registrationInfo
  } catch {
    // Whatever was malformed came from the browser.
    return undefined
  }
}

/** Takes a passkey that a browser made; the holder is told. Throws passkey-refused. */
export async function addPasskey(
  openWork: OpenWork,
  holder: HolderRef,
  { response, challenge, rp, name }: { response: unknown; challenge: string; rp: Rp; name: string },
): Promise<void> {
  const made = await verifiedRegistration(response, challenge, rp)
  await openWork(signingIn(holder.personId), work =>
    withFactors(work, async house => {
      const isOurs = await store.takeChallenge(house, hashOfChallenge(challenge))
      if (!made || !isOurs) throw factorProblem('passkey-refused')
      const { id: credentialId, publicKey, counter, transports = [] } = made.credential
      const key = {
        credentialId,
        publicKey: Buffer.from(publicKey),
        counter,
        transports,
        backedUp: made.credentialBackedUp,
        name: name.slice(0, 100),
      }
      if (!(await store.addPasskey(house, holder, key))) throw factorProblem('passkey-refused')
      await audit.record(house, 'factor.added', subjectOf(holder), { factor: 'passkey' })
      await tellHolder(house, holder, 'changed-passkey')
    }),
  )
}

/** What a browser needs to sign in by a passkey: of this holder, or of whoever the browser offers (discoverable). */
export const passkeyOptions = (
  work: Work,
  holder: HolderRef | undefined,
  rp: Rp,
): Promise<{ options: RequestOptions; challenge: string }> =>
  withFactors(work, async house => {
    const known = holder ? await store.passkeysOf(house, holder) : []
    const options = await generateAuthenticationOptions({
      rpID: rp.id,
      timeout,
      userVerification: 'required',
      ...(known.length > 0 && {
        allowCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
      }),
    })
    return keepChallenge(house, options)
  })

async function verifiedAssertion(response: Asserted, challenge: string, rp: Rp, key: store.Passkey) {
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
    // A signature that is none, another origin, a counter that went back: all the same to who brings it.
    return undefined
  }
}

const idIn = (response: unknown): string | undefined => {
  const id = (response as { id?: unknown } | null)?.id
  return typeof id === 'string' ? id : undefined
}

/**
 * Checks what a browser answered to a challenge. Undefined where the passkey is unknown, the challenge was answered
 * before or is over, the signature is wrong, or its counter went back, as a copy's does. `userVerified`: the
 * authenticator asked for a finger, a face or a code.
 */
export const checkPasskey = (
  openWork: OpenWork,
  response: unknown,
  challenge: string,
  rp: Rp,
): Promise<{ holder: Holder; userVerified: boolean } | undefined> =>
  openWork(signingIn(), work =>
    withFactors(work, async house => {
      if (!(await store.takeChallenge(house, hashOfChallenge(challenge)))) return undefined
      const id = idIn(response)
      const key = id === undefined ? undefined : await store.holdPasskey(house, id)
      const info = key && (await verifiedAssertion(response as Asserted, challenge, rp, key))
      const holder = key && (await getHolder(house, key))
      if (!key || !info || !holder) {
        await refusedDeed(house, key, 'passkey')
        return undefined
      }
      await store.notePasskeyUse(house, key, info.newCounter)
      return { holder, userVerified: info.userVerified }
    }),
  )

export type PasskeyShown = Omit<store.Passkey, 'publicKey' | 'counter' | 'personId' | 'accountId'>

/** The holder's passkeys, to be shown to them. */
export const passkeysOf = (work: Work, holder: HolderRef): Promise<PasskeyShown[]> =>
  withFactors(work, async house => {
    const keys = await store.passkeysOf(house, holder)
    return keys.map(({ publicKey: _key, counter: _counter, personId: _person, accountId: _account, ...shown }) => shown)
  })

/** What lay on a device that was lost opens nothing any more. */
export async function forgetPasskeys(work: Work, holder: HolderRef): Promise<void> {
  for (const { credentialId } of await passkeysOf(work, holder)) await forgetPasskey(work, holder, credentialId)
}

/** The passkey is no factor any more; whether it was one of this holder's. */
export const forgetPasskey = (work: Work, holder: HolderRef, credentialId: string): Promise<boolean> =>
  withFactors(work, async house => {
    if (!(await store.dropPasskey(house, holder, credentialId))) return false
    await audit.record(house, 'factor.removed', subjectOf(holder), { factor: 'passkey' })
    return true
  })
