import { Agent, request as open } from 'node:http'
import type { FuzzRequest } from './request.ts'
import type { Caller } from './served.ts'

export type FuzzAnswer = {
  readonly status: number
  readonly type: string
  readonly body: Buffer
  readonly requestId: string
}

/** So long may an answer take on a busy machine. */
export const patience = 30_000
const agent = new Agent({ keepAlive: true, maxSockets: 24 })

/** Headers that Node would refuse to send are sent without what it refuses. */
const sendable = (value: string) => value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '')

/** Sends a request as it stands. Undefined where the connection ended without an answer. */
export function send(
  port: number,
  asked: FuzzRequest,
  callers: readonly Caller[],
  mark: { readonly name: string; readonly address: string },
): Promise<FuzzAnswer | undefined> {
  const caller = callers.find(({ name }) => name === asked.caller)
  const headers: Record<string, string> = {
    'x-fuzz': mark.name,
    'x-forwarded-for': mark.address,
    ...caller?.headers,
    ...asked.headers,
  }
  const body = asked.body === undefined ? undefined : Buffer.from(asked.body, 'base64')
  return new Promise(done => {
    const request = open(
      {
        port,
        host: '127.0.0.1',
        agent,
        method: asked.method,
        path: asked.path.replace(/[^\x21-\x7e]/g, letter => encodeURIComponent(letter.toWellFormed())),
        headers: {
          ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, sendable(value)])),
          ...(body && { 'content-length': String(body.length) }),
        },
      },
      answer => {
        const pieces: Buffer[] = []
        answer.on('data', (piece: Buffer) => pieces.push(piece))
        const end = () =>
          done({
            status: answer.statusCode ?? 0,
            type: String(answer.headers['content-type'] ?? ''),
            body: Buffer.concat(pieces),
            requestId: String(answer.headers['x-request-id'] ?? ''),
          })
        answer.on('end', end)
        answer.on('error', end)
      },
    )
    request.setTimeout(patience, () => request.destroy())
    request.on('error', () => done(undefined))
    request.end(body)
  })
}
