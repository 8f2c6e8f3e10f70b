import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { aCapture, aPortrait, aStation, fileOf, manifestOf, seal } from '../../test/a-station.ts'
import { commune } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import { refusal } from '../../test/planned-ward.ts'
import { aFolderWithKeys, aSendingWard } from '../../test/sending-ward.ts'
import * as accounts from '../accounts/accounts.ts'
import * as cards from '../cards/cards.ts'
import { newId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { findGaps } from './gaps/gaps.ts'
import { stationAuthority } from './packets/packets.ts'
import { processPacket } from './packets/process-packet.ts'
import { releaseFromQuarantine } from './packets/quarantine.ts'
import { receiveManifest, receivePiece } from './packets/receive-packet.ts'
import * as packets from './packets/store.ts'
import { importStationFile } from './packets/usb-file.ts'
import { findReceiptView } from './receipts/receipts.ts'
import { hashOfBytes, type Packet, readStatement } from './seal-packet.ts'
import * as stations from './stations/stations.ts'
import * as applications from './store-application.ts'

const house = await openHouse({ withUnits: true })
const { folder, keys } = await aFolderWithKeys()
const { ward, as, anOfficer, registered, somebody, sealed, toldOf, send, applicationOf, stateOf } = await aSendingWard(
  house,
  keys,
)

test('one capture creates an application with a card and a level 2 account, which proceed separately', async () => {
  const ready = await registered()
  const { id, told } = await somebody()
  const { packet, capture } = await sealed(ready, { person: told, phone: '0912 345 678' })
  assert.equal((await send(ready, packet)).state, 'received')

  const application = await applicationOf(capture.application)
  assert.equal(application?.state, 'submitted')
  assert.equal(application?.dueOn, '2023-05-04', 'seven working days of a city, holidays left out')
  const [card] = (await house.work(work => cards.cardsOf(work, [id]))).get(id) ?? []
  const [account] = (await house.work(work => accounts.accountsOf(work, [id]))).get(id) ?? []
  assert.deepEqual([card?.state, account?.state, account?.level], ['applied', 'requested', 2])
  assert.deepEqual([application?.cardId, application?.accountId], [card?.id, account?.id])
})

test('an old card that a station collected lies at its unit, also where nobody noted its number', async () => {
  const ready = await registered()
  const kinds = [
    { kind: 'cmnd', serial: '101234567', collected: true },
    { kind: 'cmnd', serial: '022083001234', collected: true },
    { kind: 'cccd', collected: true },
    { kind: 'can-cuoc', serial: 'QN123', collected: false },
  ] as const
  const before = (await as(work => cards.listOldCards(work))).total
  const people = await Promise.all(kinds.map(() => somebody()))
  for (const [nth, oldCard] of kinds.entries())
    await send(ready, (await sealed(ready, { person: people[nth]?.told ?? assert.fail(), more: { oldCard } })).packet)
  const { total, rows } = await as(work => cards.listOldCards(work))
  assert.equal(total - before, 3)
  const of = (nth: number) => rows.find(({ personId }) => personId === people[nth]?.id)
  assert.deepEqual(
    [0, 1, 2, 3].map(nth => of(nth) && [of(nth)?.kind, of(nth)?.number]),
    [['cmnd9', '101234567'], ['cccd', '022083001234'], ['cccd', 'không ghi số'], undefined],
  )
})

test('a station cannot be registered with a key by which no signature could be checked', async () => {
  const { publicKey } = await aStation()
  const wrong = [
    { ...publicKey, x: 'A'.repeat(43) },
    { ...publicKey, y: 'A'.repeat(43) },
  ]
  for (const key of wrong) {
    const registering = as(work => stations.registerStation(work, { id: newId(), name: 'Máy 09', publicKey: key }))
    await refusal(registering, 'station-key-invalid')
  }
})

test('a second person with the same phone gets a card without account; the receipt says why', async () => {
  const ready = await registered()
  const [first, second] = [await somebody(), await somebody({ name: 'Lỷ A Sáng' })]
  await send(ready, (await sealed(ready, { person: first.told, phone: '0987654321' })).packet)
  const { packet, capture } = await sealed(ready, { person: second.told, phone: '+84 987 654 321' })
  await send(ready, packet)
  const application = await applicationOf(capture.application)
  assert.deepEqual(
    [application?.state, application?.accountId, application?.accountProblem],
    ['submitted', null, 'account-phone-taken'],
  )
  const view = await house.work(work => findReceiptView(work, capture.receipt.token))
  assert.deepEqual(
    [view?.card, view?.account, view?.accountProblem],
    ['submitted', 'not-possible', 'account-phone-taken'],
  )
})

test('a packet sent again by line or USB is processed once and gets the same acknowledgement', async () => {
  const ready = await registered()
  const { id, told } = await somebody()
  const { packet } = await sealed(ready, { person: told })
  const first = await send(ready, packet)
  const again = await send(ready, packet)
  assert.deepEqual([again.state, again.word], [first.state, first.word])
  const path = join(folder, 'usb')
  await writeFile(path, await fileOf(ready.station))
  const byFile = await importStationFile(house.openWork, keys, path)
  assert.deepEqual(
    byFile.packets.map(({ word }) => word),
    [first.word],
  )
  assert.equal((await house.work(work => applications.findApplicationsOf(work, id))).length, 1)
  const word = await readStatement('dinhdanh-held', first.word ?? '', keys.checking)
  assert.deepEqual(
    { ...(word as object), at: undefined },
    {
      held: 1,
      station: ready.station.id,
      counter: 1,
      hash: packet.hash,
      application: packet.header.application,
      state: 'received',
      at: undefined,
    },
  )
})

test('an upload resumes in the middle, accepts repeated pieces and refuses a gap with the wanted offset', async () => {
  const ready = await registered()
  const { told } = await somebody()
  const { packet } = await sealed(ready, { person: told, portrait: aPortrait(60_000) })
  await toldOf(ready.station)
  const piece = (from: number, to: number) =>
    receivePiece(house.openWork, keys, {
      stationId: ready.station.id,
      hash: packet.hash,
      offset: from,
      body: packet.bytes.slice(from, to),
    })
  assert.equal((await piece(0, 20_000)).offset, 20_000)
  const facts = await refusal(piece(30_000, 40_000), 'packet-offset-wrong')
  assert.equal(facts['offset'], 20_000)
  assert.equal((await piece(10_000, 40_000)).offset, 40_000)
  const [standing] = await toldOf(ready.station)
  assert.deepEqual([standing?.state, standing?.offset], ['wanted', 40_000])
  assert.equal((await piece(40_000, packet.bytes.length)).state, 'received')
})

test('a server killed before it joins the pieces asks for the last byte and completes the packet', async () => {
  const ready = await registered()
  const { packet } = await sealed(ready, { person: (await somebody()).told })
  await toldOf(ready.station)
  let works = 0
  const dying: typeof house.openWork = async (standing, verb) => {
    if (++works > 1) throw new Error('killed')
    return house.openWork(standing, verb)
  }
  const piece = (openWork: typeof house.openWork, offset: number, to = packet.bytes.length) =>
    receivePiece(openWork, keys, {
      stationId: ready.station.id,
      hash: packet.hash,
      offset,
      body: packet.bytes.slice(offset, to),
    })
  await piece(house.openWork, 0, 1000)
  await assert.rejects(piece(dying, 1000), /killed/)
  const [standing] = await toldOf(ready.station)
  assert.deepEqual([standing?.state, standing?.offset], ['wanted', packet.bytes.length - 1])
  assert.equal((await piece(house.openWork, standing?.offset ?? 0)).state, 'received')
})

test('a station file of a week ago is imported, and says nothing about the clock of today', async () => {
  const ready = await registered()
  await sealed(ready, { person: (await somebody()).told })
  const path = join(folder, 'island.ddu')
  await writeFile(path, await fileOf(ready.station, ready.station.packets, new Date(Date.now() - 7 * 86_400_000)))
  const { packets: taken } = await importStationFile(house.openWork, keys, path)
  assert.deepEqual(
    taken.map(({ state, problem }) => [state, problem]),
    [['received', undefined]],
  )
})

test('a manifest that claims far more packets than possible is refused', async () => {
  const ready = await registered()
  await sealed(ready, { person: (await somebody()).told })
  await refusal(toldOf({ ...ready.station, counter: 2_000_000_000 }), 'manifest-refused')
  assert.equal((await toldOf(ready.station))[0]?.state, 'wanted')
})

test('a piece damaged in transit does not complete the packet, which is wanted from its start', async () => {
  const ready = await registered()
  const { packet } = await sealed(ready, { person: (await somebody()).told })
  const damaged = packet.bytes.slice()
  damaged[500] = (damaged[500] ?? 0) ^ 1
  await toldOf(ready.station)
  await refusal(
    receivePiece(house.openWork, keys, { stationId: ready.station.id, hash: packet.hash, offset: 0, body: damaged }),
    'packet-hash-differs',
  )
  assert.equal((await send(ready, packet)).state, 'received')
})

test('packets in any order form one chain; a missing counter is a gap until it arrives', async () => {
  const ready = await registered()
  const sent = []
  for (let n = 0; n < 3; n++) sent.push((await sealed(ready, { person: (await somebody()).told })).packet)
  const [one, two, three] = sent as [Packet, Packet, Packet]
  await toldOf(ready.station, [three])
  await receivePiece(house.openWork, keys, {
    stationId: ready.station.id,
    hash: three.hash,
    offset: 0,
    body: three.bytes,
  })
  const mine = async () =>
    (await as(findGaps))
      .filter(({ facts }) => facts['station'] === ready.station.id)
      .map(({ kind, facts }) => `${kind} ${facts['counter']}`)
  assert.deepEqual(
    (await mine()).filter(text => text.startsWith('counter')),
    ['counter-hole 1', 'counter-hole 2'],
  )
  await toldOf(ready.station)
  assert.deepEqual(
    (await mine()).filter(text => text.startsWith('captured')),
    ['captured-not-received 1', 'captured-not-received 2'],
  )
  for (const packet of [one, two]) await send(ready, packet)
  await processPacket(house.openWork, keys, ready.station.id, three.hash)
  assert.deepEqual(await mine(), [])
  const chains = await house.owner<{ chain: string }>(
    'select chain from enrolment.packet where station_id = $1 order by counter',
    [ready.station.id],
  )
  assert.deepEqual(
    chains.map(({ chain }) => chain),
    ['linked', 'linked', 'linked'],
  )
})

test('a restored station reuses a counter: the second packet is quarantined, not lost', async () => {
  const ready = await registered()
  const first = (await sealed(ready, { person: (await somebody()).told })).packet
  await send(ready, first)
  ready.station.counter = 0
  ready.station.previous = null
  const { told } = await somebody()
  const { packet } = await sealed(ready, { person: told })
  const answer = await send(ready, packet)
  assert.deepEqual([answer.state, answer.problem], ['held', 'packet-counter-reused'])
  assert.ok(answer.word, 'the house gives its word that it holds it')
  const checker = await anOfficer(commune.haKhanh)
  await house.as(checker, work =>
    releaseFromQuarantine(work, keys, ready.station.id, packet.hash, { note: 'máy bị khôi phục, đúng người' }),
  )
  await processPacket(house.openWork, keys, ready.station.id, packet.hash)
  assert.equal((await applicationOf(packet.header.application))?.state, 'submitted')
})

test('a packet signed by or announced for another station is refused', async () => {
  const [ours, other] = [await registered(), await registered()]
  const { packet } = await sealed(other, { person: (await somebody()).told }, { stationId: ours.station.id })
  other.station.packets.splice(0, 1, packet)
  await refusal(send(other, packet), 'packet-foreign-station')
  const stranger = await aStation()
  await refusal(toldOf(stranger), 'station-unknown')
  const jws = await manifestOf({ ...stranger, id: ours.station.id })
  await refusal(
    house.as(stationAuthority(ours.station.id), work => receiveManifest(work, ours.station.id, jws)),
    'manifest-refused',
  )
})

test('a packet with changed bytes is refused by its signature; the original is still accepted', async () => {
  const ready = await registered()
  const { packet } = await sealed(ready, { person: (await somebody()).told })
  const bytes = packet.bytes.slice()
  bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 0x55
  const forged = { ...packet, bytes, hash: await hashOfBytes(bytes) }
  ready.station.packets.push(forged)
  await refusal(send(ready, forged), 'packet-signature-wrong')
  assert.equal((await send(ready, packet)).state, 'received')
  assert.deepEqual(await stateOf(ready, forged), { state: 'refused', problem: 'packet-signature-wrong' })
})

test('a clock a year off quarantines the packet until an officer gives the day', async () => {
  for (const years of [-1, 1]) {
    const ready = await registered()
    const wrong = new Date(Date.now() + years * 365 * 86_400_000)
    const { packet } = await sealed(ready, { person: (await somebody()).told, at: wrong })
    await toldOf(ready.station, undefined, wrong)
    const answer = await receivePiece(house.openWork, keys, {
      stationId: ready.station.id,
      hash: packet.hash,
      offset: 0,
      body: packet.bytes,
    })
    assert.deepEqual([answer.state, answer.problem], ['held', 'clock-off'])
  }
})

test('an empty or invalid picture returns the application to the unit the same day', async () => {
  const ready = await registered()
  for (const portrait of [new Uint8Array(), new Uint8Array(Buffer.from('not a picture at all, but bytes'))]) {
    const { packet, capture } = await sealed(ready, { person: (await somebody()).told, portrait })
    await send(ready, packet)
    const application = await applicationOf(capture.application)
    assert.deepEqual(
      [application?.state, application?.returnedReason, application?.actsUnitId],
      ['returned', 'portrait-unusable', ward.unitId],
    )
    assert.ok(application?.actBy)
    const view = await house.work(work => findReceiptView(work, capture.receipt.token))
    assert.deepEqual([view?.card, view?.reason, view?.awaited?.who], ['returned', 'portrait-unusable', 'you'])
  }
})

test('a recapture goes into the same application, whatever id the station gave it', async () => {
  const ready = await registered()
  const { id, told } = await somebody()
  const first = await sealed(ready, { person: told, portrait: new Uint8Array() })
  await send(ready, first.packet)
  const second = await sealed(ready, { person: told })
  await send(ready, second.packet)
  const all = await house.work(work => applications.findApplicationsOf(work, id))
  assert.deepEqual(
    all.map(({ id: one, state }) => [one, state]),
    [[first.capture.application, 'submitted']],
  )
  assert.equal((await house.work(work => findReceiptView(work, second.capture.receipt.token)))?.card, 'submitted')
})

test('a packet of 200 MB is refused before it is sent, and stays at the station', async () => {
  const ready = await registered()
  const { packet } = await sealed(ready, { person: (await somebody()).told })
  const [standing] = await toldOf(ready.station, [{ ...packet, bytes: { length: 200 * 1024 * 1024 } as never }])
  assert.deepEqual([standing?.state, standing?.problem, standing?.word], ['refused', 'packet-too-large', undefined])
})

test('a capture by an officer who has left is quarantined until another officer releases it', async () => {
  const ready = await registered()
  const leaver = await anOfficer(commune.haKhanh)
  const { grant } = await house.as(leaver, work => stations.grantOfficer(work, ready.station.id, keys))
  const captured = await aCapture({ person: (await somebody()).told, officer: { id: leaver.id, grant } })
  const packet = await seal(ready.station, keys.centre, captured)
  await house.owner('update staff.officer set left_at = now() where id = $1', [leaver.id])
  await send(ready, packet)
  assert.deepEqual(await stateOf(ready, packet), { state: 'held', problem: 'officer-not-entitled' })

  await refusal(
    house.as(leaver, work => releaseFromQuarantine(work, keys, ready.station.id, packet.hash, { note: 'đã hỏi' })),
    'application-captured-by-you',
  )
  await as(work =>
    releaseFromQuarantine(work, keys, ready.station.id, packet.hash, { note: 'nghỉ việc sau đợt thu nhận' }),
  )
  await processPacket(house.openWork, keys, ready.station.id, packet.hash)
  assert.equal((await applicationOf(captured.capture.application))?.state, 'submitted')
})

test('a walk-in is found by number; a name that does not fit is quarantined until an officer decides', async () => {
  const ready = await registered()
  const stranger = await somebody({ commune: commune.quangHanh, name: 'Voòng Sau Mùi' })
  const { id: _id, ...told } = stranger.told
  const found = await sealed(ready, { person: told })
  await send(ready, found.packet)
  const application = await applicationOf(found.capture.application)
  assert.deepEqual(
    [application?.personId, application?.source, application?.state],
    [stranger.id, 'walk-in', 'submitted'],
  )
  assert.ok(
    await as(work => applications.findApplication(work, found.capture.application)),
    'the unit that took it sees it',
  )

  const other = await somebody({ commune: commune.quangHanh, name: 'Trần Thị Bích Ngọc' })
  const wrong = await sealed(ready, { person: { ...other.told, id: undefined as never, fullName: 'Phạm Văn Khác' } })
  await send(ready, wrong.packet)
  assert.deepEqual(await stateOf(ready, wrong.packet), { state: 'held', problem: 'person-unresolved' })
  assert.equal((await house.work(work => findReceiptView(work, wrong.capture.receipt.token)))?.card, 'held')
})

test('a second capture of one person waits beside the first application and starts no second card', async () => {
  const [one, two] = [await registered(), await registered()]
  const { id, told } = await somebody()
  const first = await sealed(one, { person: told })
  const second = await sealed(two, { person: told, more: { again: 'ảnh chụp nhầm người' } })
  await send(one, first.packet)
  await send(two, second.packet)
  assert.deepEqual(
    [(await applicationOf(first.capture.application))?.state, (await applicationOf(second.capture.application))?.state],
    ['submitted', 'data-check'],
  )
  assert.equal((await house.work(work => cards.cardsOf(work, [id]))).get(id)?.length, 1)
  const moves = await house.work(work => applications.findTransitions(work, second.capture.application))
  assert.equal(moves.at(-1)?.note, 'ảnh chụp nhầm người', 'the checking officer reads why')
})

test('a clock set back in the middle of a capture holds it; one that slept is no doubt', async () => {
  const ready = await registered()
  for (const [by, state] of [
    [-3600, 'held'],
    [3600, 'received'],
  ] as const) {
    const at = new Date().toISOString()
    const { packet } = await sealed(ready, {
      person: (await somebody()).told,
      more: { clock: { at, jumps: [{ at, by }] } },
    })
    assert.equal((await send(ready, packet)).state, state)
  }
})

test('data that the officer marked as wrong become a correction, which the application waits for', async () => {
  const ready = await registered()
  const { told } = await somebody({ name: 'Nguyễn Thị Hường' })
  const { packet, capture } = await sealed(ready, {
    person: told,
    more: {
      check: {
        verdict: 'wrong',
        wrong: [{ field: 'full-name', said: 'Nguyễn Thị Hương', evidence: 'giấy khai sinh' }],
      },
    },
  })
  await send(ready, packet)
  const application = await applicationOf(capture.application)
  assert.equal(application?.state, 'correction-pending')
  assert.ok(application?.correctionId)
  assert.ok(application?.actBy)
})

test('a person refused at the station as too young is recorded as refused, without a card', async () => {
  const ready = await registered()
  const { id, told } = await somebody({ bornOn: '2011-08-01' })
  const { packet, capture } = await sealed(ready, {
    person: told,
    more: { refused: { code: 'card-too-young', from: '2025-08-01' }, biometrics: [], parts: [] },
    portrait: new Uint8Array(),
  })
  await send(ready, packet)
  assert.equal((await applicationOf(capture.application))?.state, 'refused')
  assert.equal((await house.work(work => cards.cardsOf(work, [id]))).get(id), undefined)
})

test('a truncated file is imported up to the cut, and the unread part is reported', async () => {
  const ready = await registered()
  for (let n = 0; n < 2; n++) await sealed(ready, { person: (await somebody()).told })
  const whole = await fileOf(ready.station)
  const path = join(folder, 'cut')
  await writeFile(path, whole.subarray(0, whole.length - 100))
  const cut = await importStationFile(house.openWork, keys, path)
  assert.deepEqual(
    cut.packets.map(({ state }) => state),
    ['received', 'wanted'],
  )
  const last = whole.length - (ready.station.packets[1]?.bytes.length ?? 0)
  assert.deepEqual(cut.unread, [{ from: last - 4, to: whole.length - 100, problem: 'packet-signature-wrong' }])
  const rows = await house.owner<{ state: string }>(
    'select state from enrolment.packet where station_id = $1 order by counter',
    [ready.station.id],
  )
  assert.deepEqual(
    rows.map(({ state }) => state),
    ['received', 'told'],
  )
  await writeFile(path, whole)
  assert.deepEqual(
    (await importStationFile(house.openWork, keys, path)).packets.map(({ state }) => state),
    ['received', 'received'],
  )
})

test('packets announced before a station’s revocation are accepted, later ones wait for an officer', async () => {
  const ready = await registered()
  const before = (await sealed(ready, { person: (await somebody()).told })).packet
  await toldOf(ready.station)
  await as(work => stations.revokeStation(work, ready.station.id, 'máy bị mất'))
  const later = (await sealed(ready, { person: (await somebody()).told, at: new Date(Date.now() + 1000) })).packet
  assert.equal((await send(ready, before)).state, 'received')
  const answer = await send(ready, later)
  assert.deepEqual([answer.state, answer.problem], ['held', 'station-revoked'])
  const refused = await as(work => stations.grantOfficer(work, ready.station.id, keys)).catch(error => error)
  assert.ok(refused instanceof Problem && refused.code === 'station-revoked')
})

test('a thief who sets a revoked station’s clock back gets no packet past an officer, by line or by file', async () => {
  for (const way of ['line', 'file']) {
    const ready = await registered()
    await as(work => stations.revokeStation(work, ready.station.id, 'máy bị mất'))
    const at = new Date(Date.now() - 60_000)
    const { packet, capture } = await sealed(ready, { person: (await somebody()).told, at })
    if (way === 'line') {
      await toldOf(ready.station, undefined, at)
      await send(ready, packet)
    } else {
      const path = join(folder, 'stolen.ddu')
      await writeFile(path, await fileOf(ready.station, ready.station.packets, at))
      await importStationFile(house.openWork, keys, path)
    }
    const kept = await as(work => packets.findPacket(work, ready.station.id, packet.hash))
    assert.deepEqual([way, kept?.state, kept?.problem], [way, 'held', 'station-revoked'])
    assert.equal(await applicationOf(capture.application), undefined)
  }
})

test('an old list that somebody sends again does not put a station’s clock in doubt', async () => {
  const ready = await registered()
  const yesterday = new Date(Date.now() - 86_400_000)
  const old = await manifestOf(ready.station, [], yesterday)
  const { packet } = await sealed(ready, { person: (await somebody()).told })
  await toldOf(ready.station)
  await house.openWork(stationAuthority(ready.station.id), work => receiveManifest(work, ready.station.id, old))
  const { state, problem } = await receivePiece(house.openWork, keys, {
    stationId: ready.station.id,
    hash: packet.hash,
    offset: 0,
    body: packet.bytes,
  })
  assert.deepEqual([state, problem], ['received', undefined])
})

test('an officer limited to their units sees no packet or application of another district', async () => {
  const ready = await registered()
  const { packet, capture } = await sealed(ready, { person: (await somebody()).told })
  await send(ready, packet)
  const other = await anOfficer(commune.quangHanh)
  assert.equal(await house.as(other, work => applications.findApplication(work, capture.application)), undefined)
  assert.equal(await house.as(other, work => packets.findPacket(work, ready.station.id, packet.hash)), undefined)
  const gaps = await house.as(other, findGaps)
  assert.ok(
    !gaps.some(({ subject, facts }) => subject === capture.application || facts['station'] === ready.station.id),
  )
})
