import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { asDay } from '../../src/platform/day.ts'
import {
  datedAt,
  dayInYearText,
  dayMarkText,
  dayText,
  decimalText,
  instantText,
  numberText,
  paceText,
  roundedText,
  setFormatsLanguage,
  shareText,
  signed,
  tenthsText,
  weekdayText,
} from './formats.ts'

afterEach(() => setFormatsLanguage('vi'))

/** The same in both languages. */
function inBoth<T>(write: () => T): readonly [vi: T, en: T] {
  setFormatsLanguage('vi')
  const vi = write()
  setFormatsLanguage('en')
  return [vi, write()]
}

test('numbers, decimals and shares are written as each language writes them', () => {
  assert.deepEqual(
    inBoth(() => numberText(4320)),
    ['4.320', '4,320'],
  )
  assert.deepEqual(
    inBoth(() => decimalText(1234.5974, 3)),
    ['1.234,597', '1,234.597'],
  )
  assert.deepEqual(
    inBoth(() => roundedText(0.25, 1)),
    ['0,3', '0.3'],
  )
  assert.deepEqual(
    inBoth(() => shareText(164, 1000, 1)),
    ['16,4%', '16.4%'],
  )
  assert.equal(shareText(3, 0), '')
  assert.deepEqual(
    inBoth(() => signed(-1200)),
    ['−1.200', '−1,200'],
  )
  assert.deepEqual(
    inBoth(() => [paceText(0.37), paceText(9), paceText(1234.5)]),
    [
      ['0,3', '9', '1.234'],
      ['0.3', '9', '1,234'],
    ],
  )
  assert.deepEqual(
    inBoth(() => [tenthsText(7.5), tenthsText(8)]),
    [
      ['7,5', '8'],
      ['7.5', '8'],
    ],
  )
})

test('days, parts of days and instants are 15/06/2023 in Vietnamese and 15 June 2023 in English', () => {
  assert.deepEqual(
    inBoth(() => [dayText('2023-06-15'), dayText('2023-06'), dayText('2023')]),
    [
      ['15/06/2023', '06/2023', '2023'],
      ['15 June 2023', 'June 2023', '2023'],
    ],
  )
  assert.deepEqual(
    inBoth(() => [dayInYearText('2023-09-05'), dayMarkText('2023-09-05')]),
    [
      ['05/09', '05/09'],
      ['5 September', '5 Sep'],
    ],
  )
  // A quarter past five in the evening of UTC is a day later in the province.
  assert.deepEqual(
    inBoth(() => instantText('2023-06-15T17:15:00Z')),
    [
      { day: '16/06/2023', dayInYear: '16/06', time: '00:15' },
      { day: '16 June 2023', dayInYear: '16 June', time: '00:15' },
    ],
  )
  assert.deepEqual(
    [weekdayText(asDay('2023-06-15'), 'vi'), weekdayText(asDay('2023-06-18'), 'en')],
    ['Thứ Năm', 'Sunday'],
  )
})

test('an official paper has a nought before days below ten and before the months 1 and 2 alone', () => {
  assert.equal(datedAt('Hạ Long', '2023-02-05'), 'Hạ Long, ngày 05 tháng 02 năm 2023')
  assert.equal(datedAt('Hạ Long', '2023-04-20'), 'Hạ Long, ngày 20 tháng 4 năm 2023')
  setFormatsLanguage('en')
  assert.equal(datedAt('Hạ Long', '2023-02-05'), 'Hạ Long, 5 February 2023')
})
