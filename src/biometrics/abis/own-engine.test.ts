import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../../platform/ids.ts'
import { templateLength } from '../face-template.ts'
import { makeFaceGallery } from '../gallery/gallery.ts'
import { aFinger, aPortrait } from './a-portrait.fixture.ts'
import { noEngine, openOwnEngine } from './own-engine.ts'

const templateAt = (value: number) => new Float32Array(templateLength).fill(value)

test('without the packages of faces nobody is searched, and it says so', async () => {
  const engine = openOwnEngine({ gallery: makeFaceGallery(), faces: undefined, threshold: 60 })
  assert.deepEqual(await engine.insert(newId(), [await aPortrait()]), { kind: 'not-done', why: 'packages-missing' })
  assert.equal(await engine.check(), 'packages-missing')
})

test('fingers and eyes are not done by our own engine, nor anything where there is none', async () => {
  const engine = openOwnEngine({ gallery: makeFaceGallery(), faces: undefined, threshold: 60 })
  assert.deepEqual(await engine.insert(newId(), [aFinger()]), { kind: 'not-done', why: 'no-picture-it-knows' })
  const none = { kind: 'not-done', why: 'no-engine' }
  assert.deepEqual(await noEngine.insert(newId(), [aFinger()]), none)
  assert.deepEqual(await noEngine.identify(newId(), { most: 5 }), none)
})

test('who was inserted is found by a reference, above the threshold, among those that are asked for', async () => {
  const gallery = makeFaceGallery()
  const engine = openOwnEngine({ gallery, faces: undefined, threshold: 60 })
  const [probe, twin, near, far] = [newId(), newId(), newId(), newId()]
  gallery.insert(probe, templateAt(0.05))
  gallery.insert(twin, templateAt(0.05))
  gallery.insert(near, templateAt(0.05 + 0.5 / Math.sqrt(templateLength)))
  gallery.insert(far, templateAt(-0.1))
  assert.deepEqual(await engine.identify(probe, { most: 5 }), {
    kind: 'done',
    count: 1,
    candidates: [{ reference: twin, score: 100 }],
  })
  assert.deepEqual(await engine.identify(probe, { most: 1, threshold: 40 }), {
    kind: 'done',
    count: 2,
    candidates: [{ reference: twin, score: 100 }],
  })
  assert.deepEqual(await engine.identify(probe, { most: 5, threshold: 40, among: [near, far] }), {
    kind: 'done',
    count: 1,
    candidates: [{ reference: near, score: 50 }],
  })
  assert.deepEqual(await engine.remove(twin), { kind: 'done', was: true })
  assert.deepEqual(await engine.remove(twin), { kind: 'done', was: false })
  assert.deepEqual(await engine.identify(twin, { most: 5 }), { kind: 'refused', why: 'reference-unknown' })
  await assert.rejects(engine.identify('somebody', { most: 5 }), RangeError)
})
