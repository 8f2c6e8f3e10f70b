import { type FileHandle, open } from 'node:fs/promises'
import { largestPacket } from '../law.ts'
import { type PacketHeader, readHeader } from '../seal-packet.ts'
import { fileMagic } from './contract.ts'

/**
 * Reads a station's file block by block. If a block does not fit its length, the reader looks for the next mark of a
 * manifest, a packet or a file and continues there, so one bad byte costs only its own block. Skipped bytes are
 * reported. The handlers check manifests and packets: a mark alone proves nothing, because four bytes of a ciphertext
 * may look like one.
 */

/** Bytes of the file that were not read, `to` excluded, and the problem code. */
export type UnreadSpan = { readonly from: number; readonly to: number; readonly problem: string }

/**
 * Handles manifests and packets with their signed bytes. Gives a problem code if one is damaged or its station is
 * unknown, undefined if it is accepted.
 */
export type FileHandlers = {
  readonly list: (text: string) => Promise<string | undefined>
  readonly packet: (bytes: Uint8Array<ArrayBuffer>, header: PacketHeader) => Promise<string | undefined>
  /** The lengths of the packets with this counter, by the manifests read so far. */
  readonly lengthsOf: (header: PacketHeader) => readonly number[]
}

type BlockMark = { readonly at: number; readonly kind: 'file' | 'packet' | 'list' }

/** How each block begins. A manifest is a compact JWS, whose header is always the same. */
const blockMarks = [
  { kind: 'file', bytes: Buffer.from(fileMagic) },
  { kind: 'packet', bytes: Buffer.from('DDP1') },
  { kind: 'list', bytes: Buffer.from('eyJhbGciOiJFUzI1NiIsInR5cCI6') },
] as const
const longestMark = Math.max(...blockMarks.map(({ bytes }) => bytes.length))

const longestList = 1_000_000
const longestBlock = Math.max(largestPacket, longestList)
const chunk = 1024 * 1024
/** How far to look first, because the next mark mostly follows at once. */
const endTolerance = 4096

/** How many following marks are tried as the end of a packet whose length is damaged. */
const endsTried = 3
/** Limits a file that is made to be slow. An honest file has as many packets as its manifests list. */
const mostTriesAFile = 5000

const isJws = /^[\w.-]*/

type Bytes = Uint8Array<ArrayBuffer>

async function bytesAt(file: FileHandle, from: number, length: number): Promise<Bytes> {
  const bytes = new Uint8Array(length)
  let read = 0
  while (read < length) {
    const { bytesRead } = await file.read(bytes, read, length - read, from + read)
    if (bytesRead === 0) break
    read += bytesRead
  }
  return bytes.subarray(0, read)
}

/** The first mark at or after a position. */
async function findNextMark(file: FileHandle, from: number, size: number): Promise<BlockMark | undefined> {
  for (let at = from, length = endTolerance; at < size; at += length, length = chunk) {
    const read = await bytesAt(file, at, length + longestMark - 1)
    const bytes = Buffer.from(read.buffer, 0, read.length)
    const found = blockMarks
      .map(mark => ({ kind: mark.kind, at: bytes.indexOf(mark.bytes) }))
      .filter(mark => mark.at >= 0)
      .sort((a, b) => a.at - b.at)[0]
    if (found) return { kind: found.kind, at: at + found.at }
  }
  return undefined
}

/** The length before a position; 0 if it is impossible. */
async function lengthBefore(file: FileHandle, at: number): Promise<number> {
  if (at < 4) return 0
  const bytes = await bytesAt(file, at - 4, 4)
  const length = new DataView(bytes.buffer).getUint32(0)
  return length <= longestBlock ? length : 0
}

function packetHeaderOf(bytes: Bytes): PacketHeader | undefined {
  try {
    return readHeader(bytes).header
  } catch {
    return undefined
  }
}

const startsWith = (bytes: Bytes, mark: Uint8Array) => mark.every((byte, at) => bytes[at] === byte)

type FileReading = {
  readonly file: FileHandle
  readonly size: number
  readonly taker: FileHandlers
  tries: number
  problem: string | undefined
}

/** Passes the bytes between two positions to the handler. False if it refuses them; the first reason is kept. */
async function takeBlock(reading: FileReading, from: number, to: number): Promise<boolean> {
  const { file, taker } = reading
  const bytes = await bytesAt(file, from, to - from)
  const header = startsWith(bytes, blockMarks[1].bytes) ? packetHeaderOf(bytes) : undefined
  const problem = header
    ? await taker.packet(bytes, header)
    : startsWith(bytes, Buffer.from('eyJ')) && bytes.length <= longestList
      ? await taker.list(new TextDecoder().decode(bytes))
      : 'packet-unreadable'
  if (problem === undefined) return true
  reading.tries += 1
  reading.problem ??= problem
  return false
}

/** The possible ends of a block that begins at a mark, the likeliest first. */
async function* possibleEnds({ file, size, taker }: FileReading, { at, kind }: BlockMark): AsyncGenerator<number> {
  yield at + (await lengthBefore(file, at))
  if (kind === 'list') {
    const text = Buffer.from(await bytesAt(file, at, Math.min(longestList, size - at))).toString('latin1')
    yield at + (isJws.exec(text)?.[0].length ?? 0)
    return
  }
  const header = packetHeaderOf(await bytesAt(file, at, Math.min(4096, size - at)))
  if (!header) return
  for (const length of taker.lengthsOf(header)) yield at + length
  let mark: BlockMark | undefined = { at, kind }
  for (let n = 0; n < endsTried && mark; n++) {
    mark = await findNextMark(file, mark.at + 1, size)
    if (mark) yield mark.kind === 'file' ? mark.at : mark.at - 4
  }
  if (!mark) yield size
}

/** Handles the block at a mark with the first end that fits. Gives where it ended. */
async function takeBlockAt(reading: FileReading, mark: BlockMark): Promise<number | undefined> {
  const tried = new Set<number>()
  for await (const end of possibleEnds(reading, mark)) {
    if (end <= mark.at || end > reading.size || end - mark.at > longestBlock || tried.has(end)) continue
    tried.add(end)
    if (await takeBlock(reading, mark.at, end)) return end
  }
  return undefined
}

/** Reads a file to its end. Gives what could not be read. */
export async function readStationFile(
  path: string,
  taker: FileHandlers,
): Promise<{ readonly size: number; readonly unread: readonly UnreadSpan[] }> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const reading: FileReading = { file, size, taker, tries: 0, problem: undefined }
    const unread: UnreadSpan[] = []
    let readTo = 0
    const readOn = (from: number, to: number) => {
      if (readTo < from) unread.push({ from: readTo, to: from, problem: reading.problem ?? 'packet-unreadable' })
      reading.problem = undefined
      readTo = to
    }
    for (let at = 0; reading.tries < mostTriesAFile; ) {
      const mark = await findNextMark(file, at, size)
      if (!mark) break
      const before = reading.problem
      const end = mark.kind === 'file' ? mark.at + fileMagic.length : await takeBlockAt(reading, mark)
      // A length that does not fit its block counts as unread.
      const hasLength =
        end !== undefined &&
        mark.kind !== 'file' &&
        mark.at - 4 >= readTo &&
        (await lengthBefore(file, mark.at)) === end - mark.at
      // Once an end fits, the problems of the tried ends are no reason.
      if (end !== undefined) {
        reading.problem = before
        readOn(hasLength ? mark.at - 4 : mark.at, end)
      }
      at = end ?? mark.at + 1
    }
    readOn(size, size)
    return { size, unread }
  } finally {
    await file.close()
  }
}
