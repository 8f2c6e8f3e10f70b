import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aHolder } from '../../test/a-holder.ts'
import { openHouse } from '../../test/house.ts'
import { isNoted } from '../../test/refusals.ts'
import { type AParty, addressOf, answerOf, aParty, leftBy, send } from '../../test/relying-party.ts'
import { openSignIn } from '../../test/signin-house.ts'
import * as units from '../units/units.ts'

/** Who meets whom: a person in their browsers, the parties they let see something, and what each has of the other. */

const house = await openHouse()
await house.work(units.loadReference)
const signIn = await openSignIn(house)
const party = aParty(signIn, await signIn.register({ scopes: ['profile'] }))

/** Somebody new, in a browser where they are signed in. */
async function somebody() {
  const holder = await aHolder(house, 1)
  return { holder, browser: await signIn.signedIn(holder) }
}
const consented = async (by: AParty = party) => {
  const one = await somebody()
  await by.consent(one.browser)
  return one
}

test('the provider’s cookie without the house’s is worth nothing', async () => {
  const { browser } = await consented()
  const thief = signIn.browser()
  for (const [name, value] of browser.cookies) if (!name.startsWith('dinhdanh-citizen')) thief.cookies.set(name, value)
  assert.ok([...thief.cookies.keys()].some(name => name.startsWith('dinhdanh-oidc')))
  const left = leftBy(await send(party.authorize(party.wish({ prompt: 'none' }).params), thief))
  assert.equal(left.searchParams.get('error'), 'login_required')
  assert.match((await thief.open(addressOf(party.authorize(party.wish().params)))).text, /name="passcode"/)
  const mixed = await signIn.signedIn((await somebody()).holder)
  for (const [name, value] of browser.cookies) if (!name.startsWith('dinhdanh-citizen')) mixed.cookies.set(name, value)
  const crossed = leftBy(await send(party.authorize(party.wish({ prompt: 'none' }).params), mixed))
  assert.equal(crossed.searchParams.get('error'), 'login_required', 'nor with somebody else’s')
})

test('sandbox clients and invented people have only each other', async () => {
  const sandbox = aParty(signIn, await signIn.register({ scopes: ['profile'], sandbox: true }))
  const { holder, browser } = await consented()
  const silent = async (by: AParty) => leftBy(await send(by.authorize(by.wish({ prompt: 'none' }).params), browser)).searchParams
  assert.ok((await silent(party)).get('code'))
  assert.equal((await silent(sandbox)).get('error'), 'access_denied')
  await house.owner('insert into parties.sandbox_person values ($1, now())', [holder.personId])
  await sandbox.consent(browser)
  assert.ok((await silent(sandbox)).get('code'))
  assert.equal((await silent(party)).get('error'), 'access_denied')
})

test('a party that has used up its quota is told so, in the browser’s way back', async () => {
  const few = await signIn.register({ scopes: ['profile'] })
  const its = aParty(signIn, few)
  const { browser } = await consented(its)
  await house.owner(`insert into parties.quota values ($1, 'sign-in', 2, 1000, 'x', now())`, [few.clientId])
  await its.code(browser)
  const { params } = its.wish()
  const refused = await send(its.authorize(params), browser)
  const left = leftBy(refused)
  assert.equal(left.searchParams.get('error'), 'temporarily_unavailable')
  assert.equal(left.searchParams.get('state'), params['state'])
  assert.equal(left.searchParams.get('code'), null)
  await isNoted(house, refused, [], { check: 'quota', client_id: few.clientId })
})

test('two windows of one browser do not end each other’s sign-in', async () => {
  const { browser } = await consented()
  const newcomer = aParty(signIn, await signIn.register({ scopes: ['profile'] }))
  const page = await browser.open(addressOf(newcomer.authorize(newcomer.wish().params)))
  const [one, two, three] = await Promise.all([
    browser.send(page, { step: 'consent', answer: 'yes' }),
    browser.open(addressOf(party.authorize(party.wish().params))),
    browser.open(addressOf(party.authorize(party.wish().params))),
  ])
  assert.ok(one.left?.searchParams.get('code'), one.text)
  for (const { left, text } of [two, three]) assert.ok(left?.searchParams.get('code') || /name="passcode"|consent/.test(text), left?.href)
  await party.code(browser)
})

test('who lets a party see less than before ends what it was given elsewhere, too; who lets it see more does not', async () => {
  const wide = aParty(signIn, await signIn.register({ scopes: ['profile', 'birthdate'] }))
  const { holder, browser } = await somebody()
  const answerAnew = async (scope: string) => {
    const elsewhere = await signIn.signedIn(holder)
    const page = await elsewhere.open(addressOf(wide.authorize(wide.wish({ scope, prompt: 'consent' }).params)))
    const back = await elsewhere.send(page, { step: 'consent', answer: 'yes' })
    assert.ok(back.left?.searchParams.get('code'), back.text)
  }
  await wide.consent(browser, 'openid profile')
  const little = await wide.tokens(browser, { scope: 'openid profile' })
  await answerAnew('openid profile birthdate')
  assert.equal((await send(await wide.userinfo(little.access_token))).status, 200)

  const much = await wide.tokens(browser, { scope: 'openid profile birthdate' })
  assert.ok((await answerOf(await send(await wide.userinfo(much.access_token)))).body['birthdate'])
  await answerAnew('openid profile')
  assert.equal((await send(await wide.userinfo(much.access_token))).status, 401)
  assert.equal((await send(await wide.token({ grant_type: 'refresh_token', refresh_token: much.refresh_token }))).status, 400)
  assert.equal((await send(await wide.userinfo((await wide.tokens(browser)).access_token))).status, 200)
})
