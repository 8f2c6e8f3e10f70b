import { isId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { OpenWork } from '../../platform/work.ts'
import { stationProblem } from '../problems.ts'
import { hashOfBytes, importStationKey, isSignedBy, type PacketHeader } from '../seal-packet.ts'
import type { StationKeys } from '../stations/keys.ts'
import * as stations from '../stations/stations.ts'
import type { FileImport, PacketStatus } from './contract.ts'
import { stationAuthority } from './packets.ts'
import { receiveManifest, receivePacketHeader, receiveWholePacket } from './receive-packet.ts'
import { type FileHandlers, readStationFile } from './usb-file-parts.ts'

/** A station's file from a USB stick replaces the line: the same manifests, packets and answers. */

/** The station that a manifest names; its signature is checked afterwards. */
function stationIdIn(list: string): string {
  try {
    const { station } = JSON.parse(Buffer.from(list.split('.')[1] ?? '', 'base64url').toString('utf8')) as {
      station?: unknown
    }
    return typeof station === 'string' ? station : ''
  } catch {
    return ''
  }
}

/** The code of a refusal. Any other error is a fault and ends the reading. */
function problemCodeOf(error: unknown): string {
  if (error instanceof Problem) return error.code
  throw error
}

type KnownPacket = { readonly station: stations.Station; readonly standing: PacketStatus }

/** The state of one import: the known packets by hash, and their stations. */
function fileHandlers(openWork: OpenWork, keys: StationKeys) {
  const known = new Map<string, KnownPacket>()
  const lengths = new Map<string, number[]>()
  const read = new Map<string, stations.Station | undefined>()

  async function stationOfId(id: string): Promise<stations.Station | undefined> {
    if (!read.has(id)) read.set(id, await openWork(stationAuthority(id), work => stations.findStation(work, id)))
    return read.get(id)
  }

  async function takeList(text: string): Promise<string | undefined> {
    const id = stationIdIn(text)
    if (!isId(id)) return 'manifest-refused'
    const station = await stationOfId(id)
    if (!station) return 'station-unknown'
    const standings = await openWork(stationAuthority(id), work => receiveManifest(work, id, text, 'file')).catch(
      problemCodeOf,
    )
    if (typeof standings === 'string') return standings
    for (const { bytes, ...standing } of standings) {
      known.set(standing.hash, { station, standing })
      const key = `${id} ${standing.counter}`
      lengths.set(key, [...(lengths.get(key) ?? []), bytes])
    }
    return undefined
  }

  /**
   * A packet on no manifest is announced by its own header, if its station signed it, because the manifest may be what
   * was damaged.
   */
  async function tellOf(
    bytes: Uint8Array<ArrayBuffer>,
    header: PacketHeader,
    hash: string,
  ): Promise<KnownPacket | string> {
    const station = await stationOfId(header.station)
    if (!station) return 'station-unknown'
    if (!(await isSignedBy(bytes, await importStationKey(station.publicKey)))) return 'packet-signature-wrong'
    return {
      station,
      standing: await openWork(stationAuthority(station.id), work =>
        receivePacketHeader(work, header, { hash, bytes: bytes.length }),
      ),
    }
  }

  async function takePacket(bytes: Uint8Array<ArrayBuffer>, header: PacketHeader): Promise<string | undefined> {
    const hash = await hashOfBytes(bytes)
    const told = known.get(hash) ?? (await tellOf(bytes, header, hash))
    if (typeof told === 'string') return told
    const { station, standing } = told
    // A packet that is refused does not stop the others of the file.
    const taken =
      standing.state === 'wanted'
        ? await receiveWholePacket(openWork, keys, { station, hash, bytes }).catch(error => ({
            ...standing,
            state: 'refused' as const,
            problem: problemCodeOf(error),
          }))
        : standing
    const { offset, ...rest } = taken
    known.set(hash, {
      station,
      standing: taken.state === 'wanted' ? { ...rest, ...(offset !== undefined && { offset }) } : rest,
    })
    return undefined
  }

  const taker: FileHandlers = {
    list: takeList,
    packet: takePacket,
    lengthsOf: ({ station, counter }) => lengths.get(`${station} ${counter}`) ?? [],
  }
  return { taker, known, read }
}

/**
 * Imports a file that a station wrote, or several joined files. Every intact manifest and packet is accepted whatever
 * is damaged around it; unread bytes are reported, and missing packets stay `wanted`. Importing again changes nothing.
 * Throws file-unreadable, station-unknown or manifest-refused if nothing of it could be read.
 */
export async function importStationFile(openWork: OpenWork, keys: StationKeys, path: string): Promise<FileImport> {
  const { taker, known, read } = fileHandlers(openWork, keys)
  const { size, unread } = await readStationFile(path, taker)
  const answers = [...read.values()].flatMap(station =>
    station ? [{ station: station.id, packets: statusesOf(known, station.id) }] : [],
  )
  const [first, ...others] = answers.filter(({ packets }) => packets.length > 0 || answers.length === 1)
  if (!first || (first.packets.length === 0 && unread.length > 0))
    throw fileRefusal(unread.map(({ problem }) => problem))
  return { ...first, others, bytes: size, unread: [...unread] }
}

const statusesOf = (known: ReadonlyMap<string, KnownPacket>, id: string): PacketStatus[] =>
  [...known.values()]
    .flatMap(({ station, standing }) => (station.id === id ? [standing] : []))
    .sort((a, b) => a.counter - b.counter)

/** Why nothing of a file could be read. An unknown station comes before a bad format. */
function fileRefusal(problems: readonly string[]): Problem {
  const code = (['station-unknown', 'manifest-refused'] as const).find(one => problems.includes(one))
  return stationProblem(code ?? 'file-unreadable')
}
