import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { commune } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { aFolderWithKeys, aSendingWard, type Ready } from '../../../test/sending-ward.ts'
import { noEngine } from '../../biometrics/abis/own-engine.ts'
import { openLog } from '../../platform/log.ts'
import { findGaps } from '../gaps/gaps.ts'
import { jobs } from '../jobs.ts'
import type { Packet } from '../seal-packet.ts'
import * as held from './quarantine.ts'

const house = await openHouse({ withUnits: true })
const { keys } = await aFolderWithKeys()
const { as, anOfficer, registered, somebody, sealed, toldOf, piece, applicationOf, stateOf } = await aSendingWard(
  house,
  keys,
)
const checker = await anOfficer(commune.haKhanh)

const logged: string[] = []
const kept = new Writable({
  write(line, _encoding, done) {
    logged.push(String(line))
    done()
  },
})
const log = openLog('info', kept)
const round = () =>
  jobs(house.openWork, async () => keys, { faces: undefined, outside: async () => noEngine })['land-what-was-left']?.(
    {},
    { attempt: 1, log },
  )

/** Packets that were received ten minutes ago, and whose jobs were lost. */
async function received(ready: Ready, count: number) {
  const people = []
  for (let n = 0; n < count; n++) people.push(await somebody())
  const sent = []
  for (const { told } of people) sent.push((await sealed(ready, { person: told })).packet)
  await toldOf(ready.station)
  for (const packet of sent) await piece(ready, packet)
  await house.owner("update enrolment.packet set received_at = now() - interval '10 minutes' where station_id = $1", [
    ready.station.id,
  ])
  return { people, sent: sent as [Packet, ...Packet[]] }
}

/** The database refuses the application of this packet until it is allowed again, in words that quote who it is. */
async function failing(
  { header }: Packet,
  { fullName, number }: { readonly fullName: string; readonly number: string },
  code = '23514',
) {
  await house.owner(`
    create function enrolment.broken() returns trigger language plpgsql as $$ begin raise exception
      'broken at ${fullName}, ${number}' using errcode = '${code}'; end $$;
    create trigger broken before insert on enrolment.application for each row
      when (new.id = '${header.application}') execute function enrolment.broken()`)
  return () => house.owner('drop function enrolment.broken cascade')
}

const pauseIsOver = ({ hash }: Packet) =>
  house.owner(
    `update enrolment.packet set facts = jsonb_set(facts, '{landing,next}', to_jsonb(now() - interval '1 minute'))
      where hash = decode($1, 'hex')`,
    [hash],
  )
const triesOf = async ({ hash }: Packet) =>
  (
    await house.owner<{ tries: number }>(
      `select (facts #>> '{landing,tries}')::integer as tries from enrolment.packet where hash = decode($1, 'hex')`,
      [hash],
    )
  )[0]?.tries

test('a packet that fails to process stops no other, is logged without personal data and is a gap', async () => {
  const ready = await registered()
  const { people, sent } = await received(ready, 3)
  const [bad, ...good] = sent
  const mend = await failing(bad, (people[0] as (typeof people)[number]).told)
  await round()
  for (const packet of good) assert.equal((await applicationOf(packet.header.application))?.state, 'submitted')
  assert.equal((await stateOf(ready, bad)).state, 'received')
  const gap = (await as(findGaps)).find(({ facts }) => facts['hash'] === bad.hash)
  assert.deepEqual([gap?.kind, (gap?.facts['landing'] as { fault?: string })?.fault], ['received-not-landed', '23514'])
  const told = logged.join('')
  assert.ok(told.includes(bad.hash) && told.includes('"fault":"23514"'))
  for (const { told: person } of people) assert.ok(!told.includes(person.fullName) && !told.includes(person.number))

  await round()
  assert.equal(await triesOf(bad), 1, 'not before its pause is over')
  const [next] = await house.owner<{ pause: number }>(
    'select extract(epoch from run_at - now())::integer as pause from graphile_worker.jobs where key = $1',
    [`land ${ready.station.id} ${bad.hash}`],
  )
  assert.ok(next && next.pause > 10 && next.pause <= 30, 'its next try is queued')
  await mend()
  await pauseIsOver(bad)
  await round()
  assert.equal((await applicationOf(bad.header.application))?.state, 'submitted')
})

test('a packet that a read-only or full database does not take loses none of its tries', async () => {
  const ready = await registered()
  const { people, sent } = await received(ready, 1)
  const [packet] = sent
  const who = (people[0] as (typeof people)[number]).told
  for (const [code, problem] of [
    ['25006', 'database-read-only'],
    ['53100', 'database-full'],
    ['57P01', 'database-away'],
  ]) {
    const mend = await failing(packet, who, code)
    await assert.rejects(async () => round(), { code: problem })
    await mend()
    assert.equal(await triesOf(packet), null)
  }
  const mend = await failing(packet, who, '40P01')
  await round()
  await mend()
  assert.equal(await triesOf(packet), 1, 'a lock that somebody holds may be about this packet, and counts')
  await pauseIsOver(packet)
  await round()
  assert.equal((await applicationOf(packet.header.application))?.state, 'submitted')
})

test('after its last try a packet is quarantined with the reason; once released it is processed', async () => {
  const ready = await registered()
  const { people, sent } = await received(ready, 1)
  const [bad] = sent
  const mend = await failing(bad, (people[0] as (typeof people)[number]).told)
  for (let n = 1; n <= 5; n++) {
    await round()
    assert.equal(await triesOf(bad), n)
    await pauseIsOver(bad)
  }
  await round()
  assert.deepEqual(await stateOf(ready, bad), { state: 'held', problem: 'landing-failed' })
  await mend()
  await house.as(checker, work =>
    held.releaseFromQuarantine(work, keys, ready.station.id, bad.hash, { note: 'đã sửa lỗi' }),
  )
  await round()
  assert.equal((await applicationOf(bad.header.application))?.state, 'submitted')
})

test('a packet whose key was removed is quarantined at once with that reason', async () => {
  const ready = await registered()
  const { sent } = await received(ready, 1)
  const [packet] = sent
  const job = jobs(house.openWork, async () => ({ ...keys, opening: [] }), {
    faces: undefined,
    outside: async () => noEngine,
  })['land-packet']
  await job?.({ station: ready.station.id, hash: packet.hash }, { attempt: 1, log })
  assert.deepEqual(await stateOf(ready, packet), { state: 'held', problem: 'packet-foreign-key' })
})
