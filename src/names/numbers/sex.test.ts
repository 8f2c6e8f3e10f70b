import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSex } from './sex.ts'

test('sex is read from words, letters and figures', () => {
  for (const text of ['Nam', 'NAM', ' nam ', 'M', 'Male', 'Trai', 'T', '1', 1])
    assert.equal(readSex(text), 'M', String(text))
  for (const text of ['Nữ', 'NỮ', 'nu', 'Nữ'.normalize('NFD'), 'F', 'female', 'Gái', 'G', '0', 0])
    assert.equal(readSex(text), 'F', String(text))
  for (const text of ['', 'x', 'N', '?', 'khác', null, undefined]) assert.equal(readSex(text), undefined, String(text))
})

test('in a column of ticked girls, a blank is a boy', () => {
  for (const text of ['x', 'X', '✓', '1', 'Nữ', true]) assert.equal(readSex(text, 'female-ticked'), 'F', String(text))
  for (const text of ['', ' ', '0', 'Nam', null, false]) assert.equal(readSex(text, 'female-ticked'), 'M', String(text))
  assert.equal(readSex('x', 'male-ticked'), 'M')
  assert.equal(readSex('', 'male-ticked'), 'F')
  assert.equal(readSex('?', 'female-ticked'), undefined)
})
