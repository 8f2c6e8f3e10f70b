import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { createRemoteJWKSet, exportJWK, generateKeyPair, jwtVerify } from 'jose'
import * as oauth from 'oauth4webapi'
import * as client from 'openid-client'
import { type AHolder, aHolder } from '../../../test/a-holder.ts'
import { openHouse } from '../../../test/house.ts'
import { type Browser, openSignIn, type Registered, type Wish } from '../../../test/signin-house.ts'
import type { Id } from '../../platform/ids.ts'
import { openLog } from '../../platform/log.ts'
import { jobs } from '../jobs.ts'
import { logoutJob } from '../sessions/sessions.ts'

/**
 * Two libraries of relying parties that know nothing of this house: openid-client, and oauth4webapi, which checks each
 * answer by itself.
 */

const house = await openHouse({ withUnits: true })
const signIn = await openSignIn(house)
const level1 = await aHolder(house, 1)
const level2 = await aHolder(house, 2)

async function configure({ clientId, key }: Registered, { dpop = false, isPublic = false } = {}) {
  const config = await client.discovery(
    new URL(signIn.issuer),
    clientId,
    { id_token_signed_response_alg: 'ES256' },
    isPublic ? client.None() : client.PrivateKeyJwt({ key, kid: 'one' }),
    { execute: [client.allowInsecureRequests] },
  )
  const handle = dpop ? client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256')) : undefined
  return { config, options: handle && { DPoP: handle } }
}
type Configured = Awaited<ReturnType<typeof configure>>

type Asked = Readonly<Record<string, string>>

/** A whole sign-in: pushed or not, consented to where it is asked, to the tokens. */
async function signInto(
  { config, options }: Configured,
  party: Registered,
  browser: Browser,
  asked: Asked = {},
  { par = false } = {},
) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()]
  const parameters = {
    redirect_uri: party.redirectUri,
    scope: 'openid profile',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    ...asked,
  }
  const url = par
    ? await client.buildAuthorizationUrlWithPAR(config, parameters, options)
    : client.buildAuthorizationUrl(config, parameters)
  const page = await browser.open(url.href)
  const back = page.left ? page : await browser.send(page, { step: 'consent', answer: 'yes' })
  const left = back.left ?? assert.fail(`nobody is sent back: ${back.text.slice(0, 600)}`)
  const maxAge = asked['max_age'] === undefined ? {} : { maxAge: Number(asked['max_age']) }
  return client.authorizationCodeGrant(
    config,
    left,
    { pkceCodeVerifier, expectedState, expectedNonce, ...maxAge },
    undefined,
    options,
  )
}

const register = (wish: Wish = {}) => signIn.register({ scopes: ['profile', 'number'], optional: [], ...wish })

test('openid-client: code, PKCE, private_key_jwt, userinfo, claims and a rotating refresh token', async () => {
  const party = await register()
  const it = await configure(party)
  const browser = await signIn.signedIn(level2)
  const tokens = await signInto(it, party, browser, { scope: 'openid profile number' })
  const claims = tokens.claims() ?? assert.fail('no ID token')
  assert.equal(claims['acr'], 'urn:dinhdanh:acr:level2')
  assert.deepEqual([claims['account_level'], claims['auth_strength'], claims['name']], [2, 1, undefined])
  const info = await client.fetchUserInfo(it.config, tokens.access_token, claims.sub)
  assert.deepEqual([info['name'], info['person_number'], info['phone_number']], [level2.name, level2.number, undefined])
  const second = await client.refreshTokenGrant(it.config, tokens.refresh_token ?? '')
  assert.notEqual(second.refresh_token, tokens.refresh_token)
  assert.equal(second.claims()?.['auth_strength'], 1)
  const third = await client.refreshTokenGrant(it.config, second.refresh_token ?? '')
  await client.fetchUserInfo(it.config, third.access_token, claims.sub)
  await assert.rejects(client.refreshTokenGrant(it.config, tokens.refresh_token ?? ''), { error: 'invalid_grant' })
})

