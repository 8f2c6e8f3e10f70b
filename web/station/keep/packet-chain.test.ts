import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readHeader } from '../../../src/enrolment/seal-packet.ts'
import { newReceipt } from '../draft/draft.ts'
import { saveDraft } from './drafts.ts'
import { anotherTab, aStation, given, hanh, opened } from './keep.fixture.ts'
import { flawsIn, packetName, seal } from './packet-chain.ts'
import { closeEntry } from './session-queue.ts'

const content = new TextEncoder().encode('what was captured')
const sealing = (application = crypto.randomUUID() as string) => ({ application, content, receipt: newReceipt() })

test('packets are numbered one after another, each with the hash of the one before', async () => {
  const { keep } = await aStation()
  const first = await seal(keep, sealing())
  const second = await seal(keep, sealing())

  assert.deepEqual([first.counter, first.previous, second.counter, second.previous], [1, null, 2, first.hash])
  const { header } = readHeader(new Uint8Array(await second.bytes!.arrayBuffer()))
  assert.deepEqual([header.counter, header.previous], [2, first.hash])
  assert.deepEqual(await flawsIn(keep), [])
  assert.equal(packetName('HH01', 231), 'HH01-000231')
})

test('two tabs that seal at once take two numbers, and the same capture is sealed once', async () => {
  const station = await aStation()
  const other = anotherTab(station)
  const twice = sealing()
  await Promise.all([
    seal(station.keep, sealing()),
    seal(other, sealing()),
    seal(station.keep, twice),
    seal(other, twice),
    seal(other, sealing()),
  ])

  assert.deepEqual((await station.keep.db.packets.orderBy('counter').primaryKeys()).length, 4)
  assert.deepEqual(await flawsIn(station.keep), [])
})

test('two tabs without any lock between them still never take the same number', async () => {
  const station = await aStation()
  const loose = [station.keep, anotherTab(station), anotherTab(station)].map(keep => ({
    ...keep,
    alone: <T>(_: string, run: () => Promise<T>) => run(),
  }))
  await Promise.all(loose.flatMap(keep => [seal(keep, sealing()), seal(keep, sealing())]))

  assert.equal((await station.keep.db.head.get(1))?.counter, 6)
  assert.deepEqual(await flawsIn(station.keep), [])
})

test('a browser killed while sealing has sealed nothing, and reuses the number afterwards', async () => {
  const station = await aStation()
  const { keep } = station
  const unlocked = await given(station)
  const open = await opened(station, unlocked)
  const one = sealing()
  const draft = {
    application: one.application,
    session: station.roster.session.id,
    entry: 'e',
    startedAt: '2023-04-20T06:00:00Z',
    step: 'receipt' as const,
    furthest: 'receipt' as const,
    place: 'THPT Cửa Lục',
    source: 'roster' as const,
    person: { number: '022205100037', fullName: 'Hoàng Gia Khánh', birthDate: '2005-03-07', sex: 'M' as const },
    check: {},
    request: { kind: 'first-issue' as const, reason: 'first' as const },
    signer: { kind: 'self' as const },
    receipt: one.receipt,
  }
  await saveDraft(keep, draft, hanh.id, open)
  await seal(keep, sealing())
  const killed = Object.assign(Object.create(keep.db.receipts), { put: () => Promise.reject(new Error('killed')) })
  const dying = {
    ...keep,
    db: new Proxy(keep.db, { get: (db, name) => (name === 'receipts' ? killed : Reflect.get(db, name)) }),
  }

  await assert.rejects(seal(dying, one))

  assert.equal((await keep.db.head.get(1))?.counter, 1)
  assert.equal(await keep.db.packets.count(), 1)
  assert.equal(await keep.db.drafts.count(), 1, 'what was captured is still there')

  const entry = (counter: number) =>
    closeEntry({ id: 'e', place: 1, came: '2023-04-20T06:00:00Z', state: 'done', packet: counter }, open)
  assert.equal((await seal(keep, { ...one, entry })).counter, 2)
  assert.deepEqual(
    [await keep.db.drafts.count(), await keep.db.entries.count(), await keep.db.receipts.count()],
    [0, 1, 2],
  )
  await saveDraft(keep, draft, hanh.id, open)
  assert.equal(await keep.db.drafts.count(), 0, 'a late save does not bring back what was sealed')
  assert.deepEqual(await flawsIn(keep), [])
})

test('a packet that was changed on the disk, or taken out, is found', async () => {
  const { keep } = await aStation()
  for (let n = 0; n < 3; n++) await seal(keep, sealing())
  await keep.db.packets.update(2, { bytes: new Blob([content]) })
  assert.deepEqual(await flawsIn(keep), [{ counter: 2, what: 'bytes' }])
  await keep.db.packets.delete(2)
  assert.ok((await flawsIn(keep)).some(({ what }) => what === 'gap'))
})

test('the signing key cannot be taken out of the browser', async () => {
  const { keep } = await aStation()
  const { keys } = (await keep.db.station.get(1))!
  await assert.rejects(crypto.subtle.exportKey('jwk', keys.sign))
})
