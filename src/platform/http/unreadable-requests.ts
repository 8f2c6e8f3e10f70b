import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify'
import { newId } from '../ids.ts'
import { type Problem, problemBody } from '../problem.ts'
import { requestProblem } from './problems.ts'

/**
 * Requests that reach no route: an address that cannot be decoded or has a part longer than any, and what is no HTTP at
 * all. They are refused like every other request, with a code that has a page and with the headers of every answer.
 */

/** Answers of each connection that have not left whole. */
const answersOf = new WeakMap<Socket, Set<ServerResponse>>()

/** Keeps in mind what is being answered on each connection of a server. */
export function noteAnswers(server: Server): void {
  server.on('request', ({ socket }: IncomingMessage, answer: ServerResponse) => {
    const answers = answersOf.get(socket) ?? new Set()
    answersOf.set(socket, answers.add(answer))
    answer.once('close', () => answers.delete(answer))
  })
}

/** Whether part of an answer is on the connection already: what is written now would stand within it. */
const isWithinAnswer = (socket: Socket) =>
  [...(answersOf.get(socket) ?? [])].some(({ headersSent, writableFinished }) => headersSent && !writableFinished)

const unreadable = new WeakSet<IncomingMessage>()

export const hasUnreadableAddress = ({ raw }: FastifyRequest): boolean => unreadable.has(raw)

/**
 * Sends such a request the way of those whose page is not known, where hooks set the headers; `app` gives the server,
 * which is made with this option.
 */
export const refuseAddress =
  (app: () => FastifyInstance): NonNullable<FastifyServerOptions['frameworkErrors']> =>
  (_error, request: FastifyRequest, reply: FastifyReply) => {
    const { raw } = request
    unreadable.add(raw)
    raw.url = raw.url?.startsWith('/api/') ? '/api/unreadable' : '/unreadable'
    app().routing(raw, reply.raw)
  }

const refusals: ReadonlyMap<string, () => Problem> = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', () => requestProblem('head-too-slow')],
  ['HPE_HEADER_OVERFLOW', () => requestProblem('head-too-large')],
])

/**
 * Refuses what Node's parser cannot read, or did not get in time, and closes the connection; without a word where an
 * earlier request of the connection is being answered, whose reader would take the refusal for a part of its answer.
 */
export function refuseUnreadable(error: { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  if (isWithinAnswer(socket)) {
    socket.destroy()
    return
  }
  const problem = refusals.get(error.code ?? '')?.() ?? requestProblem('request-unreadable')
  const id = newId<'request'>()
  const body = JSON.stringify(problemBody(problem, id))
  const { status } = problem.kind
  if (socket.writable)
    socket.write(
      [
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
        'content-type: application/problem+json',
        `content-length: ${Buffer.byteLength(body)}`,
        `x-request-id: ${id}`,
        'cache-control: no-store',
        "content-security-policy: default-src 'none';object-src 'none';base-uri 'none';frame-ancestors 'none'",
        'x-content-type-options: nosniff',
        'referrer-policy: no-referrer',
        'connection: close',
        '',
        body,
      ].join('\r\n'),
    )
  socket.destroySoon()
}
