import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { aHolder } from '../../../test/a-holder.ts'
import { openHouse } from '../../../test/house.ts'
import { isNoted } from '../../../test/refusal-checks.ts'
import {
  addressOf,
  aKey,
  aParty,
  type Flight,
  type Form,
  leftBy,
  madeUp,
  random,
  send,
  thumbprint,
} from '../../../test/relying-party.ts'
import { type Browser, openSignIn } from '../../../test/signin-house.ts'

/**
 * Requests of the authorization endpoint that are refused, each beside one that is accepted and differs from it in one
 * thing. Named after the modules of the OpenID Foundation's conformance suite that look at the same
 * (docs/conformance.md).
 */

const house = await openHouse({ withUnits: true })
const signIn = await openSignIn(house)
const holder = await aHolder(house, 1)
const basic = await signIn.register({ scopes: ['profile', 'number'], grants: ['authorization_code'] })
const other = await signIn.register({ scopes: ['profile'] })
const asleep = await signIn.register({ scopes: ['profile'] })
const sandbox = await signIn.register({ scopes: ['profile'], sandbox: true })
const browser = await signIn.signedIn(holder)
const party = aParty(signIn, basic)
await party.consent(browser)
await aParty(signIn, other).consent(browser)
await aParty(signIn, asleep).consent(browser)
await house.owner(`update parties.client set state = 'suspended', reason = 'a test' where client_id = $1`, [
  asleep.clientId,
])
const { id_token: ownHint } = await party.tokens(browser)
const someoneElse = await signIn.signedIn(await aHolder(house, 1))
await party.consent(someoneElse)
const { id_token: othersHint } = await party.tokens(someoneElse)
const stranger = signIn.browser()
const acr = (value: string) => JSON.stringify({ id_token: { acr: { essential: true, value } } })
const strength = (value: number) => JSON.stringify({ id_token: { auth_strength: { essential: true, value } } })
const essential = (claim: string, wish: unknown) => ({ claims: JSON.stringify({ id_token: { [claim]: wish } }) })
const level = (one: 1 | 2) => `urn:dinhdanh:acr:level${one}`
const strict = await signIn.register({ scopes: ['profile'], fapi: true })
const strictOther = await signIn.register({ scopes: ['profile'], fapi: true })
const fapi = aParty(signIn, strict, { fapi: true })
await fapi.consent(browser)
// The session is older than a second from here on.
await setTimeout(2_100)

type Variant = {
  readonly module: string
  readonly what: string
  /** What the accepted request has beside the usual. */
  readonly twin?: Form
  /** The one thing that is another. */
  readonly spoilt: Form
  readonly by?: Browser
  /** A page of the house, or back to the party. */
  readonly answer: 'page' | 'back'
  readonly error: string
  readonly check: string
  readonly detail?: string
}

const back = { answer: 'back' } as const
const page = { answer: 'page' } as const
const none = { prompt: 'none' }
const badClaims = { ...back, error: 'invalid_request', check: 'claims' } as const
const wrong = { ...back, error: 'invalid_request', check: 'parameter-wrong' } as const

