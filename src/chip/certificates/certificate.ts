import {
  Cursor,
  type Element,
  inSequence,
  Malformed,
  onlyElement,
  readBits,
  readInteger,
  readObjectIdentifier,
  readSmallInteger,
  readTime,
  refuseNonCanonical,
} from '../der/read.ts'
import { type ChipPublicKey, readPublicKey } from '../keys/public-key.ts'
import { isSignatureRight, readScheme, type SignatureScheme } from '../keys/signature.ts'
import { chipLimits } from '../law.ts'
import { objectIds } from '../object-ids.ts'
import { readAttributes } from './name.ts'

/** A certificate of a country's authority (CSCA), a document signer or a signer of master lists (ICAO 9303-12). */
export type ChipCertificate = {
  readonly bytes: Uint8Array
  /** The part that is signed. */
  readonly signed: Uint8Array
  readonly serial: bigint
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
  readonly from: Date
  readonly to: Date
  readonly publicKey: ChipPublicKey
  readonly scheme: SignatureScheme
  readonly signature: Uint8Array
  readonly extensions: Extensions
}

export type Extensions = {
  readonly isAuthority: boolean
  readonly pathLength?: number | undefined
  readonly keyUsage?: readonly KeyUsage[] | undefined
  readonly subjectKeyId?: Uint8Array | undefined
  readonly authorityKeyId?: Uint8Array | undefined
  readonly extendedKeyUsage: readonly string[]
  /** During which the key signs; the certificate holds longer. */
  readonly signsFrom?: Date | undefined
  readonly signsTo?: Date | undefined
  /** Which kinds of documents the signer signs: `ID`, `P` (ICAO 9303-12, table 6). */
  readonly documentTypes: readonly string[]
  readonly revocationLists: readonly string[]
  /** Critical ones that are not known: the certificate proves nothing. */
  readonly unknownCritical: readonly string[]
}

const keyUsages = [
  'digital-signature',
  'non-repudiation',
  'key-encipherment',
  'data-encipherment',
  'key-agreement',
  'certificate-sign',
  'revocation-list-sign',
  'encipher-only',
  'decipher-only',
] as const
export type KeyUsage = (typeof keyUsages)[number]

function readKeyUsage(value: Uint8Array): readonly KeyUsage[] {
  const [, ...bytes] = onlyElement(value, 0x03).content
  return keyUsages.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0)
}

function readBasicConstraints(value: Uint8Array): { readonly isAuthority: boolean; readonly pathLength?: number } {
  const cursor = inSequence(value, 'basic constraints')
  const isAuthority = (cursor.maybe(0x01)?.content[0] ?? 0) !== 0
  const length = cursor.maybe(0x02)
  cursor.end()
  return { isAuthority, ...(length && { pathLength: readSmallInteger(length, 'path length') }) }
}

function readSigningPeriod(value: Uint8Array): { readonly signsFrom?: Date; readonly signsTo?: Date } {
  const cursor = inSequence(value, 'period of the private key')
  const [from, to] = [cursor.maybe(0x80), cursor.maybe(0x81)]
  cursor.end()
  const read = ({ content }: Element) => readTime({ tag: 0x18, content, bytes: content })
  return { ...(from && { signsFrom: read(from) }), ...(to && { signsTo: read(to) }) }
}

function readDocumentTypes(value: Uint8Array): readonly string[] {
  const cursor = inSequence(value, 'types of documents')
  cursor.take(0x02)
  const types = new Cursor(cursor.take(0x31).content, 'types of documents')
  cursor.end()
  const found: string[] = []
  for (let type = types.any(); type; type = types.any()) found.push(Buffer.from(type.content).toString('latin1'))
  return found
}

/** The addresses of lists of revoked certificates: those of each point that has its full name (RFC 5280, 4.2.1.13). */
function readDistributionPoints(value: Uint8Array): readonly string[] {
  const points = inSequence(value, 'distribution points')
  const found: string[] = []
  for (let point = points.any(); point; point = points.any()) {
    const place = new Cursor(point.content, 'distribution point').maybe(0xa0)
    const full = place && new Cursor(place.content, 'distribution point').maybe(0xa0)
    if (!full) continue
    const names = new Cursor(full.content, 'distribution point')
    for (let name = names.any(); name; name = names.any())
      if (name.tag === 0x86) found.push(Buffer.from(name.content).toString('latin1'))
  }
  return found
}

function readListOfIds(value: Uint8Array): readonly string[] {
  const cursor = inSequence(value, 'extended key usage')
  const found: string[] = []
  for (let id = cursor.maybe(0x06); id; id = cursor.maybe(0x06)) found.push(readObjectIdentifier(id))
  cursor.end()
  return found
}

type MutableExtensions = { -readonly [Name in keyof Extensions]: Extensions[Name] }

/** The identifier of the key that signed, as the extension gives it; undefined where it names the issuer alone. */
export const readAuthorityKeyId = (value: Uint8Array): Uint8Array | undefined =>
  inSequence(value, 'authority key identifier').maybe(0x80)?.content

