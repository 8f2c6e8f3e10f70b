import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePartialDay } from '../../platform/day.ts'
import { linkName, toLinkRecord } from '../person-record.ts'
import { compareBirths, compareNumbers, nameLevelOf } from './comparing.ts'

const names = [
  ['Nguyễn Thúy Hòa', 'NGUYỄN THUÝ HOÀ', 'exact'],
  ['Nguyễn Thúy Hòa', 'Nguyễn ThúyHòa', 'exact'],
  ['Nguyễn Thị Hạnh', 'nguyen thi hanh', 'marks-missing'],
  ['Trần Thu Hà', 'Trần Thu Hạ', 'marks-differ'],
  ['Phạm Văn Hưởng', 'Phạm Văn Hưởngg', 'one-edit'],
  ['Phạm Văn Hưởng', 'pham van huongg', 'one-edit'],
  ['Lê Đức Tùng', 'Lê Đức Dũng', 'near'],
  ['Nguyễn Thị Ngọc Anh', 'Nguyễn Ngọc Anh', 'middle-dropped'],
  ['Nguyễn Thị Ngọc Anh', 'Nguyễn Anh', 'middle-dropped'],
  ['Nguyễn Văn An', 'An Nguyễn Văn', 'words-swapped'],
  ['Nguyễn Văn An', 'Nguyễn Văn An B', 'one-edit'],
  ['Nguyễn Văn Ân', 'nguyen van an a', 'one-edit'],
  ['Vàng A', 'Vàng Thị Hoa', 'family'],
  ['Nguyễn Văn Thành', 'Nguyễn Quốc Thành', 'family-given'],
  ['Nguyễn Văn Thành', 'Trần Quốc Thành', 'given'],
  ['Nguyễn Văn Thành', 'Nguyễn Thị Hương', 'family'],
  ['Nguyễn Văn Thành', 'Chìu Sủi Lìn', 'different'],
  ['Nguyễn Văn Thành', '', 'missing'],
] as const

test('two writings of a name agree to the level that their difference is known by', () => {
  for (const [a, b, level] of names) {
    assert.equal(nameLevelOf(linkName(a), linkName(b)), level, `${a} / ${b}`)
    assert.equal(nameLevelOf(linkName(b), linkName(a)), level, `${b} / ${a}`)
  }
})

const births = [
  ['2005-03-15', '2005-03-15', 'exact'],
  ['2005-03-07', '2005-07-03', 'swapped'],
  ['2005-03-15', '2006-03-15', 'year-off'],
  ['2005-03-15', '2005-03-16', 'one-digit'],
  ['2005-03-15', '2005-08-15', 'one-digit'],
  ['2005-03-21', '2005-03-12', 'one-digit'],
  ['2005-03-15', '1995-03-15', 'different'],
  ['2005-03-15', '2005-01-01', 'default'],
  ['2005-03-15', '2005-03-28', 'year-month'],
  ['2005-03-15', '2005-11-28', 'year'],
  ['2005-03-15', '2005', 'partial-year'],
  ['2005-03-15', '2005-03', 'partial-month'],
  ['2005-03-15', '2005-04', 'year'],
  ['2005-03-15', '2008', 'different'],
] as const

test('two birth dates agree to the level of the slip between them', () => {
  for (const [a, b, level] of births) {
    assert.equal(compareBirths(parsePartialDay(a), parsePartialDay(b)), level, `${a} / ${b}`)
    assert.equal(compareBirths(parsePartialDay(b), parsePartialDay(a)), level, `${b} / ${a}`)
  }
})

test('a number agrees whole, as a cancelled one, as the old one of nine digits, or but for one slip', () => {
  const person = toLinkRecord({
    id: 'p',
    number: '022205001234',
    cancelledNumbers: ['031205009999'],
    oldNumber: '101234567',
  })
  const given = (number?: string, oldNumber?: string) =>
    compareNumbers(toLinkRecord({ id: 'r', number, oldNumber }), person)
  assert.equal(given('022205001234'), 'exact')
  assert.equal(given('031205009999'), 'was-cancelled')
  assert.equal(given(undefined, '101234567'), 'old-number')
  assert.equal(given('022205001243'), 'transposed')
  assert.equal(given('022205001239'), 'one-digit')
  assert.equal(given('022205554321'), 'different')
  assert.equal(given(), 'missing')
})
