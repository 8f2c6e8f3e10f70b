import { type FileHandle, open } from 'node:fs/promises'
import { largestPacket } from '../capture.ts'
import { type PacketHeader, readHeader } from '../packet.ts'
import { fileMagic } from './contract.ts'

/**
 * Goes through a file of a station block by block. Where a block is not what its length says, it looks for the next
 * place where a list, a packet or a file begins, and goes on from there: one bad byte costs what it stands in, and
 * nothing behind it. What was passed over is told by its bytes. Lists and packets are judged by whoever takes them: a
 * mark alone proves nothing, since four bytes of a ciphertext may look like one.
 */

/** Bytes of the file that were not read, `to` excluded, and the code of why. */
export type Unread = { readonly from: number; readonly to: number; readonly problem: string }

/**
 * Takes lists and packets, each with its bytes as they were signed. Gives the code of a refusal where they are not
 * intact or whose they are is not known, undefined where they are taken.
 */
export type Taker = {
  readonly list: (text: string) => Promise<string | undefined>
  readonly packet: (bytes: Uint8Array<ArrayBuffer>, header: PacketHeader) => Promise<string | undefined>
  /** How long the packets of this number are, by the lists that were read. */
  readonly lengthsOf: (header: PacketHeader) => readonly number[]
}

type Mark = { readonly at: number; readonly kind: 'file' | 'packet' | 'list' }

/** How each begins: a list is a compact JWS, whose header is the same in each. */
const marks = [
  { kind: 'file', bytes: Buffer.from(fileMagic) },
  { kind: 'packet', bytes: Buffer.from('DDP1') },
  { kind: 'list', bytes: Buffer.from('eyJhbGciOiJFUzI1NiIsInR5cCI6') },
] as const
const longestMark = Math.max(...marks.map(({ bytes }) => bytes.length))

const longestList = 1_000_000
const longestBlock = Math.max(largestPacket, longestList)
const chunk = 1024 * 1024
/** What is looked through first: the next mark mostly follows at once. */
const near = 4096

/** A packet without a length that holds may end before any of so many of the marks behind it; more are not tried. */
const endsTried = 3
/** A file that is made to be slow is read no further; an honest one has as many packets as its lists say. */
const mostTries = 5000

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

/** The first mark at or after a place. */
async function nextMark(file: FileHandle, from: number, size: number): Promise<Mark | undefined> {
  for (let at = from, length = near; at < size; at += length, length = chunk) {
    const read = await bytesAt(file, at, length + longestMark - 1)
    const bytes = Buffer.from(read.buffer, 0, read.length)
    const found = marks
      .map(mark => ({ kind: mark.kind, at: bytes.indexOf(mark.bytes) }))
      .filter(mark => mark.at >= 0)
      .sort((a, b) => a.at - b.at)[0]
    if (found) return { kind: found.kind, at: at + found.at }
  }
  return undefined
}

/** The length that stands before a place; 0 where it can be none. */
async function lengthBefore(file: FileHandle, at: number): Promise<number> {
  if (at < 4) return 0
  const bytes = await bytesAt(file, at - 4, 4)
  const length = new DataView(bytes.buffer).getUint32(0)
  return length <= longestBlock ? length : 0
}

function headerOf(bytes: Bytes): PacketHeader | undefined {
  try {
    return readHeader(bytes).header
  } catch {
    return undefined
  }
}

const startsWith = (bytes: Bytes, mark: Uint8Array) => mark.every((byte, at) => bytes[at] === byte)

type Reading = {
  readonly file: FileHandle
  readonly size: number
  readonly taker: Taker
  tries: number
  problem: string | undefined
}

/**
 * Hands the bytes between two places to the taker; false where they are nothing that is taken, and then why is kept, if
 * it is the first reason.
 */
async function take(reading: Reading, from: number, to: number): Promise<boolean> {
  const { file, taker } = reading
  const bytes = await bytesAt(file, from, to - from)
  const header = startsWith(bytes, marks[1].bytes) ? headerOf(bytes) : undefined
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

/** Where that which begins at a mark may end, the likeliest first. */
async function* endsOf({ file, size, taker }: Reading, { at, kind }: Mark): AsyncGenerator<number> {
  yield at + (await lengthBefore(file, at))
  if (kind === 'list') {
    const text = Buffer.from(await bytesAt(file, at, Math.min(longestList, size - at))).toString('latin1')
    yield at + (isJws.exec(text)?.[0].length ?? 0)
    return
  }
  const header = headerOf(await bytesAt(file, at, Math.min(4096, size - at)))
  if (!header) return
  for (const length of taker.lengthsOf(header)) yield at + length
  let mark: Mark | undefined = { at, kind }
  for (let n = 0; n < endsTried && mark; n++) {
    mark = await nextMark(file, mark.at + 1, size)
    if (mark) yield mark.kind === 'file' ? mark.at : mark.at - 4
  }
  if (!mark) yield size
}

/** Takes what begins at a mark, by the first end with which it is intact; gives where it ended. */
async function takeAt(reading: Reading, mark: Mark): Promise<number | undefined> {
  const tried = new Set<number>()
  for await (const end of endsOf(reading, mark)) {
    if (end <= mark.at || end > reading.size || end - mark.at > longestBlock || tried.has(end)) continue
    tried.add(end)
    if (await take(reading, mark.at, end)) return end
  }
  return undefined
}

/** Reads a file to its end, whatever stands in it; gives what could not be read. */
export async function readStationFile(
  path: string,
  taker: Taker,
): Promise<{ readonly size: number; readonly unread: readonly Unread[] }> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const reading: Reading = { file, size, taker, tries: 0, problem: undefined }
    const unread: Unread[] = []
    let readTo = 0
    const readOn = (from: number, to: number) => {
      if (readTo < from) unread.push({ from: readTo, to: from, problem: reading.problem ?? 'packet-unreadable' })
      reading.problem = undefined
      readTo = to
    }
    for (let at = 0; reading.tries < mostTries; ) {
      const mark = await nextMark(file, at, size)
      if (!mark) break
      const before = reading.problem
      const end = mark.kind === 'file' ? mark.at + fileMagic.length : await takeAt(reading, mark)
      // A length that is not that of what follows is among what was not read.
      const hasLength =
        end !== undefined &&
        mark.kind !== 'file' &&
        mark.at - 4 >= readTo &&
        (await lengthBefore(file, mark.at)) === end - mark.at
      // What was wrong with the ends that were tried is no reason, once one of them held.
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
