import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Histogram, type Registry } from 'prom-client'
import { requestProblem } from './problems.ts'

/** From this machine itself, and handed on by no proxy. */
const isFromHere = ({ socket, headers }: FastifyRequest): boolean =>
  /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/.test(socket.remoteAddress ?? '') &&
  ['forwarded', 'x-forwarded-for', 'via', 'x-real-ip'].every(name => headers[name] === undefined)

/** Measures the process, and how long each route takes, by method and status. */
export function measureRequests(app: FastifyInstance, registry: Registry): void {
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
}

/**
 * What monitoring reads at /metrics. On the port of all pages it is for programs of this machine alone, and for
 * everybody else there is no such page; on a port of the operator's the firewall decides who comes.
 */
export function serveMetrics(
  app: FastifyInstance,
  registry: Registry,
  { to = 'this-machine' }: { readonly to?: 'this-machine' | 'everybody' } = {},
): void {
  app.get('/metrics', async (request, reply) => {
    if (to === 'this-machine' && !isFromHere(request)) throw requestProblem('page-unknown')
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}
