import { createPublicKey, type KeyObject } from 'node:crypto'
import {
  Cursor,
  type Element,
  inSequence,
  Malformed,
  readBits,
  readInteger,
  readObjectIdentifier,
} from '../der/read.ts'
import { bits, integer, nullValue, objectIdentifier, octets, sequence } from '../der/write.ts'
import { chipLimits } from '../law.ts'
import { objectIds } from '../object-ids.ts'
import { bytesOfNumber, type Curve, curves, numberOfBytes } from './curves.ts'

/** The key of a certificate or a chip. `info`: SubjectPublicKeyInfo as it was found (RFC 5280, section 4.1.2.7). */
export type ChipPublicKey = { readonly info: Uint8Array; readonly key: KeyObject } & (
  | {
      readonly kind: 'ec'
      readonly curve: Curve
      /** Uncompressed: 04, x, y. */
      readonly point: Uint8Array
    }
  | { readonly kind: 'rsa'; readonly modulus: bigint; readonly bits: number }
)
export type EcPublicKey = Extract<ChipPublicKey, { kind: 'ec' }>

/**
 * How the curve of a key is written: by its name, which RFC 5480, section 2.1.1 demands, or by all its numbers, which
 * ICAO 9303-12, section 4.1.6.3 demands of CSCA and document signers. OpenSSL verifies no chain with numbers, so we
 * write names unless an installation chooses otherwise; both are read.
 */
export type CurveForm = 'named' | 'explicit'

/** How the curve of a key that was read is written. */
export function curveFormOf({ info }: Pick<ChipPublicKey, 'info'>): CurveForm {
  const algorithm = new Cursor(inSequence(info, 'public key').take(0x30).content, 'algorithm of a public key')
  algorithm.take(0x06)
  return algorithm.maybe(0x30) ? 'explicit' : 'named'
}

function curveNumbers(curve: Curve): Uint8Array {
  const { p, a, b, n, h } = curve.Point.CURVE()
  const field = (value: bigint) => octets(bytesOfNumber(value, curve.bytes))
  return sequence(
    integer(1),
    sequence(objectIdentifier(objectIds.primeField), integer(p)),
    sequence(field(a), field(b)),
    octets(curve.Point.BASE.toBytes(false)),
    integer(n),
    integer(h),
  )
}

/** SubjectPublicKeyInfo of a point. */
export const ecKeyInfo = (curve: Curve, point: Uint8Array, form: CurveForm = 'named'): Uint8Array<ArrayBuffer> =>
  sequence(
    sequence(
      objectIdentifier(objectIds.ecPublicKey),
      form === 'named' ? objectIdentifier(curve.id) : curveNumbers(curve),
    ),
    bits(point),
  )

/** The known curve that has exactly these numbers; a seed is passed over, a cofactor may be left out. */
function curveWithNumbers(parameters: Element): Curve {
  const cursor = new Cursor(parameters.content, 'parameters of a curve')
  cursor.take(0x02)
  const field = new Cursor(cursor.take(0x30).content, 'field of a curve')
  if (readObjectIdentifier(field.take(0x06)) !== objectIds.primeField)
    throw new Malformed('a curve is not over a prime')
  const p = readInteger(field.take(0x02))
  const equation = new Cursor(cursor.take(0x30).content, 'equation of a curve')
  const [a, b] = [equation.take(0x04), equation.take(0x04)].map(({ content }) => numberOfBytes(content))
  const base = Buffer.from(cursor.take(0x04).content)
  const n = readInteger(cursor.take(0x02))
  const cofactor = cursor.maybe(0x02)
  cursor.end()
  const found = curves.find(({ Point }) => {
    const known = Point.CURVE()
    const isBase = base.equals(Point.BASE.toBytes(false)) || base.equals(Point.BASE.toBytes(true))
    return known.p === p && known.a === a && known.b === b && known.n === n && isBase
  })
  if (!found) throw new Malformed('a key has a curve that is none of the known ones')
  if (cofactor && readInteger(cofactor) !== 1n) throw new Malformed('a curve has a wrong cofactor')
  return found
}

function curveOfParameters(parameters: Element | undefined): Curve {
  if (parameters?.tag === 0x30) return curveWithNumbers(parameters)
  if (parameters?.tag !== 0x06) throw new Malformed('a key names no curve')
  const id = readObjectIdentifier(parameters)
  const found = curves.find(curve => curve.id === id)
  if (!found) throw new Malformed(`a key has the curve ${id}, which is none of the known ones`)
  return found
}

/** A point on a curve, uncompressed, that is not the one at infinity. Throws Malformed. */
export function readPoint(curve: Curve, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  if (bytes[0] !== 4 || bytes.length !== 1 + 2 * curve.bytes) throw new Malformed('a point is not written uncompressed')
  try {
    curve.Point.fromBytes(bytes).assertValidity()
  } catch {
    throw new Malformed('a point does not lie on its curve')
  }
  return Uint8Array.from(bytes)
}

const importKey = (info: Uint8Array): KeyObject => {
  try {
    return createPublicKey({ key: Buffer.from(info), format: 'der', type: 'spki' })
  } catch {
    throw new Malformed('a public key cannot be used')
  }
}

export const ecPublicKey = (
  curve: Curve,
  point: Uint8Array,
  info: Uint8Array = ecKeyInfo(curve, point),
): EcPublicKey => ({
  kind: 'ec',
  curve,
  point: readPoint(curve, point),
  info,
  key: importKey(ecKeyInfo(curve, point)),
})

function readRsaKey(info: Uint8Array, keyBytes: Uint8Array): ChipPublicKey {
  const cursor = inSequence(keyBytes, 'RSA key')
  const [modulus, exponent] = [readInteger(cursor.take(0x02)), readInteger(cursor.take(0x02))]
  cursor.end()
  const length = modulus > 0n ? modulus.toString(2).length : 0
  const { least, most } = chipLimits.rsaBits
  if (length < least || length > most)
    throw new Malformed(`an RSA key has ${length} bits; ${least} to ${most} are taken`)
  if (exponent < 3n || exponent % 2n === 0n || exponent >= 1n << 64n)
    throw new Malformed('an RSA key has a bad exponent')
  const plain = sequence(sequence(objectIdentifier(objectIds.rsaEncryption), nullValue()), bits(keyBytes))
  return { kind: 'rsa', modulus, bits: length, info, key: importKey(plain) }
}

/** Reads SubjectPublicKeyInfo, with curves by name or by number. Throws Malformed. */
export function readPublicKey(info: Uint8Array): ChipPublicKey {
  const cursor = inSequence(info, 'public key')
  const algorithm = new Cursor(cursor.take(0x30).content, 'algorithm of a public key')
  const id = readObjectIdentifier(algorithm.take(0x06))
  const parameters = algorithm.any()
  algorithm.end()
  const keyBytes = readBits(cursor.take(0x03), 'public key')
  cursor.end()
  if (id === objectIds.ecPublicKey) return ecPublicKey(curveOfParameters(parameters), keyBytes, info)
  if (id === objectIds.rsaEncryption || id === objectIds.rsaPss) return readRsaKey(info, keyBytes)
  throw new Malformed(`a public key is of the kind ${id}, which is not known`)
}
