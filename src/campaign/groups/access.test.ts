import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOfficerOf, aPerson, commune, enterAll, idOf } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { signedInOfficer } from '../../../test/signed-in-officer.ts'
import { Problem } from '../../platform/problem.ts'
import * as register from '../../register/register.ts'
import { endAccess, giveAccess, listAccess, markOwnVisit, readOwnVisits } from './access.ts'
import { setUpGroup } from './groups.ts'
import { makeList, openList } from './visit-list.ts'

/** Two groups of Hà Khánh, each out with a list; members sign in. */
const house = await openHouse({ withUnits: true })
const ward = await anOfficerOf(house, commune.haKhanh)
const nextWard = await anOfficerOf(house, commune.haPhong)
const resident = (name: string, quarter: string) =>
  aPerson({ name, bornOn: '1990-02-03', residence_address: `Số 5, ${quarter}` })
const [near, far] = [resident('Giáp Thị Ba', 'Khu 3'), resident('Ninh Văn Năm', 'Khu 5')]
await enterAll(house, [near, far])

const member = () => signedInOfficer(house, 'community-group-member', commune.haKhanh, { purpose: 'campaign' })
const [one, other] = [await member(), await member()]
const stranger = await signedInOfficer(house, 'community-group-member', commune.haPhong, { purpose: 'campaign' })
const groupOf = (quarter: string) =>
  house.as(ward, async work => {
    const id = await setUpGroup(work, {
      name: `Tổ ${quarter}`,
      quarter,
      members: [{ role: 'leader', fullName: 'Trần Thị Tổ' }],
    })
    const { list } = await makeList(work, id, { lacking: ['card'], within: 'quarter', why: 'Vận động làm thẻ' })
    return { id, listId: list.id }
  })
const [third, fifth] = [await groupOf('Khu 3'), await groupOf('Khu 5')]
const give = (by: typeof ward, group: typeof third, to: typeof one) =>
  refused(house.as(by, work => giveAccess(work, group.id, to.appointmentId)))
const refused = (step: Promise<unknown>) =>
  step.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  )
const visits = async (who: typeof one) => (await who.as('groups.visit', readOwnVisits)).lists

test('a member sees the lists of the group that the ward gave them: name, address, what is lacking', async () => {
  assert.deepEqual(await visits(one), [])
  assert.equal(await give(ward, third, one), 'done')
  assert.equal(await give(ward, fifth, other), 'done')
  assert.equal(await give(ward, third, stranger), 'group-member-unknown')
  assert.equal(await give(nextWard, third, stranger), 'group-unknown')
  const told = await visits(one)
  assert.deepEqual(
    told.map(list => [list.quarter, list.doors.map(door => [door.name, door.address, door.lacking])]),
    [['Khu 3', [['Giáp Thị Ba', 'Số 5, Khu 3', ['card']]]]],
  )
  for (const value of [near['person_number'], near['birth_date'], far['full_name']])
    assert.ok(!JSON.stringify(told).includes(value ?? ''), value)
})

test('the database shows a member no other list, no person and no phone of a member', async () => {
  const rows = (table: 'house_list_entry' | 'house_list' | 'community_group_member' | 'community_group') =>
    one.as('groups.visit', async ({ tx }) => (await tx.selectFrom(`campaign.${table}`).selectAll().execute()).length)
  assert.deepEqual([await rows('house_list'), await rows('house_list_entry'), await rows('community_group')], [1, 1, 1])
  assert.equal(await rows('community_group_member'), 0)
  const id = await idOf(house, near['person_number'] ?? '')
  assert.equal(await refused(one.as('groups.visit', work => register.getSummary(work, id))), 'person-unknown')
  assert.ok(!one.may('groups.manage') && !one.may('register.search') && !one.may('campaign.lists'))
})

test('a member says what came of a visit on the own list alone, and the ward reads it', async () => {
  const [mine, theirs] = [await idOf(house, near['person_number'] ?? ''), await idOf(house, far['person_number'] ?? '')]
  const mark = (who: typeof one, list: typeof third, person: typeof mine, note?: string) =>
    refused(
      who.as('groups.visit', work => markOwnVisit(work, list.listId as never, person, { outcome: 'helped', note })),
    )
  assert.equal(await mark(one, third, mine, 'gọi 0912 345 678'), 'house-list-note-refused')
  assert.equal(await mark(one, fifth, theirs), 'house-list-unknown')
  assert.equal(await mark(one, third, theirs), 'house-list-entry-unknown')
  assert.equal(await mark(stranger, third, mine), 'house-list-unknown')
  assert.equal(await mark(one, third, mine, 'Hẹn chiều thứ Bảy'), 'done')
  const { entries } = await house.as(ward, work => openList(work, third.listId as never))
  assert.deepEqual([entries[0]?.outcome, entries[0]?.note], ['helped', 'Hẹn chiều thứ Bảy'])
})

test('a member whose access the ward ended sees nothing any more', async () => {
  const { access } = await house.as(ward, work => listAccess(work, third.id))
  assert.deepEqual(access.length, 1)
  const id = access[0]?.id ?? assert.fail()
  assert.equal(await refused(house.as(nextWard, work => endAccess(work, id))), 'group-access-unknown')
  await house.as(ward, work => endAccess(work, id))
  assert.deepEqual(await visits(one), [])
  assert.equal((await visits(other)).length, 1)
})
