import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lowestFirst, lowestOf, ratesApart } from './lowest-first.ts'

const row = (code: string, done: number, target: number) => ({
  unit: { id: code, code },
  rate: target ? { exact: done / target, floorPercent: Math.floor((done * 100) / target) } : null,
})

test('rates that would both read 16 % are told apart with the fewest places, at most two', () => {
  const texts = ratesApart([row('a', 163, 1000), row('b', 161, 1000), row('c', 200, 1000)])
  assert.deepEqual([...texts.values()], ['16,3%', '16,1%', '20%'])
  assert.deepEqual(
    [...ratesApart([row('a', 16_321, 100_000), row('b', 16_311, 100_000)]).values()],
    ['16,32%', '16,31%'],
  )
  assert.deepEqual([...ratesApart([row('a', 163_211, 1e6), row('b', 163_212, 1e6)]).values()], ['16,32%', '16,32%'])
})

test('units with equal rates read alike and share a place', () => {
  const rows = [row('b', 2, 10), row('a', 1, 5), row('c', 5, 10), row('d', 0, 0)]
  assert.deepEqual([...ratesApart(rows).values()], ['20%', '20%', '50%'])
  assert.deepEqual(
    lowestFirst(rows).map(({ unit }) => unit.code),
    ['a', 'b', 'c', 'd'],
  )
  assert.deepEqual(
    lowestOf(rows, 3).map(({ row: { unit }, place }) => [unit.code, place]),
    [
      ['a', 1],
      ['b', 1],
      ['c', 3],
    ],
  )
})

test('of many units that tie for the lowest none is named', () => {
  const rows = ['a', 'b', 'c', 'd'].map(code => row(code, 0, 10))
  assert.deepEqual(lowestOf(rows, 3), [])
  assert.equal(lowestOf([row('z', 0, 10), ...rows.map(({ unit }) => row(unit.code, 1, 10))], 3).length, 1)
})
