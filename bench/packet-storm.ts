import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { findGaps } from '../src/enrolment/gaps/gaps.ts'
import type { PacketStatus } from '../src/enrolment/packets/contract.ts'
import { importStationKey, type Packet, readStatement } from '../src/enrolment/seal-packet.ts'
import type { StationKeys } from '../src/enrolment/stations/keys.ts'
import * as stations from '../src/enrolment/stations/stations.ts'
import { openHouse } from '../src/open-house.ts'
import { type Authority, asSystem, type Work } from '../src/platform/work.ts'
import { type AStation, aCapture, aPortrait, aStation, manifestOf, seal } from '../test/a-station.ts'
import { copyHouse, usualPeople } from '../test/house-to-copy.ts'
import { type Chaos, chaosProxy } from './houses/chaos-proxy.ts'
import { type KilledHouse, killedHouse } from './houses/killed-house.ts'

/**
 * Packets of many stations go through a proxy that cuts, delays, duplicates, reorders and truncates, while the house
 * and its database are killed. Afterwards everything that was acknowledged is here, nothing is here twice, and
 * everything that was never sent is in the list of gaps, and nothing else is. Throws where that does not hold.
 */
export type PacketStorm = {
  readonly packets: number
  readonly stations: number
  readonly kills: number
  readonly seed?: number
  say(line: string): void
}

/** mulberry32: the same storm each time. */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const weather: Chaos = { cut: 0.04, deaf: 0.04, twice: 0.05, halved: 0.03, short: 0.03, delay: 60 }

type Person = {
  readonly id: string
  readonly number: string
  readonly fullName: string
  readonly birthDate: string
  readonly sex: 'M' | 'F'
}

export type Ready = {
  readonly station: AStation
  readonly grant: string
  readonly officer: string
  readonly outbox: Map<string, Packet>
  readonly words: Map<string, string>
}

/**
 * Officers who may capture, people of age, and stations with their grants: read and made beside the running house,
 * before the storm.
 */
export async function prepareStations(
  folder: string,
  { packets, stations: count }: Pick<PacketStorm, 'packets' | 'stations'>,
) {
  const house = await openHouse({ folder, purpose: 'command' })
  try {
    const keys = await house.stationKeys()
    const people = await house.openWork(asSystem('storm'), async ({ tx }) => {
      const { rows } = await sql<Person>`
        select p.person_id as id, p.number, p.full_name as "fullName", p.sex,
               lpad(p.birth_y::text, 4, '0') || '-' || lpad(p.birth_m::text, 2, '0') || '-' ||
                 lpad(p.birth_d::text, 2, '0') as "birthDate"
        from register.published_person p
        where p.number is not null and p.birth_d is not null and p.birth_y <= 2008 and p.life_status = 'alive'
          -- Whose application was returned has it captured anew: no application of its own comes of that packet.
          and not exists (select from enrolment.application a where a.person_id = p.person_id)
        order by p.person_id limit ${packets}`.execute(tx)
      return rows
    })
    assert.ok(people.length >= packets, `the province has ${people.length} people of age, for ${packets} packets`)
    const officer = await house.openWork(asSystem('storm'), async ({ tx }) => {
      const { rows } = await sql<{ id: string; unit: string }>`
        select a.officer_id as id, a.unit_id as unit from staff.appointment a where a.role = 'ward-officer'
        order by a.officer_id limit 1`.execute(tx)
      return rows[0]
    })
    assert.ok(officer)
    const standing: Authority = {
      by: { kind: 'officer', id: officer.id },
      unitId: officer.unit as NonNullable<Authority['unitId']>,
      scope: 'house',
      purpose: 'storm',
    }
    const ready: Ready[] = []
    for (let n = 0; n < count; n++) {
      const station = await aStation()
      await house.openWork(standing, work =>
        stations.registerStation(work, { id: station.id, name: `Trạm ${n + 1}`, publicKey: station.publicKey }),
      )
      const { grant } = await house.openWork(standing, work => stations.grantOfficer(work, station.id, keys))
      ready.push({ station, grant, officer: officer.id, outbox: new Map(), words: new Map() })
    }
    return { keys, people, ready }
  } finally {
    await house.close()
  }
}

