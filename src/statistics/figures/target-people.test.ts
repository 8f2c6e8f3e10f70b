import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { anOfficerOf, aPerson, commune, enterAll } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import { consequences } from '../../consequences.ts'
import { asDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import * as units from '../../units/units.ts'
import * as statistics from '../statistics.ts'
import { issueTargetsForPeople, readTargetsWithPeople } from './target-people.ts'

const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
const day = asDay('2023-04-20')
const metric = 'account-activated'
let id: campaign.CampaignId
let unitIds: Record<'22' | '193' | '195' | '205', Id<'unit'>>

before(async () => {
  const places = [commune.haKhanh, commune.haKhanh, commune.haPhong, commune.quangHanh]
  await enterAll(
    house,
    places.map(place => aPerson({ bornOn: '2005-03-15', commune: place })),
  )
  const made = await house.work(work =>
    campaign.create(work, {
      name: 'giao',
      title: 'Giao chỉ tiêu',
      cohort: { bornIn: [2005] },
      metrics: [metric],
      startsOn: '2023-03-01',
      deadlines: [{ name: 'Hạn', on: '2023-06-30', proof: 'account-activated' }],
      targets: [{ unit: '22', metric, value: 723_000 }],
    }),
  )
  id = campaign.asCampaignId(made.id)
  await statistics.recountAllDue(house.openWork)
  const balance = { unit: commune.haPhong, day: '2023-02-28', members: '10', 'account-activated': '4' }
  await house.work(work => statistics.importOpeningBalance(work, id, [{ line: 2, values: balance }]))
  const found = await house.work(work =>
    Promise.all(
      ['22', '193', '195', '205'].map(async code => [code, (await units.findUnitOn(work, code, day))?.id] as const),
    ),
  )
  unitIds = Object.fromEntries(found) as typeof unitIds
})

const issue = (targets: readonly (readonly [keyof typeof unitIds, number])[], aboveReason?: string) =>
  house.work(work =>
    issueTargetsForPeople(work, id, {
      metric,
      batch: '1',
      dueOn: '2023-06-30',
      issuedBy: 'Lãnh đạo',
      targets: targets.map(([code, value]) => ({ unit: unitIds[code], value })),
      ...(aboveReason && { aboveReason }),
    }),
  )
const read = (unit: keyof typeof unitIds) =>
  house.work(work => readTargetsWithPeople(work, id, { metric, unit: unitIds[unit] }))

test('a unit’s targets stand beside the people meant there, those of opening balances included', async () => {
  const { whole, below } = await read('22')
  assert.deepEqual([whole.people, whole.done, whole.over], [14, 4, 723_000 - 14])
  const people = new Map(below.map(one => [one.unit.code, one.people]))
  assert.deepEqual([people.get('193'), people.get('195'), people.get('205')], [13, 1, 0])
})

test('a hand-down above the people is refused with both numbers, and issued for a reason that is kept', async () => {
  await assert.rejects(
    issue([
      ['193', 13],
      ['195', 2],
    ]),
    (error: { code?: string; facts?: object }) => {
      assert.equal(error.code, 'target-above-people')
      assert.deepEqual(error.facts, {
        above: [{ unit: '195', name: 'Thành phố Cẩm Phả', value: 2, people: 1 }],
        more: 0,
      })
      return true
    },
  )
  assert.equal((await read('193')).whole.value, null, 'nothing of the batch was issued')
  await issue(
    [
      ['193', 13],
      ['195', 2],
    ],
    'Có người sắp chuyển về',
  )
  const { whole } = await read('195')
  assert.deepEqual([whole.value, whole.over, whole.batches[0]?.aboveReason], [2, 1, 'Có người sắp chuyển về'])
  assert.deepEqual((await read('193')).whole.batches[0]?.aboveReason, null)
})

test('a unit in which nobody is meant gets no target, whatever the reason', async () => {
  await assert.rejects(issue([['205', 1]], 'Theo kế hoạch'), { code: 'target-refused' })
})

test('the receiver reads the excess of their own target and is told nothing of other units', async () => {
  const district = await anOfficerOf(house, '195')
  const { whole } = await house.as(district, work => readTargetsWithPeople(work, id, { metric }))
  assert.deepEqual([whole.unit.code, whole.value, whole.people, whole.over], ['195', 2, 1, 1])
  await assert.rejects(
    house.as(district, work => readTargetsWithPeople(work, id, { metric, unit: unitIds['193'] })),
    { code: 'list-unit-outside' },
  )
  const body = {
    metric,
    batch: '1',
    dueOn: '2023-06-30',
    issuedBy: 'x',
    targets: [{ unit: unitIds['193'], value: 99 }],
  }
  await assert.rejects(
    house.as(district, work => issueTargetsForPeople(work, id, body as never)),
    { code: 'target-refused' },
  )
})

test('a proposed split sums exactly to the whole', async () => {
  for (const by of ['population', 'cohort', 'need'] as const) {
    const { value, shares } = await house.work(work =>
      statistics.splitTarget(work, id, { unit: unitIds['22'], metric, batch: '1', by }),
    )
    assert.equal(
      shares.reduce((sum, share) => sum + share.value, 0),
      value,
    )
  }
})
