import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'

/** What an engine of somebody else's was asked, as it came. */
export type AskedEngine = {
  readonly path: string
  readonly authorization: string | undefined
  readonly request: Readonly<Record<string, unknown>>
}

export type EngineReply =
  | { readonly status?: number; readonly body?: unknown; readonly location?: string }
  | 'cut'
  | 'late'

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString()
}

/** An HTTP server that answers as it is told. */
export async function openEngineServer(answer: (asked: AskedEngine) => EngineReply | Promise<EngineReply>) {
  const asked: AskedEngine[] = []
  const server = createServer(async (request, response) => {
    const text = await bodyOf(request)
    const one = {
      path: `${request.method} ${request.url}`,
      authorization: request.headers.authorization,
      request: text ? (JSON.parse(text) as Record<string, unknown>) : {},
    }
    asked.push(one)
    const met = await answer(one)
    if (met === 'late') return
    if (met === 'cut') return void response.destroy()
    response.writeHead(met.status ?? 200, met.location ? { location: met.location } : {})
    response.end(typeof met.body === 'string' ? met.body : JSON.stringify(met.body ?? {}))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  server.unref()
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    asked,
    address: `http://127.0.0.1:${port}/abis`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** The answer to a request, as MOSIP's mock words it. */
export const answerTo = ({ id, requestId }: Readonly<Record<string, unknown>>, more: object = {}) => ({
  id,
  requestId,
  responsetime: '2026-12-03T05:00:01',
  returnValue: '1',
  ...more,
})
