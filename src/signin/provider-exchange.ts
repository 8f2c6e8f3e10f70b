import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import * as parties from '../parties/parties.ts'
import { now } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import { commit, type Exchange, type Lost, newExchange, within } from './exchange.ts'
import { checkOf, type Failure } from './flight.ts'
import * as store from './store-artifact.ts'

/** What the provider says when it refuses; each is a flight that failed. */
const failures = [
  'authorization.error',
  'grant.error',
  'pushed_authorization_request.error',
  'userinfo.error',
  'revocation.error',
  'end_session.error',
  'discovery.error',
  'jwks.error',
  'server_error',
] as const

type Noted = {
  readonly endpoint: string
  readonly failure: Failure
  readonly clientId?: string | undefined
  readonly seconds?: number | undefined
}

/** Of the request that is being served: what failed in it. */
const failed = new WeakMap<object, Noted>()

/** By how much a party's clock is ahead, where a proof or an assertion of it was refused for its time; it is a claim about a clock, about nobody. */
function clockOf(ctx: KoaContextWithOIDC): number | undefined {
  const jwt = (ctx.oidc?.params?.['client_assertion'] as string | undefined) ?? ctx.get('dpop')
  try {
    const claims = JSON.parse(Buffer.from(String(jwt).split('.')[1] ?? '', 'base64url').toString()) as { iat?: number }
    return typeof claims.iat === 'number' ? claims.iat - Math.floor(now().getTime() / 1000) : undefined
  } catch {
    return undefined
  }
}

function listen(provider: Provider, log: Log): void {
  provider.on('server_error', (_ctx, error) => log.error({ err: error }, 'fault of the provider'))

  const note = (ctx: KoaContextWithOIDC, failure: Failure) =>
    void failed.set(ctx.req, {
      endpoint: ctx.oidc?.route ?? 'none',
      failure,
      clientId: ctx.oidc?.client?.clientId,
      seconds: clockOf(ctx),
    })
  for (const name of failures) provider.on(name as 'server_error', ((ctx: KoaContextWithOIDC, error: Failure) => note(ctx, error)) as never)
}

/** The standard's answer where somebody else was first. */
const answers: Record<Lost, { readonly status: number; readonly error: string; readonly said: string }> = {
  'used-already': { status: 400, error: 'invalid_grant', said: 'grant request is invalid' },
  replayed:       { status: 401, error: 'invalid_client', said: 'client authentication failed' },
  'grant-gone':   { status: 400, error: 'invalid_grant', said: 'grant request is invalid' },
} // biome-ignore format: a table

/** A code that two used at once is a code that was stolen: what the first got ends too (RFC 6749, section 4.1.2). */
function afterLost(openWork: OpenWork, exchange: Exchange, lost: Lost): Promise<unknown> {
  if (lost !== 'used-already' || ![...exchange.consumed.values()].some(({ kind }) => kind === 'AuthorizationCode')) return Promise.resolve()
  const grants = [...exchange.grants]
  return openWork({ ...asSystem('sign-in', 'none'), requestId: exchange.requestId }, async work => {
    await store.openDoor(work)
    for (const grantId of grants) await store.deleteByGrant(work, ['AccessToken', 'RefreshToken', 'AuthorizationCode'], grantId)
  })
}

/** Everything that one request of the provider writes is committed before its answer leaves. */
function writeAsOne(provider: Provider, openWork: OpenWork): void {
  provider.use(async (ctx, next) => {
    const requestId = String(ctx.res.getHeader('x-request-id') ?? '')
    const exchange = newExchange(requestId)
    await within(exchange, async () => {
      await next()
      noteFlight(ctx as KoaContextWithOIDC, exchange)
      const lost = await commit(openWork, exchange)
      if (!lost) return
      const { status, error, said } = answers[lost]
      await afterLost(openWork, exchange, lost)
      const flight = newExchange(requestId)
      const check =
        lost === 'replayed'
          ? ctx.get('dpop')
            ? 'dpop-replayed'
            : 'assertion-replayed'
          : lost === 'used-already'
            ? 'code-used'
            : 'grant-gone'
      flight.also.push(work =>
        parties.noteFlight(work, {
          requestId,
          endpoint: (ctx as KoaContextWithOIDC).oidc?.route ?? 'token',
          outcome: 'failed',
          check,
          error,
        }),
      )
      await commit(openWork, flight)
      ctx.status = status
      ctx.body = { error, error_description: said }
    })
  })
}

/** Doors whose passing is worth a row: others are asked by machines for each page. */
const told = new Set(['authorization', 'resume', 'token'])

function noteFlight(ctx: KoaContextWithOIDC, { requestId, also }: Exchange): void {
  const noted = failed.get(ctx.req)
  const clientId = ctx.oidc?.client?.clientId
  if (noted) {
    const { endpoint, failure, seconds } = noted
    const check = checkOf(failure)
    const isAboutTime = /clock|expired|iat/.test(check)
    also.push(work =>
      parties.noteFlight(work, {
        requestId,
        clientId: noted.clientId ?? clientId,
        endpoint,
        outcome: 'failed',
        check,
        error: failure.error,
        ...(isAboutTime && seconds !== undefined && { seconds }),
      }),
    )
  } else if (ctx.oidc && told.has(ctx.oidc.route) && ctx.status < 400 && ctx.oidc.route !== 'authorization')
    also.push(work => parties.noteFlight(work, { requestId, clientId, endpoint: ctx.oidc.route, outcome: 'passed' }))
}

/** Lets a provider write as one, and its failures be noted. Once a provider. */
export function dress(provider: Provider, { openWork, log }: { openWork: OpenWork; log: Log }): void {
  listen(provider, log)
  writeAsOne(provider, openWork)
}