const variants: readonly Variant[] = [
  {
    module: 'oidcc-response-type-missing',
    what: 'no response_type',
    spoilt: { response_type: undefined },
    ...back,
    error: 'invalid_request',
    check: 'parameter-missing',
    detail: 'response_type',
  },
  {
    module: 'oidcc-ensure-registered-redirect-uri',
    what: 'a redirect_uri of nobody',
    spoilt: { redirect_uri: 'https://evil.example/callback' },
    ...page,
    error: 'invalid_redirect_uri',
    check: 'redirect-uri',
  },
  {
    module: 'oidcc-ensure-registered-redirect-uri',
    what: 'a redirect_uri with one more slash',
    spoilt: { redirect_uri: `${basic.redirectUri}/` },
    ...page,
    error: 'invalid_redirect_uri',
    check: 'redirect-uri',
  },
  {
    module: 'oidcc-ensure-registered-redirect-uri',
    what: 'a redirect_uri of another client',
    spoilt: { redirect_uri: other.redirectUri },
    ...page,
    error: 'invalid_redirect_uri',
    check: 'redirect-uri',
  },
  {
    module: 'oidcc-redirect-uri-query-added',
    what: 'a redirect_uri with a query',
    spoilt: { redirect_uri: `${basic.redirectUri}?to=1` },
    ...page,
    error: 'invalid_redirect_uri',
    check: 'redirect-uri',
  },
  {
    module: 'oidcc-ensure-redirect-uri-in-authorization-request',
    what: 'no redirect_uri',
    spoilt: { redirect_uri: undefined },
    ...page,
    error: 'invalid_request',
    check: 'parameter-missing',
    detail: 'redirect_uri',
  },
  {
    module: 'oidcc-server',
    what: 'a client_id of nobody',
    spoilt: { client_id: 'nobody' },
    ...page,
    error: 'invalid_client',
    check: 'client-unknown',
  },
  {
    module: 'oidcc-server',
    what: 'no client_id',
    spoilt: { client_id: undefined },
    ...page,
    error: 'invalid_request',
    check: 'parameter-missing',
    detail: 'client_id',
  },
  {
    module: 'oidcc-server',
    what: 'a response_type of the hybrid flow',
    spoilt: { response_type: 'code id_token' },
    ...back,
    error: 'unsupported_response_type',
    check: 'response-type',
  },
  {
    module: 'oidcc-server',
    what: 'a response_type of the implicit flow',
    spoilt: { response_type: 'token' },
    ...back,
    error: 'unsupported_response_type',
    check: 'response-type',
  },
  {
    module: 'oidcc-server',
    what: 'a state twice',
    spoilt: { state: ['one-state', 'another-state'] },
    ...back,
    error: 'invalid_request',
    check: 'parameter-repeated',
    detail: 'state',
  },
  {
    module: 'oidcc-server',
    what: 'a response_mode that posts',
    twin: { response_mode: 'query' },
    spoilt: { response_mode: 'form_post' },
    ...back,
    error: 'unsupported_response_mode',
    check: 'response-mode',
  },
  {
    module: 'oidcc-server',
    what: 'a response_mode of JARM',
    twin: { response_mode: 'query' },
    spoilt: { response_mode: 'jwt' },
    ...back,
    error: 'unsupported_response_mode',
    check: 'response-mode',
  },
  {
    module: 'oidcc-scope-all',
    what: 'a scope that was not approved',
    spoilt: { scope: 'openid profile phone' },
    ...back,
    error: 'invalid_scope',
    check: 'scope',
  },
  {
    module: 'oidcc-scope-profile',
    what: 'no openid among the scopes',
    spoilt: { scope: 'profile' },
    ...back,
    error: 'invalid_request',
    check: 'scope',
  },
  {
    module: 'oidcc-ensure-request-with-valid-pkce-succeeds',
    what: 'no code_challenge',
    spoilt: { code_challenge: undefined, code_challenge_method: undefined },
    ...back,
    error: 'invalid_request',
    check: 'pkce-missing',
  },
  {
    module: 'oidcc-ensure-request-with-valid-pkce-succeeds',
    what: 'code_challenge_method plain',
    spoilt: { code_challenge_method: 'plain' },
    ...back,
    error: 'invalid_request',
    check: 'pkce-plain',
  },
  {
    module: 'oidcc-ensure-request-with-valid-pkce-succeeds',
    what: 'no code_challenge_method',
    spoilt: { code_challenge_method: undefined },
    ...back,
    error: 'invalid_request',
    check: 'pkce-plain',
  },
  {
    module: 'oidcc-ensure-request-with-valid-pkce-succeeds',
    what: 'a code_challenge too short',
    spoilt: { code_challenge: 'too-short-a-challenge' },
    ...back,
    error: 'invalid_request',
    check: 'pkce-missing',
  },
  {
    module: 'oidcc-prompt-none-not-logged-in',
    what: 'prompt=none in a browser where nobody is signed in',
    twin: none,
    spoilt: {},
    by: stranger,
    ...back,
    error: 'login_required',
    check: 'login-required',
  },
  {
    module: 'oidcc-prompt-none-logged-in',
    what: 'prompt=none and a scope that was not consented to',
    twin: none,
    spoilt: { scope: 'openid profile number' },
    ...back,
    error: 'consent_required',
    check: 'consent-missing',
  },
  {
    module: 'oidcc-prompt-login',
    what: 'prompt=none together with login',
    twin: none,
    spoilt: { prompt: 'none login' },
    ...wrong,
    detail: 'prompt',
  },
  {
    module: 'oidcc-prompt-login',
    what: 'a prompt of no standard',
    twin: none,
    spoilt: { prompt: 'whisper' },
    ...wrong,
    detail: 'prompt',
  },
  {
    module: 'oidcc-max-age-1',
    what: 'max_age=1 where the sign-in is older',
    twin: { ...none, max_age: '10000' },
    spoilt: { max_age: '1' },
    ...back,
    error: 'login_required',
    check: 'login-required',
  },
  {
    module: 'oidcc-max-age-10000',
    what: 'a max_age below nothing',
    twin: { max_age: '10000' },
    spoilt: { max_age: '-1' },
    ...wrong,
    detail: 'max_age',
  },
  {
    module: 'oidcc-id-token-hint',
    what: 'an id_token_hint of somebody else',
    twin: { ...none, id_token_hint: ownHint },
    spoilt: { id_token_hint: othersHint },
    ...back,
    error: 'login_required',
    check: 'login-required',
  },
  {
    module: 'oidcc-id-token-hint',
    what: 'an id_token_hint with another signature',
    twin: { id_token_hint: ownHint },
    spoilt: { id_token_hint: `${ownHint.slice(0, -20)}${'A'.repeat(20)}` },
    ...wrong,
    detail: 'id_token_hint',
  },
  {
    module: 'oidcc-login-hint',
    what: 'a login_hint in the address',
    spoilt: { login_hint: '001203004005' },
    ...back,
    error: 'invalid_request',
    check: 'login-hint',
  },
  {
    module: 'oidcc-claims-essential',
    what: 'claims that are no JSON',
    twin: { claims: '{"userinfo":{"sub":null}}' },
    spoilt: { claims: '{"userinfo":{"sub":null}' },
    ...back,
    error: 'invalid_request',
    check: 'claims',
  },
  {
    module: 'oidcc-claims-essential',
    what: 'a claim that no approved scope opens',
    twin: { claims: '{"userinfo":{"sub":null}}' },
    spoilt: { claims: '{"userinfo":{"phone_number":null}}' },
    ...back,
    error: 'invalid_request',
    check: 'claims',
  },
  {
    module: 'oidcc-claims-essential',
    what: 'values of an essential auth_strength as a text',
    twin: essential('auth_strength', { essential: true, values: [1] }),
    spoilt: essential('auth_strength', { essential: true, values: '2' }),
    ...badClaims,
  },
  {
    module: 'oidcc-claims-essential',
    what: 'values of an essential auth_strength as a number',
    twin: essential('auth_strength', { essential: true, values: [1] }),
    spoilt: essential('auth_strength', { essential: true, values: 2 }),
    ...badClaims,
  },
  {
    module: 'oidcc-claims-essential',
    what: 'values of an essential acr as a text that holds one of ours',
    twin: essential('acr', { essential: true, values: [level(1)] }),
    spoilt: essential('acr', { essential: true, values: `${level(1)} or so` }),
    ...badClaims,
  },
  {
    module: 'oidcc-claims-essential',
    what: 'values of an essential acr as an object',
    twin: essential('acr', { essential: true, values: [level(1)] }),
    spoilt: essential('acr', { essential: true, values: {} }),
    ...badClaims,
  },
  {
    module: 'oidcc-claims-essential',
    what: 'values of an essential acr as a number',
    twin: essential('acr', { essential: true, values: [level(1)] }),
    spoilt: essential('acr', { essential: true, values: 7 }),
    ...badClaims,
  },
  {
    module: 'oidcc-claims-essential',
    what: 'no values in their list',
    twin: essential('acr', { essential: true, values: [level(1)] }),
    spoilt: essential('acr', { essential: true, values: [] }),
    ...badClaims,
  },
  {
    module: 'oidcc-claims-essential',
    what: 'an acr that is no text',
    twin: essential('acr', { value: level(1) }),
    spoilt: essential('acr', { value: 1 }),
    ...badClaims,
  },
  {
    module: 'oidcc-claims-essential',
    what: 'a sub in the place of what is asked of it',
    twin: essential('sub', null),
    spoilt: essential('sub', 'somebody'),
    ...badClaims,
  },
  {
    module: 'oidcc-claims-essential',
    what: 'a sub that is no text',
    twin: essential('sub', { essential: true }),
    spoilt: essential('sub', { value: { of: 'somebody' } }),
    ...badClaims,
  },
  {
    module: 'oidcc-claims-essential',
    what: 'a list in the place of what is asked of a claim',
    twin: essential('name', null),
    spoilt: essential('name', []),
    ...badClaims,
  },
  {
    module: 'oidcc-claims-essential',
    what: 'an essential that is neither true nor false',
    twin: essential('auth_time', { essential: true }),
    spoilt: essential('auth_time', { essential: 'true' }),
    ...badClaims,
  },
  {
    module: 'oidcc-ensure-request-with-acr-values-succeeds',
    what: 'an essential acr above the account’s',
    twin: { ...none, claims: acr(level(1)) },
    spoilt: { claims: acr(level(2)) },
    ...back,
    error: 'unmet_authentication_requirements',
    check: 'acr-unmet',
  },
  {
    module: 'oidcc-ensure-request-with-acr-values-succeeds',
    what: 'an essential acr above the account’s, and acr_values that would lower it',
    twin: { ...none, claims: acr(level(1)), acr_values: level(1) },
    spoilt: { claims: acr(level(2)) },
    ...back,
    error: 'unmet_authentication_requirements',
    check: 'acr-unmet',
  },
  {
    module: 'oidcc-ensure-request-with-acr-values-succeeds',
    what: 'an essential acr of nobody’s',
    twin: { ...none, claims: acr(level(1)) },
    spoilt: { claims: acr('urn:example:gold') },
    ...back,
    error: 'unmet_authentication_requirements',
    check: 'acr-unmet',
  },
  {
    module: 'oidcc-ensure-request-with-acr-values-succeeds',
    what: 'an essential auth_strength that needs a face',
    twin: { ...none, claims: strength(1) },
    spoilt: { claims: strength(3) },
    ...back,
    error: 'unmet_authentication_requirements',
    check: 'acr-unmet',
  },
  {
    module: 'oidcc-ensure-request-with-acr-values-succeeds',
    what: 'an essential auth_strength above the session’s, and no page',
    twin: { ...none, claims: strength(1) },
    spoilt: { claims: strength(2) },
    ...back,
    error: 'login_required',
    check: 'login-required',
  },
  {
    module: 'oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported',
    what: 'a request object',
    spoilt: { request: 'eyJhbGciOiJub25lIn0.e30.' },
    ...back,
    error: 'request_not_supported',
    check: 'request-object',
  },
  {
    module: 'oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported',
    what: 'a request_uri of the party',
    spoilt: { request_uri: 'https://party.example/request.jwt' },
    ...back,
    error: 'request_uri_not_supported',
    check: 'request-object',
  },
  {
    module: 'oidcc-server',
    what: 'a registration parameter',
    spoilt: { registration: '{}' },
    ...back,
    error: 'registration_not_supported',
    check: 'parameter-wrong',
    detail: 'registration',
  },
  {
    module: 'oidcc-server',
    what: 'a resource that a person’s sign-in does not open',
    spoilt: { resource: `${signIn.origin}/api` },
    ...back,
    error: 'invalid_target',
    check: 'parameter-wrong',
    detail: 'resource',
  },
]

