import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  freeOldest,
  ifRoom,
  isDiskFault,
  isFull,
  keptBytes,
  keptPackets,
  letGo,
  withRoom,
} from '../keep/acknowledged-packets.ts'
import type { Keep } from '../keep/database.ts'
import { flawsIn, owed } from '../keep/packet-chain.ts'
import { bytesAPerson, littleRoom, makeRoom, roomFor } from '../running/disk-space.ts'
import { aStationWith, captured } from './sending.fixture.ts'
import { sendOwed } from './sending.ts'
import { takeAnswer, usbFile } from './usb-file.ts'

const keptCounters = async (keep: Keep) => (await keptPackets(keep)).map(({ counter }) => counter)
const days = (n: number) => n * 24 * 60

test('an acknowledged packet stays thirty days, and goes once the server confirms it again', async () => {
  const { keep, over, clock } = await aStationWith(2)
  await sendOwed(keep, over)
  assert.deepEqual(await keptCounters(keep), [1, 2])

  clock.on(days(29))
  await sendOwed(keep, over)
  assert.deepEqual(await keptCounters(keep), [1, 2])

  clock.on(days(1))
  await sendOwed(keep, over)
  assert.deepEqual(await keptCounters(keep), [])
  assert.ok((await keep.db.packets.toArray()).every(({ bytes, word, state }) => !bytes && word && state === 'released'))
  assert.deepEqual(await flawsIn(keep), [])
})

test('a clock that jumped forward deletes nothing: the thirty days are the server’s', async () => {
  const { keep, over, clock } = await aStationWith(1)
  await sendOwed(keep, over)
  const { now } = keep
  const ahead = { ...keep, now: () => new Date(now().getTime() + days(400) * 60_000) }
  clock.on(days(2))
  await sendOwed(ahead, over)
  assert.deepEqual(await keptCounters(keep), [1])
})

test('a restored server receives its missing packets again, older ones too', async () => {
  const { keep, house, over, clock } = await aStationWith(4)
  await sendOwed(keep, over)
  await sendOwed(keep, over)
  clock.on(30)
  house.restore([2, 3, 4])
  await sendOwed(keep, over)

  assert.deepEqual(
    house.captures().map(({ counter }) => counter),
    [1, 2, 3, 4],
  )
  assert.deepEqual([await owed(keep), await keptCounters(keep)], [[], [1, 2, 3, 4]])
})

test('a line lost during resending loses nobody: missing packets count as unsent first', async () => {
  const { keep, house, line, over, clock, ...station } = await aStationWith(3)
  await sendOwed(keep, over)
  await sendOwed(keep, over)
  clock.on(30)
  await captured({ ...station, keep, house, clock })
  house.restore([1, 2, 3])
  line.cutAfter = line.pieces + 1

  await assert.rejects(sendOwed(keep, over))
  assert.equal((await owed(keep)).length, 3)
  line.cutAfter = Number.POSITIVE_INFINITY
  await sendOwed(keep, over)
  assert.equal(house.captures().length, 4)
})

test('a packet missing in the middle is found once a day', async () => {
  const { keep, house, over, clock } = await aStationWith(3)
  await sendOwed(keep, over)
  clock.on(30)
  await sendOwed(keep, over)
  house.restore([1])
  clock.on(30)
  await sendOwed(keep, over)
  assert.equal(house.captures().length, 2)

  clock.on(days(1))
  await sendOwed(keep, over)
  assert.equal(house.captures().length, 3)
})

test('offline the answer file names missing packets, and the next file has them again', async () => {
  const { keep, house, ...station } = await aStationWith(2)
  const carried = async () => {
    const file = (await usbFile(keep))!
    const answer = await house.takeFile(new Uint8Array(await file.content.arrayBuffer()))
    return { packets: file.packets, taken: await takeAnswer(keep, JSON.stringify(answer)) }
  }
  await carried()
  house.restore([1, 2])
  await captured({ ...station, keep, house })

  const { packets, taken } = await carried()
  assert.deepEqual([packets, taken?.released, taken?.wanted], [1, 1, 2])
  assert.deepEqual(
    (await owed(keep)).map(({ counter, word }) => [counter, word !== undefined]),
    [
      [1, true],
      [2, true],
    ],
  )
  assert.equal((await carried()).taken?.released, 3)
  assert.equal(house.captures().length, 3)
})

