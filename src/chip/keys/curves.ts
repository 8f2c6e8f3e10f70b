import { type WeierstrassPointCons, weierstrass } from '@noble/curves/abstract/weierstrass.js'
import { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } from '@noble/curves/misc.js'
import { p256, p384, p521 } from '@noble/curves/nist.js'

/** An elliptic curve that certificates and chips may use. Curves of fewer than 224 bits are refused as too weak. */
export type Curve = {
  /** As OpenSSL and RFC 5639 name it. */
  readonly name: string
  readonly id: string
  /** Its number among the standardized domain parameters (ICAO 9303-11, table 6). */
  readonly standardized: number
  /** Of one coordinate, in bytes. */
  readonly bytes: number
  readonly Point: WeierstrassPointCons<bigint>
}

const fromText = (p: string, a: string, b: string, Gx: string, Gy: string, n: string) => {
  const [P, A, B, X, Y, N] = [p, a, b, Gx, Gy, n].map(text => BigInt(`0x${text}`)) as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ]
  return weierstrass({ p: P, a: A, b: B, Gx: X, Gy: Y, n: N, h: 1n })
}

// SEC 2, section 2.5.2; RFC 5639, sections 3.3 and 3.5.
const secp224r1 = () =>
  fromText(
    'ffffffffffffffffffffffffffffffff000000000000000000000001',
    'fffffffffffffffffffffffffffffffefffffffffffffffffffffffe',
    'b4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4',
    'b70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21',
    'bd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34',
    'ffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3d',
  )
const brainpoolP224r1 = () =>
  fromText(
    'd7c134aa264366862a18302575d1d787b09f075797da89f57ec8c0ff',
    '68a5e62ca9ce6c1c299803a6c1530b514e182ad8b0042a59cad29f43',
    '2580f63ccfe44138870713b1a92369e33e2135d266dbb372386c400b',
    '0d9029ad2c7e5cf4340823b2a87dc68c9e4ce3174c1e6efdee12c07d',
    '58aa56f772c0726f24c6b89e4ecdac24354b9e99caa3f6d3761402cd',
    'd7c134aa264366862a18302575d0fb98d116bc4b6ddebca3a5a7939f',
  )
const brainpoolP320r1 = () =>
  fromText(
    'd35e472036bc4fb7e13c785ed201e065f98fcfa6f6f40def4f92b9ec7893ec28fcd412b1f1b32e27',
    '3ee30b568fbab0f883ccebd46d3f3bb8a2a73513f5eb79da66190eb085ffa9f492f375a97d860eb4',
    '520883949dfdbc42d3ad198640688a6fe13f41349554b49acc31dccd884539816f5eb4ac8fb1f1a6',
    '43bd7e9afb53d8b85289bcc48ee5bfe6f20137d10a087eb6e7871e2a10a599c710af8d0d39e20611',
    '14fdd05545ec1cc8ab4093247f77275e0743ffed117182eaa9c77877aaac6ac7d35245d1692e8ee1',
    'd35e472036bc4fb7e13c785ed201e065f98fcfa5b68f12a32d482ec7ee8658e98691555b44c59311',
  )

const curveOf = (name: string, id: string, standardized: number, Point: WeierstrassPointCons<bigint>): Curve => ({
  name,
  id,
  standardized,
  bytes: Point.Fp.BYTES,
  Point,
})

export const curves: readonly Curve[] = [
  curveOf('secp224r1', '1.3.132.0.33', 10, secp224r1()),
  curveOf('brainpoolP224r1', '1.3.36.3.3.2.8.1.1.5', 11, brainpoolP224r1()),
  curveOf('prime256v1', '1.2.840.10045.3.1.7', 12, p256.Point),
  curveOf('brainpoolP256r1', '1.3.36.3.3.2.8.1.1.7', 13, brainpoolP256r1.Point),
  curveOf('brainpoolP320r1', '1.3.36.3.3.2.8.1.1.9', 14, brainpoolP320r1()),
  curveOf('secp384r1', '1.3.132.0.34', 15, p384.Point),
  curveOf('brainpoolP384r1', '1.3.36.3.3.2.8.1.1.11', 16, brainpoolP384r1.Point),
  curveOf('brainpoolP512r1', '1.3.36.3.3.2.8.1.1.13', 17, brainpoolP512r1.Point),
  curveOf('secp521r1', '1.3.132.0.35', 18, p521.Point),
]

export const curveNamed = (name: string): Curve => {
  const found = curves.find(curve => curve.name === name)
  if (!found) throw new Error(`there is no curve ${name} here`)
  return found
}

/** The bytes of a number without sign, padded to a length. */
export const bytesOfNumber = (value: bigint, length: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex'))

export const numberOfBytes = (bytes: Uint8Array): bigint => BigInt(`0x0${Buffer.from(bytes).toString('hex')}`)
