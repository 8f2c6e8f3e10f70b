import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, asDay, daysInMonth, formatPartialDay } from '../../platform/day.ts'
import { type BirthDateHint, columnOrder, compareBirthDates, readBirthDate, type Serial } from './dates.ts'

const read = (value: string | number | Serial, hint?: BirthDateHint) => {
  const found = readBirthDate(value, hint)
  return found.kind === 'day' || found.kind === 'partial'
    ? `${formatPartialDay(found.day)} ${found.via}`
    : found.kind === 'impossible'
      ? found.why
      : found.kind
}

const aDay = fc
  .record({
    y: fc.integer({ min: 1930, max: 2029 }),
    m: fc.integer({ min: 1, max: 12 }),
    d: fc.integer({ min: 1, max: 31 }),
  })
  .map(({ y, m, d }) => ({ y, m, d: Math.min(d, daysInMonth(y, m)) }))
const two = (n: number) => String(n).padStart(2, '0')

test('a day is read in every way schools write it', () => {
  const forms: (string | number | Serial)[] = [
    '03/07/2005',
    '3/7/2005',
    '3-7-2005',
    '3.7.2005',
    '03 07 2005',
    '3 / 7 / 2005',
    '3/7/05',
    "'03/07/2005",
    '03072005',
    '3072005',
    3072005,
    '030705',
    '2005-07-03',
    '2005-07-03T00:00:00.000Z',
    '2005-07-03 00:00:00',
    '2005/07/03',
    '20050703',
    { serial: 38536 },
    { serial: 38536.5 },
    38536,
    '38536',
    { serial: 37074, date1904: true },
    '3 tháng 7 năm 2005',
    'Ngày 03 tháng 07 năm 2005',
    'ngày 3/7/2005',
    '3-Jul-2005',
    'July 3, 2005',
    '03/07/2005.',
    '03\u200b/07/2005 ',
  ]
  for (const form of forms) assert.match(read(form), /^2005-07-03 /, JSON.stringify(form))
})

test('every day survives every form', () => {
  fc.assert(
    fc.property(aDay, ({ y, m, d }) => {
      const iso = `${y}-${two(m)}-${two(d)}`
      for (const form of [
        `${two(d)}/${two(m)}/${y}`,
        `${d}-${m}-${y}`,
        iso,
        `${two(d)}${two(m)}${y}`,
        `${d} tháng ${m} năm ${y}`,
      ])
        assert.match(read(form), new RegExp(`^${iso} `), form)
      const expectYears: [number, number] = [y - 20, y + 20]
      assert.match(read(`${d}/${m}/${two(y % 100)}`, { expectYears }), new RegExp(`^${iso} `))
      assert.match(read(`${m}/${d}/${y}`, { order: 'mdy' }), new RegExp(`^${iso} `))
    }),
  )
})

test('serials count as the spreadsheet does, with its 29 February 1900 that never was', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2101, max: 60_000 }), serial => {
      const found = readBirthDate({ serial })
      assert.ok(found.kind === 'day' && formatPartialDay(found.day) === addDays(asDay('1899-12-30'), serial))
    }),
  )
  assert.equal(read({ serial: 1 }), '1900-01-01 serial')
  assert.equal(read({ serial: 59 }), '1900-02-28 serial')
  assert.equal(read({ serial: 60 }), 'not-in-calendar')
  assert.equal(read({ serial: 61 }), '1900-03-01 serial')
  assert.equal(read({ serial: 1, date1904: true }), '1904-01-02 serial')
})

test('a year that the spreadsheet shows as a day of 1905 is a year', () => {
  assert.equal(read({ serial: 1978 }), '1978 year')
  assert.equal(read('31/05/1905', { expectYears: [1940, 2010] }), '1978 year')
  assert.equal(read('1905-05-31', { expectYears: [1940, 2010] }), '1978 year')
  assert.equal(read('1905-05-31'), '1905-05-31 iso')
})

test('parts may be missing', () => {
  const cells: [string | number, string][] = [
    ['1978', '1978 year'],
    [1978, '1978 year'],
    ['Năm 1978', '1978 year'],
    ['sinh năm 1978', '1978 year'],
    ['07/1978', '1978-07 text'],
    ['7-1978', '1978-07 text'],
    ['Tháng 7 năm 1978', '1978-07 text'],
    ['1978-07', '1978-07 iso'],
    ['00/00/1978', '1978 text'],
    ['--/--/1978', '1978 text'],
    ['00/07/1978', '1978-07 text'],
    ['??/07/1978', '1978-07 text'],
  ]
  for (const [cell, expected] of cells) assert.equal(read(cell), expected, String(cell))
})