/** Every so many packets one dies with its laptop before it was told of, and another is told of and never sent. */
const lostEvery = 97
const stuckEvery = 89

type Expected = { readonly holes: Set<string>; readonly stuck: Set<string> }

/** Captures and seals all of it, dealt out to the stations. */
export async function capture(
  ready: readonly Ready[],
  people: readonly Person[],
  keys: StationKeys,
  random: () => number,
): Promise<Expected> {
  const expected: Expected = { holes: new Set(), stuck: new Set() }
  for (const [at, person] of people.entries()) {
    const one = ready[at % ready.length] as Ready
    const told = await aCapture({
      person,
      officer: { id: one.officer, grant: one.grant },
      portrait: aPortrait(random() < 0.05 ? 200_000 : 2_000 + Math.floor(random() * 20_000)),
      ...(random() < 0.5 && { phone: `09${String(10_000_000 + at).padStart(8, '0')}` }),
    })
    const packet = await seal(one.station, keys.centre, told)
    one.station.packets.length = 0
    const key = `${one.station.id} ${packet.header.counter}`
    const isLast = at >= people.length - ready.length
    if (at % lostEvery === lostEvery - 1 && !isLast) expected.holes.add(key)
    else {
      one.outbox.set(packet.hash, packet)
      if (at % stuckEvery === stuckEvery - 1) expected.stuck.add(key)
    }
  }
  return expected
}

const pieceBytes = 32 * 1024
const patience = 15_000

/**
 * Asks and reads the whole answer within the patience of a station; a timer of its own, for a signal that nothing holds
 * may be collected before it fires.
 */
async function post<T>(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  type: string,
  method = 'POST',
): Promise<{ ok: boolean; answer: T }> {
  const given = new AbortController()
  const timer = globalThis.setTimeout(() => given.abort(), patience)
  try {
    const response = await fetch(url, { method, body, headers: { 'content-type': type }, signal: given.signal })
    return { ok: response.ok, answer: (await response.json()) as T }
  } finally {
    clearTimeout(timer)
  }
}

/** A station's loop: tells what it holds, sends what is wanted, lets go of nothing without the house's signed word. */
export async function sendPackets(
  one: Ready,
  origin: string,
  stuck: ReadonlySet<string>,
  house: Awaited<ReturnType<typeof importStationKey>>,
  random: () => number,
): Promise<void> {
  const { station, outbox, words } = one
  const isStuck = ({ header }: Packet) => stuck.has(`${station.id} ${header.counter}`)
  const learn = async (standing: PacketStatus) => {
    if (!standing.word) return
    const word = (await readStatement('dinhdanh-held', standing.word, house)) as
      | { hash?: string; station?: string }
      | undefined
    if (word?.hash !== standing.hash || word.station !== station.id)
      throw new Error('the house’s word is not about this packet')
    words.set(standing.hash, standing.word)
    const packet = outbox.get(standing.hash)
    if (packet && !isStuck(packet)) outbox.delete(standing.hash)
  }
  const send = async (packet: Packet, from: number) => {
    for (let at = from; at < packet.bytes.length; at += pieceBytes) {
      const url = `${origin}/api/stations/${station.id}/packets/${packet.hash}?offset=${at}`
      const { ok, answer } = await post<PacketStatus>(
        url,
        packet.bytes.slice(at, at + pieceBytes),
        'application/octet-stream',
        'PUT',
      )
      if (!ok) return
      if (answer.state === 'wanted') at = (answer.offset ?? 0) - pieceBytes
      else return learn(answer)
    }
  }
  while ([...outbox.values()].some(packet => !isStuck(packet))) {
    try {
      const some = [...outbox.values()].slice(0, 60)
      const waiting = some.some(packet => !isStuck(packet))
        ? some
        : [...outbox.values()].filter(packet => !isStuck(packet)).slice(0, 60)
      const { ok, answer } = await post<{ packets: PacketStatus[] }>(
        `${origin}/api/stations/${station.id}/manifest`,
        JSON.stringify({ manifest: await manifestOf(station, waiting) }),
        'application/json',
      )
      if (!ok) throw new Error('the list was not taken')
      const { packets } = answer
      for (const standing of packets) await learn(standing)
      const wanted = packets.filter(
        ({ state, hash }) => state === 'wanted' && outbox.has(hash) && !isStuck(outbox.get(hash) as Packet),
      )
      // In any order, several at once.
      wanted.sort(() => random() - 0.5)
      for (let at = 0; at < wanted.length; at += 3)
        await Promise.allSettled(
          wanted.slice(at, at + 3).map(({ hash, offset }) => send(outbox.get(hash) as Packet, offset ?? 0)),
        )
    } catch {
      await setTimeout(50 + random() * 200)
    }
  }
}

