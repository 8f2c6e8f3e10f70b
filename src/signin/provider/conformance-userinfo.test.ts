import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aHolder } from '../../../test/a-holder.ts'
import { openHouse } from '../../../test/house.ts'
import { isAccepted, isNoted, isRefused, type Refused } from '../../../test/refusal-checks.ts'
import {
  addressOf,
  aKey,
  answerOf,
  aParty,
  type Flight,
  type Form,
  leftBy,
  madeUp,
  proof,
  random,
  type Sent,
  seconds,
  send,
} from '../../../test/relying-party.ts'
import { openSignIn } from '../../../test/signin-house.ts'

/** Userinfo, sign-out and revocation; as conformance-authorization.test.ts. */

const house = await openHouse({ withUnits: true })
const signIn = await openSignIn(house)
const { issuer } = signIn
const holder = await aHolder(house, 2)
const browser = await signIn.signedIn(holder)
const strict = await signIn.register({ scopes: ['profile'], fapi: true })
const basic = await signIn.register({ scopes: ['profile'] })
const machine = await signIn.register({ scopes: ['verification'], grants: ['client_credentials'] })
const fapi = aParty(signIn, strict, { fapi: true })
const party = aParty(signIn, basic)
for (const one of [fapi, party]) await one.consent(browser)
const plain = await party.tokens(browser)
const bound = await fapi.tokens(browser)
const rsa = await aKey('RS256')
const { access_token: ofMachine } = (
  await isAccepted(await aParty(signIn, machine).token({ grant_type: 'client_credentials', scope: 'verification' }))
).body as { access_token: string }

const badToken = { status: 401, error: 'invalid_token' } as const
const badRequest = { status: 400, error: 'invalid_request' } as const
const at = `${issuer}/me`

type Variant = {
  readonly module: string
  readonly what: string
  readonly twin?: () => Promise<Sent>
  readonly spoilt: () => Promise<Sent>
  readonly refused: Omit<Refused, 'endpoint'>
}

const dpopModule = 'fapi2-security-profile-final-dpop-negative-tests'
const access = bound.access_token
const ours = () => fapi.userinfo(access, bound.dpop)
const bare = () => party.userinfo(plain.access_token)
const malformed = { status: 401, error: 'invalid_dpop_proof', check: 'dpop-malformed' } as const

