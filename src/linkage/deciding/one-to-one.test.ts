import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePartialDay } from '../../platform/day.ts'
import { nameCountsOf } from '../comparing/frequencies.ts'
import { type RawRecord, toLinkRecord } from '../person-record.ts'
import { aRegister, asRecords, toyDice } from '../toy-province.fixture.ts'
import { link, makeLinker } from './deciding.ts'

const one = ({ birth, ...rest }: Omit<RawRecord, 'birth'> & { birth?: string }) =>
  toLinkRecord({ ...rest, birth: birth ? parsePartialDay(birth) : undefined })
const linker = makeLinker(nameCountsOf(asRecords(aRegister(toyDice(1), 4000, [2004, 2005, 2006]))))
const person = one({
  id: 'p',
  name: 'Nguyễn Minh Quân',
  birth: '2005-03-15',
  sex: 'M',
  number: '022205000002',
  communes: ['c1'],
  districts: ['d1'],
})
const linkAll = (...rows: Parameters<typeof link>[0]) => link(rows, () => [person], linker)

test('the first row of a person is matched and later ones are its duplicates, whatever the slips', () => {
  const resolved = linkAll(
    one({ id: 'a', name: 'nguyen minh quan', birth: '2005-03-15', number: '022205000002' }),
    one({ id: 'b', name: 'Nguyễn Minh Quân', birth: '2005-03-15', sex: 'M', number: '022205000002' }),
    one({ id: 'c', name: 'Nguyễn Quân', birth: '2005-03-25', number: '022205000002' }),
  )
  assert.deepEqual(
    resolved.map(({ outcome, duplicateOf }) => [outcome, duplicateOf]),
    [
      ['matched', undefined],
      ['duplicate', 'a'],
      ['duplicate', 'a'],
    ],
  )
})

test('of two plainly different pupils for one person the worse goes to review, in any order', () => {
  const his = one({ id: 'his', name: 'Nguyễn Minh Quân', birth: '2005-03-15', sex: 'M', number: '022205000002' })
  const other = one({ id: 'other', name: 'Bùi Gia Huy', birth: '2005-03-15', sex: 'M', number: '022205000002' })
  assert.deepEqual(
    linkAll(other).map(({ outcome }) => outcome),
    ['matched'],
    'alone it is taken: number and date agree',
  )
  assert.deepEqual(
    linkAll(other, his).map(({ outcome }) => outcome),
    ['review', 'matched'],
  )
  assert.deepEqual(
    linkAll(his, other).map(({ outcome }) => outcome),
    ['matched', 'review'],
  )
})

test('a namesake with a different number is another person unless a parent confirms the pupil', () => {
  const his = one({
    id: 'his',
    name: 'Nguyễn Minh Quân',
    birth: '2005-03-15',
    number: '022205000002',
    motherName: 'Vũ Thị Lành',
    motherYear: 1979,
  })
  const namesake = {
    id: 'namesake',
    name: 'Nguyễn Minh Quân',
    birth: '2005-03-15',
    number: '079205771342',
    communes: ['c1'],
    districts: ['d1'],
  }
  const outcomes = (...rows: Parameters<typeof link>[0]) => linkAll(...rows).map(({ outcome }) => outcome)
  assert.deepEqual(outcomes(his, one(namesake)), ['matched', 'review'])
  assert.deepEqual(outcomes(one(namesake), his), ['review', 'matched'])
  assert.deepEqual(outcomes(his, one({ ...namesake, motherName: 'Vũ Thị Lành', motherYear: 1979 })), [
    'matched',
    'duplicate',
  ])
})

test('of two rows without a common parent, the one with a different number is the namesake', () => {
  const his = { id: 'his', name: 'Nguyễn Minh Quân', birth: '2005-03-15', communes: ['c1'], districts: ['d1'] }
  const namesake = { ...his, id: 'namesake', number: '079205771342' }
  const outcomes = (...rows: Parameters<typeof link>[0]) => linkAll(...rows).map(({ outcome }) => outcome)
  assert.deepEqual(outcomes(one(his), one(namesake)), ['matched', 'review'])
  assert.deepEqual(outcomes(one(namesake), one(his)), ['review', 'matched'])
  const father = { fatherName: 'Nguyễn Văn Hùng', fatherYear: 1975 }
  assert.deepEqual(
    outcomes(
      one({ ...his, ...father, motherName: 'Vũ Thị Lành' }),
      one({ ...namesake, ...father, motherName: 'Bùi Thị Hoa' }),
    ),
    ['matched', 'review'],
    'a father of a common name says little beside another mother',
  )
})

test('candidates given twice count once', () => {
  const row = one({
    id: 'r',
    name: 'Nguyễn Minh Quân',
    birth: '2005-03-15',
    sex: 'M',
    communes: ['c1'],
    districts: ['d1'],
  })
  const [resolved] = link([row], () => [person, person], linker)
  assert.equal(resolved?.outcome, 'matched')
  assert.equal(resolved?.decision.candidates.length, 1)
})