type Row = {
  readonly station: string
  readonly counter: number
  readonly hash: string
  readonly state: string
  readonly problem: string | null
}

/** What is so afterwards, read from the tables by statements of its own. */
export async function assertPacketsLanded(
  folder: string,
  ready: readonly Ready[],
  expected: Expected,
  say: PacketStorm['say'],
): Promise<void> {
  const house = await openHouse({ folder, purpose: 'command' })
  try {
    const read = <T>(query: string) =>
      house.openWork(asSystem('storm'), async ({ tx }) => (await sql.raw<T>(query).execute(tx)).rows)
    const rows = await read<Row>(
      `select station_id as station, counter, encode(hash, 'hex') as hash, state, problem from enrolment.packet`,
    )
    const byHash = new Map(rows.map(row => [row.hash, row]))
    const words = ready.flatMap(one => [...one.words.keys()])
    const lost = words.filter(hash => !['landed', 'held', 'set-aside'].includes(byHash.get(hash)?.state ?? ''))
    assert.deepEqual(lost, [], 'nothing that was acknowledged is lost')
    // The demonstration has a held packet of its own.
    const sent = new Set(words)
    const held = rows.filter(({ state, hash }) => state === 'held' && sent.has(hash))
    assert.deepEqual(held, [], 'nothing honest was held back')
    const landed = rows.filter(({ state }) => state === 'landed').length
    const [{ applications = 0, packets = 0, twice = 0 } = {}] = await read<{
      applications: number
      packets: number
      twice: number
    }>(`
      select count(*)::integer as applications, count(distinct (station_id, packet_hash))::integer as packets,
             (select count(*)::integer
               from (select 1 from enrolment.application group by id having count(*) > 1) t) as twice
      from enrolment.application where capture = 'here'`)
    assert.deepEqual(
      [applications, packets, twice],
      [landed, landed, 0],
      'each packet is one application, and none twice',
    )
    const [{ cards = 0 } = {}] = await read<{ cards: number }>(`
      select count(*)::integer as cards
      from (select person_id from cards.card
        where state in ('applied', 'approved', 'produced', 'at-unit') and origin = 'issued' group by person_id
        having count(*) > 1) t`)
    assert.equal(cards, 0, 'nobody has two cards under way')
    const gaps = await house.openWork(asSystem('storm'), work => gapsOf(work))
    assert.deepEqual(
      [...gaps.holes].sort(),
      [...expected.holes].sort(),
      'every hole in the numbers is listed, and nothing else',
    )
    assert.deepEqual(
      [...gaps.stuck].sort(),
      [...expected.stuck].sort(),
      'every packet that was told of and never sent is listed, and nothing else',
    )
    assert.deepEqual(gaps.broken, [], 'no chain is broken')
    say(
      `${landed} applications, each once; ${words.length} acknowledged, none lost; ${gaps.holes.size} holes ` +
        `and ${gaps.stuck.size} never sent, all listed`,
    )
  } finally {
    await house.close()
  }
}

