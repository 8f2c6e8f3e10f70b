import { type ChipCommand, ChipFault, type ChipLine, sendSurely, statusText, succeeded } from '../access/command.ts'
import { elementAt, Malformed } from '../der/read.ts'
import { element } from '../der/write.ts'
import { bytesOfNumber } from '../keys/curves.ts'
import { chipLimits } from '../law.ts'

/** The places of files on a chip (ICAO 9303-10, sections 3.9 to 3.11 and table 38). */
export const fileIds = { cardAccess: 0x011c, cardSecurity: 0x011d, common: 0x011e, securityObject: 0x011d } as const
export const groupFileId = (group: number): number => 0x0100 + group

const instructions = { select: 0xa4, readBinary: 0xb0, readBinaryFar: 0xb1 } as const
const applicationId = Uint8Array.from(Buffer.from('a0000002471001', 'hex'))
const rootId = Uint8Array.of(0x3f, 0x00)

/** Goes to the root; some chips are there from the start and refuse, which says nothing. */
export const selectRoot = (line: ChipLine) =>
  line.send({ instruction: instructions.select, parameters: 0x000c, data: rootId })

export const selectApplication = (line: ChipLine): Promise<Uint8Array> =>
  sendSurely(
    line,
    { instruction: instructions.select, parameters: 0x040c, data: applicationId },
    'the application of identity documents',
  )

const fileUnknown = 0x6a82
/** What is kept from those who have not the right, or have not opened the chip (ISO/IEC 7816-4, table 6). */
const withheld: readonly number[] = [0x6982, 0x6985]
/** The file ended before as many bytes as were asked for. */
const endReached = 0x6282

/** READ BINARY at a place; far places stand in the data, and the bytes lie in an element (ICAO 9303-10, 3.6.3.2). */
function readCommand(at: number, count: number): ChipCommand {
  if (at < chipLimits.shortOffsets) return { instruction: instructions.readBinary, parameters: at, expected: count }
  const place = element(0x54, bytesOfNumber(BigInt(at), at > 0xffff ? 3 : 2))
  return { instruction: instructions.readBinaryFar, parameters: 0, data: place, expected: count + farHeader(count) }
}

const farHeader = (count: number) => (count < 0x80 ? 2 : 3)

function farData(data: Uint8Array): Uint8Array {
  const found = elementAt(data)
  if (found.tag !== 0x53 || found.bytes.length !== data.length) throw new Malformed('a part of a file is none')
  return found.content
}

/** From 1 to `most` bytes at a place. Throws ChipFault, Malformed. */
async function readPart(line: ChipLine, at: number, most: number): Promise<Uint8Array> {
  const isFar = at >= chipLimits.shortOffsets
  const count = Math.min(most, chipLimits.readAtOnce - (isFar ? farHeader(chipLimits.readAtOnce) : 0))
  const { data, status } = await line.send(readCommand(at, count))
  if (status !== succeeded && status !== endReached)
    throw new ChipFault('refused', `the chip refused to read a file (status ${statusText(status)})`)
  const part = isFar ? farData(data) : data
  if (part.length === 0) throw new ChipFault('garbage', 'a file ends before the length that it says')
  if (part.length > count) throw new ChipFault('garbage', 'the chip answered more bytes than were asked for')
  return part
}

/** The whole length of the element with which a file begins. Throws Malformed. */
function lengthIn(start: Uint8Array): number {
  const shown = Buffer.concat([start, new Uint8Array(8)])
  const tagBytes = ((shown[0] ?? 0) & 0x1f) === 0x1f ? 2 : 1
  const first = shown[tagBytes] ?? 0
  if (first < 0x80) return tagBytes + 1 + first
  const count = first & 0x7f
  if (count === 0 || count > 3) throw new Malformed('a file does not say its length')
  return tagBytes + 1 + count + shown.readUIntBE(tagBytes + 1, count)
}

/** Bytes that hold a tag of two bytes and a length of four. */
const headBytes = 8

/**
 * A file of a chip, which is one element; undefined where the chip has none, `withheld` where it is for others. A chip
 * that lies on lengths is refused before it is read on. Throws ChipFault, Malformed.
 */
export async function readFileOnChip(
  line: ChipLine,
  id: number,
  most: number = chipLimits.file,
): Promise<Uint8Array | 'withheld' | undefined> {
  const selected = await line.send({
    instruction: instructions.select,
    parameters: 0x020c,
    data: bytesOfNumber(BigInt(id), 2),
  })
  if (selected.status === fileUnknown) return undefined
  if (withheld.includes(selected.status)) return 'withheld'
  if (selected.status !== succeeded)
    throw new ChipFault('refused', `the chip refused a file (status ${statusText(selected.status)})`)

  const start = await readPart(line, 0, headBytes)
  const length = lengthIn(start)
  if (length > most) throw new ChipFault('garbage', `a file says that it has ${length} bytes; ${most} are read`)
  const parts = [start.subarray(0, length)]
  let at = Math.min(start.length, length)
  // A chip that gives a byte at a time would hold the reader for hours.
  let patience = 2 * Math.ceil(length / chipLimits.readAtOnce) + 4
  while (at < length) {
    if (patience-- === 0) throw new ChipFault('garbage', 'the chip gives a file in too small parts')
    const part = await readPart(line, at, length - at)
    parts.push(part)
    at += part.length
  }
  return Buffer.concat(parts)
}
