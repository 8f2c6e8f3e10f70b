import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHouse } from '../../test/house.ts'
import { saveModel, typicalModel } from '../linkage/weights.ts'
import { chooseModel, chooseSavedModel, modelOf, showModels } from './model.ts'

const house = await openHouse()

const strict = { ...typicalModel, name: 'strict', bands: { risk: 0.001, alike: 0.01 } }

test('a house that has learnt nothing compares by the typical model, and says so', async () => {
  const { inUse, models } = await house.work(showModels)
  assert.deepEqual([inUse.name, inUse.rows, inUse.learntOn, models], ['typical', 0, undefined, []])
})

test('a saved model is taken, shown and kept; what was compared by before can be chosen again', async () => {
  await house.work(work => chooseSavedModel(work, saveModel({ ...strict, name: 'first', bands: { risk: 0.01, alike: 0.01 } })))
  const first = (await house.work(showModels)).inUse
  await house.work(work => chooseSavedModel(work, saveModel(strict)))
  const second = await house.work(showModels)
  assert.deepEqual([second.inUse.name, second.inUse.bands], ['strict', strict.bands])
  assert.deepEqual(await house.work(modelOf), strict)

  await house.work(work => chooseModel(work, first.hash))
  const again = await house.work(showModels)
  assert.equal(again.inUse.hash, first.hash)
  assert.deepEqual(again.models.map(({ name, inUse }) => `${name} ${inUse}`).sort(), ['first true', 'strict false'])
})

test('a hash that names no model and a text that is none are refused, and the model in use stays', async () => {
  const before = (await house.work(showModels)).inUse.hash
  const refused = { code: 'linkage-model-unknown' }
  await assert.rejects(
    house.work(work => chooseModel(work, '000000000000')),
    refused,
  )
  for (const text of ['', '{}', '[]', saveModel({ ...strict, format: 2 as 1 }), saveModel({ ...strict, bands: { risk: 0, alike: 2 } })])
    await assert.rejects(
      house.work(work => chooseSavedModel(work, text)),
      refused,
    )
  assert.equal((await house.work(showModels)).inUse.hash, before)
})
