import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePartialDay } from '../../platform/day.ts'
import { levels, type MatchField } from '../comparing/comparing.ts'
import { frequenciesOf, nameCountsOf } from '../comparing/frequencies.ts'
import { typicalModel } from '../comparing/typical-model.ts'
import { type LinkRecord, type RawRecord, toLinkRecord } from '../person-record.ts'
import { aRegister, asRecords, toyDice } from '../toy-province.fixture.ts'
import { bestMatch, scorePair } from './decide.ts'
import { reasonsOf, toMatchReason } from './reason.ts'
import { words } from './words.ts'

const one = ({ birth, ...rest }: Omit<RawRecord, 'birth'> & { birth?: string }) =>
  toLinkRecord({ ...rest, birth: birth ? parsePartialDay(birth) : undefined })
const frequencies = frequenciesOf(nameCountsOf(asRecords(aRegister(toyDice(1), 4000, [2004, 2005, 2006]))))

function reasonsBetween(row: LinkRecord, ...people: LinkRecord[]): Partial<Record<MatchField, string>> {
  const scored = people.map(person => scorePair(row, person, typicalModel, frequencies))
  return Object.fromEntries(
    reasonsOf(row, bestMatch(scored, row.number !== undefined, frequencies))
      .map(toMatchReason)
      .map(({ field, vi }) => [field, vi]),
  )
}

const home = {
  communes: ['c1'],
  fatherName: 'Nguyễn Văn Hùng',
  fatherYear: 1975,
  motherName: 'Lê Thị Lan',
  motherYear: 1978,
}
const person = one({ id: 'p', name: 'Nguyễn Thị Hạnh', birth: '2005-03-07', sex: 'F', number: '022305000002', ...home })

test('reasons name what differs, in words an officer reads out', () => {
  const reasons = reasonsBetween(
    one({ id: 'r', name: 'Nguyễn Thị Hành', birth: '2005-07-03', sex: 'M', number: '022305000702' }),
    person,
  )
  assert.deepEqual(reasons, {
    name: 'tên khác dấu: Hành, Hạnh',
    birth: 'ngày và tháng bị đảo: 03/07/2005, 07/03/2005',
    number: 'số định danh lệch một chữ số ở vị trí 10',
    sex: 'khác giới tính',
  })
})

test('a sibling’s number is named as the brother’s, the sister’s or the younger one’s', () => {
  const row = (number: string) =>
    one({ id: 'r', name: 'Nguyễn Thị Hạnh', birth: '2005-03-07', sex: 'F', number, ...home })
  const brother = one({
    id: 'b',
    name: 'Nguyễn Văn Nam',
    birth: '2001-05-05',
    sex: 'M',
    number: '022201000001',
    ...home,
  })
  const sister = one({
    id: 's',
    name: 'Nguyễn Thu Mai',
    birth: '2004-05-05',
    sex: 'F',
    number: '022304000001',
    ...home,
  })
  const younger = one({
    id: 'y',
    name: 'Nguyễn Gia Bảo',
    birth: '2009-05-05',
    sex: 'M',
    number: '022209000001',
    ...home,
  })
  const stranger = one({ id: 'z', name: 'Chìu Sủi Lìn', birth: '2006-02-02', sex: 'M', number: '022206000001' })
  const people = [person, brother, sister, younger, stranger]
  assert.equal(reasonsBetween(row('022201000001'), ...people).number, 'số của anh ruột')
  assert.equal(reasonsBetween(row('022304000001'), ...people).number, 'số của chị ruột')
  assert.equal(reasonsBetween(row('022209000001'), ...people).number, 'số của em ruột')
  assert.equal(reasonsBetween(row('022206000001'), ...people).number, 'số của người khác')
})

test('every level has a reason text in both languages, and every text has its level', () => {
  const codes = Object.entries(levels).flatMap(([field, all]) =>
    all.filter(level => level !== 'missing').map(level => `${field}-${level}`),
  )
  const kin = [
    'number-of-elder-brother',
    'number-of-elder-sister',
    'number-of-younger-sibling',
    'number-of-sibling',
    'number-of-namesake',
    'number-of-another',
  ]
  assert.deepEqual(Object.keys(words).sort(), [...codes, ...kin].sort())
})
