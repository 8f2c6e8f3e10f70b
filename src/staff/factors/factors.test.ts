import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { Secret, TOTP } from 'otpauth'
import { anAuthenticator } from '../../../test/a-passkey.ts'
import { FormBrowser } from '../../../test/form-browser.ts'
import { openHouse } from '../../../test/house.ts'
import { signInByForm } from '../../../test/officer-factor.ts'
import * as audit from '../../audit/audit.ts'
import { consequences } from '../../consequences.ts'
import { deliver } from '../../outreach/sending/sending.ts'
import { openRequests } from '../../platform/http/serve-endpoint.ts'
import { makeServer } from '../../platform/http/server.ts'
import { openLog } from '../../platform/log.ts'
import * as units from '../../units/units.ts'
import { routes } from '../routes.ts'
import * as staff from '../staff.ts'

/** Attacks on the sign-in of officers, over HTTP, by who knows a password, and by who holds a session. */

const house = await openHouse({ withUnits: true })
const origin = 'http://localhost:8080'
let app: FastifyInstance
let unitId: units.UnitId

before(async () => {
  audit.setConsequences(consequences)
  unitId = await house.work(
    async work => (await units.findUnitOn(work, '22', work.today))?.id ?? assert.fail('no province'),
  )
  app = await makeServer({ log: openLog('silent'), origin, trustProxy: '127.0.0.1', perMinute: 10_000 })
  const doors = { app, origin, openWork: openRequests(house.openWork, staff.authenticate(house.openWork)) }
  routes(doors, { openWork: house.openWork, demonstration: () => undefined })
  await app.ready()
})
after(() => app.close())

type Person = {
  readonly id: staff.OfficerId
  readonly login: string
  readonly password: string
  readonly email: string
}
let count = 0
async function anOfficer(role: staff.Role = 'administrator'): Promise<Person> {
  count += 1
  const [login, password, email] = [`canbo.${count}`, `mật khẩu riêng số ${count}`, `canbo.${count}@example.vn`]
  const id = await house.work(async work => {
    const added = await staff.addOfficer(work, {
      login,
      fullName: `Cán Bộ ${count}`,
      unitId,
      own: { password },
      contact: { email },
    })
    await staff.appoint(work, { officerId: added.officer.id, role, unitId })
    return added.officer.id
  })
  return { id, login, password, email }
}

/** Each test's own address, since an address may sign in sixty times a minute. */
let address = 0
class Browser extends FormBrowser {
  readonly from: Record<string, string>

  constructor(from = `10.1.${Math.floor(address / 250)}.${(address++ % 250) + 1}`) {
    super(() => app)
    this.from = { 'x-forwarded-for': from }
  }

  override get(url: string, headers: Record<string, string> = {}) {
    return super.get(url, { ...this.from, ...headers })
  }

  override post(url: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
    return super.post(url, fields, { ...this.from, ...headers })
  }

  /** The first step alone. Gives where it leads. */
  async password({ login, password }: { login: string; password: string }) {
    return String((await this.fill('/sign-in', { login, password })).headers.location ?? '')
  }

  async isIn(): Promise<boolean> {
    return (await this.call('GET', '/me')).statusCode === 200
  }

  giveCode(code: string) {
    return this.fill('/second-factor', { way: 'totp', code })
  }
}

const signedIn = async (person: Person): Promise<Browser> => {
  const browser = new Browser()
  await signInByForm(browser, person)
  assert.ok(await browser.isIn(), `${person.login} is signed in`)
  return browser
}

const app6 = { algorithm: 'SHA1', digits: 6, period: 30 } as const
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ ...app6, secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 })
/** Waits where the time step is about to end: the code of the step before would count no more. */
async function farFromTheNextStep(): Promise<void> {
  const left = 30_000 - (Date.now() % 30_000)
  if (left < 4000) await setTimeout(left)
}
const secretOn = ({ body }: { body: string }) =>
  /<code>([A-Z2-7 ]{32,})<\/code>/.exec(body)?.[1]?.replaceAll(' ', '') ?? assert.fail('no secret')

/** An officer whose second factor is an app, added at their first sign-in. */
async function withApp(role?: staff.Role) {
  const person = await anOfficer(role)
  const browser = new Browser()
  const page = await browser.get(await browser.password(person))
  const secret = secretOn(page)
  await farFromTheNextStep()
  const added = await browser.fill('/second-factor/add', { way: 'totp', code: codeOf(secret, -1), name: 'Điện thoại' })
  assert.equal(added.statusCode, 303)
  return { person, browser, secret }
}

