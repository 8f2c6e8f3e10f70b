import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../../parts/call.ts'
import type { Keep, PacketRow } from '../keep/database.ts'
import { anotherTab } from '../keep/keep.fixture.ts'
import { owed } from '../keep/packet-chain.ts'
import { takeStanding } from './acknowledgement.ts'
import { pauseAfter } from './keep-sending.ts'
import { aStationWith, noise } from './sending.fixture.ts'
import { noteSilence, pieceBytes, sendOwed } from './sending.ts'
import { takeAnswer, usbFile } from './usb-file.ts'

test('unsent packets go to the server, the centre opens them, and the acknowledgement is kept', async () => {
  const { keep, house, over } = await aStationWith(2)

  assert.deepEqual(await sendOwed(keep, over), { released: 2, refused: 0, left: 0 })

  const [first] = house.captures()
  assert.equal(first?.capture.person.fullName, 'Hoàng Gia Khánh')
  assert.deepEqual(first?.capture.check, {
    verdict: 'wrong',
    wrong: [{ field: 'residence', said: 'Tổ 5, khu 2', evidence: 'CT07' }],
  })
  assert.equal(first?.capture.account?.phone, '+84912345678')
  assert.deepEqual(first?.parts.get('face'), noise(3000))
  const kept = await keep.db.packets.toArray()
  assert.ok(kept.every(({ word, state }) => word && state === 'released'))
  assert.equal((await keep.db.line.get(1))?.goneSince, undefined)
})

test('a line that breaks in the middle of a packet goes on where it broke, and sends nothing twice', async () => {
  const { keep, house, line, over } = await aStationWith(1, 3 * pieceBytes - 8000)
  line.cutAfter = 2

  await assert.rejects(sendOwed(keep, over))
  await noteSilence(keep)
  assert.equal((await owed(keep))[0]?.sent, 2 * pieceBytes)
  assert.equal(house.captures().length, 0)

  line.cutAfter = Number.POSITIVE_INFINITY
  await sendOwed(keep, over)
  assert.equal(line.pieces, 3)
  assert.equal(house.captures().length, 1)
})

test('a station continues from the byte that the server names, even an earlier one', async () => {
  const { keep, house, over } = await aStationWith(1, 2 * pieceBytes)
  let first = true
  const forgetful = {
    ...over,
    send: (station: string, hash: string, piece: { offset: number; bytes: Blob }) => {
      const offset = first ? pieceBytes : piece.offset
      first = false
      return over.send(station, hash, { ...piece, offset })
    },
  }
  assert.equal((await sendOwed(keep, forgetful)).released, 1)
  assert.equal(house.captures().length, 1)
})

test('a packet stays while its acknowledgement is missing, badly signed, or of another packet', async () => {
  const { keep, house, over } = await aStationWith(1)
  const other = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
  const own = house.lies.signWith

  house.lies.signWith = other.privateKey
  assert.equal((await sendOwed(keep, over)).left, 1)
  house.lies.signWith = own
  house.lies.otherHash = true
  assert.equal((await sendOwed(keep, over)).left, 1)
  const [packet] = await owed(keep)
  assert.deepEqual([packet?.problem, packet?.bytes?.size], ['word-wrong', packet?.size])
  assert.equal(await takeStanding(keep, { hash: packet!.hash, counter: 1, state: 'received' }), 'word-wrong')

  house.lies.otherHash = false
  assert.equal((await sendOwed(keep, over)).left, 0)
})

test('a refused packet stays with its reason, blocks no other, and is sent if later accepted', async () => {
  const { keep, house, over } = await aStationWith(3)
  house.refusing.set(2, 'capture-invalid')

  assert.deepEqual(await sendOwed(keep, over), { released: 2, refused: 1, left: 1 })
  const refused = await keep.db.packets.get(2)
  assert.deepEqual(
    [refused?.state, refused?.problem, refused?.bytes?.size],
    ['refused', 'capture-invalid', refused?.size],
  )

  house.refusing.clear()
  assert.equal((await sendOwed(keep, over)).left, 0)
})

test('a packet with a refused chunk waits with the code, and the next ones go', async () => {
  const { keep, house, over } = await aStationWith(2)
  const picky: typeof over = {
    ...over,
    send: (station, hash, piece) => {
      if (house.captures().length === 0 && refusals++ === 0)
        throw new Refusal(413, { type: '/problems/file-too-large' }, null)
      return over.send(station, hash, piece)
    },
  }
  let refusals = 0

  assert.equal((await sendOwed(keep, picky)).released, 1)
  const [left] = await owed(keep)
  assert.deepEqual([left?.counter, left?.state, left?.problem], [1, 'waiting', 'file-too-large'])
})

test('an answer about an unknown packet, or with another hash, changes nothing', async () => {
  const { keep, rows } = await aStationWith(1)
  const { hash } = rows[0]!
  assert.equal(
    await takeStanding(keep, { hash: '0'.repeat(64), counter: 1, state: 'refused', problem: 'x' }),
    'not-ours',
  )
  assert.equal(await takeStanding(keep, { hash, counter: 9, state: 'refused', problem: 'x' }), 'not-ours')
  assert.equal((await owed(keep))[0]?.state, 'waiting')
})

