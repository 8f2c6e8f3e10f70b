import { SbiRefusal } from './sbi-refusal.ts'

/**
 * What a device signs: a JSON Web Signature in compact form (RFC 7515) with the certificate in its header (x5c, 4.1.6).
 */

/** `not-checked`: no roots were given to check against. A chain that leads to none of the roots given is refused. */
export type Trust = 'trusted' | 'not-checked'

export type Signed = {
  readonly claims: Readonly<Record<string, unknown>>
  /** The whole, as the device gave it. */
  readonly compact: string
  readonly trust: Trust
}

export type TrustOptions = {
  /** Certificates of device makers or of the authority above them, each DER in base64 or PEM. */
  readonly roots?: readonly string[]
  readonly at?: Date
}

/**
 * RSA of at least 2,048 bits or Curve 25519 (Secure Biometric Interface 0.9.5, "Cryptography"); browsers before 2025
 * know only the first.
 */
const algorithms: Readonly<
  Record<string, { readonly key: RsaHashedImportParams | Algorithm; readonly sign: RsaPssParams | Algorithm }>
> = {
  RS256: { key: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, sign: { name: 'RSASSA-PKCS1-v1_5' } },
  PS256: { key: { name: 'RSA-PSS', hash: 'SHA-256' }, sign: { name: 'RSA-PSS', saltLength: 32 } },
  EdDSA: { key: { name: 'Ed25519' }, sign: { name: 'Ed25519' } },
}
const leastBits = 2048

export function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(
    base64url
      .replaceAll('-', '+')
      .replaceAll('_', '/')
      .replace(/={1,2}$/, ''),
  )
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}

function jsonOf(base64url: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(new TextDecoder().decode(bytesOf(base64url)))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SbiRefusal('not-understood')
  return { ...value }
}

/**
 * What an unsigned part says: an object, its JSON, or that in base64url, with or without the parts of a signature
 * around it.
 */
export function unsigned(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return { ...value }
  if (typeof value !== 'string' || value === '') return {}
  try {
    if (value.trimStart().startsWith('{')) return { ...JSON.parse(value) }
    const parts = value.split('.')
    return jsonOf(parts[1] ?? value)
  } catch {
    throw new SbiRefusal('not-understood')
  }
}

/** Throws `signature-wrong`, `certificate-expired`, `not-trusted` or `not-understood`. */
export async function readSigned(compact: string, { roots = [], at = new Date() }: TrustOptions = {}): Promise<Signed> {
  const [head = '', body = '', seal = '', ...rest] = compact.split('.')
  if (!head || !body || !seal || rest.length) throw new SbiRefusal('signature-wrong')
  const { readCertificate, keyOf, standingOf } = await import('./certificates.ts')
  const { alg, x5c } = await inWords(() => jsonOf(head))
  const how = algorithms[String(alg)]
  if (!how || !Array.isArray(x5c) || !x5c.length) throw new SbiRefusal('signature-wrong', String(alg))

  const { chain, key } = await inWords(async () => {
    const chain = x5c.map(one => readCertificate(String(one)))
    return { chain, key: await keyOf(chain[0]!, how.key) }
  })
  if ('modulusLength' in key.algorithm && Number(key.algorithm.modulusLength) < leastBits)
    throw new SbiRefusal('signature-wrong')
  const text = new TextEncoder().encode(`${head}.${body}`)
  const holds = await inWords(() => crypto.subtle.verify(how.sign, key, bytesOf(seal), text))
  if (!holds) throw new SbiRefusal('signature-wrong')

  if (roots.length) {
    const standing = await standingOf(chain, roots.map(readCertificate), at)
    if (standing === 'expired') throw new SbiRefusal('certificate-expired')
    if (standing === 'leads-nowhere') throw new SbiRefusal('not-trusted')
  }
  return { claims: await inWords(() => jsonOf(body)), compact, trust: roots.length ? 'trusted' : 'not-checked' }
}

/** Whatever a library finds wrong with what a device sent, it is not understood; never half believed. */
async function inWords<T>(read: () => T | Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw error instanceof SbiRefusal ? error : new SbiRefusal('not-understood')
  }
}
