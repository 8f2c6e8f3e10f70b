import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { Type } from 'typebox'
import { openHouse } from '../../../test/house.ts'
import { watchUploads } from '../../../test/uploads-left.ts'
import { anyone, endpoint } from '../endpoint.ts'
import { uploadPlaces } from '../limits/law.ts'
import { openLog } from '../log.ts'
import { countedTokenFor } from './cookie-tokens.ts'
import { openRequests, serve } from './serve-endpoint.ts'
import { makeServer } from './server.ts'

const house = await openHouse()
const uploadsLeft = await watchUploads()
const origin = 'http://localhost:8080'
const app = await makeServer({
  log: openLog('silent'),
  origin,
  trustProxy: false,
  perMinute: 100_000,
  pace: { graceSeconds: 1, bytesASecond: 1_000, streamSeconds: 3 },
  headWithin: 1,
  connections: { most: 60, mostOfAddress: 20, mostOfCaller: 10 },
})
after(() => app.close())

const openWork = openRequests(house.openWork, async request => {
  const by = { kind: 'officer' as const, id: 'o-1' }
  return request.headers['x-officer'] ? { by, authority: (_, purpose) => ({ by, scope: 'none', purpose }) } : undefined
})
const doors = { app, openWork, origin }

const text = Type.String({ maxLength: 2_000 })
const label = endpoint({
  method: 'POST',
  path: '/labels',
  summary: 'Write labels',
  right: 'labels.write',
  purpose: 'none',
  query: Type.Object({ shelf: Type.Optional(text) }),
  body: Type.Object({
    labels: Type.Array(Type.Object({ text, note: Type.Optional(text) }), { maxItems: 5_000 }),
    more: Type.Optional(Type.Unknown()),
  }),
  reply: Type.Object({ read: Type.Integer() }),
})
serve(doors, label, async ({ tx }, { body, query }) => {
  for (const { text } of body.labels.slice(0, 1))
    await tx.selectFrom('platform.migration').where('name', '=', text).execute()
  return { read: body.labels.length + (query.shelf?.length ?? 0) }
})
app.get('/out-of-files', async () => {
  throw Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE', syscall: 'open', path: '/none' })
})
const letter = endpoint({
  method: 'POST',
  path: '/letters',
  summary: 'Send a letter',
  right: anyone,
  purpose: 'none',
  body: Type.Object({ to: text }),
  upload: { maxBytes: 1_000 },
  reply: Type.Object({ to: Type.String() }),
})
serve(doors, letter, async (_work, { body }) => ({ to: body.to }))

await app.listen({ port: 0, host: '127.0.0.1' })
const { port } = app.server.address() as AddressInfo

const officer = { 'x-officer': 'yes' }
const write = (payload: object | string) =>
  app.inject({
    method: 'POST',
    url: '/api/labels',
    payload,
    headers: { ...officer, 'content-type': 'application/json' },
  })

test('of thousands of wrong items a refusal names few, in short texts', async () => {
  const wrong = await write({
    labels: Array(4_000)
      .fill({ text: 'x'.repeat(3) })
      .concat([{}, {}, { text: 7 }]),
  })
  assert.equal(wrong.statusCode, 400)
  const many = await write({ labels: Array(4_000).fill({}) })
  assert.ok(many.json().wrong.length <= 10 && many.body.length < 2_000, many.body.slice(0, 300))
  const name = await app.inject({ method: 'POST', url: `/api/${'y'.repeat(300)}`, headers: officer })
  assert.ok(name.body.length < 2_000)
})

test('a body that is longer than its door needs is refused before it is read to its end', async () => {
  const short = endpoint({ ...label, path: '/short-labels', body: Type.Object({ text }) })
  const other = await makeServer({ log: openLog('silent'), origin, trustProxy: false })
  serve({ ...doors, app: other }, short, async () => ({ read: 1 }))
  const send = (bytes: number) =>
    other.inject({ method: 'POST', url: '/api/short-labels', payload: { text: 'x'.repeat(bytes) }, headers: officer })
  assert.deepEqual([(await send(1_900)).statusCode, (await send(20_000)).statusCode], [200, 413])
  await other.close()
})

test('a NUL in a text, in the name of a member or deep within is refused with 400, and stored nowhere', async () => {
  const bodies = [
    { labels: [{ text: 'a\0b' }] },
    { labels: [{ text: 'a', note: '\0' }] },
    { labels: [], more: { [`a\0b`]: 1 } },
    { labels: [], more: [[[['\0']]]] },
  ]
  for (const body of bodies) {
    const answer = await write(body)
    assert.deepEqual([answer.statusCode, answer.json().type], [400, '/problems/nul-character'], JSON.stringify(body))
  }
  assert.equal((await write({ labels: [{ text: '\\u0000' }] })).statusCode, 200)
  assert.equal((await write(`{"labels":[],"more":${'['.repeat(20_000)}${']'.repeat(20_000)}}`)).statusCode, 200)
})

