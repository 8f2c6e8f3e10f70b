import type { JWK } from 'jose'
import Provider, { type Client, type ClientMetadata, errors, type KoaContextWithOIDC } from 'oidc-provider'
import * as audit from '../audit/audit.ts'
import * as parties from '../parties/parties.ts'
import { newId } from '../platform/ids.ts'
import { peppered } from '../platform/sealing.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import { readSubject, type Subject, subjectText } from './artifact.ts'
import { acrValues, levelOf, strengthOfAmr } from './assurance.ts'
import { claimsOfScope, personClaims, valuesOf } from './claims.ts'
import * as consents from './consent.ts'
import { consentEnds } from './consent.ts'
import { adapterFor, atTheDoor, theExchange } from './exchange.ts'
import { standing } from './holder.ts'
import { errorPage, loggedOutPage, logoutPage } from './page-provider.ts'
import { policyOf } from './policy.ts'
import * as sessions from './session.ts'
import { insertVisit } from './store-consent.ts'

export type ProviderHouse = {
  readonly openWork: OpenWork
  readonly origin: string
  readonly keys: readonly JWK[]
  /** Where the person is asked: the page of an interaction. */
  interactionPath(uid: string): string
  /** The token of the session cookie that came with a request. */
  sessionToken(cookies: string | undefined): string | undefined
}

/** The resource that client credentials and access tokens may be for beside userinfo: this house's own API (RFC 8707). */
export const apiOf = (origin: string) => `${origin}/api`
export const apiScopes = 'verification'

const minute = 60

/** Pairwise by party (OpenID Connect Core 8.1): clients of one party know a person by one name, two parties by two. */
const subjectFor = (subject: string, client: Client): string => peppered('pairwise', partyOf(client) || client.clientId, subject)

/** What the provider is told of a client: the party's registration, and what this house demands of each whatever it registered. */
export function metadataOf(client: parties.Client): ClientMetadata {
  const fapi = client.fapi
    ? {
        require_pushed_authorization_requests: true,
        dpop_bound_access_tokens: true,
        token_endpoint_auth_method: 'private_key_jwt' as const,
      }
    : {}
  return {
    ...client.metadata,
    client_id: client.clientId,
    client_name: client.partyName.vi,
    subject_type: 'pairwise',
    id_token_signed_response_alg: 'ES256',
    response_types: ((client.metadata['grant_types'] as string[] | undefined) ?? []).includes('authorization_code') ? ['code'] : [],
    party_id: client.partyId,
    fapi: client.fapi,
    sandbox: client.sandbox,
    ...fapi,
  } as ClientMetadata
}

const clientAdapter = (openWork: OpenWork) => ({
  async find(id: string) {
    const client = await openWork(asSystem('sign-in', 'none'), work => parties.findClient(work, id))
    return client?.state === 'active' ? metadataOf(client) : undefined
  },
  async upsert() {},
  async consume() {},
  async destroy() {},
  async findByUid() {},
  async findByUserCode() {},
  async revokeByGrantId() {},
})

const isFapi = (client: Client | undefined) => (client as unknown as { fapi?: boolean } | undefined)?.fapi === true
const partyOf = (client: Client | undefined) => (client as unknown as { party_id?: string } | undefined)?.party_id ?? ''

/** A work of a relying party, which sees the house for the one person who let it. */
const asParty = (client: Client | undefined, requestId: string) => ({
  by: { kind: 'party' as const, id: partyOf(client) },
  scope: 'house' as const,
  purpose: 'sign-in',
  requestId,
})

