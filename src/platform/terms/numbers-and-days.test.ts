import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayIn, dayInYearIn, dayMarkIn, numberIn } from './numbers-and-days.ts'

test('Vietnamese writes 1.234.567 and 05/04/2023, English 1,234,567 and 5 April 2023', () => {
  assert.deepEqual(
    [numberIn(1_234_567, 'vi'), numberIn(-4320, 'en'), numberIn(999.9, 'en')],
    ['1.234.567', '-4,320', '999'],
  )
  assert.deepEqual([dayIn('2023-04-05', 'vi'), dayIn('2023-04-05', 'en')], ['05/04/2023', '5 April 2023'])
})

test('as much of a day as is known is written, and what is no day stays as it is', () => {
  assert.deepEqual(
    [dayIn('2008-09', 'vi'), dayIn('2008-09', 'en'), dayIn('2008', 'en')],
    ['09/2008', 'September 2008', '2008'],
  )
  assert.equal(dayIn('unknown', 'en'), 'unknown')
})

test('a day within its year has its month in full, and on a chart three letters of it', () => {
  assert.deepEqual([dayInYearIn('2023-09-05', 'vi'), dayInYearIn('2023-09-05', 'en')], ['05/09', '5 September'])
  assert.deepEqual([dayMarkIn('2023-09-05', 'vi'), dayMarkIn('2023-09-05', 'en')], ['05/09', '5 Sep'])
  assert.deepEqual([dayInYearIn('2023', 'en'), dayMarkIn('2023', 'en')], ['', ''])
})