test('sending stops when the server makes no progress', async () => {
  const { keep, line, over } = await aStationWith(1, 2 * pieceBytes)
  const stuck = {
    ...over,
    send: async (_: string, hash: string) => {
      line.pieces += 1
      return { hash, counter: 1, state: 'wanted' as const, offset: 0 }
    },
  }
  await sendOwed(keep, stuck)
  assert.ok(line.pieces <= 4)
  assert.equal((await owed(keep)).length, 1)
})

test('pauses grow to five minutes', () => {
  assert.equal(pauseAfter(1, 0.5), 5000)
  assert.equal(pauseAfter(3, 0.5), 20_000)
  assert.equal(pauseAfter(40, 0.5), 300_000)
})

test('a USB stick carries unsent packets, and its answer releases them one by one', async () => {
  const { keep, house } = await aStationWith(3)
  house.refusing.set(3, 'station-revoked')
  const file = (await usbFile(keep))!

  assert.deepEqual([file.name, file.packets, file.left], ['HH01-000001-000003.ddu', 3, 0])
  assert.ok(
    (await owed(keep)).every(({ bytes }) => bytes),
    'writing it lets go of nothing',
  )

  const answer = await house.takeFile(new Uint8Array(await file.content.arrayBuffer()))
  assert.equal(await takeAnswer(keep, '{"not":"an answer"}'), undefined)
  assert.equal(await takeAnswer(keep, JSON.stringify({ ...answer, station: crypto.randomUUID() })), undefined)
  const forged = {
    ...answer,
    packets: answer.packets.map(one => (one.counter === 1 ? { ...one, word: `${one.word}x` } : one)),
  }
  assert.deepEqual(await takeAnswer(keep, JSON.stringify(forged)), {
    released: 1,
    refused: 1,
    wanted: 0,
    'word-wrong': 1,
    'not-ours': 0,
  })
  assert.equal((await takeAnswer(keep, JSON.stringify(answer)))?.released, 2, 'read again it does no harm')
  assert.deepEqual(
    (await owed(keep)).map(({ counter }) => counter),
    [3],
  )
})

test('packets are sent without a readable roster or a signed-in officer', async () => {
  const station = await aStationWith(1)
  station.clock.on(60 * 24 * 9)
  assert.equal((await sendOwed(station.keep, station.over)).left, 0)
})

/** A tab that has read the packet and is then kept waiting until the other tab is done. */
function slow(keep: Keep) {
  let go = () => {}
  const done = new Promise<void>(resolve => {
    go = resolve
  })
  let first = true
  const { packets } = keep.db
  const reading = Object.assign(Object.create(packets), {
    get: async (counter: number) => {
      const row = await packets.get(counter)
      if (!first) return row
      first = false
      return done.then(() => row)
    },
  })
  const tab: Keep = {
    ...keep,
    db: new Proxy(keep.db, { get: (db, name) => (name === 'packets' ? reading : Reflect.get(db, name)) }),
  }
  return { tab, go }
}

test('an answer stored by one tab is not overwritten by a tab that read the packet before', async () => {
  const station = await aStationWith(1)
  const { keep, house, rows } = station
  const { hash } = rows[0]!
  const file = (await usbFile(keep))!
  const answer = await house.takeFile(new Uint8Array(await file.content.arrayBuffer()))
  for (const late of [
    { state: 'wanted' as const, offset: 0 },
    { state: 'refused' as const, problem: 'capture-invalid' },
  ]) {
    await keep.db.packets.update(1, { state: 'waiting' })
    const { tab, go } = slow(anotherTab(station))
    const writing = takeStanding(tab, { hash, counter: 1, ...late })
    assert.equal((await takeAnswer(keep, JSON.stringify(answer)))?.released, 1)
    go()
    assert.equal(await writing, 'released')
    assert.equal((await keep.db.packets.get(1))?.state, 'released')
  }
})

test('a packet that two tabs hold is sent once', async () => {
  const station = await aStationWith(1, 2 * pieceBytes)
  const { keep, house, line, over } = station
  const sent = await Promise.all([sendOwed(keep, over), sendOwed(anotherTab(station), over), sendOwed(keep, over)])

  assert.deepEqual(
    sent.map(({ released }) => released),
    [1, 0, 0],
  )
  assert.equal(line.pieces, Math.ceil((await keep.db.packets.get(1))!.size / pieceBytes))
  assert.equal(house.captures().length, 1)
})

test('a full disk stops neither sending nor acknowledgements', async () => {
  const { keep, house, over, clock: time } = await aStationWith(2)
  house.refusing.set(2, 'capture-invalid')
  time.on(5)
  const full = () => Promise.reject(new DOMException('no room', 'QuotaExceededError'))
  const noNotes = (table: object) => Object.assign(Object.create(table), { put: full, update: full })
  const { packets, clock, line } = keep.db
  // What is shorter than before still fits.
  const shorter = Object.assign(Object.create(packets), {
    update: full,
    put: async (row: PacketRow) => (row.bytes ? full() : packets.put(row)),
  })
  const tables: Record<string | symbol, unknown> = { packets: shorter, clock: noNotes(clock), line: noNotes(line) }
  const crowded = { ...keep, db: new Proxy(keep.db, { get: (db, name) => tables[name] ?? Reflect.get(db, name) }) }

  assert.deepEqual(await sendOwed(crowded, over), { released: 1, refused: 0, left: 1 })
  const [first, second] = await packets.toArray()
  assert.deepEqual([first?.state, first?.bytes, first?.word !== undefined], ['released', undefined, true])
  assert.deepEqual([second?.state, second?.bytes?.size], ['waiting', second?.size])
})