const variants: readonly Variant[] = [
  {
    module: 'oidcc-userinfo-get',
    what: 'a token of nobody',
    twin: bare,
    spoilt: () => party.userinfo(random() + random()),
    refused: { ...badToken, check: 'token-gone' },
  },
  {
    module: 'oidcc-userinfo-get',
    what: 'no token',
    twin: bare,
    spoilt: async () => ({ ...(await bare()), headers: {} }),
    refused: { ...badToken, check: 'token-gone' },
  },
  {
    module: 'oidcc-userinfo-get',
    what: 'a token in the address',
    twin: bare,
    spoilt: async () => ({ ...(await bare()), headers: {}, query: { access_token: plain.access_token } }),
    refused: { ...badRequest, check: 'token-gone' },
  },
  {
    module: 'oidcc-userinfo-get',
    what: 'a token of client credentials',
    twin: bare,
    spoilt: () => party.userinfo(ofMachine),
    refused: { ...badToken, check: 'token-gone' },
  },
  {
    module: 'oidcc-userinfo-get',
    what: 'an ID token in its place',
    twin: bare,
    spoilt: () => party.userinfo(plain.id_token),
    refused: { ...badToken, check: 'token-gone' },
  },
  {
    module: 'oidcc-userinfo-post-body',
    what: 'a token twice',
    twin: async () => ({ ...(await bare()), method: 'POST', headers: {}, form: { access_token: plain.access_token } }),
    spoilt: async () => ({ ...(await bare()), method: 'POST', form: { access_token: plain.access_token } }),
    refused: { ...badRequest, check: 'token-gone' },
  },
  {
    module: 'oidcc-userinfo-post-header',
    what: 'a scope that was not given',
    twin: async () => ({ ...(await bare()), method: 'POST', form: { scope: 'openid' } }),
    spoilt: async () => ({ ...(await bare()), method: 'POST', form: { scope: 'openid phone' } }),
    refused: { status: 403, error: 'insufficient_scope', check: 'scope' },
  },
  {
    module: 'fapi2-security-profile-final-access-token-type-header-case-sensitivity',
    what: 'a bound token as a bearer’s',
    twin: async () => ({ ...(await ours()), headers: { ...(await ours()).headers, authorization: `dpop ${access}` } }),
    spoilt: () => fapi.userinfo(access),
    refused: { ...badToken, check: 'dpop-key' },
  },
  {
    module: dpopModule,
    what: 'a bound token as a bearer’s with a proof',
    twin: ours,
    spoilt: async () => {
      const sent = await ours()
      return { ...sent, headers: { ...sent.headers, authorization: `Bearer ${access}` } }
    },
    refused: { ...badRequest, check: 'dpop-missing' },
  },
  {
    module: dpopModule,
    what: 'no proof',
    twin: ours,
    spoilt: async () => ({ ...(await ours()), headers: { authorization: `DPoP ${access}` } }),
    refused: { ...badRequest, check: 'dpop-missing' },
  },
  {
    module: dpopModule,
    what: 'a proof for an unbound token',
    twin: bare,
    spoilt: async () => fapi.userinfo(plain.access_token, bound.dpop),
    refused: { ...badToken, check: 'dpop-key' },
  },
  {
    module: dpopModule,
    what: 'a proof without ath',
    twin: ours,
    spoilt: () => fapi.userinfo(access, bound.dpop, { claims: { ath: undefined } }),
    refused: { status: 401, error: 'invalid_dpop_proof', check: 'dpop-key' },
  },
  {
    module: dpopModule,
    what: 'a proof with the ath of another token',
    twin: ours,
    spoilt: () => fapi.userinfo(access, bound.dpop, { claims: { ath: random() } }),
    refused: { status: 401, error: 'invalid_dpop_proof', check: 'dpop-key' },
  },
  {
    module: dpopModule,
    what: 'a proof by another key',
    twin: ours,
    spoilt: async () => fapi.userinfo(access, await aKey()),
    refused: { ...badToken, check: 'dpop-key' },
  },
  {
    module: dpopModule,
    what: 'a proof with the htm of another method',
    twin: ours,
    spoilt: () => fapi.userinfo(access, bound.dpop, { claims: { htm: 'POST' } }),
    refused: { status: 401, error: 'invalid_dpop_proof', check: 'dpop-htm' },
  },
  {
    module: dpopModule,
    what: 'a proof with the htu of another address',
    twin: () => fapi.userinfo(access, bound.dpop, { claims: { htu: `${at}?a=b#c` } }),
    spoilt: () => fapi.userinfo(access, bound.dpop, { claims: { htu: `${issuer}/token` } }),
    refused: { status: 401, error: 'invalid_dpop_proof', check: 'dpop-htu' },
  },
  {
    module: dpopModule,
    what: 'a proof of an hour ago',
    twin: ours,
    spoilt: () => fapi.userinfo(access, bound.dpop, { claims: { iat: seconds() - 3_600 } }),
    refused: { status: 401, error: 'use_dpop_nonce', check: 'dpop-iat' },
  },
  {
    module: dpopModule,
    what: 'a proof of more than a minute ahead',
    twin: () => fapi.userinfo(access, bound.dpop, { claims: { iat: seconds() + 10, nbf: seconds() + 2 } }),
    spoilt: () => fapi.userinfo(access, bound.dpop, { claims: { iat: seconds() + 65 } }),
    refused: { status: 401, error: 'invalid_dpop_proof', check: 'dpop-iat' },
  },
  {
    module: dpopModule,
    what: 'a proof by RS256',
    twin: ours,
    spoilt: () => fapi.userinfo(access, bound.dpop, { key: rsa }),
    refused: malformed,
  },
  {
    module: dpopModule,
    what: 'two proofs',
    twin: ours,
    spoilt: () => fapi.userinfo(access, bound.dpop, { spoil: signed => `${signed}, ${signed}` }),
    refused: malformed,
  },
]

for (const { module, what, twin = ours, spoilt, refused } of variants)
  test(`${module}: userinfo with ${what} is refused`, async () => {
    await isAccepted(await twin())
    const request = await spoilt()
    const answer = await answerOf(await send(request))
    assert.equal(answer.body['error'], refused.error, JSON.stringify(answer.body))
    assert.equal(answer.status, refused.status)
    await isNoted(house, answer.response, madeUp(request, ''), {
      check: refused.check,
      error: refused.error,
      endpoint: 'userinfo',
    })
    if (answer.status === 401) assert.match(String(answer.response.headers.get('www-authenticate')), /^(DPoP|Bearer) /)
  })

