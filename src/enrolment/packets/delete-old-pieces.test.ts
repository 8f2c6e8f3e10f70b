import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aPortrait } from '../../../test/a-station.ts'
import { openHouse } from '../../../test/house.ts'
import { aFolderWithKeys, aSendingWard, type Ready } from '../../../test/sending-ward.ts'
import * as audit from '../../audit/audit.ts'
import { findGaps, recordGaps } from '../gaps/gaps.ts'
import { hashOfBytes, type Packet } from '../seal-packet.ts'
import { deleteOldPieces } from './delete-old-pieces.ts'

const house = await openHouse({ withUnits: true })
const { keys } = await aFolderWithKeys()
const { as, registered, somebody, sealed, toldOf, piece } = await aSendingWard(house, keys)

/** A packet of which a station has sent the first half, so many days ago. */
async function halfSent(ready: Ready, days: number, application?: string) {
  const { told } = await somebody()
  const at = new Date(Date.now() - 60_000)
  const { packet } = await sealed(ready, {
    person: told,
    portrait: aPortrait(40_000),
    at,
    ...(application && { application }),
  })
  await toldOf(ready.station)
  await piece(ready, packet, 0, 10_000)
  await piece(ready, packet, 10_000, 20_000)
  await age(packet, days)
  return packet
}
const age = ({ hash }: Packet, days: number) =>
  house.owner(
    "update enrolment.packet_piece set came_at = now() - $2 * interval '1 day' where hash = decode($1, 'hex')",
    [hash, days],
  )
const piecesOf = async ({ hash }: Packet) =>
  (await house.owner("select from enrolment.packet_piece where hash = decode($1, 'hex')", [hash])).length
const gapOf = async ({ hash }: Packet) => (await as(findGaps)).find(({ facts }) => facts['hash'] === hash)

test('an unfinished upload stays however old, is listed with its size and resumes where it stopped', async () => {
  const ready = await registered()
  const packet = await halfSent(ready, 400)
  assert.equal(await house.work(work => deleteOldPieces(work, 100)), 0)
  const gap = await gapOf(packet)
  assert.deepEqual(
    [gap?.kind, gap?.facts['here'], gap?.facts['bytes']],
    ['begun-not-finished', 20_000, packet.bytes.length],
  )
  await house.work(recordGaps)
  assert.equal((await toldOf(ready.station))[0]?.offset, 20_000)
  assert.equal((await piece(ready, packet, 20_000)).state, 'received')
  assert.deepEqual([await gapOf(packet), await piecesOf(packet)], [undefined, 0])
})

test('an upload counts as unfinished only after a day without a piece', async () => {
  const ready = await registered()
  const packet = await halfSent(ready, 0.9)
  assert.equal((await gapOf(packet))?.kind, 'captured-not-received')
  await age(packet, 2)
  assert.equal((await gapOf(packet))?.kind, 'begun-not-finished')
})

test('pieces of a capture that came in another packet are deleted by a deed after thirty days', async () => {
  const ready = await registered()
  const packet = await halfSent(ready, 29)
  const { packet: again } = await sealed(ready, {
    person: (await somebody()).told,
    application: packet.header.application,
  })
  await toldOf(ready.station)
  await piece(ready, again)
  assert.equal(await house.work(work => deleteOldPieces(work, 100)), 0)
  await age(packet, 31)
  assert.equal(await house.work(work => deleteOldPieces(work, 100)), 1)
  assert.equal(await piecesOf(packet), 0)
  const deed = await as(work => audit.lastDeedOn(work, ready.station.id))
  const facts = (deed?.facts ?? {}) as Readonly<Record<string, unknown>>
  assert.deepEqual([deed?.deed, facts['hash'], facts['pieces']], ['packet.pieces-cleared', packet.hash, 2])
})

test('pieces of a refused or a complete packet are deleted', async () => {
  const ready = await registered()
  const refused = await halfSent(ready, 31)
  await house.owner(
    "update enrolment.packet set state = 'refused', problem = 'packet-too-large' where hash = decode($1, 'hex')",
    [refused.hash],
  )
  const whole = await halfSent(ready, 31)
  const kept = await house.owner<{ body: Buffer }>(
    "select body from enrolment.packet_piece where hash = decode($1, 'hex')",
    [whole.hash],
  )
  assert.equal(kept.length, 2)
  await piece(ready, whole, 20_000)
  await house.owner(
    `insert into enrolment.packet_piece select station_id, hash, 0, unit_id, 'x', now() - interval '31 days'
      from enrolment.packet where hash = decode($1, 'hex')`,
    [whole.hash],
  )
  assert.equal(await house.work(work => deleteOldPieces(work, 100)), 2)
  assert.deepEqual([await piecesOf(refused), await piecesOf(whole)], [0, 0])
  const [body] = await house.owner<{ body: Buffer }>(
    "select body from enrolment.packet_body where hash = decode($1, 'hex')",
    [whole.hash],
  )
  assert.equal(await hashOfBytes(new Uint8Array(body?.body ?? [])), whole.hash)
})
