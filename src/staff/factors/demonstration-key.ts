import { createECDH, createHash, createPrivateKey, createSign, hkdfSync } from 'node:crypto'
import { newId } from '../../platform/ids.ts'
import type { MadePasskey, RelyingParty } from '../../platform/second-factor/passkey.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import type { DemonstrationSignIn } from '../demonstration.ts'
import type { OfficerId } from '../officer.ts'
import { signingIn } from '../session.ts'
import { withCredentials } from '../store-session.ts'
import { type FactorCaller, passkeyRequest } from './factors.ts'
import type { FactorProof } from './prove.ts'
import * as store from './store.ts'

/**
 * The known second factor of a demonstration's officers: a passkey whose private key follows from their password of the
 * demonstration, which its page shows anyway. It answers a challenge as a browser would (WebAuthn level 3, 6.3), and is
 * checked as every passkey is. Only the doors of `/demonstration` ask for it, and they are nowhere else.
 */

const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest()
const present = 0x01
const verified = 0x04

/** A private key of P-256 out of the password; one in 2^32 passwords gives none and is drawn on. */
function keyOf({ login, password }: DemonstrationSignIn) {
  const pair = createECDH('prime256v1')
  const secret = Buffer.from(hkdfSync('sha256', password, login, 'demonstration passkey', 32))
  pair.setPrivateKey(secret)
  const point = pair.getPublicKey()
  const [x, y] = [point.subarray(1, 33), point.subarray(33)]
  return { x, y, secret, credentialId: sha256(point).toString('base64url') }
}

/** The public key in COSE (RFC 9052, section 7): EC2, ES256, P-256. */
const coseOf = ({ x, y }: { readonly x: Buffer; readonly y: Buffer }): Buffer =>
  Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), x, Buffer.from('225820', 'hex'), y])

const asPasskey = (signIn: DemonstrationSignIn): MadePasskey => {
  const key = keyOf(signIn)
  return {
    credentialId: key.credentialId,
    publicKey: coseOf(key),
    counter: 0,
    transports: ['internal'],
    backedUp: false,
  }
}

function answerTo(signIn: DemonstrationSignIn, challenge: string, { id: rpId, origin }: RelyingParty) {
  const { x, y, secret, credentialId } = keyOf(signIn)
  const b64 = (bytes: Buffer) => bytes.toString('base64url')
  const privateKey = createPrivateKey({
    format: 'jwk',
    key: { kty: 'EC', crv: 'P-256', x: b64(x), y: b64(y), d: b64(secret) },
  })
  const client = Buffer.from(JSON.stringify({ type: 'webauthn.get', challenge, origin, crossOrigin: false }))
  const data = Buffer.concat([sha256(rpId), Buffer.from([present | verified]), Buffer.alloc(4)])
  const signature = createSign('sha256')
    .update(Buffer.concat([data, sha256(client)]))
    .sign(privateKey)
  return {
    id: credentialId,
    rawId: credentialId,
    type: 'public-key',
    clientExtensionResults: {},
    response: { clientDataJSON: b64(client), authenticatorData: b64(data), signature: b64(signature) },
  }
}

/** Registers the known key of a demonstration's officer, where it is not yet. */
export const registerDemonstrationKey = (
  work: Work,
  officerId: OfficerId,
  signIn: DemonstrationSignIn,
): Promise<void> =>
  withCredentials(work, async () => {
    await store.insertPasskey(work, officerId, {
      ...asPasskey(signIn),
      id: newId(work.now),
      name: 'Minh họa',
      restsUntil: undefined,
    })
    await store.setMayEnrol(work, officerId, false)
  })

/**
 * What a demonstration's officer gives as second factor; undefined where the caller is none of them. Their key is
 * registered where it is not yet, as in a demonstration that was made before there were second factors.
 */
export async function demonstrationProof(
  openWork: OpenWork,
  caller: FactorCaller,
  { signIns, rp }: { readonly signIns: readonly DemonstrationSignIn[]; readonly rp: RelyingParty },
): Promise<FactorProof | undefined> {
  const { login, officerId } = caller.kind === 'sign-in' ? caller.signIn : caller.session
  const signIn = signIns.find(one => one.login === login)
  if (!signIn) return undefined
  await openWork(signingIn(officerId), work => registerDemonstrationKey(work, officerId, signIn))
  const options = await passkeyRequest(openWork, caller, rp)
  if (!options) return undefined
  return { kind: 'passkey', answer: answerTo(signIn, options.challenge, rp), challenge: options.challenge }
}
