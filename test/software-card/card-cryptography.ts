import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { brainpoolP256r1 } from '@noble/curves/misc.js'
import { p256, p384 } from '@noble/curves/nist.js'

/** The card's side of the ciphers of ICAO 9303-11, written from the text apart from what reads cards. */

export type CardCipher = '3des' | 'aes-128' | 'aes-192' | 'aes-256'

export const curvesOfCard = { 12: p256, 13: brainpoolP256r1, 15: p384 } as const
export type CardCurve = (typeof curvesOfCard)[keyof typeof curvesOfCard]

export const join = (...parts: readonly (Uint8Array | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map(part => Buffer.from(part)))
export const big = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`)
export const ofBig = (value: bigint, length: number): Buffer =>
  Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex')

export const randomScalar = ({ Point }: CardCurve): bigint => (big(randomBytes(48)) % (Point.Fn.ORDER - 1n)) + 1n

/** A tag, a length of up to two bytes, a value. */
export function tlv(tag: number, value: Uint8Array | readonly number[]): Buffer {
  const { length } = value
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return join(tag > 0xff ? [tag >> 8, tag & 0xff] : [tag], size, value)
}

/** The members of a value, by tags of one byte. */
export function membersOf(bytes: Uint8Array): Map<number, Buffer> {
  const found = new Map<number, Buffer>()
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at++] ?? 0
    let length = bytes[at++] ?? 0
    if (length > 0x80) {
      const count = length & 0x7f
      length = Number(big(bytes.subarray(at, at + count)))
      at += count
    }
    found.set(tag, Buffer.from(bytes.subarray(at, at + length)))
    at += length
  }
  return found
}

export const blockOf = (cipher: CardCipher): number => (cipher === '3des' ? 8 : 16)

/** Section 9.7.1; the parity of DES keys counts for nothing here. */
export function derived(cipher: CardCipher, secret: Uint8Array, counter: 1 | 2 | 3): Buffer {
  const strong = cipher === 'aes-192' || cipher === 'aes-256'
  const hash = createHash(strong ? 'sha256' : 'sha1')
    .update(join(secret, [0, 0, 0, counter]))
    .digest()
  return hash.subarray(0, cipher === 'aes-192' ? 24 : cipher === 'aes-256' ? 32 : 16)
}

const opensslName = (cipher: CardCipher) => (cipher === '3des' ? 'des-ede-cbc' : `${cipher}-cbc`)

export function cbc(
  way: 'encrypt' | 'decrypt',
  cipher: CardCipher,
  key: Uint8Array,
  data: Uint8Array,
  iv?: Uint8Array,
) {
  const make = way === 'encrypt' ? createCipheriv : createDecipheriv
  const running = make(opensslName(cipher), key, iv ?? Buffer.alloc(blockOf(cipher)))
  running.setAutoPadding(false)
  return join(running.update(data), running.final())
}

export const pad = (bytes: Uint8Array, block: number): Buffer => {
  const padding = Buffer.alloc(block - (bytes.length % block))
  padding[0] = 0x80
  return join(bytes, padding)
}
export const unpad = (bytes: Uint8Array): Buffer => Buffer.from(bytes.subarray(0, bytes.lastIndexOf(0x80)))

const half = (block: Uint8Array): Buffer => {
  const twice = big(block) << 1n
  const reduced = twice >> 128n ? (twice & ((1n << 128n) - 1n)) ^ 0x87n : twice
  return ofBig(reduced, 16)
}
const xor = (one: Uint8Array, other: Uint8Array) => Buffer.from(one.map((byte, at) => byte ^ (other[at] ?? 0)))

function cmac(cipher: CardCipher, key: Uint8Array, bytes: Uint8Array): Buffer {
  const k1 = half(cbc('encrypt', cipher, key, Buffer.alloc(16)))
  const whole = bytes.length > 0 && bytes.length % 16 === 0
  const full = whole ? Buffer.from(bytes) : pad(bytes, 16)
  const last = xor(full.subarray(-16), whole ? k1 : half(k1))
  return cbc('encrypt', cipher, key, join(full.subarray(0, -16), last)).subarray(-16)
}

/** ISO/IEC 9797-1, algorithm 3, block by block: single DES is triple DES with one key. */
function retail(key: Uint8Array, bytes: Uint8Array): Buffer {
  const [a, b] = [key.subarray(0, 8), key.subarray(8, 16)]
  const des = (way: 'encrypt' | 'decrypt', one: Uint8Array, block: Uint8Array) =>
    cbc(way, '3des', join(one, one), block)
  let chained: Buffer = Buffer.alloc(8)
  for (let at = 0; at < bytes.length; at += 8) chained = des('encrypt', a, xor(chained, bytes.subarray(at, at + 8)))
  return des('encrypt', a, des('decrypt', b, chained))
}

export const macOf = (cipher: CardCipher, key: Uint8Array, bytes: Uint8Array): Buffer =>
  cipher === '3des' ? retail(key, pad(bytes, 8)) : cmac(cipher, key, bytes).subarray(0, 8)