test('openid-client: a public client binds its tokens to a key by DPoP', async () => {
  const party = await register({ isPublic: true })
  const it = await configure(party, { dpop: true, isPublic: true })
  const tokens = await signInto(it, party, await signIn.signedIn(level1))
  assert.equal(tokens.token_type, 'dpop')
  const sub = tokens.claims()?.sub ?? ''
  await client.fetchUserInfo(it.config, tokens.access_token, sub, it.options)
  const other = await configure(party, { dpop: true, isPublic: true })
  await assert.rejects(client.fetchUserInfo(other.config, tokens.access_token, sub, other.options))
  await assert.rejects(client.refreshTokenGrant(other.config, tokens.refresh_token ?? '', undefined, other.options))
  const next = await client.refreshTokenGrant(it.config, tokens.refresh_token ?? '', undefined, it.options)
  assert.notEqual(next.refresh_token, tokens.refresh_token)
})

test('a stolen refresh token of a public client without a key works once, then ends its whole line', async () => {
  const party = await register({ isPublic: true })
  const it = await configure(party, { isPublic: true })
  const stolen = (await signInto(it, party, await signIn.signedIn(level1))).refresh_token ?? ''
  const byThief = await client.refreshTokenGrant(it.config, stolen)
  // Within the minute that a client with a key has for an answer that was lost.
  await assert.rejects(client.refreshTokenGrant(it.config, stolen), { error: 'invalid_grant' })
  await assert.rejects(client.refreshTokenGrant(it.config, byThief.refresh_token ?? ''), { error: 'invalid_grant' })
  await assert.rejects(client.fetchUserInfo(it.config, byThief.access_token, client.skipSubjectCheck))
  const [withKey, bound] = [await register(), await register({ isPublic: true })]
  for (const [own, options] of [
    [withKey, {}],
    [bound, { dpop: true, isPublic: true }],
  ] as const) {
    const twin = await configure(own, options)
    const lost = (await signInto(twin, own, await signIn.signedIn(level1))).refresh_token ?? ''
    await client.refreshTokenGrant(twin.config, lost, undefined, twin.options)
    await client.refreshTokenGrant(twin.config, lost, undefined, twin.options)
  }
})

test('openid-client: FAPI 2.0 by PAR, DPoP and private_key_jwt, with a constant refresh token', async () => {
  const party = await register({ fapi: true })
  const it = await configure(party, { dpop: true })
  const tokens = await signInto(it, party, await signIn.signedIn(level2), {}, { par: true })
  const sub = tokens.claims()?.sub ?? ''
  await client.fetchUserInfo(it.config, tokens.access_token, sub, it.options)
  const next = await client.refreshTokenGrant(it.config, tokens.refresh_token ?? '', undefined, it.options)
  assert.equal(next.refresh_token, tokens.refresh_token)
  await client.tokenRevocation(it.config, next.access_token)
  await assert.rejects(client.fetchUserInfo(it.config, next.access_token, sub, it.options))
})

test('openid-client: client credentials for the installation’s own API', async () => {
  const party = await register({ scopes: ['verification'], grants: ['client_credentials'] })
  const { config } = await configure(party)
  const tokens = await client.clientCredentialsGrant(config, {
    scope: 'verification',
    resource: `${signIn.origin}/api`,
  })
  assert.deepEqual([tokens.scope, tokens.expires_in, tokens.refresh_token], ['verification', 600, undefined])
})

