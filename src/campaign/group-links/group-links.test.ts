import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { anOfficerOf, aPerson, commune, enterAll, idOf } from '../../../test/builders.ts'
import { FormBrowser } from '../../../test/form-browser.ts'
import { openHouse } from '../../../test/house.ts'
import { assertChangesNothing } from '../../../test/unchanged-tables.ts'
import { linkAuthority, openWithPin } from '../../access-links/access-links.ts'
import * as audit from '../../audit/audit.ts'
import { consequences } from '../../consequences.ts'
import { asDay } from '../../platform/day.ts'
import { makeServer } from '../../platform/http/server.ts'
import { Problem } from '../../platform/problem.ts'
import * as register from '../../register/register.ts'
import { endGroup, setUpGroup } from '../groups/groups.ts'
import { makeList, openList } from '../groups/visit-list.ts'
import { issueGroupLink, listGroupLinks, renewGroupLink, revokeGroupLink } from './group-links.ts'
import { groupLinkRoutes } from './routes.ts'

/** Two groups of Hà Khánh, each out with a list; a member of the first opens it by a link, without script. */
const house = await openHouse({ withUnits: true })
audit.setConsequences(consequences)
const ward = { ...(await anOfficerOf(house, commune.haKhanh)), purpose: 'campaign' }
const nextWard = await anOfficerOf(house, commune.haPhong)
const resident = (name: string, quarter: string) =>
  aPerson({ name, bornOn: '1990-02-03', residence_address: `Số 5, ${quarter}` })
const [near, far] = [resident('Giáp Thị Ba', 'Khu 3'), resident('Ninh Văn Năm', 'Khu 5')]
await enterAll(house, [near, far])
const groupOf = (quarter: string) =>
  house.as(ward, async work => {
    const id = await setUpGroup(work, {
      ...{ name: `Tổ ${quarter}`, quarter, members: [{ role: 'leader', fullName: 'Trần Thị Tổ' }] },
    })
    const { list } = await makeList(work, id, { lacking: ['card'], within: 'quarter', why: 'Vận động làm thẻ' })
    return { id, listId: list.id }
  })
const [third, fifth] = [await groupOf('Khu 3'), await groupOf('Khu 5')]
const until = asDay('2023-05-20')
const issue = (group = third, by = ward) =>
  house.as(by, work => issueGroupLink(work, group.id, { holder: 'Anh Mạnh', until }))
const refused = (step: Promise<unknown>) =>
  step.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  )
const app = await makeServer({ log: false as never, origin: 'http://localhost', trustProxy: false })
await groupLinkRoutes({ app, origin: 'http://localhost', openWork: () => assert.fail() } as never, {
  openWork: house.openWork,
  isDemonstration: () => false,
})
after(() => app.close())
const link = await issue()
const page = `/group/${link.token}`
const browser = new FormBrowser(() => app, '10.2.0.1')

test('a preview of the link shows no group, no street and nobody', async () => {
  const { body } = await browser.get(page)
  assert.match(body, /Nhập mã PIN/)
  for (const hidden of ['Khu 3', 'Mạnh', 'Giáp']) assert.ok(!body.includes(hidden), hidden)
})

test('a member sees the own group’s list: name, address, what is lacking, and no number', async () => {
  await browser.fill(page, { pin: link.pin ?? '' }, `${page}/pin`)
  const { body } = await browser.get(page)
  assert.match(
    body,
    /<strong id="n-([^"]*)">Giáp Thị Ba<\/strong><small>Số 5, Khu 3<\/small>.*aria-describedby="n-\1"/s,
  )
  assert.match(body, /làm thẻ/)
  const id = await idOf(house, near['person_number'] ?? '')
  for (const hidden of [near['person_number'], '1990', far['full_name'], id])
    assert.ok(!body.includes(hidden ?? ''), hidden)
})

