import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOfficerOf, aPerson, commune, enter, enterAll, idOf } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import { addDays, asDay } from '../../platform/day.ts'
import { asId, newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { type Authority, makeOpenWork } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { jobs } from '../jobs.ts'
import type { GroupInput, VisitListInput } from './contract.ts'
import type { GroupId, VisitListId } from './group.ts'
import * as groups from './groups.ts'
import * as lists from './visit-list.ts'

const house = await openHouse({ withUnits: true })

const today = asDay('2023-04-20')
const unitOf = (code: string) => house.work(async work => (await units.findUnitOn(work, code, today))!.id)
const [haKhanh, haPhong] = [await unitOf(commune.haKhanh), await unitOf(commune.haPhong)]
const ward: Authority = { ...(await anOfficerOf(house, commune.haKhanh)), purpose: 'campaign' }
const district: Authority = { ...(await anOfficerOf(house, '193')), purpose: 'campaign' }
const nextWard: Authority = await anOfficerOf(house, commune.haPhong)
const anotherDistrict: Authority = await anOfficerOf(house, '195')
const later = (days: number) =>
  makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => addDays(today, days) })
const refused = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

// Who lives where
// ---------------------------------------------------------------------------------------------------------

const at = (residence_address: string, name: string, more: Parameters<typeof aPerson>[0] = {}) =>
  aPerson({ name, bornOn: '1990-05-05', residence_address, ...more })
const [nearOne, nearTwo, farOne, noAddress, dead, elsewhere] = [
  at('Số 12, đường Trần Phú, tổ 5, khu 3', 'Nguyễn Văn An'),
  at('Số 2, đường Trần Phú, tổ 5, khu 3', 'Trần Thị Bình', { sex: 'F', phone: '0912345678' }),
  at('Tổ 1, khu 30', 'Lê Văn Cường'),
  at('', 'Phạm Thị Dung', { sex: 'F' }),
  at('Tổ 5, khu 3', 'Hoàng Văn Em', { life_status: 'dead' }),
  at('Tổ 5, khu 3', 'Vũ Thị Giang', { sex: 'F', commune: commune.haPhong }),
]
const everyone = [nearOne, nearTwo, farOne, noAddress, dead, elsewhere]
await enterAll(house, everyone)

const leader = { role: 'leader', fullName: 'Tô Thị Lan', phone: '0912 345 678' } as const
const member = { role: 'member', fullName: 'Đỗ Văn Mạnh' } as const
let made = 0
const given = (more: Partial<GroupInput> = {}): GroupInput => {
  made += 1
  return { name: `Tổ công nghệ số khu 3, số ${made}`, quarter: 'Khu 3', members: [leader, member], ...more }
}
const setUp = (more: Partial<GroupInput> = {}, by: Authority = ward) =>
  house.as(by, work => groups.setUpGroup(work, given(more)))
const asked = (more: Partial<VisitListInput> = {}): VisitListInput => ({
  lacking: ['card', 'account'],
  within: 'quarter',
  why: 'Vận động làm thẻ trước kỳ thi',
  ...more,
})
const make = (id: GroupId, more: Partial<VisitListInput> = {}, by: Authority = ward) =>
  house.as(by, work => lists.makeList(work, id, asked(more)))
const open = (id: string, by: Authority = ward) => house.as(by, work => lists.openList(work, id as VisitListId))
const mark = (id: string, person: string, said: lists.EntryMark, by: Authority = ward) =>
  house.as(by, work => lists.markEntry(work, id as VisitListId, asId<'person'>(person), said))
const end = (id: string) => house.as(ward, work => lists.endList(work, id as VisitListId))
const namesOn = async (id: string) => (await open(id)).entries.map(({ name }) => name)

