import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toLinkRecord } from '../person-record.ts'
import { candidateKeys } from './blocking.ts'

test('a record is looked up by number, by date, by name and year, by swapped date and by parents', () => {
  const record = toLinkRecord({
    id: 'r',
    name: 'Nguyễn Thị Ngọc Ánh',
    birth: { y: 2005, m: 3, d: 7 },
    number: '022305000001',
    oldNumber: '101234567',
    communes: ['c1'],
    motherName: 'Lê Thị Lan',
    motherYear: 1978,
  })
  assert.deepEqual(candidateKeys(record), [
    { by: 'number', number: '022305000001' },
    { by: 'old-number', oldNumber: '101234567' },
    { by: 'birth', birth: '2005-03-07' },
    { by: 'name-and-commune', name: 'nguyen thi ngoc anh', commune: 'c1' },
    { by: 'name-and-birth', name: 'nguyen thi ngoc anh', birth: '2005-03-07' },
    { by: 'family-given-year', family: 'nguyen', given: 'anh', year: 2005 },
    { by: 'name-and-year', name: 'nguyen thi ngoc anh', year: 2004 },
    { by: 'name-and-year', name: 'nguyen thi ngoc anh', year: 2005 },
    { by: 'name-and-year', name: 'nguyen thi ngoc anh', year: 2006 },
    { by: 'words-and-year', words: ['anh', 'ngoc', 'nguyen', 'thi'], year: 2005 },
    { by: 'name-and-day', name: 'nguyen thi ngoc anh', birth: '2005-03-07' },
    { by: 'given-and-birth', given: 'anh', birth: '2005-07-03' },
    { by: 'parent-and-year', parent: 'mother', name: 'le thi lan', parentYear: 1978, year: 2005 },
  ])
})

test('a date that cannot be swapped, or is not whole, is not looked up as one', () => {
  const keysOf = (birth: { y: number; m?: number; d?: number }) =>
    candidateKeys(toLinkRecord({ id: 'r', name: 'Chìu Lìn', birth })).map(({ by }) => by)
  assert.ok(!keysOf({ y: 2005, m: 3, d: 15 }).includes('given-and-birth'))
  assert.ok(!keysOf({ y: 2005, m: 3, d: 3 }).includes('given-and-birth'))
  assert.ok(!keysOf({ y: 2005 }).includes('birth'))
  assert.ok(keysOf({ y: 2005 }).includes('family-given-year'))
})

test('a name alone is never looked up', () => {
  assert.deepEqual(candidateKeys(toLinkRecord({ id: 'r', name: 'Nguyễn Thị Anh' })), [])
})

test('a pupil without a residence is looked for by name where the school is', () => {
  const asked = candidateKeys(toLinkRecord({ id: 'r', name: 'Lê Thị Hà', schoolCommune: 'c7' }))
  assert.deepEqual(asked, [{ by: 'name-and-commune', name: 'le thi ha', commune: 'c7' }])
  const home = candidateKeys(toLinkRecord({ id: 'r', name: 'Lê Thị Hà', communes: ['c1'], schoolCommune: 'c7' }))
  assert.deepEqual(home, [{ by: 'name-and-commune', name: 'le thi ha', commune: 'c1' }])
})
