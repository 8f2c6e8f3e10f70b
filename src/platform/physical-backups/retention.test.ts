import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keptByRule } from './retention.ts'

const dailyFrom = (first: string, days: number) =>
  Array.from({ length: days }, (_, n) => ({ finishedAt: new Date(Date.parse(`${first}T18:30:00Z`) + n * 86_400_000) }))
const daysOf = (kept: Iterable<{ finishedAt: Date }>) =>
  [...kept].map(({ finishedAt }) => new Date(finishedAt.getTime() + 7 * 3_600_000).toISOString().slice(0, 10)).sort()

test('the last base backup of each of seven days, three weeks and two months is kept', () => {
  const bases = dailyFrom('2026-08-31', 60)
  assert.deepEqual(daysOf(keptByRule(bases, '7d 3w 2m', new Date('2027-01-01'))), [
    ...['2026-09-30', '2026-10-18', '2026-10-24', '2026-10-25', '2026-10-26', '2026-10-27', '2026-10-28'],
    ...['2026-10-29', '2026-10-30'],
  ])
})

test('of two base backups of one day the later is kept, and the newest of all whatever the rule', () => {
  const [early, late] = [{ finishedAt: new Date('2026-10-01T01:00Z') }, { finishedAt: new Date('2026-10-01T09:00Z') }]
  assert.deepEqual([...keptByRule([early, late], '1d', late.finishedAt)], [late])
  assert.deepEqual([...keptByRule([], '1d', late.finishedAt)], [])
})

test('base backups that a clock that was ahead has dated are kept, and count for no day', () => {
  const bases = dailyFrom('2026-10-01', 5)
  const ahead = dailyFrom('2031-10-01', 3)
  assert.deepEqual(daysOf(keptByRule([...bases, ...ahead], '2d', new Date('2026-10-06T01:00Z'))), [
    ...['2026-10-05', '2026-10-06', '2031-10-02', '2031-10-03', '2031-10-04'],
  ])
})
