import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ActivityNotes, newActivity, runInActivity } from '../activity.ts'
import { now } from '../clock.ts'
import { statusOf } from '../limits/limits.ts'
import { type FaultRecord, recordOfFault } from '../observation/fault-record.ts'
import type { RequestRecord, RequestRecords } from '../observation/observation.ts'
import type { RequestTrace, Traces } from '../observation/traces.ts'
import { isOfWholeDatabase } from '../problems-database.ts'
import type { Actor } from '../work.ts'

/**
 * What happened to each request: who tries doors leaves a trail, and whoever is given a request's id finds out what it
 * met. Of a request its method and route, the kind of its actor, the purpose, the status and code of the answer, and
 * how much it took; the log has the id of whoever is signed in besides. No address, no value that was sent.
 */

type Observed = {
  readonly activity: ActivityNotes
  readonly trace?: RequestTrace
  readonly bytesBefore: number
  code?: string
  fault?: FaultRecord
  /** Milliseconds until the answer was ready. What a slow line took to bring a file or to fetch one is not counted. */
  readyAfter?: number
  arriving: number
  by?: string
}

const observed = new WeakMap<FastifyRequest, Observed>()

/** Keeps the code of a refusal. */
export function noteRefusalCode({ request }: FastifyReply, code: string): void {
  const here = observed.get(request)
  if (here) here.code = code
}

/** Keeps who is signed in: the kind of actor for the record, and the id for the log. */
export function noteCaller(request: FastifyRequest, { kind, id }: Actor): void {
  const here = observed.get(request)
  if (!here) return
  here.by = id
  here.activity.actor = kind
}

/** Keeps how long a file took to arrive. */
export function noteArrival(request: FastifyRequest, milliseconds: number): void {
  const here = observed.get(request)
  if (here) here.arriving += milliseconds
}

const routeOf = ({ routeOptions }: FastifyRequest) => routeOptions.url ?? 'none'

const rounded = (milliseconds: number) => Math.round(milliseconds * 10) / 10

/** What the log and the record say of a request alike. */
const factsOf = (request: FastifyRequest, { activity }: Observed) => ({
  method: request.method,
  route: routeOf(request),
  ...(activity.actor && { actor: activity.actor }),
  ...(activity.purpose && { purpose: activity.purpose }),
  statements: activity.statements,
  works: activity.works,
  ...(activity.waited > 0 && { waited: rounded(activity.waited) }),
})

/** Logs a fault with what is known of its request, and keeps it. */
export function logFault(request: FastifyRequest, reply: FastifyReply, error: Error): void {
  const here = observed.get(request)
  if (here) here.fault = recordOfFault(error)
  request.log.error({ err: error, ...(here && { ...factsOf(request, here), ms: rounded(reply.elapsedTime) }) }, 'fault')
}

const isRefused = (status: number) => (status >= 400 && status < 500) || status === statusOf('wait for a turn')

/** An answer that goes on for as long as its reader listens is not slow. */
const goesOn = (reply: FastifyReply) => String(reply.getHeader('content-type')).startsWith('text/event-stream')

function bytesSent(request: FastifyRequest, reply: FastifyReply, { bytesBefore }: Observed): number {
  const declared = Number(reply.getHeader('content-length'))
  return declared >= 0 ? declared : Math.max(0, (request.raw.socket?.bytesWritten ?? 0) - bytesBefore)
}

const isEmpty = (counts: object) => Object.keys(counts).length === 0

function recordOf(
  request: FastifyRequest,
  reply: FastifyReply,
  here: Observed,
  slowMs: number,
): RequestRecord & { readonly slow?: true } {
  const { activity, code, fault, readyAfter = reply.elapsedTime, arriving } = here
  return {
    at: new Date(now().getTime() - reply.elapsedTime).toISOString(),
    id: request.id,
    ...factsOf(request, here),
    status: reply.statusCode,
    ms: rounded(reply.elapsedTime),
    bytes: bytesSent(request, reply, here),
    ...(code && { code }),
    ...(fault && { fault }),
    ...(readyAfter - arriving >= slowMs && !goesOn(reply) && { slow: true as const }),
    ...(!isEmpty(activity.deeds) && { deeds: activity.deeds }),
    ...(!isEmpty(activity.jobs) && { jobs: activity.jobs }),
  }
}

export type RequestLogging = {
  readonly records?: RequestRecords | undefined
  readonly traces?: Traces | undefined
  /** Milliseconds from which on an answer is slow. */
  readonly slowMs: number
}

/** Observes each request, from before any other hook until its answer has left. */
export function logRequests(app: FastifyInstance, { records, traces, slowMs }: RequestLogging): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const trace = traces?.beginRequest(request.raw)
    const activity = newActivity(trace?.begin)
    const bytesBefore = request.raw.socket?.bytesWritten ?? 0
    observed.set(request, { activity, bytesBefore, arriving: 0, ...(trace && { trace }) })
    runInActivity(activity, done)
  })
  // A body that has come is told by its connection, which is nobody's.
  app.addHook('preValidation', (request, _reply, done) => {
    const here = observed.get(request)
    if (here) runInActivity(here.activity, done)
    else done()
  })
  app.addHook('onSend', async (request, reply) => {
    const here = observed.get(request)
    if (here) here.readyAfter ??= reply.elapsedTime
  })
  app.addHook('onResponse', async (request, reply) => {
    const here = observed.get(request)
    if (!here) return
    const record = recordOf(request, reply, here, slowMs)
    records?.note(record)
    here.trace?.end(record)
    const { slow, status, code, ms } = record
    const told = { ...factsOf(request, here), status, ms, code, by: here.by }
    if (slow) request.log.warn(told, 'slow request')
    // An outage has its own line in the log, however many it refuses; each stands in the records.
    if (isRefused(status) && !(code && isOfWholeDatabase(code))) request.log.info(told, 'refused')
  })
}

/**
 * Has each answer say how many statements it took and for how long it was worked at, as browsers' tools and the tests
 * read it: `Server-Timing: statements;desc=17, total;dur=41.2`. It would tell a stranger what lies behind an answer, so
 * a server does it only where its log is for developers (`logLevel` debug).
 */
export function tellStatements(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply) => {
    const statements = observed.get(request)?.activity.statements ?? 0
    reply.header('server-timing', `statements;desc=${statements}, total;dur=${reply.elapsedTime.toFixed(1)}`)
  })
}