const factorsOf = ({ id }: Person) =>
  house.owner<{ kind: string }>('select kind from staff.factor where officer_id = $1 order by added_at', [id])

/** What was sent to a mailbox, as its receiver reads it. */
async function lettersTo(mailbox: string): Promise<string[]> {
  const read: string[] = []
  const channel = {
    name: 'test',
    send: async ({ text }: { text: string }) => {
      read.push(text)
      return { outcome: 'accepted' as const }
    },
  }
  const queued = await house.owner<{ id: string }>(
    `select id from outreach.message where address = $1 and state = 'queued' order by id`,
    [mailbox],
  )
  for (const { id } of queued)
    await deliver(house.openWork, { phone: [channel], email: [channel], origin }, id as Parameters<typeof deliver>[2])
  return read
}

/** As if a session's second factor had been given earlier. */
async function agedBy(minutes: number, { id }: Person): Promise<void> {
  const earlier = 'factor_at = factor_at - make_interval(mins => $2)'
  await house.owner(`update staff.session set ${earlier} where officer_id = $1`, [id, minutes])
}

test('a password alone opens no page and no door, and its cookie is no session', async () => {
  const { person } = await withApp()
  const thief = new Browser()
  assert.match(await thief.password(person), /^\/second-factor\?/)
  assert.equal(await thief.isIn(), false)
  const waiting = thief.cookies.get('dinhdanh-sign-in') ?? assert.fail('no cookie')
  thief.cookies.set('dinhdanh-session', waiting)
  assert.equal(await thief.isIn(), false)
  for (const page of ['/choose-post', '/change-password', '/second-factor/mine'])
    assert.match(String((await thief.get(page)).headers.location), /^\/sign-in/, page)
})

test('who has a second factor adds no other by the password alone', async () => {
  const { person } = await withApp()
  const thief = new Browser()
  await thief.password(person)
  assert.equal((await thief.get('/second-factor/add')).statusCode, 403)
  const form = /name="form" value="([^"]*)"/.exec((await thief.get('/second-factor')).body)?.[1] ?? ''
  assert.equal((await thief.post('/second-factor/add-options', { form })).statusCode, 403)
  const tried = await thief.post('/second-factor/add', { form, way: 'totp', code: '000000', name: 'mine' })
  assert.equal(tried.statusCode, 403)
  assert.equal((await factorsOf(person)).length, 1)
})

test('of two who add a first second factor at once, by the same password, one does', async () => {
  const person = await anOfficer()
  const [one, two] = [new Browser(), new Browser()]
  const secret = secretOn(await one.get(await one.password(person)))
  await two.get(await two.password(person))
  const add = (browser: Browser, code: string) =>
    browser.fill('/second-factor/add', { way: 'totp', code, name: 'Điện thoại' })
  const answers = await Promise.all([add(one, codeOf(secret)), add(two, codeOf(secret, 1))])
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [303, 403])
  assert.equal((await factorsOf(person)).length, 1)
})

test('a thief of the password tries five codes in all, from wherever; the officer’s own browser goes on', async () => {
  const { person, browser, secret } = await withApp()
  const statuses: number[] = []
  for (let place = 0; place < 9; place += 1) {
    const thief = new Browser()
    await thief.password(person)
    statuses.push((await thief.giveCode(String(100_000 + place))).statusCode)
  }
  assert.deepEqual(statuses.slice(0, 5), [403, 403, 403, 403, 403])
  // On a slow machine five seconds pass between two guesses, and one more is looked at.
  assert.ok(statuses.slice(6).filter(status => status === 429).length >= 2, String(statuses))
  await browser.password(person)
  assert.equal((await browser.giveCode(codeOf(secret))).statusCode, 303)
  const refused = await house.owner(
    `select 1 from audit.deed where deed = 'sign-in.refused' and subject_id = $1 and facts ->> 'why' = 'factor-totp'`,
    [person.id],
  )
  assert.ok(refused.length >= 5)
})

