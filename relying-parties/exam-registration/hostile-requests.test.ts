import assert from 'node:assert/strict'
import { type AddressInfo, connect } from 'node:net'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { aSite, national } from './a-site.fixture.ts'
import { makeServer } from './server.ts'

const at = await aSite()
after(() => at.close())
const visitor = at.visitor()

const forms = ['/school', '/school/new-code', `/exams/${national}/form`, '/code', '/sign-out', '/sign-in/logout']

test('a NUL in an address, a cookie or a field is refused with 400', async () => {
  const tries = [
    visitor.ask('/school?login=%00'),
    visitor.ask('/exams/a%00b'),
    visitor.ask('/slips/%00'),
    visitor.ask('/', undefined, { cookie: 'session=%00' }),
    ...forms.map(path => visitor.ask(path, { login: 'a\0b', password: 'x', code: '1', logout_token: 'a' })),
  ]
  for (const [index, answer] of (await Promise.all(tries)).entries()) {
    assert.equal(answer.status, 400, String(index))
    assert.match(answer.text, /NUL/)
  }
  assert.notEqual((await visitor.ask('/school', { login: 'a%00b', password: 'x' })).status, 400)
})

test('a form that is longer than its door needs is refused', async () => {
  assert.equal((await visitor.ask('/school', { login: 'x'.repeat(30_000) })).status, 413)
})

test('a request that comes by drops, and a connection that says nothing, are closed', async () => {
  const within = { headSeconds: 1, requestSeconds: 2, lookEverySeconds: 0.2, connections: 10 }
  const app = await makeServer(at.site, { log: false, within })
  after(() => {
    app.server.closeAllConnections()
    return app.close()
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const isClosed = async (first: string, drop: string) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.resume()
    socket.write(first)
    const more = globalThis.setInterval(() => drop && socket.writable && socket.write(drop), 200)
    const closed = await Promise.race([
      new Promise(done => socket.once('close', () => done(true))),
      setTimeout(5_000, false),
    ])
    clearInterval(more)
    socket.destroy()
    return closed
  }
  const head = 'POST /school HTTP/1.1\r\nhost: a\r\ncontent-type: application/x-www-form-urlencoded\r\n'
  assert.deepEqual(
    await Promise.all([
      isClosed(`${head}content-length: 9000\r\n\r\n`, 'a'),
      isClosed(`${head}content-length: 9000\r\n\r\nlogin=`, ''),
      isClosed('GET / HTTP/1.1\r\n', 'x: y\r\n'),
      isClosed('', ''),
    ]),
    [true, true, true, true],
  )
})

test('a browser is bound to https by the site’s name, and never by a name of the machine itself', async () => {
  const sent = async (origin: string) => {
    const app = await makeServer({ ...at.site, origin }, { log: false })
    const answer = await app.inject('/questions')
    await app.close()
    return answer.headers['strict-transport-security']
  }
  assert.match(String(await sent('https://thi.example')), /^max-age=31536000/)
  for (const origin of ['https://localhost:8090', 'https://127.0.0.1:8090', 'https://[::1]:8090'])
    assert.equal(await sent(origin), undefined, origin)
})
