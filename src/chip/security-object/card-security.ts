import { readSecurityInfos, type SecurityInfo, writeSecurityInfos } from '../data-groups/chip-security.ts'
import { Malformed } from '../der/read.ts'
import { chipLimits } from '../law.ts'
import { objectIds } from '../object-ids.ts'
import { readSignedData, type SignedData, type SignerOfData, signData } from './signed-data.ts'

/**
 * EF.CardSecurity: the chip's own keys, signed by a document signer, in the root of the chip (ICAO 9303-11, section
 * 9.2.12). PACE with chip authentication mapping is checked with it.
 */
export type CardSecurity = { readonly data: SignedData; readonly infos: readonly SecurityInfo[] }

export const signCardSecurity = (
  infos: readonly SecurityInfo[],
  signer: SignerOfData,
  signedAt?: Date,
): Promise<Uint8Array<ArrayBuffer>> => {
  const contentType = objectIds.cardSecurityObject
  return signData({ contentType, content: writeSecurityInfos(infos), ...(signedAt && { signedAt }) }, signer)
}

/** Reads EF.CardSecurity; whether it is to be believed is another question. Throws Malformed. */
export function readCardSecurity(file: Uint8Array): CardSecurity {
  if (file.length > chipLimits.securityObject) throw new Malformed(`EF.CardSecurity has ${file.length} bytes`)
  const data = readSignedData(file)
  if (data.contentType !== objectIds.cardSecurityObject) throw new Malformed('what is signed are no security infos')
  return { data, infos: readSecurityInfos(data.content) }
}