test('a group belongs to a commune, has one leader, and its phones are read as phones', async () => {
  const id = await setUp()
  const group = await house.as(ward, work => groups.openGroup(work, id))
  assert.deepEqual([group.unit.id, group.leader, group.members], [haKhanh, 'Tô Thị Lan', 2])
  assert.deepEqual(
    group.people.map(({ role, phone }) => [role, phone]),
    [
      ['leader', '+84912345678'],
      ['member', undefined],
    ],
  )

  await assert.rejects(setUp({ members: [member] }), refused('group-leader-needed'))
  await assert.rejects(
    setUp({ members: [leader, { ...leader, fullName: 'Tô Thị Mai' }] }),
    refused('group-leader-needed'),
  )
  await assert.rejects(
    setUp({ members: [{ ...leader, phone: '12345' }] }),
    (error: unknown) =>
      refused('group-phone-malformed')(error) &&
      assert.deepEqual((error as Problem).facts, { rows: [1] }) === undefined,
  )
  await assert.rejects(setUp({}, district), refused('group-unit-refused'), 'a district is no commune')
  await assert.rejects(setUp({ unit: haPhong }), refused('group-unit-refused'))
  assert.ok(await setUp({ unit: haPhong }, district))
  await assert.rejects(setUp({ name: group.name }), refused('group-exists'))
})

test('a member who is left out of a group is deleted, and so are all when the group ends', async () => {
  const id = await setUp()
  await house.as(ward, work => groups.changeGroup(work, id, { ...given(), members: [{ ...member, role: 'leader' }] }))
  const kept = () =>
    house.owner<{ full_name: string }>('select full_name from campaign.community_group_member where group_id = $1', [
      id,
    ])
  assert.deepEqual(await kept(), [{ full_name: 'Đỗ Văn Mạnh' }])
  await house.as(ward, work => groups.endGroup(work, id))
  assert.deepEqual(await kept(), [])
  await assert.rejects(make(id), refused('group-ended'))
  assert.equal(
    (await house.as(ward, work => groups.listGroups(work))).at(-1)?.endedOn,
    today,
    'it is still told that there was one',
  )
})

test('a visit list has the quarter’s residents who lack something; those elsewhere are counted apart', async () => {
  const { list, elsewhere: others } = await make(await setUp())
  assert.deepEqual(await namesOn(list.id), ['Trần Thị Bình', 'Nguyễn Văn An'])
  assert.equal(others, 2, 'khu 30, and an address that names no quarter; the dead and the next ward are not meant')
  const [first] = (await open(list.id)).entries
  assert.deepEqual([first?.address, first?.lacking], ['Số 2, đường Trần Phú, tổ 5, khu 3', ['card', 'account']])
  assert.equal(list.expiresOn, '2023-05-04')
  await end(list.id)
})

test('a visit list has no personal number, birth date or phone', async () => {
  const { list } = await make(await setUp(), { within: 'commune' })
  const text = JSON.stringify(await open(list.id))
  for (const person of everyone) assert.ok(!text.includes(person.person_number), person.full_name)
  assert.doesNotMatch(text, /1990|0912|\+84|born|phone|number/)
  await end(list.id)
})

test('a visit list can cover the whole commune, and one need alone', async () => {
  const id = await setUp()
  const { list, elsewhere: others } = await make(id, { within: 'commune', lacking: ['account'] })
  assert.deepEqual([list.counts.people, others], [4, 0])
  assert.deepEqual((await open(list.id)).entries[0]?.lacking, ['account'])
  await end(list.id)
  await assert.rejects(make(id, { lacking: ['level-2'] }), refused('house-list-empty'))
})

test('nobody is on two visit lists at a time; ending a list frees its people', async () => {
  const [one, other] = [await setUp(), await setUp()]
  const { list } = await make(one)
  await assert.rejects(
    make(other),
    (error: unknown) => refused('house-list-empty')(error) && (error as Problem).facts['listedAlready'] === 2,
  )
  const rest = await make(other, { within: 'commune' })
  assert.deepEqual([rest.list.counts.people, rest.listedAlready], [2, 2])
  await end(list.id)
  await end(rest.list.id)
  const again = await make(other)
  assert.equal(again.list.counts.people, 2)
  await end(again.list.id)
})

test('who is away until the list is over is not on it; who comes back sooner is marked for the officer', async () => {
  const [away, back] = [await idOf(house, nearOne.person_number), await idOf(house, nearTwo.person_number)]
  const absent = (personId: string, until: string) =>
    house.owner(
      `insert into register.absence (person_id, id, unit_id, from_on, to_on, reason, destination, declared_by, way,
         recorded_on, recorded_by)
       values ($1, gen_random_uuid(), $2, '2023-04-01', $3, 'work', 'Bắc Ninh', 'self', 'counter', '2023-04-01', 'x')`,
      [personId, haKhanh, until],
    )
  await absent(away, '2023-05-04')
  await absent(back, '2023-05-03')
  const { list, away: left } = await make(await setUp())
  assert.equal(left, 1)
  const { entries } = await open(list.id)
  assert.deepEqual(
    entries.map(({ person, awayUntil }) => [person, awayUntil]),
    [[back, '2023-05-03']],
  )
  await end(list.id)
  await house.owner('delete from register.absence')
})

