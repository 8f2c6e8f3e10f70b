import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { statusOf } from '../limits/limits.ts'

/**
 * What was refused is logged: somebody who tries doors leaves a trail. Of a request its method and route, the status
 * and code of the answer, and the id of whoever is signed in; no address, no value that was sent.
 */

const codes = new WeakMap<FastifyReply, string>()
const callers = new WeakMap<FastifyRequest, string>()

/** Keeps the code of a refusal for the log. */
export const noteRefusalCode = (reply: FastifyReply, code: string): void => void codes.set(reply, code)

/** Keeps who is signed in for the log. */
export const noteCaller = (request: FastifyRequest, callerId: string): void => void callers.set(request, callerId)

const isRefused = (status: number) => (status >= 400 && status < 500) || status === statusOf('wait for a turn')

export function logRefusals(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    if (!isRefused(reply.statusCode)) return
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        code: codes.get(reply),
        by: callers.get(request),
      },
      'refused',
    )
  })
}
