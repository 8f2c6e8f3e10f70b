import { createPublicKey } from 'node:crypto'
import type { PublicKey, SigningAlgorithm } from '../client.ts'
import { clientKeyLimits } from '../law.ts'
import type { FaultCode } from '../words-fault.ts'

/**
 * Public keys that an engineer pastes (RFC 7517). A private key is refused and is never stored, logged or drawn again.
 */

/** Members that only a private key has (RFC 7518, 6.2.2, 6.3.2, 6.4.1). */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

const publicMembers: Readonly<Record<string, readonly string[]>> = { EC: ['crv', 'x', 'y'], RSA: ['n', 'e'] }

const algorithmOf: Readonly<Record<string, SigningAlgorithm>> = { EC: 'ES256', RSA: 'PS256' }

export type KeyReading = { readonly keys: readonly PublicKey[] } | { readonly fault: FaultCode }

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Of RFC 7518: P-256 for ES256, RSA for PS256. */
function isAcceptedKey(jwk: Record<string, string>): boolean {
  const key = createPublicKey({ key: jwk, format: 'jwk' })
  if (key.asymmetricKeyType === 'ec') return key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
  return (
    key.asymmetricKeyType === 'rsa' &&
    (key.asymmetricKeyDetails?.modulusLength ?? 0) >= clientKeyLimits.leastModulusBits
  )
}

function readKey(jwk: Record<string, unknown>, algorithm: SigningAlgorithm): { key: PublicKey } | { fault: FaultCode } {
  const members = publicMembers[String(jwk['kty'])]
  if (!members) return { fault: 'key-kind' }
  const { kid, use, alg } = jwk
  if (typeof kid !== 'string' || kid === '' || kid.length > 200) return { fault: 'key-kid' }
  const suits = algorithmOf[String(jwk['kty'])]
  if ((use !== undefined && use !== 'sig') || (alg !== undefined && alg !== suits)) return { fault: 'key-use' }
  const key: Record<string, string> = { kty: String(jwk['kty']), kid, use: 'sig', alg: suits ?? algorithm }
  for (const member of members) {
    const value = jwk[member]
    if (typeof value !== 'string') return { fault: 'key-unreadable' }
    key[member] = value
  }
  try {
    return isAcceptedKey(key) ? { key } : { fault: 'key-kind' }
  } catch {
    return { fault: 'key-unreadable' }
  }
}

/** Reads a JWKS; only the public members of each key are kept. */
export function readKeys(jwks: unknown, algorithm: SigningAlgorithm): KeyReading {
  const list = isObject(jwks) ? jwks['keys'] : undefined
  if (!Array.isArray(list) || list.length === 0 || list.length > clientKeyLimits.most || !list.every(isObject))
    return { fault: 'keys-malformed' }
  if (list.some(key => privateMembers.some(member => member in key))) return { fault: 'key-private' }
  const keys: PublicKey[] = []
  for (const one of list) {
    const read = readKey(one, algorithm)
    if ('fault' in read) return read
    keys.push(read.key)
  }
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length) return { fault: 'key-kid' }
  return keys.some(({ alg }) => alg === algorithm) ? { keys } : { fault: 'key-none-fits' }
}

/** Reads a pasted JWKS or JWK. */
export function readPastedKeys(text: string, algorithm: SigningAlgorithm): KeyReading {
  if (/PRIVATE KEY/.test(text)) return { fault: 'key-private' }
  try {
    const given: unknown = JSON.parse(text)
    return readKeys(isObject(given) && 'kty' in given ? { keys: [given] } : given, algorithm)
  } catch {
    return { fault: 'keys-malformed' }
  }
}
