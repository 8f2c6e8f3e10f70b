import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AnAccount, anActivatedAccount } from '../../../test/an-account.ts'
import { openHouse } from '../../../test/house.ts'
import { isNoted } from '../../../test/refusal-checks.ts'
import {
  addressOf,
  aKey,
  answerOf,
  aParty,
  type Code,
  type Form,
  leftBy,
  madeUp,
  send,
} from '../../../test/relying-party.ts'
import { type Browser, openSignIn } from '../../../test/signin-house.ts'
import * as accounts from '../../accounts/accounts.ts'

/**
 * Requests that say whom they are about (OpenID Connect Core 3.1.2.1, 3.1.2.2 and 5.5.1); as
 * conformance-authorization.test.ts.
 */

const house = await openHouse({ withUnits: true })
const signIn = await openSignIn(house)
const [first, second] = [await anActivatedAccount(house), await anActivatedAccount(house)]
const ofFirst = await signIn.signedIn(first)
const plain = aParty(signIn, await signIn.register({ scopes: ['profile'] }))
const strict = aParty(signIn, await signIn.register({ scopes: ['profile'], fapi: true }), { fapi: true })
const subIn = (idToken: string) =>
  (JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString()) as { sub: string }).sub
const bySub = (sub: unknown): Form => ({ claims: JSON.stringify({ id_token: { sub } }) })

const parties = [
  ['a party', plain],
  ['a FAPI party', strict],
] as const
type Party = (typeof parties)[number][1]

const asked = async (party: Party, params: Form) =>
  party.authorize(party === strict ? await party.pushed(params) : params)

/** A browser in which the second person is signed in and has consented, and what names each of the two. */
async function ofTwo(party: Party) {
  const browser = await signIn.signedIn(second)
  for (const one of [ofFirst, browser]) await party.consent(one)
  const [theirs, own] = [(await party.tokens(ofFirst)).id_token, (await party.tokens(browser)).id_token]
  return { browser, theirs, own }
}

const comesIn = async (browser: Browser, page: Awaited<ReturnType<Browser['open']>>, who: AnAccount) => {
  await house.work(work => accounts.registerDevice(work, who, browser.cookies.get('dinhdanh-device') ?? '', 'test'))
  return browser.send(page, { step: 'passcode', number: who.number, passcode: who.passcode })
}

const given = async (party: Party, code: Omit<Code, 'dpop'>, dpop: Code['dpop']) =>
  answerOf(await send(await party.token(party.exchange({ ...code, dpop }), party === strict ? dpop : undefined)))

for (const [who, party] of parties)
  for (const [module, what, naming] of [
    ['oidcc-id-token-hint', 'an id_token_hint', (token: string): Form => ({ id_token_hint: token })],
    ['oidcc-claims-essential', 'a sub among the claims', (token: string): Form => bySub({ value: subIn(token) })],
  ] as const) {
    test(`${module}: ${what} of another person, sent by ${who}, asks for that person only`, async () => {
      const { browser, theirs, own } = await ofTwo(party)
      assert.ok(
        leftBy(await send(await asked(party, party.wish(naming(own)).params), browser)).searchParams.get('code'),
        'the twin is refused',
      )
      const { params, verifier } = party.wish(naming(theirs))
      const page = await browser.open(addressOf(await asked(party, params)))
      assert.match(page.text, /name="passcode"/)
      assert.match(page.text, /yêu cầu đăng nhập bằng một tài khoản khác/)
      const again = await comesIn(browser, page, second)
      assert.equal(again.left, undefined, again.left?.href)
      assert.match(again.text, /yêu cầu đăng nhập bằng một tài khoản khác/)
      const { left } = await comesIn(browser, again, first)
      const code = left?.searchParams.get('code') ?? assert.fail(left?.href)

      const { body } = await given(party, { code, verifier, redirectUri: party.party.redirectUri }, await aKey())
      assert.equal(subIn(String(body['id_token'])), subIn(theirs))
    })

    test(`${module}: ${what} of another person, sent by ${who}, without a page: login_required`, async () => {
      const { browser, theirs, own } = await ofTwo(party)
      const none = { prompt: 'none' }
      assert.ok(
        leftBy(
          await send(await asked(party, party.wish({ ...none, ...naming(own) }).params), browser),
        ).searchParams.get('code'),
      )
      const request = await asked(party, party.wish({ ...none, ...naming(theirs) }).params)
      const refused = await send(request, browser)
      assert.equal(leftBy(refused).searchParams.get('error'), 'login_required')
      await isNoted(house, refused, madeUp(request, party.party.clientId), {
        check: 'login-required',
        endpoint: 'authorization',
      })
    })
  }

test('oidcc-id-token-hint: a person who is not the hinted one may leave, and the party learns it', async () => {
  const { browser, theirs } = await ofTwo(plain)
  const page = await browser.open(addressOf(plain.authorize(plain.wish({ id_token_hint: theirs }).params)))
  const { left } = await browser.send(page, { step: 'leave' })
  assert.equal(left?.searchParams.get('error'), 'access_denied')
})

test('oidcc-id-token-hint: a person other than the hinted one is asked once more after signing in', async () => {
  const { theirs } = await ofTwo(plain)
  const browser = signIn.browser()
  const page = await browser.open(addressOf(plain.authorize(plain.wish({ id_token_hint: theirs }).params)))
  const again = await comesIn(browser, page, second)
  assert.match(again.text, /yêu cầu đăng nhập bằng một tài khoản khác/)
  const { left } = await comesIn(browser, again, first)
  assert.ok(left?.searchParams.get('code'), left?.href)
})

test('oidcc-claims-essential: a hint and a sub of different people match nobody', async () => {
  const { browser, theirs, own } = await ofTwo(plain)
  assert.ok(
    leftBy(
      await send(plain.authorize(plain.wish({ id_token_hint: own, ...bySub({ value: subIn(own) }) }).params), browser),
    ).searchParams.get('code'),
  )
  const request = plain.authorize(plain.wish({ id_token_hint: own, ...bySub({ value: subIn(theirs) }) }).params)
  const refused = await send(request, browser)
  assert.equal(leftBy(refused).searchParams.get('error'), 'invalid_request')
  await isNoted(house, refused, madeUp(request, plain.party.clientId), { check: 'claims', endpoint: 'authorization' })
})
