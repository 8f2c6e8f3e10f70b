import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { aHolder } from '../../../test/a-holder.ts'
import { openHouse } from '../../../test/house.ts'
import { isAccepted, isRefused, type Refused } from '../../../test/refusal-checks.ts'
import {
  type AssertionChange,
  aKey,
  answerOf,
  aParty,
  assertion,
  type Form,
  flightsOf,
  type ProofChange,
  random,
  type Sent,
  seconds,
  send,
  thumbprint,
} from '../../../test/relying-party.ts'
import { openSignIn } from '../../../test/signin-house.ts'

/**
 * Requests of the endpoints that machines call, refused, each beside an accepted one that differs in one thing. Named
 * after the modules of the OpenID Foundation's conformance suite that look at the same (docs/conformance.md).
 */

const house = await openHouse({ withUnits: true })
const signIn = await openSignIn(house)
const { issuer } = signIn
const holder = await aHolder(house, 1)
const browser = await signIn.signedIn(holder)
const strict = await signIn.register({ scopes: ['profile'], fapi: true })
const strictOther = await signIn.register({ scopes: ['profile'], fapi: true })
const basic = await signIn.register({ scopes: ['profile'] })
const basicOther = await signIn.register({ scopes: ['profile'] })
const machine = await signIn.register({ scopes: ['verification'], grants: ['client_credentials'] })
const fapi = aParty(signIn, strict, { fapi: true })
const fapiOther = aParty(signIn, strictOther, { fapi: true })
const party = aParty(signIn, basic)
const partyOther = aParty(signIn, basicOther)
const alone = aParty(signIn, machine)
for (const one of [fapi, fapiOther, party, partyOther]) await one.consent(browser)
const rsa = await aKey('RS256')
const stranger = await aKey()

const badClient = { status: 401, error: 'invalid_client' } as const
const badRequest = { status: 400, error: 'invalid_request' } as const
const badGrant = { status: 400, error: 'invalid_grant' } as const
const badProof = { status: 400, error: 'invalid_dpop_proof' } as const

type OfAssertion = {
  readonly module: string
  readonly what: string
  readonly twin?: AssertionChange
  readonly spoilt: AssertionChange
  readonly refused: Omit<Refused, 'endpoint'>
}