test('a NUL in a field beside a file, in its name and in that of the file is refused with 400', async () => {
  const part = (disposition: string, content: string) =>
    `--xx\r\ncontent-disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`
  const send = (...parts: string[]) =>
    app.inject({
      method: 'POST',
      url: '/api/letters',
      payload: `${parts.join('')}--xx--\r\n`,
      headers: { 'content-type': 'multipart/form-data; boundary=xx' },
    })
  const file = part('name="file"; filename="a.txt"', 'a')
  assert.equal((await send(part('name="to"', 'An'), file)).statusCode, 200)
  for (const parts of [
    [part('name="to"', 'A\0n'), file],
    [part('name="t\0o"', 'An'), file],
    [part('name="to"', 'An'), part('name="file"; filename="a\0.txt"', 'a')],
  ]) {
    const answer = await send(...parts)
    assert.deepEqual([answer.statusCode, answer.json().type], [400, '/problems/nul-character'])
  }
})

test('fields beside a file are checked by their shape', async () => {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/letters',
    payload: `--xx\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\na\r\n--xx--\r\n`,
    headers: { 'content-type': 'multipart/form-data; boundary=xx' },
  })
  assert.deepEqual([answer.statusCode, answer.json().wrong?.[0]?.field], [400, 'to'])
})

/** Resolves when a connection is closed, or was reset: `once` would fail then. */
const closing = (socket: Socket) => new Promise<true>(done => socket.once('close', () => done(true)))
const hearing = (socket: Socket) => new Promise<Buffer>(done => socket.once('data', done))

/** Opens a connection and sends something; gives what came by its end, or undefined where it is still open. */
async function talk(first: string, { every, seconds = 5 }: { every?: string; seconds?: number } = {}) {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  let answer = ''
  socket.on('data', piece => {
    answer += piece
  })
  const closed = closing(socket)
  socket.write(first)
  const more = every === undefined ? undefined : setInterval(() => socket.writable && socket.write(every), 200)
  const isClosed = await Promise.race([closed, setTimeout(seconds * 1000, false)])
  clearInterval(more)
  socket.destroy()
  return isClosed ? answer : undefined
}

const head = (length: number, path = '/api/labels', type = 'application/json') =>
  `POST ${path} HTTP/1.1\r\nhost: localhost\r\nx-officer: yes\r\n` +
  `content-type: ${type}\r\ncontent-length: ${length}\r\n\r\n`

test('a body that comes by drops, or stops coming, ends with 408', async () => {
  const [drops, stopped] = await Promise.all([talk(head(9_000), { every: ' ' }), talk(`${head(9_000)}{"labels":`)])
  for (const answer of [drops, stopped]) {
    assert.match(answer ?? 'still open', /^HTTP\/1\.1 408 /)
    assert.match(answer ?? '', /\/problems\/body-too-slow/)
  }
})

test('a file that comes by drops, and a body that nobody reads, are cut off too', async () => {
  const [file, unread] = await Promise.all([
    talk(`${head(9_000, '/api/letters', 'multipart/form-data; boundary=xx')}--xx\r\n`, { every: ' ' }),
    talk(head(9_000).replace('x-officer: yes\r\n', ''), { every: ' ' }),
  ])
  assert.match(file ?? 'still open', /^HTTP\/1\.1 408 /)
  assert.match(unread ?? 'still open', /^HTTP\/1\.1 401 /)
})

test('files that were cut off leave no folder, and take no place from the next one', async () => {
  const type = 'multipart/form-data; boundary=xx'
  const slow = () => talk(`${head(9_000, '/api/letters', type)}--xx\r\n`, { every: ' ' })
  await Promise.all(Array.from({ length: uploadPlaces.ofOne }, slow))
  for (let tried = 0; tried < 50 && (await uploadsLeft()).length > 0; tried++) await setTimeout(20)
  assert.deepEqual(await uploadsLeft(), [])
  const whole =
    '--xx\r\ncontent-disposition: form-data; name="to"\r\n\r\nHà\r\n' +
    '--xx\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nabc\r\n--xx--\r\n'
  const headers = { ...officer, 'content-type': type }
  const next = await app.inject({ method: 'POST', url: '/api/letters', payload: whole, headers })
  assert.equal(next.statusCode, 200, next.body)
})

