import assert from 'node:assert/strict'
import type { LookupAddress } from 'node:dns'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { after, test } from 'node:test'
import { callParty, isPublicAddress } from './call-party.ts'

/** An engineer registers an address of a party, and the house calls it. */

/** A server of the house's own network; `connections` counts who reached it at all. */
async function innerServer(answer: (request: IncomingMessage, response: ServerResponse) => void = (_, to) => to.end()) {
  const seen = { connections: 0, requests: 0 }
  const server = createServer((request, response) => {
    seen.requests += 1
    answer(request, response)
  })
  server.on('connection', () => {
    seen.connections += 1
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return { seen, port: typeof address === 'object' && address ? address.port : 0 }
}

const resolvesTo =
  (...addresses: readonly string[]) =>
  (_host: string, _options: unknown, answer: (error: null, found: LookupAddress[]) => void) =>
    answer(
      null,
      addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
    )

test('a public name that resolves into a private network is not called, nor connected to', async () => {
  const { seen, port } = await innerServer()
  for (const addresses of [
    ['127.0.0.1'],
    ['::1'],
    ['::ffff:127.0.0.1'],
    // One address of several is enough to be led inside.
    ['203.119.8.106', '127.0.0.1'],
    ['10.0.0.7'],
    ['169.254.169.254'],
  ]) {
    const call = callParty({ withLoopback: () => false, resolveName: resolvesTo(...addresses) })
    await assert.rejects(
      () => call(`https://portal.example.vn:${port}/keys`, {}),
      /has an address that is not public/,
      addresses.join(),
    )
  }
  assert.deepEqual(seen, { connections: 0, requests: 0 })
})

test('an IP address, the machine itself and http are not called outside a demonstration', async () => {
  const { seen, port } = await innerServer()
  const call = callParty({ withLoopback: () => false })
  for (const address of [
    `http://localhost:${port}/`,
    `https://localhost:${port}/`,
    `https://127.0.0.1:${port}/`,
    `https://[::1]:${port}/`,
    `https://2130706433:${port}/`,
    `https://0x7f.1:${port}/`,
    'https://203.119.8.106/',
    'http://portal.example.vn/',
    'file:///etc/passwd',
  ])
    await assert.rejects(() => call(address, {}), Error, address)
  assert.deepEqual(seen, { connections: 0, requests: 0 })
  const own = callParty({ withLoopback: () => true })
  assert.equal((await own(`http://localhost:${port}/`, {})).status, 200)
  await assert.rejects(() => own('http://10.0.0.7/', {}), /by https alone/)
})

test('addresses of special use are not public, in IPv4, IPv6 and one within the other', () => {
  for (const address of [
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.8.8.8',
    '169.254.169.254',
    '172.16.0.1',
    '192.168.1.9',
    '192.0.2.4',
    '198.18.0.1',
    '224.0.0.251',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.7',
    '64:ff9b::a00:7',
    '2002:a00:7::1',
    'fc00::1',
    'fe80::1',
    'ff02::1',
    '2001:db8::1',
    'not an address',
  ])
    assert.equal(isPublicAddress(address), false, address)
  for (const address of ['203.119.8.106', '2001:dc8::1', '8.8.8.8'])
    assert.equal(isPublicAddress(address), true, address)
})

test('a call carries its form, gives status, heads and body, and follows nothing', async () => {
  const { port, seen } = await innerServer(async (request, response) => {
    if (request.url === '/away') return void response.writeHead(302, { location: '/here' }).end()
    if (request.url === '/none') return void response.writeHead(204).end()
    let body = ''
    for await (const piece of request) body += piece
    response.writeHead(400, { 'content-type': 'text/plain', 'cache-control': 'no-store' })
    response.end(`${request.method} ${request.headers['content-type']} ${body}`)
  })
  const call = callParty({ withLoopback: () => true })
  const answer = await call(`http://127.0.0.1:${port}/logout`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ logout_token: 'a b' }),
  })
  assert.equal(answer.status, 400)
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  assert.equal(await answer.text(), 'POST application/x-www-form-urlencoded logout_token=a+b')
  assert.equal((await call(`http://127.0.0.1:${port}/none`, {})).status, 204)
  await assert.rejects(() => call(`http://127.0.0.1:${port}/away`, {}), /sends elsewhere/)
  assert.equal(seen.requests, 3)
})
