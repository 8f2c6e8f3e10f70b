import assert from 'node:assert/strict'
import { test } from 'node:test'
import { afterCapture, currentSlap, noFingerprints, usualMinimum } from '../capture/fingers/fingerprint-work.ts'
import { type Finger, slaps } from '../capture/fingers/fingers.ts'
import type { Biometric } from '../capture/fingers/sbi.ts'
import { type Draft, newReceipt } from '../draft/draft.ts'
import { isFull } from './acknowledged-packets.ts'
import type { DraftRow, Keep } from './database.ts'
import { forgetHeld, openDraft, saveDraft, setAside, writeAside } from './drafts.ts'
import { anotherTab, aStation, given, hanh, opened, tuan } from './keep.fixture.ts'

const [left, right] = slaps

const aFinger = (subtype: Finger, at: number): Biometric => ({
  modality: 'finger',
  subtype,
  qualityScore: 70,
  requestedScore: usualMinimum,
  record: new Uint8Array([70, 73, 82, 0, at]),
  signed: `a.b.${at}`,
  hash: `hash-${at}`,
  previousHash: '',
  deviceCode: 'device',
  capturedAt: '2023-04-20T08:30:00.000Z',
  trust: 'not-checked',
})

const aDraft = (session: string): Draft => ({
  application: crypto.randomUUID(),
  session,
  entry: 'e-1',
  startedAt: '2023-04-20T07:00:00Z',
  step: 'fingers',
  furthest: 'fingers',
  place: 'THPT Cửa Lục',
  source: 'roster',
  person: { number: '022205100037', fullName: 'Hoàng Gia Khánh', birthDate: '2005-03-07', sex: 'M' },
  check: {},
  request: { kind: 'first-issue', reason: 'first' },
  signer: { kind: 'self' },
  receipt: newReceipt(),
})

async function atWork() {
  const station = await aStation()
  const unlocked = await given(station)
  const roster = await opened(station, unlocked)
  return { ...station, unlocked, open: roster, draft: aDraft(station.roster.session.id) }
}

test('a browser that is killed between two slaps goes on with the fingers that were taken, byte for byte', async () => {
  const { keep, unlocked, open, draft } = await atWork()
  const fingersBegun = afterCapture(noFingerprints('a-visit'), left, left.fingers.map(aFinger))
  await saveDraft(keep, { ...draft, fingersBegun }, hanh.id, open)
  forgetHeld()

  const again = (await openDraft(keep, draft.application, unlocked, open))!
  assert.deepEqual(again.fingersBegun, fingersBegun)
  assert.equal(currentSlap(again.fingersBegun!, usualMinimum), right)
  assert.equal(again.fingers, undefined, 'four fingers are not ten')

  const more = afterCapture(again.fingersBegun!, right, right.fingers.map(aFinger))
  await saveDraft(keep, { ...again, fingersBegun: more }, hanh.id, open)
  assert.equal(await keep.db.pictures.count(), 8)
  assert.deepEqual((await openDraft(keep, draft.application, unlocked, open))?.fingersBegun, more)
})

test('no byte of a finger lies on the disk in the clear', async () => {
  const { keep, open, draft } = await atWork()
  const record = new TextEncoder().encode('FIR of a left ring finger')
  const fingersBegun = afterCapture(noFingerprints('a-visit'), left, [{ ...aFinger('left-ring', 1), record }])
  await saveDraft(keep, { ...draft, fingersBegun }, hanh.id, open)

  const [picture] = await keep.db.pictures.toArray()
  assert.equal(Buffer.from(picture!.content.bytes).includes('left ring'), false)
  const [row] = await keep.db.drafts.toArray()
  assert.equal(Buffer.from(row!.content.bytes).includes('left-ring'), false)
})

/** A disk that takes no draft as long as it is full. */
function aDisk(keep: Keep) {
  const disk = { full: true }
  const { drafts } = keep.db
  const writing = Object.assign(Object.create(drafts), {
    put: (row: DraftRow) =>
      disk.full ? Promise.reject(new DOMException('no room', 'QuotaExceededError')) : drafts.put(row),
  })
  const crowded: Keep = {
    ...keep,
    db: new Proxy(keep.db, { get: (db, name) => (name === 'drafts' ? writing : Reflect.get(db, name)) }),
  }
  return { disk, crowded }
}

const face = () => ({ jpeg: new Blob([new Uint8Array([255, 216, 255, 9])], { type: 'image/jpeg' }), measures: [] })

test('data unsaved when the station locked are written when there is room', async () => {
  const { keep, unlocked, open, draft } = await atWork()
  await saveDraft(keep, draft, hanh.id, open)
  const { disk, crowded } = aDisk(keep)
  const later = { ...draft, step: 'phone' as const, portrait: face() }
  await assert.rejects(saveDraft(crowded, later, hanh.id, open), isFull)
  await setAside(crowded, later, hanh.id, open)
  forgetHeld()

  assert.equal(await writeAside(crowded), 1)
  assert.equal((await keep.db.pictures.count()) + (await keep.db.drafts.count()), 1, 'nothing of it is half there')
  const here = await openDraft(crowded, draft.application, unlocked, open)
  assert.deepEqual(
    [here?.step, here?.portrait?.jpeg.size],
    ['phone', 4],
    'its officer goes on with it although it is not on the disk',
  )

  disk.full = false
  assert.equal(await writeAside(crowded), 0)
  forgetHeld()
  const written = await openDraft(keep, draft.application, unlocked, open)
  assert.deepEqual([written?.step, written?.portrait?.jpeg.size], ['phone', 4])
})

test('unsaved data open with their officer’s secret only, and never overwrite later data', async () => {
  const station = await atWork()
  const { keep, unlocked, open, draft, clock } = station
  const other = await given(station, tuan)
  const { disk, crowded } = aDisk(keep)
  await setAside(crowded, { ...draft, step: 'portrait' }, hanh.id, undefined)
  forgetHeld()
  assert.equal(await openDraft(crowded, draft.application, other, await opened(station, other)), undefined)
  assert.equal((await openDraft(crowded, draft.application, unlocked))?.step, 'portrait')

  clock.on(1)
  await setAside(crowded, { ...draft, step: 'portrait' }, hanh.id, open)
  disk.full = false
  const tab = anotherTab(station)
  await tab.db.drafts.put({ application: draft.application, savedAt: clock.at.getTime() } as DraftRow)
  assert.equal(await writeAside(crowded), 0)
  assert.equal((await keep.db.drafts.get(draft.application))?.content, undefined)
})
