import { authenticateActively } from '../access/active-authentication.ts'
import { openByBasicAccess } from '../access/basic-access.ts'
import { agreeWithChip, chipAuthenticationName, chipAuthenticationWay } from '../access/chip-authentication.ts'
import { type CardConnection, ChipFault, type ChipLine, plainLine } from '../access/command.ts'
import { type ChipMappingProof, isMappingProved, openByPace, paceWayName, paceWays } from '../access/pace.ts'
import type { ChipPassword } from '../access/password.ts'
import { protectedLine, type SecureMessaging } from '../access/secure-messaging.ts'
import {
  readActiveKeyGroup,
  readSecurityGroup,
  readSecurityInfos,
  type SecurityInfo,
} from '../data-groups/chip-security.ts'
import { readCommonData } from '../data-groups/common.ts'
import { Malformed } from '../der/read.ts'
import { type ChipCheckName, type ChipCheckOutcome, failed, notDone, passed } from '../inspecting/check.ts'
import { type ChipReading, type FilesRead, inspectFiles } from '../inspecting/inspect-files.ts'
import { inspectCardSecurity, type Trust } from '../inspecting/signer-checks.ts'
import { chipLimits } from '../law.ts'
import { readCardSecurity } from '../security-object/card-security.ts'
import { readSecurityObject } from '../security-object/security-object.ts'
import { fileIds, groupFileId, readFileOnChip, selectApplication, selectRoot } from './files-on-chip.ts'

/**
 * Reads a chip: comes in a line to it and the password that its holder shows, decides nothing, goes out what the chip
 * says with the outcome of each check. The order is that of ICAO 9303-11, section 4.2: EF.CardAccess, PACE or basic
 * access, the application, its files; then the chip proves its own keys.
 */

type Live = Partial<Record<ChipCheckName, ChipCheckOutcome>>

/** The message of a fault of the chip; any other error is one of ours. */
function faultOf(error: unknown): string {
  if (error instanceof ChipFault || error instanceof Malformed) return error.message
  throw error
}

/** What a reading of bytes gives; undefined where they are absent or malformed, which the inspection tells. */
function readIfWell<T>(file: Uint8Array | undefined, how: (file: Uint8Array) => T): T | undefined {
  try {
    return file && how(file)
  } catch (error) {
    if (error instanceof Malformed) return undefined
    throw error
  }
}

type Opened = {
  readonly messaging: SecureMessaging
  readonly how: string
  readonly proof?: ChipMappingProof | undefined
}

/**
 * Opens a chip by the best way that it offers. One that offers PACE is opened by nothing else: whoever stands between
 * could break PACE off to be left with basic access.
 */
async function open(plain: ChipLine, infos: readonly SecurityInfo[], password: ChipPassword): Promise<Opened> {
  const ways = paceWays(infos)
  const [way] = ways
  if (way) {
    const isAmbiguous = ways.filter(({ protocol }) => protocol === way.protocol).length > 1
    return { ...(await openByPace(plain, way, password, { isAmbiguous })), how: paceWayName(way) }
  }
  if (infos.some(({ kind }) => kind === 'pace'))
    throw new ChipFault('refused', 'the chip offers no way of PACE that is known here')
  if (password.kind !== 'zone') throw new ChipFault('refused', 'without PACE an access number opens no chip')
  await selectApplication(plain)
  return { messaging: await openByBasicAccess(plain, password), how: 'basic access' }
}

/** The numbers of the groups that the chip or its security object names. */
function groupsNamed(common: Uint8Array | undefined, securityObject: Uint8Array | undefined): readonly number[] {
  const listed = readIfWell(common, readCommonData)?.groups ?? []
  const signed = readIfWell(securityObject, readSecurityObject)?.digests.keys() ?? []
  return [...new Set([...listed, ...signed])].toSorted((a, b) => a - b)
}

type FilesSoFar = {
  common?: Uint8Array
  securityObject?: Uint8Array
  cardAccess?: Uint8Array
  cardSecurity?: Uint8Array
  readonly groups: Map<number, Uint8Array>
}

/** Reads what the application has into `files`, and names the groups for others. Throws ChipFault, Malformed. */
async function readApplication(line: ChipLine, files: FilesSoFar): Promise<ChipCheckOutcome> {
  const { smallFile, securityObject } = chipLimits
  const named = new Map<string, Uint8Array | 'withheld' | undefined>()
  for (const [name, id, most] of [
    ['EF.COM', fileIds.common, smallFile],
    ['EF.SOD', fileIds.securityObject, securityObject],
  ] as const)
    named.set(name, await readFileOnChip(line, id, most))
  const [common, object] = [named.get('EF.COM'), named.get('EF.SOD')]
  if (common instanceof Uint8Array) files.common = common
  if (object instanceof Uint8Array) files.securityObject = object
  for (const group of groupsNamed(files.common, files.securityObject)) {
    const file = await readFileOnChip(line, groupFileId(group))
    named.set(`DG${group}`, file)
    if (file instanceof Uint8Array) files.groups.set(group, file)
  }
  const missing = [...named].filter(([, file]) => file === undefined).map(([name]) => name)
  const kept = [...named].filter(([, file]) => file === 'withheld').map(([name]) => name)
  if (missing.length > 0) return failed(`the chip has not what it names: ${missing.join(', ')}`)
  return passed(`${named.size - kept.length} files${kept.length > 0 ? `; for others alone: ${kept.join(', ')}` : ''}`)
}

/** Whether the chip proved, as PACE began, that it has the secret of one of these keys. */
const isProvedFor = (proof: ChipMappingProof, infos: readonly SecurityInfo[]): boolean =>
  infos.some(
    info =>
      info.kind === 'chip-key' &&
      info.publicKey.kind === 'ec' &&
      info.publicKey.curve.standardized === proof.parameterId &&
      isMappingProved(proof, info.publicKey.point),
  )

