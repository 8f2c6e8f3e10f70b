import { type Element, elementsIn, Malformed } from '../der/read.ts'
import { element } from '../der/write.ts'
import { bytesOfNumber } from '../keys/curves.ts'
import {
  areEqual,
  blockBytes,
  type ChipCipher,
  decryptBlocks,
  encryptBlocks,
  type LineKeys,
  lineMac,
  padded,
  unpadded,
} from './ciphers.ts'
import {
  type CardConnection,
  type ChipAnswer,
  type ChipCommand,
  ChipFault,
  type ChipLine,
  commandBytes,
  commandHeader,
  expectedBytes,
  isLongCommand,
  readAnswer,
  transmit,
} from './command.ts'

/** The tags of what a protected message holds (ICAO 9303-11, section 9.8.4). */
const tags = { ciphered: 0x85, cipheredPadded: 0x87, mac: 0x8e, expected: 0x97, status: 0x99 } as const

const isOdd = (instruction: number) => (instruction & 1) === 1

/** The parts of a protected answer, each once, the MAC last. Throws ChipFault. */
function answerParts(data: Uint8Array): readonly Element[] {
  let found: readonly Element[]
  try {
    found = elementsIn(data)
  } catch (error) {
    if (error instanceof Malformed) throw new ChipFault('garbage', `a protected answer: ${error.message}`)
    throw error
  }
  const order = found.map(({ tag }) => tag)
  const isStatusAlone = order.length === 2
  const hasData = order.length === 3 && (order[0] === tags.cipheredPadded || order[0] === tags.ciphered)
  if (!(isStatusAlone || hasData) || order.at(-2) !== tags.status || order.at(-1) !== tags.mac)
    throw new ChipFault('unproved', 'an answer came without its protection')
  return found
}

/**
 * A protected line (ICAO 9303-11, section 9.8): every command and answer is numbered, encrypted and has a MAC. The
 * first answer that proves nothing ends it; it cannot be used afterwards.
 */
export class SecureMessaging {
  readonly #cipher: ChipCipher
  readonly #keys: LineKeys
  #counter: bigint
  #hasEnded = false

  constructor(cipher: ChipCipher, keys: LineKeys, counter = 0n) {
    this.#cipher = cipher
    this.#keys = keys
    this.#counter = counter
  }

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** The counter of what is sent, as long as a block; it is raised before each command and each answer. */
  #count(): Uint8Array {
    const bits = BigInt(8 * blockBytes(this.#cipher))
    this.#counter = BigInt.asUintN(Number(bits), this.#counter + 1n)
    return bytesOfNumber(this.#counter, Number(bits) / 8)
  }

  /** With triple DES blocks begin from nought, with AES from the encrypted counter (sections 9.8.6.1, 9.8.6.2). */
  #start(counter: Uint8Array): Uint8Array {
    return this.#cipher === 'des3' ? new Uint8Array(8) : encryptBlocks(this.#cipher, this.#keys.encryption, counter)
  }

  #mac(counter: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
    return lineMac(this.#cipher, this.#keys.mac, Buffer.concat([counter, ...parts]), 'padded')
  }

  /** A command as it goes over the line. */
  protect(command: ChipCommand): Uint8Array {
    if (this.#hasEnded) throw new ChipFault('unproved', 'the protected line has ended')
    const counter = this.#count()
    const header = commandHeader(command, true)
    const { data, expected, instruction } = command
    const parts: Uint8Array[] = []
    if (data && data.length > 0) {
      const blocks = padded(data, blockBytes(this.#cipher))
      const ciphered = encryptBlocks(this.#cipher, this.#keys.encryption, blocks, this.#start(counter))
      parts.push(
        isOdd(instruction)
          ? element(tags.ciphered, ciphered)
          : element(tags.cipheredPadded, [Uint8Array.of(1), ciphered]),
      )
    }
    if (expected !== undefined)
      parts.push(element(tags.expected, Uint8Array.from(expectedBytes(expected, isLongCommand(command)))))
    const mac = this.#mac(counter, padded(header, blockBytes(this.#cipher)), ...parts)
    const body = Buffer.concat([...parts, element(tags.mac, mac)])
    // An answer has its status and MAC beside its data: a short one holds 256 bytes of all that.
    const isLong = body.length > 255 || (expected ?? 0) > 256
    return commandBytes(header, { data: body, expected: isLong ? 65_536 : 256 })
  }

  /** The answer in a protected answer. Throws ChipFault, and ends the line, where it proves nothing. */
  open(bytes: Uint8Array): ChipAnswer {
    if (this.#hasEnded) throw new ChipFault('unproved', 'the protected line has ended')
    try {
      return this.#opened(readAnswer(bytes))
    } catch (error) {
      this.#hasEnded = true
      throw error
    }
  }

  #opened({ data, status }: ChipAnswer): ChipAnswer {
    const counter = this.#count()
    const parts = answerParts(data)
    const [mac, statusPart] = [parts.at(-1), parts.at(-2)]
    const covered = data.subarray(0, data.length - (mac?.bytes.length ?? 0))
    if (!mac || !areEqual(mac.content, this.#mac(counter, covered)))
      throw new ChipFault('unproved', 'the MAC of an answer is wrong')
    const inner = statusPart?.content
    if (inner?.length !== 2 || ((inner[0] ?? 0) << 8) + (inner[1] ?? 0) !== status)
      throw new ChipFault('unproved', 'the status of an answer is not the one that its MAC covers')
    return { data: parts.length === 3 && parts[0] ? this.#deciphered(parts[0], counter) : new Uint8Array(), status }
  }

  #deciphered({ tag, content }: Element, counter: Uint8Array): Uint8Array {
    const isMarked = tag === tags.ciphered || content[0] === 1
    const blocks = tag === tags.ciphered ? content : content.subarray(1)
    if (!isMarked || blocks.length === 0 || blocks.length % blockBytes(this.#cipher) !== 0)
      throw new ChipFault('garbage', 'a protected answer has no whole blocks')
    const data = unpadded(decryptBlocks(this.#cipher, this.#keys.encryption, blocks, this.#start(counter)))
    if (!data) throw new ChipFault('garbage', 'a protected answer has no padding')
    return data
  }
}

export const protectedLine = (connection: CardConnection, messaging: SecureMessaging): ChipLine => ({
  send: async command => messaging.open(await transmit(connection, messaging.protect(command))),
})
