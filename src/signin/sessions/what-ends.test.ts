import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aHolder } from '../../../test/a-holder.ts'
import { openHouse } from '../../../test/house.ts'
import {
  type AParty,
  addressOf,
  aKey,
  answerOf,
  aParty,
  type Form,
  leftBy,
  send,
  type Tokens,
} from '../../../test/relying-party.ts'
import { Browser, openSignIn, type Registered } from '../../../test/signin-house.ts'
import type { Id } from '../../platform/ids.ts'
import * as signin from '../signin.ts'
import { logoutJob } from './sessions.ts'

/**
 * What ends with what (ADR 11.3): everything that was given in a session ends with it, and nothing of another session
 * does.
 */

const house = await openHouse({ withUnits: true })
const signIn = await openSignIn(house)
const { issuer } = signIn
const [first, second] = [await signIn.register({ scopes: ['profile'] }), await signIn.register({ scopes: ['profile'] })]
const [party, other] = [aParty(signIn, first), aParty(signIn, second)]
const strict = await signIn.register({ scopes: ['profile'], fapi: true })
const fapi = aParty(signIn, strict, { fapi: true })
for (const { clientId } of [first, second])
  await house.owner(
    `update parties.version set settings = settings || '{"backchannelLogoutUri": "http://localhost:9/logout"}'::jsonb
      where client_id = $1`,
    [clientId],
  )

const refreshing = (token: string): Form => ({ grant_type: 'refresh_token', refresh_token: token })

type Given = Tokens & { readonly dpop?: Awaited<ReturnType<typeof aKey>> }

/** What userinfo and a refresh answer; the tokens are then used up where they are good. */
async function used(by: AParty, { access_token, refresh_token, dpop }: Given): Promise<readonly number[]> {
  const key = by === fapi ? dpop : undefined
  const { status } = await send(await by.userinfo(access_token, key))
  return [status, (await send(await by.token(refreshing(refresh_token), key))).status]
}
const good = [200, 200]
const ended = [401, 400]

const somebody = async (...consentTo: AParty[]) => {
  const holder = await aHolder(house, 1)
  const browser = await signIn.signedIn(holder)
  for (const by of consentTo) await by.consent(browser)
  return { holder, browser }
}

/** Two browsers of one person at the party. */
async function inTwoBrowsers(by: AParty = party) {
  const { holder, browser } = await somebody(by)
  const elsewhere = await signIn.signedIn(holder)
  await by.consent(elsewhere)
  return { holder, browser, elsewhere, tokens: await by.tokens(browser), others: await by.tokens(elsewhere) }
}

const revoke = async (by: AParty, token: string) =>
  send({
    method: 'POST',
    url: `${issuer}/token/revocation`,
    headers: {},
    form: { token, ...(await by.authenticated()) },
  })

/** Signs out, or does not, where a party led the person to. */
async function atSignOut(browser: Browser, idToken: string, answer: Form): Promise<Response> {
  const page = await send(
    {
      method: 'GET',
      url: `${issuer}/session/end`,
      headers: { accept: 'text/html' },
      query: { id_token_hint: idToken },
    },
    browser,
  )
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? ''
  return send(
    {
      method: 'POST',
      url: `${issuer}/session/end/confirm`,
      headers: { accept: 'text/html' },
      form: { xsrf, ...answer },
    },
    browser,
  )
}

/** Which logouts wait to be told to a party, of a person. */
const told = async ({ clientId }: Registered, personId: Id<'person'>) =>
  house.owner<{ sid: string }>(
    `select payload->>'sid' as sid from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = $1 and payload->>'clientId' = $2 and payload->>'subject' like '%' || $3 || '%'`,
    [logoutJob, clientId, personId],
  )

const sidOf = ({ id_token }: Given) =>
  (JSON.parse(Buffer.from(id_token.split('.')[1] ?? '', 'base64url').toString()) as { sid: string }).sid

