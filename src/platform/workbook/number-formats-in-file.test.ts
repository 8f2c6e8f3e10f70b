import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayOfSerial, numberFormatter } from './number-formats-in-file.ts'

const shown = (format: string, number: number, from: 1900 | 1904 = 1900) =>
  numberFormatter(format, from)(number, String(number)).text

test('a day is shown as its format writes it, in Vietnamese where the format says so', () => {
  const formats: readonly (readonly [string, string])[] = [
    ['dd/mm/yyyy', '15/03/2005'],
    ['d/m/yy', '15/3/05'],
    ['yyyy\\-mm\\-dd;@', '2005-03-15'],
    ['[$-42A]dd mmmm yyyy', '15 Tháng Ba 2005'],
    ['[$-x-sysdate]dddd, mmmm dd, yyyy', 'Tuesday, March 15, 2005'],
    ['[$-1042A]dddd', 'Thứ Ba'],
    ['"ngày" dd "tháng" mm "năm" yyyy', 'ngày 15 tháng 03 năm 2005'],
    ['d-mmm-yy', '15-Mar-05'],
    ['dd/mm/yyyy hh:mm:ss', '15/03/2005 13:45:30'],
    ['m/d/yy h:mm AM/PM', '3/15/05 1:45 PM'],
    ['mm:ss', '45:30'],
    ['yyyy', '2005'],
  ]
  const moment = 38426 + (13 * 3600 + 45 * 60 + 30) / 86_400
  for (const [format, text] of formats) assert.equal(shown(format, moment), text, format)
  assert.equal(shown('[h]:mm', 1.5), '36:00')
})

test('only a format with a day in it makes a day of a number', () => {
  const kinds = ['General', '0.00E+00', '#,##0\\ "đ"', '[Red]0.00', '"yd"0', '@', '_-* #,##0_-', '[$₫-42A] #,##0'].map(
    format => numberFormatter(format, 1900)(38426, '38426'),
  )
  for (const { kind, text } of kinds) assert.deepEqual([kind, text], ['number', '38426'])
})

test('a mask of digits gives back the zeros in front', () => {
  assert.equal(shown('000000000000', 22205001234), '022205001234')
  assert.equal(shown('0### ### ###', 912345678), '0912 345 678')
  assert.equal(shown('0###', 5), '0005')
  assert.equal(shown('0000 000 000', 912345678), '0912 345 678')
  assert.equal(shown('"0"#', 912345678), '0912345678')
  assert.equal(shown('\\0#########', 912345678), '0912345678')
  assert.equal(shown('000', 12345), '12345')
  assert.equal(shown('0', 7), '7')
  assert.equal(shown('0.00', 7.5), '7.5')
})

test('integers of fifteen digits are exact, and larger ones are never shown with an exponent', () => {
  assert.equal(shown('General', 999_999_999_999_999), '999999999999999')
  assert.equal(
    numberFormatter('General', 1900)(Number('12345678901234567890'), '12345678901234567890').text,
    '12345678901234567890',
  )
  assert.equal(numberFormatter('General', 1900)(1e22, '1E22').text, '10000000000000000000000')
  assert.equal(numberFormatter('General', 1900)(22205001234, '2.2205001234000001E10').text, '22205001234')
})

test('days before the one that never was are right too, and what is no day stays a number', () => {
  assert.deepEqual(
    [1, 59, 60, 61, 0, -1, 2_958_465, 2_958_466].map(serial => dayOfSerial(serial, 1900)),
    ['1900-01-01', '1900-02-28', undefined, '1900-03-01', undefined, undefined, '9999-12-31', undefined],
  )
  assert.equal(dayOfSerial(0, 1904), '1904-01-01')
  assert.deepEqual(numberFormatter('dd/mm/yyyy', 1900)(20050315, '20050315'), {
    kind: 'number',
    text: '20050315',
    value: 20050315,
  })
})
