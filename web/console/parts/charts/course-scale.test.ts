import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asDay } from '../../../../src/platform/day.ts'
import { gridOf, monthsOf, scaleOf } from './course-scale.ts'

const spring = {
  days: [
    { day: '2023-03-01', total: 0 },
    { day: '2023-04-20', total: 120_000 },
  ],
  plan: [{ day: '2023-04-15', total: 180_000 }],
  target: 723_000,
  dueOn: '2023-06-30',
  high: 357_000,
}

test('the drawing begins with the campaign, ends with the due day, and has zero at its bottom', () => {
  const { x, y, first, last, top } = scaleOf(spring, 1210, 200)
  assert.deepEqual([first, last, top], ['2023-03-01', '2023-06-30', 723_000])
  assert.deepEqual([x('2023-03-01'), x('2023-03-31'), x('2023-06-30')], [0, 300, 1210])
  assert.equal(y(0), 200)
  assert.ok(y(723_000) > 0 && y(723_000) < 20)
})

test('what is above the target is still inside the drawing', () => {
  const { y, top } = scaleOf({ ...spring, days: [...spring.days, { day: '2023-05-01', total: 800_000 }] }, 1000, 200)
  assert.equal(top, 800_000)
  assert.ok(y(800_000) >= 0)
})

test('a campaign of one day without target is drawn', () => {
  const { x, y } = scaleOf(
    { days: [{ day: '2023-03-01', total: 0 }], plan: [], target: null, dueOn: null, high: null },
    600,
    200,
  )
  assert.deepEqual([x('2023-03-01'), y(0)], [0, 200])
})

test('there are at most three lines of the grid, on round figures below the top', () => {
  assert.deepEqual(gridOf(723_000), [200_000, 400_000, 600_000])
  for (const top of [1, 2, 7, 12, 99, 100, 2810, 50_000, 1_300_000]) {
    const lines = gridOf(top)
    assert.ok(
      lines.length <= 3 && lines.every(line => line > 0 && line < top + 1 && Number.isInteger(line)),
      `${top}: ${lines}`,
    )
  }
  assert.ok(gridOf(2810).length >= 2)
})

test('months are labelled at their first day, and thinned when there are many', () => {
  assert.deepEqual(monthsOf(asDay('2023-03-01'), asDay('2023-06-30'), 6), [
    '2023-03-01',
    '2023-04-01',
    '2023-05-01',
    '2023-06-01',
  ])
  assert.equal(monthsOf(asDay('2023-03-02'), asDay('2025-06-30'), 6).length <= 6, true)
})
