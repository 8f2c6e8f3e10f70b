import { nameText } from '../certificates/name.ts'
import {
  differentChipKeys,
  readActiveKeyGroup,
  readSecurityGroup,
  readSecurityInfos,
  type SecurityInfo,
  unsignedAccess,
  withheldAccess,
} from '../data-groups/chip-security.ts'
import { readCommonData, versionsPlace } from '../data-groups/common.ts'
import { type FaceImage, readFaceGroup } from '../data-groups/face.ts'
import { type NationalData, type PersonDetails, readNationalGroup, readPersonGroup } from '../data-groups/person.ts'
import { readZoneGroup } from '../data-groups/zone.ts'
import { digestOf } from '../keys/signature.ts'
import type { CardSecurity } from '../security-object/card-security.ts'
import { changedGroups, readSecurityObject, type SecurityObject } from '../security-object/security-object.ts'
import { isDataSignedBy, type UnsignedPart } from '../security-object/signed-data.ts'
import {
  type ChipCheck,
  type ChipCheckName,
  type ChipCheckOutcome,
  chipChecks,
  failed,
  notDone,
  passed,
} from './check.ts'
import { type Read, read, readable, valueIn } from './readable.ts'
import {
  checkRevoked,
  checkSigner,
  checkValidity,
  findSigner,
  inspectCardSecurity,
  type Trust,
} from './signer-checks.ts'
import { zoneFault } from './zone-check.ts'

/** The files of a chip as they were read: by number for data groups. */
export type FilesRead = {
  readonly common?: Uint8Array | undefined
  readonly securityObject?: Uint8Array | undefined
  readonly cardAccess?: Uint8Array | undefined
  readonly cardSecurity?: Uint8Array | undefined
  readonly groups: ReadonlyMap<number, Uint8Array>
}

/** What a chip says. It is to be believed only as far as the checks passed. */
export type ChipReading = {
  readonly checks: readonly ChipCheck[]
  /** Whether what was read is what a trusted country signed; that the chip is no copy is another question. */
  readonly isGenuine: boolean
  /** Whether the chip proved on top of that that it is no copy: the files alone never do. */
  readonly isOriginal: boolean
  readonly zone: readonly string[] | undefined
  readonly portrait: FaceImage | undefined
  readonly person: PersonDetails | undefined
  readonly national: NationalData | undefined
  readonly signer: { readonly name: string; readonly algorithm: string; readonly serial: string } | undefined
  readonly authority: string | undefined
  readonly signedAt: Date | undefined
  /** Parts of its files that no signature covers: whatever stands in them proves nothing. */
  readonly unsignedParts: readonly (UnsignedPart & { readonly file: string })[]
  /** The certificates and lists of which the outcome is made, DER. */
  readonly restsOn: readonly Uint8Array[]
  /** SHA-256 of EF.SOD as it was read, hexadecimal: names one chip among all that were signed. */
  readonly securityObject: string | undefined
  /** The key that the chip proved: it has the secret of that key, which no copy of its files has. */
  readonly provedKey: ProvedKey | undefined
}

export const chipProofs = ['active-authentication', 'chip-authentication'] as const
export type ChipProof = (typeof chipProofs)[number]

/**
 * `group`: SHA-256, hexadecimal, of the data group that has the key, DG15 of the former, DG14 of the latter; undefined
 * where EF.CardSecurity alone has it.
 */
export type ProvedKey = { readonly by: ChipProof; readonly group: string | undefined }

const groupNames = (groups: readonly number[]) => groups.map(group => `DG${group}`).join(', ')

/** EF.COM is unsigned; what it says must be what the security object says. */
function checkCommonData(
  found: Read<ReturnType<typeof readCommonData>>,
  object: SecurityObject | undefined,
): ChipCheckOutcome {
  if (!found)
    return object?.version ? passed('there is none; the security object has its versions') : notDone('it is not there')
  if ('fault' in found) return failed(found.fault)
  if (!object) return notDone('there is no security object to compare it with')
  const { lds, unicode, groups } = found.value
  const signed = [...object.digests.keys()]
  const differs = [...groups.filter(one => !object.digests.has(one)), ...signed.filter(one => !groups.includes(one))]
  if (differs.length > 0) return failed(`it and the security object differ about ${groupNames(differs)}`)
  if (object.version && (object.version.lds !== lds || object.version.unicode !== unicode))
    return failed('its versions are not those that were signed')
  const version = `version ${Number(lds.slice(0, 2))}.${Number(lds.slice(2))}`
  return passed(object.version ? version : `${version}, which the security object does not sign`)
}

