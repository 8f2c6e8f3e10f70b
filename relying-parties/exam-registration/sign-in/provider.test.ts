import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { clientKey } from './client-key.ts'
import { openProvider } from './provider.ts'

const folder = await mkdtemp(join(tmpdir(), 'exam-provider-'))
after(() => rm(folder, { recursive: true }))
const key = await clientKey(folder)

/** A provider that publishes metadata alone, in which it calls itself as `named` has it. */
async function published(named: (issuer: string) => string) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ issuer: named(issuer), jwks_uri: `${issuer}/jwks` }))
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  return { issuer, asked }
}

async function isBelieved(named: (issuer: string) => string): Promise<boolean> {
  const { issuer, asked } = await published(named)
  const said: string[] = []
  const provider = openProvider({
    issuer,
    clientId: 'exam-registration',
    origin: 'http://localhost:8090',
    key,
    say: line => said.push(line),
  })
  for (let times = 0; times < 100 && said.length === 0; times += 1) await pause(50)
  provider.stop()
  assert.ok(asked.length > 0)
  return provider.isReady()
}

test('metadata that name another issuer are not those of the provider', async () => {
  assert.equal(await isBelieved(issuer => issuer), true)
  for (const named of [
    (issuer: string) => `${issuer}/other`,
    (issuer: string) => issuer.replace('http:', 'https:'),
    () => 'https://dinhdanh.example.vn/oidc',
  ])
    assert.equal(await isBelieved(named), false)
})
