/**
 * Provider: oidc-provider with our accounts, sessions, consents, keys and rules.
 * Input: a relying party's request under /oidc, and a browser that it sends along.
 * Decided: who the client is, whether the person must be asked for something (interaction-policy.ts), and which claims
 * go out (subject-and-claims.ts).
 * Output: the standard's answer; each failure is recorded for the party's engineer (flight-checks.ts).
 * No deeds: the exchange of a request records them.
 */

import type { JWK } from 'jose'
import Provider, { type Client, errors, type KoaContextWithOIDC } from 'oidc-provider'
import * as parties from '../../parties/parties.ts'
import { now } from '../../platform/clock.ts'
import { inForceToday } from '../../platform/law-of-texts.ts'
import { pepper } from '../../platform/sealing/sealing.ts'
import type { OpenWork } from '../../platform/work.ts'
import { readSubject, subjectText } from '../artifact.ts'
import { acrValues, countedNow } from '../assurance.ts'
import { areClaimRequests } from '../claim-request.ts'
import { claimsOf, scopes } from '../consents/claim-values.ts'
import * as consents from '../consents/consents.ts'
import { coalescedReads } from '../exchange/coalesced-reads.ts'
import { getCurrentExchange } from '../exchange/exchange.ts'
import { consentYears, partyClockSeconds, sessionLimits, tokenMinutes } from '../law.ts'
import { subjectOfSession } from '../session.ts'
import { accountStatusOf } from '../sessions/account-status.ts'
import * as sessions from '../sessions/sessions.ts'
import { adapterFor } from './artifact-adapter.ts'
import { callParty } from './call-party.ts'
import { clientAdapter, isFapi, isSandbox, ownMetadata, purposesOf, refusedClaims } from './client.ts'
import { errorPage, loggedOutPage, logoutPage } from './error-and-sign-out-pages.ts'
import { policyOf } from './interaction-policy.ts'
import { extendReplayMemory, refuseFutureAssertion } from './party-clock.ts'
import { maintainClientKeys } from './party-keys.ts'
import { followProvider } from './provider-events.ts'
import { apiAddress, proofAlgorithms } from './resource.ts'
import { findAccount, subjectForClient } from './subject-and-claims.ts'

export type ProviderHouse = {
  readonly openWork: OpenWork
  readonly origin: string
  readonly keys: readonly JWK[]
  /** In a demonstration everybody is invented and suits every client. */
  isDemonstration(): boolean
  calledAddresses(): parties.CalledAddresses
  /** The page of an interaction. */
  interactionPath(uid: string): string
  /** The token of the session cookie of a request. */
  sessionToken(cookies: string | undefined): string | undefined
}

const minute = 60
const grantSeconds = () => Math.floor(consents.consentEnds(new Date(0), inForceToday(consentYears)).getTime() / 1000)
/** Of a session that begins today; the session of the house behind it ends by the rule of its day. */
const sessionSeconds = () => inForceToday(sessionLimits).hours * 60 * minute

type ClientAssertionClaims = { readonly aud?: unknown; readonly iat?: unknown; readonly exp?: unknown }

/** What an assertion of any client must have beyond RFC 7523; its signature and the rest were checked before. */
function checkAssertion(ctx: KoaContextWithOIDC, { aud, iat, exp }: ClientAssertionClaims): void {
  // FAPI 2.0 Security Profile 5.3.2.1, and RFC 7523bis: the issuer, as a string.
  if (aud !== ctx.oidc.issuer) throw new errors.InvalidClientAuth('audience (aud) must equal the issuer identifier url')
  const seconds = Math.floor(now().getTime() / 1000)
  if (typeof iat === 'number' && iat > seconds + partyClockSeconds.mostAhead)
    throw new errors.InvalidClientAuth('jwt issued in the future')
  if (typeof exp === 'number' && exp > seconds + partyClockSeconds.longestAssertion)
    throw new errors.InvalidClientAuth('jwt expires too far in the future')
}

/** No proof needs a nonce. oidc-provider calls this just before it checks a proof. */
function requireNonce(ctx: KoaContextWithOIDC): boolean {
  refuseFutureAssertion(ctx)
  return false
}

/**
 * Claims of a person must be well formed, and an approved scope must open them (OpenID Connect Core 5.5 lets us refuse
 * others).
 */
