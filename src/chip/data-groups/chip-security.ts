import {
  Cursor,
  elementsIn,
  inSequence,
  onlyElement,
  readInteger,
  readObjectIdentifier,
  readSmallInteger,
  refuseNonCanonical,
} from '../der/read.ts'
import { element, integer, objectIdentifier, sequence, setOf } from '../der/write.ts'
import { type ChipPublicKey, readPublicKey } from '../keys/public-key.ts'
import { objectIds } from '../object-ids.ts'
import { groupTag } from './files.ts'

/** What a chip can do to prove itself and to protect its line (ICAO 9303-11, section 9.2). */
export type SecurityInfo =
  | {
      readonly kind: 'pace'
      readonly protocol: string
      readonly version: number
      readonly parameterId: number | undefined
    }
  | {
      readonly kind: 'chip-authentication'
      readonly protocol: string
      readonly version: number
      readonly keyId: bigint | undefined
    }
  | { readonly kind: 'chip-key'; readonly publicKey: ChipPublicKey; readonly keyId: bigint | undefined }
  | { readonly kind: 'active-authentication'; readonly version: number; readonly signature: string }
  | { readonly kind: 'other'; readonly protocol: string }

/** Protocols of TR-03110-3 with AES of 128 bits, which ICAO 9303-11 recommends (tables 4 and 8). */
export const writtenProtocols = {
  pace: `${objectIds.pace}.2.2`,
  paceWithChipAuthentication: `${objectIds.pace}.6.2`,
  chipAuthentication: `${objectIds.chipAuthenticationEcdh}.2`,
  activeAuthentication: `${objectIds.plainEcdsa}.3`,
} as const

const writtenKeyId = (keyId: bigint | undefined) => (keyId === undefined ? [] : [integer(keyId)])

function writeInfo(info: SecurityInfo): Uint8Array<ArrayBuffer> {
  if (info.kind === 'pace') {
    const parameter = info.parameterId === undefined ? [] : [integer(info.parameterId)]
    return sequence(objectIdentifier(info.protocol), integer(info.version), ...parameter)
  }
  if (info.kind === 'chip-authentication')
    return sequence(objectIdentifier(info.protocol), integer(info.version), ...writtenKeyId(info.keyId))
  if (info.kind === 'chip-key')
    return sequence(objectIdentifier(objectIds.chipPublicKeyEcdh), info.publicKey.info, ...writtenKeyId(info.keyId))
  if (info.kind === 'active-authentication')
    return sequence(
      objectIdentifier(objectIds.activeAuthentication),
      integer(info.version),
      objectIdentifier(info.signature),
    )
  throw new Error(`nothing is written of the protocol ${info.protocol}`)
}

/** SecurityInfos, as EF.CardAccess holds them and DG14 too. */
export const writeSecurityInfos = (infos: readonly SecurityInfo[]): Uint8Array<ArrayBuffer> =>
  setOf(infos.map(writeInfo))

export const writeSecurityGroup = (infos: readonly SecurityInfo[]): Uint8Array<ArrayBuffer> =>
  element(groupTag(14), writeSecurityInfos(infos))

const isBelow = (id: string, parent: string) => id.startsWith(`${parent}.`)

