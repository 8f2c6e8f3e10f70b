import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aHolder } from '../../../test/a-holder.ts'
import { anActivatedAccount } from '../../../test/an-account.ts'
import { openHouse } from '../../../test/house.ts'
import { addressOf, aParty, type Form, leftBy, random, send } from '../../../test/relying-party.ts'
import { openSignIn } from '../../../test/signin-house.ts'
import * as accounts from '../../accounts/accounts.ts'

/** Pages that the provider shows by itself are this house's, and need no script. */

const house = await openHouse({ withUnits: true })
const signIn = await openSignIn(house)
const registered = await signIn.register({ scopes: ['profile'] })
const party = aParty(signIn, registered)
const leaving = (query: Form = {}) => ({
  method: 'GET',
  url: `${signIn.issuer}/session/end`,
  headers: { accept: 'text/html' },
  query,
})
const isOurs = (text: string) => {
  assert.match(text, /<html lang="vi"/)
  assert.doesNotMatch(text, /Submitting Callback|<script>/)
}

test('signing out without a session says so, or returns at once to the registered party', async () => {
  const told = await send(leaving(), signIn.browser())
  assert.equal(told.status, 200)
  const text = await told.text()
  isOurs(text)
  assert.match(text, /<h1>Đã đăng xuất<\/h1>/)
  const state = random()
  const back = `http://localhost:9/${registered.clientId}/`
  const asked = { client_id: registered.clientId, post_logout_redirect_uri: back, state }
  assert.equal(leftBy(await send(leaving(asked), signIn.browser())).href, `${back}?state=${state}`)
  const other = await send(leaving({ ...asked, post_logout_redirect_uri: 'https://evil.example/' }), signIn.browser())
  assert.deepEqual([other.status, other.headers.get('location')], [400, null])
})

test('a page with a button continues where another person’s provider session is in the way', async () => {
  const first = await aHolder(house, 1)
  const browser = await signIn.signedIn(first)
  await party.consent(browser)
  await house.owner(`update signin.session set seen_at = now() - interval '3 hours' where person_id = $1`, [
    first.personId,
  ])
  const second = await anActivatedAccount(house)
  const page = await browser.open(addressOf(party.authorize(party.wish().params)))
  await house.work(work => accounts.registerDevice(work, second, browser.cookies.get('dinhdanh-device') ?? '', 'test'))
  const between = await browser.send(page, { step: 'passcode', number: second.number, passcode: second.passcode })
  isOurs(between.text)
  const fields = [...between.text.matchAll(/<input type="hidden"\s+name="(\w+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']): [string, string] => [name, value],
  )
  const action = /<form method="post" action="([^"]+)"/.exec(between.text)?.[1] ?? assert.fail(between.text)
  const next = await browser.follow(
    await browser.ask(action, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields),
    }),
  )
  assert.match(next.text, /name="step" value="consent"/)
})

test('a page refuses a POST request that is too long; a shorter one is answered', async () => {
  const post = (state: string) =>
    send({
      method: 'POST',
      url: party.at('/auth'),
      headers: { accept: 'text/html' },
      form: party.wish({ state }).params,
    })
  assert.equal((await post('x'.repeat(2_000))).status, 303)
  for (const length of [9_000, 200_000]) {
    const refused = await post('x'.repeat(length))
    assert.equal(refused.status, 413)
    const text = await refused.text()
    isOurs(text)
    assert.match(text, /<code>invalid_request<\/code>/)
  }
})
