import { createServer, type Server } from 'node:http'
import { type CryptoKey, exportJWK, generateKeyPair } from 'jose'
import { type Configuration, type KoaContextWithOIDC, Provider } from 'oidc-provider'
import { memory } from './memory.fixture.ts'

/** Who may sign in at the issuer of the tests: their claims, and the level of their account. */
export type Holder = {
  readonly id: string
  readonly level: 1 | 2
  readonly claims: Readonly<Record<string, unknown>>
}

export type TestIssuer = {
  readonly url: string
  readonly server: Server
  /**
   * Finishes a sign-in as a browser does: from the address that the site sent it to, to the address at the site that it
   * comes back to. `who` or how it ends.
   */
  signIn(location: string, who: string): Promise<string>
  readonly provider: Provider
  /** By which it signs. */
  readonly key: CryptoKey
  readonly holders: Map<string, Holder>
  /** Answers of the token endpoint and others are 503 for as long. */
  down: boolean
  close(): Promise<void>
}

export const acr = (level: 1 | 2) => `urn:dinhdanh:acr:level${level}`

const page = (body: string) =>
  '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Test issuer</title></head><body><main>' +
  `<h1>Test issuer</h1>${body}</main></body></html>`

function configuration(holders: ReadonlyMap<string, Holder>, site: string, keys: Configuration['jwks']): Configuration {
  return {
    adapter: memory(),
    clients: [
      {
        client_id: 'exam-registration',
        redirect_uris: [`${site}/sign-in/callback`],
        post_logout_redirect_uris: [`${site}/signed-out`],
        backchannel_logout_uri: `${site}/sign-in/logout`,
        backchannel_logout_session_required: true,
        jwks_uri: `${site}/jwks.json`,
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: 'ES256',
        id_token_signed_response_alg: 'ES256',
        dpop_bound_access_tokens: true,
        require_pushed_authorization_requests: true,
      },
    ],
    ...(keys && { jwks: keys }),
    scopes: ['openid', 'profile', 'number', 'birthdate', 'residence', 'phone'],
    claims: {
      acr: null,
      sid: null,
      auth_time: null,
      iss: null,
      openid: ['sub'],
      profile: ['name', 'gender', 'account_level'],
      birthdate: ['birthdate'],
      number: ['person_number'],
      residence: ['residence'],
      phone: ['phone_number'],
    },
    acrValues: [acr(1), acr(2)],
    enabledJWA: {
      idTokenSigningAlgValues: ['ES256'],
      clientAuthSigningAlgValues: ['ES256'],
      dPoPSigningAlgValues: ['ES256'],
    },
    features: {
      devInteractions: { enabled: false },
      pushedAuthorizationRequests: { enabled: true },
      dPoP: { enabled: true },
      claimsParameter: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource(ctx: KoaContextWithOIDC, form: string) {
          ctx.body = page(`${form}<button form="op.logoutForm" name="logout" value="yes">Sign out here too</button>`)
        },
      },
    },
    // Its own way of fetching refuses addresses of this machine, where site and issuer of a test are.
    fetch: (url, { dispatcher: _guarded, ...options }: RequestInit & { dispatcher?: unknown } = {}) =>
      fetch(url, options),
    cookies: { keys: ['of the tests'] },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, sub) => {
      const holder = holders.get(sub)
      return holder && { accountId: sub, claims: async () => ({ sub, ...holder.claims }) }
    },
    async loadExistingGrant(ctx) {
      const { client, session, params, provider } = ctx.oidc
      const grant = new provider.Grant({ clientId: client?.clientId ?? '', accountId: session?.accountId ?? '' })
      grant.addOIDCScope(String(params?.['scope'] ?? ''))
      await grant.save()
      return grant
    },
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Session: 3600, Grant: 3600 },
  }
}

/** What the form of the sign-in page says: somebody's id, or how it ends without one. */
function resultOf(who: string, holders: ReadonlyMap<string, Holder>, wanted: unknown) {
  const holder = holders.get(who)
  if (who === 'cancel' || !holder) return { error: 'access_denied', error_description: 'the person stopped' }
  if (wanted === acr(2) && holder.level < 2)
    return { error: 'unmet_authentication_requirements', error_description: 'level 1' }
  return { login: { accountId: who, acr: acr(holder.level), amr: ['pwd'] } }
}

const essentialAcr = (claims: unknown): unknown => {
  const read = typeof claims === 'string' ? (JSON.parse(claims) as { id_token?: { acr?: { values?: string[] } } }) : {}
  return read.id_token?.acr?.values?.[0]
}

/**
 * A bare oidc-provider in memory, with people who sign in by the press of a button. Its page needs no script either.
 */
export async function openTestIssuer({
  site,
  holders: given,
  port = 0,
}: {
  site: string
  holders: readonly Holder[]
  port?: number
}): Promise<TestIssuer> {
  const holders = new Map(given.map(holder => [holder.id, holder]))
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const server = createServer()
  await new Promise<void>(ready => server.listen(port, '127.0.0.1', ready))
  const address = server.address()
  const url = `http://localhost:${typeof address === 'object' && address ? address.port : port}`
  const provider = new Provider(
    url,
    configuration(holders, site, {
      keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: 'test' }],
    }),
  )
  const handle = provider.callback()
  const issuer = { url, server, provider, key: privateKey, holders, down: false }

  server.on('request', async (request, response) => {
    const requestId = `req-${Math.random().toString(36).slice(2, 12)}`
    response.setHeader('x-request-id', requestId)
    if (issuer.down) return response.writeHead(503).end()
    const [, uid] = /^\/interaction\/([\w-]+)/.exec(request.url ?? '') ?? []
    if (!uid) return handle(request, response)
    try {
      const { params, prompt } = await provider.interactionDetails(request, response)
      if (request.method !== 'POST') {
        const buttons = [...holders.values()]
          .slice(0, 12)
          .map(({ id, claims }) => `<p><button name="who" value="${id}">${String(claims['name'])}</button></p>`)
        return response
          .setHeader('content-type', 'text/html; charset=utf-8')
          .end(
            page(
              `<p>${prompt.name}</p><form method="post">${buttons.join('')}<p><button name="who" ` +
                'value="cancel">Cancel</button></p></form>',
            ),
          )
      }
      let body = ''
      for await (const piece of request) body += piece
      const who = new URLSearchParams(body).get('who') ?? ''
      await provider.interactionFinished(request, response, resultOf(who, holders, essentialAcr(params['claims'])), {
        mergeWithLastSubmission: false,
      })
    } catch (error) {
      response.writeHead(400).end(String(error))
    }
  })
  return Object.assign(issuer, {
    signIn: (location: string, who: string) => signIn(location, who, site),
    close: () =>
      new Promise<void>(done => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  })
}

/** Follows redirects with the issuer's cookies, and answers its page. */
async function signIn(location: string, who: string, site: string): Promise<string> {
  const jar = new Map<string, string>()
  let [at, body] = [location, undefined as string | undefined]
  for (let step = 0; step < 8; step++) {
    if (at.startsWith(`${site}/`)) return at
    const response = await fetch(at, {
      redirect: 'manual',
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(body && { method: 'POST', body }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      jar.set(name, value)
    }
    await response.body?.cancel()
    const next = response.headers.get('location')
    body = next ? undefined : `who=${who}`
    at = next ? new URL(next, at).href : at
  }
  throw new Error(`the sign-in came to no end at ${at}`)
}