const assertions: readonly OfAssertion[] = [
  {
    module: 'fapi2-security-profile-final-par-test-array-as-audience-fails',
    what: 'the issuer in a list',
    spoilt: { claims: { aud: [issuer] } },
    refused: { ...badClient, check: 'assertion-audience' },
  },
  {
    module: 'fapi2-security-profile-final-par-test-par-endpoint-url-as-audience-fails',
    what: 'the endpoint as its audience',
    spoilt: { claims: { aud: `${issuer}/request` } },
    refused: { ...badClient, check: 'assertion-audience' },
  },
  {
    module: 'fapi2-security-profile-final-par-test-token-endpoint-url-as-audience-fails',
    what: 'the token endpoint as its audience',
    spoilt: { claims: { aud: `${issuer}/token` } },
    refused: { ...badClient, check: 'assertion-audience' },
  },
  {
    module: 'fapi2-security-profile-final-ensure-client-assertion-with-wrong-aud-fails',
    what: 'somebody else as its audience',
    spoilt: { claims: { aud: 'https://other.example' } },
    refused: { ...badClient, check: 'assertion-audience' },
  },
  {
    module: 'fapi2-security-profile-final-ensure-client-assertion-with-wrong-aud-fails',
    what: 'no audience',
    spoilt: { claims: { aud: undefined } },
    refused: { ...badClient, check: 'assertion-audience' },
  },
  {
    module: 'fapi2-security-profile-final-par-ensure-jwt-client-assertions-nbf-over-60-seconds-in-the-future-fails',
    what: 'an nbf of more than a minute ahead, where eight seconds are accepted',
    twin: { claims: { nbf: seconds() + 8, exp: seconds() + 240 } },
    spoilt: { claims: { nbf: seconds() + 200, exp: seconds() + 240 } },
    refused: { ...badClient, check: 'assertion-clock' },
  },
  {
    module: 'fapi2-security-profile-final-par-ensure-jwt-client-assertions-nbf-8-seconds-in-the-future-is-accepted',
    what: 'an iat of more than a minute ahead, where eight seconds are accepted',
    twin: { claims: { iat: seconds() + 8, exp: seconds() + 240 } },
    spoilt: { claims: { iat: seconds() + 200, exp: seconds() + 240 } },
    refused: { ...badClient, check: 'assertion-clock' },
  },
  {
    module: 'fapi2-security-profile-final-ensure-client-assertion-with-exp-is-5-minutes-in-past-fails',
    what: 'an exp of five minutes ago',
    spoilt: { claims: { exp: seconds() - 300 } },
    refused: { ...badClient, check: 'assertion-expired' },
  },
  {
    module: 'fapi2-security-profile-final-ensure-client-assertion-with-exp-is-5-minutes-in-past-fails',
    what: 'no exp',
    spoilt: { claims: { exp: undefined } },
    refused: { ...badClient, check: 'client-authentication' },
  },
  {
    module: 'fapi2-security-profile-final-ensure-client-assertion-with-exp-is-5-minutes-in-past-fails',
    what: 'an exp of next year',
    spoilt: { claims: { exp: seconds() + 365 * 86_400 } },
    refused: { ...badClient, check: 'assertion-clock' },
  },
  {
    module: 'fapi2-security-profile-final-ensure-client-assertion-with-no-sub-fails',
    what: 'no sub',
    spoilt: { claims: { sub: undefined } },
    refused: { ...badClient, check: 'client-authentication' },
  },
  {
    module: 'fapi2-security-profile-final-ensure-client-assertion-in-token-endpoint',
    what: 'no iss',
    spoilt: { claims: { iss: undefined } },
    refused: { ...badClient, check: 'client-authentication' },
  },
  {
    module: 'fapi2-security-profile-final-ensure-client-assertion-in-token-endpoint',
    what: 'an iss of another client',
    spoilt: { claims: { iss: strictOther.clientId } },
    refused: { ...badClient, check: 'client-authentication' },
  },
  {
    module: 'fapi2-security-profile-final-ensure-client-assertion-in-token-endpoint',
    what: 'no jti',
    spoilt: { claims: { jti: undefined } },
    refused: { ...badClient, check: 'client-authentication' },
  },
  {
    module: 'fapi2-security-profile-final-ensure-client-assertion-in-token-endpoint',
    what: 'another client’s key',
    spoilt: { key: strictOther.key },
    refused: { ...badClient, check: 'assertion-key' },
  },
  {
    module: 'fapi2-security-profile-final-ensure-client-assertion-in-token-endpoint',
    what: 'a kid of no key',
    spoilt: { header: { kid: 'two' } },
    refused: { ...badClient, check: 'assertion-key' },
  },
  {
    module: 'fapi2-security-profile-final-ensure-signed-client-assertion-with-RS256-fails',
    what: 'a signature by RS256',
    spoilt: { header: { alg: 'RS256' }, key: rsa.privateKey },
    refused: { ...badClient, check: 'assertion-key' },
  },
]

for (const { module, what, twin = {}, spoilt, refused } of assertions) {
  test(`${module}: an assertion with ${what} is refused at the PAR endpoint`, async () => {
    const { params } = fapi.wish()
    await isAccepted(await fapi.push(params, twin), 201)
    await isRefused(house, await fapi.push(params, spoilt), strict.clientId, {
      ...refused,
      endpoint: 'pushed_authorization_request',
    })
  })
}

const atToken = ['wrong-aud', 'no-sub', '5-minutes', 'RS256']
for (const { module, what, spoilt, refused } of assertions.filter(one =>
  atToken.some(part => one.module.includes(part)),
))
  test(`${module}: an assertion with ${what} is refused at the token endpoint`, async () => {
    const [first, second] = [await fapi.code(browser), await fapi.code(browser)]
    const form = (code: typeof first) => ({ ...fapi.exchange(code), client_id: strict.clientId })
    await isAccepted(await fapi.token(form(first), first.dpop))
    await isRefused(house, await fapi.token(form(second), second.dpop, {}, spoilt), strict.clientId, {
      ...refused,
      endpoint: 'token',
    })
    await isAccepted(await fapi.token(form(second), second.dpop))
  })