test('on a short disk the oldest packet is deleted first, and no more than needed', async () => {
  const { keep, over } = await aStationWith(3)
  await sendOwed(keep, over)
  const { size } = (await keep.db.packets.get(1))!
  const before = await keptBytes(keep)

  assert.equal(await freeOldest(keep, size), size)
  assert.deepEqual([await keptCounters(keep), await keptBytes(keep)], [[2, 3], before - size])
})

test('an unacknowledged packet is never deleted for room', async () => {
  const { keep } = await aStationWith(1)
  assert.equal(await freeOldest(keep, 1), 0)
  await letGo(keep, [1])
  assert.ok((await owed(keep))[0]?.bytes)
})

/** A disk on which a packet's bytes fit only after so many others have gone. */
function aFullDisk(keep: Keep, fits: () => Promise<boolean>): Keep {
  const full = () => Promise.reject(new DOMException('no room', 'QuotaExceededError'))
  const { packets } = keep.db
  const writing = Object.assign(Object.create(packets), {
    add: async (row: { bytes?: Blob }) => ((await fits()) ? packets.add(row as never) : full()),
  })
  return {
    ...keep,
    db: new Proxy(keep.db, { get: (db, name) => (name === 'packets' ? writing : Reflect.get(db, name)) }),
  }
}

test('on a full disk kept packets make room for new captures', async () => {
  const { keep, over, ...station } = await aStationWith(2)
  await sendOwed(keep, over)
  const full = aFullDisk(keep, async () => (await keep.db.packets.orderBy('heldAt').count()) === 0)

  assert.equal((await captured({ ...station, keep: full })).counter, 3)
  assert.deepEqual(await keptCounters(keep), [])
  const never = aFullDisk(keep, async () => false)
  await assert.rejects(captured({ ...station, keep: never }), isFull)
  assert.equal((await owed(keep)).length, 1, 'and nothing of it is half there')
})

test('a database that the browser closed is written once again, and nothing that is kept goes for it', async () => {
  const { keep, over } = await aStationWith(2)
  await sendOwed(keep, over)
  let tries = 0
  const failing = (times: number) => () => {
    tries += 1
    return tries <= times
      ? Promise.reject(new DOMException('Failed to write blobs (IOError)', 'DataError'))
      : Promise.resolve('written')
  }

  assert.equal(await withRoom(keep, failing(1)), 'written')
  tries = 0
  await assert.rejects(withRoom(keep, failing(9)), isDiskFault)
  assert.equal(tries, 2)
  assert.deepEqual(await keptCounters(keep), [1, 2])
})

test('a fault of the disk stops no note, a fault of the program does', async () => {
  const closed = {
    name: 'AbortError',
    inner: { name: 'UnknownError', message: 'Internal error committing transaction.' },
  }
  assert.equal(await ifRoom(Promise.reject(closed)), undefined)
  const wrongKey = new DOMException('Data provided to an operation is invalid', 'DataError')
  await assert.rejects(ifRoom(Promise.reject(wrongKey)), /invalid/)
})

test('kept packets count as free room before a session, and go when space is short', async () => {
  const { keep, over } = await aStationWith(2, 1_500_000)
  await sendOwed(keep, over)
  const kept = await keptBytes(keep)
  const free = (people: number) => async () => ({ quota: people * bytesAPerson + 1024 ** 3 + 1000, usage: 1000 })

  await makeRoom(keep, free(littleRoom))
  assert.deepEqual(await roomFor(keep, free(0)), { people: 1, kept })
  assert.equal((await roomFor(keep, free(3)))?.people, 4)
  assert.equal(await roomFor(keep, async () => ({})), undefined)
  assert.deepEqual(await keptCounters(keep), [1, 2])

  await makeRoom(keep, free(littleRoom - 1))
  assert.deepEqual(await keptCounters(keep), [])
})