test('of 120 wrong passwords from as many places twenty are looked at, and the owner signs in', async () => {
  const { person, browser, secret } = await withApp()
  const statuses: number[] = []
  for (let place = 0; place < 120; place += 1)
    statuses.push((await new Browser().fill('/sign-in', { login: person.login, password: `đoán ${place}` })).statusCode)
  // A few more were free after some seconds: on a slow machine the guesses take as long.
  assert.ok(statuses.filter(status => status === 403).length <= 26, String(statuses))
  assert.match(await browser.password(person), /^\/second-factor/, 'in the browser that is known')
  assert.equal((await browser.giveCode(codeOf(secret))).statusCode, 303)
})

test('a code of an app is good once, and an offered secret is no factor before its first code', async () => {
  const { person, browser, secret } = await withApp()
  await browser.password(person)
  const code = codeOf(secret)
  assert.equal((await browser.giveCode(code)).statusCode, 303)
  await browser.password(person)
  assert.equal((await browser.giveCode(code)).statusCode, 403, 'seen over the shoulder')

  const newcomer = await anOfficer()
  const first = new Browser()
  secretOn(await first.get(await first.password(newcomer)))
  assert.deepEqual(await factorsOf(newcomer), [])
  assert.equal(await first.isIn(), false)
})

test('a passkey counts with finger or code, once, on this site, and never as an older copy', async () => {
  const person = await anOfficer()
  const browser = new Browser()
  const key = anAuthenticator({ origin, id: 'localhost' })
  await browser.get(await browser.password(person))
  const formIn = async (page: string) => /name="form" value="([^"]*)"/.exec((await browser.get(page)).body)?.[1] ?? ''
  const form = await formIn('/second-factor/add')
  const offered = (await browser.post('/second-factor/add-options', { form })).json()
  const add = { form, way: 'passkey', name: 'Máy của tôi', challenge: offered.challenge }
  const made = JSON.stringify(key.create(offered))
  assert.equal((await browser.post('/second-factor/add', { ...add, answer: made })).statusCode, 303)

  const give = async (answerTo: (options: { challenge: string }) => object, challenge?: string) => {
    await browser.password(person)
    const own = await formIn('/second-factor')
    const options = (await browser.post('/second-factor/options', { form: own })).json()
    const answer = JSON.stringify(answerTo(challenge === undefined ? options : { challenge }))
    const sent = { form: own, way: 'passkey', challenge: challenge ?? options.challenge, answer }
    return { status: (await browser.post('/second-factor', sent)).statusCode, sent }
  }
  assert.equal((await give(options => key.get(options, { at: 'http://evil.example' }))).status, 403, 'another site')
  assert.equal((await give(options => key.get(options), 'AAAAAAAAAAAAAAAAAAAAAA')).status, 403, 'a made-up challenge')
  const right = await give(options => key.get(options))
  assert.equal(right.status, 303)
  await browser.password(person)
  assert.equal((await browser.post('/second-factor', right.sent)).statusCode, 403, 'the same answer again')
  key.turnBack(3)
  assert.equal((await give(options => key.get(options))).status, 403, 'a copy of before')

  const other = anAuthenticator({ origin, id: 'localhost' }, { asksFinger: false })
  const person2 = await anOfficer()
  const second = new Browser()
  await second.get(await second.password(person2))
  const form2 = /name="form" value="([^"]*)"/.exec((await second.get('/second-factor/add')).body)?.[1] ?? ''
  const options = (await second.post('/second-factor/add-options', { form: form2 })).json()
  const bare = { form: form2, way: 'passkey', name: 'x', challenge: options.challenge }
  const tried = await second.post('/second-factor/add', { ...bare, answer: JSON.stringify(other.create(options)) })
  assert.equal(tried.statusCode, 403, 'a key that asks for no finger')
})

test('a session that was left open approves and gives rights no more, and reads on', async () => {
  const [person, other] = [await anOfficer(), await anOfficer('data-approver')]
  const commander = await anOfficer('provincial-commander')
  const [browser, second] = [await signedIn(person), await signedIn(commander)]
  const codeFrom = (answer: { statusCode: number; json(): { type?: string } }) =>
    answer.statusCode === 200 ? 'done' : String(answer.json().type).replace('/problems/', '')
  const propose = () => browser.call('POST', `/officers/${other.id}/password`, {})
  await agedBy(16, person)
  await agedBy(16, commander)
  assert.equal(codeFrom(await propose()), 'factor-needed')
  assert.equal((await browser.call('GET', '/officers')).statusCode, 200)
  assert.equal(codeFrom(await second.call('GET', '/staff-proposals')), 'done')
  const accepted = await second.call('POST', `/staff-proposals/${other.id}/accept`, {})
  assert.equal(codeFrom(accepted), 'factor-needed')
})

