import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { anOfficerOf, commune } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import { refusal } from '../../test/planned-ward.ts'
import * as audit from '../audit/audit.ts'
import { openRequests, type SignedIn } from '../platform/http/serve-endpoint.ts'
import { makeServer } from '../platform/http/server.ts'
import { newId } from '../platform/ids.ts'
import { openLog } from '../platform/log.ts'
import { type Authority, asSystem } from '../platform/work.ts'
import type * as units from '../units/units.ts'
import * as outreach from './outreach.ts'
import { routes } from './routes.ts'
import { aSending, mailbox, ordinary, phone, someone } from './sending.fixture.ts'

const house = await openHouse({ withUnits: true })
let ward: Authority & { unitId: units.UnitId }
let other: typeof ward

before(async () => {
  ward = await anOfficerOf(house, commune.haKhanh)
  other = await anOfficerOf(house, commune.quangHanh)
})

/** Runs of the sender that were queued with a message: in its transaction, so at its moment. */
const jobsOf = (id: string) =>
  house.owner<{ key: string | null; payload: unknown }>(
    `select j.key, j.payload from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id and t.identifier = 'send-messages'
      join outreach.message m on m.queued_at = j.run_at where m.id = $1`,
    [id],
  )
const stored = async (id: string) =>
  (await house.owner<Record<string, unknown>>('select * from outreach.message where id = $1', [id]))[0] ??
  assert.fail('no message')
const ofWard = (given: Parameters<typeof aSending>[0] = {}) =>
  aSending({ about: { kind: 'application', id: newId(), personId: newId<'person'>(), unitId: ward.unitId }, ...given })

test('a message is queued with the deed that causes it, and its job with it', async () => {
  const sending = ofWard()
  const id = await house.as(ward, work => outreach.sendMessage(work, sending))

  const row = await stored(id)
  assert.deepEqual(
    [row['state'], row['address'], row['person_id'], row['about_id'], row['page']],
    ['queued', mailbox, sending.about.personId, sending.about.id, 'page' in sending.facts && sending.facts.page],
  )
  assert.match(String(row['body']), new RegExp(`công dân ${someone} được trả lại`))
  assert.deepEqual(await jobsOf(id), [{ key: null, payload: {} }])
  const deed = await house.as(ward, work => audit.lastDeedOn(work, id))
  assert.equal(deed?.deed, 'message.queued')
  assert.deepEqual(deed?.facts, {
    template: 'application-returned',
    language: 'vi',
    to: 'email',
    about: { kind: 'application', id: sending.about.id },
  })
})

test('a failed change sends nothing, and its key stays free', async () => {
  const key = `returned:${newId()}:1`
  let lost = ''
  await assert.rejects(
    house.as(ward, async work => {
      lost = await outreach.sendMessage(work, ofWard({ key }))
      throw new Error('the deed failed')
    }),
    /the deed failed/,
  )
  assert.deepEqual(await house.owner('select from outreach.message where id = $1', [lost]), [])
  assert.deepEqual(await jobsOf(lost), [])
  assert.ok(await stored(await house.as(ward, work => outreach.sendMessage(work, ofWard({ key })))))
})

test('one key sends one message: later, in one work, and from two works at a time', async () => {
  const key = `returned:${newId()}:1`
  const first = await house.as(ward, work => outreach.sendMessage(work, ofWard({ key })))
  assert.equal(await house.as(other, work => outreach.sendMessage(work, ofWard({ key }))), first)

  const twin = `returned:${newId()}:2`
  const [one, two, apart] = await house.as(ward, work =>
    outreach.sendMessages(work, [ofWard({ key: twin }), ofWard({ key: twin }), ofWard()]),
  )
  assert.equal(one, two)
  assert.notEqual(one, apart)
  const raced = `returned:${newId()}:3`
  const ids = await Promise.all(
    [1, 2, 3, 4].map(() => house.as(ward, work => outreach.sendMessage(work, ofWard({ key: raced })))),
  )
  assert.equal(new Set(ids).size, 1)
  const rows = await house.owner('select from outreach.message where id = any ($1)', [[first, one, two, ...ids]])
  assert.equal(rows.length, 3)
})

test('a phone is kept in E.164, and its text has no marks; English is sent in English', async () => {
  const id = await house.as(ward, work =>
    outreach.sendMessage(work, ofWard({ to: { kind: 'phone', number: phone }, language: 'en' })),
  )
  const row = await stored(id)
  assert.equal(row['address'], '+84912345123')
  assert.match(String(row['body']), /^Application HN-0193-000127 of NGUYEN THI QUYNH HUONG was returned/)
})

