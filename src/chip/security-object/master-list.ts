import { type ChipCertificate, readCertificate } from '../certificates/certificate.ts'
import { authorityFault, findAuthority } from '../certificates/chain.ts'
import { elementsIn, inSequence, Malformed, readSmallInteger } from '../der/read.ts'
import { integer, sequence, setOf } from '../der/write.ts'
import { chipLimits } from '../law.ts'
import { objectIds } from '../object-ids.ts'
import { isDataSignedBy, readSignedData, type SignerOfData, signData, signerOf } from './signed-data.ts'

/** A list of the authorities that a country trusts, signed on behalf of its own (ICAO 9303-12, section 9). */
export type MasterList = {
  readonly authorities: readonly ChipCertificate[]
  /** Certificates in the list that are not those of an authority, with the reason. */
  readonly rejected: readonly { readonly certificate: ChipCertificate; readonly why: string }[]
  readonly signer: ChipCertificate
  readonly madeAt: Date | undefined
}

/** The signer's certificate, and that of the authority which issued it, go with the list. DER. */
export function signMasterList(
  authorities: readonly ChipCertificate[],
  signer: SignerOfData,
  authority: ChipCertificate,
  signedAt: Date,
): Promise<Uint8Array<ArrayBuffer>> {
  const content = sequence(integer(0), setOf(authorities.map(({ bytes }) => bytes)))
  return signData({ contentType: objectIds.masterList, content, signedAt }, signer, [authority.bytes])
}

/**
 * Reads a master list that somebody signed on behalf of a trusted authority. Throws Malformed; also where the signature
 * is wrong or nobody vouches for its signer.
 */
export function readMasterList(
  bytes: Uint8Array,
  anchors: readonly ChipCertificate[],
  links: readonly ChipCertificate[] = [],
): MasterList {
  if (bytes.length > chipLimits.masterList) throw new Malformed(`a master list has ${bytes.length} bytes`)
  const data = readSignedData(bytes)
  if (data.contentType !== objectIds.masterList) throw new Malformed('it is no master list')
  const signer = signerOf(data)
  if (!signer) throw new Malformed('the certificate of the signer of the master list is missing')
  if (!isDataSignedBy(data, signer)) throw new Malformed('the signature of the master list is wrong')
  if (!signer.extensions.extendedKeyUsage.includes(objectIds.masterListSigner))
    throw new Malformed('the signer of the master list may not sign master lists')
  if (!findAuthority(signer, anchors, links))
    throw new Malformed('no trusted authority vouches for the signer of the master list')

  const cursor = inSequence(data.content, 'master list')
  if (readSmallInteger(cursor.take(0x02), 'version of the master list') !== 0)
    throw new Malformed('its version is not known')
  const listed = elementsIn(cursor.take(0x31).content)
  cursor.end()
  if (listed.length > chipLimits.listedCertificates)
    throw new Malformed(`a master list has ${listed.length} certificates`)
  const certificates = listed.map(one => readCertificate(one.bytes))
  const rejected = certificates.flatMap(certificate => {
    const why = authorityFault(certificate)
    return why ? [{ certificate, why }] : []
  })
  return {
    authorities: certificates.filter(certificate => !authorityFault(certificate)),
    rejected,
    signer,
    madeAt: data.signedAt,
  }
}
