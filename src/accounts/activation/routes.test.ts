import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { anAuthenticator } from '../../../test/a-passkey.ts'
import { anActivatedAccount, anApprovedAccount, aPhoneInHand, holderOf } from '../../../test/an-account.ts'
import { commune } from '../../../test/builders.ts'
import { FormBrowser } from '../../../test/form-browser.ts'
import { openHouse } from '../../../test/house.ts'
import { signInByForm } from '../../../test/officer-factor.ts'
import { openRequests } from '../../platform/http/serve-endpoint.ts'
import { makeServer } from '../../platform/http/server.ts'
import type { Id } from '../../platform/ids.ts'
import { openLog } from '../../platform/log.ts'
import { routes as staffRoutes } from '../../staff/routes.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { slipRoutes } from '../slips/routes.ts'
import { printSlips } from '../slips/slips.ts'
import { activationRoutes } from './routes.ts'

const house = await openHouse({ withUnits: true })
const origin = 'http://localhost:8080'
const inHand = aPhoneInHand(house)
let app: FastifyInstance
let seeded: staff.DemonstrationSignIn[] = []

before(async () => {
  seeded = await house.work(async work => {
    const at = async (code: string) =>
      (await units.findUnitOn(work, code, work.today))?.id ?? assert.fail(`no unit ${code}`)
    const [provinceUnitId, districtUnitId, communeUnitId, otherDistrictUnitId] = [
      await at('22'),
      await at('193'),
      await at(commune.haKhanh),
      await at('195'),
    ]
    return staff.seedDemonstration(work, { provinceUnitId, districtUnitId, communeUnitId, otherDistrictUnitId })
  })
  app = await makeServer({ log: openLog('silent'), origin, trustProxy: false, perMinute: 10_000 })
  const doors = { app, origin, openWork: openRequests(house.openWork, staff.authenticate(house.openWork)) }
  staffRoutes(doors, { openWork: house.openWork, demonstration: () => seeded })
  activationRoutes(doors, { openWork: house.openWork, isDemonstration: () => true })
  slipRoutes(doors, { isDemonstration: () => true })
  await app.ready()
})
after(() => app.close())

const browse = () => new FormBrowser(() => app)
const signedIn = async (login: string) => {
  const browser = browse()
  await signInByForm(browser, { login, password: seeded.find(one => one.login === login)?.password ?? '' })
  return browser
}
const titleOf = ({ body }: { body: string }) => /<h1>([^<]*)<\/h1>/.exec(body)?.[1]
const codesIn = ({ body }: { body: string }) =>
  [...body.matchAll(/<li>([0-9A-Z-]{34})<\/li>/g)].map(([, code]) => code ?? '')
const slipFor = async (accountId: Id<'account'>) =>
  (await house.work(work => printSlips(work, [accountId])))[0]?.secret ?? assert.fail('no slip')
const toPasscode = async (browser: FormBrowser, number: string, secret: string, born = '15/03/2005') => {
  await browser.get(`/activate/slip/${secret}`)
  await browser.fill('/activate/slip', { number, born })
  return browser.get('/activate')
}

test('an account is activated by message on pages without script', async () => {
  const account = await anApprovedAccount(house)
  const browser = browse()
  const began = await browser.fill('/activate', { number: account.number, phone: account.phone.slice(-3) })
  assert.deepEqual([began.statusCode, began.headers.location], [303, '/activate'])
  assert.equal(titleOf(await browser.get('/activate')), 'Nhập số trong tin nhắn')
  const wrong = await browser.fill('/activate', { code: '000000' }, '/activate/code')
  assert.match(wrong.body, /role="alert"[^>]*>Số vừa nhập chưa khớp/)
  await browser.fill('/activate', { code: await inHand.codeTo(account.phone) }, '/activate/code')
  const differs = await browser.fill('/activate', { passcode: '730164', again: '730165' }, '/activate/passcode')
  assert.match(differs.body, /Hai lần nhập khác nhau/)
  const weak = await browser.fill('/activate', { passcode: '150305', again: '150305' }, '/activate/passcode')
  assert.match(weak.body, /Passcode có ngày hoặc năm sinh/)
  await browser.fill('/activate', { passcode: '730164', again: '730164' }, '/activate/passcode')
  assert.equal(titleOf(await browser.get('/activate')), 'Tài khoản đã kích hoạt')
  const codes = codesIn(await browser.fill('/activate', {}, '/activate/codes'))
  assert.equal(codes.length, 10)
  const done = await browser.fill('/activate', {}, '/activate/done')
  assert.equal(done.headers.location, '/activate/done')
  assert.equal(titleOf(await browser.get('/activate')), 'Kích hoạt tài khoản', 'the browser holds nothing more')
  assert.equal((await holderOf(house, account)).state, 'activated')
})

