import type { JWK } from 'jose'
import * as client from 'openid-client'
import { openRequests } from '../src/platform/http/serve-endpoint.ts'
import { authenticateParty } from '../src/signin/signin.ts'
import { routes } from '../src/verification/routes.ts'
import type { TestHouse } from './house.ts'
import { openSignIn, type Registered, type Wish } from './signin-house.ts'

/** A house whose API relying parties call over HTTP with access tokens, as they would. */
export async function openChecking(house: TestHouse) {
  const signIn = await openSignIn(house, {
    also: async (app, { origin }) => {
      const openWork = openRequests(house.openWork, authenticateParty({ openWork: house.openWork, origin }))
      await routes({ app, origin, openWork }, { openWork: house.openWork })
    },
  })
  const { origin } = signIn

  const configured = ({ clientId, key }: Registered) =>
    client.discovery(
      new URL(signIn.issuer),
      clientId,
      { id_token_signed_response_alg: 'ES256' },
      client.PrivateKeyJwt({ key, kid: 'one' }),
      {
        execute: [client.allowInsecureRequests],
      },
    )

  const aParty = (wish: Wish = {}) =>
    signIn.register({ grants: ['client_credentials'], scopes: ['verification'], optional: [], ...wish })

  async function tokenOf(
    party: Registered,
    { scope = 'verification', keys }: { scope?: string; keys?: client.CryptoKeyPair } = {},
  ) {
    const config = await configured(party)
    const options = keys ? { DPoP: client.getDPoPHandle(config, keys) } : {}
    const given = await client.clientCredentialsGrant(config, { scope, resource: `${origin}/api` }, options)
    return given.access_token
  }

  const send = (headers: Record<string, string>, body: unknown, path = '/api/verifications') =>
    fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })

  /** Asks as a party with a bearer token; gives status, answer and headers. */
  async function ask(token: string, body: Record<string, unknown>) {
    const answer = await send({ authorization: `Bearer ${token}` }, { purpose: 'để ghi vào hồ sơ thi', ...body })
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> }
  }

  return { origin, signIn, aParty, tokenOf, ask, send }
}

export type Checking = Awaited<ReturnType<typeof openChecking>>
export type { JWK }
