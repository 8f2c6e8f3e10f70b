import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { FormBrowser } from '../../test/form-browser.ts'
import { openHouse } from '../../test/house.ts'
import { signInByForm } from '../../test/officer-factor.ts'
import { serveStaff } from '../../test/staff-server.ts'
import { makeServer } from '../platform/http/server.ts'
import { openLog } from '../platform/log.ts'
import { factorPages } from './factors/routes.ts'
import { staffPages } from './routes-pages.ts'
import * as staff from './staff.ts'

const house = await openHouse({ withUnits: true })
const { app, origin, signIns, signInOf: login } = await serveStaff(house)
after(() => app.close())

class Browser extends FormBrowser {
  constructor() {
    super(() => app)
  }

  async signIn(name: string, page = '/sign-in') {
    return signInByForm(this, { login: name, password: login(name).password }, page)
  }
}

test('an officer signs in on a page without script and comes to where they wanted', async () => {
  const browser = new Browser()
  const answer = await browser.signIn('phuong', '/sign-in?return=%2Fconsole%2Fra-soat')
  assert.deepEqual([answer.statusCode, answer.headers.location], [303, '/console/ra-soat'])
  const cookie = answer.cookies.find(({ name }) => name === 'dinhdanh-session')
  assert.deepEqual([cookie?.httpOnly, cookie?.sameSite, cookie?.path], [true, 'Lax', '/'])

  const me = (await browser.call('GET', '/me')).json()
  assert.deepEqual(
    [me.name, me.post.role, me.today, me.demonstration],
    [login('phuong').name, 'ward-officer', '2023-04-20', true],
  )
  assert.deepEqual(
    me.unitPath.map((unit: { name: string }) => unit.name),
    ['Phường Trần Hưng Đạo', 'Thành phố Hạ Long', 'Tỉnh Quảng Ninh'],
  )
  assert.ok(me.rights.includes('register.search') && !me.rights.includes('staff.manage'))
  assert.deepEqual(me.letterhead, {
    above: 'Công an thành phố Hạ Long',
    name: 'Công an phường Trần Hưng Đạo',
    town: 'Trần Hưng Đạo',
  })
})

test('signing in never redirects to another site', async () => {
  for (const place of [
    'https://elsewhere.example/',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/sign-out',
    'javascript:alert(1)',
  ]) {
    const answer = await new Browser().signIn('phuong', `/sign-in?return=${encodeURIComponent(place)}`)
    assert.equal(answer.headers.location, '/console/', place)
  }
})

test('a wrong password says so on the page, keeps the login, and repeats no password', async () => {
  const answer = await new Browser().fill('/sign-in', { login: 'phuong"><b>', password: 'sai-mật-khẩu' })
  assert.equal(answer.statusCode, 403)
  assert.match(answer.body, /role="alert"[^>]*>Tên đăng nhập hoặc mật khẩu chưa khớp/)
  assert.match(answer.body, /value="phuong&quot;&gt;&lt;b&gt;"/)
  assert.doesNotMatch(answer.body, /sai-mật-khẩu/)
})

test('a password is typed unseen, may be pasted, and a password manager knows which it is', async () => {
  const browser = new Browser()
  const entrance = await browser.get('/sign-in')
  await browser.signIn('phuong')
  const change = await browser.get('/change-password')
  const fieldsOf = ({ body }: { body: string }) =>
    [...body.matchAll(/<input[^>]*name="(password|current|next|again)"[^>]*>/g)].map(([field, name]) => [
      name,
      /type="(\w+)"/.exec(field)?.[1],
      /autocomplete="([\w-]+)"/.exec(field)?.[1],
    ])
  assert.deepEqual(fieldsOf(entrance), [['password', 'password', 'current-password']])
  assert.deepEqual(fieldsOf(change), [
    ['current', 'password', 'current-password'],
    ['next', 'password', 'new-password'],
    ['again', 'password', 'new-password'],
  ])
  for (const { body } of [entrance, change]) assert.doesNotMatch(body, /<script|onpaste|readonly[^>]*type="password"/)
})

