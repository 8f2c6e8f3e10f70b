import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readExam, readExams } from './exam.ts'
import { clockFrom, dayText, momentText, readInstant, spanText } from './moment.ts'
import { readStartOptions } from './start-options.ts'

const file = join(import.meta.dirname, 'exams/tot-nghiep-thpt-2023.json')
const written = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>

test('the national exam has its own window and level, and grade 10 another window and level', () => {
  const [national, gradeTen] = readExams()
  assert.equal(momentText(national!.opensAt, 'vi'), '00:00, thứ Năm 04/05/2023')
  assert.equal(momentText(national!.closesAt, 'vi'), '17:00, thứ Bảy 13/05/2023')
  assert.deepEqual([national!.level, gradeTen!.level], [2, 1])
  assert.notEqual(national!.closesAt, gradeTen!.closesAt)
  assert.equal(gradeTen!.sourceKind, 'assumed')
})

test('an exam file with one fault is refused, and the fault is named', () => {
  const wrong: readonly (readonly [change: Record<string, unknown>, what: RegExp])[] = [
    [{ window: { opens: '2023-05-04T00:00:00', closes: '2023-05-13T17:00:00+07:00' } }, /instants with a zone/],
    [{ window: { opens: '2023-05-14T00:00:00+07:00', closes: '2023-05-13T17:00:00+07:00' } }, /in order/],
    [{ level: 3 }, /level is 1 or 2/],
    [{ id: 'Kỳ thi' }, /id is of/],
    [{ queue: { perSecond: 0, insideMinutes: 1, finishMinutes: 1 } }, /queue\.perSecond/],
    [{ questions: [] }, /"kind" is missing/],
    [
      {
        questions: [
          { id: 'kind', step: 1, type: 'one', label: {}, options: [] },
          { id: 'school', step: 1, type: 'one', list: 'schools', label: {}, asked: [{ kind: ['x'] }] },
        ],
      },
      /kind has no answer x/,
    ],
  ]
  assert.ok(readExam(JSON.stringify(written), 'x.json'))
  for (const [change, what] of wrong)
    assert.throws(() => readExam(JSON.stringify({ ...written, ...change }), 'x.json'), what)
})

test('remaining time is shown in two units and rounded down', () => {
  assert.equal(spanText(9 * 86_400_000 + 2.9 * 3_600_000, 'vi'), '9 ngày 2 giờ')
  assert.equal(spanText(59_999, 'vi'), '59 giây')
  assert.equal(spanText(60_000, 'vi'), '1 phút')
  assert.equal(spanText(999, 'en'), '0 seconds')
  assert.equal(spanText(61_000, 'en'), '1 minute 1 second')
})

test('a birth date that is known in part is written as far as it is known', () => {
  assert.deepEqual(['2005-09-24', '2005-09', '2005', '2005-00-00', '2005-09-00'].map(dayText), [
    '24/09/2005',
    '09/2005',
    '2005',
    '2005',
    '09/2005',
  ])
})

test('the clock runs on from the instant it is set to', async () => {
  const clock = clockFrom(readInstant('2023-05-13T16:59:00+07:00'))
  const first = clock()
  await new Promise(resolve => setTimeout(resolve, 30))
  assert.ok(clock() - first >= 25 && clock() - first < 5_000)
  assert.equal(momentText(first, 'vi'), '16:59, thứ Bảy 13/05/2023')
})

test('options that cannot be read are refused with what would be right', () => {
  assert.throws(() => readStartOptions(['--now', '2023-05-13 16:59'], {}), /instant with its zone/)
  assert.throws(() => readStartOptions([], { EXAM_NOW: 'soon' }), /instant with its zone/)
  assert.throws(() => readStartOptions(['--port', 'x'], {}), /--port/)
  assert.throws(() => readStartOptions(['--issuer', 'localhost:8080'], {}), /--issuer/)
  assert.throws(() => readStartOptions(['--nope'], {}), /nope/)
  assert.equal(
    readStartOptions(['--port', '9'], { EXAM_NOW: '2023-05-13T16:59:00+07:00' }).origin,
    'http://localhost:9',
  )
})
