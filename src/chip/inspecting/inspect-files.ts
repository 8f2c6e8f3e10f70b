import type { ChipCertificate } from '../certificates/certificate.ts'
import { type Chain, checkRevocation, findChain, type RevocationCheck } from '../certificates/chain.ts'
import { isSameName, nameText } from '../certificates/name.ts'
import type { RevocationList } from '../certificates/revocation-list.ts'
import {
  readActiveKeyGroup,
  readSecurityGroup,
  readSecurityInfos,
  type SecurityInfo,
  unsignedAccess,
  withheldAccess,
} from '../data-groups/chip-security.ts'
import { readCommonData } from '../data-groups/common.ts'
import { type FaceImage, readFaceGroup } from '../data-groups/face.ts'
import { type NationalData, type PersonDetails, readNationalGroup, readPersonGroup } from '../data-groups/person.ts'
import { readZoneGroup } from '../data-groups/zone.ts'
import { Malformed } from '../der/read.ts'
import { digestOf, schemeName } from '../keys/signature.ts'
import { chipLimits } from '../law.ts'
import { readCardSecurity } from '../security-object/card-security.ts'
import { changedGroups, readSecurityObject, type SecurityObject } from '../security-object/security-object.ts'
import { isDataSignedBy, type SignedData, signerOf } from '../security-object/signed-data.ts'
import {
  type ChipCheck,
  type ChipCheckName,
  type ChipCheckOutcome,
  chipChecks,
  failed,
  notDone,
  passed,
} from './check.ts'
import { zoneFault } from './zone-check.ts'

/** Whom the reader trusts, and what it knows of revoked signers. */
export type Trust = {
  readonly anchors: readonly ChipCertificate[]
  readonly links?: readonly ChipCertificate[]
  readonly revocationLists: readonly RevocationList[]
  /** Certificates of signers that came with the chip: where its security object lacks its own, and to compare. */
  readonly signers?: readonly ChipCertificate[]
  readonly now: Date
}

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
  /** Parts that no signature covers: whatever stands in them proves nothing. */
  readonly unsignedParts: readonly string[]
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

/** The value of something that is read, or why it cannot be. */
type Read<T> = { readonly value: T } | { readonly fault: string } | undefined

function read<T>(file: Uint8Array | undefined, how: (file: Uint8Array) => T): Read<T> {
  if (!file) return undefined
  if (file.length > chipLimits.file) return { fault: `it has ${file.length} bytes` }
  try {
    return { value: how(file) }
  } catch (error) {
    if (error instanceof Malformed) return { fault: error.message }
    throw error
  }
}

const valueIn = <T>(found: Read<T>): T | undefined => (found && 'value' in found ? found.value : undefined)
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

/** Days as people read them. */
const dayOf = (at: Date) => at.toISOString().slice(0, 10)

/** The signer and the authority hold today, and the signer's key was in use when it signed. */
function checkValidity(
  signer: ChipCertificate,
  authority: ChipCertificate | undefined,
  signedAt: Date | undefined,
  now: Date,
): ChipCheckOutcome {
  const certificates = [['the signer', signer], ...(authority ? [['the authority', authority] as const] : [])] as const
  for (const [name, { from, to }] of certificates)
    if (now < from || now > to) return failed(`the certificate of ${name} holds from ${dayOf(from)} to ${dayOf(to)}`)
  const { signsFrom, signsTo } = signer.extensions
  if (signedAt && ((signsFrom && signedAt < signsFrom) || (signsTo && signedAt > signsTo)))
    return failed(`it was signed on ${dayOf(signedAt)}, when the key of the signer was not in use`)
  return passed(
    `the signer holds to ${dayOf(signer.to)}${authority ? `, the authority to ${dayOf(authority.to)}` : ''}`,
  )
}

