import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOfficerOf, aPerson, commune, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import type { Day } from '../../platform/day.ts'
import * as units from '../../units/units.ts'
import * as register from '../register.ts'
import { formatResidence } from './residence-value.ts'

const house = await openHouse({ withUnits: true })
const [first, second] = [await anOfficerOf(house, commune.haKhanh), await anOfficerOf(house, commune.haKhanh)]
const elsewhere = await anOfficerOf(house, commune.quangHanh)

const form = { code: 'CT01', version: 'TT56/2021' }
const evidence = { kind: 'residence-confirmation', issuer: 'Công an phường Hà Khánh' } as const
const homeIn = (unitId: units.UnitId, address = 'Tổ 3, khu 5', from = '2023-04-01') =>
  formatResidence({ from: from as Day, unitId, address })
const propose = (by: typeof first, personId: register.PersonId, values: Record<string, string>, more = {}) =>
  house.as(by, work => register.proposeCorrection(work, { personId, form, evidence, values, ...more }))

test('the unit where a person lives corrects a residence by two officers, and the former one is kept', async () => {
  const id = await enter(house, aPerson())
  const proposed = await propose(first, id, { residence_permanent: homeIn(first.unitId) })
  // Three working days (Law on Residence Art. 26), not the two of other data.
  assert.deepEqual([proposed.state, proposed.dueOn], ['proposed', '2023-04-25'])
  await assert.rejects(
    house.as(first, work => register.approveCorrection(work, proposed.id)),
    { code: 'second-officer-needed' },
  )
  await house.as(second, work => register.approveCorrection(work, proposed.id))

  const { residences, history } = await house.as(first, work => register.getPerson(work, id))
  assert.deepEqual(
    residences.map(({ kind, address, from, to }) => [kind, address, from, to]),
    [
      ['permanent', 'Tổ 3, khu 5', '2023-04-01', undefined],
      ['permanent', undefined, undefined, '2023-04-01'],
    ],
  )
  const told = history.find(({ field }) => field === 'residence.permanent')
  assert.deepEqual([told?.new, told?.by.id], ['Tổ 3, khu 5, Phường Hà Khánh', second.by.id])
})

test('an officer elsewhere refers a residence to the unit where the person lives, with a reason', async () => {
  const person = aPerson({ name: 'Trần Văn Chuyển' })
  const id = await enter(house, person)
  const home = homeIn(elsewhere.unitId, 'Tổ 7')
  await assert.rejects(propose(elsewhere, id, { residence_temporary: home }), { code: 'person-unknown' })
  await house.as(elsewhere, work => register.findByNumber(work, person.person_number))
  const reason = 'Ở trọ tại đây từ tháng 4, chủ nhà xác nhận'
  const referred = await propose(elsewhere, id, { residence_temporary: home }, { reason })
  assert.deepEqual([referred.state, referred.decidesUnitId], ['forwarded', first.unitId])
  assert.ok(referred.evidence.endsWith(`· ${reason}`))

  await assert.rejects(
    house.as(elsewhere, work => register.approveCorrection(work, referred.id)),
    { code: 'another-unit-decides' },
  )
  const waiting = await house.as(first, work => register.listCorrections(work, { which: 'to-decide' }))
  assert.ok(waiting.some(one => one.id === referred.id))
  await house.as(first, work => register.approveCorrection(work, referred.id))
  // Who lives there now is seen there, and still at the permanent residence.
  assert.equal((await house.as(elsewhere, work => register.getPerson(work, id))).residences.length, 2)
  assert.equal((await house.as(first, work => register.getPerson(work, id))).residences.length, 2)
})

test('a referral is answered with a reason where it is refused, and changes nothing', async () => {
  const person = aPerson({ name: 'Lê Văn Trả Lời' })
  const id = await enter(house, person)
  await house.as(elsewhere, work => register.findByNumber(work, person.person_number))
  const { id: referral } = await propose(elsewhere, id, { residence_permanent: homeIn(elsewhere.unitId) })
  await house.as(first, work => register.refuseCorrection(work, referral, { reason: 'Chưa xóa đăng ký thường trú cũ' }))
  const seen = await house.as(elsewhere, work => register.getCorrection(work, referral))
  assert.deepEqual([seen.state, seen.reason], ['refused', 'Chưa xóa đăng ký thường trú cũ'])
  const { residences } = await house.as(first, work => register.getPerson(work, id))
  assert.deepEqual(
    residences.map(({ unitId }) => unitId),
    [first.unitId],
  )
})

test('the former unit sees a person no more who moved away, and a second decision finds it moot', async () => {
  const id = await enter(house, aPerson({ name: 'Ngô Văn Đi' }))
  const one = await propose(first, id, { residence_permanent: homeIn(elsewhere.unitId, 'Tổ 9') })
  const other = await propose(first, id, { residence_permanent: homeIn(elsewhere.unitId, 'Tổ 8') })
  await house.as(second, work => register.approveCorrection(work, one.id))
  await assert.rejects(
    house.as(first, work => register.getPerson(work, id)),
    { code: 'person-unknown' },
  )
  await assert.rejects(
    house.as(second, work => register.approveCorrection(work, other.id)),
    ({ code }: { code: string }) => ['correction-moot', 'person-unknown', 'correction-unknown'].includes(code),
  )
  const { residences } = await house.as(elsewhere, work => register.getPerson(work, id))
  assert.deepEqual(
    residences.filter(({ to }) => to === undefined).map(({ address }) => address),
    ['Tổ 9'],
  )
})

test('a residence is in a commune, since a day that has come, by itself and on its own form', async () => {
  const id = await enter(house, aPerson({ name: 'Phạm Văn Sai' }))
  const district = await house.work(async work => (await units.findUnitOn(work, '193', work.today))!.id)
  const wrong: readonly (readonly [Record<string, string>, string])[] = [
    [{ residence_permanent: homeIn(district) }, 'correction-value-invalid'],
    [{ residence_permanent: homeIn(first.unitId, 'Tổ 1', '2023-05-01') }, 'correction-value-invalid'],
    [{ residence_permanent: `- ${first.unitId} Tổ 1` }, 'correction-value-invalid'],
    [{ residence_permanent: 'Tổ 1, Hà Khánh' }, 'correction-value-invalid'],
    [{ residence_permanent: homeIn(first.unitId), religion: 'Phật giáo' }, 'residence-by-itself'],
  ]
  for (const [values, code] of wrong) await assert.rejects(propose(first, id, values), { code }, JSON.stringify(values))
  await assert.rejects(
    propose(
      first,
      id,
      { residence_permanent: homeIn(first.unitId) },
      { form: { code: 'DC02', version: 'TT104/2020' } },
    ),
    { code: 'form-unofficial' },
  )
})
