import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayIn, numberIn } from './numbers-and-days.ts'

test('Vietnamese writes 1.234.567 and 05/04/2023, English 1,234,567 and 5 Apr 2023', () => {
  assert.deepEqual(
    [numberIn(1_234_567, 'vi'), numberIn(-4320, 'en'), numberIn(999.9, 'en')],
    ['1.234.567', '-4,320', '999'],
  )
  assert.deepEqual([dayIn('2023-04-05', 'vi'), dayIn('2023-04-05', 'en')], ['05/04/2023', '5 Apr 2023'])
})

test('as much of a day as is known is written, and what is no day stays as it is', () => {
  assert.deepEqual(
    [dayIn('2008-09', 'vi'), dayIn('2008-09', 'en'), dayIn('2008', 'en')],
    ['09/2008', 'Sep 2008', '2008'],
  )
  assert.equal(dayIn('unknown', 'en'), 'unknown')
})