const readable = <T>(found: Read<T>, missing: string, say: (value: T) => ChipCheckOutcome): ChipCheckOutcome => {
  if (!found) return notDone(missing)
  return 'fault' in found ? failed(found.fault) : say(found.value)
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

/** Whether another certificate claims to be the signer's: of its key, or of its serial number. */
const claimsToBe = ({ issuer, serial, extensions }: ChipCertificate, other: ChipCertificate): boolean => {
  const keyId = Buffer.from(extensions.subjectKeyId ?? []).toString('hex')
  const isSameKey = keyId !== '' && Buffer.from(other.extensions.subjectKeyId ?? []).toString('hex') === keyId
  return isSameKey || (serial === other.serial && isSameName(issuer, other.issuer))
}

function checkSigner(
  signer: ChipCertificate | undefined,
  chain: Chain | undefined,
  others: readonly ChipCertificate[] = [],
): ChipCheckOutcome {
  if (!signer || !chain) return notDone('there is no signer')
  if (others.some(other => claimsToBe(signer, other) && Buffer.compare(other.bytes, signer.bytes) !== 0))
    return failed('the certificate that was brought for the signer is another than the one on the chip')
  if (chain.outcome === 'trusted')
    return passed(`${nameText(signer.subject)}, below ${nameText(chain.authority.subject)}`)
  return chain.outcome === 'wrong' ? failed(chain.why) : notDone(chain.why)
}

function checkRevoked(found: RevocationCheck | undefined): ChipCheckOutcome {
  if (!found) return notDone('there is no trusted authority')
  if ('why' in found) return found.outcome === 'wrong' ? failed(found.why) : notDone(found.why)
  if (found.outcome === 'revoked') return failed('the signer is revoked')
  return passed(`not revoked by the list of ${dayOf(found.listMadeAt)}${found.isOld ? ', which is out of date' : ''}`)
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

/** Who signed, and who vouches for that. */
function findSigner(data: SignedData | undefined, trust: Trust) {
  const signer = data && signerOf(data, trust.signers)
  const chain = signer && findChain(signer, trust.anchors, trust.links)
  const authority = chain?.outcome === 'trusted' ? chain.authority : undefined
  const keys = chain?.outcome === 'trusted' ? chain.keys : []
  const revocation = signer && authority && checkRevocation(signer, keys, trust.revocationLists, trust.now)
  const algorithm = data && signer && schemeName(data.scheme, signer.publicKey, data.digest)
  return { signer, chain, authority, revocation, algorithm }
}

/** EF.CardSecurity has a signature of its own, of a signer that need not be that of the security object. */
export function checkCardSecurity(file: Uint8Array | undefined, trust: Trust): ChipCheckOutcome {
  return readable(read(file, readCardSecurity), 'there is no EF.CardSecurity', ({ data }) => {
    const { signer, chain, authority, revocation, algorithm } = findSigner(data, trust)
    if (!signer || !algorithm) return failed('the certificate of its signer is missing')
    if (!isDataSignedBy(data, signer)) return failed('its signature is not that of its signer')
    if (chain?.outcome !== 'trusted') return checkSigner(signer, chain)
    const revoked = checkRevoked(revocation)
    const validity = checkValidity(signer, authority, data.signedAt, trust.now)
    const wrong = [revoked, validity].find(({ outcome }) => outcome === 'failed')
    return wrong ?? passed(algorithm)
  })
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
  const { signer, chain, authority, revocation, algorithm } = findSigner(object?.data, trust)
  const signedAt = object?.data.signedAt
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
    signer: checkSigner(signer, chain, trust.signers),
    revocation: checkRevoked(revocation),
    validity: signer ? checkValidity(signer, authority, signedAt, trust.now) : notDone('there is no signer'),
    ...checkContents(files, groups),
    'card-security': checkCardSecurity(files.cardSecurity, trust),
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
    unsignedParts: object?.data.unsignedParts ?? [],
    securityObject: files.securityObject && hexDigest(files.securityObject),
    provedKey: isOriginal && by ? { by, group: keyGroup && hexDigest(keyGroup) } : undefined,
  }
}
