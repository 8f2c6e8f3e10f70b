import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportJWK } from 'jose'
import { openChecking } from '../../../test/a-checking-party.ts'
import { aHolder } from '../../../test/a-holder.ts'
import { openHouse } from '../../../test/house.ts'
import { isAccepted } from '../../../test/refusal-checks.ts'
import {
  type AssertionChange,
  addressOf,
  aKey,
  answerOf,
  aParty,
  type Key,
  leftBy,
  proof,
  type Sent,
  send,
} from '../../../test/relying-party.ts'
import * as parties from '../../parties/parties.ts'

/** What is published about the provider (OpenID Connect Discovery 1.0, RFC 8414), held to what is accepted. */

const house = await openHouse({ withUnits: true })
const checking = await openChecking(house)
const { signIn } = checking
const { issuer } = signIn
const { body } = await answerOf(await fetch(`${issuer}/.well-known/openid-configuration`))
const said = (name: string): readonly string[] => {
  const values = body[name]
  return Array.isArray(values) ? (values as string[]) : assert.fail(`${name} is not published`)
}
const holder = await aHolder(house, 2)
const browser = await signIn.signedIn(holder)
const question = {
  person_number: holder.number,
  full_name: holder.name,
  birth_date: '2005-03-15',
  purpose: 'verification',
}
const basic = aParty(signIn, await signIn.register())
const machine = await checking.aParty()
const alone = aParty(signIn, machine)
await basic.consent(browser, 'openid profile number birthdate residence phone', ['phone'])

/** Of those that RFC 7518 and RFC 8037 know for signatures. */
const algorithms = ['ES256', 'ES384', 'PS256', 'PS384', 'RS256', 'EdDSA']
const credentials = { grant_type: 'client_credentials', scope: 'verification' }

test('oidcc-discovery-endpoint-verification and fapi2 discovery-end-point-verification', async () => {
  const has = (name: string, ...values: string[]) => assert.deepEqual([...said(name)].sort(), values.sort(), name)
  assert.equal(body['issuer'], issuer)
  for (const door of [
    'authorization',
    'token',
    'userinfo',
    'end_session',
    'pushed_authorization_request',
    'revocation',
  ])
    assert.ok(String(body[`${door}_endpoint`]).startsWith(issuer), door)
  has('response_types_supported', 'code')
  has('response_modes_supported', 'query', 'fragment')
  has('grant_types_supported', 'authorization_code', 'refresh_token', 'client_credentials')
  has('subject_types_supported', 'pairwise')
  has('id_token_signing_alg_values_supported', 'ES256')
  has('code_challenge_methods_supported', 'S256')
  for (const door of ['token', 'revocation']) {
    has(`${door}_endpoint_auth_methods_supported`, 'private_key_jwt', 'none')
    has(`${door}_endpoint_auth_signing_alg_values_supported`, 'ES256', 'PS256')
  }
  has('dpop_signing_alg_values_supported', 'ES256', 'PS256', 'EdDSA')
  has('acr_values_supported', 'urn:dinhdanh:acr:level1', 'urn:dinhdanh:acr:level2')
  has('ui_locales_supported', 'vi', 'en')
  for (const yes of [
    'claims_parameter_supported',
    'authorization_response_iss_parameter_supported',
    'backchannel_logout_supported',
    'backchannel_logout_session_supported',
  ])
    assert.equal(body[yes], true, yes)
  const claims = said('claims_supported')
  for (const claim of [
    'sub',
    'name',
    'birthdate',
    'gender',
    'person_number',
    'residence',
    'phone_number',
    'account_level',
    'auth_strength',
    'act',
    'acr',
    'amr',
  ])
    assert.ok(claims.includes(claim), claim)
  const keys = (await answerOf(await fetch(String(body['jwks_uri'])))).body['keys'] as Record<string, string>[]
  for (const key of keys) {
    assert.deepEqual(
      [key['kty'], key['crv'], key['alg'], key['use'], key['d']],
      ['EC', 'P-256', 'ES256', 'sig', undefined],
    )
    assert.match(key['kid'] ?? '', /^[\w-]{43}$/)
  }
})

/** What the house's API says to a party with a bound token and a proof by its key. */
async function atApi(key: Key, token: string): Promise<{ status: number; challenge: string }> {
  const address = `${checking.origin}/api/verifications`
  const answer = await checking.send(
    { authorization: `DPoP ${token}`, dpop: await proof(key, 'POST', address, token) },
    question,
  )
  return { status: answer.status, challenge: answer.headers.get('www-authenticate') ?? '' }
}

for (const algorithm of algorithms)
  test(`token endpoint and API accept a proof by ${algorithm} exactly if it is published`, async () => {
    const key = await aKey(algorithm)
    const answer = await answerOf(await send(await alone.token(credentials, key)))
    if (said('dpop_signing_alg_values_supported').includes(algorithm)) {
      assert.equal(answer.status, 200, JSON.stringify(answer.body))
      const { status, challenge } = await atApi(key, String(answer.body['access_token']))
      assert.deepEqual([status, challenge], [200, ''])
      return
    }
    assert.equal(answer.body['error'], 'invalid_dpop_proof')
    const ours = await aKey()
    const { body: given } = await isAccepted(await alone.token(credentials, ours))
    assert.equal((await atApi(key, String(given['access_token']))).status, 401)
  })

