import type { SecurityInfo } from '../data-groups/chip-security.ts'
import { Cursor, Malformed, onlyElement } from '../der/read.ts'
import { element, objectIdentifier } from '../der/write.ts'
import { numberOfBytes } from '../keys/curves.ts'
import { objectIds } from '../object-ids.ts'
import { type Chance, kernelChance } from './chance.ts'
import {
  areEqual,
  blockBytes,
  type ChipCipher,
  decryptBlocks,
  deriveChipKey,
  deriveLineKeys,
  encryptBlocks,
  lineMac,
  unpadded,
} from './ciphers.ts'
import { ChipFault, type ChipLine, sendSurely, statusText, succeeded } from './command.ts'
import { type KeyGroup, standardizedGroup } from './key-group.ts'
import { type ChipPassword, passwordSecret } from './password.ts'
import { SecureMessaging } from './secure-messaging.ts'

/**
 * PACE (ICAO 9303-11, section 4.4): both sides prove that they know a password, and agree on keys that nobody who
 * recorded the line can compute, however short the password is. With generic mapping; with chip authentication mapping
 * the chip proves on top of that that it has the secret of its own key.
 */

type PaceInfo = Extract<SecurityInfo, { kind: 'pace' }>

/** A way of PACE that a chip offers and that is known here. */
export type PaceWay = {
  readonly protocol: string
  readonly provesChip: boolean
  readonly cipher: ChipCipher
  readonly group: KeyGroup
  readonly parameterId: number
}

const mappings: Readonly<Record<string, { readonly tag: number; readonly provesChip: boolean }>> = {
  1: { tag: 0x84, provesChip: false },
  2: { tag: 0x86, provesChip: false },
  6: { tag: 0x86, provesChip: true },
}
const ciphers: Readonly<Record<string, ChipCipher>> = { 1: 'des3', 2: 'aes128', 3: 'aes192', 4: 'aes256' }

/** Undefined for integrated mapping, for proprietary parameters, and for what is not known (table 8). */
function paceWay({ protocol, parameterId, version }: PaceInfo): PaceWay | undefined {
  const [mappingNumber = '', cipherNumber = '', ...rest] = protocol.slice(objectIds.pace.length + 1).split('.')
  const [mapping, cipher] = [mappings[mappingNumber], ciphers[cipherNumber]]
  const group = parameterId === undefined ? undefined : standardizedGroup(parameterId)
  if (!mapping || !cipher || !group || parameterId === undefined || rest.length > 0 || version !== 2) return undefined
  // The mapping that proves the chip is defined with AES alone (ICAO 9303-11, table 8).
  if (group.keyTag !== mapping.tag || (mapping.provesChip && cipher === 'des3')) return undefined
  return { protocol, provesChip: mapping.provesChip, cipher, group, parameterId }
}

const strengths: Readonly<Record<ChipCipher, number>> = { des3: 0, aes128: 1, aes192: 2, aes256: 3 }

/** The ways that a chip offers and that are known here: those that prove the chip first, then the strongest cipher. */
export const paceWays = (infos: readonly SecurityInfo[]): readonly PaceWay[] =>
  infos
    .flatMap(info => (info.kind === 'pace' ? (paceWay(info) ?? []) : []))
    .toSorted(
      (a, b) =>
        Number(b.provesChip) - Number(a.provesChip) ||
        strengths[b.cipher] - strengths[a.cipher] ||
        Number(b.group.order - a.group.order > 0n) - Number(a.group.order - b.group.order > 0n),
    )

/** As people read it. */
export const paceWayName = ({ provesChip, cipher, group }: PaceWay): string =>
  `PACE with ${provesChip ? 'chip authentication mapping' : 'generic mapping'}, ${group.name}, ${cipher}`

/** What the chip proved with chip authentication mapping; its own key, which EF.CardSecurity has, checks it. */
export type ChipMappingProof = {
  readonly group: KeyGroup
  readonly parameterId: number
  readonly mappingKey: Uint8Array
  readonly chipData: bigint
}

export type PaceOpened = { readonly messaging: SecureMessaging; readonly proof: ChipMappingProof | undefined }

const authenticationTag = 0x7c

/** The members of dynamic authentication data, by their tags, each once. Throws Malformed. */
function dynamicMembers(data: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const cursor = new Cursor(onlyElement(data, authenticationTag).content, 'answer of PACE')
  const members = new Map<number, Uint8Array>()
  for (let found = cursor.any(); found; found = cursor.any()) {
    if (members.has(found.tag)) throw new Malformed('an answer of PACE says something twice')
    members.set(found.tag, found.content)
  }
  return members
}

const isLast = (tag: number) => tag === 0x85

/** One step of the chain: what is sent, and what the answer must hold. Throws Malformed, ChipFault. */
async function step(line: ChipLine, sent: readonly [tag: number, content: Uint8Array] | undefined, wanted: number) {
  const data = element(authenticationTag, sent ? element(...sent) : new Uint8Array())
  const { data: answered, status } = await line.send({
    class: sent && isLast(sent[0]) ? 0x00 : 0x10,
    instruction: 0x86,
    parameters: 0,
    data,
    expected: 256,
  })
  if (status !== succeeded) {
    const what = sent && isLast(sent[0]) ? 'the password' : 'a step of PACE'
    throw new ChipFault('refused', `the chip refused ${what} (status ${statusText(status)})`)
  }
  const members = dynamicMembers(answered)
  const content = members.get(wanted)
  if (!content) throw new ChipFault('garbage', 'an answer of PACE lacks what it should hold')
  return { content, members }
}

