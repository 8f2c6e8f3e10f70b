import type { SecurityInfo } from '../data-groups/chip-security.ts'
import { onlyElement } from '../der/read.ts'
import { element, objectIdentifier } from '../der/write.ts'
import type { EcPublicKey } from '../keys/public-key.ts'
import { objectIds } from '../object-ids.ts'
import { type Chance, kernelChance } from './chance.ts'
import { type ChipCipher, deriveLineKeys } from './ciphers.ts'
import { ChipFault, type ChipLine, sendSurely } from './command.ts'
import { curveGroup } from './key-group.ts'
import { SecureMessaging } from './secure-messaging.ts'

/**
 * Chip authentication (ICAO 9303-11, section 6.2): keys are agreed with the static key of the chip, which DG14 has. Who
 * has no secret of that key cannot answer on the new line: a copy of the files falls silent.
 */

const ciphers: Readonly<Record<string, ChipCipher>> = { 1: 'des3', 2: 'aes128', 3: 'aes192', 4: 'aes256' }

/** How a chip proves its key, and which key. */
export type ChipAuthenticationWay = {
  /** Absent on a chip that names its key alone: triple DES, with the older command. */
  readonly protocol: string | undefined
  readonly cipher: ChipCipher
  readonly key: EcPublicKey
  readonly keyId: bigint | undefined
}

const isSameId = (one: bigint | undefined, other: bigint | undefined) => one === other

const isCurveKey = (info: SecurityInfo) => info.kind === 'chip-key' && info.publicKey.kind === 'ec'

/** The strongest way that a chip offers with one of its keys on a curve; undefined where it offers none known here. */
export function chipAuthenticationWay(infos: readonly SecurityInfo[]): ChipAuthenticationWay | undefined {
  const keys = infos.flatMap(info =>
    info.kind === 'chip-key' && info.publicKey.kind === 'ec' ? [{ key: info.publicKey, keyId: info.keyId }] : [],
  )
  const named = infos.flatMap(info => {
    if (info.kind !== 'chip-authentication') return []
    const [parent, number] = [info.protocol.slice(0, objectIds.chipAuthenticationEcdh.length), info.protocol]
    const cipher = ciphers[number.slice(parent.length + 1)]
    const found = keys.find(({ keyId }) => isSameId(keyId, info.keyId))
    if (parent !== objectIds.chipAuthenticationEcdh || !cipher || !found) return []
    return [{ protocol: info.protocol, cipher, ...found }]
  })
  const strongest = named.toSorted((a, b) => (a.protocol < b.protocol ? 1 : -1))[0]
  if (strongest) return strongest
  const hasWays = infos.some(({ kind }) => kind === 'chip-authentication')
  const [only] = infos.filter(isCurveKey).length === 1 ? keys : []
  return only && !hasWays ? { protocol: undefined, cipher: 'des3', ...only } : undefined
}

/** As people read it. */
export const chipAuthenticationName = ({ key, cipher }: ChipAuthenticationWay): string =>
  `key on ${key.curve.name}, ${cipher}`

/** A key is named in a command by a few bytes. Throws ChipFault. */
const idBytes = (keyId: bigint): Uint8Array => {
  const text = keyId.toString(16)
  if (text.length > 32) throw new ChipFault('garbage', 'DG14 names a key by more bytes than a command has')
  return Buffer.from(text.padStart(text.length + (text.length % 2), '0'), 'hex')
}

/**
 * Agrees on the keys of a new line with the chip's own key. The chip has proved nothing yet: it does so with the first
 * answer on the new line. Throws ChipFault, and Malformed for a key that is none.
 */
export async function agreeWithChip(
  line: ChipLine,
  { protocol, cipher, key, keyId }: ChipAuthenticationWay,
  chance: Chance = kernelChance,
): Promise<SecureMessaging> {
  const group = curveGroup(key.curve)
  const secret = chance.secret(group.order)
  const ours = group.times(secret, group.generator)
  const reference = keyId === undefined ? [] : [element(0x84, idBytes(keyId))]
  const what = 'chip authentication'
  // Triple DES has a command of its own; the other one is optional for it (section 6.2.4).
  if (protocol === undefined || cipher === 'des3') {
    const data = Buffer.concat([element(0x91, ours), ...reference])
    await sendSurely(line, { instruction: 0x22, parameters: 0x41a6, data }, what)
  } else {
    const name = element(0x80, onlyElement(objectIdentifier(protocol), 0x06).content)
    await sendSurely(line, { instruction: 0x22, parameters: 0x41a4, data: Buffer.concat([name, ...reference]) }, what)
    const data = element(0x7c, element(0x80, ours))
    const answered = await sendSurely(line, { instruction: 0x86, parameters: 0, data, expected: 256 }, what)
    if (answered.length > 2) throw new ChipFault('garbage', 'the chip answered more to chip authentication than it may')
  }
  return new SecureMessaging(cipher, deriveLineKeys(cipher, group.secretOf(group.times(secret, key.point))))
}