test('a party’s keys are read from its jwks_uri and cached for a minute; any other key is refused', async () => {
  const first = await generateKeyPair('ES256', { extractable: true })
  const second = await generateKeyPair('ES256', { extractable: true })
  const published = [{ ...(await exportJWK(first.publicKey)), kid: 'first', alg: 'ES256', use: 'sig' }]
  let asked = 0
  const uri = await served((_request, respond) => {
    asked += 1
    respond(JSON.stringify({ keys: published }))
  })
  const party = await register({ scopes: ['verification'], grants: ['client_credentials'] })
  await house.owner(
    `update parties.version set settings = (settings - 'jwks') || jsonb_build_object('jwksUri', $2::text)
      where client_id = $1`,
    [party.clientId, uri],
  )
  const by = async (key: oauth.CryptoKey, kid: string) => {
    const config = await client.discovery(
      new URL(signIn.issuer),
      party.clientId,
      {},
      client.PrivateKeyJwt({ key, kid }),
      {
        execute: [client.allowInsecureRequests],
      },
    )
    return client.clientCredentialsGrant(config, { scope: 'verification' })
  }
  await by(first.privateKey, 'first')
  await by(first.privateKey, 'first')
  assert.equal(asked, 1, 'they are kept for a minute')
  await assert.rejects(by(second.privateKey, 'second'))
})

async function served(
  answer: (request: { body: string }, respond: (text: string, status?: number) => void) => void,
  path = '/keys',
): Promise<string> {
  const server: Server = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += String(piece)
    answer({ body }, (text, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(text),
    )
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return `http://localhost:${typeof address === 'object' && address ? address.port : 0}${path}`
}

const queued = () =>
  house.owner<{ payload: Record<string, string> }>(
    `select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = $1`,
    [logoutJob],
  )

test('openid-client: signing out at one party ends the session and notifies every other party', async () => {
  const told: string[] = []
  const uri = await served(({ body }, respond) => {
    told.push(new URLSearchParams(body).get('logout_token') ?? '')
    respond('', told.length === 1 ? 503 : 204)
  }, '/logout')
  const leaving = await register()
  const other = await register()
  await house.owner(
    `update parties.version set settings = settings || jsonb_build_object('backchannelLogoutUri', $2::text)
      where client_id = $1`,
    [other.clientId, uri],
  )
  const browser = await signIn.signedIn(level1)
  const [it, its] = [await configure(leaving), await configure(other)]
  const tokens = await signInto(it, leaving, browser)
  const others = await signInto(its, other, browser)
  const sid = others.claims()?.['sid']
  assert.equal(typeof sid, 'string')
  const out = client.buildEndSessionUrl(it.config, {
    id_token_hint: tokens.id_token ?? '',
    post_logout_redirect_uri: `http://localhost:9/${leaving.clientId}/`,
    state: 'back-again',
  })
  const page = await browser.open(out.href)
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? assert.fail(page.text)
  const { left } = await browser.follow(
    await browser.ask('/oidc/session/end/confirm', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ xsrf, logout: 'yes' }),
    }),
  )
  assert.equal(left?.href, `http://localhost:9/${leaving.clientId}/?state=back-again`)
  for (const [one, given] of [
    [it, tokens],
    [its, others],
  ] as const)
    await assert.rejects(client.fetchUserInfo(one.config, given.access_token, given.claims()?.sub ?? ''))
  const again = await browser.open(
    client.buildAuthorizationUrl(it.config, {
      redirect_uri: leaving.redirectUri,
      scope: 'openid',
      code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
      code_challenge_method: 'S256',
    }).href,
  )
  assert.match(again.text, /name="passcode"/, 'the house asks who it is')

  const [job, ...more] = await queued()
  assert.equal(more.length, 0, 'each is told once')
  const tell = jobs(house.openWork, signIn.desk)[logoutJob] ?? assert.fail('no job')
  const progress = { attempt: 1, log: openLog('silent') }
  await assert.rejects(tell(job?.payload ?? {}, progress), 'a party that cannot be told is told again')
  assert.deepEqual(
    await house.owner(
      `select endpoint, outcome, "check", error from parties.flight where client_id = $1 and outcome = 'failed'`,
      [other.clientId],
    ),
    [{ endpoint: 'backchannel_logout', outcome: 'failed', check: 'backchannel-logout', error: 'refused' }],
    'its engineer sees it',
  )
  await tell(job?.payload ?? {}, progress)
  const { payload, protectedHeader } = await jwtVerify(
    told[1] ?? '',
    createRemoteJWKSet(new URL(`${signIn.issuer}/jwks`)),
    {
      issuer: signIn.issuer,
      audience: other.clientId,
    },
  )
  assert.equal(protectedHeader.typ, 'logout+jwt')
  assert.equal(payload['sid'], sid)
  assert.equal(payload.sub, others.claims()?.sub)
  assert.equal(payload['nonce'], undefined)
  assert.deepEqual(payload['events'], { 'http://schemas.openid.net/event/backchannel-logout': {} })
})