test('a form from another installation is refused, with or without cookies', async () => {
  const { password } = login('phuong')
  const browser = new Browser()
  await browser.get('/sign-in')
  assert.equal((await browser.post('/sign-in', { login: 'phuong', password, form: 'x'.repeat(43) })).statusCode, 403)
  assert.equal((await browser.post('/sign-in', { login: 'phuong', password })).statusCode, 403)
  const foreign = { form: 'x', login: 'phuong', password }
  assert.equal((await browser.post('/sign-in', foreign, { 'sec-fetch-site': 'cross-site' })).statusCode, 403)
  const other = new Browser()
  const page = await other.get('/sign-in')
  const form = /name="form" value="([^"]*)"/.exec(page.body)?.[1] ?? assert.fail('no token')
  assert.equal(
    (await browser.post('/sign-in', { form, login: 'phuong', password })).statusCode,
    403,
    'another browser’s token',
  )
  assert.ok(!browser.cookies.has('dinhdanh-session'))
})

test('a shared laptop offers recent officers, asks the password, and ends the first session', async () => {
  const browser = new Browser()
  await browser.signIn('phuong')
  const first = browser.cookies.get('dinhdanh-session') ?? ''
  const page = await browser.get('/sign-in?change=1')
  assert.match(page.body, new RegExp(login('phuong').name))
  assert.doesNotMatch(
    (await new Browser().get('/sign-in')).body,
    new RegExp(login('phuong').name),
    'not offered to another browser',
  )

  await browser.signIn('phuong2')
  assert.equal((await browser.call('GET', '/me')).json().name, login('phuong2').name)
  const old = await app.inject({ url: '/api/me', cookies: { 'dinhdanh-session': first } })
  assert.equal(old.statusCode, 401)
  assert.match(
    (await browser.get('/sign-in')).body,
    new RegExp(`${login('phuong2').name}[\\s\\S]*${login('phuong').name}`),
  )
})

test('signing out here leaves the other browser, everywhere leaves none', async () => {
  const [laptop, desktop] = [new Browser(), new Browser()]
  const status = async (browser: Browser) => (await browser.call('GET', '/me')).statusCode
  await laptop.signIn('huyen')
  await desktop.signIn('huyen')
  const sessions = (await desktop.call('GET', '/me/sessions')).json().sessions
  assert.deepEqual(sessions.map((one: { thisOne: boolean }) => one.thisOne).sort(), [false, true])

  assert.equal((await laptop.fill('/sign-out', {})).headers.location, '/')
  assert.deepEqual([await status(laptop), await status(desktop)], [401, 200])
  await laptop.signIn('huyen')
  await laptop.fill('/sign-out', { everywhere: 'yes' })
  assert.deepEqual([await status(laptop), await status(desktop)], [401, 401])
})

test('whoever signs out leaves no page in the browser’s cache', async () => {
  const browser = new Browser()
  await browser.signIn('huyen')
  const answer = await browser.fill('/sign-out', {})
  assert.equal(answer.headers['clear-site-data'], '"cache"')
  assert.match(String((await browser.get('/sign-in')).headers['cache-control']), /no-store/)
})

test('an administrator enters an officer and proposes a post; nobody is shown a password', async () => {
  const admin = new Browser()
  await admin.signIn('quantri')
  const unitId = login('phuong').unitId
  const entered = { login: 'canbo.moi', name: 'Cán Bộ Mới', unitId, phone: '0912 345 678' }
  const added = (await admin.call('POST', '/officers', entered)).json()
  assert.deepEqual(Object.keys(added), ['id'])
  const post = { role: 'ward-officer', unitId }
  const proposed = await admin.call('POST', `/officers/${added.id}/appointments`, post)
  assert.equal(proposed.statusCode, 200)
  const taken = await admin.call('POST', '/officers', { login: 'canbo.moi', name: 'Người Khác', unitId })
  assert.deepEqual([taken.statusCode, taken.json().type], [409, '/problems/login-taken'])
  const malformed = await admin.call('POST', '/officers', { ...entered, login: 'canbo.khac', phone: '12' })
  assert.deepEqual([malformed.statusCode, malformed.json().type], [400, '/problems/contact-malformed'])
  const ofAdded = async () =>
    (await admin.call('GET', '/officers')).json().officers.find(({ id }: { id: string }) => id === added.id)
  const before = await ofAdded()
  assert.deepEqual([before.name, before.contact, before.appointments], ['Cán Bộ Mới', { phone: '•••678' }, []])

  const commander = new Browser()
  await commander.signIn('chihuy')
  const { proposalId } = proposed.json()
  const accepted = await commander.call('POST', `/staff-proposals/${proposalId}/accept`, { delivery: 'phone' })
  assert.equal(accepted.statusCode, 200)
  assert.equal((await ofAdded()).appointments[0].roleName.vi.slice(0, 25), 'Cán bộ công an xã, phường')
})