/** oidc-provider with this house's accounts, sessions, consents, keys and rules. A new one is made when the keys change. */
export function makeProvider(house: ProviderHouse): Provider {
  const { openWork, origin } = house
  const adapter = adapterFor(openWork)
  const isHttps = origin.startsWith('https:')

  async function findAccount(ctx: KoaContextWithOIDC, accountId: string, token?: { amr?: string[] }) {
    const subject = readSubject(accountId)
    if (!subject) return undefined
    const { requestId } = theExchange()
    const now = await openWork({ ...asSystem('sign-in'), requestId }, work => standing(work, subject))
    if (!now) return undefined
    const amr = token?.amr ?? (ctx.oidc.session?.amr as string[] | undefined)
    return {
      accountId,
      async claims(use: string, _scope: string, asked: object, _rejected: readonly string[]) {
        const about = {
          sub: accountId,
          account_level: now.level,
          ...(use === 'id_token' && { auth_strength: strengthOfAmr(amr) }),
          ...(subject.childId && { act: { sub: subjectFor(subjectText(parentOf(subject)), ctx.oidc.client as Client) } }),
        }
        const wanted = wantedOf(use, ctx, asked)
        if (!personClaims.some(claim => wanted.has(claim))) return about
        return { ...about, ...(await openWork(asParty(ctx.oidc.client, requestId), work => valuesOf(work, subject, wanted))) }
      },
    }
  }

  const provider = new Provider(`${origin}/oidc`, {
    adapter: kind => (kind === 'Client' ? clientAdapter(openWork) : adapter(kind)) as never,
    jwks: { keys: [...house.keys] as never },
    acrValues,
    claims: { ...claimsOfScope, sid: null, iss: null } as never,
    scopes: ['openid', 'offline_access', apiScopes],
    clientAuthMethods: ['private_key_jwt', 'none'],
    clientDefaults: { id_token_signed_response_alg: 'ES256', token_endpoint_auth_method: 'private_key_jwt', subject_type: 'pairwise' },
    extraClientMetadata: { properties: ['party_id', 'fapi', 'sandbox'] },
    responseTypes: ['code'],
    subjectTypes: ['pairwise'],
    pairwiseIdentifier: (_ctx, accountId, client) => subjectFor(accountId, client),
    pkce: { required: () => true },
    enabledJWA: {
      idTokenSigningAlgValues: ['ES256'],
      clientAuthSigningAlgValues: ['ES256', 'PS256', 'EdDSA'],
      dPoPSigningAlgValues: ['ES256', 'EdDSA'],
      userinfoSigningAlgValues: ['ES256'],
      introspectionSigningAlgValues: ['ES256'],
    },
    cookies: {
      keys: [peppered('cookies', '', '')],
      names: { session: isHttps ? '__Host-dinhdanh-oidc' : 'dinhdanh-oidc', interaction: 'dinhdanh-asked', resume: 'dinhdanh-resume' },
      long: { httpOnly: true, sameSite: 'lax', secure: isHttps, path: '/' },
      short: { httpOnly: true, sameSite: 'lax', secure: isHttps },
    },
    discovery: { ui_locales_supported: ['vi', 'en'], claims_locales_supported: ['vi'], service_documentation: `${origin}/developers/` },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: true, nonceSecret: Buffer.from(peppered('dpop-nonce', '', ''), 'base64url'), requireNonce: () => false },
      pushedAuthorizationRequests: { enabled: true },
      claimsParameter: { enabled: true },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx, form) => logoutPage(ctx, form),
        postLogoutSuccessSource: async ctx => loggedOutPage(ctx),
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: ctx => (ctx.oidc.params?.['grant_type'] === 'client_credentials' ? apiOf(origin) : []) as never,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, resource) => {
          if (resource !== apiOf(origin)) throw new errors.InvalidTarget()
          return { scope: apiScopes, audience: apiOf(origin), accessTokenFormat: 'opaque', accessTokenTTL: 10 * minute }
        },
      },
      fapi: { enabled: true, profile: (_ctx: KoaContextWithOIDC, client: Client) => (isFapi(client) ? '2.0' : undefined) } as never,
    },
    ttl: {
      AccessToken: 10 * minute,
      AuthorizationCode: minute,
      ClientCredentials: 10 * minute,
      IdToken: 10 * minute,
      Interaction: 30 * minute,
      RefreshToken: sessions.hours * 60 * minute,
      Session: sessions.hours * 60 * minute,
      Grant: Math.floor(consentEnds(new Date(0)).getTime() / 1000),
    },
    // Everything ends with the session in which it was given.
    expiresWithSession: () => true,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    // FAPI 2.0 Security Profile 5.3.2.1: a confidential client's refresh token is bound to its key, and is not rotated; one that is bound to nobody is, each time.
    rotateRefreshToken: ctx => !isFapi(ctx.oidc.client),
    revokeGrantPolicy: ctx => ctx.oidc.route === 'token',
    interactions: {
      policy: policyOf({
        async isOurs(ctx) {
          const { requestId, also } = theExchange()
          const token = house.sessionToken(ctx.req.headers.cookie)
          const session = await atTheDoor(openWork, requestId, work => sessions.find(work, token))
          if (!session || subjectText(sessions.subjectOf(session)) !== ctx.oidc.session?.accountId) return false
          const { uid } = ctx.oidc.session
          if (session.providerUid !== uid) also.push(work => sessions.link(work, session, uid))
          return true
        },
      }),
      url: (_ctx, interaction) => house.interactionPath(interaction.uid),
    },
    async loadExistingGrant(ctx) {
      const asked = ctx.oidc.result?.consent?.grantId
      if (asked) return ctx.oidc.provider.Grant.find(asked)
      const subject = readSubject(ctx.oidc.session?.accountId)
      if (!subject || !ctx.oidc.client) return undefined
      const { clientId } = ctx.oidc.client
      const consent = await atTheDoor(openWork, theExchange().requestId, work => consents.standing(work, subject, clientId))
      return consent && ctx.oidc.provider.Grant.find(consent.grantId)
    },
    findAccount: findAccount as never,
    renderError: async (ctx, out, error) => errorPage(ctx, out, error),
    assertJwtClientAuthClaimsAndHeader: async (ctx, claims) => {
      // FAPI 2.0 Security Profile 5.3.2.1, and RFC 7523bis: the audience is the issuer, as a string, whoever the client is.
      if (claims['aud'] !== ctx.oidc.issuer) throw new errors.InvalidClientAuth('audience (aud) must equal the issuer identifier url')
    },
    fetch: async (url, options) => fetch(url, { ...options, redirect: 'error', signal: AbortSignal.timeout(2_500) }),
    fetchResponseBodyLimits: { jwks_uri: 256 * 1024, sector_identifier_uri: 64 * 1024, 'client_id metadata document': 5 * 1024 } as never,
  })
  provider.proxy = true
  noteVisits(provider)
  return provider
}