test('an unusable address makes the message undeliverable at once and does not stop the change', async () => {
  const bad: readonly (readonly [outreach.Recipient, string])[] = [
    [{ kind: 'email', address: 'quynh.huong' }, 'address-malformed'],
    [{ kind: 'email', address: 'a@example.vn, b@example.vn' }, 'address-malformed'],
    [{ kind: 'email', address: 'a@example.vn\r\nBcc: all@example.vn' }, 'address-malformed'],
    [{ kind: 'email', address: '"a\\"@x"@example.vn' }, 'address-malformed'],
    [{ kind: 'phone', number: '0912' }, 'phone-malformed'],
    [{ kind: 'phone', number: '' }, 'phone-malformed'],
    [{ kind: 'phone', number: '0203 3825 125' }, 'phone-landline'],
  ]
  for (const [to, code] of bad) {
    const id = await house.as(ward, work => outreach.sendMessage(work, ofWard({ to })))
    const row = await stored(id)
    assert.deepEqual([row['state'], row['code'], row['attempts']], ['undeliverable', code, 0], JSON.stringify(to))
    assert.deepEqual(await jobsOf(id), [])
    assert.equal((await house.as(ward, work => audit.lastDeedOn(work, id)))?.deed, 'message.undeliverable')
    await refusal(
      house.as(ward, work => outreach.retryMessage(work, id)),
      'message-address-unusable',
    )
  }
})

test('a message is visible to its unit only; one of no unit to the whole-house scope only', async () => {
  const sending = ofWard()
  const id = await house.as(ward, work => outreach.sendMessage(work, sending))
  const about = { kind: 'application', id: sending.about.id }
  assert.deepEqual(
    (await house.as(ward, work => outreach.messagesAbout(work, about))).map(message => message.id),
    [id],
  )
  assert.deepEqual(await house.as(other, work => outreach.messagesAbout(work, about)), [])
  assert.deepEqual(await house.as({ ...ward, scope: 'none' }, work => outreach.messagesAbout(work, about)), [])
  await refusal(
    house.as(other, work => outreach.getMessage(work, id)),
    'message-unknown',
  )
  await refusal(
    house.as(other, work => outreach.retryMessage(work, id)),
    'message-unknown',
  )

  const ofNobody = await house.as(asSystem('test', 'none'), work =>
    outreach.sendMessage(work, aSending({ about: { kind: 'application', id: newId() } })),
  )
  await refusal(
    house.as(ward, work => outreach.getMessage(work, ofNobody)),
    'message-unknown',
  )
  const { message } = await house.work(work => outreach.getMessage(work, ofNobody))
  assert.deepEqual([message.personId, (await stored(ofNobody))['person_id']], [null, ofNobody])
})

test('reading a message is noted in the access log; reading a list, which names nobody, is not', async () => {
  const sending = ofWard()
  const id = await house.as(ward, work => outreach.sendMessage(work, sending))
  const readers = () =>
    house.owner('select by_id, fields from audit.access where person_id = $1', [sending.about.personId])
  await house.as(ward, work => outreach.listMessages(work, {}))
  assert.deepEqual(await readers(), [])
  await house.as(ward, work => outreach.getMessage(work, id))
  assert.deepEqual(await readers(), [{ by_id: ward.by.id, fields: 'message' }])
})

test('jobs, deeds and the message list contain nothing personal', async () => {
  const id = await house.as(ward, work => outreach.sendMessage(work, ofWard({ to: { kind: 'phone', number: phone } })))
  const told = JSON.stringify([
    await jobsOf(id),
    await house.as(ward, work => audit.deedsOf(work, id)),
    await house.as(ward, work => outreach.listMessages(work, { state: 'queued' })),
  ])
  assert.ok(told.includes(id))
  for (const secret of ['912345123', someone, 'QUYNH HUONG', 'chụp lại', 'HN-0193'])
    assert.ok(!told.includes(secret), `${secret} is told in ${told}`)
})

test('every template can be queued in both languages, to a phone and by e-mail', async () => {
  for (const said of ordinary)
    for (const language of ['vi', 'en'] as const)
      for (const to of [{ kind: 'email', address: mailbox } as const, { kind: 'phone', number: phone } as const])
        await house.as(ward, work => outreach.sendMessage(work, aSending({ language, to }, said)))
  const [row] = await house.owner<{ n: number }>('select count(distinct template)::integer as n from outreach.message')
  assert.equal(row?.n, ordinary.length)
})