test('a result is kept by one tap, with a note that holds no number, and taken back', async () => {
  const shown = await browser.get(page)
  const row = /name="row" value="([^"]*)"/.exec(shown.body)?.[1] ?? ''
  const say = (fields: Record<string, string>, to = 'result') =>
    browser.send(`${page}/${to}`, shown, { key: JSON.stringify(fields), row, ...fields })
  const first = await say({ outcome: 'helped' })
  assert.equal(first.headers.location, `${page}?last=${row}#p-${row}`)
  assert.match((await browser.get(`${page}?last=${row}`)).body, /Hoàn tác: Giáp Thị Ba/)
  const number = await say({ outcome: 'visited', note: 'gọi 0912 345 678' })
  assert.equal(number.statusCode, 422)
  const kept = async () => (await house.as(ward, work => openList(work, third.listId as never))).entries[0]
  assert.deepEqual([(await kept())?.outcome, (await kept())?.note], ['helped', undefined])
  await say({}, 'undo')
  assert.equal((await kept())?.outcome, undefined)
  const deeds = await house.owner<{ by_kind: string; by_id: string }>(
    `select by_kind, by_id from audit.deed where deed like 'house-call.%'`,
  )
  assert.deepEqual(new Set(deeds.map(one => `${one.by_kind} ${one.by_id}`)), new Set([`group-link ${link.id}`]))
})

test('looking changes nothing: the list, a door, its state', async () => {
  const row = /name="row" value="([^"]*)"/.exec((await browser.get(page)).body)?.[1] ?? ''
  await assertChangesNothing(house, async () => {
    for (const url of [page, `${page}?last=${row}`, `${page}/row/${row}`, `${page}/row/x`, `${page}/state`])
      assert.ok((await browser.get(url)).statusCode < 400, url)
    for (const url of ['/group/offline', '/group/link-worker.js']) await browser.get(url)
  })
})

test('what to explain and how to help stand on a page of their own', async () => {
  const shown = await browser.get(page)
  const row = /name="row" value="([^"]*)"/.exec(shown.body)?.[1] ?? ''
  const { body } = await browser.get(`${page}/row/${row}`)
  assert.match(body, /Giải thích gì/)
  assert.match(body, /Lần đầu không mất phí/)
})

test('the database shows a link no other group’s list and no person, and nothing once it is revoked', async () => {
  const authority = linkAuthority({ kind: 'group', linkId: link.id, unitId: null }, 'campaign')
  const lists = () => house.as(authority, ({ tx }) => tx.selectFrom('campaign.house_list').select('id').execute())
  assert.deepEqual(await lists(), [{ id: third.listId }])
  const id = await idOf(house, near['person_number'] ?? '')
  assert.equal(await refused(house.as(authority, work => register.getSummary(work, id))), 'person-unknown')
  const foreign = await browser.send(`${page}/result`, await browser.get(page), {
    ...{ key: 'f', row: `${fifth.listId}.1`, outcome: 'moved' },
  })
  assert.equal(foreign.statusCode, 404)
  assert.equal(await refused(house.as(nextWard, work => revokeGroupLink(work, link.id))), 'access-link-unknown')
  await house.as(ward, work => revokeGroupLink(work, link.id))
  assert.deepEqual(await lists(), [])
  assert.match((await browser.get(page)).body, /Nhập mã PIN/)
})

test('a renewed link of a group has another address and PIN, and the old address opens nothing', async () => {
  const former = await issue()
  const renew = (by: typeof ward) => house.as(by, work => renewGroupLink(work, former.id, asDay('2023-06-20')))
  assert.equal(await refused(renew({ ...nextWard, purpose: 'campaign' })), 'access-link-unknown')
  const next = await renew(ward)
  const open = (token: string, pin = '') =>
    openWithPin(house.openWork, { kind: 'group', token, pin, caller: { device: 'd'.repeat(43) } })
  const old = await open(former.token, former.pin)
  assert.equal(old.outcome === 'ended' && old.why, 'renewed')
  assert.equal((await open(next.token, next.pin)).outcome, 'opened')
  const { links } = await house.as(ward, work => listGroupLinks(work, third.id))
  assert.deepEqual(
    links.filter(({ state }) => state === 'in-force').map(({ id, holder, until: last }) => [id, holder, last]),
    [[next.id, 'Anh Mạnh', '2023-06-20']],
  )
})

test('a group that is no more has no link, and gets none', async () => {
  await issue(fifth)
  await house.as(ward, work => endGroup(work, fifth.id))
  const { links } = await house.as(ward, work => listGroupLinks(work, fifth.id))
  assert.deepEqual(
    links.map(({ state }) => state),
    ['revoked'],
  )
  assert.equal(await refused(issue(fifth)), 'group-ended')
  assert.equal(await refused(issue(third, nextWard)), 'group-unknown')
})