const inPage = /<code>([a-z_]+)<\/code>/

async function refusedAs(
  response: Response,
  redirectUri: string,
  { answer, error }: Pick<Variant, 'answer' | 'error'>,
  state: unknown,
) {
  if (answer === 'page') {
    assert.ok(response.status >= 400 && response.status < 500, String(response.status))
    assert.equal(response.headers.get('location'), null, 'nobody is sent to an address that is nobody’s')
    assert.equal(inPage.exec(await response.text())?.[1], error)
    return
  }
  const left = leftBy(response)
  assert.equal(left.origin + left.pathname, redirectUri)
  const said = left.hash ? new URLSearchParams(left.hash.slice(1)) : left.searchParams
  assert.equal(said.get('error'), error, left.href)
  assert.equal(said.get('code'), null)
  assert.equal(said.get('iss'), signIn.issuer)
  assert.equal(said.get('state'), typeof state === 'string' ? state : null)
}

for (const { module, what, twin = {}, spoilt, by = browser, answer, error, check, detail } of variants)
  test(`${module}: ${what} is refused`, async () => {
    const { params } = party.wish(twin)
    const accepted = leftBy(await send(party.authorize(params), browser))
    assert.ok(accepted.searchParams.get('code'), `the twin is refused: ${accepted.href}`)
    const request = party.authorize({ ...params, ...spoilt })
    const refused = await send(request, by)
    await refusedAs(refused, basic.redirectUri, { answer, error }, 'state' in spoilt ? undefined : params['state'])
    await isNoted(house, refused, madeUp(request, basic.clientId), {
      check,
      error,
      detail: detail ?? null,
      endpoint: 'authorization',
    })
  })

