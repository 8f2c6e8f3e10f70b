import { numberOfBytes } from '../keys/curves.ts'
import { type Chance, kernelChance } from './chance.ts'
import { areEqual, decryptBlocks, deriveLineKeys, encryptBlocks, type LineKeys, lineMac } from './ciphers.ts'
import { type ChipCommand, ChipFault, type ChipLine, sendSurely, statusText, succeeded } from './command.ts'
import { type ChipPassword, passwordSecret } from './password.ts'
import { SecureMessaging } from './secure-messaging.ts'

/**
 * Basic access control (ICAO 9303-11, section 4.3): both sides prove that they know what the zone says. It keeps
 * nobody from guessing who recorded the line; a chip that knows PACE is opened by that.
 */

const getChallenge: ChipCommand = { instruction: 0x84, parameters: 0, expected: 8 }

/** What is encrypted, with its MAC behind it. */
function sealed({ encryption, mac }: LineKeys, bytes: Uint8Array): Uint8Array {
  const ciphered = encryptBlocks('des3', encryption, bytes)
  return Buffer.concat([ciphered, lineMac('des3', mac, ciphered, 'padded')])
}

/** The keys that the zone alone gives (section 9.7.2). */
const documentKeys = (password: ChipPassword): LineKeys =>
  deriveLineKeys('des3', passwordSecret(password).subarray(0, 16))

/** Opens a chip by its zone, on a line to its application. Throws ChipFault. */
export async function openByBasicAccess(
  line: ChipLine,
  password: Extract<ChipPassword, { kind: 'zone' }>,
  chance: Chance = kernelChance,
): Promise<SecureMessaging> {
  const keys = documentKeys(password)
  const theirs = await sendSurely(line, getChallenge, 'a challenge')
  if (theirs.length !== 8) throw new ChipFault('garbage', `the chip gave a challenge of ${theirs.length} bytes`)
  const [ours, ourHalf] = [chance.bytes(8), chance.bytes(16)]
  const { data, status } = await line.send({
    instruction: 0x82,
    parameters: 0,
    data: sealed(keys, Buffer.concat([ours, theirs, ourHalf])),
    expected: 40,
  })
  if (status !== succeeded)
    throw new ChipFault('refused', `the chip refused the zone's password (status ${statusText(status)})`)
  if (data.length !== 40) throw new ChipFault('garbage', `the chip's proof has ${data.length} bytes, not 40`)
  const ciphered = data.subarray(0, 32)
  if (!areEqual(data.subarray(32), lineMac('des3', keys.mac, ciphered, 'padded')))
    throw new ChipFault('unproved', 'the chip did not prove that it knows its zone')
  const proof = decryptBlocks('des3', keys.encryption, ciphered)
  // What the chip says of both challenges must be them: another answer is of another session.
  if (!areEqual(proof.subarray(0, 16), Buffer.concat([theirs, ours])))
    throw new ChipFault('unproved', 'the chip answered challenges of another session')
  const secret = ourHalf.map((byte, at) => byte ^ (proof[16 + at] ?? 0))
  const counter = numberOfBytes(Buffer.concat([theirs.subarray(4), ours.subarray(4)]))
  return new SecureMessaging('des3', deriveLineKeys('des3', secret), counter)
}