/** What each known extension adds; one that only names something is passed over. */
const extensionReaders: Readonly<Record<string, (value: Uint8Array) => Partial<MutableExtensions>>> = {
  [objectIds.basicConstraints]: readBasicConstraints,
  [objectIds.keyUsage]: value => ({ keyUsage: readKeyUsage(value) }),
  [objectIds.subjectKeyIdentifier]: value => ({ subjectKeyId: onlyElement(value, 0x04).content }),
  [objectIds.authorityKeyIdentifier]: value => {
    const authorityKeyId = readAuthorityKeyId(value)
    return authorityKeyId ? { authorityKeyId } : {}
  },
  [objectIds.extendedKeyUsage]: value => ({ extendedKeyUsage: readListOfIds(value) }),
  [objectIds.privateKeyUsagePeriod]: readSigningPeriod,
  [objectIds.documentTypes]: value => ({ documentTypes: readDocumentTypes(value) }),
  [objectIds.crlDistributionPoints]: value => ({ revocationLists: readDistributionPoints(value) }),
  [objectIds.subjectAltName]: () => ({}),
  [objectIds.issuerAltName]: () => ({}),
  [objectIds.certificatePolicies]: () => ({}),
  [objectIds.nameChange]: () => ({}),
}

export type RawExtension = { readonly id: string; readonly isCritical: boolean; readonly value: Uint8Array }

/** The extensions of a certificate or a list, none of them twice. Throws Malformed. */
export function readRawExtensions(list: Uint8Array): readonly RawExtension[] {
  const cursor = inSequence(list, 'extensions')
  const found: RawExtension[] = []
  for (let one = cursor.any(); one; one = cursor.any()) {
    const extension = new Cursor(one.content, 'extension')
    const id = readObjectIdentifier(extension.take(0x06))
    const isCritical = (extension.maybe(0x01)?.content[0] ?? 0) !== 0
    const value = extension.take(0x04).content
    extension.end()
    if (found.some(other => other.id === id)) throw new Malformed(`the extension ${id} stands twice`)
    refuseNonCanonical(value)
    found.push({ id, isCritical, value })
  }
  return found
}

function readExtensions(list: Uint8Array | undefined): Extensions {
  const found = list ? readRawExtensions(list) : []
  const known: MutableExtensions = {
    isAuthority: false,
    extendedKeyUsage: [],
    documentTypes: [],
    revocationLists: [],
    unknownCritical: found.filter(({ id, isCritical }) => isCritical && !(id in extensionReaders)).map(({ id }) => id),
  }
  for (const { id, value } of found) Object.assign(known, extensionReaders[id]?.(value))
  return known
}

/** The parts of something that is signed: content, algorithm, signature; both algorithms are the same. */
export function readSigned(bytes: Uint8Array, what: string) {
  const cursor = inSequence(bytes, what)
  const signed = cursor.take(0x30)
  const algorithm = cursor.take(0x30)
  const signature = readBits(cursor.take(0x03), `signature of the ${what}`)
  cursor.end()
  return { signed, algorithm, signature, scheme: readScheme(algorithm) }
}

/** The algorithm stands outside what is signed and inside: an other one outside could be put there by anyone. */
export function refuseOtherAlgorithm(inside: Element, outside: Element, what: string): void {
  if (Buffer.compare(inside.bytes, outside.bytes) !== 0) throw new Malformed(`the ${what} names two algorithms`)
}

/** Reads a certificate of X.509, version 3, in its one encoding. Throws Malformed. */
export function readCertificate(bytes: Uint8Array): ChipCertificate {
  if (bytes.length > chipLimits.certificate) throw new Malformed(`a certificate has ${bytes.length} bytes`)
  refuseNonCanonical(bytes)
  const { signed, algorithm, signature, scheme } = readSigned(bytes, 'certificate')
  const cursor = new Cursor(signed.content, 'certificate')
  const version = new Cursor(cursor.take(0xa0).content, 'version')
  if (readInteger(version.take(0x02)) !== 2n) throw new Malformed('a certificate is not of version 3')
  version.end()
  const serial = readInteger(cursor.take(0x02))
  refuseOtherAlgorithm(cursor.take(0x30), algorithm, 'certificate')
  const issuer = cursor.take(0x30).bytes
  const validity = new Cursor(cursor.take(0x30).content, 'validity')
  const [from, to] = [validity.any(), validity.any()]
  validity.end()
  if (!from || !to) throw new Malformed('a certificate lacks its days')
  const subject = cursor.take(0x30).bytes
  const publicKey = readPublicKey(cursor.take(0x30).bytes)
  cursor.maybe(0x81)
  cursor.maybe(0x82)
  const extensions = cursor.maybe(0xa3)
  cursor.end()
  for (const name of [issuer, subject]) readAttributes(name)
  return {
    bytes,
    signed: signed.bytes,
    serial,
    issuer,
    subject,
    from: readTime(from),
    to: readTime(to),
    publicKey,
    scheme,
    signature,
    extensions: readExtensions(extensions && onlyElement(extensions.content, 0x30).bytes),
  }
}

/** A certificate as DER, or as PEM with one certificate. Throws Malformed. */
export function readCertificateFile(file: Uint8Array): ChipCertificate {
  const [begin, end] = ['-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----']
  const text = Buffer.from(file).toString('latin1')
  const at = text.indexOf(begin)
  if (at < 0) return readCertificate(file)
  const to = text.indexOf(end, at)
  if (to < 0) throw new Malformed('a certificate in PEM has no end')
  if (text.includes(begin, to)) throw new Malformed('a file in PEM has more than one certificate')
  const inside = text.slice(at + begin.length, to).replace(/[\r\n]/g, '')
  const bytes = Buffer.from(inside, 'base64')
  // Whatever is no Base64 would be passed over.
  if (bytes.toString('base64') !== inside) throw new Malformed('a certificate in PEM is not written the one way')
  return readCertificate(Uint8Array.from(bytes))
}

export const isSignedBy = ({ scheme, signed, signature }: ChipCertificate, issuer: ChipPublicKey): boolean =>
  isSignatureRight(scheme, issuer, signed, signature)
