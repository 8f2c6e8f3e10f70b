import { stationLimits } from '../../../src/enrolment/law.ts'
import type { Jwk, PacketKey } from '../../../src/enrolment/seal-packet.ts'
import { type Closed, close, importPrivate, keyOf, open, read, written } from './cipher.ts'

/**
 * An officer's secret at this station: it opens a key pair, and what is kept for the officer is closed for its public
 * half. So a roster can be given, and a capture put aside, for an officer who is not at the machine.
 */

export type Vault = {
  readonly salt: Uint8Array<ArrayBuffer>
  readonly rounds: number
  readonly publicKey: Jwk
  readonly privateKey: Closed
}

/** An officer who has entered their secret. */
export type Unlocked = { readonly officer: string; readonly key: PacketKey }

/** PBKDF2 with SHA-256, as often as OWASP asked in 2023: half a second on a laptop, for each guess too. */
const rounds = 600_000
const shortest = stationLimits.secretLength

export const secretRules = { shortest } as const

/** What is wrong with a secret; undefined = nothing that can be seen. */
export function secretFault(secret: string): 'short' | 'simple' | undefined {
  if ([...secret].length < shortest) return 'short'
  const steps = new Set(
    Array.from(secret, (letter, at) => (secret.codePointAt(at + 1) ?? 0) - (letter.codePointAt(0) ?? 0)).slice(0, -1),
  )
  if (new Set(secret).size < 4 || steps.size === 1) return 'simple'
  return undefined
}

async function keyFrom(secret: string, salt: Uint8Array<ArrayBuffer>, times: number): Promise<PacketKey> {
  const bytes = new TextEncoder().encode(secret.normalize('NFC'))
  const base = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveBits'])
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: times }, base, 256)
  return keyOf(new Uint8Array(bits))
}

const about = 'vault'

export async function makeVault(secret: string): Promise<Vault> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
  const whole = await crypto.subtle.exportKey('jwk', pair.privateKey)
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const { kty, crv, x, y, d } = whole as Jwk
  return {
    salt,
    rounds,
    publicKey: { kty, crv, x, y } as Jwk,
    privateKey: await close(await keyFrom(secret, salt, rounds), written({ kty, crv, x, y, d }), about),
  }
}

/** Undefined where the secret is not the one. */
export async function openVault(officer: string, vault: Vault, secret: string): Promise<Unlocked | undefined> {
  const bytes = await open(await keyFrom(secret, vault.salt, vault.rounds), vault.privateKey, about)
  return bytes && { officer, key: await importPrivate(read(bytes) as Jwk) }
}