function checkGroups(object: SecurityObject | undefined, groups: ReadonlyMap<number, Uint8Array>): ChipCheckOutcome {
  if (!object) return notDone('there is no security object')
  if (groups.size === 0) return notDone('no data group was read')
  const changed = changedGroups(object, groups)
  if (changed.length > 0) return failed(`not as they were signed: ${groupNames(changed)}`)
  const unread = [...object.digests.keys()].filter(group => !groups.has(group))
  const readGroups = `as signed: ${groupNames([...groups.keys()].toSorted((a, b) => a - b))}`
  return unread.length > 0 ? passed(`${readGroups}; not read: ${groupNames(unread)}`) : passed(readGroups)
}

/** What several groups say of the same must agree: number and name. */
function checkPerson(
  person: Read<PersonDetails>,
  national: Read<NationalData>,
  zone: readonly string[] | undefined,
): ChipCheckOutcome {
  for (const found of [person, national]) if (found && 'fault' in found) return failed(found.fault)
  const [own, country] = [valueIn(person), valueIn(national)]
  if (!own && !country) return notDone('neither DG11 nor DG13 was read')
  const numbers = [own?.personalNumber, country?.number].filter(number => number !== undefined)
  const isOnZone = (number: string) => !zone || zone.join('').includes(number)
  if (new Set(numbers).size > 1 || !numbers.every(isOnZone)) return failed('the data groups have different numbers')
  if (own?.fullName && country?.fullName && own.fullName !== country.fullName)
    return failed('the data groups have different names')
  return passed([...(own ? ['DG11'] : []), ...(country ? ['DG13'] : [])].join(', '))
}

/** EF.CardAccess is unsigned; a way of access that DG14 lacks may have been put there to weaken the line. */
function checkAccess({ cardAccess, groups }: FilesRead, security: Read<readonly SecurityInfo[]>): ChipCheckOutcome {
  const found = read(cardAccess, readSecurityInfos)
  if (!found) return notDone('there is no EF.CardAccess')
  if ('fault' in found) return failed(found.fault)
  const group = groups.get(14)
  if (!group || !cardAccess || !security || 'fault' in security)
    return notDone('there is no DG14 that signs EF.CardAccess')
  const missing = unsignedAccess(cardAccess, group)
  if (missing > 0) return failed(`${missing} ways of access are not in DG14, and so not signed`)
  const withheld = withheldAccess(found.value, security.value)
  // A weaker line than the chip can: somebody between may have taken the stronger way out of EF.CardAccess.
  return withheld > 0
    ? failed(`${withheld} ways of PACE that DG14 announces are not in EF.CardAccess`)
    : passed(`${found.value.filter(({ kind }) => kind === 'pace').length} ways of PACE, signed in DG14`)
}

const readGroups = ({ groups }: FilesRead) => ({
  zone: read(groups.get(1), readZoneGroup),
  face: read(groups.get(2), readFaceGroup),
  person: read(groups.get(11), readPersonGroup),
  national: read(groups.get(13), readNationalGroup),
  security: read(groups.get(14), readSecurityGroup),
  activeKey: read(groups.get(15), readActiveKeyGroup),
})

/** What the checks of the groups' contents say. */
function checkContents(
  files: FilesRead,
  { zone, face, person, national, security, activeKey }: ReturnType<typeof readGroups>,
) {
  return {
    zone: readable(zone, 'DG1 was not read', lines => {
      const fault = zoneFault(lines)
      return fault ? failed(fault) : passed(lines.join(' '))
    }),
    portrait: readable(face, 'there is no DG2', ({ form, width, height }) => passed(`${form}, ${width} × ${height}`)),
    person: checkPerson(person, national, valueIn(zone)),
    access: checkAccess(files, security),
    'active-authentication': readable(activeKey, 'there is no DG15', () => notDone('the chip itself is needed')),
    'chip-authentication': readable(security, 'there is no DG14', infos =>
      notDone(infos.some(({ kind }) => kind === 'chip-key') ? 'the chip itself is needed' : 'DG14 has no key for it'),
    ),
  }
}

/** Its signature names no chip: the one of another chip of the same signer would do, but for the keys in it. */
function checkOwnCardSecurity(
  { security, outcome }: ReturnType<typeof inspectCardSecurity>,
  group: Read<readonly SecurityInfo[]>,
): ChipCheckOutcome {
  if (outcome.outcome !== 'passed' || differentChipKeys(security?.infos ?? [], valueIn(group) ?? []) === 0)
    return outcome
  return failed('its key is another than that in DG14: it is of another chip')
}

