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
import type { Authority } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { routes } from '../routes.ts'
import * as staff from '../staff.ts'

/** Attacks on the link that a start prints, over HTTP, in an installation in which nobody works yet. */

const house = await openHouse({ withUnits: true })
const origin = 'http://localhost:8080'
let app: FastifyInstance
const logged: string[] = []
let unit = ''

before(async () => {
  audit.setConsequences(consequences)
  unit = await house.work(async work => (await units.findUnitOn(work, '22', work.today))?.id ?? assert.fail('no unit'))
  const log = openLog('trace', { write: (line: string) => void logged.push(line) } as never)
  app = await makeServer({ log, origin, trustProxy: false })
  const doors = { app, origin, openWork: openRequests(house.openWork, staff.authenticate(house.openWork)) }
  routes(doors, { openWork: house.openWork, demonstration: () => undefined })
  await app.ready()
})
after(() => app.close())

const operator: Authority = { by: { kind: 'operator', id: 'root' }, scope: 'house', purpose: 'staff' }
/** What a start does before it says that the house stands. Gives the secret that it prints. */
const start = async (): Promise<string | undefined> =>
  (await house.as(operator, staff.drawFoundingLink))?.page.split('#')[1]
const mustStart = async () => (await start()) ?? assert.fail('the start printed no link')

// Deeds are sealed and stay; everything else of an installation is begun anew.
beforeEach(async () => {
  await house.owner('truncate staff.officer, staff.founding_link, staff.slowdown cascade')
  logged.length = 0
})

const networks = Array.from({ length: 200 }, (_, i) => `10.9.${i}.1`)
const nextNetwork = () => networks.pop() ?? assert.fail('no more networks')
const aBrowser = (address = nextNetwork()) => new FormBrowser(() => app, address)

const twoPeople = {
  name: 'Ngô Quốc Đạt',
  login: 'dat.nq',
  email: 'dat.nq@example.vn',
  'second-name': 'Phạm Thị Mai Hương',
  'second-login': 'huong.ptm',
  'second-role': 'provincial-commander',
  'second-delivery': 'paper',
}

const found = (secret: string, fields: Record<string, string> = {}, browser = aBrowser()) =>
  browser.fill('/begin', { ...twoPeople, unit, secret, ...fields })

/** Sends the form without opening its page, as who read it before or wrote a program does. */
async function foundUnasked(secret: string, fields: Record<string, string> = {}, browser = aBrowser()) {
  const page = await browser.get('/new-password')
  return browser.send('/begin', page, { ...twoPeople, unit, secret, ...fields })
}

const officers = () =>
  house.owner<{ login: string; role: string | null; founding: number | null; basis: string | null }>(
    `select o.login, a.role, a.founding, a.basis from staff.officer o
     left join staff.appointment a on a.officer_id = o.id order by o.login`,
  )

test('who starts an empty installation enters its first two officers, whose posts say founding', async () => {
  const secret = await mustStart()
  const browser = aBrowser()
  const answer = await found(secret, {}, browser)
  assert.equal(answer.statusCode, 200, answer.body)
  assert.deepEqual(await officers(), [
    { login: 'dat.nq', role: 'administrator', founding: 1, basis: 'founding' },
    { login: 'huong.ptm', role: 'provincial-commander', founding: 2, basis: 'founding' },
  ])
  const pdf = /base64,([A-Za-z0-9+/=]+)/.exec(answer.body)?.[1] ?? ''
  assert.match(Buffer.from(pdf, 'base64').subarray(0, 5).toString(), /^%PDF-/)

  const own = /href="\/new-password#([a-z0-9-]+)"/.exec(answer.body)?.[1] ?? ''
  const next = 'hoa sen mùa hạ ở quê'
  const chosen = await browser.fill('/new-password', { secret: own, login: 'dat.nq', next, again: next })
  assert.equal(chosen.statusCode, 200, chosen.body)
  await signInByForm(browser, { login: 'dat.nq', password: next })
  const { post } = (await browser.call('GET', '/me')).json()
  assert.equal(post.role, 'administrator')
  const deeds = await house.owner<{ deed: string; by_kind: string }>(
    `select deed, by_kind from audit.deed where deed like 'founding-link.%' or deed = 'officer.appointed' order by id`,
  )
  assert.deepEqual(deeds.map(({ deed, by_kind }) => `${deed} ${by_kind}`).sort(), [
    'founding-link.drawn operator',
    'founding-link.used operator',
    ...Array(2).fill('officer.appointed operator'),
  ])
})

