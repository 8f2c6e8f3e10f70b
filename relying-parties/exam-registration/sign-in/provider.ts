import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { type CryptoKey, createRemoteJWKSet, exportJWK, importJWK, type JWK, jwtVerify } from 'jose'
import * as client from 'openid-client'
import type { Exam } from '../exam.ts'
import type { Language } from '../html.ts'
import { isLoopback } from '../origin.ts'
import type { Claims } from '../registering/candidate.ts'
import type { ClientKey } from './client-key.ts'
import { SignInFailure, standardError } from './failure.ts'

/** The levels of an account as the provider's `acr` says them, in their order. */
const acrs = ['urn:dinhdanh:acr:level1', 'urn:dinhdanh:acr:level2'] as const

/** What is kept here while somebody is away to sign in. */
export type Away = {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly dpopKey: string
  readonly requestId: string | null
}

export type SignedIn = {
  readonly issuer: string
  readonly subject: string
  readonly sid: string | undefined
  readonly idToken: string
  readonly level: 1 | 2
  readonly claims: Claims
}

export type LogoutToken = {
  readonly issuer: string
  readonly jti: string
  readonly subject?: string
  readonly sid?: string
}

export type Provider = {
  readonly issuer: URL
  readonly key: ClientKey
  isReady(): boolean
  /** Milliseconds of its slowest answer since this was last asked. */
  slowest(): number
  begin(exam: Exam, language: Language): Promise<{ location: URL; away: Away }>
  finish(exam: Exam, away: Away, callback: URL): Promise<SignedIn>
  logoutUrl(idToken: string, language: Language): URL | undefined
  readLogoutToken(token: string): Promise<LogoutToken>
  stop(): void
}

export type ProviderOptions = {
  readonly issuer: string
  readonly clientId: string
  readonly origin: string
  readonly key: ClientKey
  readonly say: (line: string) => void
}

/** The provider's correlation id of the last answer within a sign-in: by it its engineers find what failed. */
const answered = new AsyncLocalStorage<{ requestId: string | null }>()

const slowness = { worst: 0 }

const noting: client.CustomFetch = async (url, options) => {
  const since = performance.now()
  const response = await fetch(url, options as RequestInit).finally(() => {
    slowness.worst = Math.max(slowness.worst, performance.now() - since)
  })
  const kept = answered.getStore()
  if (kept) kept.requestId = response.headers.get('x-request-id') ?? kept.requestId
  return response
}

const within = async <T>(
  requestId: string | null,
  deed: () => Promise<T>,
): Promise<{ result: T; requestId: string | null }> => {
  const kept = { requestId }
  try {
    return { result: await answered.run(kept, deed), requestId: kept.requestId }
  } catch (error) {
    throw error instanceof SignInFailure ? error : standardError(error, kept.requestId)
  }
}

/**
 * A key pair of one sign-in, to which code and token are bound (RFC 9449); it waits as text, so that a restart
 * meanwhile loses no sign-in.
 */
async function dpopKeyFrom(text: string): Promise<client.CryptoKeyPair> {
  const jwk = JSON.parse(text) as JWK
  const { d: _private, ...open } = jwk
  return {
    privateKey: (await importJWK(jwk, 'ES256')) as CryptoKey,
    publicKey: (await importJWK(open, 'ES256', { extractable: true })) as CryptoKey,
  }
}

const levelOf = (acr: unknown): 1 | 2 | undefined => {
  const at = acrs.indexOf(acr as (typeof acrs)[number])
  if (at === -1) return undefined
  return at === 0 ? 1 : 2
}

/**
 * The identity provider, over HTTP alone. It is asked for until it answers, and sign-in says so meanwhile: code flow
 * with PAR (RFC 9126), PKCE (RFC 7636), DPoP (RFC 9449), private_key_jwt, ES256 only, `state`, `nonce` and `iss` (RFC
 * 9207) checked.
 */
