import type { FastifyRateLimitStoreCtor } from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Endpoint } from '../endpoint.ts'
import { type Caller, type Counted, type KnownCallers, openKnownCallers, runAs } from '../limits/caller.ts'
import { laneOfRoute } from '../limits/lanes.ts'
import { type LaneId, rateRow } from '../limits/limits.ts'
import type { MinuteCounts } from '../limits/minute-counts.ts'
import { requestsAMinuteOf } from '../limits/own-rates.ts'
import { tooManyRequests } from '../limits/problems.ts'
import type { RateId } from '../rate.ts'
import { networkOf } from '../throttling/slowdown.ts'
import type { ProveConnection } from './connections.ts'
import { countedTokenFor, countedTokenIn, keepCountedToken } from './cookie-tokens.ts'

/**
 * As whom a request is counted: as the officer, citizen or client whose session or token it brings, where that was
 * found valid before; else, in the lane of the door, as whoever has signed in from its browser, or as the network that
 * it comes from.
 */

/** As whom somebody is counted, and the secret by which their requests are known. */
export type CountedBy = { readonly secret: string; readonly as: Counted }

type RouteConfig = { readonly door?: Pick<Endpoint, 'right' | 'rate'>; readonly lane?: LaneId }

declare module 'fastify' {
  interface FastifyInstance {
    readonly knownCallers: KnownCallers
  }
}

type CountedRequest = {
  readonly caller: Caller
  /** As whom it is counted as long as no session of it was found valid. */
  readonly before: Counted
  /** The token of its browser, and the one that the browser is to have from now on. */
  readonly browser: string | undefined
  nextBrowser?: string
}

const callers = new WeakMap<FastifyRequest, CountedRequest>()

const strangerOf = (request: FastifyRequest): Counted => ({
  lane: (request.routeOptions.config as RouteConfig | undefined)?.lane ?? 'open',
  key: networkOf(request.ip),
})

/** Of these lanes are people, who sign in from browsers. */
const ofPeople: readonly LaneId[] = ['officers', 'citizens']

/** More cookies than a browser of ours has are not looked at. */
const mostCookies = 20

/** The secrets that a request brings: the token of its head, the values of its cookies. */
function* secretsIn({ headers, cookies }: FastifyRequest): Generator<string> {
  const token = headers.authorization?.split(' ').at(-1)
  if (token) yield token
  for (const value of Object.values(cookies).slice(0, mostCookies)) if (value) yield value
}

/** Officers' and citizens' sessions may stand side by side in one browser: that of the door is taken first. */
function findKnown(request: FastifyRequest, known: KnownCallers): Counted | undefined {
  const found = [...secretsIn(request)].flatMap(secret => known.find(secret) ?? [])
  const ofCitizens = /^\/(citizen|account|activate|oidc)\b/.test(request.url)
  return found.find(({ lane }) => (lane === 'citizens') === ofCitizens) ?? found[0]
}

/** The caller of a request, as it is counted now. */
export const callerOf = (request: FastifyRequest): Counted => callers.get(request)?.caller ?? strangerOf(request)

/** From now on this request, and later ones with the same secret, are counted as somebody who is known. */
export function rememberCaller(request: FastifyRequest, { secret, as }: CountedBy): void {
  const counted = callers.get(request)
  // Requests that no server took have no lane; health has one whoever asks.
  if (!counted || counted.caller.lane === 'health') return
  request.server.knownCallers.remember(secret, as)
  Object.assign(counted.caller, as)
  if (ofPeople.includes(as.lane) && !request.headers.authorization) counted.nextBrowser = countedTokenFor(as.key)
}

/** The session of a lane that a request brought is over: it is a stranger's again. */
export function forgetCaller(request: FastifyRequest, lane: LaneId): void {
  const counted = callers.get(request)
  if (!counted || counted.caller.lane !== lane || counted.caller.key === counted.before.key) return
  for (const secret of secretsIn(request)) request.server.knownCallers.forget(secret)
  Object.assign(counted.caller, counted.before)
}

