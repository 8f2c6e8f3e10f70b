import { chipLimits } from '../law.ts'

/**
 * The line to a chip: commands go there one at a time, each with one answer (ISO/IEC 7816-4, section 5).
 */

/** Whatever carries commands to a chip: a reader, or a card of software. Rejects when the chip is gone. */
export type CardConnection = { transmit(command: Uint8Array): Promise<Uint8Array> }

export type ChipCommand = {
  /** 0x10: a part of a chain of commands. */
  readonly class?: 0x00 | 0x10
  readonly instruction: number
  /** P1 and P2 as one number. */
  readonly parameters: number
  readonly data?: Uint8Array
  /** The most bytes of data that are asked for, up to 65,536; absent where none are. */
  readonly expected?: number
}

export type ChipAnswer = { readonly data: Uint8Array; readonly status: number }

/** Sends one command, protected or not. Throws ChipFault where the chip does not answer as it must. */
export type ChipLine = { send(command: ChipCommand): Promise<ChipAnswer> }

/** Why a chip could not be read on: it refused, proved nothing, or answered what no chip answers. */
export type ChipFaultKind = 'refused' | 'unproved' | 'garbage' | 'gone'

export class ChipFault extends Error {
  readonly kind: ChipFaultKind

  constructor(kind: ChipFaultKind, message: string) {
    super(message)
    this.kind = kind
  }
}

const twoBytes = (number: number) => [number >> 8, number & 0xff]

/** A number of expected bytes: 256 is written 00, 65,536 is written 0000. */
export const expectedBytes = (expected: number | undefined, isLong: boolean): readonly number[] =>
  expected === undefined ? [] : isLong ? twoBytes(expected & 0xffff) : [expected & 0xff]

export const isLongCommand = ({ data, expected }: Pick<ChipCommand, 'data' | 'expected'>): boolean =>
  (data?.length ?? 0) > 255 || (expected ?? 0) > 256

/** The four bytes with which a command begins; `secured` sets the bits of secure messaging. */
export const commandHeader = (command: ChipCommand, secured = false): Uint8Array =>
  Uint8Array.of((command.class ?? 0) | (secured ? 0x0c : 0), command.instruction, ...twoBytes(command.parameters))

/** A command with its body, short where it can be, else long (ISO/IEC 7816-4, section 5.2). */
export function commandBytes(header: Uint8Array, body: Pick<ChipCommand, 'data' | 'expected'>): Uint8Array {
  const { data = new Uint8Array(), expected } = body
  const { commandData, answerData } = chipLimits
  if (data.length > commandData || (expected !== undefined && (expected < 1 || expected > answerData)))
    throw new Error('a command to a chip is longer than commands are')
  const isLong = isLongCommand(body)
  const length = data.length === 0 ? [] : isLong ? [0, ...twoBytes(data.length)] : [data.length]
  const marker = isLong && data.length === 0 ? [0] : []
  return Buffer.concat([
    header,
    Uint8Array.from([...marker, ...length]),
    data,
    Uint8Array.from(expectedBytes(expected, isLong)),
  ])
}

export const statusText = (status: number): string => status.toString(16).padStart(4, '0')

/** Data and status word of an answer. Throws ChipFault. */
export function readAnswer(bytes: Uint8Array): ChipAnswer {
  if (bytes.length < 2 || bytes.length > chipLimits.answerData + 2)
    throw new ChipFault('garbage', `the chip answered ${bytes.length} bytes`)
  const end = bytes.length - 2
  return { data: bytes.subarray(0, end), status: ((bytes[end] ?? 0) << 8) | (bytes[end + 1] ?? 0) }
}

/** Carries bytes, whatever they are; a line that breaks is a fault of its own. */
export async function transmit(connection: CardConnection, bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await connection.transmit(bytes)
  } catch (cause) {
    throw Object.assign(new ChipFault('gone', 'the chip answers no more'), { cause })
  }
}

/** A line without protection. */
export const plainLine = (connection: CardConnection): ChipLine => ({
  send: async command => readAnswer(await transmit(connection, commandBytes(commandHeader(command), command))),
})

export const succeeded = 0x9000

/** The data of an answer to a command that must succeed. Throws ChipFault. */
export async function sendSurely(line: ChipLine, command: ChipCommand, what: string): Promise<Uint8Array> {
  const { data, status } = await line.send(command)
  if (status !== succeeded) throw new ChipFault('refused', `the chip refused ${what} (status ${statusText(status)})`)
  return data
}
