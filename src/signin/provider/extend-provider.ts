import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import * as parties from '../../parties/parties.ts'
import { holdsNul } from '../../platform/http/nul-characters.ts'
import { statusOf } from '../../platform/limits/limits.ts'
import type { Log } from '../../platform/log.ts'
import type { Problem } from '../../platform/problem.ts'
import { findOutage } from '../../platform/problems-database.ts'
import { asSystem, type OpenWork } from '../../platform/work.ts'
import { type Exchange, type LostConflict, newExchange, recordFirsts, withinExchange } from '../exchange/exchange.ts'
import { commit } from '../exchange/shared-writes.ts'
import { inSignInScope } from '../sign-in-scope.ts'
import * as store from '../store.ts'
import { suspendedClientIn } from './client.ts'
import { errorPage, sendContinuePage, sendOwnPage } from './error-and-sign-out-pages.ts'
import { flightCheckOf, flightDetailOf, type ProviderFailure } from './flight-checks.ts'
import { secondsAhead, timeClaimsIn, waitForProof } from './party-clock.ts'
import { addressOf, convertPostToGet } from './request-by-post.ts'
import { proofAlgorithms } from './resource.ts'

/**
 * Commits what a request of the provider writes before its answer leaves, and records its result for the party's
 * engineer.
 */

/** The provider's events of refusals; each is a failed flight. */
const failures = [
  'authorization.error',
  'grant.error',
  'pushed_authorization_request.error',
  'userinfo.error',
  'revocation.error',
  'end_session.error',
  'end_session_confirm.error',
  'end_session_success.error',
  'discovery.error',
  'jwks.error',
] as const
const passes = ['authorization.success', 'grant.success'] as const

type ProviderOutcome =
  | { readonly outcome: 'passed' }
  | { readonly outcome: 'failed'; readonly failure: ProviderFailure }
  /** With the outage, where the database could not do it at that moment. */
  | { readonly outcome: 'fault'; readonly outage: Problem | undefined }

/** The provider's outcome of the request being served. */
const outcomes = new WeakMap<object, ProviderOutcome>()

function listenToProvider(provider: Provider, log: Log): void {
  provider.on('server_error', (ctx, error) => {
    const outage = findOutage(error)
    outcomes.set(ctx.req, { outcome: 'fault', outage })
    // The database's log has a line for the whole of an outage.
    if (!outage) log.error({ err: error }, 'fault of the provider')
  })
  const on = provider.on.bind(provider) as unknown as (
    name: string,
    heard: (ctx: KoaContextWithOIDC, failure: ProviderFailure) => void,
  ) => void
  for (const name of failures)
    on(name, (ctx, { error, error_description, error_detail, message }) => {
      const failure = { endpoint: ctx.oidc.route, error, error_description, error_detail, message } as ProviderFailure
      outcomes.set(ctx.req, { outcome: 'failed', failure })
    })
  for (const name of passes) on(name, ctx => void outcomes.set(ctx.req, { outcome: 'passed' }))
}

const paramOf = (ctx: KoaContextWithOIDC, name: string): string | undefined => {
  const value: unknown = ctx.oidc?.params?.[name]
  return typeof value === 'string' ? value : undefined
}

/** The assertion of the form, because the provider's own list of parameters leaves it out in some places. */
const assertionOf = (ctx: KoaContextWithOIDC): string | undefined => {
  const value: unknown = (ctx.oidc?.body as Record<string, unknown> | undefined)?.['client_assertion']
  return typeof value === 'string' ? value : undefined
}

/**
 * How far a party's clock is ahead, if its proof or assertion was refused for its time. It concerns a clock and no
 * person.
 */
const clockOf = (ctx: KoaContextWithOIDC, check: parties.FlightCheck): number | undefined =>
  secondsAhead(timeClaimsIn(check.startsWith('dpop') ? ctx.get('dpop') : assertionOf(ctx)))

/** The client that the request claims. The recorder only keeps registered ones. */
function claimedClient(ctx: KoaContextWithOIDC): string | undefined {
  const { sub } = timeClaimsIn(assertionOf(ctx))
  const claimed =
    ctx.oidc?.client?.clientId ??
    ctx.oidc?.accessToken?.clientId ??
    paramOf(ctx, 'client_id') ??
    (typeof sub === 'string' ? sub.slice(0, 200) : undefined)
  return holdsNul(claimed) ? undefined : claimed
}

