import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PatternCounter, type Shares } from './em.ts'
import { type JoinedRows, learnFromRows } from './em-with-one-partner.ts'

const u: Shares = [
  [0.01, 0.99],
  [0.01, 0.99],
]
const typicalM: Shares = [
  [0.8, 0.2],
  [0.8, 0.2],
]

/** Each row a list of candidates, each candidate the levels of two fields. */
function rowsOf(rows: readonly (readonly (readonly [number, number])[])[], among: number): JoinedRows {
  const counter = new PatternCounter(2)
  const patternOf: number[] = []
  const ends: number[] = []
  for (const candidates of rows) {
    for (const levels of candidates) patternOf.push(counter.add(Uint8Array.from(levels)))
    ends.push(patternOf.length)
  }
  return {
    patterns: counter.patterns(),
    ends: Uint32Array.from(ends),
    patternOf: Uint32Array.from(patternOf),
    among,
    mayHaveSeveral: false,
  }
}

test('agreement forced by a blocking rule is not learnt as evidence', () => {
  // Joined by the second field: of ten candidates one agrees in the first as well. Taken pair by pair, most pairs agree
  // in something rare.
  const rows = Array.from({ length: 900 }, () => [[0, 0] as const, ...Array.from({ length: 9 }, () => [1, 0] as const)])
  const strangers = Array.from({ length: 100 }, () => Array.from({ length: 10 }, () => [1, 0] as const))
  const { m, share } = learnFromRows(rowsOf([...rows, ...strangers], 1000), { m: typicalM, u, typicalM })
  assert.ok((m[0]?.[0] ?? 0) > 0.93, `${m[0]}`)
  assert.ok(share > 0.85 && share < 0.95, `${share}`)
})

test('files without common people have hardly any rows with a partner', () => {
  const rows = Array.from({ length: 500 }, () => [[1, 0] as const, [0, 1] as const])
  const { share } = learnFromRows(rowsOf(rows, 5000), { m: typicalM, u, typicalM })
  assert.ok(share < 0.02, `${share}`)
})

test('no rows teach nothing', () => {
  assert.deepEqual(learnFromRows(rowsOf([], 10), { m: typicalM, u, typicalM }).m, typicalM)
})
