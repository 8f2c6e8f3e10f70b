import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameAndBirth, numberIn, piecesOf, rangesIn } from './match.ts'

const marked = (text: string, typed: string) =>
  piecesOf(text, typed)
    .map(({ text: piece, isMatch }) => (isMatch ? `[${piece}]` : piece))
    .join('')

test('what is typed without marks finds names with them, and shows where', () => {
  assert.equal(marked('Phường Hồng Hà', 'hong h'), 'Phường [Hồng H]à')
  assert.equal(marked('GDTX Hồng Hà', 'HỒNG'), 'GDTX [Hồng] Hà')
  assert.equal(marked('Đỗ Minh Hạnh', 'do'), '[Đỗ] Minh Hạnh')
  assert.equal(marked('Vũ Hồng Hạnh', 'hanh vu'), '[Vũ] Hồng [Hạnh]')
  // Written with combining marks, as some phones do.
  assert.equal(marked('Hồng Hà'.normalize('NFD'), 'hong ha'), '[Hồng Hà]')
})

test('what is typed is found at the beginning of words alone', () => {
  assert.equal(rangesIn('THPT Hạ Long', 'ong'), undefined)
  assert.equal(rangesIn('THPT Hạ Long', 'ha k'), undefined)
  // Each word typed is another word of the text.
  assert.equal(rangesIn('Bùi Thị Hồng An', 'hong h'), undefined)
  assert.deepEqual(rangesIn('THPT Hạ Long', ''), [])
})

test('a birth date behind a name is told apart, and a number however it is grouped', () => {
  assert.deepEqual(nameAndBirth('Nguyễn Văn An 15/03/2005'), { name: 'Nguyễn Văn An', birth: '15/03/2005' })
  assert.deepEqual(nameAndBirth('an, 2005'), { name: 'an', birth: '2005' })
  assert.deepEqual(nameAndBirth('Hồng Hà'), { name: 'Hồng Hà', birth: '' })
  assert.deepEqual(nameAndBirth('tổ 5 khu 2'), { name: '', birth: '' })
  assert.equal(numberIn('022 205 001 234'), '022205001234')
  assert.equal(numberIn('100 123 456'), '100123456')
  assert.equal(numberIn('0222050012'), undefined)
})
