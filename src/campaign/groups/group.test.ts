import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asDay } from '../../platform/day.ts'
import { holdsNumber, isListOver, lastDayOf } from './group.ts'
import { isInQuarter } from './quarter.ts'
import { inWalkingOrder } from './walking-order.ts'

test('an address is in a quarter when it names it whole, whatever the case and the marks', () => {
  const table: readonly (readonly [address: string, quarter: string, isIn: boolean])[] = [
    ['Tổ 5, khu 3', 'Khu 3', true],
    ['Số 12, đường Trần Phú, tổ 5, KHU 3', 'khu 3', true],
    ['Tổ 3, khu 30', 'Khu 3', false],
    ['Tổ 3, khu 3A', 'Khu 3', false],
    ['Thon Dong', 'Thôn Đông', true],
    ['Thôn Đông Ngũ', 'Thôn Đông', true],
    ['', 'Khu 3', false],
    ['Tổ 5, khu 3', '–', false],
  ]
  for (const [address, quarter, isIn] of table)
    assert.equal(isInQuarter(address, quarter), isIn, `${address} in ${quarter}`)
})

test('a visit list shows its entries until its last day or until it was ended', () => {
  const expiresOn = lastDayOf(asDay('2023-04-20'), 14)
  assert.equal(expiresOn, '2023-05-04')
  assert.equal(isListOver({ expiresOn }, asDay('2023-05-04')), false)
  assert.equal(isListOver({ expiresOn }, asDay('2023-05-05')), true)
  assert.equal(isListOver({ expiresOn, endedOn: asDay('2023-04-21') }, asDay('2023-04-21')), true)
})

test('a note with a personal number, card number or phone is recognised, however its digits are parted', () => {
  for (const note of ['022205001234', 'gọi 0912 345 678', '0912.345.678', 'CMND 101-234-567', '(024) 3825-1234'])
    assert.equal(holdsNumber(note), true, note)
  for (const note of [
    'hẹn 19h ngày 25/04/2023',
    'tổ 5, khu 3, số nhà 128',
    'đi vắng đến 30/4, sinh 2 con',
    '2 người, 3 lần',
  ])
    assert.equal(holdsNumber(note), false, note)
})

test('doors are sorted by address, with house numbers compared as numbers', () => {
  const doors = ['Số 12, tổ 2', 'Số 2, tổ 2', 'Số 12, tổ 10', 'Ấp Đông'].map((address, at) => ({
    address,
    sortKey: String(at),
  }))
  assert.deepEqual(
    inWalkingOrder(doors).map(({ address }) => address),
    ['Ấp Đông', 'Số 2, tổ 2', 'Số 12, tổ 2', 'Số 12, tổ 10'],
  )
})
