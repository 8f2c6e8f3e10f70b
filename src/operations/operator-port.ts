import Fastify, { type FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import { serveMetrics } from '../platform/http/metrics.ts'
import { tlsOptions } from '../platform/http/tls.ts'
import { Problem, problemBody } from '../platform/problem.ts'
import { listen } from './listen.ts'

export type OperatorPort = {
  readonly registry: Registry
  readonly https?: { readonly key: string; readonly cert: string }
  serveHealth(app: FastifyInstance): void
}

/**
 * A port of the operator's, which a firewall opens by itself: /metrics and /health, and nothing that anybody else asks
 * for. It answers on while the port of all pages is full.
 */
export function makeOperatorPort({ registry, https, serveHealth }: OperatorPort): FastifyInstance {
  const options = { logger: false, connectionTimeout: 60_000, requestTimeout: 30_000 }
  const app = (https
    ? Fastify({ ...options, https: { ...https, ...tlsOptions } })
    : Fastify(options)) as unknown as FastifyInstance
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })
  app.setErrorHandler((error, request, reply) => {
    if (!(error instanceof Problem)) return reply.code(500).send({ status: 500 })
    return reply.code(error.kind.status).type('application/problem+json').send(problemBody(error, request.id))
  })
  serveHealth(app)
  serveMetrics(app, registry, { to: 'everybody' })
  return app
}

/** Opens that port; undefined where it is 0. Throws what `listen` throws. */
export async function openOperatorPort(
  at: { readonly host: string; readonly port: number },
  of: OperatorPort,
): Promise<FastifyInstance | undefined> {
  if (at.port === 0) return undefined
  const app = makeOperatorPort(of)
  await listen(app, at)
  return app
}