function checkClaims(claims: Readonly<Record<string, unknown>>, client: Client): void {
  const parts = ['userinfo', 'id_token'].map(part => (claims[part] ?? {}) as Record<string, unknown>)
  if (!parts.every(areClaimRequests))
    throw new errors.InvalidRequest('claims asks for one otherwise than OpenID Connect Core 5.5.1 has it')
  const asked = parts.flatMap(part => Object.keys(part))
  if (refusedClaims(client, asked).length > 0)
    throw new errors.InvalidRequest('claims asks for what no approved scope opens')
}

/**
 * A page that posts itself to another origin needs script and an exception from each page's policy, so answers are
 * redirects only.
 */
class HouseProvider extends Provider {
  override registerResponseMode(...[name, handler]: Parameters<Provider['registerResponseMode']>): void {
    if (name !== 'form_post') super.registerResponseMode(name, handler)
  }
}

/** oidc-provider with our accounts, sessions, consents, keys and rules. A new one is made when the keys change. */
export function makeProvider(house: ProviderHouse): Provider {
  const { openWork, origin } = house
  const isHttps = origin.startsWith('https:')

  const provider = new HouseProvider(`${origin}/oidc`, {
    adapter: kind => (kind === 'Client' ? clientAdapter(openWork, house.calledAddresses) : adapterFor(kind)) as never,
    jwks: { keys: [...house.keys] as never },
    acrValues,
    clockTolerance: partyClockSeconds.ahead,
    allowOmittingSingleRegisteredRedirectUri: false,
    claims: { ...Object.fromEntries(scopes.map(scope => [scope, claimsOf(scope)])), sid: null, iss: null } as never,
    scopes: ['openid', 'offline_access', ...parties.partyScopes],
    clientAuthMethods: [...parties.authMethods],
    clientDefaults: {
      id_token_signed_response_alg: 'ES256',
      token_endpoint_auth_method: 'private_key_jwt',
      subject_type: 'pairwise',
    },
    extraClientMetadata: { properties: [...ownMetadata] },
    responseTypes: ['code'],
    subjectTypes: ['pairwise'],
    pairwiseIdentifier: (_ctx, accountId, client) => subjectForClient(accountId, client),
    // A party's own pages, to which people return, may call like the party (OpenID Connect Core 5.3).
    clientBasedCORS: (_ctx, origin, client) =>
      (client.redirectUris ?? []).some(address => URL.parse(address)?.origin === origin),
    pkce: { required: () => true },
    enabledJWA: {
      idTokenSigningAlgValues: ['ES256'],
      clientAuthSigningAlgValues: [...parties.signingAlgorithms],
      dPoPSigningAlgValues: proofAlgorithms as never,
      userinfoSigningAlgValues: ['ES256'],
      introspectionSigningAlgValues: ['ES256'],
    },
    cookies: {
      keys: [pepper('cookies', '', '')],
      names: {
        session: isHttps ? '__Host-dinhdanh-oidc' : 'dinhdanh-oidc',
        // Bound to the path of one sign-in, which __Host- does not allow.
        interaction: isHttps ? '__Secure-dinhdanh-asked' : 'dinhdanh-asked',
        resume: isHttps ? '__Secure-dinhdanh-resume' : 'dinhdanh-resume',
      },
      long: { httpOnly: true, sameSite: 'lax', secure: isHttps, path: '/' },
      short: { httpOnly: true, sameSite: 'lax', secure: isHttps },
    },
    discovery: {
      ui_locales_supported: ['vi', 'en'],
      claims_locales_supported: ['vi'],
      // RFC 8414, section 2: without it client_secret_basic would be assumed, which no client has here.
      revocation_endpoint_auth_methods_supported: parties.authMethods,
      revocation_endpoint_auth_signing_alg_values_supported: parties.signingAlgorithms,
      service_documentation: `${origin}/developers/`,
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: true, nonceSecret: Buffer.from(pepper('dpop-nonce', '', ''), 'base64url'), requireNonce },
      pushedAuthorizationRequests: { enabled: true },
      claimsParameter: {
        enabled: true,
        assertClaimsParameter: async (_ctx, claims, client) => checkClaims(claims as never, client),
      },
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
        defaultResource: ctx =>
          (ctx.oidc.params?.['grant_type'] === 'client_credentials' ? apiAddress(origin) : []) as never,
        useGrantedResource: () => true,
        getResourceServerInfo: (ctx, resource) => {
          // Parties call the API as themselves; what a person lets them see is at userinfo.
          if (resource !== apiAddress(origin) || ctx.oidc.params?.['grant_type'] !== 'client_credentials')
            throw new errors.InvalidTarget()
          return {
            scope: parties.partyScopes.join(' '),
            audience: apiAddress(origin),
            accessTokenFormat: 'opaque',
            accessTokenTTL: tokenMinutes.accessToken * minute,
          }
        },
      },
      fapi: {
        enabled: true,
        profile: (_ctx: KoaContextWithOIDC, client: Client) => (isFapi(client) ? '2.0' : undefined),
      } as never,
    },
    ttl: {
      AccessToken: tokenMinutes.accessToken * minute,
      AuthorizationCode: tokenMinutes.code * minute,
      ClientCredentials: tokenMinutes.accessToken * minute,
      IdToken: tokenMinutes.idToken * minute,
      Interaction: tokenMinutes.interaction * minute,
      // Counted from the first of its family, which was granted in a session that ends by then.
      RefreshToken: (_ctx, token) => Math.max(1, sessionSeconds() - token.totalLifetime()),
      Session: sessionSeconds,
      Grant: grantSeconds,
    },
    // Everything ends with the session in which it was granted.
    expiresWithSession: () => true,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    // FAPI 2.0 Security Profile 5.3.2.1: a confidential client's refresh token is bound to its key and not rotated; an
    // unbound one is rotated each time.
    rotateRefreshToken: ctx => !isFapi(ctx.oidc.client),
    // A grant is a consent, for all of a person's browsers: it ends with the consent alone, and a revocation ends a
    // token family (artifact-adapter.ts).
    revokeGrantPolicy: () => false,
    interactions: {
      policy: policyOf({
        async isOurs(ctx) {
          const session = await coalescedReads(openWork).session(house.sessionToken(ctx.req.headers.cookie))
          if (!session || subjectText(subjectOfSession(session)) !== ctx.oidc.session?.accountId) return false
          const exchange = getCurrentExchange()
          if (sessions.isSeenStale(session, now())) exchange.also.push(work => sessions.updateSeen(work, session))
          exchange.ours = session
          return true
        },
        async factorsOf(ctx) {
          const reads = coalescedReads(openWork)
          const session = await reads.session(house.sessionToken(ctx.req.headers.cookie))
          if (!session) return []
          const status = accountStatusOf(await reads.accounts(session.personId), session.accountId, now())
          return countedNow(session.factors, status?.heldUntil !== undefined)
        },
        async isSandboxed(ctx) {
          const personId = readSubject(ctx.oidc.session?.accountId)?.personId
          if (!personId || house.isDemonstration()) return true
          return (await coalescedReads(openWork).isSandboxPerson(personId)) === isSandbox(ctx.oidc.client)
        },
      }),
      url: (_ctx, interaction) => house.interactionPath(interaction.uid),
    },
    async loadExistingGrant(ctx) {
      const justGiven = ctx.oidc.result?.consent?.grantId
      if (justGiven) return ctx.oidc.provider.Grant.find(justGiven)
      const subject = readSubject(ctx.oidc.session?.accountId)
      if (!subject || !ctx.oidc.client) return undefined
      const { clientId } = ctx.oidc.client
      const consent = await coalescedReads(openWork).consent({ subject, clientId })
      // A later account of the person starts without consents.
      if (consent?.accountId !== subject.accountId) return undefined
      const asked = purposesOf(ctx.oidc.client, ctx.oidc.requestParamScopes, ctx.oidc.requestParamClaims)
      return consents.coversPurposes(consent, asked) ? ctx.oidc.provider.Grant.find(consent.grantId) : undefined
    },
    findAccount: findAccount as never,
    renderError: async (ctx, out, error) => errorPage(ctx, out, error),
    assertJwtClientAuthClaimsAndHeader: async (ctx, claims) => checkAssertion(ctx, claims as ClientAssertionClaims),
    fetch: callParty({ withLoopback: () => house.calledAddresses().demonstration }) as never,
    fetchResponseBodyLimits: {
      jwks_uri: 256 * 1024,
      sector_identifier_uri: 64 * 1024,
      'client_id metadata document': 5 * 1024,
    } as never,
  })
  provider.proxy = true
  extendReplayMemory(provider)
  followProvider(provider)
  maintainClientKeys(provider)
  return provider
}
