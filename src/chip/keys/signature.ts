import { constants, createHash, verify } from 'node:crypto'
import {
  Cursor,
  type Element,
  Malformed,
  onlyElement,
  readObjectIdentifier,
  readSmallInteger,
  refuseNonCanonical,
} from '../der/read.ts'
import { nullValue, objectIdentifier, sequence } from '../der/write.ts'
import { objectIds } from '../object-ids.ts'
import type { ChipPublicKey } from './public-key.ts'

/** Digests of security objects and signatures (ICAO 9303-12, section 4.1.6.2); SHA-1 is read, never written. */
export type Digest = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'

const digestIds: Readonly<Record<Digest, string>> = {
  sha1: '1.3.14.3.2.26',
  sha224: '2.16.840.1.101.3.4.2.4',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
}
const digests = Object.keys(digestIds) as readonly Digest[]

export const digestOf = (digest: Digest, bytes: Uint8Array): Buffer => createHash(digest).update(bytes).digest()

export const digestLengths: Readonly<Record<Digest, number>> = {
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
}

/** An algorithm with its parameters (RFC 5280, section 4.1.1.2). */
type Algorithm = { readonly id: string; readonly parameters: Element | undefined }

function readAlgorithm({ tag, content }: Element): Algorithm {
  if (tag !== 0x30) throw new Malformed('an algorithm is no sequence')
  const cursor = new Cursor(content, 'algorithm')
  const id = readObjectIdentifier(cursor.take(0x06))
  const parameters = cursor.any()
  cursor.end()
  return { id, parameters }
}

const hasNoParameters = ({ parameters }: Algorithm) =>
  parameters === undefined || (parameters.tag === 0x05 && parameters.content.length === 0)

/** A digest as an algorithm; without parameters, or with null. Throws Malformed. */
export function readDigest(found: Element): Digest {
  const algorithm = readAlgorithm(found)
  const digest = digests.find(one => digestIds[one] === algorithm.id)
  if (!digest) throw new Malformed(`the digest ${algorithm.id} is not known`)
  if (!hasNoParameters(algorithm)) throw new Malformed('a digest has parameters')
  return digest
}

export const digestAlgorithm = (digest: Digest): Uint8Array<ArrayBuffer> =>
  sequence(objectIdentifier(digestIds[digest]))

/** How something is signed. `digest` is absent where the algorithm leaves it to what stands beside it. */
export type SignatureScheme =
  | { readonly kind: 'ecdsa'; readonly digest: Digest }
  | { readonly kind: 'rsa'; readonly digest: Digest | undefined }
  | { readonly kind: 'rsa-pss'; readonly digest: Digest; readonly maskDigest: Digest; readonly saltLength: number }

const ecdsaIds: Readonly<Record<string, Digest>> = {
  '1.2.840.10045.4.1': 'sha1',
  '1.2.840.10045.4.3.1': 'sha224',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
}
const rsaIds: Readonly<Record<string, Digest | undefined>> = {
  [objectIds.rsaEncryption]: undefined,
  '1.2.840.113549.1.1.5': 'sha1',
  '1.2.840.113549.1.1.14': 'sha224',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
}

/** RSASSA-PSS-params (RFC 8017, appendix A.2.3), with its defaults. */
function readPss({ parameters }: Algorithm): SignatureScheme {
  if (parameters?.tag !== 0x30) throw new Malformed('RSASSA-PSS lacks its parameters')
  const cursor = new Cursor(parameters.content, 'RSASSA-PSS')
  const [hash, mask, salt, trailer] = [cursor.maybe(0xa0), cursor.maybe(0xa1), cursor.maybe(0xa2), cursor.maybe(0xa3)]
  cursor.end()
  const digest = hash ? readDigest(onlyElement(hash.content, 0x30)) : 'sha1'
  const maskAlgorithm = mask && readAlgorithm(onlyElement(mask.content, 0x30))
  if (maskAlgorithm && (maskAlgorithm.id !== objectIds.mgf1 || maskAlgorithm.parameters?.tag !== 0x30))
    throw new Malformed('RSASSA-PSS has another mask than MGF1')
  const maskDigest = maskAlgorithm?.parameters ? readDigest(maskAlgorithm.parameters) : 'sha1'
  const saltLength = salt ? readSmallInteger(onlyElement(salt.content, 0x02), 'salt of RSASSA-PSS') : 20
  if (trailer && readSmallInteger(onlyElement(trailer.content, 0x02), 'trailer') !== 1)
    throw new Malformed('RSASSA-PSS has another trailer than 1')
  return { kind: 'rsa-pss', digest, maskDigest, saltLength }
}

/** Reads the algorithm of a signature. Throws Malformed for one that is not known. */
export function readScheme(found: Element): SignatureScheme {
  const algorithm = readAlgorithm(found)
  if (algorithm.id === objectIds.rsaPss) return readPss(algorithm)
  if (!hasNoParameters(algorithm)) throw new Malformed('a signature has parameters that its algorithm does not know')
  const ecdsa = ecdsaIds[algorithm.id]
  if (ecdsa) return { kind: 'ecdsa', digest: ecdsa }
  if (algorithm.id in rsaIds) return { kind: 'rsa', digest: rsaIds[algorithm.id] }
  throw new Malformed(`the signature algorithm ${algorithm.id} is not known`)
}

/** The algorithm of ECDSA with a digest, or of RSA with PKCS #1 v1.5. */
export function schemeAlgorithm(kind: 'ecdsa' | 'rsa', digest: Digest): Uint8Array<ArrayBuffer> {
  const ids: Readonly<Record<string, Digest | undefined>> = kind === 'ecdsa' ? ecdsaIds : rsaIds
  const id = Object.keys(ids).find(one => ids[one] === digest)
  if (!id) throw new Error(`no algorithm signs with ${kind} and ${digest}`)
  return kind === 'ecdsa' ? sequence(objectIdentifier(id)) : sequence(objectIdentifier(id), nullValue())
}

/** As people read it: `ECDSA brainpoolP256r1 SHA-256`. */
export const schemeName = ({ kind }: SignatureScheme, key: ChipPublicKey, digest: Digest): string =>
  [
    { ecdsa: 'ECDSA', rsa: 'RSA PKCS #1', 'rsa-pss': 'RSASSA-PSS' }[kind],
    key.kind === 'ec' ? key.curve.name : `${key.bits} bits`,
    digest.toUpperCase().replace('SHA', 'SHA-'),
  ].join(' ')

/**
 * Whether a signature is right. `digest`: the digest that stands beside it, which must be that of the algorithm where
 * this names one.
 */
export function isSignatureRight(
  scheme: SignatureScheme,
  key: ChipPublicKey,
  signed: Uint8Array,
  signature: Uint8Array,
  digest: Digest | undefined = scheme.digest,
): boolean {
  if (!digest || ![undefined, digest].includes(scheme.digest)) return false
  if ((scheme.kind === 'ecdsa') !== (key.kind === 'ec')) return false
  if (scheme.kind === 'rsa-pss' && ![digest].includes(scheme.maskDigest)) return false
  if (scheme.kind === 'ecdsa') {
    try {
      refuseNonCanonical(signature)
    } catch (error) {
      if (error instanceof Malformed) return false
      throw error
    }
  }
  const padding =
    scheme.kind === 'rsa-pss'
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.saltLength }
      : { padding: constants.RSA_PKCS1_PADDING }
  try {
    return verify(digest, signed, scheme.kind === 'ecdsa' ? key.key : { key: key.key, ...padding }, signature)
  } catch {
    return false
  }
}