/** What no signature covers, whatever the outcome. */
function unsignedPartsOf(
  { common, cardAccess, groups }: FilesRead,
  object: SecurityObject | undefined,
  cardSecurity: CardSecurity | undefined,
): ChipReading['unsignedParts'] {
  const named = (file: string, parts: readonly UnsignedPart[] = []) => parts.map(one => ({ file, ...one }))
  const versions = object && !object.version ? valueIn(read(common, versionsPlace)) : undefined
  return [
    ...named('EF.SOD', object?.data.unsignedParts),
    ...named('EF.CardSecurity', cardSecurity?.data.unsignedParts),
    ...named('EF.COM', versions && [{ part: 'versions', ...versions }]),
    ...(cardAccess && !groups.has(14)
      ? named('EF.CardAccess', [{ part: 'ways of access', from: 0, to: cardAccess.length }])
      : []),
  ]
}

/** Without these nothing that was read is proved. */
const mustPass: readonly ChipCheckName[] = ['signature', 'data-groups', 'signer', 'validity']

/** One of these tells a chip from a copy of its files. */
const provesChip: readonly ChipCheckName[] = chipProofs

const keyGroups: Readonly<Record<ChipProof, number>> = { 'active-authentication': 15, 'chip-authentication': 14 }
const hexDigest = (file: Uint8Array) => digestOf('sha256', file).toString('hex')

/**
 * Checks the files of a chip: passive authentication (ICAO 9303-11, section 5.1), and that the groups can be read and
 * agree. `live`: what was tried with the chip itself.
 */
export function inspectFiles(
  files: FilesRead,
  trust: Trust,
  live: Partial<Record<ChipCheckName, ChipCheckOutcome>> = {},
): ChipReading {
  const objectRead = read(files.securityObject, readSecurityObject)
  const object = valueIn(objectRead)
  const groups = readGroups(files)
  const found = findSigner(object?.data, trust)
  const { signer, authority, revocation, algorithm } = found
  const signedAt = object?.data.signedAt
  const cardSecurity = inspectCardSecurity(files.cardSecurity, trust)
  const filesAlone = notDone('the chip itself is needed')
  const outcomes: Record<ChipCheckName, ChipCheckOutcome> = {
    password: filesAlone,
    'secure-messaging': filesAlone,
    files: filesAlone,
    'common-data': checkCommonData(read(files.common, readCommonData), object),
    signature: readable(objectRead, 'there is no security object', ({ data }) => {
      if (!signer || !algorithm) return failed('the certificate of the signer is missing')
      return isDataSignedBy(data, signer) ? passed(algorithm) : failed('the signature is not that of the signer')
    }),
    'data-groups': checkGroups(object, files.groups),
    signer: checkSigner(found),
    revocation: checkRevoked(revocation),
    validity: signer ? checkValidity(signer, authority, signedAt, trust.now) : notDone('there is no signer'),
    ...checkContents(files, groups),
    'card-security': checkOwnCardSecurity(cardSecurity, groups.security),
    ...live,
  }
  const checks = chipChecks.map(check => ({ check, ...outcomes[check] }))
  const hasPassed = (check: ChipCheckName) => outcomes[check].outcome === 'passed'
  const isGenuine = mustPass.every(hasPassed) && checks.every(({ outcome }) => outcome !== 'failed')
  const isOriginal = isGenuine && provesChip.some(hasPassed)
  const by = chipProofs.find(hasPassed)
  const keyGroup = by && files.groups.get(keyGroups[by])
  return {
    checks,
    isGenuine,
    isOriginal,
    zone: valueIn(groups.zone),
    portrait: valueIn(groups.face),
    person: valueIn(groups.person),
    national: valueIn(groups.national),
    signer:
      signer && algorithm
        ? { name: nameText(signer.subject), algorithm, serial: signer.serial.toString(16) }
        : undefined,
    authority: authority && nameText(authority.subject),
    signedAt,
    unsignedParts: unsignedPartsOf(files, object, cardSecurity.security),
    restsOn: [...found.restsOn, ...cardSecurity.found.restsOn],
    securityObject: files.securityObject && hexDigest(files.securityObject),
    provedKey: isOriginal && by ? { by, group: keyGroup && hexDigest(keyGroup) } : undefined,
  }
}
