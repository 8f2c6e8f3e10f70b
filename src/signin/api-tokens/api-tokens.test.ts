import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { openChecking } from '../../../test/a-checking-party.ts'
import { aPerson, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { apiAddress } from '../provider/resource.ts'
import { authenticateParty } from './api-tokens.ts'

const house = await openHouse({ withUnits: true })
const checking = await openChecking(house)
const row = aPerson({})
await enter(house, row)
const body = {
  person_number: row.person_number,
  full_name: row.full_name,
  birth_date: row.birth_date,
  purpose: 'verification',
}

const bearerParty = await checking.aParty()
const bearer = await checking.tokenOf(bearerParty)
const keys = await generateKeyPair('ES256', { extractable: true })
const bound = await checking.tokenOf(await checking.aParty({ fapi: true }), { keys })

type Proving = Partial<{
  htm: string
  htu: string
  iat: number
  nbf: number
  jti: string
  ath: string | undefined
  typ: string
  alg: string
  keys: typeof keys
  token: string
}>
const now = () => Math.floor(Date.now() / 1000)
const athOf = (token: string) => createHash('sha256').update(token).digest('base64url')

async function proof({ keys: by = keys, token = bound, typ = 'dpop+jwt', alg = 'ES256', ...claims }: Proving = {}) {
  const said = {
    htm: 'POST',
    htu: `${checking.origin}/api/verifications`,
    iat: now(),
    jti: randomUUID(),
    ath: athOf(token),
    ...claims,
  }
  return new SignJWT(said).setProtectedHeader({ typ, alg, jwk: await exportJWK(by.publicKey) }).sign(by.privateKey)
}

async function call(headers: Record<string, string>) {
  const answer = await checking.send(headers, body)
  const told = (await answer.json()) as { check?: string; error?: string; type?: string }
  return {
    status: answer.status,
    challenge: answer.headers.get('www-authenticate') ?? '',
    id: answer.headers.get('x-request-id'),
    ...told,
  }
}
const withProof = async (proving: Proving = {}) => call({ authorization: `DPoP ${bound}`, dpop: await proof(proving) })

test('a request without a token is answered with the schemes and without an error', async () => {
  const { status, challenge, type, error } = await call({})
  assert.deepEqual([status, type, error], [401, '/problems/token-missing', undefined])
  assert.match(challenge, /^Bearer realm="dinhdanh", scope="verification", DPoP /)
  assert.doesNotMatch(challenge, /error=/)
})

test('a bearer token is accepted; an unknown, expired or revoked one is not', async () => {
  assert.equal((await call({ authorization: `Bearer ${bearer}` })).status, 200)
  assert.equal((await call({ authorization: `bearer ${bearer}` })).status, 200, 'the scheme’s case is no matter')

  const unknown = await call({ authorization: `Bearer ${bearer.slice(0, -1)}${bearer.endsWith('A') ? 'B' : 'A'}` })
  assert.deepEqual([unknown.status, unknown.error], [401, 'invalid_token'])
  assert.match(unknown.challenge, /^Bearer realm="dinhdanh", error="invalid_token"/)

  const short = await checking.tokenOf(bearerParty)
  assert.equal((await call({ authorization: `Bearer ${short}` })).status, 200)
  const hash = createHash('sha256').update(short).digest()
  await house.owner(`update signin.artifact set expires_at = now() - interval '1 second' where id_hash = $1`, [hash])
  assert.equal((await call({ authorization: `Bearer ${short}` })).error, 'invalid_token')
  await house.owner(`update signin.artifact set expires_at = now() + interval '1 minute' where id_hash = $1`, [hash])
  assert.equal((await call({ authorization: `Bearer ${short}` })).status, 200)
  await house.owner('delete from signin.artifact where id_hash = $1', [hash])
  assert.equal(
    (await call({ authorization: `Bearer ${short}` })).error,
    'invalid_token',
    'it opens nothing from that moment',
  )
})

test('a token is refused from the moment its client or party is suspended', async () => {
  const party = await checking.aParty()
  const token = await checking.tokenOf(party)
  assert.equal((await call({ authorization: `Bearer ${token}` })).status, 200)
  await house.owner(`update parties.client set state = 'suspended', reason = 'x' where client_id = $1`, [
    party.clientId,
  ])
  const { status, error, check } = await call({ authorization: `Bearer ${token}` })
  assert.deepEqual([status, error, check], [401, 'invalid_token', 'client-suspended'])
})

test('a token without the scope, or with a scope no longer approved, is refused with its name', async () => {
  const without = await checking.aParty({ scopes: ['verification'] })
  const token = await checking.tokenOf(without)
  assert.equal((await call({ authorization: `Bearer ${token}` })).status, 200)
  await house.owner(
    `update parties.version set settings = jsonb_set(settings, '{purposes}', '[]') where client_id = $1`,
    [without.clientId],
  )
  const { status, challenge } = await call({ authorization: `Bearer ${token}` })
  assert.equal(status, 403)
  assert.match(challenge, /error="insufficient_scope", scope="verification"/)
})

test('an Authorization header of another scheme or a token in the address is refused', async () => {
  const basic = await call({ authorization: 'Basic YTpi' })
  assert.deepEqual([basic.status, basic.error], [400, 'invalid_request'])
  const address = await checking.send({}, body, `/api/verifications?access_token=${bearer}`)
  assert.equal(address.status, 401)
})

test('a token for another house’s API is not for this one', async () => {
  const token = await checking.tokenOf(bearerParty)
  const hash = createHash('sha256').update(token).digest()
  await house.owner(
    `update signin.artifact set payload = jsonb_set(payload, '{aud}', to_jsonb($2::text)) where id_hash = $1`,
    [hash, apiAddress('https://another.example')],
  )
  assert.equal((await call({ authorization: `Bearer ${token}` })).error, 'invalid_token')
})

test('a key-bound token is accepted only with a proof by that key', async () => {
  assert.equal((await withProof()).status, 200)
  const asBearer = await call({ authorization: `Bearer ${bound}` })
  assert.deepEqual([asBearer.status, asBearer.error, asBearer.check], [401, 'invalid_token', 'dpop-missing'])
  const other = await withProof({ keys: await generateKeyPair('ES256', { extractable: true }) })
  assert.deepEqual([other.status, other.error, other.check], [401, 'invalid_token', 'dpop-key'])
  const unbound = await call({ authorization: `DPoP ${bearer}`, dpop: await proof({ token: bearer }) })
  assert.deepEqual([unbound.status, unbound.error], [401, 'invalid_token'])
})

const tampered: readonly (readonly [what: string, check: string, proving: Proving])[] = [
  ['for another method', 'dpop-htm', { htm: 'GET' }],
  ['for another address', 'dpop-htu', { htu: `${checking.origin}/api/verifications/batch` }],
  ['for another house', 'dpop-htu', { htu: 'https://another.example/api/verifications' }],
  ['made ten minutes ago', 'dpop-iat', { iat: now() - 600 }],
  ['made ten minutes from now', 'dpop-iat', { iat: now() + 600 }],
  ['made more than a minute from now', 'dpop-iat', { iat: now() + 100 }],
  ['that counts in more than a minute', 'dpop-iat', { nbf: now() + 100 }],
  ['for another token', 'dpop-key', { ath: athOf('another') }],
  ['that names no token', 'dpop-key', { ath: undefined }],
  ['of another type', 'dpop-malformed', { typ: 'jwt' }],
  ['without a jti', 'dpop-malformed', { jti: '' }],
]
for (const [what, failed, proving] of tampered)
  test(`a proof ${what} is refused, its twin is accepted, and the recorder names the check`, async () => {
    assert.equal((await withProof()).status, 200)
    const { status, error, check, challenge, id } = await withProof(proving)
    assert.deepEqual([status, error, check], [401, 'invalid_dpop_proof', failed])
    assert.match(challenge, /^DPoP realm="dinhdanh", error="invalid_dpop_proof", algs="ES256 PS256 EdDSA"/)
    const [noted] = await house.owner<{ check: string; endpoint: string }>(
      'select "check", endpoint from parties.flight where request_id = $1',
      [id],
    )
    assert.deepEqual(noted, { check: failed, endpoint: 'api' })
  })

test('a proof from a clock slightly ahead is accepted, also with an nbf claim', async () => {
  assert.equal((await withProof({ iat: now() + 8 })).status, 200)
  assert.equal((await withProof({ nbf: now() + 8 })).status, 200)
})

test('a query in the proof’s address makes no difference (RFC 9449, 4.3)', async () => {
  assert.equal((await withProof({ htu: `${checking.origin}/api/verifications?x=1#y` })).status, 200)
})

test('no proof, two proofs and a proof that is no JWT are refused', async () => {
  assert.equal((await call({ authorization: `DPoP ${bound}` })).check, 'dpop-missing')
  assert.equal(
    (await call({ authorization: `DPoP ${bound}`, dpop: `${await proof()}, ${await proof()}` })).check,
    'dpop-malformed',
  )
  assert.equal((await call({ authorization: `DPoP ${bound}`, dpop: 'x' })).check, 'dpop-malformed')
})

test('a proof is accepted once, of twenty simultaneous uses and over two processes', async () => {
  const shown = await proof()
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => call({ authorization: `DPoP ${bound}`, dpop: shown })),
  )
  assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  assert.ok(answers.every(({ status, check }) => status === 200 || check === 'dpop-replayed'))

  // Another process knows of it by the database alone.
  const elsewhere = authenticateParty({ openWork: house.openWork, origin: checking.origin })
  const request = {
    id: crypto.randomUUID(),
    method: 'POST',
    url: '/api/verifications',
    headers: { authorization: `DPoP ${bound}`, dpop: shown },
    routeOptions: { config: { door: { right: 'verification' } } },
  } as unknown as Parameters<typeof elsewhere>[0]
  await assert.rejects(elsewhere(request), {
    code: 'token-proof-wrong',
    facts: { check: 'dpop-replayed', error: 'invalid_dpop_proof' },
  })
  const fresh = { ...request, headers: { ...request.headers, dpop: await proof() } } as typeof request
  assert.equal((await elsewhere(fresh))?.by.kind, 'party')
})