test(`${dpopModule}: userinfo refuses a replayed proof`, async () => {
  const header = await proof(bound.dpop, 'GET', at, access)
  const sent = { method: 'GET', url: at, headers: { authorization: `DPoP ${access}`, dpop: header } }
  await isAccepted(sent)
  const { response } = await isRefused(house, sent, strict.clientId, {
    ...badToken,
    check: 'dpop-replayed',
    endpoint: 'userinfo',
  })
  // RFC 9110, section 11.6.1; RFC 9449, section 7.1.
  assert.match(
    response.headers.get('www-authenticate') ?? '',
    /^DPoP realm="[^"]+", error="invalid_token", error_description="[^"]+", algs="ES256 /,
  )
})

test('oidcc-userinfo-get: CORS admits the party’s own page and refuses another (OIDC Core 5.3)', async () => {
  const of = (sent: Sent, origin: string): Sent => ({ ...sent, headers: { ...sent.headers, origin } })
  const own = new URL(basic.redirectUri).origin
  const { response } = await isAccepted(of(await bare(), own))
  assert.equal(response.headers.get('access-control-allow-origin'), own)
  const code = await party.code(browser)
  assert.equal(
    (await isAccepted(of(await party.token(party.exchange(code)), own))).response.headers.get(
      'access-control-allow-origin',
    ),
    own,
  )
  const refused = await isRefused(house, of(await bare(), 'https://app.example'), basic.clientId, {
    ...badRequest,
    check: 'parameter-wrong',
    endpoint: 'userinfo',
  })
  assert.equal(refused.response.headers.get('access-control-allow-origin'), null)
})

test('oidcc-userinfo-get: an expired token is refused', async () => {
  const { access_token } = await party.tokens(browser)
  await isAccepted(await party.userinfo(access_token))
  await house.owner(
    `update signin.artifact
      set expires_at = now() - interval '1 second',
        payload = payload || jsonb_build_object('exp', extract(epoch from now())::integer - 1)
     where kind = 'AccessToken' and client_id = $1 and id_hash = sha256($2::bytea)`,
    [basic.clientId, Buffer.from(access_token)],
  )
  const answer = await answerOf(await send(await party.userinfo(access_token)))
  assert.equal(answer.status, 401)
  await isNoted(house, answer.response, [access_token], { check: 'token-gone', error: 'invalid_token' })
})

test('a token revoked by its party is refused; another party cannot revoke it', async () => {
  const { access_token } = await party.tokens(browser)
  const revoke = async (by: typeof party, token: string): Promise<Sent> => ({
    method: 'POST',
    url: `${issuer}/token/revocation`,
    headers: {},
    form: { token, ...(await by.authenticated()) },
  })
  const others = await answerOf(await send(await revoke(fapi, access_token)))
  assert.equal(others.status, 400, JSON.stringify(others.body))
  await isNoted(house, others.response, [access_token], {
    check: 'parameter-wrong',
    error: 'invalid_request',
    detail: 'token',
  })
  await isAccepted(await party.userinfo(access_token))
  assert.equal((await send(await revoke(party, access_token))).status, 200)
  assert.equal((await send(await party.userinfo(access_token))).status, 401)
  await isRefused(
    house,
    { ...(await revoke(party, access_token)), form: { token: access_token, client_id: basic.clientId } },
    basic.clientId,
    {
      status: 401,
      error: 'invalid_client',
      check: 'client-authentication',
      endpoint: 'revocation',
    },
  )
})

const leaving = (query: Form): Sent => ({
  method: 'GET',
  url: `${issuer}/session/end`,
  headers: { accept: 'text/html' },
  query,
})
const postLogout = `http://localhost:9/${basic.clientId}/`

type Leaving = {
  readonly module: string
  readonly what: string
  readonly spoilt: Form
  readonly error: string
  readonly check: string
}