test('oidcc-server: a page refuses a suspended client at once', async () => {
  const sleeping = aParty(signIn, asleep)
  const { params } = aParty(signIn, other).wish()
  assert.ok(leftBy(await send(party.authorize(params), browser)).searchParams.get('code'))
  const request = sleeping.authorize({ ...params, client_id: asleep.clientId })
  const refused = await send(request, browser)
  await refusedAs(refused, '', { ...page, error: 'invalid_client' }, undefined)
  await isNoted(house, refused, madeUp(request, asleep.clientId), {
    check: 'client-suspended',
    client_id: asleep.clientId,
  })
})

test('oidcc-server: a sandbox client refuses a person who is not invented', async () => {
  const { params } = aParty(signIn, other).wish({ prompt: 'none' })
  assert.ok(leftBy(await send(party.authorize(params), browser)).searchParams.get('code'))
  const request = party.authorize({ ...params, client_id: sandbox.clientId, redirect_uri: sandbox.redirectUri })
  const refused = await send(request, browser)
  await refusedAs(refused, sandbox.redirectUri, { ...back, error: 'access_denied' }, params['state'])
  await isNoted(house, refused, madeUp(request, sandbox.clientId), {
    check: 'sandbox-person',
    client_id: sandbox.clientId,
  })
})

