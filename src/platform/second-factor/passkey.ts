import { createHash } from 'node:crypto'
import type {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'

/**
 * Passkeys (WebAuthn level 3): what a browser is asked, and whether its answer is right. No attestation, because the
 * make of a person's phone is not our business. Whoever calls keeps the challenge, as a hash, and takes it once.
 */

/** Loaded with the first passkey: commands that know officers need it as little as most requests. */
const webauthn = () => import('@simplewebauthn/server')

/** The relying party that browsers know: the host's name, its origin and its display name. */
export type RelyingParty = { readonly id: string; readonly origin: string; readonly name: string }

/** What a browser calls this installation when it asks for a passkey. */
export const passkeySiteName = 'Định danh'

export type RegistrationOptions = Awaited<ReturnType<typeof generateRegistrationOptions>>
export type RequestOptions = Awaited<ReturnType<typeof generateAuthenticationOptions>>
type RegistrationResponse = Parameters<typeof verifyRegistrationResponse>[0]['response']
type AssertionResponse = Parameters<typeof verifyAuthenticationResponse>[0]['response']

/** A passkey as it is stored: what its signatures are checked with. */
export type StoredPasskey = {
  readonly credentialId: string
  readonly publicKey: Buffer
  readonly counter: number
  readonly transports: readonly string[]
}

export type MadePasskey = StoredPasskey & { readonly transports: string[]; readonly backedUp: boolean }

/** EdDSA, ES256 and RS256, which current phones and computers support. */
const supportedAlgorithmIDs = [-8, -7, -257]

export const hashOfChallenge = (challenge: string): Buffer => createHash('sha256').update(challenge).digest()

const asDescriptor = ({ credentialId, transports }: Pick<StoredPasskey, 'credentialId' | 'transports'>) => ({
  id: credentialId,
  transports: [...transports],
})

/**
 * The options with which a browser makes a passkey. `userName` is what the phone's own list of keys shows to anyone who
 * holds the phone; `userHandle` is stored in the authenticator and says nothing about the person; `known` are not made
 * again.
 */
export const registrationOptions = async (
  rp: RelyingParty,
  {
    userName,
    userHandle,
    known,
    timeout,
  }: {
    readonly userName: string
    readonly userHandle: Uint8Array<ArrayBuffer>
    readonly known: readonly Pick<StoredPasskey, 'credentialId' | 'transports'>[]
    /** Milliseconds. */
    readonly timeout: number
  },
): Promise<RegistrationOptions> =>
  (await webauthn()).generateRegistrationOptions({
    rpName: rp.name,
    rpID: rp.id,
    userName,
    userID: userHandle,
    timeout,
    attestationType: 'none',
    supportedAlgorithmIDs,
    excludeCredentials: known.map(asDescriptor),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })

/** How a browser reaches an authenticator (WebAuthn level 3, 5.8.4). */
const transportNames = ['usb', 'nfc', 'ble', 'smart-card', 'hybrid', 'internal', 'cable'] as const

/** Those that a browser named: the library passes on whatever was sent. */
const transportsIn = (named: unknown) =>
  Array.isArray(named) ? transportNames.filter(transport => named.includes(transport)) : []

/** The passkey that a browser made; undefined where its answer is malformed or no answer to this challenge. */
export async function verifiedRegistration(
  response: unknown,
  challenge: string,
  rp: RelyingParty,
): Promise<MadePasskey | undefined> {
  try {
    const { registrationInfo } = await (await webauthn()).verifyRegistrationResponse({
      response: response as RegistrationResponse,
      expectedChallenge: challenge,
      expectedOrigin: rp.origin,
      expectedRPID: rp.id,
      requireUserVerification: true,
      supportedAlgorithmIDs,
    })
    if (!registrationInfo) return undefined
    const { id: credentialId, publicKey, counter, transports } = registrationInfo.credential
    return {
      credentialId,
      publicKey: Buffer.from(publicKey),
      counter,
      transports: transportsIn(transports),
      backedUp: registrationInfo.credentialBackedUp,
    }
  } catch {
    // Malformed data came from the browser.
    return undefined
  }
}

/** The options with which a browser answers by one of some passkeys, or by any that it has where `known` is empty. */
export const requestOptions = async (
  rp: RelyingParty,
  known: readonly Pick<StoredPasskey, 'credentialId' | 'transports'>[],
  timeout: number,
): Promise<RequestOptions> =>
  (await webauthn()).generateAuthenticationOptions({
    rpID: rp.id,
    timeout,
    userVerification: 'required',
    ...(known.length > 0 && { allowCredentials: known.map(asDescriptor) }),
  })

/** The id of the passkey that a browser answered by, as far as it says one. */
export const credentialIdIn = (response: unknown): string | undefined => {
  const id = (response as { id?: unknown } | null)?.id
  return typeof id === 'string' ? id : undefined
}

/**
 * What an answer by a passkey proves: `userVerified` where the authenticator verified a finger, a face or a code.
 * Undefined where the signature is wrong, another origin asked, or the counter went back, as a copy's does.
 */
export async function verifiedAssertion(
  response: unknown,
  challenge: string,
  rp: RelyingParty,
  key: StoredPasskey,
): Promise<{ readonly newCounter: number; readonly userVerified: boolean } | undefined> {
  try {
    const { verified, authenticationInfo } = await (await webauthn()).verifyAuthenticationResponse({
      response: response as AssertionResponse,
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
