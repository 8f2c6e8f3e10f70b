import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { fromRoot } from '../platform/root.ts'
import { proxyKeepsSeconds } from './law.ts'
import { stopListening } from './stop-listening.ts'

/** A server that answers a change after so many milliseconds, as `?after=` says, and counts those it has done. */
async function serve() {
  let done = 0
  const server = createServer(async ({ url }, answer) => {
    await setTimeout(Number(new URL(url ?? '', 'http://localhost').searchParams.get('after') ?? 0))
    done += 1
    answer.end('done')
  })
  // A server keeps connections for longer than any of these tests.
  server.keepAliveTimeout = 300_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { server, port, done: () => done }
}

const change = (path: string) => `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n`

/** Sends a change; resolves with the first line of its answer, or how the connection ended. */
function send(socket: Socket, path = '/'): Promise<string> {
  if (socket.destroyed) return Promise.resolve('closed')
  socket.write(change(path))
  return new Promise(resolve => {
    socket.once('data', data => resolve(String(data).split('\r\n')[0] ?? ''))
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    socket.once('close', () => resolve('closed'))
  })
}

const toServer = (port: number) => connect(port, '127.0.0.1')
const nobodyHurries = () => new AbortController().signal
const ok = 'HTTP/1.1 200 OK'

test('changes over connections that the kernel opened and the server has not taken yet are all answered', async () => {
  const { server, port, done } = await serve()
  const answers = Array.from({ length: 50 }, () => send(toServer(port)))
  const stopped = stopListening(server, { keptFor: 200, patience: 2_000, hurry: nobodyHurries() })
  assert.deepEqual([...new Set(await Promise.all(answers))], [ok])
  await stopped
  assert.equal(done(), 50)
  assert.equal(await send(toServer(port)), 'ECONNREFUSED')
})

test('a proxy brings a change over a connection that it kept while the server ends, and nobody opens one', async () => {
  const { server, port } = await serve()
  const kept = toServer(port)
  assert.equal(await send(kept), ok)
  const closed = once(kept, 'close')
  const stopped = stopListening(server, { keptFor: 1_000, patience: 2_000, hurry: nobodyHurries() })
  await setTimeout(300)
  assert.equal(await send(toServer(port)), 'ECONNREFUSED')
  assert.equal(await send(kept), ok)
  await Promise.all([closed, stopped])
})

test('what nobody uses is closed at once without a proxy, and behind one by a second signal', async () => {
  for (const [keptFor, hurry] of [
    [0, nobodyHurries()],
    [60_000, AbortSignal.timeout(100)],
  ] as const) {
    const { server, port } = await serve()
    const idle = toServer(port)
    assert.equal(await send(idle), ok)
    const begun = performance.now()
    await stopListening(server, { keptFor, patience: 60_000, hurry })
    assert.ok(performance.now() - begun < 20_000)
  }
})

test('a request that is under way is answered, and one that takes longer than the patience is cut', async () => {
  const { server, port } = await serve()
  const [short, long] = [send(toServer(port), '/?after=300'), send(toServer(port), '/?after=60000')]
  await setTimeout(100)
  await stopListening(server, { keptFor: 0, patience: 1_000, hurry: AbortSignal.abort() })
  assert.deepEqual(await Promise.all([short, long]), [ok, 'closed'])
})

test('nginx and Caddy as shipped let go of a connection before a server that ends closes it', async () => {
  for (const [file, line] of [
    ['nginx.conf', `keepalive_timeout ${proxyKeepsSeconds}s;`],
    ['Caddyfile', `keepalive ${proxyKeepsSeconds}s`],
  ] as const) {
    const lines = (await readFile(fromRoot(`docs/operations/reverse-proxy/${file}`), 'utf8')).split('\n')
    assert.ok(lines.map(one => one.trim()).includes(line), `${file}: ${line}`)
  }
})
