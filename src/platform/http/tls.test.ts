import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { createServer, get } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { localCertificate } from './tls.ts'

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-tls-'))
after(() => rm(folder, { recursive: true }))

test('a device that trusts the local authority connects, and another one is warned', async () => {
  const { key, cert, authority } = await localCertificate(folder, ['localhost', '127.0.0.1'])
  const server = createServer({ key, cert }, (_request, response) => response.end('house')).listen(0, '127.0.0.1')
  after(() => server.close())
  await new Promise(done => server.once('listening', done))
  const { port } = server.address() as AddressInfo

  const status = (ca?: string) =>
    new Promise((done, fail) =>
      get({ host: 'localhost', port, ...(ca && { ca }) }, reply => done(reply.resume().statusCode)).on('error', fail),
    )

  assert.equal(await status(authority), 200)
  await assert.rejects(status(), /self.signed|unable to/i)
})

test('the authority is made once, and a new host only renews the certificate', async () => {
  const first = await localCertificate(folder, ['localhost', '127.0.0.1'])
  const second = await localCertificate(folder, ['localhost', 'may-chu.phuong.example'])
  assert.equal(second.authority, first.authority)
  assert.notEqual(second.cert, first.cert)
  assert.equal(new X509Certificate(second.cert).checkHost('may-chu.phuong.example'), 'may-chu.phuong.example')
  assert.deepEqual(await localCertificate(folder, ['localhost']), second)
})

test('private keys are readable by their owner only', async () => {
  for (const file of ['authority.key', 'server.key']) assert.equal((await stat(join(folder, file))).mode & 0o077, 0)
})
