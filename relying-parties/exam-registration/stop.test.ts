import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

const main = join(import.meta.dirname, 'main.ts')

const freePort = () =>
  new Promise<number>(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

test('the site stops within seconds, although a visitor’s request never ends', async () => {
  const data = await mkdtemp(join(tmpdir(), 'dinhdanh-exam-stop-'))
  after(() => rm(data, { recursive: true, force: true }))
  const port = await freePort()
  const site = spawn(process.execPath, [main, '--port', String(port), '--issuer', 'http://localhost:9', '--data', data])
  after(() => site.kill('SIGKILL'))
  let output = ''
  while (!output.includes('Ctrl-C')) output += (await once(site.stdout, 'data'))[0]

  const visitor = connect(port, '127.0.0.1')
  visitor.on('error', () => undefined)
  await once(visitor, 'connect')
  visitor.write('POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\n\r\nhalf')
  await sleep(200)
  const exit = Promise.race([once(site, 'exit'), sleep(15_000, 'still running', { ref: false })])
  site.kill('SIGINT')
  assert.deepEqual(await exit, [0, null])
})
