import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { differing, differingDays, inWords, isSwapped } from './differing-letters.ts'

const shown = (side: readonly { text: string; differs: boolean }[]) =>
  side.map(({ text, differs }) => (differs ? `[${text}]` : text)).join('')

test('only the letter with another mark is marked, whatever Unicode form it came in', () => {
  const pair = differing('Hoàng Gia Khanh', 'Hoàng Gia Khánh'.normalize('NFD'))
  assert.equal(shown(pair.left), 'Hoàng Gia Kh[a]nh')
  assert.equal(shown(pair.right), 'Hoàng Gia Kh[á]nh')
  assert.equal(inWords(pair), 'a, á')
})

test('a zero that was lost is marked where it belongs', () => {
  const { left, right } = differing('22205004718', '022205004718')
  assert.equal(shown(left), '22205004718')
  assert.equal(shown(right), '[0]22205004718')
})

test('a day and a month that changed places are marked as a pair', () => {
  assert.ok(isSwapped('03/07/2005', '07/03/2005'))
  assert.ok(!isSwapped('03/03/2005', '03/03/2005'))
  assert.equal(shown(differingDays('03/07/2005', '07/03/2005').left), '[03]/[07]/2005')
})

test('nothing is lost: the stretches of a side spell it, and equal values have no mark', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.string({ maxLength: 30 }), (a, b) => {
      const pair = differing(a, b)
      assert.equal(pair.left.map(({ text }) => text).join(''), a.normalize('NFC'))
      assert.equal(pair.right.map(({ text }) => text).join(''), b.normalize('NFC'))
      const same = pair.left
        .filter(({ differs }) => !differs)
        .map(({ text }) => text)
        .join('')
      assert.equal(
        same,
        pair.right
          .filter(({ differs }) => !differs)
          .map(({ text }) => text)
          .join(''),
      )
      assert.ok(differing(a, a).left.every(({ differs }) => !differs))
    }),
  )
})
