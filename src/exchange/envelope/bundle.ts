import { CompactEncrypt, compactDecrypt, importJWK } from 'jose'
import { largestBundle, linesInBundle } from '../law.ts'
import { type ExchangeKey, thumbprintOfKey } from './envelope.ts'

/**
 * A bundle: envelopes, one a line, encrypted to their receiver as one JWE (RFC 7516, compact: ECDH-ES, A256GCM). It is
 * what is posted, what is answered, and what a file or a stick bears.
 */

const bundleType = 'dinhdanh-bundle'

export async function sealBundle(envelopes: readonly string[], receiver: ExchangeKey): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(envelopes.join('\n')))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', typ: bundleType, kid: thumbprintOfKey(receiver) })
    .encrypt(await importJWK(receiver, 'ECDH-ES'))
}

export type BundleReading =
  | { readonly lines: readonly string[]; readonly fault?: undefined }
  | { readonly fault: 'bundle-too-large' | 'bundle-unreadable'; readonly lines?: undefined }

/**
 * Opens a bundle with our key. Its size is looked at before anything is decrypted; compressed contents are refused, so
 * that nothing grows; and so many lines are read at most.
 */
export async function openBundle(text: string, receiver: ExchangeKey): Promise<BundleReading> {
  if (Buffer.byteLength(text) > largestBundle) return { fault: 'bundle-too-large' }
  try {
    const { plaintext, protectedHeader } = await compactDecrypt(text.trim(), await importJWK(receiver, 'ECDH-ES'), {
      keyManagementAlgorithms: ['ECDH-ES'],
      contentEncryptionAlgorithms: ['A256GCM'],
    })
    if (protectedHeader.typ !== bundleType || protectedHeader.zip !== undefined) return { fault: 'bundle-unreadable' }
    const lines = new TextDecoder('utf-8', { fatal: true }).decode(plaintext).split('\n', linesInBundle + 1)
    if (lines.length > linesInBundle) return { fault: 'bundle-too-large' }
    return { lines: lines.map(line => line.trim()).filter(line => line !== '') }
  } catch {
    return { fault: 'bundle-unreadable' }
  }
}
