import { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { requestProblem } from './problems.ts'

/**
 * NUL characters, and halves of characters (a surrogate without the other, which JSON can write): no text of ours holds
 * them and PostgreSQL does not store them, so they are refused where a request comes in. A header with a NUL is refused
 * by Node itself.
 */

const isPlain = (value: object) => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Whether a text in a value fails, also the name of a member. Bytes are not looked into. */
function someText(whole: unknown, fails: (text: string) => boolean): boolean {
  // Not by recursion: JSON may be nested as deeply as it is long.
  const waiting = [whole]
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (typeof value === 'string') {
      if (fails(value)) return true
    } else if (Array.isArray(value)) {
      for (const item of value) waiting.push(item)
    } else if (typeof value === 'object' && value !== null && isPlain(value)) {
      for (const [name, member] of Object.entries(value)) waiting.push(name, member)
    }
  }
  return false
}

export const holdsNul = (whole: unknown): boolean => someText(whole, text => text.includes('\0'))
const holdsHalfCharacter = (whole: unknown): boolean => someText(whole, text => !text.isWellFormed())

/** Throws nul-character, or half-character, where one of the values holds one. */
export function refuseNul(...values: readonly unknown[]): void {
  if (values.some(holdsNul)) throw requestProblem('nul-character')
  if (values.some(holdsHalfCharacter)) throw requestProblem('half-character')
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