/** The subject of a route, as its address names it: `persons` of `/api/persons/:id`, `citizen` of `/citizen/cards`. */
const topicOf = (route: string): string => route.split('/').find(part => part !== '' && part !== 'api') ?? ''

/**
 * Gives every route its lane, and serves each request as its caller's. Needs the cookies that are read. `prove` is told
 * of connections over which somebody asks who has signed in.
 */
export function countCallers(app: FastifyInstance, prove: ProveConnection): void {
  app.decorate('knownCallers', openKnownCallers())
  app.addHook('onRoute', route => {
    const { door } = (route.config ?? {}) as RouteConfig
    route.config = { ...route.config, lane: laneOfRoute(route.url, door) } as typeof route.config & RouteConfig
  })
  app.addHook('onRequest', (request, _reply, done) => {
    const stranger = strangerOf(request)
    const known = stranger.lane === 'health' ? undefined : findKnown(request, app.knownCallers)
    const browser = stranger.lane === 'health' ? undefined : countedTokenIn(request)
    const before = browser === undefined ? stranger : { ...stranger, key: `browser ${browser}` }
    const topic = topicOf(request.routeOptions.url ?? '')
    const caller = { ...(known ?? before), topic, isGone: () => request.raw.socket?.destroyed === true }
    if (caller.key !== stranger.key) prove(request.raw.socket, caller.key)
    callers.set(request, { caller, before, browser })
    runAs(caller, done)
  })
  app.addHook('onSend', async (request, reply) => {
    const { browser, nextBrowser } = callers.get(request) ?? {}
    if (nextBrowser !== undefined && nextBrowser !== browser) keepCountedToken(request, reply, nextBrowser)
  })
  // A body that has come is told by its connection, which is nobody's.
  app.addHook('preValidation', (request, _reply, done) => {
    const { caller } = callers.get(request) ?? {}
    if (caller) runAs(caller, done)
    else done()
  })
}

type OfRow = { readonly rateId?: RateId; readonly routeInfo?: { readonly method?: unknown; readonly url?: unknown } }

/**
 * Where the plugin that counts requests keeps its counts: among those that several processes share. A route that names
 * a row of the table is counted by itself, all others together.
 */
export function rateStoreOf(counts: MinuteCounts): FastifyRateLimitStoreCtor {
  return class RateStore {
    readonly #of: string

    constructor({ rateId = 'general', routeInfo }: OfRow = {}) {
      this.#of = [rateId, ...(routeInfo ? [routeInfo.method, routeInfo.url] : [])].join(' ')
    }

    incr(
      key: string,
      take: (error: Error | null, result?: { current: number; ttl: number }) => void,
      _timeWindow: number,
      most: number,
    ): void {
      const { count, milliseconds } = counts.add({ of: this.#of, key }, most)
      take(null, { current: count, ttl: milliseconds })
    }

    child = (ofRoute: OfRow) => new RateStore(ofRoute)
  } as unknown as FastifyRateLimitStoreCtor
}

/** What the plugin that counts requests is told of a row of the table. */
export function rateLimitOf(id: RateId) {
  const { measure, who } = rateRow(id)
  if (measure.by !== 'requests a minute') throw new TypeError(`${id} is no rate`)
  const isOfNetwork = who === 'network'
  const number = requestsAMinuteOf(measure.of)
  const ofNetwork = measure.ofNetwork && requestsAMinuteOf(measure.ofNetwork)
  return {
    rateId: id,
    max:
      ofNetwork === undefined
        ? number
        : (request: FastifyRequest) => (callerOf(request).key === networkOf(request.ip) ? ofNetwork : number),
    // What is thrown is answered as every refusal.
    errorResponseBuilder: (_request: FastifyRequest, { ttl }: { readonly ttl: number }) =>
      tooManyRequests(Math.max(1, Math.ceil(ttl / 1000))),
    timeWindow: '1 minute',
    keyGenerator: (request: FastifyRequest) => (isOfNetwork ? networkOf(request.ip) : callerOf(request).key),
  }
}
