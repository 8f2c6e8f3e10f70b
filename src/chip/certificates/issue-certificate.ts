import { createHash, randomBytes } from 'node:crypto'
import { inSequence, readBits } from '../der/read.ts'
import {
  bits,
  element,
  integer,
  objectIdentifier,
  octets,
  printableText,
  sequence,
  setOf,
  time,
  trueValue,
  unsignedInteger,
} from '../der/write.ts'
import type { ChipPublicKey } from '../keys/public-key.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import { objectIds } from '../object-ids.ts'
import { type CertificateName, nameBytes } from './name.ts'

/** What a certificate is for; its extensions follow from that (ICAO 9303-12, section 7.1 and table 6). */
export type CertificateProfile =
  /** A country's authority, signed by itself. */
  | { readonly kind: 'authority' }
  /** The new key of an authority, signed by its former one: who trusts the old one comes to the new one. */
  | { readonly kind: 'link' }
  | { readonly kind: 'document-signer'; readonly documentTypes: readonly string[] }
  | { readonly kind: 'master-list-signer' }

export type NewCertificate = {
  readonly profile: CertificateProfile
  readonly subject: CertificateName
  /** Three letters, as in the zone: VNM. */
  readonly issuingState: string
  readonly publicKey: ChipPublicKey
  readonly from: Date
  readonly to: Date
  /** How long the key signs; the certificate holds until the last of what it signed has ended. */
  readonly signsTo: Date
  /** Where the authority publishes what it has revoked. */
  readonly revocationLists?: readonly string[]
}

/** Who signs: its name as it stands in its own certificate, byte for byte. */
export type Issuer = { readonly name: Uint8Array; readonly key: SigningKey }

/** The first 160 bits of SHA-256 of the bits of the key (RFC 7093, section 2, method 1). */
export function keyIdentifier({ info }: Pick<ChipPublicKey, 'info'>): Uint8Array {
  const cursor = inSequence(info, 'public key')
  cursor.take(0x30)
  return Uint8Array.from(
    createHash('sha256')
      .update(readBits(cursor.take(0x03), 'public key'))
      .digest()
      .subarray(0, 20),
  )
}

export const extension = (id: string, value: Uint8Array, critical?: 'critical'): Uint8Array =>
  sequence(objectIdentifier(id), ...(critical ? [trueValue()] : []), octets(value))

/** Bits of key usage: 0 signs documents, 5 certificates, 6 lists of revoked ones (RFC 5280, section 4.2.1.3). */
const keyUsage = (profile: CertificateProfile): Uint8Array =>
  profile.kind === 'authority' || profile.kind === 'link' ? bits(Uint8Array.of(0x06), 1) : bits(Uint8Array.of(0x80), 7)

const generalizedTime = (at: Date) => Buffer.from(`${at.toISOString().replace(/[-:T]|\.\d+Z$/g, '')}Z`, 'latin1')
const distributionPoint = (address: string) =>
  sequence(element(0xa0, element(0xa0, element(0x86, Buffer.from(address, 'latin1')))))

/** The issuing state as the zone names it: 9303-12 demands it as an alternative name of subject and issuer. */
const alternativeName = (state: string): Uint8Array =>
  sequence(element(0xa4, sequence(setOf([sequence(objectIdentifier(objectIds.localityName), printableText(state))]))))

function extensionsOf(
  { profile, publicKey, issuingState, from, signsTo, revocationLists = [] }: NewCertificate,
  issuer: Issuer,
): Uint8Array {
  const isAuthority = profile.kind === 'authority' || profile.kind === 'link'
  const period = sequence(element(0x80, generalizedTime(from)), element(0x81, generalizedTime(signsTo)))
  const authorityKeyId = sequence(element(0x80, keyIdentifier(issuer.key.publicKey)))
  return sequence(
    extension(objectIds.authorityKeyIdentifier, authorityKeyId),
    extension(objectIds.subjectKeyIdentifier, octets(keyIdentifier(publicKey))),
    extension(objectIds.keyUsage, keyUsage(profile), 'critical'),
    extension(objectIds.privateKeyUsagePeriod, period),
    extension(objectIds.subjectAltName, alternativeName(issuingState)),
    extension(objectIds.issuerAltName, alternativeName(issuingState)),
    ...(isAuthority ? [extension(objectIds.basicConstraints, sequence(trueValue(), integer(0)), 'critical')] : []),
    ...(profile.kind === 'master-list-signer'
      ? [extension(objectIds.extendedKeyUsage, sequence(objectIdentifier(objectIds.masterListSigner)), 'critical')]
      : []),
    ...(revocationLists.length > 0
      ? [extension(objectIds.crlDistributionPoints, sequence(...revocationLists.map(distributionPoint)))]
      : []),
    ...(profile.kind === 'document-signer'
      ? [extension(objectIds.documentTypes, sequence(integer(0), setOf(profile.documentTypes.map(printableText))))]
      : []),
  )
}

/** What is signed, its algorithm, the signature. */
export async function signed(content: Uint8Array, { algorithm, sign }: SigningKey): Promise<Uint8Array<ArrayBuffer>> {
  return sequence(content, algorithm, bits(await sign(content)))
}

/** Sixteen random bytes, the first of which is not nought (ICAO 9303-12, table 5: at most 20 octets). */
export const newSerial = (): Uint8Array => {
  const serial = randomBytes(16)
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40
  return serial
}

/** Issues a certificate; that of an authority is signed by its own key. DER. */
export function issueCertificate(asked: NewCertificate, issuer: Issuer): Promise<Uint8Array<ArrayBuffer>> {
  const subject = nameBytes(asked.subject)
  const content = sequence(
    element(0xa0, integer(2)),
    unsignedInteger(newSerial()),
    issuer.key.algorithm,
    issuer.name,
    sequence(time(asked.from), time(asked.to)),
    subject,
    asked.publicKey.info,
    element(0xa3, extensionsOf(asked, issuer)),
  )
  return signed(content, issuer.key)
}
