import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCapture, aStation, seal } from '../../../test/a-station.ts'
import { commune, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { aFolderWithKeys, aSendingWard } from '../../../test/sending-ward.ts'
import { findGaps } from '../gaps/gaps.ts'
import * as applications from '../store-application.ts'
import { processPacket } from './process-packet.ts'

/** One house in its time, and the same house as it was put back from its backup, with the same keys. */
const [before, restored] = [await openHouse({ withUnits: true }), await openHouse({ withUnits: true })]
const { keys } = await aFolderWithKeys()
const ward = await aSendingWard(before, keys)
const again = await aSendingWard(restored, keys)

/** Somebody whom both houses know: they were in the register before the backup. */
async function somebody() {
  const { told, row } = await ward.somebody()
  return { told: { ...told, id: undefined as never }, id: await enter(restored, row) }
}

test('a restored installation requests packets despite acknowledgements, each processed once', async () => {
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
  // Its backup had not even the station: it is registered again, with its own key.
  await again.register(station)
  const [one, two, three] = packets as [(typeof packets)[number], (typeof packets)[number], (typeof packets)[number]]
  await again.toldOf(station, [one])
  await again.piece(ready, one)
  assert.deepEqual(
    (await again.toldOf(station, packets)).map(({ state }) => state),
    ['received', 'wanted', 'wanted'],
  )
  for (const packet of [two, three, two]) assert.equal((await again.piece(ready, packet)).state, 'received')
  for (const packet of [one, two, three, one, two, three])
    await processPacket(restored.openWork, keys, station.id, packet.hash)
  for (const { id } of [first, second, third])
    assert.deepEqual(
      (await restored.work(work => applications.findApplicationsOf(work, id))).map(({ state }) => state),
      ['submitted'],
    )
  assert.deepEqual(
    (await again.toldOf(station, packets)).map(({ state }) => state),
    ['received', 'received', 'received'],
  )
  assert.ok(!(await again.as(findGaps)).some(({ facts }) => facts['station'] === station.id))
})

test('a station registered anew has earlier captures accepted, because its grant was signed before', async () => {
  const ready = await ward.registered()
  await before.owner("update enrolment.station set registered_at = now() + interval '1 day' where id = $1", [
    ready.station.id,
  ])
  const { packet } = await ward.sealed(ready, { person: (await ward.somebody()).told })
  assert.equal((await ward.send(ready, packet)).state, 'received')

  const without = await aCapture({ person: (await ward.somebody()).told, officer: { id: ward.ward.id, grant: 'x' } })
  const doubtful = await seal(ready.station, keys.centre, without)
  const answer = await ward.send(ready, doubtful)
  assert.deepEqual([answer.state, answer.problem], ['held', 'clock-off'])
})
