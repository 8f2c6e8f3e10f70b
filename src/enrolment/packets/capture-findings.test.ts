import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCapture } from '../../../test/a-station.ts'
import { irisRecord } from '../../../test/iris-images.ts'
import { asDay, parsePartialDay } from '../../platform/day.ts'
import { builtInLaw } from '../../platform/law.ts'
import type { PersonSummary } from '../../register/register.ts'
import { readIrisRecord } from '../iris-record.ts'
import { noIrisDevice } from '../law.ts'
import { findingsIn } from './capture-findings.ts'

const person = { number: '022205009999', fullName: 'Chìu Sủi Lìn', birthDate: '2005-05-06', sex: 'M' } as const
const record = { ...person, birthDate: parsePartialDay(person.birthDate)! } as unknown as PersonSummary
const officer = { id: '0190b5a8-0000-7000-8000-0000000000a1', grant: 'a.b.c' }

async function irisOn(day: string, exceptions: { subtype: string; reason: string }[]) {
  const { capture, bodies } = await aCapture({ person, officer, more: { exceptions } })
  const found = findingsIn(capture, bodies, record, { day: asDay(day), work: builtInLaw })
  return found.find(({ kind }) => kind === 'iris')
}
const bothFor = (reason: string) => ['Left Iris', 'Right Iris'].map(subtype => ({ subtype, reason }))

test('from 1 July 2024 irises are asked for, and a station without a device holds nobody up', async () => {
  assert.equal(await irisOn('2024-06-30', []), undefined)
  assert.equal((await irisOn('2024-07-01', []))?.verdict, 'doubtful')
  assert.deepEqual(await irisOn('2024-07-01', bothFor(noIrisDevice)), {
    kind: 'iris',
    verdict: 'not-done',
    facts: { why: 'no-iris-device' },
  })
  assert.equal((await irisOn('2024-07-01', bothFor('không mở được mắt')))?.verdict, 'doubtful')
})

test('an iris record of other sizes, eyes or lengths than it says is not read', () => {
  const good = irisRecord(2, 80)
  assert.deepEqual([readIrisRecord(good)?.eye, readIrisRecord(good)?.width], ['left', 320])
  const spoilt = (at: number, value: number) => {
    const bytes = Buffer.from(good)
    bytes.writeUInt16BE(value, at)
    return readIrisRecord(bytes)
  }
  assert.equal(spoilt(12, 2), undefined, 'two eyes')
  assert.equal(spoilt(46, 20_000), undefined, 'too wide')
  assert.equal(spoilt(46, 319), undefined, 'another width than its pixels')
  assert.equal(spoilt(10, 7), undefined, 'another length')
  assert.equal(spoilt(70, 0xffff), undefined, 'an image beyond the end')
  const bytes = Buffer.from(good)
  bytes.writeUInt8(255, 34)
  assert.equal(readIrisRecord(bytes), undefined, 'more quality blocks than there is room')
  for (let length = 0; length < 120; length++) assert.equal(readIrisRecord(good.subarray(0, length)), undefined)
})