const acr = (value: string) => JSON.stringify({ id_token: { acr: { essential: true, value } } })
const strength = (value: number) => JSON.stringify({ id_token: { auth_strength: { essential: true, value } } })
const level = (one: 1 | 2) => `urn:dinhdanh:acr:level${one}`

const asks = async (it: Configured, party: Registered, browser: Browser, asked: Asked) =>
  browser.open(
    client.buildAuthorizationUrl(it.config, {
      redirect_uri: party.redirectUri,
      scope: 'openid profile',
      code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
      code_challenge_method: 'S256',
      ...asked,
    }).href,
  )

test('step-up: max_age and prompt=login ask a signed-in person again, and auth_time says when', async () => {
  const party = await register()
  const it = await configure(party)
  const browser = await signIn.signedIn(level1)
  const before = (await signInto(it, party, browser)).claims()?.['auth_time'] as number
  await setTimeout(2_100)
  for (const asked of [{ max_age: '1' }, { prompt: 'login' }, { max_age: '0' }]) {
    const page = await asks(it, party, browser, asked as unknown as Asked)
    assert.match(page.text, /name="passcode"/, JSON.stringify(asked))
  }
  const held = await signInto(it, party, browser, { max_age: '10000' })
  assert.equal(held.claims()?.['auth_time'], before)
})

test('step-up: an essential acr is met or refused, never lowered; a voluntary one gets the true value', async () => {
  const party = await register()
  const it = await configure(party)
  const [low, high] = [await signIn.signedIn(level1), await signIn.signedIn(level2)]
  assert.equal((await signInto(it, party, low, { acr_values: level(2) })).claims()?.['acr'], level(1))
  assert.equal((await signInto(it, party, low, { claims: acr(level(1)) })).claims()?.['acr'], level(1))
  assert.equal((await signInto(it, party, high, { claims: acr(level(2)) })).claims()?.['acr'], level(2))
  const told = (await signInto(it, party, high, { claims: acr(level(1)) })).claims()
  assert.deepEqual([told?.['acr'], told?.['account_level']], [level(1), 2], 'who insists on level 1 is told level 1')
  const page = await asks(it, party, low, { claims: acr(level(2)), acr_values: level(1) })
  assert.equal(page.left, undefined, 'the page says so first')
  const { left } = await low.send(page, { step: 'leave' })
  assert.equal(left?.searchParams.get('error'), 'unmet_authentication_requirements')
})

test('step-up: an essential auth_strength reuses the session and asks for the missing factor', async () => {
  const party = await register()
  const it = await configure(party)
  const weak = await signIn.signedIn(level1)
  const strong = await signIn.signedIn(level1, ['passcode', 'totp'])
  const claims = (await signInto(it, party, strong, { claims: strength(2) })).claims()
  assert.deepEqual([claims?.['auth_strength'], claims?.['amr']], [2, ['pin', 'otp', 'mfa']])
  const page = await asks(it, party, weak, { claims: strength(2) })
  assert.doesNotMatch(page.text, /name="passcode"/, 'what was proved is not asked for again')
  assert.equal(page.left, undefined)
})

const subOf = async (holder: AHolder, party: Registered): Promise<string> =>
  (await signInto(await configure(party), party, await signIn.signedIn(holder))).claims()?.sub ?? ''

