import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { newId } from '../../platform/ids.ts'
import { abisLimits, abisRequest, failureReasons, readAnswer } from './abis-messages.ts'

const at = new Date('2026-12-03T05:00:00.120Z')
const [requestId, reference, one, other] = [newId(), newId(), newId(), newId()]
const identify = (among?: readonly string[]) =>
  abisRequest(requestId, at, { operation: 'identify', reference, most: 5, ...(among && { among }) })
const found = (candidates: readonly unknown[], change: object = {}) => ({
  id: 'mosip.abis.identify',
  requestId,
  responsetime: '2026-12-03T05:00:01.000Z',
  returnValue: '1',
  candidateList: { count: String(candidates.length), candidates },
  ...change,
})

test('a request has the members of the contract and no other', () => {
  assert.deepEqual(abisRequest(requestId, at, { operation: 'insert', reference, url: 'https://a.example/x' }), {
    id: 'mosip.abis.insert',
    version: '1.1',
    requestId,
    requesttime: '2026-12-03T05:00:00.120Z',
    referenceId: reference,
    referenceURL: 'https://a.example/x',
  })
  assert.deepEqual(identify([one]), {
    id: 'mosip.abis.identify',
    version: '1.1',
    requestId,
    requesttime: '2026-12-03T05:00:00.120Z',
    referenceId: reference,
    flags: { maxResults: '5' },
    gallery: { referenceIds: [{ referenceId: one }] },
  })
})

test('who is asked by something else than a UUID, or for too much, is not asked', () => {
  assert.throws(() => abisRequest(requestId, at, { operation: 'delete', reference: "1' or '1" }), RangeError)
  assert.throws(() => abisRequest(requestId, at, { operation: 'identify', reference, most: 0 }), RangeError)
  const tooMany = Array.from({ length: abisLimits.among + 1 }, () => one)
  assert.throws(() => identify(tooMany), RangeError)
  assert.throws(
    () => abisRequest(requestId, at, { operation: 'insert', reference, url: 'file:///etc/passwd' }),
    RangeError,
  )
})

test('candidates are read with their confidence, the likest first, without whom was searched', () => {
  const answer = found([
    { referenceId: one.toUpperCase(), analytics: { confidence: '61', internalScore: '112' }, modalities: [] },
    { referenceId: reference, analytics: null },
    { referenceId: other, analytics: { confidence: 90 } },
  ])
  assert.deepEqual(readAnswer(identify(), answer), {
    kind: 'done',
    candidates: [
      { reference: other, score: 90 },
      { reference: one, score: 61 },
    ],
    count: 2,
  })
  assert.deepEqual(readAnswer(identify(), found([], { candidateList: null })), {
    kind: 'done',
    candidates: [],
    count: 0,
  })
})

test('an answer of another request or operation, or that contradicts itself, is not believed', () => {
  const candidate = { referenceId: one }
  const wrong = (answer: unknown, request = identify()) => {
    const read = readAnswer(request, answer)
    return read.kind === 'wrong' ? read.wrong : read
  }
  assert.equal(wrong(found([candidate], { requestId: newId() })), 'of another request')
  assert.equal(wrong(found([candidate], { id: 'mosip.abis.insert' })), 'of another operation')
  assert.equal(wrong(found([candidate], { returnValue: 3 })), 'neither done nor failed')
  assert.equal(
    wrong(found([candidate], { candidateList: { count: '2', candidates: [candidate] } })),
    'a count that is not that of its candidates',
  )
  assert.equal(wrong(found([candidate, candidate])), 'a candidate twice')
  assert.equal(wrong(found([{ referenceId: 'Nguyễn Văn A' }])), 'a candidate that is no reference')
  assert.equal(wrong(found([candidate]), identify([other])), 'a candidate that was not to be searched')
  const tooMany = Array.from({ length: abisLimits.candidates + 1 }, () => ({ referenceId: newId() }))
  assert.equal(wrong(found(tooMany)), 'not understood at /candidateList')
  assert.equal(wrong('nothing'), 'not understood at its beginning')
})

test('each reason of a failure is told in its word, and one that nobody knows as unknown', () => {
  const failed = (failureReason: unknown) => readAnswer(identify(), found([], { returnValue: '2', failureReason }))
  assert.equal(Object.keys(failureReasons).length, 18)
  for (const [number, reason] of Object.entries(failureReasons))
    for (const written of [number, Number(number)]) assert.deepEqual(failed(written), { kind: 'failed', reason })
  for (const unknown of [undefined, null, 99])
    assert.deepEqual(failed(unknown), { kind: 'failed', reason: 'reason-unknown' })
})

test('whatever an engine answers is read or is not believed, and never throws', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (value, list) => {
      for (const answer of [value, found([], { candidateList: list }), found([value])])
        assert.ok(['done', 'wrong'].includes(readAnswer(identify(), answer).kind))
    }),
    { numRuns: 300 },
  )
})
