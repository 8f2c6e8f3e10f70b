import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { editDistanceAtMost, jaro, jaroWinkler } from './string-distance.ts'

const aWord = fc.string({ unit: fc.constantFrom(...'abăcdđe '), maxLength: 12 })

test('Jaro–Winkler gives the values that its authors published', () => {
  const published: [string, string, number, number][] = [
    ['martha', 'marhta', 0.944, 0.961],
    ['dixon', 'dicksonx', 0.767, 0.813],
    ['dwayne', 'duane', 0.822, 0.84],
    ['jones', 'johnson', 0.79, 0.832],
  ]
  for (const [a, b, plain, winkler] of published) {
    assert.ok(Math.abs(jaro(a, b) - plain) < 0.001, a)
    assert.ok(Math.abs(jaroWinkler(a, b) - winkler) < 0.001, a)
  }
})

test('Jaro–Winkler is symmetric, within 0 and 1, and 1 only for equals', () => {
  fc.assert(
    fc.property(aWord, aWord, (a, b) => {
      const similarity = jaroWinkler(a, b)
      assert.ok(similarity >= 0 && similarity <= 1)
      assert.ok(Math.abs(similarity - jaroWinkler(b, a)) < 1e-12)
      assert.equal(similarity === 1, a === b)
    }),
  )
})

/** The whole table, without any stopping early. */
function distance(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  const at = (i: number, j: number) => table[i]?.[j] ?? 0
  for (let i = 1; i <= a.length; i += 1)
    for (let j = 1; j <= b.length; j += 1) {
      const ways = [at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)]
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) ways.push(at(i - 2, j - 2) + 1)
      table[i]?.splice(j, 1, Math.min(...ways))
    }
  return at(a.length, b.length)
}

test('the edit distance is right up to its limit and one more beyond', () => {
  assert.equal(editDistanceAtMost('hương', 'hươgn', 3), 1)
  assert.equal(editDistanceAtMost('nguyen', 'nguyn', 1), 1)
  assert.equal(editDistanceAtMost('tran', 'pham', 1), 2)
  fc.assert(
    fc.property(aWord, aWord, fc.integer({ min: 0, max: 6 }), (a, b, max) => {
      assert.equal(editDistanceAtMost(a, b, max), Math.min(distance(a, b), max + 1))
    }),
    { numRuns: 3000 },
  )
})
