import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { laws } from '../src/laws.ts'
import { dayLiterals } from './day-literals.ts'

const sources = globSync('src/**/*.ts')
  .filter(file => !/\.test\.ts$|\.fixture\.ts$|\.test-[a-z-]+\.ts$/.test(file))
  .map(file => ({ file, text: readFileSync(file, 'utf8') }))

/** What is no rule: each with the reason. At most fifteen. */
const exceptions: readonly { readonly file: string; readonly text: string; readonly reason: string }[] = [
  { file: 'src/platform/day.ts', text: 'addDays(day, -1)', reason: 'dayBefore itself' },
  { file: 'src/platform/day.ts', text: 'addDays(day, 1)', reason: 'dayAfter itself' },
  {
    file: 'src/planning/sessions/calendar.ts',
    text: 'daysBetween(from, to) >= longestCalendar',
    reason: 'how much one request reads',
  },
  {
    file: 'src/planning/overtime/overtime.ts',
    text: 'daysBetween(first, dayAt(instant)) * 1440',
    reason: 'minutes of a day',
  },
  { file: 'src/planning/overtime/store.ts', text: "interval '1 month'", reason: 'a month of the calendar' },
  {
    file: 'src/campaign/store-who-lacks-what.ts',
    text: "interval '1 month - 1 day'",
    reason: 'the last day of a month',
  },
  {
    file: 'src/campaign/cohorts/store-member.ts',
    text: "interval '1 month - 1 day'",
    reason: 'the last day of a month',
  },
  {
    file: 'src/statistics/balances/store.ts',
    text: "interval '1 millisecond'",
    reason: 'instants are read in milliseconds',
  },
  { file: 'src/cards/production/store-order.ts', text: "interval '0'", reason: 'the first of two steps of one work' },
  {
    file: 'src/cards/production/store-order.ts',
    text: "interval '1 microsecond'",
    reason: 'the second of two steps of one work',
  },
  {
    file: 'src/cards/imports/store-history.ts',
    text: "interval '1 microsecond'",
    reason: 'steps of one work, in their order',
  },
  {
    file: 'src/accounts/imports/store-history.ts',
    text: "interval '1 microsecond'",
    reason: 'steps of one work, in their order',
  },
  { file: 'src/cards/store.ts', text: "interval '1 microsecond'", reason: 'changes stand as they were written' },
  { file: 'src/accounts/store.ts', text: "interval '1 microsecond'", reason: 'changes stand as they were written' },
]

test('no number stands in the arithmetic of days but in a law.ts', () => {
  assert.ok(sources.length > 500)
  assert.ok(exceptions.length <= 15)
  const found = dayLiterals(sources)
  const isException = (one: { file: string; text: string }) =>
    exceptions.some(({ file, text }) => file === one.file && text === one.text)
  assert.deepEqual(
    found.filter(one => !isException(one)).map(({ file, line, text }) => `${file}:${line}: ${text}`),
    [],
  )
  assert.deepEqual(
    exceptions.filter(one => !found.some(({ file, text }) => file === one.file && text === one.text)),
    [],
    'an exception that excepts nothing',
  )
})

test('a number is found in an argument, a constant, a sum, a comparison and a span of SQL', () => {
  const wrong = `
    import { days } from './days.ts'
    const kept = 30
    export const a = (day: Day) => addDays(day, -7)
    export const b = (day: Day) => register.workingDaysAfter(day, kept)
    export const c = (day: Day) => addDays(day, days)
    export const d = (from: Day, to: Day) => daysBetween(from, to) + 1
    export const e = (bornOn: Day, day: Day) => yearsBetween(bornOn, day) < 6
    export const f = sql\`delete from t where at < now() - interval '400 days'\`
    export const g = sql\`select now() - make_interval(days => 3)\`
    export const right = (day: Day, work: Work) => addDays(day, ruleOn(slipDays, day, work))
    // addDays(day, 5), interval '5 days'
    export const said = "addDays(day, 5)"`
  const found = dayLiterals([
    { file: 'src/some/wrong.ts', text: wrong },
    { file: 'src/some/days.ts', text: 'export const days = 14' },
    { file: 'src/some/law.ts', text: 'export const activateBy = (day: Day) => addDays(day, 7)' },
  ])
  assert.deepEqual(
    found.map(({ line, text }) => `${line} ${text}`),
    [
      '4 addDays(day, -7)',
      '5 register.workingDaysAfter(day, kept)',
      '6 addDays(day, days)',
      '7 daysBetween(from, to) + 1',
      '8 yearsBetween(bornOn, day) < 6',
      "9 interval '400 days'",
      '10 make_interval(days => 3',
    ],
  )
})

test('every rule of a law.ts is known to the house, under an id of its own that begins with its context', () => {
  const files = sources.filter(({ file }) => /(^|\/)law\.ts$/.test(file) && file !== 'src/platform/law.ts')
  const made = files.flatMap(({ file, text }) =>
    [...text.matchAll(/= (?:law|policy)(?:<[^=]*?>)?\(\s*'([^']+)'/g)].map(([, id = '']) => ({ file, id })),
  )
  assert.ok(made.length > 40)
  assert.deepEqual(
    made.map(({ id }) => id).sort(),
    laws.map(({ id }) => id),
  )
  assert.equal(new Set(laws.map(({ id }) => id)).size, laws.length)
  assert.deepEqual(
    made.filter(({ file, id }) => id.split('.')[0] !== file.split('/').at(-2)),
    [],
  )
  const told = readFileSync('docs/operations.md', 'utf8')
  assert.deepEqual(
    laws.filter(({ id }) => !told.includes(`\`${id}\``)),
    [],
    'docs/operations.md names every rule',
  )
  const elsewhere = sources.filter(
    ({ file, text }) => !/(^|\/)law\.ts$/.test(file) && /[^.\w](?:law|policy)(?:<[^=]*?>)?\(\s*'/.test(text),
  )
  assert.deepEqual(
    elsewhere.map(({ file }) => file),
    [],
  )
})