test('a password that somebody else chose opens the page to change it alone', async () => {
  const unitId = login('phuong').unitId
  const { password } = await house.work(async work => {
    const added = await staff.addOfficer(work, { login: 'canbo.doi', fullName: 'Cán Bộ Đổi', unitId })
    await staff.appoint(work, { officerId: added.officer.id, role: 'ward-officer', unitId })
    return added
  })
  const newcomer = new Browser()
  const signed = await signInByForm(newcomer, { login: 'canbo.doi', password })
  assert.equal(signed.headers.location, '/change-password?return=%2Fconsole%2F')
  assert.deepEqual((await newcomer.call('GET', '/me')).json().rights, [])
  const change = { current: password, next: 'hoa ban nở tháng ba', again: 'hoa ban nở tháng tư' }
  assert.match((await newcomer.fill('/change-password', change)).body, /Hai lần nhập mật khẩu mới khác nhau/)
  const changed = await newcomer.fill('/change-password', { ...change, again: change.next })
  assert.equal(changed.headers.location, '/console/')
  assert.ok((await newcomer.call('GET', '/me')).json().rights.includes('register.search'))
})

test('an officer without the right is refused, and a visitor is asked to sign in', async () => {
  const officer = new Browser()
  const unitId = login('phuong').unitId
  assert.equal((await officer.call('GET', '/officers')).statusCode, 401)
  await officer.signIn('phuong')
  const refused = await officer.call('POST', '/officers', { login: 'khac', name: 'Khác', unitId })
  assert.deepEqual([refused.statusCode, refused.json().type], [403, '/problems/right-missing'])
})

test('an officer with two posts chooses one on a page and may change it later', async () => {
  const { id, unitId } = await house.work(async work => {
    const officer = (await staff.officers(work)).find(one => one.login === 'pheduyet') ?? assert.fail('not there')
    await staff.appoint(work, { officerId: officer.id, role: 'district-officer', unitId: officer.unitId })
    return officer
  })
  const browser = new Browser()
  const signed = await browser.signIn('pheduyet', '/sign-in?return=%2Fconsole%2Fdan-cu')
  assert.equal(signed.headers.location, '/choose-post?return=%2Fconsole%2Fdan-cu')
  const me = (await browser.call('GET', '/me')).json()
  assert.deepEqual([me.id, me.post, me.posts.length], [id, undefined, 2])
  const chosen = await browser.fill('/choose-post?return=%2Fconsole%2Fdan-cu', { post: me.posts[1].appointmentId })
  assert.equal(chosen.headers.location, '/console/dan-cu')
  const post = (await browser.call('GET', '/me')).json().post
  assert.deepEqual([post.appointmentId, post.unitId], [me.posts[1].appointmentId, unitId])
})

test('a page that was opened in another post does nothing until its post is chosen again', async () => {
  const browser = new Browser()
  await browser.signIn('pheduyet')
  const [first, second] = (await browser.call('GET', '/me')).json().posts
  const ofPage = { 'dinhdanh-post': first.appointmentId }
  const choose = (appointmentId: string, headers = {}) => browser.call('POST', '/me/post', { appointmentId }, headers)
  assert.equal((await choose(second.appointmentId)).statusCode, 200)
  const refused = await browser.call('DELETE', '/me/sessions', undefined, ofPage)
  assert.deepEqual([refused.statusCode, refused.json().type], [409, '/problems/another-post-here'])
  assert.equal((await choose(first.appointmentId, ofPage)).statusCode, 200)
  assert.equal((await browser.call('GET', '/me', undefined, ofPage)).json().post.appointmentId, first.appointmentId)
})

