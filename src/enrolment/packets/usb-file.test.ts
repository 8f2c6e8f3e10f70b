import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { aPortrait, aStation, fileOf } from '../../../test/a-station.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import { aFolderWithKeys, aSendingWard, type Ready } from '../../../test/sending-ward.ts'
import { hashOfBytes, type Packet } from '../seal-packet.ts'
import type { FileImport } from './contract.ts'
import { processPacket } from './process-packet.ts'
import { importStationFile } from './usb-file.ts'
import { readStationFile, type UnreadSpan } from './usb-file-parts.ts'

const house = await openHouse({ withUnits: true })
const { folder, keys } = await aFolderWithKeys()
const { registered, somebody, sealed, applicationOf } = await aSendingWard(house, keys)

const path = join(folder, 'usb.ddu')
const take = async (file: Uint8Array): Promise<FileImport> => {
  await writeFile(path, file)
  return importStationFile(house.openWork, keys, path)
}

/** A station with so many packets, of several lengths. */
async function aStationWith(count: number): Promise<Ready> {
  const ready = await registered()
  for (let n = 0; n < count; n++)
    await sealed(ready, { person: (await somebody()).told, portrait: aPortrait(200 + 700 * n) })
  return ready
}

/** Where each packet stands in a file. */
const placesIn = (file: Buffer, packets: readonly Packet[]) => packets.map(({ bytes }) => file.indexOf(bytes))
const flipped = (file: Buffer, at: number, by = 0x55) => {
  const changed = Buffer.from(file)
  changed[at] = (changed[at] ?? 0) ^ by
  return changed
}
const statesOf = ({ packets }: FileImport) => packets.map(({ counter, state }) => `${counter} ${state}`)

test('one bad byte in a length costs four bytes and no packet', async () => {
  for (const byte of [0, 1, 2, 3]) {
    const ready = await aStationWith(3)
    const file = await fileOf(ready.station)
    const [, second = 0] = placesIn(file, ready.station.packets)
    const taken = await take(flipped(file, second - 4 + byte))
    assert.deepEqual(statesOf(taken), ['1 received', '2 received', '3 received'])
    assert.deepEqual(taken.unread, [{ from: second - 4, to: second, problem: 'packet-unreadable' }])
    assert.equal(taken.bytes, file.length)
  }
})

test('a tampered packet is refused; the other packets and its original are accepted', async () => {
  const ready = await aStationWith(3)
  const file = await fileOf(ready.station)
  const [, second = 0, third = 0] = placesIn(file, ready.station.packets)
  const taken = await take(flipped(file, third - 200))
  assert.deepEqual(statesOf(taken), ['1 received', '2 wanted', '3 received'])
  assert.deepEqual(taken.unread, [{ from: second - 4, to: third - 4, problem: 'packet-signature-wrong' }])
  assert.deepEqual(statesOf(await take(file)), ['1 received', '2 received', '3 received'])
})

test('a damaged manifest keeps no packet out: each is announced by its own signed header', async () => {
  const ready = await aStationWith(2)
  const file = await fileOf(ready.station)
  const taken = await take(flipped(file, 200))
  assert.deepEqual([taken.station, ...statesOf(taken)], [ready.station.id, '1 received', '2 received'])
  assert.deepEqual(
    taken.unread.map(({ problem }) => problem),
    ['manifest-refused'],
  )
  assert.ok(taken.packets.every(({ word }) => word))
})

test('with manifest and lengths damaged, a packet ends where the next or the file ends', async () => {
  const ready = await aStationWith(3)
  const file = await fileOf(ready.station)
  const bad = placesIn(file, ready.station.packets).reduce(
    (changed, at) => flipped(changed, at - 1),
    flipped(file, 200),
  )
  assert.deepEqual(statesOf(await take(bad)), ['1 received', '2 received', '3 received'])
})

test('joined files of two stations are imported whole, with an answer for each', async () => {
  const [one, two] = [await aStationWith(2), await aStationWith(1)]
  const taken = await take(Buffer.concat([await fileOf(one.station), await fileOf(two.station)]))
  assert.deepEqual([taken.station, ...statesOf(taken)], [one.station.id, '1 received', '2 received'])
  assert.deepEqual(
    taken.others.map(({ station, packets }) => [station, ...packets.map(({ state }) => state)]),
    [[two.station.id, 'received']],
  )
  assert.deepEqual(taken.unread, [])
})

test('an unreadable file is refused as an unknown station’s or as no station file', async () => {
  await refusal(take(Buffer.from('không phải tệp của trạm')), 'file-unreadable')
  await refusal(take(Buffer.alloc(0)), 'file-unreadable')
  const ready = await aStationWith(1)
  const stranger = { ...(await aStation()), packets: ready.station.packets }
  await refusal(take((await fileOf(stranger)).subarray(0, 900)), 'station-unknown')
  const list = await fileOf({ ...stranger, id: ready.station.id }, [])
  await refusal(take(list), 'manifest-refused')
})

/**
 * A file whose packets were touched in one of the ways in which sticks and copies go wrong: `whole` are those whose
 * bytes are all there.
 */
type Touched = { readonly file: Buffer; readonly whole: readonly Packet[]; readonly how: string }