test('a person has one sub within a party, and unlinkable others elsewhere', async () => {
  const one = await register()
  const [{ party_id: partyId } = assert.fail('no party')] = await house.owner<{ party_id: Id<'party'> }>(
    'select party_id from parties.client where client_id = $1',
    [one.clientId],
  )
  const sister = await register({ partyId })
  const stranger = await register()
  const subs = [
    await subOf(level1, one),
    await subOf(level1, sister),
    await subOf(level1, stranger),
    await subOf(level2, one),
  ]
  assert.equal(subs[0], subs[1])
  assert.equal(new Set(subs).size, 3)
  for (const sub of subs)
    for (const part of [level1.personId, level1.accountId, level1.number]) assert.ok(!sub.includes(part))
})

test('a party without a legal basis, or that lost it, never gets the personal number', async () => {
  const without = await register({ legalBasis: false })
  const it = await configure(without)
  const browser = await signIn.signedIn(level1)
  const tokens = await signInto(it, without, browser, { scope: 'openid profile number' })
  const sub = tokens.claims()?.sub ?? ''
  const info = await client.fetchUserInfo(it.config, tokens.access_token, sub)
  assert.deepEqual([info['name'], info['person_number']], [level1.name, undefined])
  const refused = await asks(it, without, browser, {
    claims: '{"userinfo":{"person_number":null},"id_token":{"person_number":null}}',
  })
  assert.equal(refused.left?.searchParams.get('error'), 'invalid_request')

  const basis = await register()
  const its = await configure(basis)
  const given = await signInto(its, basis, browser, { scope: 'openid profile number' })
  const numberOf = async () =>
    (await client.fetchUserInfo(its.config, given.access_token, given.claims()?.sub ?? ''))['person_number']
  assert.equal(await numberOf(), level1.number)
  await house.owner(
    `update parties.party set basis_text = null, basis_article = null
      where id = (select party_id from parties.client where client_id = $1)`,
    [basis.clientId],
  )
  assert.equal(await numberOf(), undefined)
})

test('an older sign-in meets a longer max_age at a new party, and fails a shorter one', async () => {
  const party = await register()
  const it = await configure(party)
  const holder = await aHolder(house, 2)
  const browser = await signIn.signedIn(holder)
  await house.owner(
    `update signin.session
      set factors = (select jsonb_agg(f || jsonb_build_object('at', now() - interval '5 minutes'))
        from jsonb_array_elements(factors) f) where person_id = $1`,
    [holder.personId],
  )
  assert.match((await asks(it, party, browser, { max_age: '200' })).text, /name="passcode"/)
  assert.match((await asks(it, party, browser, { max_age: '600' })).text, /name="step" value="consent"/)
})

