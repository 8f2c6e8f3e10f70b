import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import type { Jwk, PacketKey } from '../../../src/enrolment/seal-packet.ts'

/**
 * Encryption of what stays on this machine. AES-256-GCM under a key at hand; HPKE (RFC 9180), the packets' suite, for a
 * key whose owner is not at hand.
 */

/** Something closed. */
export type Closed = { readonly iv: Uint8Array<ArrayBuffer>; readonly bytes: ArrayBuffer }

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const text = (value: string) => new TextEncoder().encode(value)

export const newRawKey = () => random(32)

/** A key of 32 bytes; it cannot be taken out of the browser again. */
export const keyOf = (raw: Uint8Array<ArrayBuffer>): Promise<PacketKey> =>
  crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])

/** `about` says what it is, and is checked on opening: one thing cannot be put in another's place. */
export async function close(key: PacketKey, bytes: Uint8Array<ArrayBuffer>, about: string): Promise<Closed> {
  const iv = random(12)
  return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: text(about) }, key, bytes) }
}

/** Undefined where the key is not the one it was closed with, or where it is not what `about` says. */
export async function open(
  key: PacketKey,
  { iv, bytes }: Closed,
  about: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: text(about) }, key, bytes))
  } catch {
    return undefined
  }
}

const suite = () => new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
const info = (about: string) => text(`dinhdanh station ${about}`)

export const importPrivate = (jwk: Jwk): Promise<PacketKey> => suite().kem.importKey('jwk', jwk, false)

/** Closes for the owner of a P-256 key; HPKE's encapsulated key stands in `iv`. */
export async function closeFor(publicKey: Jwk, bytes: Uint8Array<ArrayBuffer>, about: string): Promise<Closed> {
  const hpke = suite()
  const recipientPublicKey = await hpke.kem.importKey('jwk', publicKey, true)
  const { enc, ct } = await hpke.seal({ recipientPublicKey, info: info(about) }, bytes)
  return { iv: new Uint8Array(enc), bytes: ct }
}

export async function openFor(
  recipientKey: PacketKey,
  { iv, bytes }: Closed,
  about: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await suite().open({ recipientKey, enc: iv, info: info(about) }, bytes))
  } catch {
    return undefined
  }
}

export const written = (value: unknown): Uint8Array<ArrayBuffer> => text(JSON.stringify(value))
export const read = (bytes: Uint8Array<ArrayBuffer>): unknown => JSON.parse(new TextDecoder().decode(bytes))
