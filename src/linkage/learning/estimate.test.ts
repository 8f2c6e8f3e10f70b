import assert from 'node:assert/strict'
import { test } from 'node:test'
import { candidateKeys } from '../blocking/blocking.ts'
import { typicalModel } from '../comparing/typical-model.ts'
import { hashModel, loadModel, saveModel } from '../comparing/weights.ts'
import { anIndex, aRegister, aRoll, asRecords, toyDice, usualDamage } from '../toy-province.fixture.ts'
import { estimate, type Pair } from './estimate.ts'

const d = toyDice(11)
const raw = aRegister(d, 8000, [2004, 2005, 2006])
const register = asRecords(raw)
const roll = aRoll(d, raw, 4000, { ...usualDamage, heavy: 1.5 })
const rows = asRecords(roll.map(({ row }) => row))
const holders = new Map(register.map(person => [person.number, person]))
const equalNumber = rows.flatMap((row): Pair[] => {
  const holder = row.number ? holders.get(row.number) : undefined
  return holder ? [[row, holder]] : []
})
const random = rows.flatMap((row): Pair[] => {
  const person = register[d.below(register.length)]
  return person ? [[row, person]] : []
})

test('pairs of equal number teach the real damage, despite numbers copied from relatives', () => {
  const { rates } = estimate({ equalNumber, random }, 'learnt')
  const near = (value: number, wanted: number) =>
    assert.ok(Math.abs(value - wanted) < wanted * 0.3, `${value} is not near ${wanted}`)
  near(rates.sex.different.m, 0.0225)
  near(rates.birth.swapped.m, 0.0375 * (12 / 28) * (11 / 12))
  near(rates.name['marks-missing'].m, 0.18 * 0.8)
  near(rates.sex.same.u, 0.5)
  assert.equal(rates.name.exact.u, typicalModel.rates.name.exact.u, 'the register’s counts give the chance of a name')
})

test('rolls without numbers teach by their candidates: EM finds the same damage', () => {
  const find = anIndex(register)
  const unnumbered = asRecords(roll.map(({ row: { number: _, ...row } }) => row))
  const blocked = unnumbered.flatMap(row =>
    [...new Set(candidateKeys(row).flatMap(key => find(key)))].map((person): Pair => [row, person]),
  )
  const { rates } = estimate({ equalNumber: [], random, blocked, persons: register.length }, 'learnt')
  const near = (value: number, wanted: number) =>
    assert.ok(Math.abs(value - wanted) < wanted * 0.35, `${value} is not near ${wanted}`)
  near(rates.sex.different.m, 0.0225)
  near(rates.birth.swapped.m, 0.0375 * (12 / 28) * (11 / 12))
  near(rates.name['marks-missing'].m, 0.18 * 0.8)
  assert.deepEqual(
    estimate({ equalNumber: [], blocked }, 'learnt').rates.sex,
    typicalModel.rates.sex,
    'without random pairs nothing tells what is by chance',
  )
})

test('candidates are not used for learning when enough rows have a valid number', () => {
  const blocked: Iterable<Pair> = {
    [Symbol.iterator]() {
      throw new Error('read in vain')
    },
  }
  assert.deepEqual(
    estimate({ equalNumber, equalNameAndBirth: equalNumber, random, blocked }, 'x'),
    estimate({ equalNumber, equalNameAndBirth: equalNumber, random }, 'x'),
  )
})

test('a learnt model is kept as text, read back the same, and known by its hash', () => {
  const model = estimate({ equalNumber }, 'learnt')
  assert.deepEqual(loadModel(saveModel(model)), model)
  assert.equal(hashModel(loadModel(saveModel(model))), hashModel(model))
  assert.notEqual(hashModel(model), hashModel(typicalModel))
})

test('a model text that is invalid, lacks a level, or has a rate above one is refused', () => {
  const { name: _, ...rates } = typicalModel.rates
  assert.throws(() => loadModel('{}'), RangeError)
  assert.throws(() => loadModel('null'), RangeError)
  assert.throws(() => loadModel(JSON.stringify({ ...typicalModel, rates })), RangeError)
  assert.throws(
    () =>
      loadModel(
        saveModel({
          ...typicalModel,
          rates: { ...typicalModel.rates, sex: { same: { m: 2, u: 1 }, different: { m: 0.1, u: 1 } } },
        }),
      ),
    RangeError,
  )
})