test('fapi2-security-profile-final-ensure-client-assertion-in-token-endpoint: a replay is refused', async () => {
  const said = await assertion(strict, issuer)
  const push = { ...(await fapi.push(fapi.wish().params)) }
  const with_ = (form: Form): Sent => ({ ...push, form: { ...push.form, ...form } })
  await isAccepted(with_({ client_assertion: said }), 201)
  await isRefused(house, with_({ client_assertion: said }), strict.clientId, {
    ...badClient,
    check: 'assertion-replayed',
    endpoint: 'pushed_authorization_request',
  })
})

type OfForm = {
  readonly module: string
  readonly what: string
  readonly spoilt: Form
  readonly refused: Omit<Refused, 'endpoint'>
}

const pushes: readonly OfForm[] = [
  {
    module: 'fapi2-security-profile-final-par-ensure-pkce-required',
    what: 'no code_challenge',
    spoilt: { code_challenge: undefined, code_challenge_method: undefined },
    refused: { ...badRequest, check: 'pkce-missing' },
  },
  {
    module: 'fapi2-security-profile-final-par-plain-pkce-rejected',
    what: 'code_challenge_method plain',
    spoilt: { code_challenge_method: 'plain' },
    refused: { ...badRequest, check: 'pkce-plain' },
  },
  {
    module: 'fapi2-security-profile-final-ensure-registered-redirect-uri',
    what: 'a redirect_uri of nobody',
    spoilt: { redirect_uri: 'https://evil.example/callback' },
    refused: { ...badRequest, check: 'redirect-uri' },
  },
  {
    module: 'fapi2-security-profile-final-ensure-redirect-uri-in-authorization-request',
    what: 'no redirect_uri',
    spoilt: { redirect_uri: undefined },
    refused: { ...badRequest, check: 'parameter-missing', detail: 'redirect_uri' },
  },
  {
    module: 'fapi2-security-profile-final-ensure-response-type-code-idtoken-fails',
    what: 'response_type code id_token',
    spoilt: { response_type: 'code id_token' },
    refused: { status: 400, error: 'unsupported_response_type', check: 'response-type' },
  },
  {
    module: 'fapi2-security-profile-final-ensure-response-type-token-fails',
    what: 'response_type token',
    spoilt: { response_type: 'token' },
    refused: { status: 400, error: 'unsupported_response_type', check: 'response-type' },
  },
  {
    module: 'fapi2-security-profile-final-par-authorization-request-containing-request_uri-form-param',
    what: 'a request_uri',
    spoilt: { request_uri: 'urn:ietf:params:oauth:request_uri:x' },
    refused: { status: 400, error: 'request_uri_not_supported', check: 'request-object' },
  },
  {
    module: 'fapi2-security-profile-final-happy-flow',
    what: 'a scope that was not approved',
    spoilt: { scope: 'openid profile phone' },
    refused: { status: 400, error: 'invalid_scope', check: 'scope' },
  },
  {
    module: 'fapi2-security-profile-final-test-claims-parameter-identity-claims',
    what: 'values of an essential auth_strength as a text',
    spoilt: { claims: '{"id_token":{"auth_strength":{"essential":true,"values":"2"}}}' },
    refused: { ...badRequest, check: 'claims' },
  },
  {
    module: 'fapi2-security-profile-final-par-without-duplicate-parameters',
    what: 'a nonce twice',
    spoilt: { nonce: ['one-nonce', 'two-nonce'] },
    refused: { ...badRequest, check: 'parameter-repeated', detail: 'nonce' },
  },
  {
    module: 'fapi2-security-profile-final-ensure-client-assertion-in-token-endpoint',
    what: 'no assertion',
    spoilt: { client_assertion: undefined, client_assertion_type: undefined },
    refused: { ...badClient, check: 'client-authentication' },
  },
  {
    module: 'fapi2-security-profile-final-ensure-client-assertion-in-token-endpoint',
    what: 'an assertion of another type',
    spoilt: { client_assertion_type: 'urn:example:other' },
    refused: { ...badClient, check: 'client-authentication' },
  },
  {
    module: 'fapi2-security-profile-final-ensure-client-assertion-in-token-endpoint',
    what: 'an assertion that is no JWT',
    spoilt: { client_assertion: 'no JWT at all' },
    refused: { ...badClient, check: 'client-authentication' },
  },
  {
    module: 'fapi2-security-profile-final-ensure-client-id-in-token-endpoint',
    what: 'the client_id of another',
    spoilt: { client_id: strictOther.clientId },
    refused: { ...badClient, check: 'client-authentication' },
  },
]

