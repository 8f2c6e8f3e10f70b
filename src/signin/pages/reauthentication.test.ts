import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { type AnAccount, anActivatedAccount, holderOf } from '../../../test/an-account.ts'
import { openHouse } from '../../../test/house.ts'
import { addressOf, aKey, answerOf, aParty, type Form, leftBy, seconds, send } from '../../../test/relying-party.ts'
import { type Browser, openSignIn } from '../../../test/signin-house.ts'
import * as accounts from '../../accounts/accounts.ts'

/**
 * Where a party demands that the person prove themselves anew, what was proved before counts for nothing (ADR 11;
 * OpenID Connect Core 2 and 3.1.2.1).
 */

const house = await openHouse({ withUnits: true })
const signIn = await openSignIn(house)
const party = aParty(signIn, await signIn.register({ scopes: ['profile'] }))
const strong: Form = { claims: JSON.stringify({ id_token: { auth_strength: { essential: true, value: 2 } } }) }

type Page = Awaited<ReturnType<Browser['open']>>

/**
 * Somebody with an app, whose browser is known, and who signed in there by both eleven hours ago; the party has their
 * consent.
 */
async function longSignedIn() {
  const account = await anActivatedAccount(house)
  const offered = await house.work(async work => accounts.offerTotp(work, await holderOf(house, account)))
  const totp = new TOTP({ secret: Secret.fromBase32(offered.secret) })
  await accounts.confirmTotp(
    house.openWork,
    await holderOf(house, account),
    totp.generate({ timestamp: Date.now() - 30_000 }),
  )
  const browser = await signIn.signedIn(account, ['passcode', 'totp'])
  await party.consent(browser)
  await browser.open('/account/sign-in?strength=2')
  await knows(account, browser)
  await wasLongAgo(account)
  return { account, browser, code: () => totp.generate() }
}
const knows = async (account: AnAccount, browser: Browser) => {
  await browser.open('/account/sign-in?return=/health/live')
  await house.work(work => accounts.registerDevice(work, account, browser.cookies.get('dinhdanh-device') ?? '', 'test'))
}
async function wasLongAgo({ personId }: AnAccount) {
  await house.owner(
    `update signin.session
      set factors = (select jsonb_agg(f || jsonb_build_object('at', now() - interval '11 hours'))
        from jsonb_array_elements(factors) f) where person_id = $1`,
    [personId],
  )
  await house.owner(
    `update signin.artifact
      set payload = payload || jsonb_build_object('loginTs', extract(epoch from now())::integer - 39600)
      where kind = 'Session' and person_id = $1`,
    [personId],
  )
}

const isAskedForPasscode = (page: Page) => assert.match(page.text, /name="passcode"/, page.left?.href)
const isAskedForCode = (page: Page) => {
  assert.equal(page.left, undefined, 'it is no sign-in yet')
  assert.doesNotMatch(page.text, /name="passcode"/)
  assert.match(page.text, /Thêm một bước xác nhận/)
}
const byPasscode = (browser: Browser, page: Page, { number, passcode }: AnAccount) =>
  browser.send(page, { step: 'passcode', number, passcode })

async function idTokenOf(left: URL | undefined, verifier: string) {
  const code = left?.searchParams.get('code') ?? assert.fail(left?.href)
  const sent = await party.token(
    party.exchange({ code, verifier, redirectUri: party.party.redirectUri, dpop: await aKey() }),
  )
  const { body } = await answerOf(await send(sent))
  return JSON.parse(Buffer.from(String(body['id_token']).split('.')[1] ?? '', 'base64url').toString()) as {
    readonly amr: string[]
    readonly auth_strength: number
    readonly auth_time: number
  }
}

for (const demand of [{ prompt: 'login' }, { max_age: '600' }, { max_age: '0' }] as readonly Form[])
  test(`step-up with ${JSON.stringify(demand)} asks again for an eleven-hour-old second factor`, async () => {
    const { account, browser, code } = await longSignedIn()
    const { params, verifier } = party.wish({ ...demand, ...strong })
    const page = await browser.open(addressOf(party.authorize(params)))
    isAskedForPasscode(page)
    const second = await byPasscode(browser, page, account)
    isAskedForCode(second)
    const { left } = await browser.send(second, { step: 'code', way: 'totp', code: code() })
    const said = await idTokenOf(left, verifier)
    assert.deepEqual([said.amr, said.auth_strength], [['pin', 'otp', 'mfa'], 2])
    assert.ok(seconds() - said.auth_time < 60)
  })

