import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout } from 'node:timers/promises'

/** How often each thing happens to a request, as a share of all; the rest goes through as it is. */
export type Chaos = {
  /** The connection is cut before anything is passed on. */
  readonly cut: number
  /** Passed on, and the answer thrown away. */
  readonly deaf: number
  /** Passed on twice, one after the other. */
  readonly twice: number
  /** Half of the body alone is passed on. */
  readonly halved: number
  /** Half of the answer alone comes back. */
  readonly short: number
  /** Held back for up to so many milliseconds: what was sent later overtakes it. */
  readonly delay: number
}

export type Happened = Record<'through' | 'cut' | 'deaf' | 'twice' | 'halved' | 'short', number>

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

type Answer = { readonly status: number; readonly type: string; readonly body: Buffer }

function pass(to: URL, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((done, fail) => {
    const {
      host: _host,
      'content-length': _length,
      connection: _connection,
      'transfer-encoding': _encoding,
      ...rest
    } = headers
    const asked = ask(
      {
        host: to.hostname,
        port: to.port,
        path: url,
        method,
        headers: { ...rest, 'content-length': body.length },
        agent: false,
      },
      answer => {
        bodyOf(answer).then(
          got =>
            done({ status: answer.statusCode ?? 502, type: String(answer.headers['content-type'] ?? ''), body: got }),
          fail,
        )
      },
    )
    asked.on('error', fail)
    asked.end(body)
  })
}

/** A proxy through which nothing can be relied on. Gives its address, what happened, and how it is closed. */
export async function chaosProxy(to: URL, chaos: Chaos, random: () => number) {
  const happened: Happened = { through: 0, cut: 0, deaf: 0, twice: 0, halved: 0, short: 0 }
  const fate = (): keyof Happened => {
    let dice = random()
    for (const kind of ['cut', 'deaf', 'twice', 'halved', 'short'] as const) {
      dice -= chaos[kind]
      if (dice < 0) return kind
    }
    return 'through'
  }
  const answer = (response: ServerResponse, { status, type, body }: Answer, kind: keyof Happened) => {
    response.writeHead(status, { 'content-type': type, 'content-length': body.length })
    if (kind !== 'short') return void response.end(body)
    response.write(body.subarray(0, Math.floor(body.length / 2)))
    response.destroy()
  }
  const server = createServer(async (request, response) => {
    const kind = fate()
    happened[kind] += 1
    try {
      const body = await bodyOf(request)
      if (kind === 'cut') return void request.socket.destroy()
      await setTimeout(random() * chaos.delay)
      const sent = kind === 'halved' ? body.subarray(0, Math.floor(body.length / 2)) : body
      if (kind === 'twice') await pass(to, request, sent).catch(() => undefined)
      const got = await pass(to, request, sent)
      if (kind === 'deaf') return void request.socket.destroy()
      answer(response, got, kind)
    } catch {
      request.socket.destroy()
    }
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    happened,
    async close() {
      server.closeAllConnections()
      await new Promise(done => server.close(done))
    },
  }
}
