import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { House } from './open-house.ts'
import { Problem } from './platform/problem.ts'
import { asSystem } from './platform/work.ts'

/** /health/live: this process answers. /health/ready: it can do work, down to the database. */
export function serveHealth(app: FastifyInstance, house: House) {
  app.get('/health/live', { schema: { hide: true }, config: { rateLimit: false } }, async () => ({ status: 'ok' }))
  app.get('/health/ready', { schema: { hide: true }, config: { rateLimit: false } }, async (_request, reply) => {
    try {
      await house.openWork(asSystem('health', 'none'), work => sql`select 1`.execute(work.tx))
      return { status: 'ok' }
    } catch (error) {
      // Too many ask at once: whether the database answers, nobody looked.
      if (error instanceof Problem) throw error
      return reply.code(503).send({ status: 'the database does not answer' })
    }
  })
}
