import { Agent, createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'

/**
 * What stands before several servers of one installation, as nginx does by its defaults: each request goes to the next
 * server that says that it is ready, and to another one where it was not reached, or where it only reads and was not
 * answered.
 */
export type Balancer = {
  readonly origin: string
  /** How many requests were sent to another server, since the first gave no answer; a program apart does not say it. */
  sentAgain?(): number
  close(): Promise<void>
}

/** Milliseconds between two looks at a server, and for which its answer is waited for. */
const [lookEvery, lookFor] = [200, 5_000]

const isRead = ({ method }: IncomingMessage) => method === 'GET' || method === 'HEAD'

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

/** `ports`: of the servers, on this machine. Waits for none of them. */
export async function openBalancer(ports: readonly number[], port = 0): Promise<Balancer> {
  const ready = new Set<number>()
  const agent = new Agent({ keepAlive: true })
  let [isClosed, turn, again] = [false, 0, 0]

  const looking = ports.map(async upstream => {
    while (!isClosed) {
      const signal = AbortSignal.timeout(lookFor)
      const answer = await fetch(`http://127.0.0.1:${upstream}/health/ready`, { signal }).catch(() => undefined)
      if (answer?.ok) ready.add(upstream)
      else ready.delete(upstream)
      await answer?.body?.cancel().catch(() => undefined)
      await setTimeout(lookEvery)
    }
  })

  const pass = (request: IncomingMessage, response: ServerResponse, body: Buffer, tried: ReadonlySet<number>): void => {
    // As nginx: where none is known to be ready, all are tried.
    const left = (ready.size > 0 ? [...ready] : ports).filter(one => !tried.has(one))
    const upstream = left[turn++ % Math.max(1, left.length)]
    if (upstream === undefined) return void response.writeHead(502, { 'content-type': 'text/plain' }).end('no server')
    // A client of a bench may say where it stands; nginx would not believe it.
    const from = request.headers['x-forwarded-for'] ?? request.socket.remoteAddress ?? ''
    const headers = { ...request.headers, 'x-forwarded-for': from }
    const { method, url: path } = request
    const asked = send({ host: '127.0.0.1', port: upstream, method, path, headers, agent }, answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
      answer.on('error', () => response.destroy())
    })
    asked.on('error', (error: NodeJS.ErrnoException) => {
      if (response.headersSent) return void response.destroy()
      // Over a connection that was kept open and is closed meanwhile nothing was read.
      const wasNotRead = error.code === 'ECONNREFUSED' || (asked.reusedSocket && error.code === 'ECONNRESET')
      if (error.code === 'ECONNREFUSED') ready.delete(upstream)
      if (!wasNotRead && !isRead(request)) return void response.writeHead(502).end('no answer')
      again += 1
      pass(request, response, body, new Set([...tried, upstream]))
    })
    asked.end(body)
  }
  const server = createServer((request, response) => {
    bodyOf(request).then(
      body => pass(request, response, body, new Set()),
      () => response.destroy(),
    )
  })
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    sentAgain: () => again,
    async close() {
      isClosed = true
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      await Promise.all(looking)
      agent.destroy()
    },
  }
}
