import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AStation, aCapture, aStation, seal } from '../../test/a-station.ts'
import { commune, enter } from '../../test/builders.ts'
import { openHouse, type TestHouse } from '../../test/house.ts'
import { refusal } from '../../test/planned-ward.ts'
import { aFolderWithKeys, aSendingWard } from '../../test/sending-ward.ts'
import { findGaps } from './gaps.ts'
import { holdingsFor } from './holdings.ts'
import { land } from './land.ts'
import { signStatement } from './packet.ts'
import { asStation } from './receive.ts'
import * as applications from './store-application.ts'

/** One house in its time, and the same house as it was put back from its backup, with the same keys. */
const [before, restored] = [await openHouse(), await openHouse()]
const { keys } = await aFolderWithKeys()
const ward = await aSendingWard(before, keys)
const again = await aSendingWard(restored, keys)

async function ask(house: TestHouse, station: AStation, range: object, given: { type?: string; by?: AStation } = {}) {
  const statement = { asking: 1, station: station.id, at: new Date().toISOString(), ...range }
  const jws = await signStatement(given.type ?? 'dinhdanh-asking', statement, (given.by ?? station).signing)
  return house.as(asStation(station.id), work => holdingsFor(work, station.id, jws))
}

/** Somebody whom both houses know: they were in the register before the backup. */
async function somebody() {
  const { told, row } = await ward.somebody()
  return { told: { ...told, id: undefined as never }, id: await enter(restored, row) }
}

test('a house that was set back says by hash what it does not hold, whatever it signed; offered again it lands once', async () => {
  const station = await aStation()
  const ready = await ward.register(station)
  await again.anOfficer(commune.haKhanh, ward.ward.id)
  const [first, second, third] = [await somebody(), await somebody(), await somebody()]
  const packets = []
  for (const { told } of [first, second, third]) packets.push((await ward.sealed(ready, { person: told })).packet)
  const words = []
  for (const packet of packets) words.push((await ward.send(ready, packet)).word)
  assert.ok(
    words.every(word => word),
    'each was acknowledged',
  )
  assert.deepEqual(
    (await ask(before, station, { from: 1, to: 3 })).packets.map(({ state }) => state),
    ['received', 'received', 'received'],
  )

  // Its backup had not even the station: it is registered again, with its own key.
  await again.register(station)
  const [one, two, three] = packets as [(typeof packets)[number], (typeof packets)[number], (typeof packets)[number]]
  await again.toldOf(station, [one])
  await again.piece(ready, one)
  const held = await ask(restored, station, { from: 1, to: 3 })
  assert.deepEqual([held.from, held.to, held.packets], [1, 3, [{ counter: 1, hash: one.hash, state: 'received' }]])

  const lacks = packets.filter(({ hash }) => !held.packets.some(packet => packet.hash === hash))
  assert.deepEqual((await again.toldOf(station, lacks)).map(({ state }) => state), ['wanted', 'wanted']) // biome-ignore format: one line
  for (const packet of [two, three, two]) assert.equal((await again.piece(ready, packet)).state, 'received')
  for (const packet of [one, two, three, one, two, three]) await land(restored.openWork, keys, station.id, packet.hash)
  for (const { id } of [first, second, third])
    assert.deepEqual((await restored.work(work => applications.applicationsOf(work, id))).map(({ state }) => state), ['submitted']) // biome-ignore format: one line
  assert.deepEqual((await ask(restored, station, { from: 2, to: 3 })).packets.map(({ state }) => state), ['received', 'received']) // biome-ignore format: one line
  assert.ok(!(await again.as(findGaps)).some(({ facts }) => facts['station'] === station.id))
})

test('any range is answered, a thousand numbers at a time, with packets that are held, refused or only told of', async () => {
  const ready = await ward.registered()
  const { station } = ready
  const { told } = await ward.somebody()
  const stuck = (await ward.sealed(ready, { person: told })).packet
  const captured = await aCapture({ person: { ...told, id: undefined as never, fullName: 'Phạm Văn Khác' }, officer: { id: ward.ward.id, grant: ready.grant } }) // biome-ignore format: one line
  const held = await seal(station, keys.centre, captured, { counter: 1001 })
  await ward.send(ready, held)
  const near = await ask(before, station, { from: 1, to: 2_000_000 })
  assert.deepEqual([near.from, near.to, near.head], [1, 1000, 1001])
  assert.deepEqual(near.packets, [{ counter: 1, hash: stuck.hash, state: 'wanted' }])
  assert.deepEqual((await ask(before, station, { from: 1001, to: 2000 })).packets, [{ counter: 1001, hash: held.hash, state: 'held' }])
})

test('only the station itself is answered, and only about a range', async () => {
  const { station } = await ward.registered()
  const stranger = await aStation()
  await refusal(ask(before, stranger, { from: 1, to: 2 }), 'station-unknown')
  await refusal(ask(before, station, { from: 1, to: 2 }, { by: stranger }), 'asking-refused')
  await refusal(ask(before, station, { from: 1, to: 2 }, { type: 'dinhdanh-manifest' }), 'asking-refused')
  await refusal(ask(before, station, { from: 3, to: 2 }), 'asking-refused')
  await refusal(ask(before, station, { from: 1, to: 2, station: stranger.id }), 'asking-refused')
})

test('a station that is registered anew has its earlier captures taken, since the house signed its grant before', async () => {
  const ready = await ward.registered()
  await before.owner("update enrolment.station set registered_at = now() + interval '1 day' where id = $1", [ready.station.id])
  const { packet } = await ward.sealed(ready, { person: (await ward.somebody()).told })
  assert.equal((await ward.send(ready, packet)).state, 'received')

  const without = await aCapture({ person: (await ward.somebody()).told, officer: { id: ward.ward.id, grant: 'x' } })
  const doubtful = await seal(ready.station, keys.centre, without)
  const answer = await ward.send(ready, doubtful)
  assert.deepEqual([answer.state, answer.problem], ['held', 'clock-off'])
})
