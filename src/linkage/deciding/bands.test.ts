import assert from 'node:assert/strict'
import { test } from 'node:test'
import { candidateKeys } from '../blocking/blocking.ts'
import { typicalModel } from '../comparing/typical-model.ts'
import { bandsOf, hashModel, loadModel, ratesOf, saveModel } from '../comparing/weights.ts'
import { type LinkRecord, linkName } from '../person-record.ts'
import { aProvince, recordsOf } from '../province-run/packed.fixture.ts'
import { linkRows, provinceSelector } from '../province-run/province-run.ts'
import { anIndex, type ToyRollRow } from '../toy-province.fixture.ts'
import { bandsFrom, learnFrom, statedRisk } from './bands.ts'
import { makeLinker } from './deciding.ts'

function learnt(province: ReturnType<typeof aProvince>) {
  const { of, counts, roll } = province
  const selector = provinceSelector(of)
  const model = learnFrom(recordsOf(roll), selector, { size: of.people.size, counts, name: 'a toy' })
  return { model, selector, linked: linkRows(recordsOf(roll), selector, makeLinker(counts, model)) }
}

test('rolls teach the errors that are in them, without a label', () => {
  const { usual, heavy } = {
    usual: learnt(aProvince(21, 20_000, 4_000)),
    heavy: learnt(
      aProvince(21, 20_000, 4_000, {
        heavy: 2,
        withoutNumber: 0.35,
        withCommune: 0.7,
        withParents: 0.4,
        strangers: 0.1,
      }),
    ),
  }
  const exact = (one: typeof usual) => ratesOf(one.model, 'name', 'exact').m
  assert.ok(exact(heavy) < exact(usual) - 0.03, `${exact(heavy)} against ${exact(usual)}`)
  assert.ok(ratesOf(heavy.model, 'birth', 'exact').m < ratesOf(usual.model, 'birth', 'exact').m)
})

test('the same rolls teach the same, and what they taught is kept and read back', () => {
  const [first, second] = [learnt(aProvince(22, 8_000, 2_000)).model, learnt(aProvince(22, 8_000, 2_000)).model]
  assert.deepEqual(first, second)
  assert.deepEqual(loadModel(saveModel(first)), first)
  assert.equal(hashModel(loadModel(saveModel(first))), hashModel(first))
  assert.notEqual(hashModel({ ...first, bands: { risk: 0.001, alike: 0.001 } }), hashModel(first))
  assert.throws(() => loadModel(saveModel({ ...first, bands: { risk: 0, alike: 2 } })), /risks/)
})

test('few rows teach nothing: the model stays nearly the typical one', () => {
  const { model } = learnt(aProvince(23, 3_000, 10))
  assert.deepEqual(bandsOf(model), bandsOf(typicalModel))
  assert.ok(Math.abs(ratesOf(model, 'name', 'exact').m - ratesOf(typicalModel, 'name', 'exact').m) < 0.1)
})

test('unregistered children are linked falsely hardly more often than stated', t => {
  const province = aProvince(24, 20_000, 6_000, {
    heavy: 1,
    withoutNumber: 0.5,
    withCommune: 0.7,
    withParents: 0.4,
    strangers: 0.5,
  })
  const { linked } = learnt(province)
  const strangers = linked.filter((_, i) => !(province.roll[i] as ToyRollRow).truth)
  const taken = strangers.filter(({ outcome }) => outcome === 'matched').length
  t.diagnostic(`${taken} of ${strangers.length} strangers linked, ${statedRisk.ofStrangers * strangers.length} stated`)
  assert.ok(taken <= 3 + 2 * statedRisk.ofStrangers * strangers.length)
})

test('twins with near-identical names do not prevent links of names with a slip', () => {
  const { roll, register, counts } = aProvince(25, 8_000, 3_000)
  const { candidatesOf, ownerOf } = ofTwins(register)
  const bands = bandsFrom(recordsOf(roll), { candidatesOf, ownerOf }, makeLinker(counts))
  assert.ok(bands.risk > 0.001, `${bands.risk}`)
})

test('with nearly full rolls a namesake of the same day is mostly taken and blocks fewer links', () => {
  const { roll, register, counts } = aProvince(25, 8_000, 3_000)
  const { candidatesOf, ownerOf } = ofNamesakes(register)
  const bandsWith = (share: number) =>
    bandsFrom(recordsOf(roll), { candidatesOf, ownerOf }, makeLinker(counts), { share, from: 1900, to: 2023 })
  assert.ok(bandsWith(0.99).alike > 10 * bandsWith(0).alike, `${bandsWith(0.99).alike} against ${bandsWith(0).alike}`)
})

/** One in a hundred has a namesake of the same day, of another number and home. */
function ofNamesakes(register: readonly LinkRecord[]) {
  const find = anIndex(register)
  const { ownerOf } = ofTwins(register)
  const doubles = (one: LinkRecord): LinkRecord[] => {
    if (Number(one.number) % 100 !== 0) return [one]
    const { household: _household, father: _father, mother: _mother, ...rest } = one
    return [one, { ...rest, id: `${one.id}-namesake`, number: '022200000000' }]
  }
  return { ownerOf, candidatesOf: (row: LinkRecord) => [...new Set(candidateKeys(row).flatMap(find))].flatMap(doubles) }
}

/** Everyone has a twin of another number, whose given name has another vowel. */
function ofTwins(register: readonly LinkRecord[]) {
  const find = anIndex(register)
  const twinOf = (one: LinkRecord): LinkRecord => ({
    ...one,
    id: `${one.id}-twin`,
    number: '022200000000',
    ...(one.name && {
      name: linkName(one.name.marked.replace(/[aăâeêioôơuưy](?=[^aăâeêioôơuưy]*$)/, v => (v === 'a' ? 'o' : 'a'))),
    }),
  })
  const byNumber = new Map(register.map(one => [one.number, one]))
  return {
    ownerOf: (row: LinkRecord) => (row.number ? byNumber.get(row.number) : undefined),
    candidatesOf: (row: LinkRecord) =>
      [...new Set(candidateKeys(row).flatMap(find))].flatMap(one => [one, twinOf(one)]),
  }
}