test('a slip’s secret is removed from the address at once and appears on no page', async () => {
  const account = await anApprovedAccount(house)
  const secret = await slipFor(account.accountId)
  const browser = browse()
  const scanned = await browser.get(`/activate/slip/${secret}`)
  assert.deepEqual([scanned.statusCode, scanned.headers.location], [303, '/activate/slip'])
  const cookie = scanned.cookies.find(({ name }) => name === 'dinhdanh-slip')
  assert.deepEqual([cookie?.httpOnly, cookie?.sameSite, cookie?.maxAge], [true, 'Lax', 600])
  const page = await browser.get('/activate/slip')
  assert.ok(!page.body.includes(secret.replaceAll('-', '')) && !page.body.includes('name="code"'))
  assert.equal(page.headers['referrer-policy'], 'no-referrer')
  const wrong = await browser.fill('/activate/slip', { number: account.number, born: '16/03/2005' })
  assert.equal(wrong.statusCode, 403)
  assert.match(wrong.body, /chưa khớp/)
  await browser.fill('/activate/slip', { number: account.number, born: '15/03/2005' })
  assert.equal(titleOf(await browser.get('/activate')), 'Đặt passcode (mã 6 số)')
})

test('a holder who cannot scan types the code; an invalid QR code leads to the same page', async () => {
  const account = await anApprovedAccount(house)
  const secret = await slipFor(account.accountId)
  const browser = browse()
  assert.equal((await browser.get('/activate/slip/nothing')).headers.location, '/activate/slip')
  assert.match((await browser.get('/activate/slip')).body, /name="code"/)
  await browser.fill('/activate/slip', { code: secret.toLowerCase(), number: account.number, born: '15-3-2005' })
  assert.equal(titleOf(await browser.get('/activate')), 'Đặt passcode (mã 6 số)')
})

test('a form from another site or without our token changes nothing', async () => {
  const account = await anApprovedAccount(house)
  const fields = { number: account.number, phone: account.phone.slice(-3) }
  const browser = browse()
  const { body } = await browser.get('/activate')
  const form = /name="form" value="([^"]*)"/.exec(body)?.[1] ?? ''
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }])
    assert.equal((await browser.post('/activate', { form, ...fields }, headers)).statusCode, 403)
  assert.equal((await browser.post('/activate', fields)).statusCode, 403)
  assert.equal((await browser.post('/activate', { form: 'x'.repeat(43), ...fields })).statusCode, 403)
  const stranger = await browse().get('/activate')
  const theirs = /name="form" value="([^"]*)"/.exec(stranger.body)?.[1] ?? ''
  assert.equal((await browser.post('/activate', { form: theirs, ...fields })).statusCode, 403)
  assert.deepEqual(await inHand.textsTo(account.phone), [])
  assert.equal(
    (await browser.post('/activate', { form, ...fields }, { 'sec-fetch-site': 'same-origin' })).statusCode,
    303,
  )
})

const doors = [
  '/activate',
  '/activate/code',
  '/activate/again',
  '/activate/no-message',
  '/activate/slip',
  '/activate/guardian',
  '/activate/passcode',
  '/activate/codes',
  '/activate/done',
  '/activate/leave',
  '/activate/passkey',
  '/activate/passkey/options',
  '/account/forgotten',
  '/account/device',
  '/account/device/show',
  '/account/device/passkey',
  '/account/device/passkey/options',
]

test('no activation route accepts another site’s form, and none may be framed or cached', async () => {
  for (const door of doors) {
    const browser = browse()
    const { body } = await browser.get('/activate')
    const form = /name="form" value="([^"]*)"/.exec(body)?.[1] ?? ''
    assert.equal((await browser.post(door, { form }, { 'sec-fetch-site': 'cross-site' })).statusCode, 403, door)
    assert.equal((await browser.post(door, {})).statusCode, 403, `${door} without a token`)
  }
  const { headers } = await browse().get('/activate')
  assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/)
  assert.equal(headers['cache-control'], 'no-store')
})

