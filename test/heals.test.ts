import assert from 'node:assert/strict'
import { rename } from 'node:fs/promises'
import { Agent, request as send } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { findServer, urlOf } from '../src/platform/postgres/server.ts'
import { freePort } from './house-to-copy.ts'
import { ended, installationsFolder, run, start, startWorker, stop } from './started-installation.ts'

/** A running installation meets the faults of a machine, and works again when they are over. */

const root = await installationsFolder()
const data = join(root, 'one')
/** With all that an operator sees by default. */
const house = await start(data, ['--no-demo'], { DINHDANH_LOG_LEVEL: 'info' })

const ask = (path: string) =>
  fetch(`http://localhost:${house.port}${path}`, {
    headers: { cookie: `dinhdanh-session=${'A'.repeat(43)}`, accept: '*/*' },
  })

/** What the server says of itself. */
async function readiness(): Promise<string[]> {
  const answer = await ask('/health/ready')
  const { reasons = [] } = (await answer.json()) as { reasons?: string[] }
  assert.equal(answer.status, reasons.length === 0 ? 200 : 503)
  return reasons
}

/** Waits until the server says this of itself, for half a minute at most. */
async function readinessUntil(...reasons: string[]): Promise<void> {
  const waited = performance.now()
  for (let found = await readiness(); found.join() !== reasons.join(); found = await readiness()) {
    assert.ok(performance.now() - waited < 30_000, `it says ${found.join() || 'ready'}`)
    await pause(100)
  }
}

const killDatabase = () => {
  const server = findServer(data)
  assert.ok(server)
  process.kill(server.mark.pid, 'SIGKILL')
}

async function asOwner(statement: string, options = ''): Promise<void> {
  const client = new Client({ connectionString: urlOf(findServer(data)?.socketDir ?? '', 'dinhdanh'), options })
  await client.connect()
  await client.query(statement)
  await client.end()
}

/** A page that needs the database: it looks for the session that the cookie names. */
const page = '/api/me'

test('an installation whose PostgreSQL was killed works again by itself', async () => {
  assert.deepEqual(await readiness(), [])
  killDatabase()
  while (!house.output().includes('the database was started again')) await pause(50)
  await readinessUntil()
  assert.equal((await ask(page)).status, 401)
})

test('while the database is away requests are told when to come again, and the log has one line', async () => {
  const file = join(data, 'pg', 'global', 'pg_control')
  await rename(file, `${file}.away`)
  killDatabase()
  await readinessUntil('database-away')
  const before = house.output().length
  for (let times = 0; times < 20; times += 1) {
    const refused = await ask(page)
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [503, '5'])
    assert.equal(((await refused.json()) as { type: string }).type, '/problems/database-away')
  }
  await pause(3000)
  const lines = house.output().slice(before).trim().split('\n')
  await rename(`${file}.away`, file)
  await readinessUntil()
  assert.equal((await ask(page)).status, 401)
  assert.ok(lines.length <= 6, lines.join('\n'))
  assert.deepEqual(
    lines.filter(line => line.includes('    at ')),
    [],
  )
  assert.match(house.output(), /the database works again/)
})

test('a worker runs the jobs beside the server, survives the database too, and stops on Ctrl-C', async () => {
  const worker = await startWorker(data)
  killDatabase()
  await readinessUntil()
  await pause(1500)
  assert.equal(worker.child.exitCode, null)
  const over = ended(worker.child)
  worker.child.kill('SIGINT')
  assert.equal(await over, 0)
  const none = await run(['worker', '--data', join(root, 'nowhere')])
  assert.equal(none.code, 1)
  assert.match(none.stderr, /installation-not-there/)
})

