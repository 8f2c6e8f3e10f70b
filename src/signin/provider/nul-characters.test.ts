import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHouse } from '../../../test/house.ts'
import { aKey, aParty, assertion, assertionType, proof, random, send } from '../../../test/relying-party.ts'
import { openSignIn } from '../../../test/signin-house.ts'

/** NUL characters in what relying parties and browsers send to the provider. */

const house = await openHouse({ withUnits: true })
const signIn = await openSignIn(house)
const { issuer } = signIn
const registered = await signIn.register({ scopes: ['profile'], fapi: true })
const party = aParty(signIn, registered, { fapi: true })
const nul = 'a\0b'

const isRefused = async (what: string, response: Response) => {
  const text = await response.text()
  assert.ok(response.status >= 400 && response.status < 500, `${what}: ${response.status} ${text.slice(0, 200)}`)
}

test('a NUL in any parameter that a browser brings is refused with 400', async () => {
  const { params } = party.wish()
  for (const name of [
    'client_id',
    'state',
    'nonce',
    'scope',
    'redirect_uri',
    'request_uri',
    'claims',
    'login_hint',
    'x',
  ])
    for (const path of ['/auth', '/session/end']) {
      const query = { ...params, [name]: nul }
      const answer = await send({ method: 'GET', url: `${issuer}${path}`, headers: {}, query })
      assert.equal(answer.status, 400, `${name} ${path}`)
    }
})

test('a NUL in any parameter of a form is refused by the standard’s error', async () => {
  const { params } = party.wish()
  const names = ['client_id', 'state', 'code', 'token', 'client_assertion', 'nul\0name']
  for (const path of ['/request', '/token', '/token/revocation', '/me'])
    for (const name of names) {
      const form = {
        ...params,
        grant_type: 'authorization_code',
        client_assertion_type: assertionType,
        client_assertion: await assertion(registered, issuer),
        [name]: nul,
      }
      const answer = await send({ method: 'POST', url: `${issuer}${path}`, headers: {}, form })
      const body = (await answer.json()) as Record<string, unknown>
      assert.equal(answer.status, 400, `${path} ${name} ${JSON.stringify(body)}`)
      assert.equal(body['error'], 'invalid_request')
    }
})

test('a NUL that comes in two pieces of a form is refused too', async () => {
  const pieces = ['client_id=a%', '0', '0b&grant_type=client_credentials']
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = pieces.shift()
      if (piece === undefined) return controller.close()
      await new Promise(done => setTimeout(done, 50))
      controller.enqueue(new TextEncoder().encode(piece))
    },
  })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await fetch(`${issuer}/token`, { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
  assert.equal(answer.status, 400)
})

test('a NUL in the claims or the head of an assertion or a proof is refused, and no fault', async () => {
  const form = { grant_type: 'client_credentials', client_assertion_type: assertionType }
  for (const change of [
    { claims: { sub: nul } },
    { claims: { iss: nul } },
    { claims: { sub: nul, iss: nul } },
    { claims: { jti: nul } },
    { claims: { aud: nul } },
    { header: { kid: nul } },
  ]) {
    const client_assertion = await assertion(registered, issuer, change)
    const sent = { method: 'POST', url: `${issuer}/token`, headers: {}, form: { ...form, client_assertion } }
    await isRefused(JSON.stringify(change), await send(sent))
  }
  const key = await aKey()
  for (const claims of [{ jti: nul }, { htu: nul }, { nonce: nul }, { ath: nul }]) {
    const url = `${issuer}/me`
    const dpop = await proof(key, 'GET', url, 'abc', { claims })
    await isRefused(
      JSON.stringify(claims),
      await send({ method: 'GET', url, headers: { authorization: `DPoP ${random()}`, dpop } }),
    )
  }
})

test('a NUL in the name or the secret of basic credentials is refused, and no fault', async () => {
  for (const text of [`${nul}:secret`, `client:${nul}`, 'a%00b:secret', 'client:%00'])
    await isRefused(
      text,
      await send({
        method: 'POST',
        url: `${issuer}/token`,
        headers: { authorization: `Basic ${Buffer.from(text).toString('base64')}` },
        form: { grant_type: 'client_credentials' },
      }),
    )
})
