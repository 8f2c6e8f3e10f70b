import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { errors, Provider } from 'oidc-provider'
import { type ClientSettings, metadataOf } from '../client.ts'
import { readPastedKeys } from './keys.ts'
import { findSettingsFaults, type SettingsContext } from './settings-check.ts'

const live: SettingsContext = { sandbox: false, basis: true, demonstration: false, sandboxHosts: ['portal.example.vn'] }

const ordinary: ClientSettings = {
  redirectUris: ['https://portal.example.vn/sign-in/callback'],
  postLogoutRedirectUris: ['https://portal.example.vn/'],
  backchannelLogoutUri: 'https://portal.example.vn/sign-in/logout',
  authMethod: 'private_key_jwt',
  jwksUri: 'https://portal.example.vn/jwks.json',
  grants: ['authorization_code', 'refresh_token'],
  purposes: [{ scope: 'number', vi: 'Nộp hồ sơ đúng người', en: 'To file for the right person', optional: false }],
  fapi: true,
  level: 2,
}

const codes = (change: Partial<ClientSettings>, setting: Partial<SettingsContext> = {}) =>
  findSettingsFaults({ ...ordinary, ...change }, { ...live, ...setting }).map(({ field, code }) => `${field} ${code}`)

const jwkOf = (kid: string, curve = 'P-256') => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: curve })
  return {
    public: { ...publicKey.export({ format: 'jwk' }), kid },
    private: { ...privateKey.export({ format: 'jwk' }), kid },
  }
}

test('ordinary settings are accepted, and each fault is named at its field', () => {
  assert.deepEqual(codes({}), [])
  assert.deepEqual(codes({ redirectUris: [] }), ['redirectUris redirect-missing'])
  assert.deepEqual(codes({ redirectUris: ['http://portal.example.vn/back'] }), ['redirectUris.0 url-not-https'])
  assert.deepEqual(codes({ redirectUris: ['https://*.example.vn/back'] }), ['redirectUris.0 url-wildcard'])
  assert.deepEqual(codes({ redirectUris: ['https://a.example.vn/#x'] }), ['redirectUris.0 url-fragment'])
  assert.deepEqual(codes({ redirectUris: ['https://an:bí@a.example.vn/'] }), ['redirectUris.0 url-malformed'])
  assert.deepEqual(codes({ redirectUris: ['https://an:x@a.example.vn/'] }), ['redirectUris.0 url-user'])
  assert.deepEqual(codes({ redirectUris: ['javascript:alert(1)'] }), ['redirectUris.0 url-malformed'])
  assert.deepEqual(codes({ redirectUris: ['https://a.example.vn/', 'https://b.example.vn/'] }), [
    'redirectUris hosts-differ',
  ])
  assert.deepEqual(codes({ redirectUris: ['https://a.example.vn/', 'https://a.example.vn/'] }), [
    'redirectUris.1 twice',
  ])
  assert.deepEqual(codes({ jwks: { keys: [] } }), ['jwks keys-doubled'])
  assert.deepEqual(codes({ authMethod: 'none' }), ['jwks keys-needless', 'fapi fapi-auth'])
  assert.deepEqual(codes({ authMethod: 'client_secret_basic' as 'none' }), ['authMethod auth-method-unknown'])
  assert.deepEqual(codes({ grants: ['refresh_token'] }).includes('grants grants-wrong'), true)
  assert.deepEqual(codes({}, { basis: false }), ['purposes.0 scope-needs-basis'])
  assert.deepEqual(codes({ purposes: [{ scope: 'phone', vi: 'Gọi', en: 'To call you back', optional: true }] }), [
    'purposes.0 purpose-short',
  ])
  assert.deepEqual(
    codes({ purposes: [{ scope: 'verification', vi: 'Đối chiếu hồ sơ', en: 'To check a file', optional: false }] }),
    ['purposes.0 scope-needs-credentials'],
  )
})

test('a sandbox may redirect to the local machine; the server itself calls no internal address', () => {
  const local = { redirectUris: ['http://localhost:3000/back'], postLogoutRedirectUris: [] }
  assert.deepEqual(codes(local), ['redirectUris.0 url-not-https'])
  assert.deepEqual(codes(local, { sandbox: true }), [])
  assert.deepEqual(codes({ ...local, redirectUris: ['http://192.168.1.9/back'] }, { sandbox: true }), [
    'redirectUris.0 url-not-https-nor-loopback',
  ])
  for (const [address, code] of [
    ['http://localhost:3000/jwks.json', 'url-not-https'],
    ['https://localhost/jwks.json', 'url-host-private'],
    ['https://127.0.0.1/jwks.json', 'url-host-private'],
    ['https://[::1]/jwks.json', 'url-host-private'],
    ['https://10.0.0.7/jwks.json', 'url-host-private'],
    ['https://2130706433/jwks.json', 'url-host-private'],
    ['https://database/jwks.json', 'url-host-private'],
    ['https://metadata.google.internal/', 'url-host-private'],
  ] as const) {
    assert.deepEqual(codes({ jwksUri: address }, { sandbox: true }), [`jwksUri ${code}`], address)
    assert.deepEqual(
      codes({ backchannelLogoutUri: address }, { sandbox: true }),
      [`backchannelLogoutUri ${code}`],
      address,
    )
  }
  assert.deepEqual(codes({ ...local, jwksUri: 'http://localhost:3000/jwks.json' }, { demonstration: true }), [])
})