const endings: readonly (readonly [
  name: string,
  end: (of: { personId: Id<'person'>; browser: Browser }) => Promise<unknown>,
])[] = [
  ['an end elsewhere', ({ personId }) => house.work(work => signin.endSessionsOfPerson(work, personId, 'elsewhere'))],
  [
    'a sign-out at the house',
    async ({ browser }) => {
      const page = await browser.open('/account/sign-in?strength=2')
      const form = /name="form" value="([^"]+)"/.exec(page.text)?.[1] ?? assert.fail(page.text)
      await send({ method: 'POST', url: `${signIn.origin}/account/sign-out`, headers: {}, form: { form } }, browser)
    },
  ],
  ['a sign-out at a party', ({ browser }) => atSignOut(browser, '', { logout: 'yes' })],
]

for (const [name, end] of endings) {
  test(`after a lost answer left a stale provider cookie, ${name} ends all grants before and after`, async () => {
    const { holder, browser } = await somebody(party)
    const tokens = await party.tokens(browser)
    const before = new Map(browser.cookies)
    await other.consent(browser)
    for (const [cookie, value] of before) if (cookie.startsWith('dinhdanh-oidc')) browser.cookies.set(cookie, value)
    const later = await other.tokens(browser).catch(async () => {
      await other.consent(browser)
      return other.tokens(browser)
    })
    assert.deepEqual(
      [await used(party, { ...tokens }), (await send(await other.userinfo(later.access_token))).status],
      [good, 200],
    )
    const fresh = await party.tokens(browser)
    await end({ personId: holder.personId, browser })
    for (const given of [tokens, fresh]) assert.deepEqual(await used(party, given), ended)
    assert.deepEqual(await used(other, later), ended)
    const heard = (await told(first, holder.personId)).map(({ sid }) => sid)
    assert.deepEqual(
      heard.toSorted(),
      [sidOf(tokens), sidOf(fresh)].toSorted(),
      'each session at the party is told of once',
    )
  })

  test(`after two simultaneous tabs unknown to the provider, ${name} ends the grants of both`, async () => {
    const { holder } = await somebody(party, other)
    const fresh = await signIn.signedIn(holder)
    const tabs = [new Browser(signIn.origin, fresh.cookies), new Browser(signIn.origin, fresh.cookies)] as const
    const asked = [party.wish(), other.wish()] as const
    const ways = await Promise.all(
      (
        [
          [tabs[0], party, asked[0]],
          [tabs[1], other, asked[1]],
        ] as const
      ).map(([tab, by, { params }]) => tab.open(addressOf(by.authorize(params)))),
    )
    const given = await Promise.all(
      (
        [
          [party, first],
          [other, second],
        ] as const
      ).map(async ([by, { redirectUri }], at) => {
        const code = ways[at]?.left?.searchParams.get('code') ?? assert.fail('no code')
        const exchange = by.exchange({ code, verifier: asked[at]?.verifier ?? '', redirectUri, dpop: await aKey() })
        return (await answerOf(await send(await by.token(exchange)))).body as Given
      }),
    )
    const [one, two] = given as [Given, Given]
    for (const [by, tokens] of [
      [party, one],
      [other, two],
    ] as const)
      assert.equal((await send(await by.userinfo(tokens.access_token))).status, 200)
    await end({ personId: holder.personId, browser: tabs[1] })
    assert.deepEqual([await used(party, one), await used(other, two)], [ended, ended])
    for (const [by, tokens] of [
      [first, one],
      [second, two],
    ] as const)
      assert.equal((await told(by, holder.personId)).filter(({ sid }) => sid === sidOf(tokens)).length, 1)
  })
}

for (const [by, what] of [
  [party, 'a party'],
  [fapi, 'a FAPI party'],
] as const)
  for (const kind of ['access_token', 'refresh_token'] as const)
    test(`${what} that revokes the ${kind} of one browser ends its token family only`, async () => {
      const { tokens, others } = await inTwoBrowsers(by)
      assert.equal((await revoke(by, tokens[kind])).status, 200)
      assert.deepEqual([await used(by, tokens), await used(by, others)], [ended, good])
    })

