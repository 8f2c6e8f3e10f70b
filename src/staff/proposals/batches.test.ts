import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { FormBrowser } from '../../../test/form-browser.ts'
import { openHouse } from '../../../test/house.ts'
import { signInByForm } from '../../../test/officer-factor.ts'
import * as audit from '../../audit/audit.ts'
import { consequences } from '../../consequences.ts'
import { openRequests } from '../../platform/http/serve-endpoint.ts'
import { makeServer } from '../../platform/http/server.ts'
import { openLog } from '../../platform/log.ts'
import * as units from '../../units/units.ts'
import { routes } from '../routes.ts'
import * as staff from '../staff.ts'
import { officerColumns } from './officer-file.ts'

/** A table of posts over HTTP: proposed by one officer, judged row by row, accepted by another with one decision. */

const house = await openHouse({ withUnits: true })
const origin = 'http://localhost:8080'
let app: FastifyInstance
const logged: string[] = []

before(async () => {
  audit.setConsequences(consequences)
  app = await makeServer({
    log: openLog('trace', { write: (line: string) => void logged.push(line) } as never),
    origin,
    trustProxy: false,
  })
  const doors = { app, origin, openWork: openRequests(house.openWork, staff.authenticate(house.openWork)) }
  routes(doors, { openWork: house.openWork, demonstration: () => undefined })
  await app.ready()
})
after(() => app.close())

let count = 0
async function anOfficer(role: staff.Role, code: string) {
  count += 1
  const login = `co.san.${count}`
  const password = `mật khẩu riêng số ${count}`
  await house.work(async work => {
    const unitId = (await units.findUnitOn(work, code, work.today))?.id ?? assert.fail(code)
    const { officer } = await staff.addOfficer(work, { login, fullName: `Có Sẵn ${count}`, unitId, own: { password } })
    await staff.appoint(work, { officerId: officer.id, role, unitId })
  })
  const browser = new FormBrowser(() => app, `10.8.${count}.1`)
  await signInByForm(browser, { login, password })
  return { login, name: `Có Sẵn ${count}`, browser }
}

type Officer = Awaited<ReturnType<typeof anOfficer>>
let admin: Officer, commander: Officer, district: Officer
beforeEach(async () => {
  await house.owner(`update staff.proposal set state = 'expired' where state = 'pending'`)
  admin = await anOfficer('administrator', '22')
  commander = await anOfficer('provincial-commander', '22')
  district = await anOfficer('administrator', '193')
})

const csv = (rows: readonly (readonly string[])[]) =>
  Buffer.from([officerColumns, ...rows].map(row => row.join(',')).join('\n'))

async function send({ browser }: Officer, rows: readonly (readonly string[])[], fields: Record<string, string> = {}) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', new Blob([csv(rows)]), 'can-bo.csv')
  const request = new Request(origin, { method: 'POST', body: form })
  return app.inject({
    method: 'POST',
    url: '/api/staff-batches',
    cookies: Object.fromEntries(browser.cookies),
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
    payload: Buffer.from(await request.arrayBuffer()),
  })
}

const accept = ({ browser }: Officer, id: string, delivery = 'email') =>
  browser.call('POST', `/staff-batches/${id}/accept`, { delivery })
const codeOf = (answer: { json(): { type?: string } }) => String(answer.json().type).replace('/problems/', '')

const postsOf = (login: string) =>
  house.owner<{ role: string; basis: string }>(
    `select a.role, a.basis from staff.appointment a join staff.officer o on o.id = a.officer_id
     where o.login = $1 order by a.role`,
    [login],
  )

let rowCount = 0
const aRow = (role = 'ward-officer', unit = '06685', more: Partial<Record<'email' | 'phone' | 'to', string>> = {}) => {
  rowCount += 1
  const login = `bang.${rowCount}`
  const email = more.email ?? `${login}@example.vn`
  return [`Cán Bộ Bảng ${rowCount}`, login, role, unit, more.phone ?? '', email, '', more.to ?? '']
}

test('a table becomes one batch, and another officer accepts all its posts by one decision', async () => {
  const rows = [
    aRow(),
    aRow('Cán bộ phê duyệt dữ liệu', '193'),
    aRow('auditor', '22', { email: '' }),
    aRow('ward-officer', '6685'),
  ]
  const sent = await send(admin, rows)
  assert.equal(sent.statusCode, 200, sent.body)
  const { batchId, proposed, refused } = sent.json()
  assert.deepEqual([proposed, refused], [4, []])
  assert.deepEqual(await postsOf(rows[0]?.[1] ?? ''), [])

  const { batches } = (await commander.browser.call('GET', '/staff-batches')).json()
  assert.deepEqual([batches[0].id, batches[0].waiting, batches[0].mayAccept], [batchId, 4, true])
  const answer = await accept(commander, batchId)
  assert.equal(answer.statusCode, 200, answer.body)
  assert.deepEqual([answer.json().accepted, answer.json().onPaper], [4, 1])
  for (const row of rows) assert.equal((await postsOf(row[1] ?? ''))[0]?.basis, 'two-officers')
  assert.equal(codeOf(await accept(commander, batchId)), 'staff-batch-unknown')
})

