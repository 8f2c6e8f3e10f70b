import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { giveToFolderOwner } from '../data-folder/owner.ts'

/**
 * Secrets that must be readable again are sealed under a key in the data folder, never in the database: a copy of the
 * database alone reveals none of them. AES-256-GCM (NIST SP 800-38D), one key for each use (HKDF, RFC 5869), a fresh
 * nonce for each seal.
 */

/** What is sealed; part of the key, so that nothing sealed for one use opens for another. */
export type SealedUse =
  | 'totp'
  | 'message'
  | 'passcode'
  | 'code'
  | 'signing-key'
  | 'pairwise'
  | 'cookies'
  | 'dpop-nonce'
  | 'verification'
  | 'guess'
  | 'reading'
  | 'kept-form'

let key: Buffer | undefined
const derived = new Map<SealedUse, KeyObject>()

/** Gives this process the key; in a house by `openSealingKey`. */
export function setSealingKey(bytes: Buffer): void {
  if (bytes.length !== 32) throw new RangeError('a sealing key has 32 bytes')
  key = bytes
  derived.clear()
}

/** Writes a key whole or not at all; of two processes that start at once the first one's stays. */
async function makeKey(path: string): Promise<void> {
  const draft = `${path}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  await giveToFolderOwner(draft)
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Reads the key of a data folder, `keys/sealing.key`, and makes it at first use. */
export async function openSealingKey(folder: string): Promise<void> {
  const path = join(folder, 'keys', 'sealing.key')
  if (!existsSync(path)) await makeKey(path)
  setSealingKey(Buffer.from(readFileSync(path, 'utf8').trim(), 'base64'))
}

function keyFor(use: SealedUse): KeyObject {
  if (!key) throw new Error('the sealing key of this house was not opened')
  const made =
    derived.get(use) ?? createSecretKey(Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `dinhdanh ${use}`, 32)))
  derived.set(use, made)
  return made
}

const nonceBytes = 12
const tagBytes = 16

/**
 * Seals a text for one place, whose name (`person/account`, `message`) is bound to it: moved to another row it does not
 * open.
 */
export const seal = (use: SealedUse, place: string, text: string): Buffer =>
  sealBytes(use, place, Buffer.from(text, 'utf8'))

/** The same of bytes. */
export function sealBytes(use: SealedUse, place: string, bytes: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', keyFor(use), nonce)
  cipher.setAAD(Buffer.from(place))
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

/** Throws where it was sealed under another key, for another place, or was changed. */
export const unseal = (use: SealedUse, place: string, sealed: Buffer): string =>
  unsealBytes(use, place, sealed).toString('utf8')

/** The same of bytes. */
export function unsealBytes(use: SealedUse, place: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', keyFor(use), sealed.subarray(0, nonceBytes))
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes))
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()])
}

/** A code that only a holder of the house's key can make of a text (HMAC-SHA-256). 32 bytes. */
export const macOf = (use: SealedUse, text: string): Buffer => createHmac('sha256', keyFor(use)).update(text).digest()

/**
 * A secret of few digits, made into one that cannot be tried out without the house's key; bound to its place as a seal
 * is.
 */
export const pepper = (use: SealedUse, place: string, secret: string): string =>
  createHmac('sha256', keyFor(use)).update(`${place}\n${secret}`).digest('base64url')
