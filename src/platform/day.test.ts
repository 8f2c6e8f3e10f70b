import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  addDays,
  asDay,
  birthday,
  dayAt,
  daysBetween,
  formatPartialDay,
  parseDay,
  parsePartialDay,
  weekday,
  yearsBetween,
} from './day.ts'

const days = fc.integer({ min: 0, max: 110_000 }).map(count => addDays(asDay('1850-01-01'), count))

test('days that no calendar has are refused', () => {
  for (const text of [
    '2023-02-29',
    '2023-13-01',
    '2023-00-10',
    '2023-04-31',
    '1900-02-29',
    '20230420',
    '2023-4-2',
    '',
    '0000-01-01',
  ])
    assert.equal(parseDay(text), undefined, text)
  assert.equal(parseDay('2024-02-29'), '2024-02-29')
})

test('adding days and counting them agree, and days sort as texts', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: -5000, max: 5000 }), (day, count) => {
      const later = addDays(day, count)
      assert.equal(daysBetween(day, later), count)
      assert.equal(day < later, count > 0)
      assert.equal(Math.abs((weekday(later) - weekday(day) - count) % 7), 0)
    }),
  )
})

test('someone is a year older on the birthday, not the day before', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 99 }), (bornOn, years) => {
      const on = birthday(bornOn, years)
      assert.equal(yearsBetween(bornOn, on), years)
      assert.equal(yearsBetween(bornOn, addDays(on, -1)), years - 1)
    }),
  )
})

test('the province’s day begins seven hours before that of Greenwich', () => {
  assert.equal(dayAt(new Date('2023-04-19T16:59:59Z')), '2023-04-19')
  assert.equal(dayAt(new Date('2023-04-19T17:00:00Z')), '2023-04-20')
})

test('a partial day keeps what is known and adds nothing', () => {
  for (const text of ['1978', '1978-05', '1978-05-31'])
    assert.equal(formatPartialDay(parsePartialDay(text) ?? { y: 0 }), text)
  for (const text of ['1978-13', '1978-00', '1978-02-30', '78', '']) assert.equal(parsePartialDay(text), undefined)
})
