// Taking packets in (signed list, pieces, hash, signature, decryption, chain, word, job, storing) beside a bare insert
// of the same bytes, one commit each, in one run; and landing them. node bench/ingest.ts: packets of 50 kB and of 2 MB
// from four stations at once, each sending one packet after another, as stations do.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Client } from 'pg'
import * as audit from '../src/audit/audit.ts'
import { consequences } from '../src/consequences.ts'
import { stationAuthority } from '../src/enrolment/packets/packets.ts'
import { processPacket } from '../src/enrolment/packets/process-packet.ts'
import { receiveManifest, receivePiece } from '../src/enrolment/packets/receive-packet.ts'
import type { Packet } from '../src/enrolment/seal-packet.ts'
import { stationKeys } from '../src/enrolment/stations/keys.ts'
import * as stations from '../src/enrolment/stations/stations.ts'
import { stopwatch } from '../src/platform/clock.ts'
import { asDay } from '../src/platform/day.ts'
import { openDatabase } from '../src/platform/db.ts'
import { migrateJobs } from '../src/platform/jobs/jobs.ts'
import { migrate } from '../src/platform/postgres/migrate.ts'
import { openPostgres } from '../src/platform/postgres/postgres.ts'
import { setSealingKey } from '../src/platform/sealing/sealing.ts'
import { type Authority, asSystem, makeOpenWork } from '../src/platform/work.ts'
import * as staff from '../src/staff/staff.ts'
import * as units from '../src/units/units.ts'
import { type AStation, aCapture, aPortrait, aStation, manifestOf, seal } from '../test/a-station.ts'
import { aPerson, enterAll } from '../test/builders.ts'
import type { TestHouse } from '../test/house.ts'

const day = asDay('2023-04-20')
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-ingest-'))
setSealingKey(Buffer.alloc(32, 7))
const postgres = await openPostgres({ dataDir: join(folder, 'data'), purpose: 'bench' })
const abreast = 4
const pieceBytes = 256 * 1024

type Sender = { readonly station: AStation; readonly grant: string; readonly officer: string }