test('a body that comes fast enough may take longer than the first seconds', async () => {
  const body = JSON.stringify({ labels: [{ text: 'x'.repeat(1_900) }, { text: 'y'.repeat(1_000) }] })
  const socket = connect(port, '127.0.0.1')
  socket.write(head(body.length))
  for (let sent = 0; sent < body.length; sent += 300) {
    socket.write(body.slice(sent, sent + 300))
    await setTimeout(180)
  }
  const [answer] = (await once(socket, 'data')) as [Buffer]
  assert.match(String(answer), /^HTTP\/1\.1 200 /)
  socket.destroy()
})

test('a head that comes by drops, and a connection that says nothing, are closed', async () => {
  const [drops, silent] = await Promise.all([
    talk('GET / HTTP/1.1\r\n', { every: 'x: y\r\n', seconds: 6 }),
    talk('', { seconds: 6 }),
  ])
  assert.match(drops ?? 'still open', /^(HTTP\/1\.1 408 |$)/)
  assert.match(silent ?? 'still open', /^(HTTP\/1\.1 408 |$)/)
})

test('a process that has no file or connection left to open says so, and when to come again', async () => {
  const { statusCode, headers, body } = await app.inject({ url: '/out-of-files' })
  assert.deepEqual(
    [statusCode, headers['retry-after'], JSON.parse(body).type],
    [503, '30', '/problems/too-many-open-files'],
  )
})

test('a NUL in a header is refused with 400', async () => {
  const answer = await talk('GET /api/labels HTTP/1.1\r\nhost: localhost\r\nuser-agent: a\0b\r\n\r\n')
  assert.match(answer ?? 'still open', /^HTTP\/1\.1 400 /)
})

const ask = 'GET /problems HTTP/1.1\r\nhost: localhost\r\n\r\n'

async function statusFrom(localAddress: string): Promise<string> {
  const socket: Socket = connect({ port, host: '127.0.0.1', localAddress })
  socket.on('error', () => undefined)
  socket.write(ask)
  const first = await Promise.race([hearing(socket), closing(socket), setTimeout(10_000, 'still open')])
  socket.destroy()
  return String(first).slice(0, 12)
}

test('an address that opens connections by the hundred does not take the places of the others', async () => {
  const crowd = Array.from({ length: 200 }, () => connect({ port, host: '127.0.0.1', localAddress: '127.0.0.2' }))
  await Promise.all(
    crowd.map(socket => {
      socket.on('error', () => undefined)
      socket.write(ask)
      return Promise.race([hearing(socket), closing(socket)])
    }),
  )
  // Those that were closed may be told so a moment after others were answered.
  while (crowd.filter(({ closed }) => !closed).length > 20) await setTimeout(20)
  assert.ok(crowd.some(({ closed }) => !closed))
  assert.equal(await statusFrom('127.0.0.3'), 'HTTP/1.1 200')
  assert.equal(
    await statusFrom('127.0.0.2'),
    'HTTP/1.1 200',
    'a newcomer of that address gets the place of a silent one',
  )
  for (const socket of crowd) socket.destroy()
})

test('whoever has signed in keeps their connection where strangers of the address have all', async () => {
  const cookie = `cookie: dinhdanh-counted=${countedTokenFor('officer one')}`
  const own = connect({ port, host: '127.0.0.1', localAddress: '127.0.0.4' })
  const others: Socket[] = []
  const crowd = async () => {
    const strangers = Array.from({ length: 30 }, () => connect({ port, host: '127.0.0.1', localAddress: '127.0.0.4' }))
    for (const socket of strangers) socket.on('error', () => undefined)
    await Promise.all(strangers.map(socket => once(socket, 'connect')))
    others.push(...strangers)
    // Whoever comes later was accepted later: by now the crowd has its places.
    assert.equal(await statusFrom('127.0.0.3'), 'HTTP/1.1 200')
    await setTimeout(50)
    assert.equal(own.closed, false)
  }
  await once(own, 'connect')
  for (let times = 0; times < 2; times += 1) {
    own.write(ask.replace('\r\n\r\n', `\r\n${cookie}\r\n\r\n`))
    assert.match(String(await hearing(own)).slice(0, 12), /HTTP\/1\.1 200/)
    await crowd()
  }
  assert.equal(await statusFrom('127.0.0.4'), 'HTTP/1.1 200', 'a stranger who comes later is served, too')
  for (const socket of [own, ...others]) socket.destroy()
})

test('connections that rest are closed when the places run out', async () => {
  const resting = await Promise.all(
    Array.from({ length: 57 }, async (_, index) => {
      const socket = connect({ port, host: '127.0.0.1', localAddress: `127.0.1.${1 + (index % 5)}` })
      socket.on('error', () => undefined)
      socket.write(ask)
      await Promise.race([hearing(socket), closing(socket)])
      return socket
    }),
  )
  for (let times = 0; times < 5; times += 1) assert.equal(await statusFrom('127.0.2.1'), 'HTTP/1.1 200')
  for (const socket of resting) socket.destroy()
})
