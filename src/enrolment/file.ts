import { open } from 'node:fs/promises'
import { isId } from '../platform/ids.ts'
import type { OpenWork } from '../platform/work.ts'
import { largestPacket } from './capture.ts'
import { fileMagic, type PacketStandingOf } from './contract-station.ts'
import type { StationKeys } from './keys.ts'
import { hashOf, PacketFault, readHeader } from './packet.ts'
import { stationProblem } from './problems.ts'
import { asStation, takeWhole, tell } from './receive.ts'
import * as stations from './store-station.ts'

/** A station's file from a USB stick is a full substitute for the line: the same lists, the same packets, the same answers. */

/** Lists are text (a compact JWS), packets begin with their own magic; lists are not long. */
const longestList = 1_000_000

async function* blocksOf(path: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const file = await open(path)
  try {
    const take = async (length: number) => {
      const bytes = new Uint8Array(length)
      let read = 0
      while (read < length) {
        const { bytesRead } = await file.read(bytes, read, length - read)
        if (bytesRead === 0) break
        read += bytesRead
      }
      return bytes.subarray(0, read)
    }
    if (new TextDecoder().decode(await take(4)) !== fileMagic) throw stationProblem('file-unreadable')
    for (;;) {
      const head = await take(4)
      if (head.length === 0) return
      const length = head.length === 4 ? new DataView(head.buffer).getUint32(0) : 0
      if (length === 0 || length > Math.max(largestPacket, longestList)) throw stationProblem('file-unreadable')
      const block = await take(length)
      if (block.length < length) throw stationProblem('file-unreadable')
      yield block
    }
  } finally {
    await file.close()
  }
}

const isPacket = (block: Uint8Array) => block[0] === 0x44 && block[1] === 0x44 && block[2] === 0x50

/** Whose a list says it is; its signature is checked afterwards. */
function stationOf(list: string): string {
  try {
    const { station } = JSON.parse(Buffer.from(list.split('.')[1] ?? '', 'base64url').toString('utf8')) as { station?: unknown }
    return typeof station === 'string' ? station : ''
  } catch {
    return ''
  }
}

/**
 * Takes in a file that a station wrote, as a stream. A file that is cut off is refused with file-unreadable, but what stood before the cut is here, and is not sent again when the
 * whole file comes. Throws station-unknown, manifest-refused.
 */
export async function takeFile(
  openWork: OpenWork,
  keys: StationKeys,
  path: string,
): Promise<{ readonly station: string; readonly packets: readonly PacketStandingOf[] }> {
  const standings = new Map<string, PacketStandingOf>()
  let id = ''
  let station: stations.Station | undefined
  for await (const block of blocksOf(path)) {
    if (!isPacket(block)) {
      const list = new TextDecoder().decode(block)
      id = stationOf(list)
      if (!isId(id)) throw stationProblem('manifest-refused')
      for (const one of await openWork(asStation(id), work => tell(work, id, list, 'file'))) standings.set(one.hash, one)
      station = await openWork(asStation(id), work => stations.findStation(work, id))
      continue
    }
    if (!station) throw stationProblem('file-unreadable')
    const hash = await hashOf(block)
    const known = standings.get(hash)
    if (known && known.state !== 'wanted') continue
    standings.set(hash, await takeWhole(openWork, keys, { station, hash, bytes: block }).catch(error => refusedBlock(error, hash, block)))
  }
  if (!station) throw stationProblem('file-unreadable')
  return { station: id, packets: [...standings.values()].sort((a, b) => a.counter - b.counter) }
}

/** One that cannot be taken does not keep the others of the file out. */
function refusedBlock(error: unknown, hash: string, block: Uint8Array<ArrayBuffer>): PacketStandingOf {
  const { code } = error as { code?: unknown }
  if (typeof code !== 'string' || !code.startsWith('packet-')) throw error
  return { hash, counter: counterOf(block), state: 'refused', problem: code }
}

function counterOf(block: Uint8Array<ArrayBuffer>): number {
  try {
    return readHeader(block).header.counter
  } catch (error) {
    if (error instanceof PacketFault) return 1
    throw error
  }
}