test('a campaign’s visit list has the members of that campaign alone', async () => {
  const [campaignId, personId] = [newId<'campaign'>(), await idOf(house, nearOne.person_number)]
  await house.owner(
    `insert into campaign.campaign (id, name, title, unit_id, basis, starts_on, metrics, state, version, created_on,
          created_at)
     values ($1, 'thi-2023', 'Thẻ trước kỳ thi 2023', $2, 'permanent', '2023-04-01', '{account-activated}', 'open', 1,
         '2023-04-01', now())`,
    [campaignId, haKhanh],
  )
  await house.owner(
    `insert into campaign.member (person_id, campaign_id, band, unit_id, in_on, came_by, since)
      values ($1, $2, 1, $3, '2023-04-01', 'rule', 0)`,
    [personId, campaignId, haKhanh],
  )
  const { list } = await make(await setUp(), { campaign: campaignId, within: 'commune' })
  assert.deepEqual([await namesOn(list.id), list.campaignTitle], [['Nguyễn Văn An'], 'Thẻ trước kỳ thi 2023'])
  await end(list.id)
  await assert.rejects(make(await setUp(), { campaign: newId<'campaign'>() }), refused('campaign-unknown'))
})

test('the outcome of each call is marked with day and note, summed, and can be withdrawn', async () => {
  const { list } = await make(await setUp(), { within: 'commune' })
  const people = (await open(list.id)).entries.map(({ person }) => person)
  const [a = '', b = '', c = '', d = ''] = people
  await mark(list.id, a, { outcome: 'helped', note: 'Đã kích hoạt tại nhà' })
  await mark(list.id, b, { outcome: 'not-at-home' })
  await mark(list.id, c, { outcome: 'refused', note: 'Hẹn sau kỳ thi' })
  assert.deepEqual(await mark(list.id, d, { outcome: 'moved' }), {
    people: 4,
    waiting: 0,
    visited: 0,
    helped: 1,
    refused: 1,
    moved: 1,
    'not-at-home': 1,
  })
  const counts = await mark(list.id, b, {})
  assert.deepEqual([counts.waiting, counts['not-at-home']], [1, 0])
  const entry = (await open(list.id)).entries.find(({ person }) => person === a)
  assert.deepEqual([entry?.outcome, entry?.onDay, entry?.note], ['helped', today, 'Đã kích hoạt tại nhà'])

  await assert.rejects(
    mark(list.id, b, { outcome: 'visited', note: 'gọi 0912 345 678' }),
    refused('house-list-note-refused'),
  )
  await assert.rejects(mark(list.id, b, { outcome: 'visited', onDay: '2023-04-19' }), refused('house-list-day-refused'))
  await assert.rejects(mark(list.id, b, { outcome: 'visited', onDay: '2023-04-21' }), refused('house-list-day-refused'))
  await assert.rejects(
    mark(list.id, await idOf(house, elsewhere.person_number), { outcome: 'visited' }),
    refused('house-list-entry-unknown'),
  )
  await end(list.id)
})

test('each making of a list is a deed with its purpose, and each reading of it is noted', async () => {
  const { list } = await make(await setUp())
  const [deed] = await house.owner<{ deed: string; purpose: string; facts: Record<string, unknown> }>(
    'select deed, purpose, facts from audit.deed where subject_id = $1',
    [list.id],
  )
  assert.deepEqual(
    [deed?.deed, deed?.purpose, deed?.facts['why'], deed?.facts['people']],
    ['house-list.made', 'campaign', 'Vận động làm thẻ trước kỳ thi', 2],
  )
  const personId = await idOf(house, nearOne.person_number)
  const readings = () =>
    house.owner<{ fields: string }>(`select fields from audit.access where person_id = $1 and fields like 'name,%'`, [
      personId,
    ])
  const before = (await readings()).length
  await open(list.id)
  assert.equal((await readings()).length, before + 1)
  await end(list.id)
})

