import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, sign as signBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { type Curve, curveNamed } from './curves.ts'
import { type ChipPublicKey, type CurveForm, ecKeyInfo, readPublicKey } from './public-key.ts'
import { type Digest, schemeAlgorithm } from './signature.ts'

/** A private key that signs certificates, lists or security objects; it may lie in a file or in a PKCS #11 token. */
export type SigningKey = {
  readonly publicKey: ChipPublicKey
  /** AlgorithmIdentifier of its signatures. */
  readonly algorithm: Uint8Array
  readonly digest: Digest
  /** ECDSA-Sig-Value (RFC 3279, section 2.2.3), or the signature of RSA PKCS #1 v1.5. */
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

const generate = promisify(generateKeyPair)
const signInThread = promisify<string, Uint8Array, KeyObject, Buffer>(signBytes)

/** The strength of a digest follows that of its curve (ICAO 9303-12, section 4.1.6.3). */
export const digestForCurve = ({ bytes }: Curve): Digest => (bytes <= 32 ? 'sha256' : bytes <= 48 ? 'sha384' : 'sha512')

/** The uncompressed point of a private key on a curve, as OpenSSL exports it at the end of its public half. */
const pointOf = (key: KeyObject, { bytes }: Curve): Uint8Array =>
  Uint8Array.from(key.export({ type: 'spki', format: 'der' }).subarray(-(1 + 2 * bytes)))

/** A new key pair: the private half as PKCS #8, the public one as an uncompressed point. */
export async function newEcKeyPair(
  curve: Curve,
): Promise<{ readonly privateKey: Uint8Array; readonly point: Uint8Array }> {
  const pair = await generate('ec', { namedCurve: curve.name })
  return {
    privateKey: Uint8Array.from(pair.privateKey.export({ type: 'pkcs8', format: 'der' })),
    point: pointOf(pair.publicKey, curve),
  }
}

/** A key that lies in memory, from its PKCS #8; `form`: how its certificate writes the curve. */
export function signingKeyOf(
  pkcs8: Uint8Array,
  { curve: name, form = 'named' }: { readonly curve: string; readonly form?: CurveForm },
): SigningKey {
  const curve = curveNamed(name)
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  const digest = digestForCurve(curve)
  const point = pointOf(createPublicKey(key), curve)
  return {
    publicKey: readPublicKey(ecKeyInfo(curve, point, form)),
    algorithm: schemeAlgorithm('ecdsa', digest),
    digest,
    sign: bytes => signInThread(digest, bytes, key),
  }
}
