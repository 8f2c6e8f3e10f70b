import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { mapClassesOf, mapClassOf } from './map-classes.ts'

const counts = (shares: readonly number[]) => {
  const classes = mapClassesOf(shares)
  return classes.map((_, i) => shares.filter(share => mapClassOf(share, classes) === i + 1).length)
}

test('the map’s classes are fifths of what communes have reached, in whole per cent', () => {
  const shares = Array.from({ length: 50 }, (_, i) => 0.011 + i * 0.006)
  assert.deepEqual(mapClassesOf(shares), [0, 0.07, 0.13, 0.19, 0.25])
  assert.deepEqual(counts(shares), [10, 10, 10, 10, 10])
})

test('where communes lie within one per cent of each other, bounds take a place after the comma', () => {
  const shares = Array.from({ length: 10 }, (_, i) => 0.161 + i * 0.0005)
  const classes = mapClassesOf(shares)
  assert.equal(classes.length, 5)
  assert.ok(classes.every(bound => Number.isInteger(Math.round(bound * 1e6) / 1e2)))
})

test('a map on which nothing has happened has one class', () => {
  assert.deepEqual(mapClassesOf([0, 0, 0]), [0])
  assert.deepEqual(mapClassesOf([]), [0])
})

test('every commune with a share lies in one class, and no class is empty', () => {
  const share = fc.tuple(fc.nat(5000), fc.integer({ min: 1, max: 3000 })).map(([done, target]) => done / target)
  fc.assert(
    fc.property(fc.array(share, { minLength: 1, maxLength: 60 }), shares => {
      const sizes = counts(shares)
      assert.equal(
        sizes.reduce((sum, n) => sum + n, 0),
        shares.length,
      )
      assert.ok(sizes.length <= 5 && sizes.every(n => n > 0))
    }),
  )
})
