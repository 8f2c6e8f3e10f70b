import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { RelyingParty } from '../src/platform/second-factor/passkey.ts'

/** An authenticator for tests, written from WebAuthn level 3 and by no code of the house: ES256, no attestation. */

const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest()
const b64 = (bytes: Buffer | Uint8Array) => Buffer.from(bytes).toString('base64url')

/** CBOR of RFC 8949, as far as it is needed here. */
const head = (major: number, n: number) =>
  n < 24
    ? Buffer.from([(major << 5) | n])
    : n < 256
      ? Buffer.from([(major << 5) | 24, n])
      : Buffer.from([(major << 5) | 25, n >> 8, n & 255])
const text = (value: string) => Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
const bytes = (value: Buffer) => Buffer.concat([head(2, value.length), value])
const integer = (value: number) => (value >= 0 ? head(0, value) : head(1, -1 - value))
const map = (pairs: readonly (readonly [Buffer, Buffer])[]) => Buffer.concat([head(5, pairs.length), ...pairs.flat()])

const present = 0x01
const verified = 0x04
const attested = 0x40

/** Changes what an authenticator says before it is signed, as one that lies would. */
export type PasskeyBend = (part: 'clientData' | 'authData' | 'attestation', bytes: Buffer) => Buffer
const asItIs: PasskeyBend = (_part, bytes) => bytes

export function anAuthenticator(
  { origin, id: rpId }: Pick<RelyingParty, 'origin' | 'id'>,
  { counts = true, asksFinger = true } = {},
) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const credentialId = randomBytes(32)
  let counter = 0
  let userHandle = ''

  const clientData = (type: string, challenge: string, at = origin) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: at, crossOrigin: false }))
  const authData = (flags: number, extra = Buffer.alloc(0)) => {
    if (counts) counter += 1
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    return Buffer.concat([sha256(rpId), Buffer.from([flags | present | (asksFinger ? verified : 0)]), count, extra])
  }

  return {
    /** As navigator.credentials.create() answers. */
    create(options: { readonly challenge: string; readonly user: { readonly id: string } }, bend = asItIs) {
      userHandle = options.user.id
      const cose = map([
        [integer(1), integer(2)],
        [integer(3), integer(-7)],
        [integer(-1), integer(1)],
        [integer(-2), bytes(Buffer.from(x, 'base64url'))],
        [integer(-3), bytes(Buffer.from(y, 'base64url'))],
      ])
      const length = Buffer.from([0, credentialId.length])
      const data = authData(attested, Buffer.concat([Buffer.alloc(16), length, credentialId, cose]))
      const attestation = map([
        [text('fmt'), text('none')],
        [text('attStmt'), map([])],
        [text('authData'), bytes(bend('authData', data))],
      ])
      return {
        id: b64(credentialId),
        rawId: b64(credentialId),
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: b64(bend('clientData', clientData('webauthn.create', options.challenge))),
          attestationObject: b64(bend('attestation', attestation)),
          transports: ['internal'],
        },
      }
    },
    /** As navigator.credentials.get() answers; `at` as if on another site. */
    get({ challenge }: { readonly challenge: string }, { at = origin, bend = asItIs } = {}) {
      const client = bend('clientData', clientData('webauthn.get', challenge, at))
      const data = bend('authData', authData(0))
      const signature = createSign('sha256')
        .update(Buffer.concat([data, sha256(client)]))
        .sign(privateKey)
      return {
        id: b64(credentialId),
        rawId: b64(credentialId),
        type: 'public-key',
        clientExtensionResults: {},
        response: { clientDataJSON: b64(client), authenticatorData: b64(data), signature: b64(signature), userHandle },
      }
    },
    /** A copy of it was used elsewhere meanwhile, or it is the copy: its count stands behind. */
    turnBack(by: number) {
      counter -= by
    },
  }
}