const flightNoteOf = (
  ctx: KoaContextWithOIDC,
  exchange: Exchange,
  check: parties.FlightCheck,
  error: string | undefined,
) => ({
  requestId: exchange.requestId,
  clientId: claimedClient(ctx),
  endpoint: ctx.oidc?.route ?? methodsAt(ctx.path) ?? 'none',
  outcome: 'failed' as const,
  check,
  error,
  ...(/clock|expired|iat/.test(check) && { seconds: clockOf(ctx, check) }),
})

function queueFlight(ctx: KoaContextWithOIDC, exchange: Exchange, outcome: ProviderOutcome): void {
  const { flights, requestId } = exchange
  if (outcome.outcome === 'fault') return
  if (outcome.outcome === 'passed') {
    const { route, client } = ctx.oidc
    flights.push({ requestId, clientId: client?.clientId, endpoint: route, outcome: 'passed' })
    return
  }
  const failure = correctedFailure(ctx, outcome.failure)
  const suspended = suspendedClientIn(exchange)
  const found = flightCheckOf(failure, paramOf(ctx, 'grant_type'))
  const check = found === 'client-unknown' && suspended ? 'client-suspended' : found
  const detail = flightDetailOf(check, failure)
  flights.push({ ...flightNoteOf(ctx, exchange, check, failure.error), ...(detail && { detail }) })
}

/** Errors of oidc-provider that differ from the standard's. */
const corrections: readonly (readonly [said: RegExp, status: number, error: string])[] = [
  [/requested grant type is not allowed/, 400, 'unauthorized_client'], // RFC 6749, section 5.2
  [/client_id mismatch/, 401, 'invalid_client'], // RFC 7521, section 4.2.1
  [/client_assertion format/, 401, 'invalid_client'],
  [/client_assertion_type must have/, 401, 'invalid_client'],
]

/** Replaces the error by the standard's, also in the answer. */
function correctedFailure(ctx: KoaContextWithOIDC, failure: ProviderFailure): ProviderFailure {
  const [, status, error] = corrections.find(([said]) => said.test(failure.error_description ?? '')) ?? []
  if (!error || !status || typeof ctx.body !== 'object') return failure
  const body = { ...(ctx.body as object), error }
  ctx.status = status
  ctx.body = body
  return { ...failure, error }
}

type OAuthError = {
  readonly status: number
  readonly error: string
  readonly description: string
  readonly check: parties.FlightCheck
}

const badGrant = (check: parties.FlightCheck): OAuthError => ({
  status: 400,
  error: 'invalid_grant',
  description: 'grant request is invalid',
  check,
})

/** The error for a request that lost to another: what the provider answers to a later one. */
function errorForLost(ctx: KoaContextWithOIDC, lost: LostConflict): OAuthError {
  if (lost.why === 'quota')
    return {
      status: statusOf('quota of sign-ins'),
      error: 'temporarily_unavailable',
      description: 'the quota of this client is used up',
      check: 'quota',
    }
  if (lost.why === 'used-already') {
    const checks: Readonly<Record<string, parties.FlightCheck>> = {
      RefreshToken: 'refresh-used',
      PushedAuthorizationRequest: 'par-expired',
    }
    return badGrant(checks[lost.kind] ?? 'code-used')
  }
  if (lost.why !== 'replayed') return badGrant('grant-gone')
  // The assertion is checked first, and there is at most one.
  if (lost.which === 0 && assertionOf(ctx) !== undefined)
    return {
      status: 401,
      error: 'invalid_client',
      description: 'client authentication failed',
      check: 'assertion-replayed',
    }
  if (ctx.oidc.route === 'userinfo')
    return { status: 401, error: 'invalid_token', description: 'invalid token provided', check: 'dpop-replayed' }
  // RFC 9449, section 5.
  return {
    status: 400,
    error: 'invalid_dpop_proof',
    description: 'DPoP proof JWT Replay detected',
    check: 'dpop-replayed',
  }
}

/**
 * Two simultaneous uses mean a stolen code, so the tokens of the first end too (RFC 6749, section 4.1.2), as with a
 * later second use (artifact-adapter.ts).
 */