test('text, status and response time do not reveal whether number and phone exist', async () => {
  const known = await anApprovedAccount(house)
  const asked = async (number: string, phone: string) => {
    const browser = browse()
    const { body } = await browser.get('/activate')
    const form = /name="form" value="([^"]*)"/.exec(body)?.[1] ?? ''
    const start = performance.now()
    const { statusCode, headers } = await browser.post('/activate', { form, number, phone })
    const took = performance.now() - start
    const page = (await browser.get('/activate')).body.replace(/value="[\w-]{43}"/g, '').replaceAll(phone, '')
    return { told: [statusCode, headers.location, page], took }
  }
  const somebody = await asked(known.number, known.phone.slice(-3))
  const nobody = await asked('022205999995', '321')
  assert.deepEqual(nobody.told, somebody.told)
  for (const { took } of [somebody, nobody]) assert.ok(took >= 300 && took % 300 < 150, `${took} ms`)
})

test('the page of a guardian’s word tells nobody whether a passcode is right', async () => {
  const somebody = await anActivatedAccount(house)
  const adult = await anApprovedAccount(house)
  const proven = browse()
  await proven.fill('/activate', { number: adult.number, phone: adult.phone.slice(-3) })
  await proven.fill('/activate', { code: await inHand.codeTo(adult.phone) }, '/activate/code')
  const tries = () => house.owner(`select sum(failures)::int as tries from accounts.slowdown`)
  const before = await tries()
  // One without an attempt, and one whose attempt needs no guardian.
  for (const browser of [browse(), proven]) {
    const answers = []
    for (const passcode of [somebody.passcode, '904187']) {
      const start = performance.now()
      const answer = await browser.fill('/activate', { number: somebody.number, passcode }, '/activate/guardian')
      assert.ok(performance.now() - start >= 300, 'an answer comes at the end of a slot')
      answers.push([answer.statusCode, answer.headers.location, titleOf(answer)])
    }
    assert.deepEqual(answers[0], answers[1])
  }
  assert.deepEqual(await tries(), before, 'no passcode was looked at')
})

test('an officer’s browser gets the reason for the refusal before the form', async () => {
  const officer = await signedIn('phuong')
  for (const page of ['/activate', '/activate/slip', '/account/forgotten', '/account/device']) {
    const answer = await officer.get(page)
    assert.equal(answer.statusCode, 403)
    assert.match(answer.body, /Tài khoản của người dân không kích hoạt trên máy của cán bộ/, page)
  }
  // The session's cookie is gone, the browser is known all the same.
  officer.cookies.delete('dinhdanh-session')
  assert.equal((await officer.get('/activate')).statusCode, 403)
})

test('a holder who gets no message learns where to get a slip', async () => {
  const account = await anApprovedAccount(house)
  const browser = browse()
  await browser.fill('/activate', { number: account.number, phone: account.phone.slice(-3) })
  const answer = await browser.fill('/activate', {}, '/activate/no-message')
  assert.match((await browser.get(String(answer.headers.location))).body, /công an xã, phường bất kỳ/)
  assert.match((await browser.fill('/activate', {}, '/activate/again')).body, /Chưa gửi lại được\. Đợi \d+ giây/)
})

test('each page takes less than thirty kilobytes with its style and its script, and speaks English too', async () => {
  const account = await anApprovedAccount(house)
  const browser = browse()
  const css = (await browser.get('/assets/pages.css')).body.length
  const pages = [
    await browser.get('/activate'),
    await browser.get('/activate/slip'),
    await browser.get('/account/forgotten'),
    await browser.get('/account/device'),
    await browser.get('/account/device/show'),
    await browser.get('/activate/no-message'),
  ]
  pages.push(await toPasscode(browser, account.number, await slipFor(account.accountId)))
  await browser.fill('/activate', { passcode: '730164', again: '730164' }, '/activate/passcode')
  pages.push(await browser.get('/activate'), await browser.fill('/activate', {}, '/activate/codes'))
  const script = (await browser.get('/assets/passkey.js')).body.length
  for (const { body } of pages)
    assert.ok(body.length + css + script < 30_000, `${titleOf({ body })}: ${body.length + css + script}`)
  assert.equal(new Set(pages.map(titleOf)).size, pages.length)
  for (const { body } of pages)
    assert.equal((body.match(/<script/g) ?? []).length, /data-passkey|data-field/.test(body) ? 1 : 0)
  browser.cookies.set('language', 'en')
  assert.match((await browser.get('/account/device')).body, /Take it to this device/)
})