for (const { module, what, spoilt, refused } of pushes)
  test(`${module}: a pushed request with ${what} is refused`, async () => {
    const { params } = fapi.wish()
    await isAccepted(await fapi.push(params), 201)
    const push = await fapi.push(params)
    const request = { ...push, form: { ...push.form, ...spoilt } }
    const named = String(request.form['client_id'])
    await isRefused(house, request, named, { ...refused, endpoint: 'pushed_authorization_request' })
  })

test('fapi2-security-profile-final-par-attempt-invalid-http-method: PAR accepts POST only', async () => {
  const { params } = fapi.wish()
  const push = await fapi.push(params)
  await isAccepted(push, 201)
  const { form: _form, ...rest } = await fapi.push(params)
  await isRefused(house, { ...rest, method: 'GET', query: { client_id: strict.clientId } }, null as never, {
    status: 405,
    error: 'invalid_request',
    check: 'method',
    endpoint: 'pushed_authorization_request',
  })
})

test('fapi2-security-profile-final-par-attempt-invalid-http-method: PAR accepts a form only', async () => {
  const push = await fapi.push(fapi.wish().params)
  await isAccepted(push, 201)
  const { form, ...rest } = await fapi.push(fapi.wish().params)
  const request = { ...rest, headers: { 'content-type': 'application/json' }, body: JSON.stringify(form) }
  await isRefused(house, request, null as never, {
    ...badRequest,
    check: 'method',
    endpoint: 'pushed_authorization_request',
  })
})

test('fapi2-security-profile-final-ensure-mismatched-dpop-jkt-fails: a dpop_jkt of another key', async () => {
  const key = await aKey()
  const { params } = fapi.wish()
  const with_ = async (jkt: string): Promise<Sent> => {
    const { proof } = await import('../../../test/relying-party.ts')
    return {
      ...(await fapi.push({ ...params, dpop_jkt: jkt })),
      headers: { dpop: await proof(key, 'POST', fapi.at('/request')) },
    }
  }
  await isAccepted(await with_(await thumbprint(key)), 201)
  await isRefused(house, await with_(await thumbprint(stranger)), strict.clientId, {
    ...badRequest,
    check: 'dpop-key',
    endpoint: 'pushed_authorization_request',
  })
})

const exchanges: readonly OfForm[] = [
  {
    module: 'fapi2-security-profile-final-ensure-pkce-code-verifier-required',
    what: 'no code_verifier',
    spoilt: { code_verifier: undefined },
    refused: { ...badGrant, check: 'pkce-wrong' },
  },
  {
    module: 'fapi2-security-profile-final-incorrect-pkce-code-verifier-rejected',
    what: 'another code_verifier',
    spoilt: { code_verifier: random() + random() },
    refused: { ...badGrant, check: 'pkce-wrong' },
  },
  {
    module: 'oidcc-server',
    what: 'another redirect_uri',
    spoilt: { redirect_uri: 'https://evil.example/callback' },
    refused: { ...badGrant, check: 'redirect-uri' },
  },
  {
    module: 'oidcc-server',
    what: 'no redirect_uri',
    spoilt: { redirect_uri: undefined },
    refused: { ...badRequest, check: 'parameter-missing', detail: 'redirect_uri' },
  },
  {
    module: 'oidcc-server',
    what: 'a code of nobody',
    spoilt: { code: random() },
    refused: { ...badGrant, check: 'code-unknown' },
  },
  {
    module: 'oidcc-server',
    what: 'no code',
    spoilt: { code: undefined },
    refused: { ...badRequest, check: 'parameter-missing', detail: 'code' },
  },
  {
    module: 'oidcc-server',
    what: 'a grant_type of no standard',
    spoilt: { grant_type: 'password-please' },
    refused: { status: 400, error: 'unsupported_grant_type', check: 'grant-type' },
  },
  {
    module: 'oidcc-server',
    what: 'a grant_type that is not the client’s',
    spoilt: { grant_type: 'client_credentials' },
    refused: { status: 400, error: 'unauthorized_client', check: 'grant-type' },
  },
  {
    module: 'oidcc-server',
    what: 'a code twice',
    spoilt: { code: ['code-one', 'code-two'] },
    refused: { ...badRequest, check: 'parameter-repeated', detail: 'code' },
  },
]

