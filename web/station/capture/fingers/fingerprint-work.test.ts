import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  afterCapture,
  currentSlap,
  isComplete,
  keepDespite,
  markMissing,
  mayKeepDespite,
  noFingerprints,
  resultOf,
  standingOf,
  takeAfterAll,
  wanted,
} from './fingerprint-work.ts'
import { type Finger, slaps } from './fingers.ts'
import type { Biometric } from './sbi.ts'

const [left, right, thumbs] = slaps
const minimum = 40
const aFinger = (subtype: Finger, qualityScore: number, hash = `${subtype}-${qualityScore}`): Biometric => ({
  modality: 'finger',
  subtype,
  qualityScore,
  requestedScore: minimum,
  record: new Uint8Array(),
  signed: 'a.b.c',
  hash,
  previousHash: '',
  deviceCode: 'device',
  capturedAt: '2023-04-20T08:30:00.000Z',
  trust: 'not-checked',
})
const slapOf = (fingers: readonly Finger[], score: number) => fingers.map(finger => aFinger(finger, score))
const begun = noFingerprints('a-visit')

test('the slaps come in the order left, right, thumbs, and all ten make it complete', () => {
  let work = begun
  for (const slap of slaps) {
    assert.equal(currentSlap(work, minimum), slap)
    work = afterCapture(work, slap, slapOf(slap.fingers, 70))
  }
  assert.ok(isComplete(work, minimum))
})

test('of several tries the best of each finger is kept, and the chain goes on from the last block', () => {
  let work = afterCapture(begun, left, [...slapOf(left.fingers, 70).slice(0, 3), aFinger('left-index', 30)])
  work = afterCapture(work, left, [...slapOf(left.fingers, 50).slice(0, 3), aFinger('left-index', 35, 'last')])

  const kept = left.fingers
    .map(finger => resultOf(work, finger))
    .map(one => one?.kind === 'taken' && one.biometric.qualityScore)
  assert.deepEqual(kept, [70, 70, 70, 35])
  assert.equal(work.lastHash, 'last')
})

test('a poor finger is kept despite that only after three tries, and is marked', () => {
  let work = begun
  for (const expected of [false, false, true]) {
    work = afterCapture(work, left, slapOf(left.fingers, 20))
    assert.equal(mayKeepDespite(work, left, minimum), expected)
  }
  assert.equal(currentSlap(work, minimum), left)
  work = keepDespite(work, left, { code: 'worn' }, minimum)

  assert.equal(standingOf(work, 'left-ring', minimum), 'despite')
  assert.equal(currentSlap(work, minimum), right)
})

test('a better picture later takes the mark off', () => {
  let work = begun
  for (let tries = 0; tries < 3; tries++) work = afterCapture(work, left, slapOf(left.fingers, 20))
  work = keepDespite(work, left, { code: 'worn' }, minimum)
  work = afterCapture(work, left, slapOf(left.fingers, 60))
  assert.equal(standingOf(work, 'left-ring', minimum), 'good')
})

test('a missing finger is not asked for, settles its slap, and can be taken after all', () => {
  let work = markMissing(begun, 'left-middle', { code: 'lost' })
  assert.deepEqual(wanted(work, left), ['left-little', 'left-ring', 'left-index'])
  work = afterCapture(work, left, slapOf(wanted(work, left), 70))
  assert.equal(currentSlap(work, minimum), right)

  work = takeAfterAll(work, 'left-middle')
  assert.equal(currentSlap(work, minimum), left)
  assert.equal(standingOf(work, 'left-middle', minimum), 'waiting')
})

test('a device’s fingers of another slap are refused for this one', () => {
  const work = afterCapture(begun, thumbs, [aFinger('left-index', 90)])
  assert.equal(resultOf(work, 'left-index'), undefined)
})
