import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asDay } from './day.ts'
import { builtInLaw, law, lawRowsOf, policy, rowOn, ruleOn } from './law.ts'
import { Problem } from './problem.ts'

const days = law('tried.days', [
  { from: '', value: 7, article: 'Art. 18', source: 'NĐ59/2022' },
  { from: '2024-07-01', value: 5, source: 'NĐ69/2024', verifiedOn: '2024-07-02' },
])
const begun = law('tried.begun', [{ from: '2024-07-01', value: 3, source: 'LCC' }])
const kept = policy('tried.kept', { days: 30, hours: [8, 12] })
const word = law<'locks' | 'stays'>('tried.word', [{ from: '', value: 'locks', source: 'NĐ59/2022' }], {
  words: ['locks', 'stays'],
})
const rules = [days, begun, kept, word]

const lineOf = (values: Record<string, string>) => ({ line: 2, values: { source: 'QĐ1/2025', ...values } })
const asking = (...lines: Record<string, string>[]) => ({ lawRows: lawRowsOf(rules, lines.map(lineOf)) })
const on = (day: string, work = builtInLaw) => ruleOn(days, asDay(day), work)

/** What is said of each line that is refused. */
function wrongOf(...lines: Record<string, string>[]): unknown[] {
  try {
    lawRowsOf(
      rules,
      lines.map((values, at) => ({ line: at + 2, values: { source: 'QĐ1/2025', ...values } })),
    )
  } catch (error) {
    assert.ok(error instanceof Problem)
    assert.equal(error.code, 'law-rows-refused')
    return (error.facts['wrong'] as { line: number; should: string }[]).map(({ line, should }) => `${line}: ${should}`)
  }
  return []
}

test('a row is in force from its day on, until the next one', () => {
  assert.deepEqual([on('1900-01-01'), on('2024-06-30'), on('2024-07-01')], [7, 7, 5])
  assert.deepEqual(rowOn(days, asDay('2024-07-01'), builtInLaw).source, 'NĐ69/2024')
  assert.equal(ruleOn(kept, asDay('2023-04-20'), builtInLaw).days, 30)
})

test('before its first row a rule says nothing, and the refusal names the day on which it begins', () => {
  assert.throws(
    () => ruleOn(begun, asDay('2024-06-30'), builtInLaw),
    (error: unknown) =>
      error instanceof Problem && error.code === 'law-not-in-force' && error.facts['first'] === '2024-07-01',
  )
  const earlier = asking({ rule: 'tried.begun', from: '2023-01-01', value: '9' })
  assert.equal(ruleOn(begun, asDay('2024-06-30'), earlier), 9)
})

test('the row that began last answers; of a built-in and an own row of one day, the own one', () => {
  const own = asking({ rule: 'tried.days', from: '2023-05-01', value: '10' })
  assert.deepEqual(
    ['2023-04-30', '2023-05-01', '2024-06-30', '2024-07-01'].map(day => on(day, own)),
    [7, 10, 10, 5],
  )
  assert.equal(on('2024-07-01', asking({ rule: 'tried.days', from: '2024-07-01', value: '4' })), 4)
  const both = asking(
    { rule: 'tried.days', from: '2026-01-01', value: '2' },
    { rule: 'tried.days', from: '2025-01-01', value: '1' },
  )
  assert.deepEqual([on('2025-06-01', both), on('2026-06-01', both)], [1, 2])
})

test('rows of a law.ts stand in the order of their days', () => {
  const rows = [
    { from: '2024-07-01', value: 1, source: 'LCC' },
    { from: '2024-07-01', value: 2, source: 'LCC' },
  ] as const
  assert.throws(() => law('tried.twice', rows), RangeError)
  assert.throws(() => law('tried.no-day', [{ from: '2024-02-30', value: 1, source: 'LCC' }]), RangeError)
})

test('a row of an installation that is wrong is refused with its line and with what to write', () => {
  const row = { rule: 'tried.days', from: '2025-01-01', value: '9' }
  assert.deepEqual(wrongOf(row, { ...row, rule: 'tried.day' }), [
    '3: no rule is called "tried.day": write one of those that docs/operations.md names',
  ])
  assert.deepEqual(wrongOf({ ...row, from: '1/7/2025' }), ['2: from is the first day of the rule, YYYY-MM-DD'])
  assert.deepEqual(wrongOf({ ...row, value: 'nine' }), ['2: value of tried.days should be a number from 0 on'])
  assert.deepEqual(wrongOf({ ...row, value: '9.5' }), ['2: value of tried.days should be a whole number'])
  assert.deepEqual(wrongOf({ ...row, value: '-9' }), ['2: value of tried.days should be a number from 0 on'])
  assert.deepEqual(wrongOf({ ...row, source: '' }), [
    '2: source is missing: name the act that says so, or "house" for a decision of your own',
  ])
  assert.deepEqual(wrongOf({ ...row, verified_on: 'yes' }), [
    '2: verified_on is YYYY-MM-DD, or empty where nobody has compared it',
  ])
  assert.deepEqual(wrongOf({ ...row, confidence: 'low' }), [])
  assert.deepEqual(wrongOf({ ...row, confidence: 'sure' }), ['2: confidence is one of high, medium, low, or empty'])
  assert.deepEqual(wrongOf(row, row), ['3: tried.days has two rows of 2025-01-01: keep one'])
})

test('a value has the shape of the built-in one', () => {
  const row = { rule: 'tried.kept', from: '2025-01-01' }
  assert.deepEqual(wrongOf({ ...row, value: '{"days": 20, "hours": [7]}' }), [])
  assert.deepEqual(wrongOf({ ...row, value: '{"days": 20}' }), [
    '2: value of tried.kept should be an object of days, hours',
  ])
  assert.deepEqual(wrongOf({ ...row, value: '{"days": 20, "hours": ["7"]}' }), [
    '2: value of tried.kept should be a number from 0 on in hours[0]',
  ])
  assert.deepEqual(wrongOf({ rule: 'tried.word', from: '2025-01-01', value: 'stays' }), [])
  assert.deepEqual(wrongOf({ rule: 'tried.word', from: '2025-01-01', value: 'opens' }), [
    '2: value of tried.word should be one of locks, stays',
  ])
})