function readInfo(bytes: Uint8Array): SecurityInfo {
  const cursor = inSequence(bytes, 'security info')
  const protocol = readObjectIdentifier(cursor.take(0x06))
  if (isBelow(protocol, objectIds.pace) && protocol.split('.').length > objectIds.pace.split('.').length + 1) {
    const version = readSmallInteger(cursor.take(0x02), 'version of PACE')
    const parameter = cursor.maybe(0x02)
    cursor.end()
    return {
      kind: 'pace',
      protocol,
      version,
      parameterId: parameter && readSmallInteger(parameter, 'parameters of PACE'),
    }
  }
  if (isBelow(protocol, objectIds.chipAuthenticationEcdh) || isBelow(protocol, objectIds.chipAuthenticationDh)) {
    const version = readSmallInteger(cursor.take(0x02), 'version of chip authentication')
    const keyId = cursor.maybe(0x02)
    cursor.end()
    return { kind: 'chip-authentication', protocol, version, keyId: keyId && readInteger(keyId) }
  }
  if (protocol === objectIds.chipPublicKeyEcdh) {
    const publicKey = readPublicKey(cursor.take(0x30).bytes)
    const keyId = cursor.maybe(0x02)
    cursor.end()
    return { kind: 'chip-key', publicKey, keyId: keyId && readInteger(keyId) }
  }
  if (protocol === objectIds.activeAuthentication) {
    const version = readSmallInteger(cursor.take(0x02), 'version of active authentication')
    const signature = readObjectIdentifier(cursor.take(0x06))
    cursor.end()
    return { kind: 'active-authentication', version, signature }
  }
  return { kind: 'other', protocol }
}

/** Throws Malformed. */
export function readSecurityInfos(set: Uint8Array): readonly SecurityInfo[] {
  refuseNonCanonical(set)
  return elementsIn(onlyElement(set, 0x31).content).map(({ bytes }) => readInfo(bytes))
}

/** Throws Malformed. */
export const readSecurityGroup = (file: Uint8Array): readonly SecurityInfo[] =>
  readSecurityInfos(onlyElement(file, groupTag(14)).content)

/** DG15: the key with which the chip answers challenges (ICAO 9303-10, section 4.7.15). */
export const writeActiveKeyGroup = ({ info }: Pick<ChipPublicKey, 'info'>): Uint8Array<ArrayBuffer> =>
  element(groupTag(15), info)

/** Throws Malformed. */
export function readActiveKeyGroup(file: Uint8Array): ChipPublicKey {
  const { content } = onlyElement(file, groupTag(15))
  refuseNonCanonical(content)
  return readPublicKey(content)
}

/** The members of EF.CardAccess that DG14 lacks: no signature covers EF.CardAccess, and DG14 has each of them too. */
export function unsignedAccess(cardAccess: Uint8Array, group14: Uint8Array): number {
  refuseNonCanonical(cardAccess)
  const signed = elementsIn(onlyElement(onlyElement(group14, groupTag(14)).content, 0x31).content)
  const known = new Set(signed.map(({ bytes }) => Buffer.from(bytes).toString('hex')))
  const access = new Cursor(onlyElement(cardAccess, 0x31).content, 'EF.CardAccess')
  let missing = 0
  for (let one = access.any(); one; one = access.any())
    if (!known.has(Buffer.from(one.bytes).toString('hex'))) missing++
  return missing
}

/** The keys of a chip that two lists of it name alike and give differently: one of them is another chip's. */
export const differentChipKeys = (ours: readonly SecurityInfo[], others: readonly SecurityInfo[]): number =>
  chipKeysIn(ours).filter(one =>
    chipKeysIn(others).some(
      other => one.keyId === other.keyId && one.curve === other.curve && Buffer.compare(one.point, other.point) !== 0,
    ),
  ).length

const chipKeysIn = (infos: readonly SecurityInfo[]) =>
  infos.flatMap(info =>
    info.kind === 'chip-key' && info.publicKey.kind === 'ec' ? [{ keyId: info.keyId, ...info.publicKey }] : [],
  )

/** The ways of PACE that are signed in DG14 and that EF.CardAccess does not offer. */
export const withheldAccess = (offered: readonly SecurityInfo[], signed: readonly SecurityInfo[]): number => {
  const waysOf = (infos: readonly SecurityInfo[]) =>
    infos.flatMap(info => (info.kind === 'pace' ? [`${info.protocol} ${info.parameterId}`] : []))
  const known = new Set(waysOf(offered))
  return waysOf(signed).filter(way => !known.has(way)).length
}
