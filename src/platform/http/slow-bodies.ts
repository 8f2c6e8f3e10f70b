import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Endpoint } from '../endpoint.ts'
import type { Problem } from '../problem.ts'
import { bodyPace } from './law.ts'
import { requestProblem } from './problems.ts'

/**
 * Bodies that come too slowly, or stop coming: the request ends with 408, or its connection is closed where an answer
 * has begun.
 */

export type BodyPace = { readonly graceSeconds: number; readonly bytesASecond: number; readonly streamSeconds: number }

const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'

const isStream = ({ routeOptions }: FastifyRequest) =>
  (routeOptions.config as { readonly door?: Pick<Endpoint, 'streams'> } | undefined)?.door?.streams === true

type Refuse = (request: FastifyRequest, reply: FastifyReply, problem: Problem) => unknown

function end(request: FastifyRequest, reply: FastifyReply, refuse: Refuse) {
  const { socket } = request.raw
  if (reply.sent || reply.raw.headersSent) return socket.destroy()
  reply.raw.once('finish', () => socket.destroySoon())
  // Node forgets a request that was answered: who still reads its body (a file that is being kept) would wait for ever.
  socket.once('close', () => request.raw.destroy())
  return refuse(request, reply.header('connection', 'close'), requestProblem('body-too-slow'))
}

/** Watches every body of a server. `refuse` sends the refusal. */
export function endSlowBodies(app: FastifyInstance, refuse: Refuse, pace: BodyPace = bodyPace): void {
  app.addHook('onRequest', async (request, reply) => {
    const { raw } = request
    // A request that never was on a line has no bytes to count.
    if (!hasBody(raw) || typeof raw.socket.bytesRead !== 'number') return
    const [readBefore, streams] = [raw.socket.bytesRead, isStream(request)]
    let timer: NodeJS.Timeout
    let seconds = 0
    /** Looks again when the bytes that have come until now are not enough any more. */
    const wait = () => {
      const enoughFor = (raw.socket.bytesRead - readBefore) / pace.bytesASecond
      const until = streams ? pace.streamSeconds : pace.graceSeconds + enoughFor
      if (until <= seconds) return void end(request, reply, refuse)
      timer = setTimeout(wait, (until - seconds) * 1000)
      seconds = until
    }
    wait()
    const stop = () => clearTimeout(timer)
    raw.once('end', stop)
    raw.once('close', stop)
  })
}
