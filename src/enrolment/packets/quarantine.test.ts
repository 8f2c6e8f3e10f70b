import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commune } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import { aFolderWithKeys, aSendingWard, type Ready } from '../../../test/sending-ward.ts'
import * as audit from '../../audit/audit.ts'
import { findGaps } from '../gaps/gaps.ts'
import { hashOfBytes, type Packet } from '../seal-packet.ts'
import type { QuarantineState } from './contract-quarantine.ts'
import { processPacket } from './process-packet.ts'
import * as held from './quarantine.ts'
import { countQuarantined, findQuarantinedPackets, type QuarantinePosition } from './store-quarantine.ts'

const house = await openHouse({ withUnits: true })
const { keys } = await aFolderWithKeys()
const { ward, as, anOfficer, registered, somebody, sealed, toldOf, piece, send, applicationOf, stateOf } =
  await aSendingWard(house, keys)
const checker = await anOfficer(commune.haKhanh)
const asChecker = <T>(verb: Parameters<typeof house.as<T>>[1]) => house.as(checker, verb)

const listOf = (state: QuarantineState, after?: QuarantinePosition, limit = 100) =>
  as(work => findQuarantinedPackets(work, { state, after }, limit))
const standsIn = async (state: QuarantineState, { hash }: Packet) =>
  (await listOf(state)).find(one => one.hash === hash)
const gapsOf = async ({ station }: Ready) =>
  (await as(findGaps)).filter(({ facts }) => facts['station'] === station.id).map(({ kind }) => kind)

/** A packet of somebody whose name does not fit their number: held until an officer says who it is. */
async function aHeldPacket(ready: Ready) {
  const { id, told } = await somebody()
  const { packet } = await sealed(ready, { person: { ...told, id: undefined as never, fullName: 'Phạm Văn Khác' } })
  await send(ready, packet)
  assert.deepEqual(await stateOf(ready, packet), { state: 'held', problem: 'person-unresolved' })
  return { packet, id }
}

/** A packet whose bytes were changed, told of by the station as if it were its own. */
async function forgedOf(ready: Ready, packet: Packet) {
  const bytes = packet.bytes.slice()
  bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 0x55
  const forged = { ...packet, bytes, hash: await hashOfBytes(bytes) }
  ready.station.packets.push(forged)
  await refusal(send(ready, forged), 'packet-signature-wrong')
  return forged
}

test('a packet set aside is listed with who, when and why; once reopened it becomes an application', async () => {
  const ready = await registered()
  const { packet, id } = await aHeldPacket(ready)
  await asChecker(work => held.setPacketAside(work, keys, ready.station.id, packet.hash, 'tưởng là bản sao'))
  const row = await standsIn('set-aside', packet)
  assert.deepEqual([row?.decidedBy, row?.reason, row?.problem], [checker.id, 'tưởng là bản sao', 'person-unresolved'])
  assert.ok(row?.decidedAt)

  await asChecker(work => held.reopenQuarantined(work, keys, ready.station.id, packet.hash, 'không phải bản sao'))
  assert.deepEqual(await stateOf(ready, packet), { state: 'held', problem: 'person-unresolved' })
  assert.equal(await standsIn('set-aside', packet), undefined)
  const deed = await as(work => audit.lastDeedOn(work, ready.station.id))
  const { setAsideFor, note } = (deed?.facts ?? {}) as Readonly<Record<string, unknown>>
  assert.deepEqual([deed?.deed, setAsideFor, note], ['packet.reopened', 'tưởng là bản sao', 'không phải bản sao'])

  await asChecker(work =>
    held.releaseFromQuarantine(work, keys, ready.station.id, packet.hash, { note: 'đã gặp, đúng người', personId: id }),
  )
  await processPacket(house.openWork, keys, ready.station.id, packet.hash)
  assert.equal((await applicationOf(packet.header.application))?.personId, id)
})

