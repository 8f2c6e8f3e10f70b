import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { faceDistance, faceScore } from '../comparing/comparing.ts'
import { readTemplate, templateBytes, templateLength } from '../face-template.ts'
import { makeFaceGallery } from './gallery.ts'

const template = fc
  .array(fc.integer({ min: -200, max: 200 }), { minLength: templateLength, maxLength: templateLength })
  .map(numbers => Float32Array.from(numbers, number => number / 1000))

test('a search finds exactly what comparing with every template finds, also after removals', () => {
  const all = fc.array(template, { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(
      all,
      fc.array(fc.nat(29), { maxLength: 10 }),
      fc.integer({ min: 0, max: 60 }),
      (templates, gone, threshold) => {
        const gallery = makeFaceGallery()
        templates.forEach((one, at) => {
          gallery.insert(String(at), one)
        })
        const left = new Map(templates.map((one, at) => [String(at), one]))
        for (const at of gone) assert.equal(gallery.remove(String(at)), left.delete(String(at)))
        const [probe] = templates as [Float32Array, ...Float32Array[]]
        const expected = [...left]
          .map(([id, one]) => ({ id, score: faceScore(faceDistance(probe, one)) }))
          .filter(({ score }) => score >= threshold)
        const { candidates, count } = gallery.identify(probe, { threshold, most: 100 })
        assert.equal(count, expected.length)
        assert.deepEqual(
          candidates.toSorted((a, b) => a.id.localeCompare(b.id)),
          expected.toSorted((a, b) => a.id.localeCompare(b.id)),
        )
        assert.deepEqual(
          candidates.map(({ score }) => score),
          candidates.map(({ score }) => score).toSorted((a, b) => b - a),
        )
      },
    ),
    { numRuns: 200 },
  )
})

test('the person who is looked for is left out, and who is found beyond the most is still counted', () => {
  const gallery = makeFaceGallery()
  const face = new Float32Array(templateLength).fill(0.05)
  for (const id of ['own', 'a', 'b', 'c']) gallery.insert(id, face)
  const { candidates, count } = gallery.identify(face, { threshold: 60, most: 2, except: new Set(['own']) })
  assert.equal(count, 3)
  assert.deepEqual(
    candidates.map(({ score }) => score),
    [100, 100],
  )
  assert.ok(candidates.every(({ id }) => id !== 'own'))
})

test('only those among whom one searches are found, and who is not there is not missed', () => {
  const gallery = makeFaceGallery()
  const face = new Float32Array(templateLength).fill(0.05)
  for (const id of ['a', 'b', 'c']) gallery.insert(id, face)
  gallery.remove('b')
  const { candidates, count } = gallery.identify(face, { threshold: 60, most: 5, among: ['c', 'c', 'b', 'nobody'] })
  assert.deepEqual([candidates, count], [[{ id: 'c', score: 100 }], 1])
  assert.deepEqual(gallery.templateOf('a'), face)
  assert.equal(gallery.templateOf('b'), undefined)
})

test('a template of another length, or with a number that is none, is refused and not searched', () => {
  const gallery = makeFaceGallery()
  assert.throws(() => gallery.insert('short', new Float32Array(127)), RangeError)
  const holed = new Float32Array(templateLength).fill(0.1)
  holed[7] = Number.NaN
  assert.throws(() => gallery.insert('holed', holed), RangeError)
  assert.throws(() => gallery.identify(holed, { threshold: 0, most: 1 }), RangeError)
  assert.equal(gallery.size, 0)
  assert.throws(() => readTemplate(new Uint8Array(511)), RangeError)
})

test('a template is the same after it was written and read', () => {
  fc.assert(fc.property(template, one => assert.deepEqual(readTemplate(templateBytes(one)), one)))
})
