import { createCipheriv, createDecipheriv, timingSafeEqual } from 'node:crypto'
import { digestOf } from '../keys/signature.ts'

/**
 * The ciphers of lines to chips (ICAO 9303-11, section 9.7 and 9.8): two-key triple DES with the retail MAC, or AES
 * with CMAC.
 */
export type ChipCipher = 'des3' | 'aes128' | 'aes192' | 'aes256'

type CipherParts = {
  readonly name: string
  readonly blockBytes: number
  readonly keyBytes: number
  readonly derivedBy: 'sha1' | 'sha256'
}

const cipherParts: Readonly<Record<ChipCipher, CipherParts>> = {
  des3: { name: 'des-ede3-cbc', blockBytes: 8, keyBytes: 16, derivedBy: 'sha1' },
  aes128: { name: 'aes-128-cbc', blockBytes: 16, keyBytes: 16, derivedBy: 'sha1' },
  aes192: { name: 'aes-192-cbc', blockBytes: 16, keyBytes: 24, derivedBy: 'sha256' },
  aes256: { name: 'aes-256-cbc', blockBytes: 16, keyBytes: 32, derivedBy: 'sha256' },
}

export const blockBytes = (cipher: ChipCipher): number => cipherParts[cipher].blockBytes

/** What a key of a line is for: the counter of its derivation (ICAO 9303-11, section 9.7.1). */
const keyUses = { encryption: 1, mac: 2, password: 3 } as const
export type ChipKeyUse = keyof typeof keyUses

/** Each byte of a DES key with an odd number of bits (ICAO 9303-11, section 9.7.2). */
const withOddParity = (key: Uint8Array): Uint8Array =>
  key.map(byte => {
    let ones = byte >> 1
    ones ^= ones >> 4
    ones ^= ones >> 2
    ones ^= ones >> 1
    return (byte & 0xfe) | (~ones & 1)
  })

/** Derives a key from a shared secret (ICAO 9303-11, section 9.7.1). */
export function deriveChipKey(cipher: ChipCipher, secret: Uint8Array, use: ChipKeyUse): Uint8Array {
  const { keyBytes, derivedBy } = cipherParts[cipher]
  const digest = digestOf(derivedBy, Buffer.concat([secret, Uint8Array.of(0, 0, 0, keyUses[use])]))
  const key = Uint8Array.from(digest.subarray(0, keyBytes))
  return cipher === 'des3' ? withOddParity(key) : key
}

/** The two keys of a line. */
export type LineKeys = { readonly encryption: Uint8Array; readonly mac: Uint8Array }

export const deriveLineKeys = (cipher: ChipCipher, secret: Uint8Array): LineKeys => ({
  encryption: deriveChipKey(cipher, secret, 'encryption'),
  mac: deriveChipKey(cipher, secret, 'mac'),
})

/** Both halves of a two-key triple DES key, and the first again. */
const threeKeys = (key: Uint8Array) => Buffer.concat([key, key.subarray(0, 8)])

const zeros = (count: number) => new Uint8Array(count)

/** Encrypts whole blocks, chained from `start`, which is nought unless said otherwise. */
export function encryptBlocks(
  cipher: ChipCipher,
  key: Uint8Array,
  blocks: Uint8Array,
  start: Uint8Array = zeros(blockBytes(cipher)),
): Uint8Array {
  const { name } = cipherParts[cipher]
  const encrypting = createCipheriv(name, cipher === 'des3' ? threeKeys(key) : key, start).setAutoPadding(false)
  return Buffer.concat([encrypting.update(blocks), encrypting.final()])
}

/** Decrypts whole blocks, chained from `start`. */
export function decryptBlocks(
  cipher: ChipCipher,
  key: Uint8Array,
  blocks: Uint8Array,
  start: Uint8Array = zeros(blockBytes(cipher)),
): Uint8Array {
  const { name } = cipherParts[cipher]
  const decrypting = createDecipheriv(name, cipher === 'des3' ? threeKeys(key) : key, start).setAutoPadding(false)
  return Buffer.concat([decrypting.update(blocks), decrypting.final()])
}

/** One bit 1, then bits 0 to the end of the block (ISO/IEC 9797-1, padding method 2). */
export function padded(bytes: Uint8Array, block: number): Uint8Array {
  const whole = new Uint8Array((Math.floor(bytes.length / block) + 1) * block)
  whole.set(bytes)
  whole[bytes.length] = 0x80
  return whole
}

/** The bytes before their padding; undefined where there is none. */
export function unpadded(bytes: Uint8Array): Uint8Array | undefined {
  const end = bytes.findLastIndex(byte => byte !== 0)
  return bytes[end] === 0x80 ? bytes.subarray(0, end) : undefined
}

/** A block shifted by one bit, with the constant where a bit falls out (RFC 4493, section 2.3). */
function doubled(block: Uint8Array): Uint8Array {
  const carry = (block[0] ?? 0) >> 7
  const shifted = block.map((byte, at) => ((byte << 1) | ((block[at + 1] ?? 0) >> 7)) & 0xff)
  shifted[15] = (shifted[15] ?? 0) ^ (0x87 * carry)
  return shifted
}

/** AES-CMAC of any bytes: 16 bytes (RFC 4493). */
export function aesCmac(cipher: Exclude<ChipCipher, 'des3'>, key: Uint8Array, bytes: Uint8Array): Uint8Array {
  const once = doubled(encryptBlocks(cipher, key, zeros(16)))
  const isWhole = bytes.length > 0 && bytes.length % 16 === 0
  const blocks = isWhole ? Uint8Array.from(bytes) : padded(bytes, 16)
  const mask = isWhole ? once : doubled(once)
  const last = blocks.length - 16
  for (const [at, byte] of mask.entries()) blocks[last + at] = (blocks[last + at] ?? 0) ^ byte
  return encryptBlocks(cipher, key, blocks).subarray(-16)
}

/**
 * The retail MAC of padded bytes: single DES under the first half of the key, triple DES for the last block (ISO/IEC
 * 9797-1, algorithm 3).
 */
function retailMac(key: Uint8Array, blocks: Uint8Array): Uint8Array {
  const first = key.subarray(0, 8)
  const singleDes = Buffer.concat([first, first])
  const before = blocks.subarray(0, -8)
  const start = before.length > 0 ? encryptBlocks('des3', singleDes, before).subarray(-8) : zeros(8)
  return encryptBlocks('des3', key, blocks.subarray(-8), start)
}

/**
 * The MAC of a line, 8 bytes. `padding`: the retail MAC always pads; CMAC pads by itself, secure messaging pads before
 * it all the same (ICAO 9303-11, section 9.8.6).
 */
export const lineMac = (
  cipher: ChipCipher,
  key: Uint8Array,
  bytes: Uint8Array,
  padding: 'padded' | 'as-it-is',
): Uint8Array => {
  if (cipher === 'des3') return retailMac(key, padded(bytes, 8))
  return aesCmac(cipher, key, padding === 'padded' ? padded(bytes, 16) : bytes).subarray(0, 8)
}

/** Compares in a time that tells nothing of where two differ. */
export const areEqual = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && timingSafeEqual(one, other)