test('an officer may not reopen a packet they captured, nor any packet without a note', async () => {
  const ready = await registered()
  const { packet } = await aHeldPacket(ready)
  await asChecker(work => held.setPacketAside(work, keys, ready.station.id, packet.hash, 'thu nhận lại rồi'))
  const again = (note: string) => (work: Parameters<typeof held.reopenQuarantined>[0]) =>
    held.reopenQuarantined(work, keys, ready.station.id, packet.hash, note)
  await refusal(house.as(ward, again('xem lại')), 'application-captured-by-you')
  await refusal(asChecker(again(' ')), 'application-needs-papers')
  await asChecker(again('xem lại'))
  await refusal(asChecker(again('xem lại')), 'packet-state-refused')
})

test('a refused packet is a gap until an officer explains it; then it is listed as set aside', async () => {
  const ready = await registered()
  const { packet } = await sealed(ready, { person: (await somebody()).told })
  ready.station.packets.length = 0
  const forged = await forgedOf(ready, packet)
  assert.deepEqual(await gapsOf(ready), ['refused-packet'])
  assert.ok(await standsIn('refused', forged))

  await asChecker(work => held.setPacketAside(work, keys, ready.station.id, forged.hash, 'đã mời thu nhận lại'))
  assert.deepEqual(await gapsOf(ready), [])
  assert.equal(await standsIn('refused', forged), undefined)
  assert.equal((await standsIn('set-aside', forged))?.reason, 'đã mời thu nhận lại')
  assert.deepEqual(
    (await toldOf(ready.station)).map(({ state }) => state),
    ['refused'],
  )
})

test('a refused packet is no gap once the same capture arrived whole, and names that packet', async () => {
  const ready = await registered()
  const { packet } = await sealed(ready, { person: (await somebody()).told })
  const forged = await forgedOf(ready, packet)
  assert.ok((await gapsOf(ready)).includes('refused-packet'))
  await send(ready, packet)
  assert.deepEqual(await gapsOf(ready), [])
  assert.equal((await standsIn('set-aside', forged))?.cameAs, 1)
})

test('a restored station that reuses a counter does not hide the packet refused under it', async () => {
  const ready = await registered()
  const { packet: first } = await sealed(ready, { person: (await somebody()).told })
  await send(ready, first)
  ready.station.counter = 0
  ready.station.previous = null
  const { packet } = await sealed(ready, { person: (await somebody()).told, at: new Date(Date.now() - 60_000) })
  ready.station.packets.length = 0
  const forged = await forgedOf(ready, packet)
  assert.ok(await standsIn('refused', forged))
  assert.ok((await gapsOf(ready)).includes('refused-packet'))
})

test('a reopened refused packet is requested from its station and checked anew', async () => {
  const ready = await registered()
  const { packet } = await sealed(ready, { person: (await somebody()).told })
  ready.station.packets.length = 0
  const forged = await forgedOf(ready, packet)
  await asChecker(work => held.reopenQuarantined(work, keys, ready.station.id, forged.hash, 'nhà đã sửa lỗi đọc'))
  assert.deepEqual(
    (await toldOf(ready.station)).map(({ state, problem }) => [state, problem]),
    [['wanted', undefined]],
  )
  await refusal(piece(ready, forged), 'packet-signature-wrong')
  assert.ok(await standsIn('refused', forged))
})

test('each list is complete, paged and counted', async () => {
  const ready = await registered()
  const before = await as(countQuarantined)
  for (let n = 0; n < 5; n++) await aHeldPacket(ready)
  assert.deepEqual(await as(countQuarantined), { ...before, held: before.held + 5 })
  const all = await listOf('held')
  assert.equal(all.length, before.held + 5)
  const paged = []
  for (let after: QuarantinePosition | undefined; paged.length <= all.length; ) {
    const page = await listOf('held', after, 2)
    const last = page.at(-1)
    if (!last) break
    paged.push(...page)
    after = { since: last.since.toISOString(), hash: last.hash, station: last.stationId }
  }
  assert.deepEqual(
    paged.map(({ hash }) => hash),
    all.map(({ hash }) => hash),
  )
  assert.ok(all.every(({ state }) => state === 'held'))
})

test('an officer of another district sees none of the packets in any list', async () => {
  const stranger = await anOfficer(commune.quangHanh)
  for (const state of ['held', 'refused', 'set-aside'] as const)
    assert.deepEqual(await house.as(stranger, work => findQuarantinedPackets(work, { state }, 100)), [])
})
