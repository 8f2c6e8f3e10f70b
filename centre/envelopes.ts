import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'

/**
 * Envelopes and bundles as docs/exchange.md has them, from the standards alone: RFC 7515 (ES256), RFC 7516 (ECDH-ES,
 * A256GCM), RFC 7518 4.6. Nothing here is of the program that it talks to, so that the document is what both keep to.
 */

export type Jwk = { readonly kty: string; readonly crv: string; readonly x: string; readonly y: string }

export type Envelope = {
  readonly v: number
  readonly id: string
  readonly kind: string
  readonly from: string
  readonly to: string
  readonly seq: number | null
  readonly prev: string | null
  readonly at: string
  readonly re?: { readonly id: string; readonly hash: string }
  readonly body: Readonly<Record<string, unknown>>
}

const base64url = (bytes: Buffer | string) => Buffer.from(bytes).toString('base64url')
const json = (value: unknown) => base64url(JSON.stringify(value))
const parsed = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>

export const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
export const makeKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
export const readKey = (pem: string) => createPrivateKey(pem)
export const pemOf = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString()

export function jwkOf(key: KeyObject): Jwk {
  const { kty = '', crv = '', x = '', y = '' } = createPublicKey(key).export({ format: 'jwk' })
  return { kty, crv, x, y }
}
export const thumbprintOf = ({ crv, kty, x, y }: Jwk) =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')
const publicKey = (jwk: Jwk) => createPublicKey({ key: { ...jwk }, format: 'jwk' })

/** UUIDv7 (RFC 9562, 5.7). */
export function newId(at = Date.now()): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(at, 0, 6)
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

export function signed(envelope: Envelope, key: KeyObject): string {
  const header = json({ alg: 'ES256', typ: 'dinhdanh-envelope', kid: thumbprintOf(jwkOf(key)) })
  const text = `${header}.${json(envelope)}`
  return `${text}.${base64url(sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }))}`
}

/** The envelope, where the key has signed it. */
export function readSigned(text: string, key: Jwk): Envelope | undefined {
  const [header = '', payload = '', signature = '', ...rest] = text.split('.')
  try {
    const { alg, typ } = parsed(header)
    if (rest.length > 0 || alg !== 'ES256' || typ !== 'dinhdanh-envelope') return undefined
    const by = { key: publicKey(key), dsaEncoding: 'ieee-p1363' as const }
    if (!verify('sha256', Buffer.from(`${header}.${payload}`), by, Buffer.from(signature, 'base64url')))
      return undefined
    return parsed(payload) as unknown as Envelope
  } catch {
    return undefined
  }
}

/** Concat KDF of RFC 7518 4.6.2 for 256 bits, without party info: one round of SHA-256. */
function agreedKey(own: KeyObject, other: KeyObject): Buffer {
  const number = (value: number) => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return bytes
  }
  const secret = diffieHellman({ privateKey: own, publicKey: other })
  const algorithm = Buffer.from('A256GCM')
  return createHash('sha256')
    .update(Buffer.concat([number(1), secret, number(algorithm.length), algorithm, number(0), number(0), number(256)]))
    .digest()
}

export function sealed(lines: readonly string[], receiver: Jwk): string {
  const ephemeral = makeKey()
  const epk = jwkOf(ephemeral)
  const kid = thumbprintOf(receiver)
  const header = json({ alg: 'ECDH-ES', enc: 'A256GCM', typ: 'dinhdanh-bundle', kid, epk })
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', agreedKey(ephemeral, publicKey(receiver)), iv)
  cipher.setAAD(Buffer.from(header))
  const text = Buffer.concat([cipher.update(lines.join('\n'), 'utf8'), cipher.final()])
  return [header, '', base64url(iv), base64url(text), base64url(cipher.getAuthTag())].join('.')
}

/** The lines of a bundle; undefined where it is none of ours to open. */
export function opened(bundle: string, key: KeyObject): string[] | undefined {
  const [header = '', encrypted = '', iv = '', text = '', tag = '', ...rest] = bundle.trim().split('.')
  try {
    const { alg, enc, typ, epk, zip } = parsed(header)
    if (rest.length > 0 || encrypted !== '' || zip !== undefined) return undefined
    if (alg !== 'ECDH-ES' || enc !== 'A256GCM' || typ !== 'dinhdanh-bundle') return undefined
    const agreed = agreedKey(key, publicKey(epk as Jwk))
    const decipher = createDecipheriv('aes-256-gcm', agreed, Buffer.from(iv, 'base64url'), { authTagLength: 16 })
    decipher.setAAD(Buffer.from(header))
    decipher.setAuthTag(Buffer.from(tag, 'base64url'))
    const plain = Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()])
    return plain.toString('utf8').split('\n').filter(Boolean)
  } catch {
    return undefined
  }
}
