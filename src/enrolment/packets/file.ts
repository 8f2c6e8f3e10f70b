import { isId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { OpenWork } from '../../platform/work.ts'
import { hashOf, importStationKey, isSignedBy, type PacketHeader } from '../packet.ts'
import { stationProblem } from '../problems.ts'
import type { StationKeys } from '../stations/keys.ts'
import * as stations from '../stations/stations.ts'
import type { PacketStandingOf, TakenFile } from './contract.ts'
import { readStationFile, type Taker } from './file-parts.ts'
import { asStation, takeWhole, tell, tellOfOne } from './packets.ts'

/** A station's file from a USB stick replaces the line: the same manifests, packets and answers. */

/** The station that a manifest names; its signature is checked afterwards. */
function stationOf(list: string): string {
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
function codeOf(error: unknown): string {
  if (error instanceof Problem) return error.code
  throw error
}

type Standing = { readonly station: stations.Station; readonly standing: PacketStandingOf }

/** The state of one import: the known packets by hash, and their stations. */
function taking(openWork: OpenWork, keys: StationKeys) {
  const known = new Map<string, Standing>()
  const lengths = new Map<string, number[]>()
  const read = new Map<string, stations.Station | undefined>()

  async function stationOfId(id: string): Promise<stations.Station | undefined> {
    if (!read.has(id)) read.set(id, await openWork(asStation(id), work => stations.findStation(work, id)))
    return read.get(id)
  }

  async function takeList(text: string): Promise<string | undefined> {
    const id = stationOf(text)
    if (!isId(id)) return 'manifest-refused'
    const station = await stationOfId(id)
    if (!station) return 'station-unknown'
    const standings = await openWork(asStation(id), work => tell(work, id, text, 'file')).catch(codeOf)
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
  ): Promise<Standing | string> {
    const station = await stationOfId(header.station)
    if (!station) return 'station-unknown'
    if (!(await isSignedBy(bytes, await importStationKey(station.publicKey)))) return 'packet-signature-wrong'
    return {
      station,
      standing: await openWork(asStation(station.id), work => tellOfOne(work, header, { hash, bytes: bytes.length })),
    }
  }

  async function takePacket(bytes: Uint8Array<ArrayBuffer>, header: PacketHeader): Promise<string | undefined> {
    const hash = await hashOf(bytes)
    const told = known.get(hash) ?? (await tellOf(bytes, header, hash))
    if (typeof told === 'string') return told
    const { station, standing } = told
    // A packet that is refused does not stop the others of the file.
    const taken =
      standing.state === 'wanted'
        ? await takeWhole(openWork, keys, { station, hash, bytes }).catch(error => ({
            ...standing,
            state: 'refused' as const,
            problem: codeOf(error),
          }))
        : standing
    const { offset, ...rest } = taken
    known.set(hash, {
      station,
      standing: taken.state === 'wanted' ? { ...rest, ...(offset !== undefined && { offset }) } : rest,
    })
    return undefined
  }

  const taker: Taker = {
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
export async function takeFile(openWork: OpenWork, keys: StationKeys, path: string): Promise<TakenFile> {
  const { taker, known, read } = taking(openWork, keys)
  const { size, unread } = await readStationFile(path, taker)
  const answers = [...read.values()].flatMap(station =>
    station ? [{ station: station.id, packets: standingsOf(known, station.id) }] : [],
  )
  const [first, ...others] = answers.filter(({ packets }) => packets.length > 0 || answers.length === 1)
  if (!first || (first.packets.length === 0 && unread.length > 0)) throw refusalOf(unread.map(({ problem }) => problem))
  return { ...first, others, bytes: size, unread: [...unread] }
}

const standingsOf = (known: ReadonlyMap<string, Standing>, id: string): PacketStandingOf[] =>
  [...known.values()]
    .flatMap(({ station, standing }) => (station.id === id ? [standing] : []))
    .sort((a, b) => a.counter - b.counter)

/** Why nothing of a file could be read. An unknown station comes before a bad format. */
function refusalOf(problems: readonly string[]): Problem {
  const code = (['station-unknown', 'manifest-refused'] as const).find(one => problems.includes(one))
  return stationProblem(code ?? 'file-unreadable')
}