test('one press signs a role of a demonstration in; a foreign form and an unknown login do not', async () => {
  const browser = new Browser()
  const page = await browser.get('/demonstration')
  assert.match(page.body, /name="login" value="kiemtra"/)
  const signed = await browser.send('/demonstration/sign-in', page, { login: 'kiemtra' })
  assert.deepEqual([signed.statusCode, signed.headers.location], [303, '/console/'])
  assert.equal((await browser.call('GET', '/me')).json().post.role, 'auditor')
  const stranger = new Browser()
  await stranger.get('/demonstration')
  const forged = await stranger.post('/demonstration/sign-in', { form: 'x'.repeat(43), login: 'kiemtra' })
  assert.equal(forged.statusCode, 403)
  const nobody = await stranger.send('/demonstration/sign-in', await stranger.get('/demonstration'), { login: 'ai' })
  assert.match(String(nobody.headers.location), /^\/sign-in/)
  assert.equal((await stranger.call('GET', '/me')).statusCode, 401)
})

test('every page has Vietnamese and English, its true address, and no foreign host', async () => {
  const browser = new Browser()
  for (const path of ['/', '/sign-in', '/sign-out', '/demonstration', '/new-password']) {
    const { statusCode, body, headers } = await browser.get(path)
    assert.equal(statusCode, 200, path)
    assert.match(body, /<html lang="vi">/)
    assert.match(body, /Địa chỉ đúng:/)
    assert.match(body, /minh họa/)
    const scripts = path === '/new-password' ? ['/assets/address-secret.js'] : []
    assert.deepEqual(
      [...body.matchAll(/<script src="([^"]*)"/g)].map(([, from]) => from),
      scripts,
      path,
    )
    assert.doesNotMatch(body, /https?:\/\/|<script(?! src="\/assets\/)|style=/, path)
    assert.match(String(headers['content-security-policy']), /default-src 'none'/)
  }
  const turned = await browser.get('/language/en?return=%2Fsign-in%3Freturn%3D%252Fconsole%252F')
  assert.equal(turned.headers.location, '/sign-in?return=%2Fconsole%2F')
  assert.match((await browser.get('/sign-in')).body, /<html lang="en">[\s\S]*Sign in/)
})

test('over https the pages of sign-in set cookies of this host alone', async () => {
  const proxied = await makeServer({ log: openLog('silent'), origin, trustProxy: '10.0.0.1' })
  after(() => proxied.close())
  const ours = { openWork: house.openWork, origin, demonstration: () => signIns }
  await proxied.register(async pages => staffPages(pages, ours))
  await proxied.register(async pages => factorPages(pages, ours))
  const from = { remoteAddress: '10.0.0.1', headers: { 'x-forwarded-proto': 'https' } }
  const { body, cookies: first } = await proxied.inject({ url: '/sign-in', ...from })
  const form = /name="form" value="([^"]*)"/.exec(body)?.[1] ?? assert.fail('no token')
  const signed = await proxied.inject({
    method: 'POST',
    url: '/sign-in',
    ...from,
    cookies: Object.fromEntries(first.map(({ name, value }) => [name, value])),
    headers: { ...from.headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ form, login: 'phuong', password: login('phuong').password }).toString(),
  })
  const begun = await proxied.inject({
    method: 'POST',
    url: '/demonstration/second-factor',
    ...from,
    cookies: Object.fromEntries([...first, ...signed.cookies].map(({ name, value }) => [name, value])),
    headers: { ...from.headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ form }).toString(),
  })
  const turned = await proxied.inject({ url: '/language/en', ...from })
  const set = [...first, ...signed.cookies, ...begun.cookies, ...turned.cookies]
  assert.deepEqual(new Set(set.map(({ name }) => name)), new Set(hostCookies))
  const ended = ({ value }: { value: string }) => value === ''
  for (const { name, secure, path, sameSite, domain } of set.filter(one => !ended(one)))
    assert.deepEqual([name, secure, path, sameSite, domain], [name, true, '/', 'Lax', undefined])
})
const hostCookies = ['counted', 'device', 'sign-in', 'session'].map(name => `__Host-dinhdanh-${name}`)
hostCookies.push('__Host-language')

test('style, emblem and fonts are served by the installation itself', async () => {
  const css = await app.inject('/assets/pages.css')
  assert.equal(css.statusCode, 200)
  const files = [...css.body.matchAll(/url\("([^"]+)"\)/g)].map(([, path]) => path ?? '')
  assert.equal(files.length, 9)
  for (const file of [...files, '/assets/sign.svg']) assert.equal((await app.inject(file)).statusCode, 200, file)
})
