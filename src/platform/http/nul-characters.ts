import { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { requestProblem } from './problems.ts'

/**
 * NUL characters, which no text of ours holds and PostgreSQL does not store: they are refused where a request comes in.
 * A header with one is refused by Node itself.
 */

const isPlain = (value: object) => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Whether a text in a value is or holds a NUL, also the name of a member. Bytes are not looked into. */
export function holdsNul(whole: unknown): boolean {
  // Not by recursion: JSON may be nested as deeply as it is long.
  const waiting = [whole]
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (typeof value === 'string') {
      if (value.includes('\0')) return true
    } else if (Array.isArray(value)) {
      for (const item of value) waiting.push(item)
    } else if (typeof value === 'object' && value !== null && isPlain(value)) {
      for (const [name, member] of Object.entries(value)) waiting.push(name, member)
    }
  }
  return false
}

/** Throws nul-character where one of the values holds one. */
export function refuseNul(...values: readonly unknown[]): void {
  if (values.some(holdsNul)) throw requestProblem('nul-character')
}

const encodedNul = /%00|\0/

/** Refuses them in the address and in cookies before anything else, and in a body as soon as it is read. */
export function refuseNulCharacters(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ url, headers }) => {
    if (encodedNul.test(url) || encodedNul.test(headers.cookie ?? '')) throw requestProblem('nul-character')
  })
  app.addHook('preValidation', async ({ body }) => refuseNul(body))
}

/**
 * The same of a form that somebody else reads, piece by piece (oidc-provider reads by `iterator`). The reading fails at
 * the piece that brings one.
 */
export function refuseNulWhileRead(request: IncomingMessage): void {
  request.iterator = async function* iterate(options): AsyncGenerator<Buffer, undefined> {
    let before = ''
    const pieces: AsyncIterable<Buffer> = IncomingMessage.prototype.iterator.call(request, options)
    for await (const piece of pieces) {
      const text = before + piece.toString('latin1')
      if (encodedNul.test(text)) throw requestProblem('nul-character')
      before = text.slice(-2)
      yield piece
    }
    return undefined
  }
}