test('userinfo and API name the published algorithms when they ask for a proof', async () => {
  const told = `algs="${said('dpop_signing_alg_values_supported').join(' ')}"`
  const userinfo = await fetch(`${issuer}/me`)
  const api = await checking.send({}, question)
  for (const answer of [userinfo, api])
    assert.ok(answer.headers.get('www-authenticate')?.includes(told), String(answer.headers.get('www-authenticate')))
})

/**
 * A party that signs its assertions by an algorithm, as an engineer registers it; undefined where that cannot be
 * registered.
 */
async function signingBy(algorithm: string): Promise<{ key: Key; change: AssertionChange }> {
  const key = await aKey(algorithm)
  const jwks = {
    keys: [{ ...(await exportJWK(key.privateKey)), ...key.jwk, kid: 'one', use: 'sig', alg: algorithm, d: undefined }],
  }
  await house.owner(
    `update parties.version
      set settings = settings || jsonb_build_object('signingAlgorithm', $2::text, 'jwks', $3::jsonb)
      where client_id = $1`,
    [
      machine.clientId,
      algorithm,
      JSON.stringify({
        keys: jwks.keys.map(({ kty, crv, x, y, n, e, kid, use, alg }) => ({ kty, crv, x, y, n, e, kid, use, alg })),
      }),
    ],
  )
  return { key, change: { header: { alg: algorithm }, key: key.privateKey } }
}

for (const algorithm of algorithms)
  test(`an assertion by ${algorithm} is accepted and can be registered exactly if it is published`, async () => {
    const { change } = await signingBy(algorithm)
    const isPublished = said('token_endpoint_auth_signing_alg_values_supported').includes(algorithm)
    const answer = await answerOf(await send(await alone.token(credentials, undefined, {}, change)))
    assert.equal(answer.status === 200, isPublished, JSON.stringify(answer.body))
    assert.equal(
      parties.signingAlgorithms.some(one => one === algorithm),
      isPublished,
    )
    assert.equal(said('revocation_endpoint_auth_signing_alg_values_supported').includes(algorithm), isPublished)
    if (!isPublished) return
    const revoke: Sent = {
      method: 'POST',
      url: String(body['revocation_endpoint']),
      headers: {},
      form: { token: String(answer.body['access_token']), ...(await alone.authenticated(change)) },
    }
    assert.equal((await send(revoke)).status, 200)
  })

test('the published authentication methods are those that can be registered, and they work', async () => {
  for (const door of ['token', 'revocation'])
    assert.deepEqual([...said(`${door}_endpoint_auth_methods_supported`)].sort(), [...parties.authMethods].sort())
  const open = await signIn.register({ isPublic: true })
  const publicParty = aParty(signIn, open)
  await publicParty.consent(browser)
  const code = await publicParty.code(browser)
  const form = { ...publicParty.exchange(code), client_id: open.clientId }
  const { body: given } = await isAccepted({ method: 'POST', url: `${issuer}/token`, headers: {}, form })
  const revoke = { token: String(given['access_token']), client_id: open.clientId }
  assert.equal(
    (await send({ method: 'POST', url: `${issuer}/token/revocation`, headers: {}, form: revoke })).status,
    200,
  )
})

test('each published response mode, acr, scope and claim is accepted, and each grant can be registered', async () => {
  const isAnswered = async (more: Record<string, string>) => {
    const left = leftBy(await send(basic.authorize(basic.wish(more).params), browser))
    const answer = left.hash ? new URLSearchParams(left.hash.slice(1)) : left.searchParams
    assert.ok(answer.get('code'), `${JSON.stringify(more)} ${left.href}`)
  }
  for (const mode of said('response_modes_supported')) await isAnswered({ response_mode: mode })
  for (const acr of said('acr_values_supported'))
    await isAnswered({ claims: JSON.stringify({ id_token: { acr: { essential: true, value: acr } } }) })
  for (const scope of said('scopes_supported').filter(one => one !== 'verification'))
    await isAnswered({ scope: `openid ${scope}` })
  for (const claim of said('claims_supported'))
    await isAnswered({ claims: JSON.stringify({ id_token: { [claim]: null } }) })
  await isAccepted(
    await alone.token({ ...credentials, scope: 'verification' }, undefined, {}, (await signingBy('ES256')).change),
  )
  assert.deepEqual([...said('grant_types_supported')].sort(), [...parties.grantTypes].sort())
  assert.equal(addressOf(basic.authorize({})).split('?')[0], body['authorization_endpoint'])
})

test('an answer of the provider carries what every answer of the house does', async () => {
  for (const url of [
    `${issuer}/.well-known/openid-configuration`,
    `${issuer}/jwks`,
    `${issuer}/token`,
    `${issuer}/nowhere`,
  ]) {
    const { headers } = await fetch(url, { method: url.endsWith('token') ? 'POST' : 'GET' })
    assert.deepEqual(
      [headers.get('x-content-type-options'), headers.get('referrer-policy')],
      ['nosniff', 'no-referrer'],
    )
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none';.*frame-ancestors 'none'/, url)
    const type = headers.get('content-type') ?? ''
    assert.match(type, /^(application\/(jwk-set\+)?json|text\/\w+); charset=utf-8/, url)
  }
})
