import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { Readable } from 'node:stream'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { Type } from 'typebox'
import { openHouse } from '../../../test/house.ts'
import { anyone, endpoint } from '../endpoint.ts'
import { openLog } from '../log.ts'
import { openRequests, serve } from './serve-endpoint.ts'
import { makeServer } from './server.ts'

/** What no route ever sees: addresses that cannot be decoded, heads that are too long, bytes that are no HTTP. */

const house = await openHouse()
const origin = 'http://localhost:8080'
const app = await makeServer({ log: openLog('silent'), origin, trustProxy: false, headWithin: 1 })
after(() => app.close())
const doors = { app, origin, openWork: openRequests(house.openWork, async () => undefined) }
const Diary = Type.Object({
  day: Type.String({ format: 'date', maxLength: 30 }),
  at: Type.Optional(Type.String({ format: 'date-time', maxLength: 40 })),
})
const diary = { right: anyone, purpose: 'none', summary: 'A page of a diary' } as const
serve(
  doors,
  endpoint({
    ...diary,
    method: 'GET',
    path: '/diary/:name',
    params: Type.Object({ name: Type.String() }),
    reply: Diary,
  }),
  async () => ({ day: '2023-04-20' }),
)
serve(
  doors,
  endpoint({ ...diary, method: 'POST', path: '/diary', body: Diary, reply: Diary }),
  async (_work, { body }) => body,
)
/** An answer that is written piece by piece, as long as its reader waits. */
app.get('/long', (_request, reply) => reply.type('text/plain').send(Readable.from(somePieces())))
async function* somePieces() {
  for (let piece = 0; piece < 30; piece += 1) {
    yield 'a piece of the answer\n'
    await setTimeout(100)
  }
}
await app.listen({ port: 0, host: '127.0.0.1' })
const { port } = app.server.address() as AddressInfo

async function answerTo(
  text: string,
): Promise<{ readonly status: number; readonly head: string; readonly body: string }> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  const pieces: string[] = []
  socket.on('data', piece => pieces.push(String(piece)))
  socket.write(text)
  await once(socket, 'close')
  const [head = '', body = ''] = pieces.join('').split('\r\n\r\n')
  return { status: Number(head.slice(9, 12)), head: head.toLowerCase(), body }
}

const get = (path: string, ...headers: readonly string[]) =>
  answerTo([`GET ${path} HTTP/1.1`, 'host: localhost', 'connection: close', ...headers, '', ''].join('\r\n'))

function assertRefused({ status, head, body }: Awaited<ReturnType<typeof answerTo>>, code: string, what: string): void {
  const told = JSON.parse(body) as { type?: string; status?: number; request_id?: string }
  assert.deepEqual([what, told.type, told.status], [what, `/problems/${code}`, status])
  assert.match(head, /content-type: application\/problem\+json/, what)
  assert.match(head, /x-content-type-options: nosniff/, what)
  assert.match(head, /content-security-policy: default-src 'none'/, what)
  assert.match(head, /cache-control: no-store/, what)
  assert.ok(told.request_id && head.includes(told.request_id), what)
}

test('an address that cannot be decoded is refused with a code and the headers of every answer', async () => {
  for (const path of ['/api/diary/%f0%9f%8f', '/api/diary/%', '/api/diary/%zz', '/%ff', '/api/%c0%80?day=%ff'])
    assertRefused(await get(path), 'address-unreadable', path)
  assertRefused(await get(`/api/diary/${'x'.repeat(201)}`), 'address-unreadable', 'a name of 201 letters')
  const page = await get('/diary/%', 'accept: text/html')
  assert.equal(page.status, 400)
  assert.match(page.head, /content-type: text\/html/)
  assert.doesNotMatch(page.body, /%/)
})

test('a head of 20 KB is refused with a code and the headers of every answer', async () => {
  const answer = await get('/api/diary/x', `cookie: a=${'b'.repeat(20_000)}`)
  assert.equal(answer.status, 431)
  assertRefused(answer, 'head-too-large', 'a cookie of 20 KB')
})

test('bytes that are no request are refused with a code and the headers of every answer', async () => {
  for (const text of ['\u0016\u0003\u0001\u0002\u0000', 'GET\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', '{"a":1}\r\n\r\n'])
    assertRefused(await answerTo(text), 'request-unreadable', JSON.stringify(text))
})

test('a head that stops coming is refused with a code', async () => {
  assertRefused(await answerTo('GET / HTTP/1.1\r\nhost: '), 'head-too-slow', 'half a head')
})

test('a day that cannot be counted with, or an instant that no calendar has, is refused at the door', async () => {
  const send = (body: object) => app.inject({ method: 'POST', url: '/api/diary', payload: body })
  for (const day of ['0000-01-01', '0001-01-01', '9999-12-31', '1799-12-31', '2023-02-29', '2023-13-01', '10000-01-01'])
    assert.equal((await send({ day })).json().type, '/problems/input-invalid', day)
  for (const at of [
    '0000-01-01T00:00:00Z',
    '2023-04-20T23:59:60Z',
    '2023-04-20T24:00:00Z',
    '2023-02-30T00:00:00Z',
    '2023-04-20T00:00:00+15:00',
    '9999-12-31T23:59:59Z',
  ])
    assert.equal((await send({ day: '2023-04-20', at })).json().type, '/problems/input-invalid', at)
  for (const at of ['2023-04-20T03:00:00.123Z', '2023-04-20t03:00:00+07:00'])
    assert.equal((await send({ day: '1850-02-28', at })).statusCode, 200, at)
})

test('a refusal never stands within the answer to the request before it on the connection', async () => {
  for (const next of ['NONSENSE\r\n\r\n', 'GET /slowly HTTP/1.1\r\nhost: loc']) {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    const pieces: string[] = []
    socket.on('data', piece => pieces.push(String(piece)))
    socket.write('GET /long HTTP/1.1\r\nhost: localhost\r\n\r\n')
    while (!pieces.join('').includes('a piece')) await setTimeout(20)
    socket.write(next)
    await once(socket, 'close')
    const text = pieces.join('')
    assert.equal(text.match(/HTTP\/1\.1 /g)?.length, 1, text.slice(-400))
    assert.doesNotMatch(text, /problems/)
  }
})