async function gapsOf(work: Work) {
  const gaps = await findGaps(work)
  const of = (kind: string) =>
    new Set(gaps.filter(gap => gap.kind === kind).map(({ facts }) => `${facts['station']} ${facts['counter']}`))
  return {
    holes: of('counter-hole'),
    stuck: of('captured-not-received'),
    broken: gaps.filter(({ kind }) => kind === 'chain-broken').map(({ subject }) => subject),
  }
}

/** Milliseconds in which at least one packet lands, as long as any waits: however slow the machine is. */
const landsWithin = 120_000

/** Waits until every packet that was received has landed. Throws where for two minutes none does. */
export async function allLanded(folder: string): Promise<void> {
  const house = await openHouse({ folder, purpose: 'command' })
  try {
    const read = () =>
      house.openWork(
        asSystem('storm'),
        async ({ tx }) =>
          (
            await sql<{ left: number }>`
              select count(*)::integer as left from enrolment.packet where state = 'received'`.execute(tx)
          ).rows[0]?.left ?? 0,
      )
    let [least, since] = [Number.POSITIVE_INFINITY, performance.now()]
    for (;;) {
      const left = await read()
      if (left === 0) return
      if (left < least) [least, since] = [left, performance.now()]
      if (performance.now() - since > landsWithin)
        throw new Error(`${left} packets were received, and none of them has landed for two minutes`)
      await setTimeout(500)
    }
  } finally {
    await house.close()
  }
}

/**
 * Kills it, evenly over what is sent, alternately the server and the database. What was sent while it started again may
 * have been the last: then it is killed while that lands.
 */
async function killing(
  house: KilledHouse,
  ready: readonly Ready[],
  kills: number,
  total: number,
  over: () => boolean,
): Promise<void> {
  const left = () => ready.reduce((sum, { outbox }) => sum + outbox.size, 0)
  let done = 0
  while (done < kills) {
    const share = 1 - left() / total
    if (over() || share >= (done + 0.5) / (kills + 0.5)) {
      await house.kill(done % 2 === 0 ? 'server' : 'database')
      done += 1
    } else await setTimeout(20)
  }
}

export async function packetStorm(storm: PacketStorm): Promise<void> {
  const random = randomOf(storm.seed ?? 7)
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-storm-'))
  const peopleNeeded = Math.min(20_000, Math.ceil(storm.packets * 1.7))
  if (peopleNeeded <= usualPeople) await copyHouse(folder)
  const house = await killedHouse(folder, Math.max(usualPeople, peopleNeeded))
  try {
    const { keys, people, ready } = await prepareStations(folder, storm)
    const expected = await capture(ready, people, keys, random)
    storm.say(`${people.length} packets sealed at ${ready.length} stations`)
    const total = ready.reduce((sum, { outbox }) => sum + outbox.size, 0)
    const proxy = await chaosProxy(new URL(house.origin), weather, random)
    const trust = await importStationKey(keys.house)
    let over = false
    const began = performance.now()
    const sending = Promise.all(ready.map(one => sendPackets(one, proxy.origin, expected.stuck, trust, random))).then(
      () => {
        over = true
      },
    )
    await killing(house, ready, storm.kills, total, () => over)
    await sending
    storm.say(
      `sent in ${((performance.now() - began) / 1000).toFixed(0)} s, killed ${storm.kills} times; requests: ` +
        `${JSON.stringify(proxy.happened)}`,
    )
    await proxy.close()
    await allLanded(folder)
    await assertPacketsLanded(folder, ready, expected, storm.say)
  } finally {
    await house.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