test('fapi2-security-profile-final-ensure-unsigned-authorization-request-without-using-par-fails', async () => {
  const { params } = fapi.wish()
  assert.ok(leftBy(await send(fapi.authorize(await fapi.pushed(params)), browser)).searchParams.get('code'))
  const request = fapi.authorize(params)
  const refused = await send(request, browser)
  await refusedAs(refused, strict.redirectUri, { ...back, error: 'invalid_request' }, params['state'])
  await isNoted(house, refused, madeUp(request, strict.clientId), { check: 'par-required' })
})

test('fapi2-security-profile-final-par-attempt-reuse-request_uri: a request_uri is used once', async () => {
  const asked = await fapi.pushed(fapi.wish().params)
  assert.ok(leftBy(await send(fapi.authorize(asked), browser)).searchParams.get('code'))
  const refused = await send(fapi.authorize(asked), browser)
  await refusedAs(refused, '', { ...page, error: 'invalid_request_uri' }, undefined)
  await isNoted(house, refused, madeUp(fapi.authorize(asked), strict.clientId), { check: 'par-expired' })
})

test('fapi2-security-profile-final-par-ensure-reused-request-uri-prior-to-auth-completion-succeeds', async () => {
  const newcomer = await signIn.signedIn(await aHolder(house, 1))
  const asked = await fapi.pushed(fapi.wish().params)
  await newcomer.open(addressOf(fapi.authorize(asked)))
  const again = await newcomer.open(addressOf(fapi.authorize(asked)))
  const { left, text } = await newcomer.send(again, { step: 'consent', answer: 'yes' })
  assert.ok(left?.searchParams.get('code'), left?.href ?? text)
})

