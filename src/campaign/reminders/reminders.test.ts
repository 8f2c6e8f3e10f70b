import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anActivatedAccount } from '../../../test/an-account.ts'
import { anOfficerOf, aPerson, commune, enter, enterAll, idOf } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import * as audit from '../../audit/audit.ts'
import { consequences } from '../../consequences.ts'
import * as dataProtection from '../../data-protection/data-protection.ts'
import type { Work } from '../../platform/work.ts'
import type * as register from '../../register/register.ts'
import * as campaign from '../campaign.ts'
import { listSeenCampaigns } from '../cohorts/campaigns.ts'
import { chooseFirstPage, readFirstPage } from '../cohorts/first-page.ts'
import { forgetFilter, keepFilter, listFilters } from '../needs/saved-filter.ts'
import { previewReminders, sendReminders } from './reminders.ts'

/** Lists of needs, worked with: looked through, chosen from, reminded, saved; and the campaign of the first page. */

const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
const people = ['Nguyễn Văn Ánh', 'Trần Thị Bảo', 'Lê Ánh Dương', 'Phạm Văn Khánh'].map((name, at) =>
  aPerson({ name, bornOn: `200${4 + (at % 2)}-0${at + 1}-11`, ...(at < 3 && { phone: `091234567${at}` }) }),
)
const stranger = aPerson({ name: 'Đỗ Ánh Xa', bornOn: '2005-05-05', commune: commune.quangHanh, phone: '0912345699' })
await enterAll(house, [...people, stranger])
const ids = await Promise.all([...people, stranger].map(({ person_number }) => idOf(house, person_number)))
const ward = await anOfficerOf(house, commune.haKhanh)
const colleague = await anOfficerOf(house, commune.haKhanh)
const as = <T>(verb: (work: Work) => Promise<T>) => house.as(ward, verb)
const base = {
  title: 'Kịp thi',
  metrics: ['card-handed-over'],
  startsOn: '2023-03-01',
  deadlines: [{ name: 'Thẻ', on: '2023-06-30', proof: 'card-in-hand' }],
  cohort: { bornIn: [2004, 2005] },
}
const messages = () =>
  house.work(async ({ tx }) =>
    tx.selectFrom('outreach.message').select(['person_id', 'body']).where('template', '=', 'need-reminder').execute(),
  )

test('a list is looked through by part of a name without marks, within the scope alone', async () => {
  const { people: found } = await as(work => campaign.searchPeopleInNeed(work, { basis: 'permanent', name: 'anh' }))
  assert.deepEqual(
    found.map(({ name }) => name),
    ['Nguyễn Văn Ánh', 'Lê Ánh Dương', 'Phạm Văn Khánh'],
  )
  const chosen = await as(work => campaign.chooseEverybody(work, { basis: 'permanent', name: 'anh' }))
  assert.deepEqual(
    chosen,
    found.map(({ id }) => id),
  )
})

test('a list in any order is read a page at a time, nobody twice and nobody left out', async () => {
  for (const order of ['name', 'born', 'unit'] as const)
    for (const descending of order === 'unit' ? [false] : [false, true]) {
      const all = await as(work =>
        campaign.searchPeopleInNeed(work, { basis: 'permanent', order, descending }, { limit: 100 }),
      )
      const paged: string[] = []
      for (let after: string | undefined; ; ) {
        const page = await as(work =>
          campaign.searchPeopleInNeed(work, { basis: 'permanent', order, descending }, { limit: 1, after }),
        )
        paged.push(...page.people.map(({ id }) => id))
        if (!page.next) break
        after = page.next
      }
      assert.deepEqual(
        paged,
        all.people.map(({ id }) => id),
        `${order} ${descending}`,
      )
      if (order === 'born') {
        const days = all.people.map(({ born }) => born)
        assert.deepEqual(days, descending ? days.toSorted().reverse() : days.toSorted())
      }
    }
})

test('each row says which campaign means the person and until when it is in time by law', async () => {
  const { id } = await house.work(work => campaign.create(work, { ...base, name: 'kip-thi' }))
  await house.owner(
    `insert into campaign.member (person_id, campaign_id, band, unit_id, in_on, came_by, since)
     select p, $1, 1, $2, '2023-02-28', 'rule', 1 from unnest($3::uuid[]) p`,
    [id, ward.unitId, ids],
  )
  const { people: rows } = await as(work => campaign.searchPeopleInNeed(work, { basis: 'permanent' }))
  assert.deepEqual(rows[0]?.campaigns, ['Kịp thi'])
  const { days } = await as(work => campaign.listSafeDays(work, {}))
  assert.deepEqual(rows[0]?.lastSafeOn, { on: days[0]?.lastSafeOn, deadline: 'Thẻ', what: 'card' })
})

test('a reminder reaches who has a phone, once, however often it is sent; the others are told apart', async () => {
  const preview = await as(work => previewReminders(work, ids))
  assert.equal(preview.reached, 3)
  assert.deepEqual(Object.fromEntries(preview.refused.map(({ why, people: n }) => [why, n])), {
    'no-phone': 1,
    unseen: 1,
  })
  assert.ok(
    preview.texts.every(({ text }) => !text.includes('ANH')),
    'the preview names nobody',
  )
  assert.match(preview.texts[0]?.text ?? '', /lam the can cuoc cong dan/)
  const [one, two] = await Promise.all([
    as(work => sendReminders(work, ids)),
    house.as(colleague, work => sendReminders(work, ids)),
  ])
  assert.deepEqual([one.results.length, one.unseen], [4, 1])
  assert.equal(two.results.length, 4)
  const sent = await messages()
  assert.equal(sent.length, 3, 'two presses at once are one message each')
  const again = await as(work => sendReminders(work, ids))
  assert.deepEqual(
    again.results.map(({ result }) => result),
    ['told-lately', 'told-lately', 'told-lately', 'no-phone'],
  )
  assert.equal((await messages()).length, 3)
})

