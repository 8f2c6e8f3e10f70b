import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aRoster } from '../../../test/station-house.ts'
import { find, findAlike, findableOf } from './people.ts'

const roster = aRoster({ people: 300, until: new Date(), givenAt: new Date() })
const all = findableOf(roster)
const names = (text: string) => find(text, all).map(({ person }) => person.fullName)
const quynh = roster.people[0]!

test('a person is found by name without marks, by each word of it, and by class', () => {
  assert.deepEqual(names('cong tang ton nu'), [quynh.fullName])
  assert.deepEqual(names('quynh cong ton 12a1'), [quynh.fullName])
  assert.ok(names('khánh').every(name => name.endsWith('Khánh')))
  assert.deepEqual(names('khong co ai'), [])
  assert.deepEqual(names('  '), [])
})

test('a number is found by its beginning or its end, with spaces or without', () => {
  assert.deepEqual(names('022 2 05 100000'), [quynh.fullName])
  assert.deepEqual(names('100000'), [quynh.fullName])
})

test('the line of a card finds its holder, also where the keyboard garbled the words', () => {
  const line = (name: string, sex: string) =>
    `${quynh.number}|123456789|${name}|01012005|${sex}|Tổ 4, Hạ Long, Quảng Ninh|10052021`
  assert.deepEqual(names(line(quynh.fullName, 'Nam')), [quynh.fullName])
  assert.deepEqual(names(line('Cong Tang T?n N? Th?', 'Nam')), [quynh.fullName])
})

test('the list is in the order of given names', () => {
  const given = all.map(({ person }) => person.fullName.split(' ').at(-1) ?? '')
  assert.equal(given[0], 'Châu')
  assert.ok(given.indexOf('Yến') > given.indexOf('Trang'))
})

test('somebody without a number is compared with who has their name and birth year in the session', () => {
  const like = { fullName: 'CÔNG TẰNG TÔN NỮ THỊ THANH PHƯƠNG QUỲNH', birthDate: '2005-09-09' }
  assert.deepEqual(
    findAlike(like, roster, []).map(({ fullName }) => fullName),
    [quynh.fullName],
  )
  assert.deepEqual(findAlike({ ...like, birthDate: '2004' }, roster, []), [])
})