function touchings(file: Buffer, packets: readonly Packet[]): fc.Arbitrary<Touched> {
  const places = placesIn(file, packets)
  const without = (test: (from: number, to: number) => boolean) =>
    packets.filter(({ bytes }, n) => !test(places[n] as number, (places[n] as number) + bytes.length))
  const at = fc.nat(file.length - 1)
  const blocks = packets.map(({ bytes }, n) =>
    file.subarray((places[n] as number) - 4, (places[n] as number) + bytes.length),
  )
  const head = file.subarray(0, (places[0] as number) - 4)
  return fc.oneof(
    fc.record({ at, by: fc.integer({ min: 1, max: 255 }) }).map(({ at, by }) => ({
      file: flipped(file, at, by),
      whole: without((from, to) => at >= from && at < to),
      how: `byte ${at} changed by ${by}`,
    })),
    at.map(at => ({ file: file.subarray(0, at), whole: without((_from, to) => to > at), how: `cut off at ${at}` })),
    fc.record({ from: at, length: fc.integer({ min: 1, max: 3000 }) }).map(({ from, length }) => ({
      file: Buffer.concat([file.subarray(0, from), file.subarray(from + length)]),
      whole: without((start, end) => from < end && from + length > start),
      how: `${length} bytes missing from ${from}`,
    })),
    fc.shuffledSubarray([...packets.keys()], { minLength: packets.length }).map(order => ({
      file: Buffer.concat([head, ...order.map(n => blocks[n] as Buffer)]),
      whole: packets,
      how: `in the order ${order}`,
    })),
    at.map(at => ({
      file: Buffer.concat([file, file.subarray(0, at), file]),
      whole: packets,
      how: `twice and ${at} bytes of it between`,
    })),
    fc.integer({ min: 1, max: 9000 }).map(length => ({
      file: Buffer.concat([randomBytes(length), file]),
      whole: packets,
      how: `${length} bytes of something before it`,
    })),
    fc
      .record({
        at,
        piece: fc.constantFrom('DDP1', 'DDU1', 'eyJhbGciOiJFUzI1NiIsInR5cCI6', '\0\0\0\x20DDP1\0\0\0\x02{}'),
      })
      .map(({ at, piece }) => ({
        file: Buffer.concat([file.subarray(0, at), Buffer.from(piece), file.subarray(at)]),
        whole: without((from, to) => at > from && at < to),
        how: `something like a mark at ${at}`,
      })),
  )
}

test('damage anywhere in a file leaves each intact packet readable and reports each unread byte', async () => {
  const { station } = await aStationWith(4)
  const file = await fileOf(station)
  const hashes = new Set(station.packets.map(({ hash }) => hash))
  await fc.assert(
    fc.asyncProperty(
      touchings(file, station.packets),
      fc.boolean(),
      async ({ file: touched, whole, how }, isListed) => {
        const found: string[] = []
        let bytesRead = 0
        await writeFile(path, touched)
        const { unread, size } = await readStationFile(path, {
          list: async text => {
            if (!file.includes(text)) return 'manifest-refused'
            bytesRead += text.length + 4
            return undefined
          },
          packet: async bytes => {
            const hash = await hashOfBytes(bytes)
            if (!hashes.has(hash)) return 'packet-signature-wrong'
            found.push(hash)
            bytesRead += bytes.length + 4
            return undefined
          },
          lengthsOf: ({ counter }) =>
            isListed
              ? station.packets.filter(({ header }) => header.counter === counter).map(({ bytes }) => bytes.length)
              : [],
        })
        for (const { hash, header } of whole) assert.ok(found.includes(hash), `packet ${header.counter}: ${how}`)
        const marks = unread.reduce((sum, { from, to }) => sum + to - from, 0)
        assert.ok(
          unread.every(({ from, to }: UnreadSpan, n) => from < to && to <= size && from >= (unread[n - 1]?.to ?? 0)),
        )
        // Beside what was read and what was not there are only the four bytes with which a file begins, and those of
        // lengths that did not hold.
        const rest = size - bytesRead - marks
        assert.ok(Math.abs(rest) <= 4 * (found.length + 4), `${rest} bytes are neither read nor told: ${how}`)
      },
    ),
    { numRuns: 400 },
  )
})

test('damage anywhere in a file leaves one application per intact packet, and reports the rest', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), async seed => {
      const ready = await aStationWith(3)
      const file = await fileOf(ready.station)
      const [touched] = fc.sample(touchings(file, ready.station.packets), { numRuns: 1, seed }) as [Touched]
      const { whole, how } = touched
      const taken = await take(touched.file).catch(() => undefined)
      const states = new Map(taken?.packets.map(({ hash, state }) => [hash, state]))
      for (const { hash, header } of whole)
        assert.equal(states.get(hash), 'received', `packet ${header.counter}: ${how}`)
      await take(touched.file).catch(() => undefined)
      for (const { hash } of whole)
        for (let n = 0; n < 2; n++) await processPacket(house.openWork, keys, ready.station.id, hash)
      for (const { header } of whole) assert.equal((await applicationOf(header.application))?.state, 'submitted', how)
      const rows = await house.owner<{ count: string }>(
        "select count(*) from enrolment.packet where station_id = $1 and state = 'landed'",
        [ready.station.id],
      )
      assert.equal(Number(rows[0]?.count), whole.length, how)
      if (taken && whole.length < 3)
        assert.ok(taken.unread.length > 0 || taken.packets.some(({ state }) => state === 'wanted'), how)
    }),
    { numRuns: 12 },
  )
})