test('who objects to the use of their data is not reminded until that is refused or withdrawn', async () => {
  const objector = await enter(house, aPerson({ name: 'Hà Văn Thôi', bornOn: '2005-06-11', phone: '0912345600' }))
  const ownPage = { by: { kind: 'citizen', id: objector }, scope: 'house', purpose: 'own-page' } as const
  const reached = async () => (await as(work => previewReminders(work, [objector]))).reached
  const file = (kind: dataProtection.RequestKind) =>
    house.as(ownPage, work =>
      dataProtection.fileRequest(work, { personId: objector, kind, words: 'Đề nghị không nhắn tin', way: 'own-page' }),
    )
  await file('see')
  assert.equal(await reached(), 1)
  const asked = await file('object')
  assert.equal(await reached(), 0)
  const { results } = await as(work => sendReminders(work, [objector]))
  assert.deepEqual(results, [{ person: objector, result: 'declined' }])
  await house.as(ownPage, work => dataProtection.withdrawRequest(work, objector, asked.id))
  assert.equal(await reached(), 1)
  const restricted = await file('restrict')
  assert.equal(await reached(), 0)
  await as(work =>
    dataProtection.answerRequest(work, restricted.id, {
      outcome: 'refused',
      ground: 'kept-by-law',
      answer: 'Việc nhắc theo nhiệm vụ luật giao nên vẫn tiếp tục',
    }),
  )
  assert.equal(await reached(), 1)
})

test('a reminder that is made at night goes out in the morning', async () => {
  const preview = await as(work => previewReminders({ ...work, now: new Date('2023-04-20T15:30:00Z') }, [ids[3]!]))
  assert.equal(preview.sendsAt?.toISOString(), '2023-04-21T00:00:00.000Z')
  const early = await as(work => previewReminders({ ...work, now: new Date('2023-04-20T03:00:00Z') }, [ids[3]!]))
  assert.equal(early.sendsAt, undefined)
})

test('a filter is saved by name for its officer alone, and holds no number', async () => {
  const filter = { can: 'card', sinh: '2004,2005', lop: '12A1' }
  await as(work => keepFilter(work, { list: 'needs', name: 'Lớp 12 chưa thẻ', filter }))
  await as(work => keepFilter(work, { list: 'needs', name: 'Lớp 12 chưa thẻ', filter: {} }))
  assert.deepEqual(
    (await as(listFilters)).map(({ name, filter: kept }) => [name, kept]),
    [['Lớp 12 chưa thẻ', {}]],
  )
  assert.deepEqual(await house.as(colleague, listFilters), [])
  const [{ id } = { id: '' }] = await as(listFilters)
  await house.as(colleague, work => forgetFilter(work, id))
  assert.equal((await as(listFilters)).length, 1)
  const wrongs: { name: string; filter: Record<string, string> }[] = [
    { name: 'Em 022 205 001 934', filter },
    { name: 'Một em', filter: { lop: '0912 345 670' } },
    { name: 'Tên', filter: { ten: 'Nguyễn Văn Ánh' } },
  ]
  for (const wrong of wrongs)
    await refusal(
      as(work => keepFilter(work, { list: 'needs', ...wrong })),
      'filter-personal',
    )
})

test('a new campaign is offered to a unit and does not take over its first page', async () => {
  const first = () => as(async work => readFirstPage(work, await listSeenCampaigns(work)))
  const before = await first()
  const fresh = await house.work(work => campaign.create(work, { ...base, name: 'moi-hon', title: 'Mới hơn' }))
  assert.deepEqual(await first(), { campaign: before.campaign, fresher: fresh.id })
  await as(work => chooseFirstPage(work, campaign.asCampaignId(before.campaign ?? '')))
  assert.deepEqual(await first(), { campaign: before.campaign, fresher: null }, 'kept, and offered no more')
  await as(work => chooseFirstPage(work, campaign.asCampaignId(fresh.id)))
  assert.equal((await first()).campaign, fresh.id)
  const other = await anOfficerOf(house, commune.quangHanh)
  const there = await house.as(other, async work => readFirstPage(work, await listSeenCampaigns(work)))
  assert.equal(there.campaign, before.campaign, 'each unit chooses for itself')
})

test('a reminder names the other ways in order: further phones, the mailbox, a letter to the home', async () => {
  const holder = await anActivatedAccount(house, {
    name: 'Vi Thị Thư',
    bornOn: '2005-06-12',
    residence_address: 'Số 7, tổ 3, khu 5',
  })
  await house.owner(`update accounts.account set email = 'thu@example.vn' where id = $1`, [holder.accountId])
  await house.owner(
    `insert into register.phone (person_id, phone) values ($1, '+84987111222') on conflict do nothing`,
    [holder.personId],
  )
  const { results } = await as(work => sendReminders(work, [holder.personId as register.PersonId]))
  assert.deepEqual(
    results.map(({ result }) => result),
    ['queued'],
  )
  const [sent] = await house.owner<{ ways: { kind: string; address: string }[] }>(
    `select other_ways as ways from outreach.message where person_id = $1 and template = 'need-reminder'`,
    [holder.personId],
  )
  assert.deepEqual(sent?.ways.filter(({ address }) => address === '+84987111222').length, 1)
  assert.deepEqual(
    sent?.ways.slice(-2).map(({ kind, address }) => [kind, address]),
    [
      ['email', 'thu@example.vn'],
      ['letter', 'Vi Thị Thư, Số 7, tổ 3, khu 5, Phường Hà Khánh, Thành phố Hạ Long, Tỉnh Quảng Ninh'],
    ],
  )
})
