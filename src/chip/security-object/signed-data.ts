import { type ChipCertificate, readCertificate } from '../certificates/certificate.ts'
import { keyIdentifier } from '../certificates/issue-certificate.ts'
import { isSameName } from '../certificates/name.ts'
import {
  Cursor,
  type Element,
  elementsIn,
  inSequence,
  Malformed,
  onlyElement,
  type PlaceInFile,
  placeIn,
  readInteger,
  readObjectIdentifier,
  readSmallInteger,
  readTime,
  refuseDisorder,
  refuseNonCanonical,
} from '../der/read.ts'
import { bytesOf, element, integer, objectIdentifier, octets, sequence, setOf, time } from '../der/write.ts'
import {
  type Digest,
  digestAlgorithm,
  digestOf,
  isSignatureRight,
  readDigest,
  readScheme,
  type SignatureScheme,
} from '../keys/signature.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import { objectIds } from '../object-ids.ts'

/** Signed content with the certificate of its signer (RFC 5652, section 5), as in EF.SOD and master lists. */
export type SignedData = {
  readonly contentType: string
  readonly content: Uint8Array
  readonly certificates: readonly ChipCertificate[]
  readonly digest: Digest
  readonly scheme: SignatureScheme
  readonly signature: Uint8Array
  /** The signed attributes, as they are signed. */
  readonly attributes: Uint8Array
  readonly messageDigest: Uint8Array
  readonly signedAt: Date | undefined
  readonly signerId: SignerId
  /** Parts that no signature covers; whatever stands in them proves nothing. */
  readonly unsignedParts: readonly UnsignedPart[]
}

/** A part of a file that no signature covers, such as `unsigned attributes`. */
export type UnsignedPart = PlaceInFile & { readonly part: string }

type SignerId =
  | { readonly kind: 'issuer'; readonly issuer: Uint8Array; readonly serial: bigint }
  | { readonly kind: 'key'; readonly keyId: Uint8Array }

const attribute = (id: string, value: Uint8Array) => sequence(objectIdentifier(id), element(0x31, value))

/** What goes before and after the content of one signer: the same for each of its documents. */
export type SignerOfData = { readonly certificate: ChipCertificate; readonly key: SigningKey }

/** Signs content. `others`: certificates that go with it. DER of ContentInfo. */
export async function signData(
  {
    contentType,
    content,
    signedAt,
  }: { readonly contentType: string; readonly content: Uint8Array; readonly signedAt?: Date },
  { certificate, key }: SignerOfData,
  others: readonly Uint8Array[] = [],
): Promise<Uint8Array<ArrayBuffer>> {
  const digest = digestAlgorithm(key.digest)
  const attributes = setOf([
    attribute(objectIds.contentType, objectIdentifier(contentType)),
    attribute(objectIds.messageDigest, octets(digestOf(key.digest, content))),
    ...(signedAt ? [attribute(objectIds.signingTime, time(signedAt))] : []),
  ])
  const signature = await key.sign(attributes)
  const signedAttributes = bytesOf(Uint8Array.of(0xa0), attributes.subarray(1))
  const certificates = [certificate.bytes, ...others].toSorted(Buffer.compare)
  const signerInfo = sequence(
    integer(1),
    sequence(certificate.issuer, integer(certificate.serial)),
    digest,
    signedAttributes,
    key.algorithm,
    octets(signature),
  )
  const data = sequence(
    integer(3),
    setOf([digest]),
    sequence(objectIdentifier(contentType), element(0xa0, octets(content))),
    element(0xa0, certificates),
    setOf([signerInfo]),
  )
  return sequence(objectIdentifier(objectIds.signedData), element(0xa0, data))
}

function readSignerId(cursor: Cursor, version: number): SignerId {
  const byKey = cursor.maybe(0x80)
  if (version !== (byKey ? 3 : 1)) throw new Malformed(`the signer is of version ${version}`)
  if (byKey) return { kind: 'key', keyId: byKey.content }
  const parts = new Cursor(cursor.take(0x30).content, 'signer')
  const [issuer, serial] = [parts.take(0x30).bytes, readInteger(parts.take(0x02))]
  parts.end()
  return { kind: 'issuer', issuer, serial }
}

/** The one value of an attribute that must be there once, or may be there once. */
function attributeValue(attributes: readonly Element[], id: string): Element | undefined {
  const found = attributes.filter(
    ({ content }) => readObjectIdentifier(new Cursor(content, 'attribute').take(0x06)) === id,
  )
  if (found.length > 1) throw new Malformed(`the attribute ${id} stands twice`)
  if (!found[0]) return undefined
  const cursor = new Cursor(found[0].content, 'attribute')
  cursor.take(0x06)
  const [value, ...more] = elementsIn(cursor.take(0x31).content)
  cursor.end()
  if (!value || more.length > 0) throw new Malformed(`the attribute ${id} has not one value`)
  return value
}