test('a day that passed through an instant in UTC is not a day behind', () => {
  assert.equal(read('2005-07-02T17:00:00.000Z'), '2005-07-03 iso')
  assert.equal(read('2004-12-31T17:00:00Z'), '2005-01-01 iso')
})

test('two digits of a year take the century that is expected', () => {
  assert.equal(read('3/7/08', { expectYears: [1990, 2015] }), '2008-07-03 text')
  assert.equal(read('3/7/08', { expectYears: [1900, 1980] }), '1908-07-03 text')
  assert.equal(read('3/7/45'), '1945-07-03 text')
})

test('impossible days are told apart from text that is no date', () => {
  for (const cell of ['31/02/2005', '32/01/2005', '29/02/2005', '13/13/2005'])
    assert.equal(read(cell), 'not-in-calendar', cell)
  for (const cell of ['abc', '3/7', '12/', 'thứ hai']) assert.equal(read(cell), 'no-date', cell)
  assert.equal(read('03/07/3005'), 'year-out-of-range')
  for (const cell of ['', ' ', '-', 'không rõ', '00/00/0000']) assert.equal(read(cell), 'missing', cell)
})

test('a month above twelve leaves only the other order', () => {
  assert.equal(read('07/25/2005'), '2005-07-25 text')
  assert.equal(read('25/07/2005', { order: 'mdy' }), '2005-07-25 text')
})

test('the reading says whether day and month could be swapped', () => {
  const swappable = (value: string) => {
    const found = readBirthDate(value)
    return found.kind === 'day' && found.swappedPossible
  }
  assert.ok(swappable('03/07/2005') && swappable('2005-07-03'))
  for (const value of ['07/07/2005', '25/07/2005', '07/25/2005', '1978', '07/1978']) assert.ok(!swappable(value), value)
})

test('a column shows its order of day and month', () => {
  assert.equal(columnOrder(['03/07/2005', '25/07/2005', '01/02/2005']), 'dmy')
  assert.equal(columnOrder(['03/07/2005', '07/25/2005', '01/02/2005']), 'mdy')
  assert.equal(columnOrder(['07/25/2005', '25/07/2005']), 'mixed')
  assert.equal(columnOrder(['03/07/2005', null, '', 'x']), 'dmy')
  assert.equal(columnOrder([]), 'dmy')
})

test('a column is mixed when an American spreadsheet turned only early days into serials', () => {
  const serials = [38416, 38448, 38478, 38509, 38540, 38571].map(serial => ({ serial }))
  assert.equal(columnOrder([...serials, '25/07/2005', '13/01/2005']), 'mixed')
  assert.equal(columnOrder([...serials, { serial: 38435 }, '25/07/2005']), 'dmy')
})

test('birth dates are compared with what is known of both', () => {
  assert.equal(compareBirthDates({ y: 2005, m: 7, d: 3 }, { y: 2005, m: 7, d: 3 }), 'same')
  assert.equal(compareBirthDates({ y: 1978 }, { y: 1978 }), 'same')
  assert.equal(compareBirthDates({ y: 1978 }, { y: 1978, m: 7, d: 3 }), 'partial')
  assert.equal(compareBirthDates({ y: 1978, m: 7 }, { y: 1978, m: 7, d: 3 }), 'partial')
  assert.equal(compareBirthDates({ y: 1978, m: 6 }, { y: 1978, m: 7, d: 3 }), 'differs')
  assert.equal(compareBirthDates({ y: 2005, m: 7, d: 3 }, { y: 2005, m: 3, d: 7 }), 'day-month-swapped')
  assert.equal(compareBirthDates({ y: 2005, m: 7, d: 3 }, { y: 2004, m: 3, d: 7 }), 'differs')
  fc.assert(fc.property(aDay, aDay, (a, b) => assert.equal(compareBirthDates(a, b), compareBirthDates(b, a))))
})

test('whatever stands in a cell, reading it never throws', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.double().map(serial => ({ serial })),
    fc.stringMatching(/^[\d/.\- a-z]{0,14}$/),
  )
  fc.assert(
    fc.property(cell, value => void readBirthDate(value)),
    { numRuns: 3000 },
  )
})