const leavings: readonly Leaving[] = [
  {
    module: 'oidcc-rp-initiated-logout-bad-post-logout-redirect-uri',
    what: 'an address of nobody',
    spoilt: { post_logout_redirect_uri: 'https://evil.example/' },
    error: 'invalid_request',
    check: 'logout',
  },
  {
    module: 'oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri',
    what: 'an address with a query',
    spoilt: { post_logout_redirect_uri: `${postLogout}?to=1` },
    error: 'invalid_request',
    check: 'logout',
  },
  {
    module: 'oidcc-rp-initiated-logout-bad-id-token-hint',
    what: 'a hint that is no token',
    spoilt: { id_token_hint: 'not-a-token-at-all' },
    error: 'invalid_request',
    check: 'logout',
  },
  {
    module: 'oidcc-rp-initiated-logout-modified-id-token-hint',
    what: 'a hint with another signature',
    spoilt: { id_token_hint: `${plain.id_token.slice(0, -20)}${'A'.repeat(20)}` },
    error: 'invalid_request',
    check: 'logout',
  },
  {
    module: 'oidcc-rp-initiated-logout',
    what: 'a hint of another client',
    spoilt: { id_token_hint: bound.id_token },
    error: 'invalid_request',
    check: 'logout',
  },
  {
    module: 'oidcc-rp-initiated-logout',
    what: 'a client of nobody',
    spoilt: { client_id: 'nobody', id_token_hint: undefined },
    error: 'invalid_client',
    check: 'client-unknown',
  },
]

for (const { module, what, spoilt, error, check } of leavings)
  test(`${module}: a page refuses signing out with ${what}`, async () => {
    const twin = {
      client_id: basic.clientId,
      id_token_hint: plain.id_token,
      post_logout_redirect_uri: postLogout,
      state: random(),
    }
    assert.equal((await send(leaving(twin), browser)).status, 200)
    const request = leaving({ ...twin, ...spoilt })
    const refused = await send(request, browser)
    assert.equal(refused.status, 400)
    assert.equal(refused.headers.get('location'), null)
    assert.match(await refused.text(), new RegExp(`<code>${error}</code>`))
    await isNoted(house, refused, madeUp(request, basic.clientId), { check, error, endpoint: 'end_session' })
  })

test('oidcc-rp-initiated-logout: signing out needs the form’s token, and returns the state', async () => {
  const mine = await signIn.signedIn(holder)
  await party.consent(mine)
  const { id_token } = await party.tokens(mine)
  const state = random()
  const asked = await send(leaving({ id_token_hint: id_token, post_logout_redirect_uri: postLogout, state }), mine)
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(await asked.text())?.[1] ?? ''
  const confirm = (form: Form): Sent => ({
    method: 'POST',
    url: `${issuer}/session/end/confirm`,
    headers: { accept: 'text/html' },
    form,
  })
  const refused = await send(confirm({ xsrf: 'f'.repeat(48), logout: 'yes' }), mine)
  assert.equal(refused.status, 400)
  await isNoted(house, refused, [], { check: 'logout', endpoint: 'end_session_confirm' })
  const left = leftBy(await send(confirm({ xsrf, logout: 'yes' }), mine))
  assert.equal(left.href, `${postLogout}?state=${state}`)
})

test('fapi2-security-profile-final-test-claims-parameter-identity-claims: consent releases a named claim', async () => {
  const newcomer = await signIn.signedIn(holder)
  const { params, verifier } = fapi.wish({
    claims: '{"id_token":{"name":null,"auth_time":{"essential":true}},"userinfo":{"gender":null}}',
    scope: 'openid profile',
  })
  const asked = await newcomer.open(addressOf(fapi.authorize(await fapi.pushed(params))))
  const { left } = asked.left ? asked : await newcomer.send(asked, { step: 'consent', answer: 'yes' })
  const code = left?.searchParams.get('code') ?? assert.fail(left?.href)
  const dpop = await aKey()
  const { body } = await isAccepted(
    await fapi.token(fapi.exchange({ code, verifier, redirectUri: strict.redirectUri, dpop }), dpop),
  )
  const said = JSON.parse(Buffer.from(String(body['id_token']).split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >
  assert.equal(said['name'], holder.name)
  assert.equal(typeof said['auth_time'], 'number')
  const info = await isAccepted(await fapi.userinfo(String(body['access_token']), dpop))
  assert.equal(typeof info.body['gender'], 'string')
  assert.equal(info.body['sub'], said['sub'])
})

test('the recorder stored none of the values sent in this file', async () => {
  const rows = await house.owner<Flight>('select * from parties.flight')
  assert.ok(rows.length > 30)
  for (const value of [holder.number, holder.name, plain.access_token, access, plain.id_token, 'evil.example'])
    assert.ok(!JSON.stringify(rows).includes(value))
})
