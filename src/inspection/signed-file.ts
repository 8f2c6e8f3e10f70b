/**
 * The file of a search: lines of text, and a last one with the signature of the installation (Ed25519 over the very
 * bytes before it), by the key that signs the heads and published figures. Pure.
 */

import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { inspectionProblem } from './problems.ts'

/** The first line of such a file, so that nothing else that the key signs passes for one. */
export const firstLine = '#,dinhdanh-search-1'
const mark = '#signature,'

/** The lines with their signature. */
export function signLines(lines: readonly string[], key: KeyObject): string {
  const text = `${[firstLine, ...lines].join('\n')}\n`
  const der = createPublicKey(key).export({ type: 'spki', format: 'der' })
  return `${text}${mark}${der.toString('base64')},${sign(null, Buffer.from(text), key).toString('base64')}\n`
}

export type SignedFile = { readonly fingerprint: string; readonly lines: number; readonly sha256: string }

/** Throws signed-file-is-none, signed-file-of-another-key, signed-file-changed. */
export function verifyLines(content: Buffer, fingerprint: string): SignedFile {
  const at = content.lastIndexOf(`\n${mark}`) + 1
  if (at === 0 || !content.subarray(0, firstLine.length + 1).equals(Buffer.from(`${firstLine}\n`)))
    throw inspectionProblem('signed-file-is-none')
  const last = content.subarray(at).toString('utf8')
  const [, key = '', signature = ''] = /^#signature,([A-Za-z0-9+/=]{1,200}),([A-Za-z0-9+/=]{1,200})\n$/.exec(last) ?? []
  const der = Buffer.from(key, 'base64')
  const found = createHash('sha256').update(der).digest('hex')
  if (found !== fingerprint) throw inspectionProblem('signed-file-of-another-key', { signedBy: found })
  if (!isSigned(content.subarray(0, at), der, Buffer.from(signature, 'base64')))
    throw inspectionProblem('signed-file-changed')
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { fingerprint, lines: content.subarray(0, at).toString('utf8').split('\n').length - 1, sha256 }
}

function isSigned(text: Buffer, der: Buffer, signature: Buffer): boolean {
  try {
    return verify(null, text, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature)
  } catch {
    return false
  }
}
