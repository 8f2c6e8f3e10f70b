import assert from 'node:assert/strict'
import { test } from 'node:test'
import { afterCapture, currentSlap, noFingerprints, usualMinimum } from '../capture/fingerprint-work.ts'
import { type Finger, slaps } from '../capture/fingers.ts'
import type { Biometric } from '../capture/sbi.ts'
import { type Draft, newReceipt } from '../draft.ts'
import { forgetHeld, openDraft, saveDraft } from './drafts.ts'
import { aStation, given, hanh, opened } from './keep.fixture.ts'

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
