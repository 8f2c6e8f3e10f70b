import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { appendFile, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { canonical } from './deed.ts'
import type { Head } from './store.ts'

/** The heads of all chains at an instant, signed by the house (Ed25519 over the canonical form without `signature`). */
export type SignedHeads = {
  readonly house: string
  /** ISO 8601, UTC. */
  readonly at: string
  readonly heads: readonly { readonly chain: number; readonly seq: number; readonly seal: string }[]
  /** The signer's public key, SPKI DER in base64. */
  readonly key: string
  /** Base64. */
  readonly signature: string
}

/** The house's key for heads, in its data folder; made at first use. It never leaves the folder. */
export function houseKey(dataFolder: string): KeyObject {
  const path = join(dataFolder, 'keys', 'audit-heads.pem')
  if (existsSync(path)) return createPrivateKey(readFileSync(path))
  const { privateKey } = generateKeyPairSync('ed25519')
  writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  return privateKey
}

export function signHeads(house: string, at: Date, heads: readonly Head[], key: KeyObject): SignedHeads {
  const unsigned = {
    house,
    at: at.toISOString(),
    heads: heads.map(({ chain, seq, seal }) => ({ chain, seq, seal: seal.toString('hex') })),
    key: createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64'),
  }
  return { ...unsigned, signature: sign(null, Buffer.from(canonical(unsigned)), key).toString('base64') }
}

/** Whether the signature is by the key that the line names; whose key that is, the reader must know. */
export function hasValidSignature({ signature, ...unsigned }: SignedHeads): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(unsigned.key, 'base64'), format: 'der', type: 'spki' })
    return verify(null, Buffer.from(canonical(unsigned)), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

/**
 * The file of heads, one line each time they were kept. It belongs on another disk, or in another hand
 * (docs/operations.md).
 */
export const headsFile = (dataFolder: string) => join(dataFolder, 'heads.jsonl')

export async function appendHeads(file: string, heads: SignedHeads): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await appendFile(file, `${JSON.stringify(heads)}\n`, { mode: 0o600 })
}
