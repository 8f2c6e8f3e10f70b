import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aPerson, commune, enterAll } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import { chanceOfCommune } from '../linkage/comparing/frequencies.ts'
import { typicalModel } from '../linkage/comparing/typical-model.ts'
import { saveModel } from '../linkage/comparing/weights.ts'
import type { Day } from '../platform/day.ts'
import * as units from '../units/units.ts'
import { chooseModel, chooseSavedModel, getErrorModel, getLinker, listErrorModels } from './error-model.ts'

const house = await openHouse({ withUnits: true })

const strict = { ...typicalModel, name: 'strict', bands: { risk: 0.001, alike: 0.01 } }

test('a house that has learnt no model compares by the typical one and reports it', async () => {
  const { inUse, models } = await house.work(listErrorModels)
  assert.deepEqual([inUse.name, inUse.rows, inUse.learntOn, models], ['typical', 0, undefined, []])
})

test('a saved model is adopted, shown and kept, and the former one can be chosen again', async () => {
  await house.work(work =>
    chooseSavedModel(work, saveModel({ ...strict, name: 'first', bands: { risk: 0.01, alike: 0.01 } })),
  )
  const first = (await house.work(listErrorModels)).inUse
  await house.work(work => chooseSavedModel(work, saveModel(strict)))
  const second = await house.work(listErrorModels)
  assert.deepEqual([second.inUse.name, second.inUse.bands], ['strict', strict.bands])
  assert.deepEqual(await house.work(getErrorModel), strict)

  await house.work(work => chooseModel(work, first.hash))
  const again = await house.work(listErrorModels)
  assert.equal(again.inUse.hash, first.hash)
  assert.deepEqual(again.models.map(({ name, inUse }) => `${name} ${inUse}`).sort(), ['first true', 'strict false'])
})

test('an unknown hash and an invalid text are refused, and the model in use stays', async () => {
  const before = (await house.work(listErrorModels)).inUse.hash
  const refused = { code: 'linkage-model-unknown' }
  await assert.rejects(
    house.work(work => chooseModel(work, '000000000000')),
    refused,
  )
  for (const text of [
    '',
    '{}',
    '[]',
    saveModel({ ...strict, format: 2 as 1 }),
    saveModel({ ...strict, bands: { risk: 0, alike: 2 } }),
  ])
    await assert.rejects(
      house.work(work => chooseSavedModel(work, text)),
      refused,
    )
  assert.equal((await house.work(listErrorModels)).inUse.hash, before)
})

test('the people of a commune are counted by the map of the roll’s day, not of today', async () => {
  await enterAll(
    house,
    Array.from({ length: 60 }, (_, i) => aPerson({ commune: i < 40 ? commune.haKhanh : commune.quangHanh })),
  )
  const [then, after] = ['2023-04-20' as Day, '2025-09-01' as Day]
  const [of2023, of2025, again] = [await linkerOn(then), await linkerOn(after), await linkerOn(then)]
  const shareOn = async (day: Day, { frequencies }: typeof of2023) => {
    const unit = await house.work(work => units.findUnitOn(work, commune.haKhanh, then))
    const [now = unit!.id] =
      day === then ? [] : (await house.work(work => units.successorsOf(work, unit!.id))).map(({ newId }) => newId)
    return chanceOfCommune(now, frequencies)
  }
  assert.ok((await shareOn(then, of2023)) > 0.6)
  assert.ok((await shareOn(after, of2025)) > 0.6)
  assert.ok((await shareOn(then, of2025)) < 0.1)
  assert.equal(again, of2023)
})

const linkerOn = (day: Day) => house.work(work => getLinker(work, day))