test('a visit list lasts no longer than the rule of its day says', async () => {
  const group = await setUp()
  await assert.rejects(make(group, { days: 61 }), refused('house-list-lasts-too-long'))
  const { list } = await make(group, { days: 60 })
  await end(list.id)
})

test('after its last day a visit list shows nothing and refuses marks; its entries go, the counts stay', async () => {
  const { list } = await make(await setUp(), { days: 7 })
  const [first] = (await open(list.id)).entries
  await mark(list.id, first?.person ?? '', { outcome: 'helped' })
  const asOf = later(8)
  const seen = await asOf(ward, work => lists.openList(work, list.id as VisitListId))
  assert.deepEqual([seen.list.over, seen.entries, seen.list.counts.helped], [true, [], 1])
  await assert.rejects(
    asOf(ward, work =>
      lists.markEntry(work, list.id as VisitListId, asId<'person'>(first?.person ?? ''), { outcome: 'visited' }),
    ),
    refused('house-list-over'),
  )

  const entries = () => house.owner('select person_id from campaign.house_list_entry where list_id = $1', [list.id])
  const forget = (openWork: typeof asOf) =>
    jobs(openWork)['forget-house-lists']?.({}, { attempt: 1, log: console as never })
  await forget(later(7))
  assert.equal((await entries()).length, 2, 'its last day is not over')
  await forget(asOf)
  assert.equal((await entries()).length, 0)
  const after = await asOf(ward, work => lists.openList(work, list.id as VisitListId))
  assert.deepEqual([after.list.counts.helped, after.list.counts.waiting, after.list.counts.people], [1, 1, 2])
  assert.equal(
    (
      await house.owner<{ deed: string }>(
        'select deed from audit.deed where subject_id = $1 order by at desc, seq desc limit 1',
        [list.id],
      )
    )[0]?.deed,
    'house-list.forgotten',
  )
})

test('a person staying elsewhere is not at home here, and a lodger is', async () => {
  const [away, lodger] = [
    at('Tổ 7, khu 9', 'Ngô Văn Xa'),
    at('Tổ 7, khu 9', 'Lý Thị Trọ', { sex: 'F', residence_kind: 'temporary' }),
  ]
  const id = await enter(house, away)
  await enter(house, lodger)
  await house.owner(
    `insert into register.residence (person_id, id, kind, unit_id, address, from_on)
      values ($1, $2, 'current', $3, 'Tổ 2, khu 9', '2023-01-01')`,
    [id, newId(), haPhong],
  )
  const { list } = await make(await setUp({ quarter: 'khu 9' }))
  assert.deepEqual(await namesOn(list.id), ['Lý Thị Trọ'])
  await end(list.id)
})

test('a person who moved away since is no longer shown by name', async () => {
  const mover = at('Tổ 1, khu 7', 'Tạ Văn Dời')
  const id = await enter(house, mover)
  const { list } = await make(await setUp({ quarter: 'khu 7' }))
  await house.owner(`update register.residence set to_on = '2023-04-20' where person_id = $1`, [id])
  const { entries } = await open(list.id)
  assert.deepEqual(entries, [{ person: id, place: 1, lacking: ['card', 'account'] }])
  await end(list.id)
})

test('another ward and another district see neither a group’s members nor its visit lists', async () => {
  const id = await setUp()
  const { list } = await make(id)
  assert.equal((await open(list.id, district)).entries.length, 2, 'the district of the commune does')
  for (const stranger of [nextWard, anotherDistrict]) {
    await assert.rejects(
      house.as(stranger, work => groups.openGroup(work, id)),
      refused('group-unknown'),
    )
    await assert.rejects(open(list.id, stranger), refused('house-list-unknown'))
    await assert.rejects(mark(list.id, list.id, { outcome: 'visited' }, stranger), refused('house-list-unknown'))
    await assert.rejects(make(id, {}, stranger), refused('group-unknown'))
    for (const table of ['community_group', 'community_group_member', 'house_list', 'house_list_entry']) {
      const rows = await house.as(
        stranger,
        async ({ tx }) =>
          (
            await tx
              .selectFrom(`campaign.${table}` as never)
              .selectAll()
              .where('unit_id' as never, '=', haKhanh as never)
              .execute()
          ).length,
      )
      assert.equal(rows, 0, table)
    }
  }
  await end(list.id)
})
