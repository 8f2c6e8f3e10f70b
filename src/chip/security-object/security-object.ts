import {
  Cursor,
  elementsIn,
  inSequence,
  Malformed,
  onlyElement,
  placeIn,
  readSmallInteger,
  readText,
} from '../der/read.ts'
import { element, integer, octets, printableText, sequence } from '../der/write.ts'
import { type Digest, digestAlgorithm, digestLengths, digestOf, readDigest } from '../keys/signature.ts'
import { chipLimits } from '../law.ts'
import { objectIds } from '../object-ids.ts'
import { readSignedData, type SignedData, type SignerOfData, signData } from './signed-data.ts'

/** EF.SOD: the digests of all data groups, signed by a document signer (ICAO 9303-10, section 4.6.2). */
export type SecurityObject = {
  readonly data: SignedData
  readonly digest: Digest
  readonly digests: ReadonlyMap<number, Uint8Array>
  /** Since version 1.8 of the logical data structure what EF.COM says is signed too. */
  readonly version: { readonly lds: string; readonly unicode: string } | undefined
}

const securityObjectTag = 0x77

/** The version of the logical data structure and of Unicode that we write (ICAO 9303-10, section 4.6.1). */
export const writtenVersion = { lds: '0108', unicode: '040000' } as const

/** Signs the data groups of one chip: their files by their numbers. The file EF.SOD. */
export async function signDataGroups(
  groups: ReadonlyMap<number, Uint8Array>,
  signer: SignerOfData,
  signedAt?: Date,
): Promise<Uint8Array<ArrayBuffer>> {
  const { digest } = signer.key
  const digests = [...groups]
    .toSorted(([a], [b]) => a - b)
    .map(([number, file]) => sequence(integer(number), octets(digestOf(digest, file))))
  const content = sequence(
    integer(1),
    digestAlgorithm(digest),
    sequence(...digests),
    sequence(printableText(writtenVersion.lds), printableText(writtenVersion.unicode)),
  )
  const contentType = objectIds.ldsSecurityObject
  return element(securityObjectTag, await signData({ contentType, content, ...(signedAt && { signedAt }) }, signer))
}

function readDigests(list: Uint8Array, digest: Digest): ReadonlyMap<number, Uint8Array> {
  const found = new Map<number, Uint8Array>()
  for (const { bytes } of elementsIn(list)) {
    const cursor = inSequence(bytes, 'digest of a data group')
    const number = readSmallInteger(cursor.take(0x02), 'number of a data group')
    const value = cursor.take(0x04).content
    cursor.end()
    if (number < 1 || number > chipLimits.dataGroups) throw new Malformed(`there is no data group ${number}`)
    if (found.has(number)) throw new Malformed(`the data group ${number} has two digests`)
    if (value.length !== digestLengths[digest])
      throw new Malformed(`the digest of data group ${number} is too short or long`)
    found.set(number, value)
  }
  return found
}

/** Reads EF.SOD; whether it is to be believed is another question. Throws Malformed. */
export function readSecurityObject(file: Uint8Array): SecurityObject {
  if (file.length > chipLimits.securityObject) throw new Malformed(`EF.SOD has ${file.length} bytes`)
  const inside = onlyElement(file, securityObjectTag).content
  const data = readSignedData(inside)
  if (data.contentType !== objectIds.ldsSecurityObject) throw new Malformed('what is signed is no security object')
  const cursor = inSequence(data.content, 'security object')
  const version = readSmallInteger(cursor.take(0x02), 'version of the security object')
  const digest = readDigest(cursor.take(0x30))
  const digests = readDigests(cursor.take(0x30).content, digest)
  const versionInfo = version === 1 ? new Cursor(cursor.take(0x30).content, 'version of the data structure') : undefined
  cursor.end()
  if (version > 1) throw new Malformed(`a security object of version ${version} is not known`)
  const [lds, unicode] = [versionInfo?.take(0x13), versionInfo?.take(0x13)]
  versionInfo?.end()
  const before = placeIn(file, inside).from
  return {
    data: {
      ...data,
      unsignedParts: data.unsignedParts.map(({ part, from, to }) => ({ part, from: before + from, to: before + to })),
    },
    digest,
    digests,
    version: lds && unicode && { lds: readText(lds), unicode: readText(unicode) },
  }
}

/** The data groups whose files are other than those that were signed. */
export const changedGroups = (object: SecurityObject, files: ReadonlyMap<number, Uint8Array>): readonly number[] =>
  [...files]
    .filter(([number, file]) => {
      const signed = object.digests.get(number)
      return !signed || !digestOf(object.digest, file).equals(signed)
    })
    .map(([number]) => number)