function readSignedAttributes(element: Element, contentType: string) {
  const attributes = elementsIn(element.content)
  refuseDisorder(attributes)
  const [type, digest, at] = [objectIds.contentType, objectIds.messageDigest, objectIds.signingTime].map(id =>
    attributeValue(attributes, id),
  )
  if (!type || readObjectIdentifier(type) !== contentType)
    throw new Malformed('the signed type is not that of the content')
  if (digest?.tag !== 0x04) throw new Malformed('the digest of the content is missing')
  return { messageDigest: digest.content, signedAt: at && readTime(at) }
}

const isSigner = (signerId: SignerId, certificate: ChipCertificate): boolean =>
  signerId.kind === 'issuer'
    ? signerId.serial === certificate.serial && isSameName(signerId.issuer, certificate.issuer)
    : Buffer.compare(signerId.keyId, certificate.extensions.subjectKeyId ?? keyIdentifier(certificate.publicKey)) === 0

/** Reads ContentInfo with SignedData of one signer, in its one encoding. Throws Malformed. */
export function readSignedData(bytes: Uint8Array): SignedData {
  refuseNonCanonical(bytes)
  const info = inSequence(bytes, 'signed data')
  if (readObjectIdentifier(info.take(0x06)) !== objectIds.signedData) throw new Malformed('it is no signed data')
  const data = inSequence(info.take(0xa0).content, 'signed data')
  info.end()
  if (readSmallInteger(data.take(0x02), 'version') !== 3) throw new Malformed('signed data are not of version 3')
  const announced = elementsIn(data.take(0x31).content)
  const digests = announced.map(readDigest)
  const encapsulated = new Cursor(data.take(0x30).content, 'signed content')
  const contentType = readObjectIdentifier(encapsulated.take(0x06))
  const { content } = onlyElement(encapsulated.take(0xa0).content, 0x04)
  encapsulated.end()
  const certificates = elementsIn(data.maybe(0xa0)?.content ?? new Uint8Array()).map(one => readCertificate(one.bytes))
  const lists = data.maybe(0xa1)
  const signers = elementsIn(data.take(0x31).content)
  data.end()
  if (signers.length !== 1 || !signers[0]) throw new Malformed(`it has ${signers.length} signers, not one`)

  const signer = inSequence(signers[0].bytes, 'signer')
  const signerId = readSignerId(signer, readSmallInteger(signer.take(0x02), 'version of the signer'))
  const digest = readDigest(signer.take(0x30))
  if (!digests.includes(digest)) throw new Malformed('the digest of the signer is not among those announced')
  const attributes = signer.take(0xa0)
  const algorithm = signer.take(0x30)
  const scheme = readScheme(algorithm)
  const signature = signer.take(0x04).content
  const unsignedAttributes = signer.maybe(0xa1)
  signer.end()
  const own = certificates.find(one => isSigner(signerId, one))
  const unsigned = (part: string, found: Pick<Element, 'bytes'>): UnsignedPart => ({
    part,
    ...placeIn(bytes, found.bytes),
  })
  return {
    contentType,
    content,
    certificates,
    digest,
    scheme,
    signature,
    attributes: bytesOf(Uint8Array.of(0x31), attributes.bytes.subarray(1)),
    ...readSignedAttributes(attributes, contentType),
    signerId,
    unsignedParts: [
      ...announced.filter((_, at) => digests[at] !== digest).map(one => unsigned('further digest', one)),
      ...certificates.filter(one => one !== own).map(one => unsigned('further certificate', one)),
      ...(lists ? [unsigned('lists of revoked certificates', lists)] : []),
      // RSA has two names for the same signature: with its digest, or without.
      ...(scheme.kind === 'rsa' ? [unsigned('name of the algorithm of the signature', algorithm)] : []),
      ...(unsignedAttributes ? [unsigned('unsigned attributes', unsignedAttributes)] : []),
    ],
  }
}

/** The certificate of the signer: among those that go with the data, else among others. */
export const signerOf = (data: SignedData, others: readonly ChipCertificate[] = []): ChipCertificate | undefined =>
  [...data.certificates, ...others].find(certificate => isSigner(data.signerId, certificate))

/** Whether the content is what was signed, and its signature that of the certificate's key. */
export function isDataSignedBy(data: SignedData, { publicKey }: ChipCertificate): boolean {
  const isContentRight = digestOf(data.digest, data.content).equals(data.messageDigest)
  return isContentRight && isSignatureRight(data.scheme, publicKey, data.attributes, data.signature, data.digest)
}
