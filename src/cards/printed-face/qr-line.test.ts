import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCardQr } from '../../names/card-qr.ts'
import { asDay } from '../../platform/day.ts'
import { builtInLaw } from '../../platform/law.ts'
import type { CardContent } from '../content.ts'
import { layoutOn } from '../law.ts'
import { qrLine } from './qr-line.ts'

const dat: CardContent = {
  number: '022205001234',
  fullName: 'Nguyễn Văn Đạt',
  birthDate: { y: 2005, m: 3, d: 15 },
  sex: 'M',
  nationality: 'Việt Nam',
  residence: 'Tổ 5, Khu 3, Hồng Hà, Hạ Long, Quảng Ninh',
  oldNumber: '101234567',
}
const [in2023, in2024] = [asDay('2023-04-20'), asDay('2024-07-01')]
const read = {
  kind: 'card',
  number: '022205001234',
  oldNumber: '101234567',
  name: 'Nguyễn Văn Đạt',
  birth: '2005-03-15',
  sex: 'M',
  address: 'Tổ 5, Khu 3, Hồng Hà, Hạ Long, Quảng Ninh',
}

test('the layout of 2021 is used up to 30 June 2024, and that of 2024 from 1 July', () => {
  assert.deepEqual(
    ['2021-01-01', '2024-06-30', '2024-07-01'].map(day => layoutOn(asDay(day), builtInLaw)),
    ['2021', '2021', '2024'],
  )
})

test('the line of 2021 has seven fields and is read by the house itself', () => {
  assert.equal(
    qrLine(dat, in2023, builtInLaw),
    '022205001234|101234567|Nguyễn Văn Đạt|15032005|Nam|Tổ 5, Khu 3, Hồng Hà, Hạ Long, Quảng Ninh|20042023',
  )
  assert.deepEqual(readCardQr(qrLine(dat, in2023, builtInLaw)), { ...read, issuedOn: '2023-04-20' })
})

test('the line of 2024 adds a cancelled number, and the parents of a child below six, and is read too', () => {
  assert.ok(qrLine(dat, in2024, builtInLaw).endsWith('|01072024|||'))
  const child = { ...dat, birthDate: { y: 2018, m: 7, d: 2 } }
  const line = qrLine(
    { ...child, cancelledNumber: '001205001234', parents: ['Nguyễn Văn Hải', 'Đỗ Thị Mơ'] },
    in2024,
    builtInLaw,
  )
  assert.ok(line.endsWith('|01072024|001205001234|Nguyễn Văn Hải|Đỗ Thị Mơ'))
  assert.deepEqual(readCardQr(line), { ...read, birth: '2018-07-02', issuedOn: '2024-07-01' })
  assert.ok(qrLine({ ...child, parents: ['Đỗ Thị Mơ'] }, asDay('2024-07-02'), builtInLaw).endsWith('|02072024|||'))
})

test('the code of a grown person’s card names nobody else, also where the order does', () => {
  const line = qrLine({ ...dat, parents: ['Nguyễn Văn Hải', 'Đỗ Thị Mơ'] }, in2024, builtInLaw)
  assert.doesNotMatch(line, /Hải|Mơ/)
})

test('an address of several lines, or with strokes in it, stays one field', () => {
  for (const residence of [
    'Tổ 5, Khu 3\nHồng Hà, Hạ Long\r\nQuảng Ninh',
    'Tổ 5|Khu 3 | Hồng Hà, |Hạ Long,\u2028Quảng Ninh\n',
    ' Tổ 5,\tKhu 3, Hồng Hà,  Hạ Long, Quảng Ninh |',
  ])
    assert.deepEqual(
      readCardQr(qrLine({ ...dat, residence }, in2023, builtInLaw)),
      { ...read, issuedOn: '2023-04-20' },
      residence,
    )
})

test('a birth that is known in part is written in part', () => {
  assert.equal(qrLine({ ...dat, birthDate: { y: 1963 } }, in2023, builtInLaw).split('|')[3], '1963')
  assert.equal(qrLine({ ...dat, birthDate: { y: 1963, m: 7 } }, in2023, builtInLaw).split('|')[3], '071963')
})

test('numbers of the wrong length are refused, not written', () => {
  for (const wrong of [{ number: '' }, { number: '22205001234' }, { oldNumber: '12345678' }])
    assert.throws(() => qrLine({ ...dat, ...wrong }, in2023, builtInLaw), { code: 'card-number-malformed' })
  assert.throws(() => qrLine({ ...dat, cancelledNumber: '1' }, in2024, builtInLaw), { code: 'card-number-malformed' })
})