test('a worker with a port tells whether it is ready and what it measures, on this machine alone', async () => {
  const port = await freePort()
  const environment = { DINHDANH_WORKER_PORT: String(port) }
  const worker = await startWorker(data, environment)
  const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`)
  assert.deepEqual(await (await get('/health/ready')).json(), { status: 'ok' })
  const measured = await (await get('/metrics')).text()
  for (const name of ['dinhdanh_database_up 1', 'nodejs_eventloop_lag_seconds', 'dinhdanh_jobs_failed'])
    assert.ok(measured.includes(name), name)
  assert.equal((await get('/console/')).status, 404)

  const second = await run(['worker', '--data', data], environment)
  assert.deepEqual([second.code, /port-in-use/.test(second.stderr)], [1, true], second.stderr)
  const plain = await run(['worker', '--data', data], { ...environment, DINHDANH_OPERATOR_HOST: '0.0.0.0' })
  assert.deepEqual([plain.code, /plain-network/.test(plain.stderr)], [1, true], plain.stderr)

  const over = ended(worker.child)
  worker.child.kill('SIGINT')
  assert.equal(await over, 0)
})

test('a database that only reads, and a key that is missing, are told by name', async () => {
  await asOwner('alter system set default_transaction_read_only = on')
  await asOwner('select pg_reload_conf()')
  await readinessUntil('database-read-only')
  await asOwner('alter system reset default_transaction_read_only', '-c default_transaction_read_only=off')
  await asOwner('select pg_reload_conf()')
  await readinessUntil()

  const key = join(data, 'keys', 'sealing.key')
  await rename(key, `${key}.away`)
  await readinessUntil('key-missing')
  await rename(`${key}.away`, key)
  await readinessUntil()
})

test('an installation whose database does not come back stops all the same, within ten seconds', async () => {
  const file = join(data, 'pg', 'global', 'pg_control')
  await rename(file, `${file}.away`)
  killDatabase()
  await readinessUntil('database-away')
  assert.equal((await ask('/health/serving')).status, 200, 'a proxy still sends it requests, which it refuses by name')
  // Until the queue of jobs has tried, and sleeps.
  await pause(3000)
  const { code, milliseconds } = await stop(house)
  assert.equal(code, 0)
  assert.ok(milliseconds < 10_000, `${milliseconds} ms`)
})

test('a server that drains says so, answers all that still comes, and ends then', async () => {
  const file = join(data, 'pg', 'global', 'pg_control')
  await rename(`${file}.away`, file)
  const again = await start(data, ['--no-demo'], { DINHDANH_DRAIN_SECONDS: '4' })
  const over = ended(again.child)
  again.child.kill('SIGTERM')
  const stopped = performance.now()
  const answers = new Set<string>()
  const paths = ['/sign-in', '/health/ready', '/health/serving']
  // Half of the draining: a machine under load may take a second for an answer, and none may begin after the end.
  for (let times = 0; performance.now() - stopped < 2000; times += 1) {
    const path = paths[times % paths.length]
    const answer = await fetch(`http://localhost:${again.port}${path}`)
    const text = await answer.text()
    answers.add(
      `${path} ${answer.status} ${path === '/sign-in' ? '' : (JSON.parse(text) as { reasons: string[] }).reasons}`,
    )
    await pause(100)
  }
  const expected = ['/health/ready 503 server-stopping', '/health/serving 503 server-stopping', '/sign-in 200 ']
  assert.deepEqual([...answers].sort(), expected)
  assert.equal(await over, 0)
})

test('a server behind a proxy answers a change over a kept connection after its port is closed', async () => {
  const again = await start(data, ['--no-demo'], { DINHDANH_TRUST_PROXY: '127.0.0.1' })
  const over = ended(again.child)
  const kept = new Agent({ keepAlive: true, maxSockets: 1 })
  const change = () =>
    new Promise<string>((resolve, reject) => {
      const request = send(
        { port: again.port, host: '127.0.0.1', method: 'POST', path: '/api/sites', agent: kept },
        answer => {
          answer.resume().once('end', () => resolve(`${answer.statusCode} ${answer.headers.connection}`))
        },
      )
      request.once('error', reject)
      request.end()
    })
  const before = await change()
  again.child.kill('SIGTERM')
  const isRefused = () =>
    fetch(`http://127.0.0.1:${again.port}/health/live`).then(
      () => false,
      () => true,
    )
  while (!(await isRefused())) await pause(50)
  assert.deepEqual([before, await change()], ['401 keep-alive', '401 close'])
  assert.equal(await over, 0)
  kept.destroy()
})