export function openProvider({ issuer, clientId, origin, key, say }: ProviderOptions): Provider {
  const server = new URL(issuer)
  const stopped = new AbortController()
  let ready: { config: client.Configuration; keys: ReturnType<typeof createRemoteJWKSet> } | undefined

  const discover = async () => {
    const config = await client.discovery(
      server,
      clientId,
      { id_token_signed_response_alg: 'ES256' },
      client.PrivateKeyJwt({ key: key.privateKey, kid: key.kid }),
      {
        [client.customFetch]: noting,
        timeout: 15,
        execute: [
          // The signature of an ID token counts, not the line alone by which it came.
          client.enableNonRepudiationChecks,
          // RFC 8252, 7.3: only what does not leave the machine may go without TLS.
          ...(isLoopback(server) ? [client.allowInsecureRequests] : []),
        ],
      },
    )
    const { jwks_uri } = config.serverMetadata()
    if (!jwks_uri) throw new Error('the provider publishes no keys')
    ready = { config, keys: createRemoteJWKSet(new URL(jwks_uri)) }
  }
  const wait = async () => {
    for (let tries = 0; !ready && !stopped.signal.aborted; tries++) {
      await discover().catch(error => {
        if (tries === 0) say(`  waiting for the identity provider at ${issuer} (${(error as Error).message})`)
      })
      if (ready) say(`  the identity provider at ${issuer} answers`)
      else await pause(2_000, undefined, { signal: stopped.signal, ref: false }).catch(() => {})
    }
  }
  void wait()

  const standing = () => {
    if (!ready) throw new SignInFailure('provider-away')
    return ready
  }

  return {
    issuer: server,
    key,
    isReady: () => ready !== undefined,
    slowest() {
      const { worst } = slowness
      slowness.worst = 0
      return worst
    },

    async begin(exam, language) {
      const { config } = standing()
      const keyPair = await client.randomDPoPKeyPair('ES256', { extractable: true })
      const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()]
      const parameters = {
        redirect_uri: `${origin}/sign-in/callback`,
        scope: exam.scopes.join(' '),
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ui_locales: language,
        claims: JSON.stringify({ id_token: { acr: exam.level === 2 ? { essential: true, values: [acrs[1]] } : null } }),
      }
      const { result: location, requestId } = await within(null, () =>
        client.buildAuthorizationUrlWithPAR(config, parameters, { DPoP: client.getDPoPHandle(config, keyPair) }),
      )
      return {
        location,
        away: { state, nonce, verifier, dpopKey: JSON.stringify(await exportJWK(keyPair.privateKey)), requestId },
      }
    },

    async finish(exam, away, callback) {
      const { config } = standing()
      const DPoP = client.getDPoPHandle(config, await dpopKeyFrom(away.dpopKey))
      const { result } = await within(away.requestId, async () => {
        const tokens = await client.authorizationCodeGrant(
          config,
          callback,
          {
            pkceCodeVerifier: away.verifier,
            expectedState: away.state,
            expectedNonce: away.nonce,
            idTokenExpected: true,
          },
          undefined,
          { DPoP },
        )
        const token = tokens.claims()
        if (!token) throw new SignInFailure('answer-wrong', { error: 'id_token_missing' })
        // Whoever is signed in at all has level 1; a level that was asked for as essential must be said (OpenID Connect
        // Core 5.5.1.1).
        const level = levelOf(token['acr']) ?? 1
        if (level < exam.level) throw new SignInFailure('level-too-low', { error: 'acr' })
        const told = await client.fetchUserInfo(config, tokens.access_token, token.sub, { DPoP })
        return { tokens, token, level, told }
      })
      const { tokens, token, level, told } = result
      const sid = token['sid']
      return {
        issuer: token.iss,
        subject: token.sub,
        sid: typeof sid === 'string' ? sid : undefined,
        idToken: tokens.id_token ?? '',
        level,
        claims: { ...token, ...told },
      }
    },

    logoutUrl(idToken, language) {
      if (!ready?.config.serverMetadata().end_session_endpoint) return undefined
      return client.buildEndSessionUrl(ready.config, {
        id_token_hint: idToken,
        post_logout_redirect_uri: `${origin}/signed-out`,
        ui_locales: language,
      })
    },

    /**
     * OpenID Connect Back-Channel Logout 1.0, 2.6. Throws where the token is not one of the provider's for this site.
     */
    async readLogoutToken(token) {
      const { keys, config } = standing()
      const { payload } = await jwtVerify(token, keys, {
        issuer: config.serverMetadata().issuer,
        audience: clientId,
        algorithms: ['ES256'],
        // An ID token is signed by the same key, and is none (Back-Channel Logout 1.0, 2.4).
        typ: 'logout+jwt',
        maxTokenAge: '5 minutes',
        clockTolerance: 30,
        requiredClaims: ['iat', 'jti', 'events'],
      })
      const events = payload['events']
      const isLogout =
        typeof events === 'object' && events !== null && 'http://schemas.openid.net/event/backchannel-logout' in events
      if (!isLogout) throw new Error('events names no back-channel logout')
      if ('nonce' in payload) throw new Error('a logout token has no nonce')
      const { iss = '', jti = '', sub, sid } = payload
      if (!sub && typeof sid !== 'string') throw new Error('neither sub nor sid')
      return { issuer: iss, jti, ...(sub && { subject: sub }), ...(typeof sid === 'string' && { sid }) }
    },

    stop: () => stopped.abort(),
  }
}
