import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePartialDay } from '../../platform/day.ts'
import type { RollRow } from '../row.ts'
import { identifyEntries } from './identify-entries.ts'

type Told = { readonly name: string; readonly born?: string; readonly number?: string; readonly class?: string }

/** Lines with their places; what matters here is who stands on them. */
const linesOf = (...told: readonly Told[]) =>
  told.map(
    ({ name, born, number, class: of = '10A' }, i) =>
      ({
        place: i + 1,
        name,
        class: of,
        ...(number && { number }),
        ...(born && { birth: parsePartialDay(born) }),
      }) as RollRow,
  )

const pairsOf = (fresh: readonly RollRow[], old: readonly RollRow[]) =>
  identifyEntries(fresh, old)
    .map(([line, before]) => [line.place, before.place])
    .sort(([a = 0], [b = 0]) => a - b)

test('a number that stood on a brother’s line by mistake does not join the two entries', () => {
  const old = linesOf(
    { name: 'Hoàng Gia Huy', born: '2008-04-11', number: '022208000002' },
    { name: 'Hoàng Gia Khánh', born: '2010-07-03', number: '022208000002' },
  )
  const fresh = linesOf(
    { name: 'Hoàng Gia Khánh', born: '2010-07-03', number: '022210000001' },
    { name: 'Hoàng Gia Huy', born: '2008-04-11', number: '022208000002' },
  )
  assert.deepEqual(pairsOf(fresh, old), [
    [1, 2],
    [2, 1],
  ])
})

test('a pupil with one corrected value keeps their entry', () => {
  const old = linesOf({ name: 'Trần Thị Mai', born: '2008-03-02', number: '022308000001' })
  for (const corrected of [
    { name: 'Trần Thị Mai', born: '2008-02-03', number: '022308000001' },
    { name: 'Trần Thị Mơ', born: '2008-03-02', number: '022308000001' },
    { name: 'Trần Thị Mai', born: '2008-03-02' },
    { name: 'Trần Thị Mai', born: '2008-03-02', number: '022308000009', class: '10B' },
    { name: 'Trần Thị Maii', born: '2008-03-02', class: '10C' },
    { name: 'Trần Thị Mai', born: '2008-12-25' },
  ])
    assert.deepEqual(pairsOf(linesOf(corrected), old), [[1, 1]], JSON.stringify(corrected))
})

test('another pupil is another entry, and an old line continues in one new line only', () => {
  const old = linesOf({ name: 'Trần Thị Mai', born: '2008-03-02', number: '022308000001' })
  assert.deepEqual(pairsOf(linesOf({ name: 'Lê Thị Mai', born: '2008-05-06' }), old), [])
  assert.deepEqual(pairsOf(linesOf({ name: 'Trần Thị Mai', born: '2009-05-06', class: '10B' }), old), [])
  const twice = linesOf({ name: 'Trần Thị Mai', born: '2008-03-02' }, { name: 'Trần Thị Mai', born: '2008-03-02' })
  assert.deepEqual(pairsOf(twice, old), [[1, 1]])
})

test('two namesakes born on one day keep their entries by class', () => {
  const old = linesOf(
    { name: 'Trần Văn Nam', born: '2008-05-05', class: '10A' },
    { name: 'Trần Văn Nam', born: '2008-05-05', class: '10B' },
  )
  const fresh = linesOf(
    { name: 'Trần Văn Nam', born: '2008-05-05', class: '10B' },
    { name: 'Trần Văn Nam', born: '2008-05-05', class: '10A' },
  )
  assert.deepEqual(pairsOf(fresh, old), [
    [1, 2],
    [2, 1],
  ])
})
