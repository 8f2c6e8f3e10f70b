import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Histogram, type Registry } from 'prom-client'
import { countingStatements } from '../db.ts'
import { requestProblem } from './problems.ts'

/** From this machine itself, and handed on by no proxy. */
const isFromHere = ({ socket, headers }: FastifyRequest): boolean =>
  /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/.test(socket.remoteAddress ?? '') &&
  ['forwarded', 'x-forwarded-for', 'via', 'x-real-ip'].every(name => headers[name] === undefined)

/**
 * What monitoring on this machine reads at /metrics: the process, and how long each route takes, by method and status.
 * For everybody else there is no such page.
 */
export function serveMetrics(app: FastifyInstance, registry: Registry) {
  collectDefaultMetrics({ register: registry })
  const took = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    took.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    )
  })
  app.get('/metrics', async (request, reply) => {
    if (!isFromHere(request)) throw requestProblem('page-unknown')
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

/**
 * Has each answer say how many statements it took and for how long it was worked at, as browsers' tools and the tests
 * read it: `Server-Timing: statements;desc=17, total;dur=41.2`. It would tell a stranger what lies behind an answer, so
 * a server does it only where its log is for developers (`logLevel` debug).
 */
export function tellStatements(app: FastifyInstance) {
  const texts = new WeakMap<FastifyRequest, string[]>()
  app.addHook('onRequest', (request, _reply, done) => {
    const own: string[] = []
    texts.set(request, own)
    countingStatements(own, done)
  })
  app.addHook('onSend', async (request, reply) => {
    const statements = texts.get(request)?.length ?? 0
    reply.header('server-timing', `statements;desc=${statements}, total;dur=${reply.elapsedTime.toFixed(1)}`)
  })
}