test('oauth4webapi: FAPI 2.0 with every answer checked', async () => {
  const party = await register({ fapi: true })
  const issuer = new URL(signIn.issuer)
  const insecure = { [oauth.allowInsecureRequests]: true }
  const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure))
  const it: oauth.Client = { client_id: party.clientId, id_token_signed_response_alg: 'ES256' }
  const auth = oauth.PrivateKeyJwt({ key: party.key as oauth.CryptoKey, kid: 'one' })
  const DPoP = oauth.DPoP(it, await oauth.generateKeyPair('ES256'))
  const verifier = oauth.generateRandomCodeVerifier()
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()]
  const pushed = await oauth.processPushedAuthorizationResponse(
    as,
    it,
    await oauth.pushedAuthorizationRequest(
      as,
      it,
      auth,
      {
        response_type: 'code',
        redirect_uri: party.redirectUri,
        scope: 'openid profile number',
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        max_age: '600',
      },
      { DPoP, ...insecure },
    ),
  )
  assert.ok(pushed.expires_in <= 60)
  const browser = await signIn.signedIn(level2, ['passkey'])
  const page = await browser.open(
    `${as.authorization_endpoint}?` +
      `${new URLSearchParams({ client_id: party.clientId, request_uri: pushed.request_uri })}`,
  )
  const { left } = await browser.send(page, { step: 'consent', answer: 'yes' })
  const parameters = oauth.validateAuthResponse(as, it, left ?? assert.fail('nobody is sent back'), state)
  const code = await oauth.authorizationCodeGrantRequest(as, it, auth, parameters, party.redirectUri, verifier, {
    DPoP,
    ...insecure,
  })
  const tokens = await oauth.processAuthorizationCodeResponse(as, it, code, {
    expectedNonce: nonce,
    maxAge: 600,
    requireIdToken: true,
  })
  await oauth.validateApplicationLevelSignature(as, code, insecure)
  const claims = oauth.getValidatedIdTokenClaims(tokens) ?? assert.fail('no claims')
  assert.deepEqual([claims['acr'], claims['auth_strength']], [level(2), 2])
  const info = await oauth.processUserInfoResponse(
    as,
    it,
    claims.sub,
    await oauth.userInfoRequest(as, it, tokens.access_token, { DPoP, ...insecure }),
  )
  assert.equal(info['person_number'], level2.number)
  const refreshed = await oauth.processRefreshTokenResponse(
    as,
    it,
    await oauth.refreshTokenGrantRequest(as, it, auth, tokens.refresh_token ?? '', { DPoP, ...insecure }),
  )
  assert.equal(refreshed.token_type, 'dpop')
  await oauth.processRevocationResponse(
    await oauth.revocationRequest(as, it, auth, tokens.refresh_token ?? '', insecure),
  )
  assert.equal((await oauth.userInfoRequest(as, it, refreshed.access_token, { DPoP, ...insecure })).status, 401)
})

test('oauth4webapi: code and PKCE, a rotating refresh token and client credentials', async () => {
  const party = await register()
  const machine = await register({ scopes: ['verification'], grants: ['client_credentials'] })
  const issuer = new URL(signIn.issuer)
  const insecure = { [oauth.allowInsecureRequests]: true }
  const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure))
  const it: oauth.Client = { client_id: party.clientId, id_token_signed_response_alg: 'ES256' }
  const auth = oauth.PrivateKeyJwt({ key: party.key as oauth.CryptoKey, kid: 'one' })
  const verifier = oauth.generateRandomCodeVerifier()
  const browser = await signIn.signedIn(level1)
  const page = await browser.open(
    `${as.authorization_endpoint}?` +
      `${new URLSearchParams({
        client_id: party.clientId,
        response_type: 'code',
        redirect_uri: party.redirectUri,
        scope: 'openid profile',
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      })}`,
  )
  const { left } = await browser.send(page, { step: 'consent', answer: 'yes' })
  const parameters = oauth.validateAuthResponse(as, it, left ?? assert.fail('nobody is sent back'), oauth.expectNoState)
  const code = await oauth.authorizationCodeGrantRequest(
    as,
    it,
    auth,
    parameters,
    party.redirectUri,
    verifier,
    insecure,
  )
  const tokens = await oauth.processAuthorizationCodeResponse(as, it, code)
  await oauth.validateApplicationLevelSignature(as, code, insecure)
  const refresh = async (token: string) =>
    oauth.processRefreshTokenResponse(as, it, await oauth.refreshTokenGrantRequest(as, it, auth, token, insecure))
  const next = await refresh(tokens.refresh_token ?? '')
  assert.notEqual(next.refresh_token, tokens.refresh_token)
  const alone: oauth.Client = { client_id: machine.clientId }
  const its = oauth.PrivateKeyJwt({ key: machine.key as oauth.CryptoKey, kid: 'one' })
  const granted = await oauth.processClientCredentialsResponse(
    as,
    alone,
    await oauth.clientCredentialsGrantRequest(as, alone, its, { scope: 'verification' }, insecure),
  )
  assert.equal(granted.token_type, 'bearer')
})