/** The number with which the chip begins, under the key of the password. */
function decryptNonce({ cipher }: PaceWay, password: ChipPassword, encrypted: Uint8Array): bigint {
  const isWhole = encrypted.length % blockBytes(cipher) === 0
  if (!isWhole || encrypted.length < 16 || encrypted.length > 32)
    throw new ChipFault('garbage', `the chip began with a number of ${encrypted.length} bytes`)
  return numberOfBytes(decryptBlocks(cipher, deriveChipKey(cipher, passwordSecret(password), 'password'), encrypted))
}

/** A key pair on a generator, and the chip's key in return, which must be another. Throws ChipFault. */
async function exchangeKeys(
  line: ChipLine,
  { group }: PaceWay,
  generator: Uint8Array,
  { chance, tags: [ours, theirs] }: { readonly chance: Chance; readonly tags: readonly [number, number] },
) {
  const secret = chance.secret(group.order)
  const publicKey = group.times(secret, generator)
  const answered = group.readElement((await step(line, [ours, publicKey], theirs)).content)
  if (areEqual(answered, publicKey)) throw new ChipFault('unproved', 'the chip sent our own key back')
  return { publicKey, theirKey: answered, agreed: group.times(secret, answered) }
}

/** The proof that whoever has the MAC's key saw this public key (section 4.4.3.4). */
const token = ({ cipher, protocol, group }: PaceWay, mac: Uint8Array, publicKey: Uint8Array): Uint8Array =>
  lineMac(cipher, mac, element(0x7f49, [objectIdentifier(protocol), element(group.keyTag, publicKey)]), 'as-it-is')

/** What the chip adds with chip authentication mapping (section 4.4.3.5). */
function readChipData({ cipher, group }: PaceWay, encryption: Uint8Array, encrypted: Uint8Array | undefined): bigint {
  if (!encrypted || encrypted.length === 0 || encrypted.length % 16 !== 0 || encrypted.length > 256)
    throw new ChipFault('unproved', 'the chip did not send what proves its own key')
  const start = encryptBlocks(cipher, encryption, new Uint8Array(16).fill(0xff))
  const data = unpadded(decryptBlocks(cipher, encryption, encrypted, start))
  const value = data && numberOfBytes(data)
  if (!value || value >= group.order)
    throw new ChipFault('unproved', 'what should prove the key of the chip is no number')
  return value
}

const passwordReferences: Readonly<Record<ChipPassword['kind'], number>> = { zone: 1, 'access-number': 2 }

/**
 * Opens a chip by PACE. `isAmbiguous`: the chip offers the same protocol with several parameters, so the command names
 * them. Throws ChipFault, and Malformed for keys that are none.
 */
export async function openByPace(
  line: ChipLine,
  way: PaceWay,
  password: ChipPassword,
  { isAmbiguous = false, chance = kernelChance }: { readonly isAmbiguous?: boolean; readonly chance?: Chance } = {},
): Promise<PaceOpened> {
  const { group, cipher } = way
  const chosen = [
    element(0x80, onlyElement(objectIdentifier(way.protocol), 0x06).content),
    element(0x83, Uint8Array.of(passwordReferences[password.kind])),
    ...(isAmbiguous ? [element(0x84, Uint8Array.of(way.parameterId))] : []),
  ]
  const choose = { instruction: 0x22, parameters: 0xc1a4, data: Buffer.concat(chosen) }
  await sendSurely(line, choose, 'the way of PACE that it offers')

  const nonce = decryptNonce(way, password, (await step(line, undefined, 0x80)).content)
  const mapping = await exchangeKeys(line, way, group.generator, { chance, tags: [0x81, 0x82] })
  const generator = group.plus(group.times(nonce, group.generator), mapping.agreed)
  const { publicKey, theirKey, agreed } = await exchangeKeys(line, way, generator, { chance, tags: [0x83, 0x84] })

  const keys = deriveLineKeys(cipher, group.secretOf(agreed))
  const { content, members } = await step(line, [0x85, token(way, keys.mac, theirKey)], 0x86)
  if (!areEqual(content, token(way, keys.mac, publicKey)))
    throw new ChipFault('unproved', 'the chip did not prove that it knows the password')
  const proof = way.provesChip
    ? {
        group,
        parameterId: way.parameterId,
        mappingKey: mapping.theirKey,
        chipData: readChipData(way, keys.encryption, members.get(0x8a)),
      }
    : undefined
  return { messaging: new SecureMessaging(cipher, keys), proof }
}

/** Whether the chip has the secret of its own key: its data times that key is the key with which it mapped. */
export function isMappingProved({ group, mappingKey, chipData }: ChipMappingProof, chipKey: Uint8Array): boolean {
  try {
    return areEqual(group.times(chipData, chipKey), mappingKey)
  } catch (error) {
    if (error instanceof Malformed) return false
    throw error
  }
}