/** The doors, to whoever has these rights. */
async function doorsFor(standing: Authority, rights: readonly string[]) {
  const app = await makeServer({ log: openLog('silent'), origin: 'http://localhost:8080', trustProxy: false })
  const who: SignedIn = {
    by: standing.by,
    authority: (right: string, purpose: string) => (rights.includes(right) ? { ...standing, purpose } : undefined),
  }
  routes({ app, origin: 'http://localhost:8080', openWork: openRequests(house.openWork, async () => who) })
  await app.ready()
  return {
    get: (path: string) => app.inject({ url: `/api/outreach/messages${path}` }),
    retry: (id: string) => app.inject({ method: 'POST', url: `/api/outreach/messages/${id}/retry` }),
    close: () => app.close(),
  }
}

test('officers read the house’s day of a message, while its instants stay real for gateways', async () => {
  const about = { kind: 'application', id: newId(), personId: newId<'person'>(), unitId: ward.unitId }
  const id = await house.as(ward, work => outreach.sendMessage(work, aSending({ about })))
  const [row] = await house.owner<{ on: string; at: Date }>(
    `select queued_on::text as on, queued_at as at from outreach.message where id = $1`,
    [id],
  )
  assert.equal(row?.on, '2023-04-20')
  assert.notEqual(row?.at.toISOString().slice(0, 10), '2023-04-20')
  const doors = await doorsFor(ward, ['outreach.read'])
  assert.equal((await doors.get(`/${id}`)).json().queuedOn, '2023-04-20')
})

test('the API lists messages without addresses, masks an address, and needs a right to retry', async () => {
  const fresh = await anOfficerOf(house, commune.haPhong)
  const about = () => ({ kind: 'application', id: newId(), personId: newId<'person'>(), unitId: fresh.unitId })
  const ids = await house.as(fresh, work =>
    outreach.sendMessages(
      work,
      Array.from({ length: 53 }, () => aSending({ about: about() })),
    ),
  )
  const toPhone = await house.as(fresh, work =>
    outreach.sendMessage(work, aSending({ about: about(), to: { kind: 'phone', number: phone } })),
  )
  const doors = await doorsFor(fresh, ['outreach.read'])

  const first = (await doors.get('')).json()
  assert.deepEqual([first.messages.length, first.messages[0].id, first.figures.queued], [50, toPhone, 54])
  assert.deepEqual(Object.keys(first.messages[0]).sort(), [
    'about',
    'attempts',
    'id',
    'language',
    'nextAt',
    'queuedAt',
    'queuedOn',
    'state',
    'template',
    'to',
    'unit',
  ])
  assert.equal(first.messages[0].unit.name, 'Phường Hà Phong')
  const second = (await doors.get(`?after=${first.next}`)).json()
  assert.deepEqual([second.messages.length, second.next], [4, undefined])
  const all = [...first.messages, ...second.messages].map(({ id }: { id: string }) => id)
  assert.deepEqual(all.sort(), [...ids, toPhone].sort())
  assert.equal((await doors.get(`?after=${newId()}`)).json().type, '/problems/message-page-gone')
  const one = (await doors.get(`?aboutKind=application&aboutId=${first.messages[3].about.id}&state=queued`)).json()
  assert.deepEqual(
    one.messages.map(({ id }: { id: string }) => id),
    [first.messages[3].id],
  )

  const opened = (await doors.get(`/${toPhone}`)).json()
  assert.equal(opened.address, '09•••••123')
  assert.match(opened.text, /NGUYEN THI QUYNH HUONG.*Xem tren trang dinh danh cua tinh/)
  assert.equal((await doors.get(`/${ids[0]}`)).json().address, 'q•••@example.vn')
  assert.equal((await doors.get(`/${newId()}`)).statusCode, 404)
  assert.equal((await doors.retry(toPhone)).json().type, '/problems/right-missing')
  await doors.close()

  const commander = await doorsFor(fresh, ['outreach.retry'])
  assert.equal((await commander.get('')).statusCode, 403)
  assert.deepEqual((await commander.retry(toPhone)).json().state, 'queued')
  assert.equal((await commander.retry(toPhone)).json().type, '/problems/message-retry-refused')
  await commander.close()
})
