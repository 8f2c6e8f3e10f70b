import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keysOf, readName } from './names.ts'

test('a name from a cell is decoded before it is cleaned', () => {
  assert.deepEqual(readName(' TrÇn ThÞ  H­¬ng. '), { name: 'Trần Thị Hương', legacy: 'tcvn3', plausible: true })
  assert.deepEqual(readName('Ðặng  Thị Hoà'), { name: 'Đặng Thị Hoà', legacy: undefined, plausible: true })
  assert.deepEqual(readName('trÇn v¨n an', '.VnTimeH'), { name: 'TRẦN VĂN AN', legacy: 'tcvn3', plausible: true })
  assert.equal(readName('STT 12').plausible, false)
})

test('names that officials hold for the same have the same keys', () => {
  assert.deepEqual(keysOf('NGUYỄN THỊ HOÀ'), keysOf('Nguyễn  Thị Hòa'))
  assert.equal(keysOf('Đặng Thị Hoà').marks, 'dang thi hoa')
})
