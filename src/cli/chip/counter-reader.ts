import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import {
  type CounterReaderRefusal,
  counterReaderAddress,
  counterReaderLimits,
} from '../../cards/chip-readings/counter-reader.ts'
import { stopwatch } from '../../platform/clock.ts'
import { type CardOpener, type HeldCard, openHeldCard, ReaderRefusal } from './held-card.ts'
import { openPairedPages, type PairedPages } from './paired-pages.ts'

/**
 * The program at a counter's reader. It listens at this machine alone and carries commands from the console's page to
 * the chip and answers back, nothing else. Every page that any browser of the machine opens can call it, and a name of
 * somebody else's can be made to mean 127.0.0.1: so a request names the one origin and this host, and bears what a page
 * got for the code in the terminal.
 */
export type CounterReader = { readonly port: number; readonly code: string; close(): Promise<void> }

type Serving = { readonly origin: string; readonly pages: PairedPages; readonly held: HeldCard }

const statuses: Readonly<Record<CounterReaderRefusal, number>> = {
  'foreign-page': 403,
  'not-paired': 401,
  'code-wrong': 403,
  'reader-busy': 409,
  'no-card': 404,
  'reader-unusable': 502,
  'line-gone': 410,
  'command-refused': 422,
  malformed: 400,
}

async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  if (request.headers['content-type'] !== 'application/json') throw new ReaderRefusal('malformed')
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    if (length > counterReaderLimits.bodyBytes) throw new ReaderRefusal('malformed')
    parts.push(part)
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'))
    if (typeof body === 'object' && body !== null) return body as Readonly<Record<string, unknown>>
  } catch {
    // Said below.
  }
  throw new ReaderRefusal('malformed')
}

const wordIn = (value: unknown): string => {
  if (typeof value !== 'string') throw new ReaderRefusal('malformed')
  return value
}

function commandIn(value: unknown): Buffer {
  const text = wordIn(value)
  if (!/^(?:[0-9a-f]{2})+$/.test(text)) throw new ReaderRefusal('malformed')
  return Buffer.from(text, 'hex')
}

function pairedPageOf({ headers }: IncomingMessage, { pages }: Serving): string {
  const [, token] = /^Bearer ([\w-]{43})$/.exec(headers.authorization ?? '') ?? []
  if (!token || !pages.has(token)) throw new ReaderRefusal('not-paired')
  return token
}

type Deed = (request: IncomingMessage, serving: Serving) => Promise<object>

const deeds: Readonly<Record<string, Deed>> = {
  '/pages': async (request, { pages }) => {
    const token = pages.pair(wordIn((await bodyOf(request))['code']))
    if (!token) throw new ReaderRefusal('code-wrong')
    return { token }
  },
  '/lines': async (request, serving) => {
    const page = pairedPageOf(request, serving)
    await bodyOf(request)
    return { line: await serving.held.begin(page) }
  },
  '/commands': async (request, serving) => {
    const page = pairedPageOf(request, serving)
    const { line, command } = await bodyOf(request)
    return { answer: Buffer.from(await serving.held.carry(page, wordIn(line), commandIn(command))).toString('hex') }
  },
  '/lines/end': async (request, serving) => {
    const page = pairedPageOf(request, serving)
    const { line } = await bodyOf(request)
    await serving.held.end(page, wordIn(line))
    return {}
  },
}

function answerPreflight({ headers, url }: IncomingMessage, reply: ServerResponse): void {
  if (!deeds[url ?? ''] || headers['access-control-request-method'] !== 'POST') throw new ReaderRefusal('malformed')
  reply.setHeader('access-control-allow-methods', 'POST')
  reply.setHeader('access-control-allow-headers', 'authorization, content-type')
  reply.setHeader('access-control-max-age', '600')
  if (headers['access-control-request-private-network'] === 'true')
    reply.setHeader('access-control-allow-private-network', 'true')
  reply.writeHead(204).end()
}

async function serve(request: IncomingMessage, reply: ServerResponse, host: string, serving: Serving): Promise<void> {
  const { method, url, headers } = request
  reply.setHeader('cache-control', 'no-store')
  reply.setHeader('vary', 'origin')
  try {
    // Said before anything is read: to another page or name the program says no word more than that it is there.
    if (headers.host !== host || headers.origin !== serving.origin) throw new ReaderRefusal('foreign-page')
    reply.setHeader('access-control-allow-origin', serving.origin)
    if (method === 'OPTIONS') return answerPreflight(request, reply)
    const deed = method === 'POST' ? deeds[url ?? ''] : undefined
    if (!deed) throw new ReaderRefusal('malformed')
    const answer = await deed(request, serving)
    reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  } catch (error) {
    const code = error instanceof ReaderRefusal ? error.code : 'reader-unusable'
    if (reply.headersSent) return
    // What was not read of a request is not waited for.
    reply.writeHead(statuses[code], { 'content-type': 'application/json', connection: 'close' })
    reply.end(JSON.stringify({ code }))
  }
}

/** `port`: 0 takes a free one. `onCode` hears each code that pairs a page. Rejects where the port is taken. */
export async function openCounterReader({
  origin,
  port,
  open,
  onCode = () => undefined,
}: {
  readonly origin: string
  readonly port: number
  readonly open: CardOpener
  readonly onCode?: (code: string) => void
}): Promise<CounterReader> {
  const pages = openPairedPages(onCode, stopwatch())
  const serving = { origin, pages, held: openHeldCard(open) }
  let host = ''
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 10_000, maxHeaderSize: 8192 }, (one, reply) => {
    void serve(one, reply, host, serving)
  })
  server.maxConnections = 20
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(port, '127.0.0.1', done)
  })
  const bound = server.address()
  const listens = typeof bound === 'object' && bound ? bound.port : port
  host = counterReaderAddress(listens).slice('http://'.length)
  return {
    port: listens,
    get code() {
      return pages.code
    },
    close: () =>
      new Promise(done => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
