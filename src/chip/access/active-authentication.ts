import { constants, type KeyObject, publicDecrypt, verify } from 'node:crypto'
import type { SecurityInfo } from '../data-groups/chip-security.ts'
import { bytesOfNumber, numberOfBytes } from '../keys/curves.ts'
import type { ChipPublicKey } from '../keys/public-key.ts'
import { type Digest, digestLengths, digestOf } from '../keys/signature.ts'
import { objectIds } from '../object-ids.ts'
import { type Chance, kernelChance } from './chance.ts'
import { areEqual } from './ciphers.ts'
import { ChipFault, type ChipLine, sendSurely } from './command.ts'

/**
 * Active authentication (ICAO 9303-11, section 6.1): the chip signs a number that we draw, with the key that DG15 has.
 * The number is random: a signature must say nothing of when and where it was made.
 */

const plainDigests: Readonly<Record<string, Digest>> = { 1: 'sha1', 2: 'sha224', 3: 'sha256', 4: 'sha384', 5: 'sha512' }

/** The digest that DG14 says for a key on a curve (TR-03111, section 5.2.1.1). */
function digestOfInfos(infos: readonly SecurityInfo[]): Digest | undefined {
  const info = infos.find(({ kind }) => kind === 'active-authentication')
  if (info?.kind !== 'active-authentication') return undefined
  const parent = `${objectIds.plainEcdsa}.`
  return info.signature.startsWith(parent) ? plainDigests[info.signature.slice(parent.length)] : undefined
}

type EcKey = Extract<ChipPublicKey, { kind: 'ec' }>
type RsaKey = Extract<ChipPublicKey, { kind: 'rsa' }>

/** Both numbers of the signature one after the other, each as long as the order (TR-03111, section 5.2.1). */
function isPlainSignature(
  { key, curve }: EcKey,
  digest: Digest,
  challenge: Uint8Array,
  signature: Uint8Array,
): boolean {
  const length = 2 * Math.ceil(curve.Point.CURVE().n.toString(16).length / 2)
  return signature.length === length && verify(digest, challenge, { key, dsaEncoding: 'ieee-p1363' }, signature)
}

/** Trailers of the last byte cc, by the byte before it (ISO/IEC 9796-2, section 8.1; ISO/IEC 10118-3). */
const trailers: Readonly<Record<number, Digest>> = {
  51: 'sha1',
  52: 'sha256',
  53: 'sha512',
  54: 'sha384',
  56: 'sha224',
}

/** Throws ChipFault: with an even modulus, say, nothing can be computed. */
function openedBy(key: KeyObject, signature: Uint8Array): Uint8Array {
  try {
    return publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature)
  } catch (cause) {
    throw Object.assign(new ChipFault('unproved', 'the key in DG15 is none that signs'), { cause })
  }
}

/** What an RSA signature recovers; the number may have been written as its negative (ISO/IEC 9796-2, annex A). */
function recovered({ key, modulus }: RsaKey, signature: Uint8Array): Uint8Array {
  const opened = openedBy(key, signature)
  return ((opened.at(-1) ?? 0) & 0x0f) === 0x0c ? opened : bytesOfNumber(modulus - numberOfBytes(opened), opened.length)
}

/** A signature with partial recovery: digital signature scheme 1 of ISO/IEC 9796-2. */
function isRecoverableSignature(key: RsaKey, challenge: Uint8Array, signature: Uint8Array): boolean {
  const bytes = Math.ceil(key.bits / 8)
  if (signature.length !== bytes || numberOfBytes(signature) >= key.modulus) return false
  const message = recovered(key, signature)
  const last = message.at(-1)
  const digest = last === 0xbc ? 'sha1' : last === 0xcc ? trailers[message.at(-2) ?? 0] : undefined
  if (message[0] !== 0x6a || !digest) return false
  const end = message.length - (last === 0xbc ? 1 : 2)
  const start = end - digestLengths[digest]
  if (start < 1) return false
  const own = message.subarray(1, start)
  return areEqual(message.subarray(start, end), digestOf(digest, Buffer.concat([own, challenge])))
}

/** From so many bits on a protected signature needs a long answer. */
const longAnswerBits = 1700

/**
 * Lets the chip sign, and checks its signature. `infos`: those of DG14. What was found, as people read it. Throws
 * ChipFault where the chip does not prove its key.
 */
export async function authenticateActively(
  line: ChipLine,
  key: ChipPublicKey,
  infos: readonly SecurityInfo[],
  chance: Chance = kernelChance,
): Promise<string> {
  const digest = digestOfInfos(infos)
  if (key.kind === 'ec' && !digest)
    throw new ChipFault('unproved', 'DG14 does not say how the chip signs with its key on a curve')
  const challenge = chance.bytes(8)
  const expected = key.kind === 'rsa' && key.bits > longAnswerBits ? 65_536 : 256
  const command = { instruction: 0x88, parameters: 0, data: challenge, expected }
  const signature = await sendSurely(line, command, 'active authentication')
  const isRight =
    key.kind === 'rsa'
      ? isRecoverableSignature(key, challenge, signature)
      : digest !== undefined && isPlainSignature(key, digest, challenge, signature)
  if (!isRight) throw new ChipFault('unproved', 'the signature of the chip is not that of its key in DG15')
  return key.kind === 'rsa' ? `RSA ${key.bits} bits` : `ECDSA ${key.curve.name}`
}