async function endReplayedGrant(openWork: OpenWork, { requestId, shown }: Exchange, lost: LostConflict): Promise<void> {
  if (lost.why !== 'used-already' || lost.kind !== 'AuthorizationCode' || !shown) return
  await inSignInScope(openWork, requestId, work => store.deleteLine(work, shown))
}

/** Removes an answer whose exchange was not committed. */
function clearResponse(ctx: KoaContextWithOIDC): void {
  for (const name of ['location', 'set-cookie', 'www-authenticate']) ctx.remove(name)
}

const isBrowserRequest = (ctx: KoaContextWithOIDC) =>
  ctx.oidc?.route === 'authorization' || ctx.oidc?.route === 'resume'

/**
 * Reports an error by the browser's redirect, if the address is known to be the party's (RFC 6749, section 4.1.2.1; RFC
 * 9207).
 */
function redirectWithError(ctx: KoaContextWithOIDC, { error, description: said }: OAuthError): void {
  const state = paramOf(ctx, 'state')
  const back = new URL(paramOf(ctx, 'redirect_uri') ?? '')
  const answer = { error, error_description: said, ...(state !== undefined && { state }), iss: ctx.oidc.issuer }
  for (const [name, value] of Object.entries(answer)) back.searchParams.set(name, value)
  ctx.status = 303
  ctx.redirect(back.href)
}

async function respondToLost(
  ctx: KoaContextWithOIDC,
  openWork: OpenWork,
  exchange: Exchange,
  lost: LostConflict,
): Promise<void> {
  const answer = errorForLost(ctx, lost)
  clearResponse(ctx)
  await endReplayedGrant(openWork, exchange, lost)
  if (isBrowserRequest(ctx) && lost.why !== 'quota') {
    // The browser asks again with the present state: it signs in, consents, or learns that the interaction ended.
    ctx.status = 303
    ctx.redirect(addressOf(ctx))
    return
  }
  await recordFirsts(openWork, exchange)
  await openWork({ ...asSystem('sign-in', 'none'), requestId: exchange.requestId }, work =>
    parties.recordFlight(work, flightNoteOf(ctx, exchange, answer.check, answer.error)),
  )
  if (isBrowserRequest(ctx)) return redirectWithError(ctx, answer)
  ctx.status = answer.status
  ctx.body = { error: answer.error, error_description: answer.description }
  if (ctx.oidc.route === 'userinfo') ctx.set('www-authenticate', oauthChallenge(ctx, answer))
}

/** RFC 9110, section 11.6.1; RFC 9449, section 7.1: as the provider itself writes it. */
const oauthChallenge = ({ oidc }: KoaContextWithOIDC, { error, description: said }: OAuthError): string =>
  `DPoP realm="${oidc.issuer}", error="${error}", error_description="${said}", algs="${proofAlgorithms.join(' ')}"`

type FaultAnswer = { readonly error: string; readonly error_description: string }

function respondWith(ctx: KoaContextWithOIDC, status: number, answer: FaultAnswer): void {
  clearResponse(ctx)
  ctx.status = status
  if (ctx.accepts('json', 'html') === 'html') errorPage(ctx, answer, new Error(answer.error))
  else ctx.body = answer
}

/** Whoever asked comes again after a time (RFC 6749, section 4.1.2.1; RFC 9110, section 10.2.3). */
function respondToOutage(ctx: KoaContextWithOIDC, { kind, headers }: Problem): void {
  const said = 'the database cannot do this now; try again later'
  respondWith(ctx, kind.status, { error: 'temporarily_unavailable', error_description: said })
  for (const [name, value] of Object.entries(headers)) ctx.set(name, value)
}

/** What could not be committed did not happen, and the caller may retry. */
function respondToFault(ctx: KoaContextWithOIDC, log: Log, error: unknown): void {
  // What was collected is kept by one work at the end, whose failure stands behind this one.
  const outage = findOutage(error) ?? findOutage((error as Error | undefined)?.cause)
  if (outage) {
    respondToOutage(ctx, outage)
    return
  }
  log.error({ err: error }, 'what the provider did could not be kept')
  respondWith(ctx, 500, { error: 'server_error', error_description: 'nothing was changed; try again' })
}

