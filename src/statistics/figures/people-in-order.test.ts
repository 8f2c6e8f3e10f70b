import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { anOfficerOf, aPerson, commune, enterAll } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import { consequences } from '../../consequences.ts'
import * as statistics from '../statistics.ts'

/** The list of a campaign is worked with as Danh sách is: in an order, by a name, with what each person lacks. */

const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
const names = ['Trần Văn Bình', 'Nguyễn Thị Ánh', 'Lê Văn Cường', 'Phạm Thị Ánh', 'Đỗ Văn Em']
const people = names.map((name, i) =>
  aPerson({ name, bornOn: `2005-0${9 - i}-11`, commune: i < 3 ? commune.haKhanh : commune.haPhong }),
)
let id: campaign.CampaignId
before(async () => {
  await enterAll(house, people)
  const made = await house.work(work =>
    campaign.create(work, {
      name: 'xep',
      title: 'Xếp',
      metrics: ['account-activated'],
      startsOn: '2023-03-01',
      deadlines: [{ name: 'Hạn', on: '2023-06-30', proof: 'account-activated' }],
      cohort: { bornIn: [2005] },
    }),
  )
  id = campaign.asCampaignId(made.id)
  await statistics.recountAllDue(house.openWork)
})
const ask = (
  query: Parameters<typeof statistics.searchPeople>[2],
  page: Parameters<typeof statistics.searchPeople>[3] = {},
) => house.work(work => statistics.searchPeople(work, id, { which: 'members', ...query }, page))
const namesOf = ({ people: found }: Awaited<ReturnType<typeof ask>>) => found.map(({ name }) => name)

test('a campaign’s list is put in order by the server, both ways, and turns its pages by place', async () => {
  const byBirth = ['Đỗ Văn Em', 'Phạm Thị Ánh', 'Lê Văn Cường', 'Nguyễn Thị Ánh', 'Trần Văn Bình']
  assert.deepEqual(namesOf(await ask({ order: 'born' })), byBirth)
  assert.deepEqual(namesOf(await ask({ order: 'born', descending: true })), byBirth.toReversed())
  const second = await ask({ order: 'born' }, { skip: 2, limit: 2 })
  assert.deepEqual([namesOf(second), second.total], [byBirth.slice(2, 4), 5])
  const byUnit = await ask({ order: 'unit' })
  assert.deepEqual(
    byUnit.people.map(({ unit }) => unit).toSorted(),
    byUnit.people.map(({ unit }) => unit),
  )
  assert.deepEqual(namesOf(await ask({})).toSorted(), byBirth.toSorted(), 'the plain list has the same people')
})

test('a name is found without its marks, and the list says how many there are', async () => {
  const found = await ask({ name: 'anh' })
  assert.deepEqual([found.total, namesOf(found)], [2, ['Nguyễn Thị Ánh', 'Phạm Thị Ánh']])
  assert.deepEqual((await ask({ name: 'khong ai' })).total, 0)
})

test('each row says what is lacking, why it is there, and the last day on which it is asked for in time', async () => {
  const [first] = (await ask({ order: 'born', which: 'lacking' })).people
  assert.ok(first?.needs.includes('card'))
  assert.deepEqual(first?.campaigns, ['Xếp'])
  assert.match(first?.lastSafeOn?.on ?? '', /^2023-0[56]-/)
})

test('everybody of the filter is chosen by the server, as far as the officer sees them', async () => {
  const chosen = await house.work(work => statistics.choosePeople(work, id, { which: 'members', name: 'anh' }))
  assert.equal(chosen.length, 2)
  const ward = await anOfficerOf(house, commune.haKhanh)
  const asked = await house.as(ward, work => statistics.searchPeople(work, id, { which: 'members', order: 'born' }))
  assert.equal(asked.total, 3)
  await refusal(
    house.as(ward, async work => {
      const other = await anOfficerOf(house, commune.haPhong)
      return statistics.searchPeople(work, id, { unit: other.unitId, order: 'born' })
    }),
    'figure-unit-outside',
  )
})
