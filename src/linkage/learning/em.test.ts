import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { noLevel } from '../file-columns/value-kind.ts'
import { chanceOf, expectAndMaximise, joinPatterns, PatternCounter, type Patterns, type Shares } from './em.ts'

const trueM: Shares = [
  [0.9, 0.06, 0.04],
  [0.85, 0.15],
  [0.7, 0.2, 0.1],
]
const u: Shares = [
  [0.01, 0.04, 0.95],
  [0.1, 0.9],
  [0.02, 0.08, 0.9],
]
const typicalM: Shares = [
  [0.8, 0.1, 0.1],
  [0.8, 0.2],
  [0.8, 0.1, 0.1],
]

/** Every vector of three fields, as often as chance has it among `pairs` pairs of which `lambda` are of one person. */
function asChanceHasIt(pairs: number, lambda: number): Patterns {
  const counter = new PatternCounter(3)
  for (let a = 0; a < 3; a++)
    for (let b = 0; b < 2; b++)
      for (let c = 0; c < 3; c++) {
        const vector = Uint8Array.of(a, b, c)
        counter.add(vector, pairs * (lambda * chanceOf(vector, 0, trueM) + (1 - lambda) * chanceOf(vector, 0, u)))
      }
  return counter.patterns()
}

test('EM recovers the damage rates and the share of true pairs without labels', () => {
  const { m, lambda, matches } = expectAndMaximise(asChanceHasIt(100_000, 0.05), { u, typicalM })
  assert.ok(Math.abs(lambda - 0.05) < 0.001, `lambda ${lambda}`)
  assert.ok(Math.abs(matches - 5000) < 100)
  for (const [field, shares] of m.entries())
    for (const [level, share] of shares.entries()) {
      const wanted = trueM[field]?.[level] ?? 0
      assert.ok(Math.abs(share - wanted) < 0.01, `field ${field} level ${level}: ${share}, not ${wanted}`)
    }
})

test('each round makes the data likelier', () => {
  const patterns = asChanceHasIt(100_000, 0.02)
  const likelihoods = [1, 2, 4, 8, 16].map(
    mostRounds => expectAndMaximise(patterns, { u, typicalM, strength: 0, mostRounds, startLambda: 0.5 }).logLikelihood,
  )
  assert.deepEqual(
    likelihoods,
    [...likelihoods].sort((a, b) => a - b),
  )
  assert.ok((likelihoods.at(-1) ?? 0) > (likelihoods[0] ?? 0))
})

test('a level that no pair shows keeps about its typical rate, and never falls to nothing', () => {
  const counter = new PatternCounter(3)
  counter.add(Uint8Array.of(0, 0, 0), 40)
  counter.add(Uint8Array.of(2, 1, 2), 4000)
  const { m } = expectAndMaximise(counter.patterns(), { u, typicalM, strength: 20 })
  for (const shares of m) for (const share of shares) assert.ok(share > 0.001)
  assert.ok((m[0]?.[1] ?? 1) < 0.1)
})

test('without data the typical rates stay', () => {
  const { m, lambda, rounds } = expectAndMaximise(new PatternCounter(3).patterns(), { u, typicalM })
  assert.deepEqual({ m, lambda, rounds }, { m: typicalM, lambda: 0, rounds: 0 })
})

test('a field that is missing everywhere teaches nothing and spoils nothing', () => {
  const counter = new PatternCounter(3)
  const { levels, counts } = asChanceHasIt(100_000, 0.05)
  for (const [at, count] of counts.entries())
    counter.add(Uint8Array.of(levels[at * 3] ?? 0, noLevel, levels[at * 3 + 2] ?? 0), count)
  const { m, lambda } = expectAndMaximise(counter.patterns(), { u, typicalM })
  assert.deepEqual(m[1], typicalM[1])
  assert.ok(Math.abs(lambda - 0.05) < 0.01)
})

test('whatever is counted, shares stay shares', () => {
  const vector = fc.tuple(
    fc.constantFrom(0, 1, 2, noLevel),
    fc.constantFrom(0, 1, noLevel),
    fc.constantFrom(0, 1, 2, noLevel),
    fc.nat(10_000),
  )
  fc.assert(
    fc.property(fc.array(vector, { maxLength: 30 }), vectors => {
      const counter = new PatternCounter(3)
      for (const [a, b, c, count] of vectors) counter.add(Uint8Array.of(a, b, c), count)
      const { m, lambda, logLikelihood } = expectAndMaximise(counter.patterns(), { u, typicalM })
      assert.ok(lambda >= 0 && lambda <= 1 && Number.isFinite(logLikelihood))
      for (const shares of m) {
        assert.ok(shares.every(share => share > 0 && share <= 1))
        assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-6)
      }
    }),
  )
})

test('one vector met often is one pattern', () => {
  const counter = new PatternCounter(2)
  assert.equal(counter.add(Uint8Array.of(0, noLevel)), 0)
  assert.equal(counter.add(Uint8Array.of(1, 1)), 1)
  assert.equal(counter.add(Uint8Array.of(0, noLevel), 3), 0)
  assert.deepEqual([...counter.patterns().counts], [4, 1])
})

test('patterns of some pairs and of those right after them are the patterns of all, in the same order', () => {
  const vectors = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom(0, 1, noLevel)), {
    maxLength: 3000,
  })
  const patternsOf = (pairs: readonly (readonly number[])[]) => {
    const counter = new PatternCounter(2)
    for (const pair of pairs) counter.add(Uint8Array.from(pair))
    return counter.patterns()
  }
  fc.assert(
    fc.property(vectors, fc.nat(), (pairs, cut) => {
      const at = cut % (pairs.length + 1)
      assert.deepEqual(joinPatterns(patternsOf(pairs.slice(0, at)), patternsOf(pairs.slice(at))), patternsOf(pairs))
    }),
  )
})

test('thousands of different vectors are told apart', () => {
  const counter = new PatternCounter(3)
  const vectors = Array.from({ length: 5000 }, (_, at) => Uint8Array.of(at % 20, Math.floor(at / 20) % 20, at % 13))
  const places = vectors.map(vector => counter.add(vector))
  assert.deepEqual(
    vectors.map(vector => counter.add(vector)),
    places,
  )
  const { levels, counts } = counter.patterns()
  assert.equal(new Set(vectors.map(String)).size, counts.length)
  for (const [at, place] of places.entries()) assert.deepEqual(levels.slice(place * 3, place * 3 + 3), vectors[at])
})