test('the house calls a sandbox client at hosts that the installation opened, and at no other', () => {
  const own = (sandboxHosts: readonly string[], address: string) =>
    codes(
      { redirectUris: ['http://localhost:3000/back'], jwksUri: address, backchannelLogoutUri: address },
      { sandbox: true, sandboxHosts },
    )
  const refusals = ['backchannelLogoutUri url-host-not-open', 'jwksUri url-host-not-open']
  const opened = ['thu.example.vn', 'thu.example.vn:8443']
  for (const address of ['https://thu.example.vn/jwks.json', 'https://thu.example.vn:8443/jwks.json']) {
    assert.deepEqual(own([], address).sort(), refusals, address)
    assert.deepEqual(own(opened, address), [], address)
  }
  for (const address of ['https://thu.example.vn:22/', 'https://thu.example.vn.evil.vn/', 'https://a.thu.example.vn/'])
    assert.deepEqual(own(opened, address).sort(), refusals, address)
  // A listed name of the own network stays closed.
  assert.ok(own(['database'], 'https://database/jwks.json').includes('jwksUri url-host-private'))
})

test('only the public members of a key are stored; a private key is refused in any form', () => {
  const key = jwkOf('one')
  const read = readPastedKeys(JSON.stringify(key.public), 'ES256')
  assert.ok('keys' in read)
  assert.deepEqual(Object.keys(read.keys[0] ?? {}).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
  const faultOf = (text: string, algorithm: 'ES256' | 'PS256' = 'ES256') => {
    const found = readPastedKeys(text, algorithm)
    return 'fault' in found ? found.fault : undefined
  }
  assert.equal(faultOf(JSON.stringify(key.private)), 'key-private')
  assert.equal(faultOf(JSON.stringify({ keys: [key.public, key.private] })), 'key-private')
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  assert.equal(faultOf(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()), 'key-private')
  assert.equal(faultOf('{"keys":'), 'keys-malformed')
  assert.equal(faultOf(JSON.stringify({ ...key.public, kid: undefined })), 'key-kid')
  assert.equal(faultOf(JSON.stringify({ keys: [key.public, key.public] })), 'key-kid')
  assert.equal(faultOf(JSON.stringify({ ...key.public, use: 'enc' })), 'key-use')
  assert.equal(faultOf(JSON.stringify({ ...key.public, x: 'AAAA' })), 'key-unreadable')
  assert.equal(faultOf(JSON.stringify(jwkOf('two', 'P-384').public)), 'key-kind')
  assert.equal(faultOf(JSON.stringify(key.public), 'PS256'), 'key-none-fits')
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' })
  assert.equal(faultOf(JSON.stringify({ ...weak, kid: 'weak' }), 'PS256'), 'key-kind')
})

test('the provider accepts each registered kind of client: FAPI, public and machine', async () => {
  const pasted = readPastedKeys(JSON.stringify(jwkOf('one').public), 'ES256')
  assert.ok('keys' in pasted)
  const { jwksUri: _uri, backchannelLogoutUri: _logout, ...rest } = ordinary
  const { level: _level, ...machine } = rest
  const kinds: readonly (readonly [string, ClientSettings])[] = [
    ['fapi', ordinary],
    ['pasted', { ...rest, jwks: { keys: pasted.keys }, fapi: false }],
    ['public', { ...rest, authMethod: 'none', fapi: false }],
    [
      'machine',
      { ...machine, jwks: { keys: pasted.keys }, redirectUris: [], grants: ['client_credentials'], purposes: [] },
    ],
  ]
  const provider = new Provider('https://house.example.vn/oidc', {
    subjectTypes: ['pairwise'],
    pairwiseIdentifier: () => 'sub',
    scopes: ['openid', 'offline_access', 'profile', 'number', 'verification'],
    acrValues: ['urn:dinhdanh:acr:level1', 'urn:dinhdanh:acr:level2'],
    clientAuthMethods: ['private_key_jwt', 'none'],
    enabledJWA: { clientAuthSigningAlgValues: ['ES256', 'PS256'], idTokenSigningAlgValues: ['ES256'] },
    jwks: { keys: [jwkOf('house').private] },
    features: {
      dPoP: { enabled: true },
      pushedAuthorizationRequests: { enabled: true },
      backchannelLogout: { enabled: true },
      clientCredentials: { enabled: true },
    },
    clients: kinds.map(([id, settings]) => metadataOf(id, 'Cổng thử', settings)),
  })
  for (const [id] of kinds) {
    const client = await provider.Client.find(id).catch((error: unknown) => {
      assert.ok(error instanceof errors.OIDCProviderError)
      return assert.fail(`${id}: ${error.error_description}`)
    })
    assert.equal(client?.clientId, id)
  }
  const fapi = await provider.Client.find('fapi')
  assert.deepEqual(
    [
      fapi?.['requirePushedAuthorizationRequests'],
      fapi?.['dpopBoundAccessTokens'],
      fapi?.['tokenEndpointAuthSigningAlg'],
      fapi?.['defaultAcrValues'],
    ],
    [true, true, 'ES256', ['urn:dinhdanh:acr:level2']],
  )
})