/** Methods allowed on each path. */
const methodsOfPath: Readonly<Record<string, { readonly name: string; readonly allow: string }>> = {
  '/request': { name: 'pushed_authorization_request', allow: 'POST' },
  '/token': { name: 'token', allow: 'POST' },
  '/token/revocation': { name: 'revocation', allow: 'POST' },
  '/me': { name: 'userinfo', allow: 'GET, POST' },
}
const methodsAt = (path: string) => methodsOfPath[path]?.name

function refuseMethod(ctx: KoaContextWithOIDC, exchange: Exchange): void {
  const door = methodsOfPath[ctx.path]
  if (ctx.oidc || ctx.status !== 404 || !door) return
  ctx.status = 405
  ctx.set('allow', door.allow)
  ctx.body = { error: 'invalid_request', error_description: `this endpoint takes ${door.allow}` }
  exchange.flights.push(flightNoteOf(ctx, exchange, 'method', 'invalid_request'))
}

/** Removes a response mode that oidc-provider lists and this installation does not support. */
function completeMetadata({ oidc, body }: KoaContextWithOIDC): void {
  if (oidc?.route === 'discovery') Object.assign(body as object, { response_modes_supported: ['query', 'fragment'] })
}

async function serveExchange(
  ctx: KoaContextWithOIDC,
  exchange: Exchange,
  next: () => Promise<unknown>,
): Promise<LostConflict | undefined> {
  const policy = ctx.response.get('content-security-policy')
  await next()
  sendOwnPage(ctx, policy)
  refuseMethod(ctx, exchange)
  completeMetadata(ctx)
  const said = outcomes.get(ctx.req)
  // After a fault the collected writes are dropped, because half of them would be worse than none.
  if (said?.outcome === 'fault') {
    if (said.outage && ctx.status >= 500) respondToOutage(ctx, said.outage)
    return undefined
  }
  if (said) queueFlight(ctx, exchange, said)
  return commit(exchange)
}

/** A party only sees the browser's redirect of a failed sign-in, so the redirect carries the correlation id. */
function setRequestId(ctx: KoaContextWithOIDC, { requestId }: Exchange): void {
  const back = isBrowserRequest(ctx) ? URL.parse(ctx.response.get('location')) : null
  if (!back?.searchParams.has('error') || back.origin === new URL(ctx.oidc.issuer).origin) return
  back.searchParams.set('request_id', requestId)
  ctx.set('location', back.href)
}

/**
 * A sign-out is a form, too, and may lead to the party, so a page redirects (src/signin/pages/pages.ts). A person who
 * stays signed in and has no waiting party comes to their own page.
 */
function continueInBrowser(ctx: KoaContextWithOIDC): void {
  const told = ctx.response.get('location')
  if (ctx.oidc?.route !== 'end_session_confirm' || !told) return
  const stays = paramOf(ctx, 'logout') === undefined && told.startsWith(ctx.oidc.urlFor('end_session_success'))
  const next = stays ? '/citizen/' : told
  ctx.status = 200
  ctx.remove('location')
  ctx.set('refresh', `0;url=${next}`)
  sendContinuePage(ctx, next)
}

/** Commits everything that one request of the provider writes before its answer leaves. */
function commitAsOne(provider: Provider, openWork: OpenWork, log: Log): void {
  provider.use(async (koa, next) => {
    const ctx = koa as unknown as KoaContextWithOIDC
    if (await convertPostToGet(ctx)) return
    await waitForProof(ctx.req)
    const exchange = newExchange(openWork, String(ctx.res.getHeader('x-request-id') ?? ''))
    try {
      const lost = await withinExchange(exchange, () => serveExchange(ctx, exchange, next))
      if (lost) await respondToLost(ctx, openWork, exchange, lost)
      setRequestId(ctx, exchange)
      continueInBrowser(ctx)
    } catch (error) {
      respondToFault(ctx, log, error)
    }
  })
}

/** Adds commits and failure notes to a provider. Call it once for each. */
export function extendProvider(provider: Provider, { openWork, log }: { openWork: OpenWork; log: Log }): void {
  listenToProvider(provider, log)
  commitAsOne(provider, openWork, log)
}
