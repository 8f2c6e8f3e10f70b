import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { type SealedUse, sealBytes, unsealBytes } from './sealing.ts'

/**
 * A file sealed under a data key of its own, which lies sealed under the house's key (envelope encryption, NIST SP
 * 800-57 Part 1, 5.3.1). When the house's key is replaced the short data key is sealed anew and the file stays; whoever
 * destroys the data key has destroyed the file, in every copy of the database that lacks it.
 */
export type SealedFile = { readonly dataKey: Buffer; readonly body: Buffer }

const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16

/** Seals a file for one place: under the name of another it does not open. */
export function sealFile(use: SealedUse, place: string, file: Uint8Array): SealedFile {
  const key = randomBytes(keyBytes)
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(place))
  const sealed = Buffer.concat([cipher.update(file), cipher.final()])
  return {
    dataKey: sealBytes(use, place, key),
    body: Buffer.concat([nonce, cipher.getAuthTag(), sealed]),
  }
}

/** Throws where it was sealed under another key, for another place, or was changed. */
export function unsealFile(use: SealedUse, place: string, { dataKey, body }: SealedFile): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', unsealBytes(use, place, dataKey), body.subarray(0, nonceBytes))
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(body.subarray(nonceBytes, nonceBytes + tagBytes))
  return Buffer.concat([decipher.update(body.subarray(nonceBytes + tagBytes)), decipher.final()])
}
