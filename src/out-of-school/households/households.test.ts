import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOfficerOf, aPerson, commune, enterAll } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { type ALine, schoolsOf } from '../../../test/rolls/sending.ts'
import { kindsOfFollowUps } from '../../follow-up-kinds.ts'
import * as followUps from '../../follow-ups/follow-ups.ts'
import type { Authority } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { followDifferences, listDifferences } from './households.ts'

/** Pupils of Hà Khánh: parents live with them, in the next ward, or in another district. */
const house = await openHouse({ withUnits: true })
const { school, send } = await schoolsOf(house, [['22001', 'Trường THPT Hà Khánh', 'upper-secondary', commune.haKhanh]])
const grown = (name: string, sex: 'M' | 'F', at: string) => aPerson({ name, sex, bornOn: '1975-05-05', commune: at })
const [fatherHere, motherNext, fatherFar] = [
  grown('Vũ Văn Cha', 'M', commune.haKhanh),
  grown('Lê Thị Mẹ', 'F', commune.haPhong),
  grown('Tô Văn Xa', 'M', commune.quangHanh),
]
const childOf = (name: string, bornOn: string, kin: Record<string, string>, at: string = commune.haKhanh) =>
  aPerson({ name, bornOn, commune: at, ...kin })
const numbers = (father: Record<string, string>, mother?: Record<string, string>) => ({
  father_number: father['person_number'] ?? '',
  father_name: father['full_name'] ?? '',
  ...(mother && { mother_number: mother['person_number'] ?? '', mother_name: mother['full_name'] ?? '' }),
})
const [same, apart, sibling, told] = [
  childOf('Vũ Thị Cùng', '2005-01-02', numbers(fatherHere)),
  childOf('Tô Thị Khác', '2005-03-04', numbers(fatherFar, motherNext)),
  childOf('Tô Văn Em', '2006-05-06', numbers(fatherFar), commune.quangHanh),
  childOf('Bàn Thị Ghi', '2005-07-08', {}),
]
await enterAll(house, [fatherHere, motherNext, fatherFar])
await enterAll(house, [same, apart, sibling, told])
const line = (person: Record<string, string>, home: string): ALine => ({
  name: person['full_name'] ?? '',
  born: (person['birth_date'] ?? '').split('-').reverse().join('/'),
  number: person['person_number'] ?? '',
  home,
})
const here = 'Phường Hà Khánh, Thành phố Hạ Long, Quảng Ninh'
const there = 'Phường Hà Phong, Thành phố Hạ Long, Quảng Ninh'
const district = await anOfficerOf(house, '193')
const ward = await anOfficerOf(house, commune.haKhanh)
const nextWard = await anOfficerOf(house, commune.haPhong)
const lines = [line(same, here), line(apart, here), line(told, there)]
await send(district, await school('22001'), lines)

const list = (by: Authority, filter: Parameters<typeof listDifferences>[1] = {}) =>
  house.as(by, work => listDifferences(work, filter))

test('a pupil’s home is held against the roll’s, the parents’ and the brothers’ and sisters’', async () => {
  const { rows, counts, pupils, withKin } = await list(district)
  assert.deepEqual(
    rows.map(one => [one.name, one.differs]),
    [
      ['Bàn Thị Ghi', ['said']],
      ['Tô Thị Khác', ['father', 'mother', 'sibling']],
    ],
  )
  assert.deepEqual([pupils, withKin], [3, 2])
  assert.deepEqual(counts, { any: 2, said: 1, father: 1, mother: 1, sibling: 1 })
  for (const differs of ['said', 'father', 'mother', 'sibling'] as const)
    assert.equal((await list(district, { differs })).total, counts[differs])
})

test('of kin beyond the reader’s units it is told that they differ, and no more', async () => {
  const of = async (by: Authority) => (await list(by)).rows.find(one => one.name === 'Tô Thị Khác')
  assert.deepEqual((await of(district))?.kin, ['Phường Hà Phong'])
  const seen = await of(ward)
  assert.deepEqual([seen?.differs, seen?.kin, seen?.elsewhere], [['father', 'mother', 'sibling'], [], true])
  const text = JSON.stringify(await list(ward))
  for (const hidden of ['Quảng Hanh', 'Hà Phong"]', fatherFar['full_name'], motherNext['full_name']])
    assert.ok(!text.includes(hidden ?? ''), hidden)
  // Another ward has none of these pupils, and the database answers nothing of units beyond the scope.
  assert.equal((await list(nextWard)).pupils, 0)
  const unit = await house.work(async work => (await units.findUnitOn(work, commune.haKhanh, work.today))?.id)
  await assert.rejects(list(nextWard, { unit: unit ?? assert.fail() }), /out-of-school-unit-outside/)
})

test('each difference of kin is a follow-up of the ward until it is gone; the school is told of none', async () => {
  const follow = () => house.as(ward, work => followDifferences(work))
  assert.deepEqual(await follow(), { opened: 3, closed: 0, open: 3 })
  assert.deepEqual(await follow(), { opened: 0, closed: 0, open: 3 })
  const open = async (by: Authority) =>
    house.as(by, work => followUps.listOpen((_kind, verb) => verb(work), kindsOfFollowUps, { kind: 'household' }))
  const [first] = (await open(ward)).followUps
  assert.deepEqual([first?.owner, first?.due, first?.ownerUnitName], ['ward', 'later', 'Phường Hà Khánh'])
  assert.equal((await open(nextWard)).total, 0)
  const atSchool: Authority = { ...district, scope: { units: [await school('22001')] } }
  assert.equal((await open(atSchool)).total, 0)

  // The difference from the roll is the roll's own follow-up; the school corrects its roll, and it is gone.
  const ofRoll = async () =>
    (await house.work(work => followUps.findFollowUps(work, { kind: 'roll-defect' }))).filter(
      one => one.reason === 'residence-differs',
    ).length
  assert.equal(await ofRoll(), 1)
  await send(district, await school('22001'), [line(same, here), line(apart, here), line(told, here)])
  assert.equal(await ofRoll(), 0)
  assert.deepEqual(await follow(), { opened: 0, closed: 0, open: 3 })
})
