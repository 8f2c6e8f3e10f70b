import {
  Cursor,
  Malformed,
  onlyElement,
  readInteger,
  readSmallInteger,
  readTime,
  refuseNonCanonical,
} from '../der/read.ts'
import { element, integer, sequence, time } from '../der/write.ts'
import { isSignatureRight, type SignatureScheme } from '../keys/signature.ts'
import { chipLimits } from '../law.ts'
import { objectIds } from '../object-ids.ts'
import {
  type ChipCertificate,
  readAuthorityKeyId,
  readRawExtensions,
  readSigned,
  refuseOtherAlgorithm,
} from './certificate.ts'
import { extension, type Issuer, keyIdentifier, signed } from './issue-certificate.ts'

/** Which certificates an authority has revoked (RFC 5280, section 5; ICAO 9303-12, section 7.2). */
export type RevocationList = {
  readonly bytes: Uint8Array
  readonly signed: Uint8Array
  readonly issuer: Uint8Array
  readonly madeAt: Date
  readonly nextAt: Date | undefined
  readonly number: bigint | undefined
  /** Which key of the authority signed it. */
  readonly authorityKeyId: Uint8Array | undefined
  readonly revoked: ReadonlyMap<bigint, Date>
  readonly scheme: SignatureScheme
  readonly signature: Uint8Array
}

export type Revocation = { readonly serial: bigint; readonly at: Date }

/** Issues a list. `number` grows with each. DER. */
export function issueRevocationList(
  {
    number,
    at,
    next,
    revoked,
  }: { readonly number: number; readonly at: Date; readonly next: Date; readonly revoked: readonly Revocation[] },
  issuer: Issuer,
): Promise<Uint8Array<ArrayBuffer>> {
  const entries = revoked.map(one => sequence(integer(one.serial), time(one.at)))
  const content = sequence(
    integer(1),
    issuer.key.algorithm,
    issuer.name,
    time(at),
    time(next),
    ...(entries.length > 0 ? [sequence(...entries)] : []),
    element(0xa0, [
      sequence(
        extension(objectIds.authorityKeyIdentifier, sequence(element(0x80, keyIdentifier(issuer.key.publicKey)))),
        extension(objectIds.revocationListNumber, integer(number)),
      ),
    ]),
  )
  return signed(content, issuer.key)
}

function readEntries(list: Uint8Array): ReadonlyMap<bigint, Date> {
  const cursor = new Cursor(list, 'list of revoked certificates')
  const found = new Map<bigint, Date>()
  for (let entry = cursor.any(); entry; entry = cursor.any()) {
    const parts = new Cursor(entry.content, 'revoked certificate')
    const serial = readInteger(parts.take(0x02))
    const at = parts.any()
    if (!at) throw new Malformed('a revoked certificate lacks its day')
    const extensions = parts.maybe(0x30)
    parts.end()
    if (extensions && readRawExtensions(extensions.bytes).some(({ isCritical }) => isCritical))
      throw new Malformed('a revoked certificate has a critical extension that is not known')
    found.set(serial, readTime(at))
  }
  return found
}

/** Reads a list in its one encoding. Throws Malformed. */
export function readRevocationList(bytes: Uint8Array): RevocationList {
  if (bytes.length > chipLimits.revocationList)
    throw new Malformed(`a list of revoked certificates has ${bytes.length} bytes`)
  refuseNonCanonical(bytes)
  const { signed: content, algorithm, signature, scheme } = readSigned(bytes, 'list of revoked certificates')
  const cursor = new Cursor(content.content, 'list of revoked certificates')
  if (readSmallInteger(cursor.take(0x02), 'version') !== 1)
    throw new Malformed('a list of revoked certificates is not of version 2')
  refuseOtherAlgorithm(cursor.take(0x30), algorithm, 'list of revoked certificates')
  const issuer = cursor.take(0x30).bytes
  const madeAt = cursor.any()
  if (!madeAt) throw new Malformed('a list of revoked certificates lacks its day')
  const nextAt = cursor.maybe(0x17) ?? cursor.maybe(0x18)
  const entries = cursor.maybe(0x30)
  const extensions = cursor.maybe(0xa0)
  cursor.end()
  const raw = extensions ? readRawExtensions(onlyElement(extensions.content, 0x30).bytes) : []
  const strange = raw.find(({ isCritical }) => isCritical)
  if (strange) throw new Malformed(`a list of revoked certificates has the critical extension ${strange.id}`)
  const number = raw.find(({ id }) => id === objectIds.revocationListNumber)
  const keyId = raw.find(({ id }) => id === objectIds.authorityKeyIdentifier)
  return {
    bytes,
    signed: content.bytes,
    issuer,
    madeAt: readTime(madeAt),
    nextAt: nextAt && readTime(nextAt),
    number: number && readInteger(onlyElement(number.value, 0x02)),
    authorityKeyId: keyId && readAuthorityKeyId(keyId.value),
    revoked: entries ? readEntries(entries.content) : new Map(),
    scheme,
    signature,
  }
}

export const isListSignedBy = (list: RevocationList, { publicKey }: ChipCertificate): boolean =>
  isSignatureRight(list.scheme, publicKey, list.signed, list.signature)