const parentOf = ({ personId, accountId }: Subject): Subject => ({ personId, accountId })

/** What the answer will show of a person: claims of the scopes that were granted, where they go, and those asked for one by one. */
function wantedOf(use: string, ctx: KoaContextWithOIDC, asked: object): Set<string> {
  const named = Object.keys(asked ?? {})
  if (use === 'id_token') return new Set(named)
  const granted = ctx.oidc.accessToken?.scopes ?? new Set<string>()
  const opened = Object.entries(claimsOfScope).flatMap(([scope, claims]) => (granted.has(scope) ? [...claims] : []))
  return new Set([...opened, ...named])
}

/** Each code that is given is a visit in the person's history (NĐ59/2022 Art. 21), and a deed. */
function noteVisits(provider: Provider) {
  provider.on('authorization_code.saved', code => {
    const subject = readSubject(code.accountId)
    const ctx = Provider.ctx as KoaContextWithOIDC | undefined
    const client = ctx?.oidc.client
    if (!subject || !client || !ctx) return
    const { also } = theExchange()
    also.push(async work => {
      const id = newId<'visit'>(work.now)
      const amr = code.amr as string[] | undefined
      await insertVisit(work, {
        id,
        personId: subject.personId,
        childId: subject.childId ?? null,
        clientId: client.clientId,
        partyId: partyOf(client),
        level: levelOf(code.acr) ?? 1,
        strength: strengthOfAmr(amr),
        scopes: [...(code.scopes ?? [])],
      })
      await audit.record(
        work,
        'citizen.signed-in',
        { kind: 'client', id: client.clientId, personId: subject.childId ?? subject.personId },
        { party: partyOf(client), acr: code.acr, strength: strengthOfAmr(amr), scopes: [...(code.scopes ?? [])] },
      )
    })
  })
}
