import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aHolder } from '../../../test/a-holder.ts'
import { openHouse } from '../../../test/house.ts'
import { isNoted } from '../../../test/refusal-checks.ts'
import { type AParty, addressOf, answerOf, aParty, type Form, leftBy, send } from '../../../test/relying-party.ts'
import { openSignIn } from '../../../test/signin-house.ts'

/** Who meets whom: a person in their browsers, the parties they let see something, and what each has of the other. */

const house = await openHouse({ withUnits: true })
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

test('the provider’s cookie is worthless without the session cookie', async () => {
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

test('sandbox clients serve invented people only, and those use sandbox clients only', async () => {
  const sandbox = aParty(signIn, await signIn.register({ scopes: ['profile'], sandbox: true }))
  const { holder, browser } = await consented()
  const silent = async (by: AParty) =>
    leftBy(await send(by.authorize(by.wish({ prompt: 'none' }).params), browser)).searchParams
  assert.ok((await silent(party)).get('code'))
  assert.equal((await silent(sandbox)).get('error'), 'access_denied')
  await house.owner('insert into parties.sandbox_person values ($1, now())', [holder.personId])
  await sandbox.consent(browser)
  assert.ok((await silent(sandbox)).get('code'))
  assert.equal((await silent(party)).get('error'), 'access_denied')
})

test('a party that used up its quota gets the error by the browser’s redirect', async () => {
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
  for (const { left, text } of [two, three])
    assert.ok(left?.searchParams.get('code') || /name="passcode"|consent/.test(text), left?.href)
  await party.code(browser)
})

test('a narrower consent ends what the party was given elsewhere; a wider one does not', async () => {
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
  assert.equal(
    (await send(await wide.token({ grant_type: 'refresh_token', refresh_token: much.refresh_token }))).status,
    400,
  )
  assert.equal((await send(await wide.userinfo((await wide.tokens(browser)).access_token))).status, 200)
})

/** The next version of a client is in force: what is wanted for a scope is another thing, or no longer optional. */
async function nextVersion(
  clientId: string,
  change: { readonly [scope: string]: { readonly vi?: string; readonly en?: string; readonly optional?: boolean } },
) {
  const [{ number, settings } = assert.fail('no version')] = await house.owner<{
    number: number
    settings: { purposes: readonly { readonly scope: string }[] }
  }>(
    `update parties.version set state = 'former' where client_id = $1 and state = 'in-force'
      returning number, settings`,
    [clientId],
  )
  const purposes = settings.purposes.map(purpose => ({ ...purpose, ...change[purpose.scope] }))
  await house.owner(
    `insert into parties.version (client_id, number, state, settings, made_by_kind, made_by_id, made_at,
          submitted_by_kind, submitted_by_id, submitted_at, decided_by_id, decided_at)
     values ($1, $2, 'in-force', $3, 'officer', 'x', now(), 'officer', 'x', now(), 'y', now())`,
    [clientId, number + 1, JSON.stringify({ ...settings, purposes })],
  )
}

test('a consent is for a purpose: a new purpose asks the person anew, or fails with prompt=none', async () => {
  const registered = await signIn.register({ scopes: ['profile', 'birthdate'] })
  const its = aParty(signIn, registered)
  const { browser } = await somebody()
  const scope = 'openid profile birthdate'
  await its.consent(browser, scope)
  await nextVersion(registered.clientId, { birthdate: { en: 'to sell your birthday to advertisers' } })
  const silent = async (more: Form) =>
    leftBy(await send(its.authorize(its.wish({ prompt: 'none', ...more }).params), browser)).searchParams
  assert.equal((await silent({ scope })).get('error'), 'consent_required')
  const named = JSON.stringify({ userinfo: { birthdate: null } })
  assert.equal(
    (await silent({ scope: 'openid', claims: named })).get('error'),
    'consent_required',
    'also where it is asked for by name',
  )
  assert.ok(
    (await silent({ scope: 'openid profile' })).get('code'),
    'what is wanted for the same is not asked for again',
  )
  const page = await browser.open(addressOf(its.authorize(its.wish({ scope }).params)))
  assert.match(page.text, /name="step" value="consent"/)
  const back = await browser.send(page, { step: 'consent', answer: 'yes' })
  assert.ok(back.left?.searchParams.get('code'), back.text)
  assert.ok((await silent({ scope })).get('code'))
})

test('the consent page names the party, each value with its purpose, and the last day', async () => {
  const its = aParty(signIn, await signIn.register({ scopes: ['profile'] }))
  const { holder, browser } = await somebody()
  const { text } = await browser.open(addressOf(its.authorize(its.wish().params)))
  assert.match(text, /<h1>[^<]*Đăng ký dự thi 2023[^<]*<\/h1>/)
  assert.ok(text.includes(holder.name))
  assert.match(text, /để ghi vào hồ sơ thi/)
  const aYearOn = String(new Date().getFullYear() + 1)
  assert.match(text, new RegExp(`\\d\\d/\\d\\d/${aYearOn}`))
})

test('a refused optional scope is asked again once it is required, not for a changed purpose', async () => {
  const registered = await signIn.register({ scopes: ['profile', 'birthdate'], optional: ['birthdate'] })
  const its = aParty(signIn, registered)
  const { browser } = await somebody()
  const scope = 'openid profile birthdate'
  await its.consent(browser, scope)
  const silent = async () =>
    leftBy(await send(its.authorize(its.wish({ prompt: 'none', scope }).params), browser)).searchParams
  await nextVersion(registered.clientId, { birthdate: { en: 'for a greeting' } })
  assert.ok((await silent()).get('code'))
  await nextVersion(registered.clientId, { birthdate: { optional: false } })
  assert.equal((await silent()).get('error'), 'consent_required')
  await its.consent(browser, scope)
  const { access_token } = await its.tokens(browser, { scope })
  assert.ok((await answerOf(await send(await its.userinfo(access_token)))).body['birthdate'])
})

test('a consent without a recorded purpose is asked for anew', async () => {
  const { holder, browser } = await consented()
  await house.owner('update signin.consent set purposes = null where person_id = $1', [holder.personId])
  const silent = async () =>
    leftBy(await send(party.authorize(party.wish({ prompt: 'none' }).params), browser)).searchParams
  assert.equal((await silent()).get('error'), 'consent_required')
  await party.consent(browser)
  assert.ok((await silent()).get('code'))
})

test('a purpose that changes before the answer shows the consent page anew with the current purpose', async () => {
  const registered = await signIn.register({ scopes: ['profile'] })
  const its = aParty(signIn, registered)
  const { holder, browser } = await somebody()
  const page = await browser.open(addressOf(its.authorize(its.wish().params)))
  await nextVersion(registered.clientId, { profile: { en: 'to sell your name', vi: 'để bán tên' } })
  const again = await browser.send(page, { step: 'consent', answer: 'yes' })
  assert.match(again.text, /để bán tên/)
  assert.deepEqual(await house.owner('select from signin.consent where person_id = $1', [holder.personId]), [])
  const back = await browser.send(again, { step: 'consent', answer: 'yes' })
  assert.ok(back.left?.searchParams.get('code'), back.text)
})