test('fapi2-security-profile-final-par-attempt-to-use-expired-request_uri: it expires after a minute', async () => {
  const { params } = fapi.wish()
  assert.ok(leftBy(await send(fapi.authorize(await fapi.pushed(params)), browser)).searchParams.get('code'))
  const asked = await fapi.pushed(params)
  await house.owner(
    `update signin.artifact
      set expires_at = now() - interval '1 second',
        payload = payload || jsonb_build_object('exp', extract(epoch from now())::integer - 1)
     where kind = 'PushedAuthorizationRequest' and consumed_at is null`,
  )
  const refused = await send(fapi.authorize(asked), browser)
  await refusedAs(refused, '', { ...page, error: 'invalid_request_uri' }, undefined)
  await isNoted(house, refused, madeUp(fapi.authorize(asked), strict.clientId), { check: 'par-expired' })
})

test('fapi2-security-profile-final-par-attempt-to-use-request_uri-for-different-client: it is refused', async () => {
  const { params } = fapi.wish()
  assert.ok(leftBy(await send(fapi.authorize(await fapi.pushed(params)), browser)).searchParams.get('code'))
  const request = fapi.authorize({ ...(await fapi.pushed(params)), client_id: strictOther.clientId })
  const refused = await send(request, browser)
  await refusedAs(refused, '', { ...page, error: 'invalid_request_object' }, undefined)
  await isNoted(house, refused, madeUp(request, strictOther.clientId), { check: 'par-of-another-client' })
})

test('fapi2-security-profile-final-user-rejects-authentication: a refusal returns access_denied', async () => {
  const newcomer = await signIn.signedIn(await aHolder(house, 1))
  const { params } = fapi.wish()
  const asked = await newcomer.open(addressOf(fapi.authorize(await fapi.pushed(params))))
  const { left } = await newcomer.send(asked, { step: 'consent', answer: 'no' })
  assert.equal(left?.searchParams.get('error'), 'access_denied')
  assert.equal(left?.searchParams.get('state'), params['state'])
  const [note] = await house.owner<Flight>(
    `select * from parties.flight where client_id = $1 and outcome = 'failed' order by at desc`,
    [strict.clientId],
  )
  assert.equal(note?.check, 'consent-refused')
})

test('fapi2-security-profile-final-state-only-outside-request-object-not-used: outer state is ignored', async () => {
  const { params } = fapi.wish({ state: undefined })
  const asked = await fapi.pushed(params)
  const left = leftBy(await send(fapi.authorize({ ...asked, state: random() }), browser))
  assert.ok(left.searchParams.get('code'))
  assert.equal(left.searchParams.get('state'), null)
  assert.equal(left.searchParams.get('iss'), signIn.issuer)
})

test('oidcc-ensure-post-request-succeeds: POST works as GET, and its hint gets into no address', async () => {
  const { params } = party.wish()
  const post = (form: Form) => ({ method: 'POST', url: party.at('/auth'), headers: { accept: 'text/html' }, form })
  const { left } = await browser.follow(await send(post(params), browser))
  assert.ok(left?.searchParams.get('code'), left?.href)
  const hinted = await send(post({ ...params, login_hint: '001203004005' }), browser)
  assert.doesNotMatch(String(hinted.headers.get('location')), /001203004005/)
  assert.equal((await browser.follow(hinted)).left?.searchParams.get('error'), 'invalid_request')
})

test('fapi2-security-profile-final-ensure-authorization-request-without-nonce-success and two more', async () => {
  for (const more of [
    { nonce: undefined },
    { state: undefined },
    { nonce: 'n'.repeat(64) },
    { scope: 'profile openid' },
    { display: 'popup' },
    { ui_locales: 'en' },
    { unknown: 'x' },
  ]) {
    const { params } = fapi.wish(more)
    const left = leftBy(await send(fapi.authorize(await fapi.pushed(params)), browser))
    assert.ok(left.searchParams.get('code'), `${JSON.stringify(more)} ${left.href}`)
  }
})

test('fapi2-security-profile-final-ensure-dpop-auth-code-binding-success: dpop_jkt may be pushed', async () => {
  const key = await aKey()
  const given = await fapi.code(browser, { dpop_jkt: await thumbprint(key) }, key)
  const response = await send(await fapi.token(fapi.exchange(given), key))
  assert.equal(response.status, 200, await response.text())
})
