import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import * as parties from '../../parties/parties.ts'
import type { Log } from '../../platform/log.ts'
import { asSystem, type OpenWork } from '../../platform/work.ts'
import { type Exchange, type Lost, newExchange, spendFirsts, within } from '../exchange/exchange.ts'
import { commit } from '../exchange/writer.ts'
import { atTheDoor } from '../sign-in-scope.ts'
import * as store from '../store.ts'
import { suspendedIn } from './client.ts'
import { checkOf, detailOf, type Failure } from './flight.ts'
import { errorPage, goOnPage, ownPage } from './pages.ts'
import { aheadBy, claimsIn, waitForProof } from './party-clock.ts'
import { addressOf, turnToGet } from './post.ts'
import { proofAlgorithms } from './provider.ts'

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

type Told =
  | { readonly outcome: 'passed' }
  | { readonly outcome: 'failed'; readonly failure: Failure }
  | { readonly outcome: 'fault' }

/** The provider's outcome of the request being served. */
const told = new WeakMap<object, Told>()

function listen(provider: Provider, log: Log): void {
  provider.on('server_error', (ctx, error) => {
    told.set(ctx.req, { outcome: 'fault' })
    log.error({ err: error }, 'fault of the provider')
  })
  const on = provider.on.bind(provider) as unknown as (
    name: string,
    heard: (ctx: KoaContextWithOIDC, failure: Failure) => void,
  ) => void
  for (const name of failures)
    on(name, (ctx, { error, error_description, error_detail, message }) => {
      const failure = { endpoint: ctx.oidc.route, error, error_description, error_detail, message } as Failure
      told.set(ctx.req, { outcome: 'failed', failure })
    })
  for (const name of passes) on(name, ctx => void told.set(ctx.req, { outcome: 'passed' }))
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
  aheadBy(claimsIn(check.startsWith('dpop') ? ctx.get('dpop') : assertionOf(ctx)))

/** The client that the request claims. The recorder only keeps registered ones. */
function claimedClient(ctx: KoaContextWithOIDC): string | undefined {
  const { sub } = claimsIn(assertionOf(ctx))
  return (
    ctx.oidc?.client?.clientId ??
    ctx.oidc?.accessToken?.clientId ??
    paramOf(ctx, 'client_id') ??
    (typeof sub === 'string' ? sub.slice(0, 200) : undefined)
  )
}

const noteOf = (
  ctx: KoaContextWithOIDC,
  exchange: Exchange,
  check: parties.FlightCheck,
  error: string | undefined,
) => ({
  requestId: exchange.requestId,
  clientId: claimedClient(ctx),
  endpoint: ctx.oidc?.route ?? doorOf(ctx.path) ?? 'none',
  outcome: 'failed' as const,
  check,
  error,
  ...(/clock|expired|iat/.test(check) && { seconds: clockOf(ctx, check) }),
})

function noteFlight(ctx: KoaContextWithOIDC, exchange: Exchange, said: Told): void {
  const { flights, requestId } = exchange
  if (said.outcome === 'fault') return
  if (said.outcome === 'passed') {
    const { route, client } = ctx.oidc
    flights.push({ requestId, clientId: client?.clientId, endpoint: route, outcome: 'passed' })
    return
  }
  const failure = corrected(ctx, said.failure)
  const suspended = suspendedIn(exchange)
  const found = checkOf(failure, paramOf(ctx, 'grant_type'))
  const check = found === 'client-unknown' && suspended ? 'client-suspended' : found
  const detail = detailOf(check, failure)
  flights.push({ ...noteOf(ctx, exchange, check, failure.error), ...(detail && { detail }) })
}

/** Errors of oidc-provider that differ from the standard's. */
const corrections: readonly (readonly [said: RegExp, status: number, error: string])[] = [
  [/requested grant type is not allowed/, 400, 'unauthorized_client'], // RFC 6749, section 5.2
  [/client_id mismatch/, 401, 'invalid_client'], // RFC 7521, section 4.2.1
  [/client_assertion format/, 401, 'invalid_client'],
  [/client_assertion_type must have/, 401, 'invalid_client'],
]

/** Replaces the error by the standard's, also in the answer. */
function corrected(ctx: KoaContextWithOIDC, failure: Failure): Failure {
  const [, status, error] = corrections.find(([said]) => said.test(failure.error_description ?? '')) ?? []
  if (!error || !status || typeof ctx.body !== 'object') return failure
  const body = { ...(ctx.body as object), error }
  ctx.status = status
  ctx.body = body
  return { ...failure, error }
}

type Answer = {
  readonly status: number
  readonly error: string
  readonly said: string
  readonly check: parties.FlightCheck
}

const badGrant = (check: parties.FlightCheck): Answer => ({
  status: 400,
  error: 'invalid_grant',
  said: 'grant request is invalid',
  check,
})

/** The error for a request that lost to another: what the provider answers to a later one. */
function answerTo(ctx: KoaContextWithOIDC, lost: Lost): Answer {
  if (lost.why === 'quota')
    return {
      status: 429,
      error: 'temporarily_unavailable',
      said: 'the quota of this client is used up',
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
    return { status: 401, error: 'invalid_client', said: 'client authentication failed', check: 'assertion-replayed' }
  if (ctx.oidc.route === 'userinfo')
    return { status: 401, error: 'invalid_token', said: 'invalid token provided', check: 'dpop-replayed' }
  // RFC 9449, section 5.
  return { status: 400, error: 'invalid_dpop_proof', said: 'DPoP proof JWT Replay detected', check: 'dpop-replayed' }
}

/**
 * Two simultaneous uses mean a stolen code, so the tokens of the first end too (RFC 6749, section 4.1.2), as with a
 * later second use (adapter.ts).
 */
async function endStolen(openWork: OpenWork, { requestId, shown }: Exchange, lost: Lost): Promise<void> {
  if (lost.why !== 'used-already' || lost.kind !== 'AuthorizationCode' || !shown) return
  await atTheDoor(openWork, requestId, work => store.deleteLine(work, shown))
}

/** Removes an answer whose exchange was not committed. */
function takeBack(ctx: KoaContextWithOIDC): void {
  for (const name of ['location', 'set-cookie', 'www-authenticate']) ctx.remove(name)
}

const isBrowsing = (ctx: KoaContextWithOIDC) => ctx.oidc?.route === 'authorization' || ctx.oidc?.route === 'resume'

/**
 * Reports an error by the browser's redirect, if the address is known to be the party's (RFC 6749, section 4.1.2.1; RFC
 * 9207).
 */
function sendBack(ctx: KoaContextWithOIDC, { error, said }: Answer): void {
  const state = paramOf(ctx, 'state')
  const back = new URL(paramOf(ctx, 'redirect_uri') ?? '')
  const answer = { error, error_description: said, ...(state !== undefined && { state }), iss: ctx.oidc.issuer }
  for (const [name, value] of Object.entries(answer)) back.searchParams.set(name, value)
  ctx.status = 303
  ctx.redirect(back.href)
}

async function answerLost(ctx: KoaContextWithOIDC, openWork: OpenWork, exchange: Exchange, lost: Lost): Promise<void> {
  const answer = answerTo(ctx, lost)
  takeBack(ctx)
  await endStolen(openWork, exchange, lost)
  if (isBrowsing(ctx) && lost.why !== 'quota') {
    // The browser asks again with the present state: it signs in, consents, or learns that the interaction ended.
    ctx.status = 303
    ctx.redirect(addressOf(ctx))
    return
  }
  await spendFirsts(openWork, exchange)
  await openWork({ ...asSystem('sign-in', 'none'), requestId: exchange.requestId }, work =>
    parties.noteFlight(work, noteOf(ctx, exchange, answer.check, answer.error)),
  )
  if (isBrowsing(ctx)) return sendBack(ctx, answer)
  ctx.status = answer.status
  ctx.body = { error: answer.error, error_description: answer.said }
  if (ctx.oidc.route === 'userinfo') ctx.set('www-authenticate', challenge(ctx, answer))
}

/** RFC 9110, section 11.6.1; RFC 9449, section 7.1: as the provider itself writes it. */
const challenge = ({ oidc }: KoaContextWithOIDC, { error, said }: Answer): string =>
  `DPoP realm="${oidc.issuer}", error="${error}", error_description="${said}", algs="${proofAlgorithms.join(' ')}"`

/** What could not be committed did not happen, and the caller may retry. */
function answerFault(ctx: KoaContextWithOIDC, log: Log, error: unknown): void {
  log.error({ err: error }, 'what the provider did could not be kept')
  takeBack(ctx)
  ctx.status = 500
  const out = { error: 'server_error', error_description: 'nothing was changed; try again' }
  if (ctx.accepts('json', 'html') === 'html') errorPage(ctx, out, new Error(out.error))
  else ctx.body = out
}

/** Methods allowed on each path. */
const doors: Readonly<Record<string, { readonly name: string; readonly allow: string }>> = {
  '/request': { name: 'pushed_authorization_request', allow: 'POST' },
  '/token': { name: 'token', allow: 'POST' },
  '/token/revocation': { name: 'revocation', allow: 'POST' },
  '/me': { name: 'userinfo', allow: 'GET, POST' },
}
const doorOf = (path: string) => doors[path]?.name

function refuseMethod(ctx: KoaContextWithOIDC, exchange: Exchange): void {
  const door = doors[ctx.path]
  if (ctx.oidc || ctx.status !== 404 || !door) return
  ctx.status = 405
  ctx.set('allow', door.allow)
  ctx.body = { error: 'invalid_request', error_description: `this endpoint takes ${door.allow}` }
  exchange.flights.push(noteOf(ctx, exchange, 'method', 'invalid_request'))
}

/** Removes a response mode that oidc-provider lists and this installation does not support. */
function tellModes({ oidc, body }: KoaContextWithOIDC): void {
  if (oidc?.route === 'discovery') Object.assign(body as object, { response_modes_supported: ['query', 'fragment'] })
}

async function serve(
  ctx: KoaContextWithOIDC,
  exchange: Exchange,
  next: () => Promise<unknown>,
): Promise<Lost | undefined> {
  const policy = ctx.response.get('content-security-policy')
  await next()
  ownPage(ctx, policy)
  refuseMethod(ctx, exchange)
  tellModes(ctx)
  const said = told.get(ctx.req)
  // After a fault the collected writes are dropped, because half of them would be worse than none.
  if (said?.outcome === 'fault') return undefined
  if (said) noteFlight(ctx, exchange, said)
  return commit(exchange)
}

/** A party only sees the browser's redirect of a failed sign-in, so the redirect carries the correlation id. */
function tellId(ctx: KoaContextWithOIDC, { requestId }: Exchange): void {
  const back = isBrowsing(ctx) ? URL.parse(ctx.response.get('location')) : null
  if (!back?.searchParams.has('error') || back.origin === new URL(ctx.oidc.issuer).origin) return
  back.searchParams.set('request_id', requestId)
  ctx.set('location', back.href)
}

/**
 * A sign-out is a form, too, and may lead to the party, so a page redirects (src/signin/pages/pages.ts). A person who
 * stays signed in and has no waiting party comes to their own page.
 */
function leadOn(ctx: KoaContextWithOIDC): void {
  const told = ctx.response.get('location')
  if (ctx.oidc?.route !== 'end_session_confirm' || !told) return
  const stays = paramOf(ctx, 'logout') === undefined && told.startsWith(ctx.oidc.urlFor('end_session_success'))
  const next = stays ? '/citizen/' : told
  ctx.status = 200
  ctx.remove('location')
  ctx.set('refresh', `0;url=${next}`)
  goOnPage(ctx, next)
}

/** Commits everything that one request of the provider writes before its answer leaves. */
function writeAsOne(provider: Provider, openWork: OpenWork, log: Log): void {
  provider.use(async (koa, next) => {
    const ctx = koa as unknown as KoaContextWithOIDC
    if (await turnToGet(ctx)) return
    await waitForProof(ctx.req)
    const exchange = newExchange(openWork, String(ctx.res.getHeader('x-request-id') ?? ''))
    try {
      const lost = await within(exchange, () => serve(ctx, exchange, next))
      if (lost) await answerLost(ctx, openWork, exchange, lost)
      tellId(ctx, exchange)
      leadOn(ctx)
    } catch (error) {
      answerFault(ctx, log, error)
    }
  })
}

/** Adds commits and failure notes to a provider. Call it once for each. */
export function dress(provider: Provider, { openWork, log }: { openWork: OpenWork; log: Log }): void {
  listen(provider, log)
  writeAsOne(provider, openWork, log)
}