try {
  await migrateJobs(postgres.administratorUrl)
  await migrate(postgres.administratorUrl)
  const database = openDatabase(postgres.administratorUrl)
  const openWork = makeOpenWork(database, { beforeCommit: audit.seal, businessDay: () => day })
  const house = { openWork, work: verb => openWork(asSystem('bench'), verb) } as TestHouse
  audit.setConsequences(consequences)
  await openWork({ ...asSystem('bench'), role: 'maintenance' }, units.loadReference)
  await mkdir(join(folder, 'keys'))
  const keys = await stationKeys(folder)
  const senders: Sender[] = []
  const ward = await openWork(asSystem('bench'), async work => (await units.findUnitOn(work, '06649', day))?.id)
  if (!ward) throw new Error('no ward')
  const { officer } = await openWork(asSystem('bench'), async work => {
    const added = await staff.addOfficer(work, { login: 'canbo', fullName: 'Cán Bộ', unitId: ward })
    await staff.appoint(work, { officerId: added.officer.id, role: 'ward-officer', unitId: ward })
    return added
  })
  const standing: Authority = {
    by: { kind: 'officer', id: officer.id },
    unitId: ward,
    scope: 'house',
    purpose: 'bench',
  }
  for (let n = 0; n < abreast; n++) {
    const station = await aStation()
    await openWork(standing, work =>
      stations.registerStation(work, { id: station.id, name: 'Trạm', publicKey: station.publicKey }),
    )
    const { grant } = await openWork(standing, work => stations.grantOfficer(work, station.id, keys))
    senders.push({ station, officer: officer.id, grant })
  }

  const people = Array.from({ length: 3000 }, (_, n) =>
    aPerson({
      name: `Nguyễn Văn ${String.fromCharCode(65 + (n % 26))}${n}`,
      bornOn: `2005-0${(n % 9) + 1}-1${n % 10}`,
    }),
  )
  await enterAll(house, people)
  let next = 0
  const packetOf = async ({ station, grant, officer: id }: Sender, bytes: number): Promise<Packet> => {
    const row = people[next++ % people.length] as Record<string, string>
    const person = {
      number: row['person_number'] ?? '',
      fullName: row['full_name'] ?? '',
      birthDate: row['birth_date'] ?? '',
      sex: row['sex'] as 'M' | 'F',
    }
    const packet = await seal(
      station,
      keys.centre,
      await aCapture({ person, officer: { id, grant }, portrait: aPortrait(bytes - 3000) }),
    )
    station.packets.length = 0
    return packet
  }
  const send = async ({ station }: Sender, packets: readonly Packet[]) => {
    const list = await manifestOf(station, packets)
    await openWork(stationAuthority(station.id), work => receiveManifest(work, station.id, list))
    for (const { hash, bytes } of packets)
      for (let at = 0; at < bytes.length; at += pieceBytes)
        await receivePiece(openWork, keys, {
          stationId: station.id,
          hash,
          offset: at,
          body: bytes.slice(at, at + pieceBytes),
        })
  }

  const bare = new Client({ connectionString: postgres.administratorUrl })
  await bare.connect()
  await bare.query('create table bare (id integer primary key, body bytea)')
  await bare.query('alter table bare alter column body set storage external')
  let stored = 0
  const clients = await Promise.all(
    Array.from({ length: abreast }, async () => {
      const client = new Client({ connectionString: postgres.administratorUrl })
      await client.connect()
      return client
    }),
  )

  const mebi = (bytes: number) => Math.round(bytes / 1_048_576)
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  /**
   * What is still held when everything else has been let go of, in MiB: were a packet kept, this would grow with each
   * round.
   */
  const held = () => {
    collect()
    const { heapUsed, external } = process.memoryUsage()
    return mebi(heapUsed + external)
  }
  async function measured(what: string, bytes: number, rounds: number, each: number) {
    let [ours, plain, count] = [0, 0, 0]
    const kept: number[] = []
    let most = 0
    for (let round = 0; round < rounds; round++) {
      const dealt = await Promise.all(
        senders.map(async sender => ({ sender, packets: await series(each, () => packetOf(sender, bytes)) })),
      )
      const elapsed = stopwatch()
      await Promise.all(dealt.map(({ sender, packets }) => send(sender, packets)))
      if (round > 0) ours += elapsed()
      const again = stopwatch()
      await Promise.all(
        dealt.map(async ({ packets }, at) => {
          for (const packet of packets)
            await clients[at]?.query('insert into bare values ($1, $2)', [stored++, Buffer.from(packet.bytes)])
        }),
      )
      if (round > 0) {
        plain += again()
        count += each * senders.length
      }
      most = Math.max(most, mebi(process.memoryUsage().rss))
      dealt.length = 0
      kept.push(held())
    }
    const rate = (milliseconds: number) => Number((count / (milliseconds / 1000)).toFixed(1))
    return {
      what,
      packets: count,
      'taken in, a second': rate(ours),
      'bare insert, a second': rate(plain),
      ratio: Number((plain / ours).toFixed(2)),
      'MiB held after the second round': kept[1],
      'after the last': kept.at(-1),
      'process at most, MiB': most,
    }
  }

  const small = await measured('50 kB', 50_000, Number(process.env['ROUNDS'] ?? 16), 20)
  const large = await measured('2 MB', 2_000_000, Number(process.env['ROUNDS'] ?? 16), 2)
  console.table([small, large])

  const waiting = (
    await bare.query<{ station: string; hash: string }>(
      `select station_id as station, encode(hash, 'hex') as hash from enrolment.packet where state = 'received'`,
    )
  ).rows
  const elapsed = stopwatch()
  await Promise.all(
    [0, 1].map(async half => {
      for (const { station, hash } of waiting.filter((_, at) => at % 2 === half))
        await processPacket(openWork, keys, station, hash)
    }),
  )
  const { rows } = await bare.query<{ state: string; count: string }>(
    'select state, count(*) from enrolment.packet group by state',
  )
  console.log(
    `landed: ${(waiting.length / (elapsed() / 1000)).toFixed(1)} a second with two at once; packets by state: ` +
      `${rows.map(row => `${row.state} ${row.count}`).join(', ')}`,
  )
  await Promise.all([bare.end(), ...clients.map(client => client.end())])
  await database.end()
} finally {
  await postgres.release()
  await rm(folder, { recursive: true, force: true })
}

async function series<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  const made: T[] = []
  for (let n = 0; n < count; n++) made.push(await make())
  return made
}