for (const { module, what, spoilt, refused } of exchanges)
  test(`${module}: a code with ${what} is refused, and stays valid`, async () => {
    const [first, second] = [await fapi.code(browser), await fapi.code(browser)]
    await isAccepted(await fapi.token(fapi.exchange(first), first.dpop))
    const request = await fapi.token({ ...fapi.exchange(second), ...spoilt }, second.dpop)
    await isRefused(house, request, strict.clientId, { ...refused, endpoint: 'token' })
    await isAccepted(await fapi.token(fapi.exchange(second), second.dpop))
  })

test('fapi2-security-profile-final-ensure-client-id-in-token-endpoint: another client_id is refused', async () => {
  const [first, second] = [await fapi.code(browser), await fapi.code(browser)]
  await isAccepted(await fapi.token({ ...fapi.exchange(first), client_id: strict.clientId }, first.dpop))
  const request = await fapi.token({ ...fapi.exchange(second), client_id: strictOther.clientId }, second.dpop)
  await isRefused(house, request, strictOther.clientId, {
    ...badClient,
    check: 'client-authentication',
    endpoint: 'token',
  })
})

test('fapi2-security-profile-final-ensure-authorization-code-is-bound-to-client: another’s code', async () => {
  const [first, second] = [await fapiOther.code(browser), await fapi.code(browser)]
  await isAccepted(await fapiOther.token(fapi.exchange(first), first.dpop))
  const request = await fapiOther.token(fapi.exchange(second), second.dpop)
  await isRefused(house, request, strictOther.clientId, {
    ...badGrant,
    check: 'code-of-another-client',
    endpoint: 'token',
  })
})

test('fapi2-security-profile-final-attempt-reuse-authorization-code-after-one-second, oidcc-codereuse', async () => {
  const code = await fapi.code(browser)
  const { body } = await isAccepted(await fapi.token(fapi.exchange(code), code.dpop))
  await isAccepted(await fapi.userinfo(String(body['access_token']), code.dpop))
  await setTimeout(1_000)
  await isRefused(house, await fapi.token(fapi.exchange(code), code.dpop), strict.clientId, {
    ...badGrant,
    check: 'code-used',
    endpoint: 'token',
  })
  assert.equal((await send(await fapi.userinfo(String(body['access_token']), code.dpop))).status, 401)
  await fapi.consent(browser)
})

test('fapi2-security-profile-final-ensure-token-endpoint-fails-with-expired-auth-code: after a minute', async () => {
  const [first, second] = [await fapi.code(browser), await fapi.code(browser)]
  await isAccepted(await fapi.token(fapi.exchange(first), first.dpop))
  const [{ lives } = { lives: 0 }] = await house.owner<{ lives: number }>(
    `select max((payload->>'exp')::integer - (payload->>'iat')::integer) as lives from signin.artifact
      where kind = 'AuthorizationCode'`,
  )
  assert.ok(lives <= 60)
  await house.owner(
    `update signin.artifact
      set expires_at = now() - interval '1 second',
        payload = payload || jsonb_build_object('exp', extract(epoch from now())::integer - 1)
     where kind = 'AuthorizationCode' and consumed_at is null`,
  )
  await isRefused(house, await fapi.token(fapi.exchange(second), second.dpop), strict.clientId, {
    ...badGrant,
    check: 'code-expired',
    endpoint: 'token',
  })
})

test('fapi2-security-profile-final-ensure-holder-of-key-required: a request without proof', async () => {
  const [first, second] = [await fapi.code(browser), await fapi.code(browser)]
  await isAccepted(await fapi.token(fapi.exchange(first), first.dpop))
  await isRefused(house, await fapi.token(fapi.exchange(second)), strict.clientId, {
    ...badGrant,
    check: 'dpop-missing',
    endpoint: 'token',
  })
})

