import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCaptureManifest, readCaptureParts } from '../../../src/enrolment/capture.ts'
import { largestPicture } from '../../../src/enrolment/law.ts'
import { asDay } from '../../../src/platform/day.ts'
import { type Draft, newReceipt } from './draft.ts'
import { eligibilityOf } from './eligibility.ts'
import { contentOf, NotWhole, refusalContentOf } from './packet-content.ts'

const sealer = (day: string) => ({
  officer: { id: '0190b5a8-0000-7000-8000-0000000000a1', grant: 'a.b.c' },
  day: asDay(day),
  at: new Date('2023-04-20T07:00:00Z'),
})

const draft: Draft = {
  application: crypto.randomUUID(),
  session: crypto.randomUUID(),
  place: 'THPT Cửa Lục',
  entry: 'e',
  startedAt: '2023-04-20T06:50:00Z',
  step: 'receipt',
  furthest: 'receipt',
  source: 'walk-in',
  person: { number: '022205009999', fullName: 'Chìu Sủi Lìn', birthDate: '2005-06', sex: 'M' },
  check: {},
  request: { kind: 'first-issue', reason: 'first' },
  portrait: {
    jpeg: new Blob(['jpeg'], { type: 'image/jpeg' }),
    measures: [{ name: 'face', verdict: 'not-done' }],
    despite: 'mưa, thiếu sáng',
  },
  fingers: {
    biometrics: [
      {
        subtype: 'Left IndexFinger',
        quality: 71,
        image: new Blob(['iso'], { type: 'image/jp2' }),
        record: 'x.y.z',
        deviceTrust: 'trusted',
      },
    ],
    exceptions: [{ subtype: 'Right Thumb', reason: 'băng bó' }],
  },
  signer: { kind: 'self' },
  signature: { unable: 'gãy tay' },
  receipt: newReceipt(),
}

const read = (content: Uint8Array<ArrayBuffer>) => {
  const { manifest, end } = readCaptureManifest(content)!
  const capture = manifest as Parameters<typeof Object.keys>[0] & {
    parts: Parameters<typeof readCaptureParts>[1]['parts']
    [key: string]: unknown
  }
  return { capture, parts: readCaptureParts(content, { end, parts: capture.parts })! }
}

test('pictures and signed records are parts of a packet, each named by its hash', async () => {
  const { capture, parts } = read(await contentOf(draft, sealer('2023-04-20')))
  assert.deepEqual([...parts.keys()], ['face', 'finger-1', 'finger-1-record'])
  assert.equal(new TextDecoder().decode(parts.get('finger-1-record')), 'x.y.z')
  assert.deepEqual(capture['form'], { code: 'CC02', version: 'TT66/2015' })
  assert.deepEqual(capture['signer'], { kind: 'self', unable: 'gãy tay' })
  assert.deepEqual(capture['exceptions'], [{ subtype: 'Right Thumb', reason: 'băng bó' }])
})

test('from July 2024 on irises are asked for, and a station without such a device says so', async () => {
  const { capture } = read(await contentOf(draft, sealer('2024-08-01')))
  assert.deepEqual(
    (capture['exceptions'] as { subtype: string }[]).map(({ subtype }) => subtype),
    ['Right Thumb', 'Left Iris', 'Right Iris'],
  )
  assert.deepEqual(capture['form'], { code: 'CC01', version: 'TT17/2024' })
})

test('a station seals no packet that the server would refuse: large picture, missing number', async () => {
  const large = { ...draft, portrait: { jpeg: new Blob([new Uint8Array(largestPicture + 1)]), measures: [] } }
  await assert.rejects(
    contentOf(large, sealer('2023-04-20')),
    (error: unknown) => error instanceof NotWhole && error.code === 'picture-too-large',
  )
  const nameless = { ...draft, person: { ...draft.person, number: '' } }
  await assert.rejects(
    contentOf(nameless, sealer('2023-04-20')),
    (error: unknown) => error instanceof NotWhole && error.code === 'capture-lacks',
  )
})

test('what marks a person is sealed as it was written, and nothing where nothing was', async () => {
  const { capture } = read(await contentOf({ ...draft, features: ' Sẹo thẳng 2 cm ' }, sealer('2023-04-20')))
  assert.equal(capture['features'], 'Sẹo thẳng 2 cm')
  const { capture: none } = read(await contentOf({ ...draft, features: ' ' }, sealer('2023-04-20')))
  assert.equal('features' in none, false)
})

test('of somebody without a number form DC01 of the day is sealed in its place, and never both', async () => {
  const undeclared = {
    birthRegistrationCode: '022',
    residenceUnitId: crypto.randomUUID(),
    residenceKind: 'permanent',
    papers: 'Giấy khai sinh số 118',
  } as const
  const { number: _number, ...person } = draft.person
  const without = { ...draft, person: { ...person, number: '' }, undeclared }
  const { capture } = read(await contentOf(without, sealer('2025-08-01')))
  assert.deepEqual(capture['person'], person)
  assert.deepEqual(capture['undeclared'], { ...undeclared, form: { code: 'DC01', version: 'TT53/2025' } })
  await assert.rejects(contentOf({ ...draft, undeclared }, sealer('2025-08-01')), NotWhole)
})

test('who has no number and no papers is turned away by the officer, and the law goes first', async () => {
  const { number: _number, ...person } = draft.person
  const turned = (birthDate: string) => eligibilityOf({ birthDate, turnedAway: 'papers-missing' }, asDay('2023-04-20'))!
  assert.equal(turned('2010-05-05').refused?.code, 'under-age')
  const eligibility = turned('1990-05-05')
  const { capture } = read(
    await refusalContentOf({ ...draft, person: { ...person, number: '' }, eligibility }, sealer('2023-04-20')),
  )
  assert.deepEqual([capture['refused'], capture['person']], [{ code: 'papers-missing' }, person])
})

test('a packet says that the clock jumped while it was made, and keeps its own time', async () => {
  const jump = { at: '2023-04-20T08:00:00.000Z', by: 3600 }
  const { capture } = read(await contentOf({ ...draft, clockJumps: [jump] }, sealer('2023-04-20')))
  assert.deepEqual(capture['clock'], { at: '2023-04-20T07:00:00.000Z', jumps: [jump] })
})

test('an account that was not agreed to is no account', async () => {
  const { capture } = read(
    await contentOf({ ...draft, account: { phone: '0912345678', again: '0912345678' } }, sealer('2023-04-20')),
  )
  assert.equal(capture['account'], undefined)
})

test('a refusal records the reason and the day, and no picture', async () => {
  const person = { ...draft.person, birthDate: '2009-04-21' }
  const eligibility = eligibilityOf(person, asDay('2023-04-20'))!
  const { capture } = read(await refusalContentOf({ ...draft, person, eligibility }, sealer('2023-04-20')))
  assert.deepEqual(capture['refused'], { code: 'under-age', from: '2023-04-21' })
  assert.deepEqual([capture['biometrics'], capture.parts], [[], []])
})
