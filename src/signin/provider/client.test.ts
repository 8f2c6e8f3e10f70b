import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportJWK, generateKeyPair } from 'jose'
import { aHolder } from '../../../test/a-holder.ts'
import { openHouse } from '../../../test/house.ts'
import { aKey, answerOf, aParty, leftBy, send } from '../../../test/relying-party.ts'
import { openSignIn } from '../../../test/signin-house.ts'
import type * as parties from '../../parties/parties.ts'
import { clientMetadataOf } from './client.ts'
import { makeProvider } from './provider.ts'

/** FAPI 2.0 Security Profile, held to by the server whatever stands in a client's registration. */

const house = await openHouse({ withUnits: true })
const signIn = await openSignIn(house)
const holder = await aHolder(house, 1)

/** Registers a FAPI client, and then writes into its registration what no review would let pass. */
async function weakened(more: object) {
  const registered = await signIn.register({ scopes: ['profile'], fapi: true })
  await house.owner('update parties.version set settings = settings || $2::jsonb where client_id = $1', [
    registered.clientId,
    JSON.stringify(more),
  ])
  return aParty(signIn, registered, { fapi: true })
}

test('settings that contradict FAPI 2.0 are ignored', () => {
  const client = {
    clientId: 'one',
    partyId: 'p',
    partyName: { vi: 'Một', en: 'One' },
    sandbox: false,
    legalBasis: true,
    fapi: true,
    purposes: [],
    state: 'active',
    metadata: {
      client_id: 'one',
      grant_types: ['authorization_code', 'implicit'],
      response_types: ['code id_token', 'token'],
      redirect_uris: ['https://party.example/back', 'http://party.example/back', 'http://localhost:8090/back'],
      token_endpoint_auth_method: 'none',
      id_token_signed_response_alg: 'none',
      subject_type: 'public',
      require_pushed_authorization_requests: false,
      dpop_bound_access_tokens: false,
    },
  } as unknown as parties.Client
  const told = clientMetadataOf(client, { demonstration: false, sandboxHosts: [] })
  assert.deepEqual(told.response_types, ['code'])
  assert.deepEqual(told.redirect_uris, ['https://party.example/back', 'http://localhost:8090/back'])
  assert.equal(told.token_endpoint_auth_method, 'private_key_jwt')
  assert.equal(told.id_token_signed_response_alg, 'ES256')
  assert.equal(told.subject_type, 'pairwise')
  assert.equal(told.require_pushed_authorization_requests, true)
  assert.equal(told.dpop_bound_access_tokens, true)
})

test('a sandbox client is called at hosts that the installation opened, also if it was registered before', () => {
  const of = (sandbox: boolean, sandboxHosts: readonly string[], keys = 'https://thu.example.vn/jwks.json') => {
    const metadata = {
      client_id: 'one',
      grant_types: ['authorization_code'],
      redirect_uris: ['https://thu.example.vn/back'],
      token_endpoint_auth_method: 'private_key_jwt',
      jwks_uri: keys,
      backchannel_logout_uri: 'https://thu.example.vn/logout',
    }
    const client = {
      clientId: 'one',
      partyId: 'p',
      partyName: { vi: 'Một', en: 'One' },
      sandbox,
      purposes: [],
      metadata,
    }
    const served = clientMetadataOf(client as unknown as parties.Client, { demonstration: false, sandboxHosts })
    return [served['jwks_uri'], served['jwks'], served['backchannel_logout_uri']]
  }
  const called = ['https://thu.example.vn/jwks.json', undefined, 'https://thu.example.vn/logout']
  assert.deepEqual(of(false, []), called, 'a live client, which was approved')
  assert.deepEqual(of(true, ['thu.example.vn']), called)
  assert.deepEqual(of(true, []), [undefined, { keys: [] }, undefined])
  assert.deepEqual(of(true, ['thu.example.vn'], 'https://thu.example.vn:22/'), [undefined, { keys: [] }, called[2]])
})

test('a FAPI client registered as public authenticates by its key or not at all', async () => {
  const party = await weakened({ authMethod: 'none' })
  const { params } = party.wish()
  const bare = await answerOf(await send({ method: 'POST', url: party.at('/request'), headers: {}, form: params }))
  assert.deepEqual([bare.status, bare.body['error']], [401, 'invalid_client'])
  assert.equal((await send(await party.push(params))).status, 201)
})

test('a FAPI client’s tokens are bound to its key in every grant', async () => {
  const party = await weakened({ grants: ['client_credentials', 'authorization_code'] })
  await house.owner(
    `update parties.version
      set settings = jsonb_set(settings, '{purposes}',
          settings->'purposes' || '[{"scope":"verification","vi":"để đối chiếu","en":"to compare","optional":false}]')
      where client_id = $1`,
    [party.party.clientId],
  )
  const wish = { grant_type: 'client_credentials', scope: 'verification' }
  const bare = await answerOf(await send(await party.token(wish)))
  assert.equal(bare.body['error'], 'invalid_grant')
  const bound = await answerOf(await send(await party.token(wish, await aKey())))
  assert.equal(bound.body['token_type'], 'DPoP', JSON.stringify(bound.body))
})

test('over https the provider’s cookies are bound to this host or to https', async () => {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const named = (at: string) =>
    makeProvider({
      openWork: house.openWork,
      origin: at,
      keys: [{ ...jwk, kid: 'one', use: 'sig', alg: 'ES256' }],
      isDemonstration: () => false,
      calledAddresses: () => ({ demonstration: false, sandboxHosts: [] }),
      interactionPath: uid => `/account/sign-in/${uid}`,
      sessionToken: () => undefined,
    })
  const jwk = await exportJWK(privateKey)
  const kinds = ['session', 'interaction', 'resume'] as const
  assert.deepEqual(
    kinds.map(kind => named('https://dinhdanh.example.vn').cookieName(kind)),
    ['__Host-dinhdanh-oidc', '__Secure-dinhdanh-asked', '__Secure-dinhdanh-resume'],
  )
  assert.deepEqual(
    kinds.map(kind => named('http://localhost:8080').cookieName(kind)),
    ['dinhdanh-oidc', 'dinhdanh-asked', 'dinhdanh-resume'],
  )
})

test('a code is never sent over http to another machine', async () => {
  const party = await weakened({ fapi: false, redirectUris: ['http://party.example/back', 'http://localhost:9/back'] })
  const browser = await signIn.signedIn(holder)
  const unsafe = await send(party.authorize(party.wish({ redirect_uri: 'http://party.example/back' }).params), browser)
  assert.equal(unsafe.status, 400)
  assert.equal(unsafe.headers.get('location'), null)
  const own = leftBy(
    await send(party.authorize(party.wish({ redirect_uri: 'http://localhost:9/back' }).params), browser),
  )
  assert.match(own.pathname, /^\/account\/sign-in\//, 'to the person’s own machine it is')
})
