import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { canonicalJson } from '../platform/sealing/canonical-json.ts'
import { placeOfKey } from '../platform/settings/secrets.ts'
import { auditProblem } from './problems.ts'
import type { Head } from './store.ts'

/**
 * The heads of all chains at an instant, signed by the house (Ed25519 over the canonical form without `signature`): a
 * line of the file of heads.
 */
export type SignedHeads = {
  readonly house: string
  /** ISO 8601, UTC. */
  readonly at: string
  readonly heads: readonly { readonly chain: number; readonly seq: number; readonly seal: string }[]
  /** Which line of the file it is, from 1; missing in lines that a former release wrote. */
  readonly line?: number
  /** `fileHash` of all lines before, in hexadecimal. */
  readonly previous?: string
  /** The signer's public key, SPKI DER in base64. */
  readonly key: string
  /** Base64. */
  readonly signature: string
}

/** Where the next line of the file of heads stands. */
export type NextLine = { readonly line: number; readonly previous: Buffer }

/** The house's key for heads, of its credentials or its data folder, in which it is made at first use. */
export function houseKey(dataFolder: string): KeyObject {
  const { path } = placeOfKey(dataFolder, 'audit-heads.pem')
  if (existsSync(path)) return createPrivateKey(readFileSync(path))
  const { privateKey } = generateKeyPairSync('ed25519')
  const draft = `${path}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  try {
    // Of two processes that start at once the first one's key stays.
    linkSync(draft, path)
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return createPrivateKey(readFileSync(path))
}

const publicDer = (key: KeyObject) => createPublicKey(key).export({ type: 'spki', format: 'der' })
const fingerprint = (der: Buffer) => createHash('sha256').update(der).digest('hex')

/** The name of a key, to be noted outside: SHA-256 over its public half (SPKI DER), 64 hexadecimal digits. */
export const keyFingerprint = (key: KeyObject) => fingerprint(publicDer(key))

function readHouseKey(dataFolder: string): KeyObject | undefined {
  try {
    return createPrivateKey(readFileSync(placeOfKey(dataFolder, 'audit-heads.pem').path))
  } catch {
    return undefined
  }
}

/**
 * The key of an installation that knows it by name: no other signs, and none is made in its place. Where no name is
 * known yet it is made. Throws heads-key-missing, heads-key-of-another.
 */
export function openHouseKey(dataFolder: string, pinned: unknown): KeyObject {
  if (typeof pinned !== 'string') return houseKey(dataFolder)
  const key = readHouseKey(dataFolder)
  const { path: file } = placeOfKey(dataFolder, 'audit-heads.pem')
  if (!key) throw auditProblem('heads-key-missing', { file })
  const has = keyFingerprint(key)
  if (has !== pinned) throw auditProblem('heads-key-of-another', { needs: pinned, has, file })
  return key
}

/** Whether the key lies where it should, as a process opened it. */
export const isHouseKeyThere = (dataFolder: string, key: KeyObject): boolean =>
  readHouseKey(dataFolder)?.equals(key) === true

/** A statement of the house: signed by Ed25519 over the canonical form without `signature`. */
export type Signed<Facts> = Facts & { readonly key: string; readonly signature: string }

export function signFacts<Facts extends object>(facts: Facts, key: KeyObject): Signed<Facts> {
  const unsigned = { ...facts, key: publicDer(key).toString('base64') }
  return { ...unsigned, signature: sign(null, Buffer.from(canonicalJson(unsigned)), key).toString('base64') }
}

/** A file of heads names the same key in each line. */
const lastKey: { text: string; key?: KeyObject } = { text: '' }

function publicKeyOf(text: string): KeyObject {
  if (!lastKey.key || lastKey.text !== text)
    Object.assign(lastKey, {
      text,
      key: createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' }),
    })
  return lastKey.key as KeyObject
}

/** Whether a statement is signed by the key that it names; whose key that is, the reader must know. */
export function hasValidSignature({ signature, ...unsigned }: Signed<object>): boolean {
  try {
    return verify(
      null,
      Buffer.from(canonicalJson(unsigned)),
      publicKeyOf(unsigned.key),
      Buffer.from(signature, 'base64'),
    )
  } catch {
    return false
  }
}

/** The fingerprints of the keys by which the house signs, as they are known outside the database. */
export type PinnedKeys = readonly string[]

/** Whether a statement names one of these keys. */
export const isOfKey = ({ key }: { readonly key: string }, pinned: PinnedKeys) =>
  pinned.includes(fingerprint(Buffer.from(String(key), 'base64')))

export const signHeads = (
  house: string,
  at: Date,
  heads: readonly Head[],
  key: KeyObject,
  next: NextLine,
): SignedHeads =>
  signFacts(
    {
      house,
      at: at.toISOString(),
      heads: heads.map(({ chain, seq, seal }) => ({ chain, seq, seal: seal.toString('hex') })),
      line: next.line,
      previous: next.previous.toString('hex'),
    },
    key,
  )

export const noLines = Buffer.alloc(32)

/** The hash over all lines of the file up to one, from the hash up to the line before. 32 bytes. */
export const fileHash = (before: Buffer, line: SignedHeads) =>
  createHash('sha256').update(before).update(canonicalJson(line)).digest()
