import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as client from 'openid-client'
import { anOfficerOf, aPerson, commune, enter } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import { openSignIn, type Registered } from '../../test/signin-house.ts'
import * as accounts from '../accounts/accounts.ts'
import * as cards from '../cards/cards.ts'
import * as units from '../units/units.ts'

const house = await openHouse()
await house.work(units.loadReference)
const signIn = await openSignIn(house)
/** Somebody whose account of a level is activated. */
async function aHolder(level: 1 | 2, given: Parameters<typeof aPerson>[0] = {}) {
  const row = aPerson(given)
  const personId = await enter(house, row)
  const officer = await anOfficerOf(house, commune.haKhanh)
  const accountId = await house.as(officer, async work => {
    if (level === 2) await cards.apply(work, personId, { unitId: officer.unitId })
    const { id } = await accounts.request(work, personId, { level, phone: `09${String(Math.random()).slice(2, 10)}` })
    await accounts.approve(work, id)
    await accounts.activate(work, id)
    return id
  })
  return { personId: personId as string, accountId, number: row.person_number }
}

const configure = ({ clientId, key }: Registered) =>
  client.discovery(new URL(signIn.issuer), clientId, { id_token_signed_response_alg: 'ES256' }, client.PrivateKeyJwt({ key, kid: 'one' }), {
    execute: [client.allowInsecureRequests],
  })

test('a person who is signed in consents once, and the party is given what was consented to and nothing else', async () => {
  const party = await signIn.register()
  const config = await configure(party)
  const holder = await aHolder(2)
  const browser = await signIn.signedIn(holder)
  const verifier = client.randomPKCECodeVerifier()
  const state = client.randomState()
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: party.redirectUri,
    scope: 'openid profile number phone',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
  })
  const asked = await browser.open(url.href)
  assert.match(asked.text, /Cho Đăng ký dự thi 2023 xem những gì/)
  const back = await browser.send(asked, { step: 'consent', answer: 'yes' })
  assert.ok(back.left, back.text)
  const tokens = await client.authorizationCodeGrant(config, back.left, { pkceCodeVerifier: verifier, expectedState: state })
  const claims = tokens.claims()
  assert.equal(claims?.['acr'], 'urn:dinhdanh:acr:level2')
  assert.equal(claims?.['auth_strength'], 1)
  assert.equal(claims?.['account_level'], 2)
  assert.equal(claims?.['name'], undefined)
  const info = await client.fetchUserInfo(config, tokens.access_token, claims?.sub ?? '')
  assert.equal(info['person_number'], holder.number)
  assert.equal(info['phone_number'], undefined, 'what is optional and was not ticked is not seen')
  const again = await browser.open(
    client.buildAuthorizationUrl(config, {
      redirect_uri: party.redirectUri,
      scope: 'openid profile number phone',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
    }).href,
  )
  assert.ok(again.left?.searchParams.get('code'), 'a consent that stands is not asked for again')
})