test('a link that was used opens nothing again, for the same people or for others', async () => {
  const secret = await mustStart()
  await found(secret)
  const others = { login: 'ke.gian', 'second-login': 'ke.gian2' }
  assert.equal((await foundUnasked(secret)).statusCode, 410)
  assert.equal((await foundUnasked(secret, others)).statusCode, 410)
  assert.equal((await aBrowser().get('/begin')).statusCode, 410)
  assert.equal((await officers()).length, 2)
})

test('of twenty who use the link at once, one founds the installation and the others enter nobody', async () => {
  const secret = await mustStart()
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => foundUnasked(secret, { login: `mot.${i}`, 'second-login': `hai.${i}` })),
  )
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [200, ...Array(19).fill(410)])
  assert.equal((await officers()).length, 2)
})

test('once the command line appointed an officer the link opens nothing, and no start prints another', async () => {
  const secret = await mustStart()
  await house.as(operator, async work => {
    const { id } = await staff.enterOfficer(work, { login: 'lan.vt', fullName: 'Vũ Thị Lan', unitId: unit as never })
    await staff.foundAppointment(work, { officerId: id, role: 'administrator', unitId: unit as never })
  })
  assert.equal((await aBrowser().get('/begin')).statusCode, 410)
  assert.equal((await foundUnasked(secret)).statusCode, 410)
  assert.equal(await start(), undefined)
  assert.deepEqual(
    (await officers()).map(({ login }) => login),
    ['lan.vt'],
  )
})

test('who reads the output of an earlier start finds its link ended by the next start', async () => {
  const first = await mustStart()
  const second = await mustStart()
  assert.equal((await foundUnasked(first)).statusCode, 410)
  assert.equal((await officers()).length, 0)
  assert.equal((await found(second)).statusCode, 200)
})

test('who reads the output of a start after its term finds that the link is over', async () => {
  const secret = await mustStart()
  await house.owner(`update staff.founding_link set drawn_at = drawn_at - interval '2 hours',
    expires_at = expires_at - interval '2 hours'`)
  assert.equal((await aBrowser().get('/begin')).statusCode, 410)
  assert.equal((await foundUnasked(secret)).statusCode, 410)
  assert.equal((await officers()).length, 0)
})

test('the secret stands in no log line and in no table', async () => {
  const secret = await mustStart()
  await found(secret)
  const plain = secret.replaceAll('-', '')
  assert.ok(!logged.some(line => line.includes(secret) || line.includes(plain)))
  const kept = await house.owner<{ row: string }>('select t::text as row from staff.founding_link t')
  assert.ok(!kept.some(({ row }) => row.includes(secret) || row.includes(plain)))
})

test('wrong secrets of one network are waited for, and a right one from elsewhere is taken', async () => {
  const secret = await mustStart()
  const stranger = aBrowser()
  const page = await stranger.get('/begin')
  const guess = (n: number) =>
    stranger.send('/begin', page, { ...twoPeople, unit, secret: `aaaa-bbbb-cccc-${String(n).padStart(4, '0')}` })
  const codes: number[] = []
  for (let n = 0; n < 8; n++) codes.push((await guess(n)).statusCode)
  assert.deepEqual(codes.slice(0, 3), [410, 410, 410])
  assert.ok(
    codes.slice(4).every(code => code === 429),
    codes.join(),
  )
  assert.equal((await stranger.send('/begin', page, { ...twoPeople, unit, secret })).statusCode, 429)
  assert.equal((await found(secret)).statusCode, 200)
})

test('one person is not both founders, and what is wrong is said without using the link up', async () => {
  const secret = await mustStart()
  const wrong: readonly [Record<string, string>, number][] = [
    [{ 'second-login': 'DAT.NQ' }, 409],
    [{ login: 'Ô' }, 400],
    [{ name: ' ' }, 400],
    [{ email: 'a@b' }, 400],
    [{ 'second-delivery': 'email' }, 409],
    [{ unit: 'x' }, 404],
  ]
  const browser = aBrowser()
  for (const [fields, status] of wrong) {
    const answer = await found(secret, fields, browser)
    assert.equal(answer.statusCode, status, JSON.stringify(fields))
    assert.match(answer.body, /role="alert"/)
  }
  assert.equal((await officers()).length, 0)
  assert.equal((await found(secret, {}, browser)).statusCode, 200)
})

test('another site cannot send the form, whatever it knows', async () => {
  const secret = await mustStart()
  const browser = aBrowser()
  await browser.get('/begin')
  const foreign = await browser.post('/begin', { ...twoPeople, unit, secret, form: 'x' })
  assert.equal(foreign.statusCode, 403)
  assert.equal((await officers()).length, 0)
})
