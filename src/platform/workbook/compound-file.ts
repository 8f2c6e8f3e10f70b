import { workbookProblem } from './problems.ts'

/**
 * Streams of a compound file ([MS-CFB]), in which old workbooks lie. The library's own reader follows a chain of
 * sectors that leads back into itself for ever, so the chains are followed here, each sector once.
 */

const damaged = (detail: string) => workbookProblem('workbook-damaged', { detail })
const endOfChain = 0xfffffffa

type Container = {
  readonly bytes: Buffer
  readonly sectorSize: number
  readonly fat: readonly number[]
}

function sector({ bytes, sectorSize }: Pick<Container, 'bytes' | 'sectorSize'>, at: number): Buffer {
  const from = (at + 1) * sectorSize
  if (from >= bytes.length) throw damaged('a sector beyond the end of the file')
  return bytes.subarray(from, from + sectorSize)
}

const sectorNumbers = (bytes: Buffer): number[] =>
  Array.from({ length: bytes.length >> 2 }, (_, i) => bytes.readUInt32LE(i * 4))

/** The sectors of a chain, each once. */
function chain(next: readonly number[], start: number): number[] {
  const seen = new Set<number>()
  for (let at = start; at < endOfChain; at = next[at] ?? endOfChain) {
    if (seen.has(at) || at >= next.length) throw damaged('a chain of sectors that has no end')
    seen.add(at)
  }
  return [...seen]
}

function openContainer(bytes: Buffer): Container {
  if (bytes.length < 1536) throw damaged('a compound file without its head')
  const shift = bytes.readUInt16LE(30)
  if (shift !== 9 && shift !== 12) throw damaged('sectors of no known size')
  const sectorSize = 1 << shift
  const places = sectorNumbers(bytes.subarray(76, 512))
  const seen = new Set<number>()
  for (let at = bytes.readUInt32LE(68); at < endOfChain && !seen.has(at); ) {
    seen.add(at)
    const more = sectorNumbers(sector({ bytes, sectorSize }, at))
    at = more.pop() ?? endOfChain
    places.push(...more)
  }
  const fat = [...new Set(places)]
    .filter(at => at < endOfChain)
    .flatMap(at => sectorNumbers(sector({ bytes, sectorSize }, at)))
  return { bytes, sectorSize, fat }
}

const streamFrom = (container: Container, start: number): Buffer =>
  Buffer.concat(chain(container.fat, start).map(at => sector(container, at)))

const entrySize = 128
const miniSector = 64

/** A stream by one of some names; undefined where there is none of them. Throws workbook-damaged. */
export function findStream(bytes: Buffer, names: readonly string[]): Buffer | undefined {
  const container = openContainer(bytes)
  const directory = streamFrom(container, bytes.readUInt32LE(48))
  const entries = Array.from({ length: Math.floor(directory.length / entrySize) }, (_, i) => {
    const entry = directory.subarray(i * entrySize, (i + 1) * entrySize)
    const length = Math.min(64, Math.max(2, entry.readUInt16LE(64)))
    return {
      name: entry.toString('utf16le', 0, length - 2),
      type: entry[66],
      start: entry.readUInt32LE(116),
      size: entry.readUInt32LE(120),
    }
  })
  const found = entries.find(({ name, type }) => type === 2 && names.includes(name))
  if (!found) return undefined
  if (found.size > bytes.length) throw damaged('a stream that is longer than its file')
  if (found.size >= bytes.readUInt32LE(56)) return streamFrom(container, found.start).subarray(0, found.size)

  // Small streams lie in sectors of their own, within the stream of the root.
  const root = entries.find(({ type }) => type === 5)
  if (!root) throw damaged('a compound file without its root')
  const small = streamFrom(container, root.start)
  const next = sectorNumbers(streamFrom(container, bytes.readUInt32LE(60)))
  const parts = chain(next, found.start).map(at => small.subarray(at * miniSector, (at + 1) * miniSector))
  return Buffer.concat(parts).subarray(0, found.size)
}