for (const [module, bound] of [
  ['fapi2-security-profile-final-ensure-token-endpoint-fails-with-mismatched-dpop-jkt', true],
  ['fapi2-security-profile-final-ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt', false],
] as const)
  test(`${module}: a proof by another key than the code’s is refused`, async () => {
    const key = await aKey()
    const jkt = { dpop_jkt: await thumbprint(key) }
    const [first, second] = [await fapi.code(browser, jkt, key), await fapi.code(browser, jkt, key)]
    await isAccepted(await fapi.token(fapi.exchange(first), key))
    const request = await fapi.token(fapi.exchange(second), bound ? stranger : key, bound ? {} : { key: stranger })
    await isRefused(house, request, strict.clientId, { ...badGrant, check: 'dpop-key', endpoint: 'token' })
  })

type OfProof = {
  readonly what: string
  /** A moment is reckoned when the proof is made. */
  readonly twin?: ProofChange | (() => ProofChange)
  readonly spoilt: ProofChange | (() => ProofChange)
  readonly refused: Omit<Refused, 'endpoint'>
  /** By how much the recorder says that the party's clock is ahead. */
  readonly ahead?: number
}
const changeOf = (change: ProofChange | (() => ProofChange)) => (typeof change === 'function' ? change() : change)
const iat = (ahead: number) => () => ({ claims: { iat: seconds() + ahead } })
const nbf = (ahead: number) => () => ({ claims: { nbf: seconds() + ahead } })
const tooFarAhead = { ...badProof, check: 'dpop-iat' } as const
const malformed = { ...badProof, check: 'dpop-malformed' } as const

const proofs: readonly OfProof[] = [
  { what: 'an htm of another method', spoilt: { claims: { htm: 'PUT' } }, refused: { ...badProof, check: 'dpop-htm' } },
  { what: 'no htm', spoilt: { claims: { htm: undefined } }, refused: { ...badProof, check: 'dpop-htm' } },
  {
    what: 'an htu of another address',
    spoilt: { claims: { htu: `${issuer}/me` } },
    refused: { ...badProof, check: 'dpop-htu' },
  },
  {
    what: 'no htu, where one with a query is accepted',
    twin: { claims: { htu: `${issuer}/token?x=1#y` } },
    spoilt: { claims: { htu: undefined } },
    refused: { ...badProof, check: 'dpop-htu' },
  },
  {
    what: 'an iat of an hour ago, where ten seconds are accepted',
    twin: iat(-10),
    spoilt: iat(-3_600),
    refused: { status: 400, error: 'use_dpop_nonce', check: 'dpop-iat' },
    ahead: -3_600,
  },
  {
    what: 'an iat of an hour ahead, where ten seconds are accepted',
    twin: iat(10),
    spoilt: iat(3_600),
    refused: tooFarAhead,
    ahead: 3_600,
  },
  {
    what: 'an iat of more than a minute ahead, where half a minute is accepted',
    twin: iat(30),
    spoilt: iat(65),
    refused: tooFarAhead,
    ahead: 65,
  },
  {
    what: 'an nbf of more than a minute ahead, where three seconds are accepted',
    twin: nbf(3),
    spoilt: nbf(65),
    refused: tooFarAhead,
    ahead: 65,
  },
  { what: 'no iat', spoilt: { claims: { iat: undefined } }, refused: malformed },
  { what: 'no jti', spoilt: { claims: { jti: undefined } }, refused: malformed },
  {
    what: 'a nonce of nobody',
    spoilt: { claims: { nonce: random() } },
    refused: { status: 400, error: 'use_dpop_nonce', check: 'dpop-nonce' },
  },
  { what: 'no typ', spoilt: { header: { typ: undefined } }, refused: malformed },
  { what: 'a typ of another kind', spoilt: { header: { typ: 'JWT' } }, refused: malformed },
  { what: 'no jwk', spoilt: { header: { jwk: undefined } }, refused: malformed },
  { what: 'a signature by RS256', spoilt: { key: rsa }, refused: malformed },
  {
    what: 'another signature',
    spoilt: { spoil: signed => `${signed.slice(0, -12)}${'A'.repeat(12)}` },
    refused: malformed,
  },
  {
    what: 'no signature and alg none',
    spoilt: {
      spoil: signed =>
        `${Buffer.from('{"alg":"none","typ":"dpop+jwt"}').toString('base64url')}.${signed.split('.')[1]}.`,
    },
    refused: malformed,
  },
  { what: 'another beside it', spoilt: { spoil: signed => `${signed}, ${signed}` }, refused: malformed },
  { what: 'a text that is no proof', spoilt: { spoil: () => 'no proof at all' }, refused: malformed },
]

