import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import * as audit from '../src/audit/audit.ts'
import { stationAuthority } from '../src/enrolment/packets/packets.ts'
import { processPacket } from '../src/enrolment/packets/process-packet.ts'
import { receiveManifest, receivePiece } from '../src/enrolment/packets/receive-packet.ts'
import * as packets from '../src/enrolment/packets/store.ts'
import type { Packet } from '../src/enrolment/seal-packet.ts'
import { type StationKeys, stationKeys } from '../src/enrolment/stations/keys.ts'
import * as stations from '../src/enrolment/stations/stations.ts'
import * as applications from '../src/enrolment/store-application.ts'
import { newId } from '../src/platform/ids.ts'
import type { Authority, Work } from '../src/platform/work.ts'
import type * as units from '../src/units/units.ts'
import { type AStation, aCapture, aStation, manifestOf, seal, type Told } from './a-station.ts'
import { anOfficerOf, aPerson, commune, enter } from './builders.ts'
import type { TestHouse } from './house.ts'

/** A folder with the keys of a centre, gone after the file. */
export async function aFolderWithKeys(): Promise<{ readonly folder: string; readonly keys: StationKeys }> {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-enrolment-'))
  after(() => rm(folder, { recursive: true, force: true }))
  await mkdir(join(folder, 'keys'))
  return { folder, keys: await stationKeys(folder) }
}

export type Ready = { readonly station: AStation; readonly grant: string }
export type AnOfficer = Authority & { readonly unitId: units.UnitId; readonly id: string }

/** A ward whose officers capture and decide, and whose stations send: what tests of packets begin with. */
export async function aSendingWard(house: TestHouse, keys: StationKeys) {
  audit.setConsequences({})

  async function anOfficer(code: string, id: string = newId<'officer'>()): Promise<AnOfficer> {
    const standing = await anOfficerOf(house, code, { officer: id })
    await house.owner(
      'insert into staff.officer (id, login, full_name, unit_id, added_at) values ($1, $2, $3, $4, now())',
      [id, `o${id.slice(-12)}`, 'Cán bộ Thử', standing.unitId],
    )
    await house.owner(
      "insert into staff.appointment (id, officer_id, role, unit_id) values ($1, $2, 'ward-officer', $3)",
      [newId(), id, standing.unitId],
    )
    return { ...standing, id }
  }

  const ward = await anOfficer(commune.haKhanh)
  const as = <T>(verb: (work: Work) => Promise<T>) => house.as(ward, verb)

  async function register(station: AStation): Promise<Ready> {
    await as(work => stations.registerStation(work, { id: station.id, name: 'Máy 01', publicKey: station.publicKey }))
    const { grant } = await as(work => stations.grantOfficer(work, station.id, keys))
    return { station, grant }
  }

  async function somebody(given: Parameters<typeof aPerson>[0] = {}) {
    const row = aPerson(given)
    const id = await enter(house, row)
    return {
      id,
      row,
      told: {
        id: id as string,
        number: row.person_number,
        fullName: row.full_name,
        birthDate: row.birth_date,
        sex: row.sex as 'M' | 'F',
      },
    }
  }

  const sealed = async (
    { station, grant }: Ready,
    told: Omit<Told, 'officer'>,
    sealing: Parameters<typeof seal>[3] = {},
  ) => {
    const captured = await aCapture({ ...told, officer: { id: ward.id, grant } })
    return { packet: await seal(station, keys.centre, captured, sealing), capture: captured.capture }
  }

  const toldOf = (station: AStation, list?: readonly Packet[], at?: Date) =>
    manifestOf(station, list ?? station.packets, at).then(jws =>
      house.as(stationAuthority(station.id), work => receiveManifest(work, station.id, jws)),
    )

  const piece = ({ station }: Ready, { hash, bytes }: Packet, from = 0, to = bytes.length) =>
    receivePiece(house.openWork, keys, { stationId: station.id, hash, offset: from, body: bytes.slice(from, to) })

  return {
    ward,
    as,
    anOfficer,
    register,
    registered: async () => register(await aStation()),
    somebody,
    sealed,
    toldOf,
    piece,
    /** Sends a packet whole, in one piece, and lands it as the job would. */
    async send(ready: Ready, packet: Packet) {
      await toldOf(ready.station)
      const answer = await piece(ready, packet)
      await processPacket(house.openWork, keys, ready.station.id, packet.hash)
      return answer
    },
    applicationOf: (id: string) => house.work(work => applications.findApplication(work, id)),
    stateOf: async ({ station }: Ready, { hash }: Packet) => {
      const packet = await house.work(work => packets.findPacket(work, station.id, hash))
      return { state: packet?.state, problem: packet?.problem }
    },
  }
}