test('who proposed a table does not accept it, nor any row of it', async () => {
  const row = aRow()
  const { batchId } = (await send(admin, [row])).json()
  assert.equal(codeOf(await accept(admin, batchId)), 'second-officer-accepts')
  assert.deepEqual(await postsOf(row[1] ?? ''), [])
})

test('nobody accepts their own row of a table: it is left out, and the others are accepted', async () => {
  const other = aRow()
  const own = [commander.name, commander.login, 'administrator', '22', '', '', '', '']
  const { batchId } = (await send(admin, [own, other])).json()
  const answer = (await accept(commander, batchId)).json()
  assert.deepEqual(
    [answer.accepted, answer.refused.map(({ code }: { code: string }) => code)],
    [1, ['own-appointment']],
  )
  assert.deepEqual(await postsOf(commander.login), [{ role: 'provincial-commander', basis: 'house' }])
  assert.equal((await postsOf(other[1] ?? '')).length, 1)
})

test('who sends a table gets no post by it, under their own login', async () => {
  const own = [admin.name, admin.login, 'provincial-commander', '22', '', '', '', '']
  const sent = (await send(admin, [own])).json()
  assert.deepEqual([sent.proposed, sent.refused[0].code], [0, 'own-appointment'])
})

test('a district administrator proposes nobody outside the district, row by row', async () => {
  const sent = (
    await send(district, [aRow('auditor', '22'), aRow('district-officer', '194'), aRow('data-approver', '193')])
  ).json()
  assert.equal(sent.proposed, 1)
  assert.deepEqual(
    sent.refused.map(({ line, code }: { line: number; code: string }) => `${line} ${code}`),
    ['2 unit-outside-scope', '3 unit-outside-scope'],
  )
})

test('a row that is refused leaves no officer behind, and its reason stands beside its line', async () => {
  const wrong = [
    aRow('ward-officer', '22'),
    aRow('chief', '22'),
    aRow('ward-officer', '99999'),
    aRow('ward-officer', '06685', { email: 'a@b' }),
    aRow('ward-officer', '06685', { to: '31/12' }),
    ['Người Khác', admin.login, 'ward-officer', '06685', '', '', '', ''],
  ]
  const sent = (await send(admin, wrong)).json()
  assert.deepEqual(
    sent.refused.map(({ line, code }: { line: number; code: string }) => `${line} ${code}`),
    [
      '2 role-elsewhere',
      '3 role-unknown',
      '4 unit-code-unknown',
      '5 contact-malformed',
      '6 post-day-malformed',
      '7 login-taken',
    ],
  )
  const left = await house.owner('select 1 from staff.officer where login = any ($1)', [
    wrong.map(row => row[1]).slice(0, 5),
  ])
  assert.equal(left.length, 0)
  const added = await house.owner<{ n: number }>(
    `select count(*)::int as n from audit.deed d where d.deed = 'officer.added'
     and not exists (select from staff.officer o where o.id::text = d.subject_id::text)`,
  )
  assert.equal(added[0]?.n, 0)
})

test('a table that is only tried tells what would be, and keeps nothing', async () => {
  const rows = [aRow(), aRow('ward-officer', '22')]
  const sent = (await send(admin, rows, { try: 'yes' })).json()
  assert.deepEqual([sent.tried, sent.proposed, sent.refused.length], [true, 1, 1])
  assert.equal((await house.owner('select 1 from staff.officer where login = $1', [rows[0]?.[1]])).length, 0)
  assert.equal((await house.owner('select 1 from staff.proposal where batch_id = $1', [sent.batchId])).length, 0)
})

test('a table without its columns, without rows or with too many is refused whole', async () => {
  assert.equal(codeOf(await send(admin, [])), 'officer-file-empty')
  const many = Array.from({ length: 2_001 }, (_, i) => ['', `x${i}`, '', '', '', '', '', ''])
  assert.equal(codeOf(await send(admin, many)), 'officer-file-too-long')
})

test('no name, phone or address of a table stands in the log', async () => {
  logged.length = 0
  const row = aRow('ward-officer', '06685', { phone: '0912345678', email: 'rieng.tu@example.vn' })
  const { batchId } = (await send(admin, [row])).json()
  await accept(commander, batchId)
  const all = logged.join('\n')
  for (const secret of [row[0] ?? '', '912345678', 'rieng.tu']) assert.ok(!all.includes(secret), secret)
})