type ChipLines = { readonly connection: CardConnection; readonly line: ChipLine }

/**
 * Whether the key that the chip proved as PACE began is its own. One in DG14 is, by the signature over all files. One
 * that EF.CardSecurity alone has may be another chip's: a chip with a key in DG14 proves that too, and of one without
 * EF.CardSecurity must be signed by a trusted signer.
 */
async function checkMapping(
  { connection, line }: ChipLines,
  proof: ChipMappingProof,
  infos: readonly SecurityInfo[] | undefined,
  { cardSecurity }: FilesRead,
  trust: Trust,
): Promise<ChipCheckOutcome> {
  const byPace = `by PACE, ${proof.group.name}`
  if (infos && isProvedFor(proof, infos)) return passed(byPace)
  if (!isProvedFor(proof, readIfWell(cardSecurity, readCardSecurity)?.infos ?? []))
    return failed('the chip has not the secret of its key in EF.CardSecurity')
  if (infos && chipAuthenticationWay(infos)) return checkChipKey(connection, line, infos)
  const signed = inspectCardSecurity(cardSecurity, trust).outcome
  return signed.outcome === 'passed' ? passed(byPace) : { ...signed, detail: `EF.CardSecurity: ${signed.detail}` }
}

/** Lets the chip answer on a line whose keys only the secret of its key in DG14 gives. */
async function checkChipKey(
  connection: CardConnection,
  line: ChipLine,
  infos: readonly SecurityInfo[] | undefined,
): Promise<ChipCheckOutcome> {
  if (!infos) return notDone('there is no DG14')
  const way = chipAuthenticationWay(infos)
  if (!way) return notDone('DG14 has no key for it that is known here')
  const proved = protectedLine(connection, await agreeWithChip(line, way))
  const file = await readFileOnChip(proved, fileIds.common, chipLimits.smallFile)
  return file instanceof Uint8Array ? passed(chipAuthenticationName(way)) : failed('the chip fell silent afterwards')
}

async function outcomeOf(check: () => Promise<ChipCheckOutcome>): Promise<ChipCheckOutcome> {
  try {
    return await check()
  } catch (error) {
    return failed(faultOf(error))
  }
}

/** A group of keys that was signed and that the chip does not show: a copy would withhold it. */
const isWithheldKey = ({ securityObject, groups }: FilesRead, group: number): boolean =>
  !groups.has(group) && readIfWell(securityObject, readSecurityObject)?.digests.has(group) === true

/** What only the chip itself can prove. */
async function proveKeys(
  { connection, line, proof }: ChipLines & Pick<Opened, 'proof'>,
  files: FilesRead,
  trust: Trust,
): Promise<Live> {
  const infos = readIfWell(files.groups.get(14), readSecurityGroup)
  const activeKey = readIfWell(files.groups.get(15), readActiveKeyGroup)
  const active = await outcomeOf(async () => {
    if (isWithheldKey(files, 15)) return failed('DG15 is signed, and the chip does not show it')
    return activeKey ? passed(await authenticateActively(line, activeKey, infos ?? [])) : notDone('there is no DG15')
  })
  const chip = await outcomeOf(async () => {
    if (isWithheldKey(files, 14)) return failed('DG14 is signed, and the chip does not show it')
    return proof
      ? checkMapping({ connection, line }, proof, infos, files, trust)
      : checkChipKey(connection, line, infos)
  })
  return { 'active-authentication': active, 'chip-authentication': chip }
}

/** A chip that names ways of PACE in DG14 and was opened without: EF.CardAccess was taken away. */
function checkWithheldAccess({ cardAccess, groups }: FilesRead): Live {
  const infos = readIfWell(groups.get(14), readSecurityGroup) ?? []
  return !cardAccess && infos.some(({ kind }) => kind === 'pace')
    ? { access: failed('DG14 announces PACE, and the chip shows no EF.CardAccess') }
    : {}
}

const readCardFile = async (line: ChipLine, id: number, most: number) => {
  const file = await readFileOnChip(line, id, most)
  return file instanceof Uint8Array ? file : undefined
}

/**
 * Reads a chip and checks what it says. Nothing that a chip answers makes it throw: a check then failed, and what was
 * read before is told.
 */
export async function readChip(connection: CardConnection, password: ChipPassword, trust: Trust): Promise<ChipReading> {
  const files: FilesSoFar = { groups: new Map() }
  const live: Live = {}
  const plain = plainLine(connection)
  let opened: Opened
  try {
    await selectRoot(plain)
    const cardAccess = await readCardFile(plain, fileIds.cardAccess, chipLimits.smallFile)
    if (cardAccess) files.cardAccess = cardAccess
    opened = await open(plain, cardAccess ? readSecurityInfos(cardAccess) : [], password)
  } catch (error) {
    return inspectFiles(files, trust, { password: failed(faultOf(error)) })
  }
  live.password = passed(opened.how)

  const { messaging, proof } = opened
  const line = protectedLine(connection, messaging)
  try {
    if (proof) {
      const cardSecurity = await readCardFile(line, fileIds.cardSecurity, chipLimits.securityObject)
      if (cardSecurity) files.cardSecurity = cardSecurity
    }
    if (files.cardAccess) await selectApplication(line)
    live.files = await readApplication(line, files)
  } catch (error) {
    live.files = failed(faultOf(error))
  }
  Object.assign(live, checkWithheldAccess(files), await proveKeys({ connection, line, proof }, files, trust))
  live['secure-messaging'] = messaging.hasEnded
    ? failed('an answer was not what the chip protects: it was changed, said again, or is of another')
    : passed('every answer had its MAC')
  return inspectFiles(files, trust, live)
}
