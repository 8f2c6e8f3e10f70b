import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { FormBrowser } from '../../../test/form-browser.ts'
import { openHouse } from '../../../test/house.ts'
import { serveStaff } from '../../../test/staff-server.ts'

/** The doors by which the console signs an officer in over the page that is open. */

const house = await openHouse({ withUnits: true })
let isDemonstration = true
const { app, signInOf } = await serveStaff(house, () => isDemonstration)
const passwordOf = (name: string) => signInOf(name).password
after(() => app.close())

test('an officer signs in over the page in two steps, and the second begins the session', async () => {
  const browser = new FormBrowser(() => app)
  const first = await browser.call('POST', '/sign-in', { login: 'phuong', password: passwordOf('phuong') })
  assert.deepEqual(
    [first.json().outcome, first.json().ways.demonstration, first.json().ways.app],
    ['password-right', true, false],
  )
  assert.equal((await browser.call('GET', '/me')).statusCode, 401)
  const done = (await browser.call('POST', '/sign-in/demonstration')).json()
  assert.equal(done.outcome, 'signed-in')
  const me = (await browser.call('GET', '/me')).json()
  assert.deepEqual([me.id, me.login], [done.officerId, 'phuong'])
  assert.match(me.draftKey, /^[\w-]{43}$/)
})

test('wrong passwords, wrong second factors and a second step without a first begin nothing', async () => {
  const browser = new FormBrowser(() => app)
  assert.equal(
    (await browser.call('POST', '/sign-in/second-factor', { way: 'totp', code: '000000' })).json().outcome,
    'over',
  )
  assert.equal((await browser.call('POST', '/sign-in/mail-code')).json().outcome, 'over')
  assert.equal(
    (await browser.call('POST', '/sign-in', { login: 'phuong', password: 'wrong' })).json().outcome,
    'refused',
  )
  assert.equal(
    (await browser.call('POST', '/sign-in', { login: 'nobody', password: 'wrong' })).json().outcome,
    'refused',
  )
  await browser.call('POST', '/sign-in', { login: 'phuong', password: passwordOf('phuong') })
  const wrong = await browser.call('POST', '/sign-in/second-factor', { way: 'totp', code: '000000' })
  assert.equal(wrong.json().outcome, 'wrong')
  assert.equal((await browser.call('GET', '/me')).statusCode, 401)
})

test('another site signs nobody in, and an installation has no demonstration step', async () => {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/sign-in',
    headers: { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' },
    payload: { login: 'phuong', password: passwordOf('phuong') },
  })
  assert.equal(answer.json().type, '/problems/foreign-origin')
  isDemonstration = false
  const browser = new FormBrowser(() => app)
  assert.equal((await browser.call('POST', '/sign-in/demonstration')).statusCode, 404)
  isDemonstration = true
})