test('a second factor given again opens approvals for a while, under a new cookie', async () => {
  const { person, browser, secret } = await withApp()
  const other = await anOfficer('data-approver')
  const before = browser.cookies.get('dinhdanh-session') ?? ''
  await agedBy(16, person)
  const propose = () => browser.call('POST', `/officers/${other.id}/password`, {})
  assert.equal((await propose()).json().type, '/problems/factor-needed')
  const wrong = await browser.call('POST', '/me/second-factor', { code: '123456' })
  assert.equal(wrong.json().type, '/problems/factor-refused')
  const given = await browser.call('POST', '/me/second-factor', { code: codeOf(secret) })
  assert.equal(given.statusCode, 200)
  for (const { name, value } of given.cookies) browser.cookies.set(name, value)
  assert.notEqual(browser.cookies.get('dinhdanh-session'), before)
  assert.equal((await propose()).statusCode, 200)
  const old = await app.inject({ url: '/api/me', cookies: { 'dinhdanh-session': before } })
  assert.equal(old.statusCode, 401)
})

test('an officer of education signs in by a code by mail until they have a factor of their own', async () => {
  const person = await anOfficer('education-officer')
  const browser = new Browser()
  assert.match(await browser.password(person), /^\/second-factor\?/)
  assert.equal((await browser.get('/second-factor/add')).statusCode, 403, 'the mailbox comes first')
  assert.equal((await browser.fill('/second-factor', {}, '/second-factor/mail')).statusCode, 303)
  const [letter = ''] = await lettersTo(person.email)
  const code = /\b(\d{8})\b/.exec(letter)?.[1] ?? assert.fail('no code came')

  const thief = new Browser()
  await thief.password(person)
  const elsewhere = await thief.fill('/second-factor', { way: 'mail', code })
  assert.equal(elsewhere.statusCode, 403, 'a code counts in the sign-in that it was sent for')
  assert.equal((await browser.fill('/second-factor', { way: 'mail', code })).statusCode, 303)
  assert.ok(await browser.isIn())

  const secret = secretOn(await browser.get('/second-factor/add'))
  await browser.fill('/second-factor/add', { way: 'totp', code: codeOf(secret), name: 'Điện thoại' })
  await restOf(person, '1 millisecond')
  const again = new Browser()
  await again.password(person)
  const page = await again.get('/second-factor')
  assert.doesNotMatch(page.body, /second-factor\/mail/)
  await again.fill('/second-factor', {}, '/second-factor/mail')
  assert.deepEqual(
    (await lettersTo(person.email)).filter(text => /\b\d{8}\b/.test(text)),
    [],
  )
})

/** Signs in by a password and a code by mail, as whoever knows the one and reads the other. Gives where it leads. */
async function byMail(browser: Browser, person: Person): Promise<string> {
  await browser.password(person)
  await browser.fill('/second-factor', {}, '/second-factor/mail')
  const codes = (await lettersTo(person.email)).map(text => /\b(\d{8})\b/.exec(text)?.[1]).filter(Boolean)
  const answer = await browser.fill('/second-factor', { way: 'mail', code: codes.at(-1) ?? assert.fail('no code') })
  return String(answer.headers.location)
}

/** Lets the rest of an officer's factors end so long after they were added. */
const restOf = ({ id }: Person, time: string) =>
  house.owner('update staff.factor set rests_until = added_at + $2::interval where officer_id = $1', [id, time])

test('a thief of password and mailbox adds an app that opens nothing for days; its officer removes it', async () => {
  const person = await anOfficer('education-officer')
  const thief = new Browser()
  await byMail(thief, person)
  const secret = secretOn(await thief.get('/second-factor/add'))
  await farFromTheNextStep()
  const added = await thief.fill('/second-factor/add', { way: 'totp', code: codeOf(secret, -1), name: 'Máy lạ' })
  assert.equal(added.statusCode, 303)
  assert.match(String(await lettersTo(person.email)), /dùng được từ .*; không phải mình thì bỏ ngay/)

  const later = new Browser()
  await later.password(person)
  assert.doesNotMatch((await later.get('/second-factor')).body, /name="way" value="totp"/)
  assert.equal((await later.giveCode(codeOf(secret))).statusCode, 403, 'the thief’s app opens nothing')

  const owner = new Browser()
  const leadsTo = await byMail(owner, person)
  assert.match(leadsTo, /^\/second-factor\/mine/, 'the officer goes on by mail, and is shown what was added')
  const { body } = await owner.get(leadsTo)
  assert.match(body, /Máy lạ[\s\S]*Nếu không phải anh\/chị thêm/)
  const [factor] = await house.owner<{ id: string }>('select id from staff.factor where officer_id = $1', [person.id])
  const removed = await owner.fill('/second-factor/mine', { id: factor?.id ?? '' }, '/second-factor/remove')
  assert.equal(removed.statusCode, 303)
  assert.deepEqual(await factorsOf(person), [])
  const after = new Browser()
  assert.match(await byMail(after, person), /^\/console/, 'nothing is left to be shown')
})