test('a sign-in anew by passcode alone reports just that, whatever was proved eleven hours ago', async () => {
  const { account, browser } = await longSignedIn()
  const { params, verifier } = party.wish({ prompt: 'login' })
  const { left } = await byPasscode(browser, await browser.open(addressOf(party.authorize(params))), account)
  const said = await idTokenOf(left, verifier)
  assert.deepEqual([said.amr, said.auth_strength], [['pin'], 1])
})

test('a code alone is no fresh sign-in, because the passcode keeps its age', async () => {
  const { account, browser, code } = await longSignedIn()
  await house.owner(`update signin.session set factors = factors - 1 where person_id = $1`, [account.personId])
  const page = await browser.open(addressOf(party.authorize(party.wish({ prompt: 'login' }).params)))
  isAskedForPasscode(page)
  const elsewhere = await browser.open('/account/sign-in?strength=2&return=/health/live')
  isAskedForCode(elsewhere)
  await browser.send(elsewhere, { step: 'code', way: 'totp', code: code() })
  const factors = await house.owner<{ kind: string; old: boolean }>(
    `select f->>'kind' as kind, (f->>'at')::timestamptz < now() - interval '10 hours' as old
      from signin.session, jsonb_array_elements(factors) f
     where person_id = $1 and ended_at is null`,
    [account.personId],
  )
  assert.deepEqual(factors, [
    { kind: 'passcode', old: true },
    { kind: 'totp', old: false },
  ])
  isAskedForPasscode(await browser.open(page.url))
  isAskedForPasscode(await browser.open(addressOf(party.authorize(party.wish({ max_age: '600' }).params))))
})

test('an older second factor does not meet a max_age that the passcode meets', async () => {
  const { account, browser, code } = await longSignedIn()
  await byPasscode(
    browser,
    await browser.open(addressOf(party.authorize(party.wish({ prompt: 'login' }).params))),
    account,
  )
  // Where no fresh sign-in is demanded, the session is used again.
  const reused = party.wish(strong)
  const { left } = await browser.open(addressOf(party.authorize(reused.params)))
  assert.deepEqual((await idTokenOf(left, reused.verifier)).amr, ['otp', 'pin', 'mfa'])

  const weak = party.wish({ max_age: '600' })
  const said = await idTokenOf(leftBy(await send(party.authorize(weak.params), browser)), weak.verifier)
  assert.deepEqual([said.amr, said.auth_strength], [['pin'], 1])
  const none = leftBy(
    await send(party.authorize(party.wish({ ...strong, max_age: '600', prompt: 'none' }).params), browser),
  )
  assert.equal(none.searchParams.get('error'), 'login_required')
  const { params, verifier } = party.wish({ ...strong, max_age: '600' })
  const page = await browser.open(addressOf(party.authorize(params)))
  isAskedForCode(page)
  const done = await browser.send(page, { step: 'code', way: 'totp', code: code() })
  assert.equal((await idTokenOf(done.left, verifier)).auth_strength, 2)
})

test('a passcode older than a demand for a fresh sign-in does not count with a later code', async () => {
  const { account, browser, code } = await longSignedIn()
  const first = await browser.open(addressOf(party.authorize(party.wish({ prompt: 'login', ...strong }).params)))
  isAskedForCode(await byPasscode(browser, first, account))
  await house.owner(
    `update signin.artifact set payload = payload || jsonb_build_object('exp', (payload->>'exp')::integer - 300)
      where kind = 'Pending' and person_id = $1`,
    [account.personId],
  )
  const page = await browser.open(addressOf(party.authorize(party.wish({ prompt: 'login', ...strong }).params)))
  isAskedForPasscode(page)
  isAskedForPasscode(await browser.send(page, { step: 'code', way: 'totp', code: code() }))
})

test('on a known device without a session a stronger sign-in asks for both factors', async () => {
  const { account, browser, code } = await longSignedIn()
  for (const name of [...browser.cookies.keys()]) if (name !== 'dinhdanh-device') browser.cookies.delete(name)
  const { params, verifier } = party.wish(strong)
  const page = await browser.open(addressOf(party.authorize(params)))
  isAskedForPasscode(page)
  const second = await byPasscode(browser, page, account)
  isAskedForCode(second)
  const { left } = await browser.send(second, { step: 'code', way: 'totp', code: code() })
  assert.equal((await idTokenOf(left, verifier)).auth_strength, 2)
})