test('a code used twice ends its own tokens, and neither another code’s tokens nor the consent', async () => {
  const { browser, elsewhere, tokens, others } = await inTwoBrowsers()
  const code = await party.code(browser)
  const { body } = await answerOf(await send(await party.token(party.exchange(code))))
  const refreshed = await answerOf(await send(await party.token(refreshing(String(body['refresh_token'])))))
  assert.equal((await send(await party.token(party.exchange(code)))).status, 400)
  assert.deepEqual(await used(party, refreshed.body as Given), ended)
  assert.equal((await send(await party.userinfo(String(body['access_token'])))).status, 401)
  assert.deepEqual([await used(party, tokens), await used(party, others)], [good, good])
  for (const one of [browser, elsewhere])
    assert.ok(leftBy(await send(party.authorize(party.wish({ prompt: 'none' }).params), one)).searchParams.get('code'))
})

test('signing out in one browser leaves the other browser’s session and tokens', async () => {
  const { browser, tokens, others } = await inTwoBrowsers()
  await atSignOut(browser, tokens.id_token, { logout: 'yes' })
  assert.deepEqual([await used(party, tokens), await used(party, others)], [ended, good])
})

test('a person who declines to sign out keeps everything, and the party is not notified', async () => {
  const { holder, browser, tokens, others } = await inTwoBrowsers()
  const answer = await atSignOut(browser, tokens.id_token, {})
  assert.doesNotMatch(await answer.text(), /đã đăng xuất/i)
  assert.deepEqual([await used(party, tokens), await used(party, others)], [good, good])
  assert.deepEqual(await told(first, holder.personId), [])
  assert.ok(
    leftBy(await send(party.authorize(party.wish({ prompt: 'none' }).params), browser)).searchParams.get('code'),
  )
})

test('a second person’s sign-in on a shared computer ends the first session there and nowhere else', async () => {
  const { holder, browser, tokens, others } = await inTwoBrowsers()
  await house.owner(
    `update signin.session set seen_at = now() - interval '3 hours'
      where person_id = $1 and id = (select min(id::text)::uuid from signin.session where person_id = $1)`,
    [holder.personId],
  )
  const next = await signIn.signedIn(await aHolder(house, 1))
  browser.cookies.set('dinhdanh-citizen', next.cookies.get('dinhdanh-citizen') ?? '')
  const page = await browser.open(addressOf(party.authorize(party.wish().params)))
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? assert.fail(page.text)
  await send(
    {
      method: 'POST',
      url: `${issuer}/session/end/confirm`,
      headers: { accept: 'text/html' },
      form: { xsrf, logout: 'yes' },
    },
    browser,
  )
  assert.deepEqual([await used(party, tokens), await used(party, others)], [ended, good])
})

test('no token outlives the twelve hours of its session, neither by refresh nor by a later session', async () => {
  for (const by of [party, fapi]) {
    const { holder, browser } = await somebody(by)
    const tokens = await by.tokens(browser)
    const key = by === fapi ? tokens.dpop : undefined
    const { body } = await answerOf(await send(await by.token(refreshing(tokens.refresh_token), key)))
    const refreshed = { ...(body as Given), ...(key && { dpop: key }) }
    await house.owner(`update signin.session set ends_at = now() - interval '1 second' where person_id = $1`, [
      holder.personId,
    ])
    const again = await signIn.signedIn(holder)
    browser.cookies.set('dinhdanh-citizen', again.cookies.get('dinhdanh-citizen') ?? '')
    const later = await by.tokens(browser)
    assert.deepEqual(await used(by, refreshed), ended)
    assert.equal((await send(await by.userinfo(tokens.access_token, key))).status, 401)
    assert.deepEqual(await used(by, later), good)
  }
})

test('an idle browser asks again after half an hour; the party’s tokens last until the twelve hours end', async () => {
  const { holder, browser } = await somebody(party)
  const tokens = await party.tokens(browser)
  await house.owner(`update signin.session set seen_at = now() - interval '31 minutes' where person_id = $1`, [
    holder.personId,
  ])
  const left = leftBy(await send(party.authorize(party.wish({ prompt: 'none' }).params), browser))
  assert.equal(left.searchParams.get('error'), 'login_required')
  assert.deepEqual(await used(party, tokens), good)
})