test('a passkey that was added by a code by mail rests too, and signs in once its days are over', async () => {
  const person = await anOfficer('education-officer')
  const browser = new Browser()
  await byMail(browser, person)
  const key = anAuthenticator({ origin, id: 'localhost' })
  const form = /name="form" value="([^"]*)"/.exec((await browser.get('/second-factor/add')).body)?.[1] ?? ''
  const options = (await browser.post('/second-factor/add-options', { form })).json()
  const { challenge } = options
  const answer = JSON.stringify(key.create(options))
  const added = await browser.post('/second-factor/add', { form, way: 'passkey', name: 'Máy', challenge, answer })
  assert.equal(added.statusCode, 303)
  const again = new Browser()
  await again.password(person)
  assert.doesNotMatch((await again.get('/second-factor')).body, /data-passkey="get"/)
  await restOf(person, '1 millisecond')
  assert.match((await again.get('/second-factor')).body, /data-passkey="get"/)
  assert.doesNotMatch((await again.get('/second-factor')).body, /second-factor\/mail/, 'and mail is over')
})

test('a session on a code by mail that was left open is led to sign in again', async () => {
  const person = await anOfficer('education-officer')
  const browser = new Browser()
  await byMail(browser, person)
  await agedBy(16, person)
  const { body } = await browser.get('/second-factor?return=%2Fconsole%2F')
  assert.match(body, /href="\/sign-in\?return=%2Fconsole%2F"/)
  assert.doesNotMatch(body, /Quản trị của đơn vị đề nghị cấp lại/)
})

test('a police officer gets no code by mail, also where a post of education is theirs too', async () => {
  const person = await anOfficer('data-approver')
  await house.work(work => staff.appoint(work, { officerId: person.id, role: 'education-officer', unitId }))
  const browser = new Browser()
  assert.match(await browser.password(person), /^\/second-factor\/add/)
  await browser.fill('/second-factor', {}, '/second-factor/mail')
  assert.deepEqual(await lettersTo(person.email), [])
})

test('an officer is told of a sign-in in a strange browser, and of one that stopped half-way', async () => {
  const { person, browser, secret } = await withApp()
  await lettersTo(person.email)
  await browser.password(person)
  await browser.giveCode('000000')
  assert.deepEqual(await lettersTo(person.email), [], 'a slip of the finger in their own browser')
  const thief = new Browser()
  await thief.password(person)
  await thief.giveCode('000001')
  assert.match(String(await lettersTo(person.email)), /sai bước thứ hai, trên một trình duyệt lạ/)
  await thief.giveCode(codeOf(secret))
  assert.ok(await thief.isIn())
  assert.match(String(await lettersTo(person.email)), /trên một trình duyệt chưa từng dùng/)
})

test('an officer is told of a sign-in after a month without one, in a browser of their own too', async () => {
  const { person, browser, secret } = await withApp()
  const enter = async () => {
    await browser.password(person)
    await browser.giveCode(codeOf(secret))
    assert.ok(await browser.isIn())
    return lettersTo(person.email)
  }
  await lettersTo(person.email)
  await house.owner(`update staff.session set began_at = began_at - interval '31 days' where officer_id = $1`, [
    person.id,
  ])
  assert.match(String(await enter()), /đăng nhập bằng tài khoản cán bộ sau thời gian dài không dùng/)
})

test('codes by mail are sent three at once, then ever more rarely', async () => {
  const person = await anOfficer('education-officer')
  const statuses: number[] = []
  for (let turn = 0; turn < 5; turn += 1) {
    const browser = new Browser()
    await browser.password(person)
    statuses.push((await browser.fill('/second-factor', {}, '/second-factor/mail')).statusCode)
  }
  assert.deepEqual(statuses, [303, 303, 303, 429, 429])
})