test('a holder adds a passkey after the passcode and moves the account with it', async () => {
  const account = await anApprovedAccount(house)
  const browser = browse()
  await toPasscode(browser, account.number, await slipFor(account.accountId))
  const early = await browser.post('/activate/passkey/options', { form: await formOf(browser, '/activate') })
  assert.equal(early.statusCode, 404, 'before the passcode')
  await browser.fill('/activate', { passcode: '730164', again: '730164' }, '/activate/passcode')
  const form = await formOf(browser, '/activate')
  const send = async (who: FormBrowser, url: string, payload: object) => {
    const answer = await app.inject({ method: 'POST', url, cookies: Object.fromEntries(who.cookies), payload })
    for (const { name, value } of answer.cookies) who.cookies.set(name, value)
    return answer
  }
  const authenticator = anAuthenticator({ origin, id: 'localhost' })
  const options = (await send(browser, '/activate/passkey/options', { form })).json()
  const response = authenticator.create(options)
  assert.equal((await send(browser, '/activate/passkey', { form, response })).statusCode, 200)
  assert.equal((await send(browser, '/activate/passkey', { form, response })).statusCode, 400, 'replayed')
  assert.equal((await holderOf(house, account)).factors.passkeys, 1)

  const next = browse()
  const nextForm = await formOf(next, '/account/device')
  const asked = (await send(next, '/account/device/passkey/options', { form: nextForm })).json()
  const answer = authenticator.get(asked)
  assert.equal((await send(next, '/account/device/passkey', { form: nextForm, response: answer })).statusCode, 200)
  assert.equal(
    (await send(next, '/account/device/passkey', { form: nextForm, response: answer })).statusCode,
    403,
    'replayed',
  )
})

const formOf = async (browser: FormBrowser, page: string) =>
  /name="form" value="([^"]*)"|data-form="([^"]*)"/
    .exec((await browser.get(page)).body)
    ?.slice(1)
    .find(Boolean) ?? ''

test('an old device shows a code that moves the account to the new device', async () => {
  const account = await anActivatedAccount(house)
  const [old, next] = [browse(), browse()]
  const by = { number: account.number, passcode: account.passcode }
  const slip = await slipFor(account.accountId)
  await toPasscode(old, account.number, slip)
  await old.fill('/activate', { kind: 'passcode', proof: account.passcode }, '/activate/own')
  await old.fill('/activate', { passcode: account.passcode, again: account.passcode }, '/activate/passcode')
  const code = /<li>(\d{6})<\/li>/.exec((await old.fill('/account/device/show', by)).body)?.[1] ?? ''
  assert.equal((await next.fill('/account/device/show', by)).statusCode, 403)
  assert.equal((await next.fill('/account/device', { ...by, proof: code })).headers.location, '/account/device/done')
  assert.equal((await old.fill('/account/device/show', by)).statusCode, 403, 'it is over on the old one')
})

test('a holder resets a forgotten passcode by recovery code and message on pages without script', async () => {
  const account = await anApprovedAccount(house)
  const browser = browse()
  await toPasscode(browser, account.number, await slipFor(account.accountId))
  await browser.fill('/activate', { passcode: '730164', again: '730164' }, '/activate/passcode')
  const [code = ''] = codesIn(await browser.fill('/activate', {}, '/activate/codes'))
  const other = browse()
  assert.equal(
    (await other.fill('/account/forgotten', { number: account.number, code: '0000-0000-0000-0000' })).statusCode,
    403,
  )
  assert.equal((await other.fill('/account/forgotten', { number: account.number, code })).headers.location, '/activate')
  await other.fill('/activate', { code: await inHand.codeTo(account.phone) }, '/activate/code')
  await other.fill('/activate', { passcode: '860291', again: '860291' }, '/activate/passcode')
  assert.equal(titleOf(await other.get('/activate')), 'Đã đặt passcode mới')
})

test('an officer with the right prints slips; another is refused', async () => {
  const account = await anApprovedAccount(house)
  const ward = await signedIn('phuong')
  const paper = await ward.call('POST', '/accounts/slips', { accounts: [account.accountId] })
  assert.deepEqual([paper.statusCode, paper.headers['content-type']], [200, 'application/pdf'])
  assert.ok(!String(paper.headers['content-disposition']).includes(account.number))
  const auditor = await signedIn('kiemtra')
  assert.equal((await auditor.call('POST', '/accounts/slips', { accounts: [account.accountId] })).statusCode, 403)
  assert.equal((await ward.call('POST', '/accounts/slips', { accounts: [] })).statusCode, 400)
})