for (const { what, twin = {}, spoilt, refused, ahead } of proofs)
  test(`fapi2-security-profile-final-dpop-negative-tests: a proof with ${what} is refused`, async () => {
    const [first, second] = [await fapi.code(browser), await fapi.code(browser)]
    await isAccepted(await fapi.token(fapi.exchange(first), first.dpop, changeOf(twin)))
    const request = await fapi.token(fapi.exchange(second), second.dpop, changeOf(spoilt))
    const { response } = await isRefused(house, request, strict.clientId, { ...refused, endpoint: 'token' })
    if (ahead === undefined) return
    const [note] = await flightsOf(house, response)
    assert.ok(Math.abs((note?.seconds ?? 0) - ahead) <= 3, `${note?.seconds} for ${ahead}`)
  })

test('fapi2-security-profile-final-dpop-negative-tests: a private key in a proof’s header is refused', async () => {
  const { exportJWK } = await import('jose')
  const [first, second] = [await fapi.code(browser), await fapi.code(browser)]
  await isAccepted(await fapi.token(fapi.exchange(first), first.dpop))
  const request = await fapi.token(fapi.exchange(second), second.dpop, {
    header: { jwk: await exportJWK(second.dpop.privateKey) },
  })
  await isRefused(house, request, strict.clientId, { ...malformed, endpoint: 'token' })
})

test('fapi2-security-profile-final-dpop-negative-tests: a nonce does not excuse a minute ahead', async () => {
  const [first, second] = [await fapi.code(browser), await fapi.code(browser)]
  const { response } = await isAccepted(await fapi.token(fapi.exchange(first), first.dpop))
  const nonce = response.headers.get('dpop-nonce') ?? assert.fail('no nonce')
  const request = await fapi.token(fapi.exchange(second), second.dpop, { claims: { nonce, iat: seconds() + 120 } })
  await isRefused(house, request, strict.clientId, { ...tooFarAhead, endpoint: 'token' })
  await isAccepted(await fapi.token(fapi.exchange(second), second.dpop, { claims: { nonce, iat: seconds() - 3_600 } }))
})

test('the jti of a proof is stored for as long as the proof could be valid (RFC 9449, 11.1)', async () => {
  const code = await fapi.code(browser)
  const keptFor = async () =>
    (
      await house.owner<{ seconds: number }>(
        `select extract(epoch from max(expires_at) - now())::float8 as seconds from signin.artifact
          where kind = 'ReplayDetection'`,
      )
    )[0]?.seconds ?? 0
  await house.owner(`delete from signin.artifact where kind = 'ReplayDetection'`)
  await isAccepted(await fapi.token(fapi.exchange(code), code.dpop, iat(55)()))
  assert.ok((await keptFor()) > 355, `${await keptFor()} s of a proof that is good for 355`)
})

test('fapi2-security-profile-final-dpop-negative-tests: a replayed proof is refused', async () => {
  const [first, second] = [await fapi.code(browser), await fapi.code(browser)]
  const claims = { jti: random() }
  await isAccepted(await fapi.token(fapi.exchange(first), first.dpop, { claims }))
  await isRefused(house, await fapi.token(fapi.exchange(second), first.dpop, { claims }), strict.clientId, {
    ...badProof,
    check: 'dpop-replayed',
    endpoint: 'token',
  })
  await isAccepted(await fapi.token(fapi.exchange(second), second.dpop))
})

const refreshing = (token: string): Form => ({ grant_type: 'refresh_token', refresh_token: token })

test('oidcc-refresh-token: a refresh token of another client is refused', async () => {
  const [own, others] = [await partyOther.tokens(browser), await party.tokens(browser)]
  await isAccepted(await partyOther.token(refreshing(own.refresh_token)))
  await isRefused(house, await partyOther.token(refreshing(others.refresh_token)), basicOther.clientId, {
    ...badGrant,
    check: 'refresh-of-another-client',
    endpoint: 'token',
  })
  await isAccepted(await party.token(refreshing(others.refresh_token)))
})