test('who lost their second factors gets new ones by two officers and one link; till then the old hold', async () => {
  const { person, browser, secret } = await withApp('data-approver')
  const [admin, commander] = [
    await signedIn(await anOfficer()),
    await signedIn(await anOfficer('provincial-commander')),
  ]
  const proposed = await admin.call('POST', `/officers/${person.id}/second-factors`, {})
  assert.equal(proposed.statusCode, 200)
  const { proposalId } = proposed.json()
  const own = await admin.call('POST', `/staff-proposals/${proposalId}/accept`, { delivery: 'email' })
  assert.equal(own.json().type, '/problems/second-officer-accepts')
  assert.ok(await browser.isIn(), 'what is proposed ends nothing')
  await commander.call('POST', `/staff-proposals/${proposalId}/accept`, { delivery: 'email' })
  assert.equal((await factorsOf(person)).length, 1, 'the link was not used yet')
  assert.equal(await browser.isIn(), false)

  const letters = await lettersTo(person.email)
  const link =
    letters.map(text => /(\/new-password#[a-z0-9-]+)/.exec(text)?.[1]).find(Boolean) ?? assert.fail('no link')
  const next = 'hoa ban nở tháng ba'
  const fresh = new Browser()
  const chosen = await fresh.fill(
    link,
    { login: person.login, next, again: next, secret: link.split('#')[1] ?? '' },
    '/new-password',
  )
  assert.equal(chosen.statusCode, 200)
  assert.deepEqual(await factorsOf(person), [])
  const page = await fresh.get(await fresh.password({ login: person.login, password: next }))
  assert.notEqual(secretOn(page), secret)
  assert.ok(
    (await lettersTo(person.email)).some(text => /đã bị bỏ khỏi tài khoản cán bộ/.test(text)),
    'they are told',
  )
})

test('a new password by link leaves the second factors as they are', async () => {
  const { person, secret } = await withApp('data-approver')
  const [admin, commander] = [
    await signedIn(await anOfficer()),
    await signedIn(await anOfficer('provincial-commander')),
  ]
  const { proposalId } = (await admin.call('POST', `/officers/${person.id}/password`, {})).json()
  await commander.call('POST', `/staff-proposals/${proposalId}/accept`, { delivery: 'email' })
  const link =
    (await lettersTo(person.email)).map(text => /(\/new-password#[a-z0-9-]+)/.exec(text)?.[1]).find(Boolean) ?? ''
  const next = 'hoa ban nở tháng tư'
  const thief = new Browser()
  await thief.fill(link, { login: person.login, next, again: next, secret: link.split('#')[1] ?? '' }, '/new-password')
  assert.match(
    await thief.password({ login: person.login, password: next }),
    /^\/second-factor\?/,
    'who took the mailbox over',
  )
  assert.equal((await thief.giveCode(codeOf(secret))).statusCode, 303)
})

test('a sign-in that waits ends with the password it was given, and when its officer leaves', async () => {
  const { person, browser, secret } = await withApp('data-approver')
  const thief = new Browser()
  await thief.password(person)
  const change = { current: person.password, next: 'một câu dài khác hẳn', again: 'một câu dài khác hẳn' }
  assert.equal((await browser.fill('/change-password', change)).statusCode, 303)
  await thief.giveCode(codeOf(secret))
  assert.match(String((await thief.get('/second-factor')).headers.location), /^\/sign-in/)
  assert.equal(await thief.isIn(), false)

  await thief.password({ login: person.login, password: change.next })
  await house.work(work => staff.dismissOfficer(work, person.id))
  assert.match(String((await thief.get('/second-factor')).headers.location), /^\/sign-in/)
})

test('a factor is added and removed while one’s own is fresh; the last one stays', async () => {
  const { person, browser } = await withApp()
  const { person: other } = await withApp()
  const idOf = async ({ id }: Person, at = 0) =>
    (await house.owner<{ id: string }>('select id from staff.factor where officer_id = $1 order by added_at', [id]))[at]
      ?.id ?? ''
  const remove = (id: string) => browser.fill('/second-factor', { id }, '/second-factor/remove')
  assert.equal((await remove(await idOf(person))).statusCode, 409, 'the last one')
  const secret = secretOn(await browser.get('/second-factor/add'))
  const added = await browser.fill('/second-factor/add', { way: 'totp', code: codeOf(secret), name: 'Máy tính bảng' })
  assert.equal(added.statusCode, 303)
  assert.match((await browser.get('/second-factor/mine')).body, /Máy tính bảng/)
  assert.equal((await remove(await idOf(other))).statusCode, 404)
  await agedBy(16, person)
  assert.equal((await remove(await idOf(person))).statusCode, 403, 'a session that was left open')
  await house.owner('update staff.session set factor_at = now() where officer_id = $1', [person.id])
  assert.equal((await remove(await idOf(person))).statusCode, 303)
  assert.deepEqual(await factorsOf(person), [{ kind: 'totp' }])
})

test('an officer sees where they are signed in, and ends another session by a fresh factor', async () => {
  const { person, browser, secret } = await withApp()
  const elsewhere = new Browser()
  await elsewhere.password(person)
  await elsewhere.giveCode(codeOf(secret))
  assert.ok(await elsewhere.isIn())
  const { body } = await browser.get('/second-factor/mine')
  const id = /action="\/second-factor\/end-session"[\s\S]*?name="id" value="([^"]+)"/.exec(body)?.[1] ?? ''
  const end = () => browser.fill('/second-factor', { id }, '/second-factor/end-session')
  await agedBy(16, person)
  assert.equal((await end()).statusCode, 403, 'a session that was left open ends no other')
  const byApi = (url: string) => browser.call('DELETE', url)
  assert.equal((await byApi(`/me/sessions/${id}`)).json().type, '/problems/factor-not-fresh')
  assert.equal((await byApi('/me/sessions')).json().type, '/problems/factor-not-fresh')
  const everywhere = await browser.fill('/sign-out', { everywhere: 'yes' })
  assert.match(String(everywhere.headers.location), /^\/second-factor\?/)
  assert.ok(await browser.isIn())
  assert.ok(await elsewhere.isIn())
  await house.owner('update staff.session set factor_at = now() where officer_id = $1', [person.id])
  const { person: stranger } = await withApp()
  const [theirs] = await house.owner<{ id: string }>('select id from staff.session where officer_id = $1', [
    stranger.id,
  ])
  const foreign = await browser.fill('/second-factor', { id: theirs?.id ?? '' }, '/second-factor/end-session')
  assert.equal(foreign.statusCode, 404)
  assert.equal((await end()).statusCode, 303)
  assert.deepEqual([await elsewhere.isIn(), await browser.isIn()], [false, true])
})

test('an administrator signs an officer out everywhere, and the command line everybody', async () => {
  const { person, browser } = await withApp('data-approver')
  const admin = await signedIn(await anOfficer())
  const ended = await admin.call('DELETE', `/officers/${person.id}/sessions`)
  assert.deepEqual([ended.statusCode, ended.json()], [200, { ended: 1 }])
  assert.equal(await browser.isIn(), false)
  assert.ok(await admin.isIn())
  const operator = { by: { kind: 'operator', id: 'root' }, scope: 'house', purpose: 'staff' } as const
  assert.ok((await house.as(operator, staff.signOutEverybody)) >= 1)
  assert.equal(await admin.isIn(), false)
})

test('the door of the demonstration is nowhere else', async () => {
  const { person, browser } = await withApp()
  assert.equal((await browser.get('/demonstration')).statusCode, 404)
  assert.equal((await browser.call('POST', '/me/second-factor/demonstration')).statusCode, 404)
  const thief = new Browser()
  await thief.password(person)
  const page = await thief.get('/second-factor')
  assert.doesNotMatch(page.body, /demonstration/)
  const form = /name="form" value="([^"]*)"/.exec(page.body)?.[1] ?? ''
  assert.equal((await thief.post('/demonstration/second-factor', { form })).statusCode, 404)
  assert.equal((await thief.post('/demonstration/sign-in', { form, login: 'phuong' })).statusCode, 404)
  assert.equal(await thief.isIn(), false)
})

test('no secret of a factor is stored readable, and no code', async () => {
  const { secret } = await withApp()
  const rows = await house.owner<{ row: string }>(
    `select f::text as row from staff.factor f union all select s::text from staff.sign_in s
     union all select o::text from staff.factor_offer o`,
  )
  const hex = Buffer.from(Secret.fromBase32(secret).bytes).toString('hex')
  const written = Buffer.from(secret).toString('hex')
  assert.ok(rows.every(({ row }) => !row.includes(secret) && !row.includes(hex) && !row.includes(written)))
})
