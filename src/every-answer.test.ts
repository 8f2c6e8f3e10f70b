import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { after, test } from 'node:test'
import { serveAppAssets } from './app-assets.ts'
import { makeServer } from './platform/http/server.ts'
import { openLog } from './platform/log.ts'
import { servePageAssets } from './platform/pages/page-assets.ts'

/** What every answer of the server has, whatever it answers to whom. */

const origin = 'https://dinhdanh.example.vn'
const dist = await mkdtemp(join(tmpdir(), 'dinhdanh-dist-'))
after(() => rm(dist, { recursive: true }))
await mkdir(join(dist, 'assets'))
await writeFile(join(dist, 'assets', 'main.js'), 'export {}')

const written: string[] = []
const stream = new Writable({
  write(chunk, _encoding, done) {
    written.push(String(chunk))
    done()
  },
})
const app = await makeServer({ log: openLog('info', stream), origin, trustProxy: '10.0.0.1' })
after(() => app.close())
servePageAssets(app)
await serveAppAssets(app, { address: 'console', dist })
app.get('/api/address', async ({ ip, protocol }) => ({ ip, protocol }))
app.post('/api/echo', { schema: { body: { type: 'object', additionalProperties: true } } }, async ({ body }) => ({
  body,
}))
app.get('/api/fault', async () => {
  throw new Error('the password of the database is plum')
})

const page = { accept: 'text/html' }
const answers = [
  { url: '/problems', headers: page },
  { url: '/problems/file-too-large', headers: page },
  { url: '/nowhere', headers: page },
  { url: '/nowhere' },
  { url: '/api/address' },
  { url: '/api/fault' },
  { url: '/api/fault', headers: page },
  { url: '/api/openapi.json' },
  { url: '/metrics' },
  { url: '/assets/pages.css' },
  { url: '/assets/sign.svg' },
  { url: '/console/assets/main.js' },
  { url: '/api/echo', method: 'POST' as const, payload: '{', headers: { 'content-type': 'application/json' } },
  { url: '/api/echo', method: 'POST' as const, payload: 'x', headers: { 'content-type': 'text/strange' } },
]

test('every answer forbids sniffing, frames, plug-ins, other bases, referrers and plain http', async () => {
  for (const asked of answers) {
    const { headers } = await app.inject(asked)
    const what = JSON.stringify(asked)
    assert.equal(headers['x-content-type-options'], 'nosniff', what)
    assert.equal(headers['referrer-policy'], 'no-referrer', what)
    const policy = String(headers['content-security-policy']).split(';')
    for (const rule of ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
      assert.ok(policy.includes(rule), `${what}: ${rule}`)
    const [, seconds = ''] = /^max-age=(\d+); ?includeSubDomains/.exec(
      String(headers['strict-transport-security']),
    ) ?? [what]
    assert.ok(Number(seconds) >= 31_536_000, what)
    assert.equal(headers['access-control-allow-origin'], undefined, what)
  }
})

test('every text says its type and its letters', async () => {
  for (const asked of answers) {
    const { headers, body } = await app.inject(asked)
    const type = String(headers['content-type'])
    assert.match(
      type,
      /^(application\/(problem\+)?json|(text\/\w+|application\/javascript|image\/svg\+xml);)/,
      asked.url,
    )
    if (!type.includes('json')) assert.match(type, /charset=utf-8/i, asked.url)
    else assert.doesNotThrow(() => JSON.parse(body), asked.url)
  }
})

test('no folder is listed, no TRACE answered, and nothing beside the assets is given', async () => {
  for (const url of [
    '/console/assets/',
    '/console/assets',
    '/.git/config',
    '/package.json',
    '/console/assets/../../package.json',
    '/console/assets/%2e%2e/%2e%2e/package.json',
    '/console/assets/..%2f..%2fpackage.json',
  ])
    assert.ok([400, 403, 404].includes((await app.inject(url)).statusCode), url)
  const { statusCode, body } = await app.inject({
    method: 'TRACE' as 'GET',
    url: '/problems',
    headers: { cookie: 'secret=plum' },
  })
  assert.equal(statusCode, 404)
  assert.doesNotMatch(body, /plum/)
})

test('forwarded headers are believed of the named proxy alone', async () => {
  const told = async (remoteAddress: string) =>
    (
      await app.inject({
        url: '/api/address',
        remoteAddress,
        headers: { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https', 'x-real-ip': '203.0.113.8' },
      })
    ).json()
  assert.deepEqual(await told('10.0.0.1'), { ip: '203.0.113.9', protocol: 'https' })
  assert.deepEqual(await told('10.0.0.2'), { ip: '10.0.0.2', protocol: 'http' })
})

test('a member that would change the prototype is refused in a body', async () => {
  for (const payload of [
    '{"__proto__":{"right":"all"}}',
    '{"a":{"__proto__":{"right":"all"}}}',
    '{"constructor":{"prototype":{"right":"all"}}}',
  ]) {
    const headers = { 'content-type': 'application/json' }
    const { statusCode } = await app.inject({ method: 'POST', url: '/api/echo', payload, headers })
    assert.equal(statusCode, 400, payload)
  }
  assert.equal(({} as { right?: string }).right, undefined)
})

test('whatever a text holds, it is read back from the JSON of the answer as it was', async () => {
  for (const text of ['"', '\\', '</script>', '\u2028', '\n\r\t', '\ud83c\udf38', "'; alert(1); '"]) {
    const headers = { 'content-type': 'application/json' }
    const sent = await app.inject({ method: 'POST', url: '/api/echo', payload: JSON.stringify({ text }), headers })
    assert.deepEqual(sent.json(), { body: { text } })
  }
})

test('a fault is logged with its cause and the id that the answer has', async () => {
  const { headers, body } = await app.inject('/api/fault')
  assert.doesNotMatch(body, /plum/)
  const line = written.map(one => JSON.parse(one)).find(({ reqId }) => reqId === headers['x-request-id'])
  assert.deepEqual([line?.level, line?.msg], [50, 'fault'])
  assert.match(line?.err.stack ?? '', /plum[\s\S]*every-answer\.test\.ts/)
  assert.match(line?.time ?? '', /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
})

test('a request that is measured in two ways, or by two lengths, is refused and its connection ends', async () => {
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const answerTo = (lines: readonly string[]) =>
    new Promise<string>((done, fail) => {
      const socket = connect(port, '127.0.0.1')
      const pieces: string[] = []
      socket.on('data', piece => pieces.push(String(piece)))
      socket.on('error', fail)
      socket.setTimeout(3_000, () => socket.destroy())
      socket.on('close', () => done(pieces.join('')))
      socket.write(lines.join('\r\n'))
    })
  const start = ['POST /api/echo HTTP/1.1', 'Host: dinhdanh.example.vn', 'Content-Type: application/json']
  const hidden = ['', '0', '', 'GET /api/address HTTP/1.1', 'Host: dinhdanh.example.vn', '', '']
  for (const measures of [
    ['Content-Length: 6', 'Transfer-Encoding: chunked'],
    ['Content-Length: 6', 'Content-Length: 60'],
    ['Transfer-Encoding: chunked, identity'],
    ['Transfer-Encoding : chunked'],
  ]) {
    const answer = await answerTo([...start, ...measures, ...hidden])
    assert.match(answer, /^HTTP\/1\.1 400 /, measures.join())
    assert.equal(answer.match(/HTTP\/1\.1 /g)?.length, 1, `${measures.join()}: the hidden request is not answered`)
  }
})