test('oidcc-refresh-token: an unknown refresh token is refused', async () => {
  const { refresh_token } = await party.tokens(browser)
  await isAccepted(await party.token(refreshing(refresh_token)))
  await isRefused(house, await party.token(refreshing(random())), basic.clientId, {
    ...badGrant,
    check: 'refresh-unknown',
    endpoint: 'token',
  })
})

test('oidcc-refresh-token: a scope wider than the granted one is refused', async () => {
  const { refresh_token } = await party.tokens(browser, { scope: 'openid' })
  const { body } = await isAccepted(await party.token({ ...refreshing(refresh_token), scope: 'openid' }))
  const wider = { ...refreshing(String(body['refresh_token'])), scope: 'openid profile' }
  await isRefused(house, await party.token(wider), basic.clientId, {
    status: 400,
    error: 'invalid_scope',
    check: 'scope',
    endpoint: 'token',
  })
})

test('oidcc-refresh-token: an expired refresh token is refused', async () => {
  const { refresh_token } = await party.tokens(browser)
  const { body } = await isAccepted(await party.token(refreshing(refresh_token)))
  await house.owner(
    `update signin.artifact
      set expires_at = now() - interval '1 second',
        payload = payload || jsonb_build_object('exp', extract(epoch from now())::integer - 1)
     where kind = 'RefreshToken' and client_id = $1`,
    [basic.clientId],
  )
  await isRefused(house, await party.token(refreshing(String(body['refresh_token']))), basic.clientId, {
    ...badGrant,
    check: 'token-expired',
    endpoint: 'token',
  })
})

test('fapi2-security-profile-final-refresh-token: a refresh needs a proof and keeps its token', async () => {
  const tokens = await fapi.tokens(browser)
  const { body } = await isAccepted(await fapi.token(refreshing(tokens.refresh_token), tokens.dpop))
  assert.equal(body['refresh_token'], tokens.refresh_token)
  await isRefused(house, await fapi.token(refreshing(tokens.refresh_token)), strict.clientId, {
    ...badGrant,
    check: 'dpop-missing',
    endpoint: 'token',
  })
  await isAccepted(await fapi.token(refreshing(tokens.refresh_token), tokens.dpop))
})

test('fapi2-security-profile-final-client-credentials-grant: unapproved scope and foreign resource fail', async () => {
  const wish = { grant_type: 'client_credentials', scope: 'verification' }
  const { body } = await isAccepted(await alone.token(wish))
  assert.equal(body['scope'], 'verification')
  await isRefused(house, await alone.token({ ...wish, scope: 'openid profile' }), machine.clientId, {
    status: 400,
    error: 'invalid_scope',
    check: 'scope',
    endpoint: 'token',
  })
  await isRefused(house, await alone.token({ ...wish, resource: 'https://other.example' }), machine.clientId, {
    status: 400,
    error: 'invalid_target',
    check: 'parameter-wrong',
    detail: 'resource',
    endpoint: 'token',
  })
})

test('a client suspended between two requests is refused at the second', async () => {
  const wish = { grant_type: 'client_credentials', scope: 'verification' }
  const asleep = await signIn.register({ scopes: ['verification'], grants: ['client_credentials'] })
  const it = aParty(signIn, asleep)
  await isAccepted(await it.token(wish))
  await house.owner(`update parties.client set state = 'suspended', reason = 'a test' where client_id = $1`, [
    asleep.clientId,
  ])
  await isRefused(house, await it.token(wish), asleep.clientId, {
    ...badClient,
    check: 'client-suspended',
    endpoint: 'token',
  })
})

test('the recorder notes a finished flow as passed', async () => {
  const code = await fapi.code(browser)
  const answer = await answerOf(await send(await fapi.token(fapi.exchange(code), code.dpop)))
  assert.deepEqual(
    (await flightsOf(house, answer.response)).map(({ outcome, endpoint, client_id }) => [outcome, endpoint, client_id]),
    [['passed', 'token', strict.clientId]],
  )
})
