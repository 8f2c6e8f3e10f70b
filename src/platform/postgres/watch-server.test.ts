import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { appendFile, chmod, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { isAlive } from '../data-folder/process-mark.ts'
import { emptyLongLog } from './log.ts'
import { anOpener } from './postgres.test-process.ts'
import { openPostgres } from './postgres.ts'
import { findServer } from './server.ts'

const base = await mkdtemp(join(tmpdir(), 'watch-test-'))
after(() => rm(base, { recursive: true, force: true }))
const dataDir = join(base, 'house')

const lines: string[] = []
const log = {
  ended: () => void lines.push('ended'),
  failed: (reason: string) => void lines.push(`failed: ${reason}`),
  restarted: () => void lines.push('restarted'),
  moved: () => void lines.push('moved'),
}
const house = await openPostgres({ dataDir, purpose: 'test' })
after(() => house.release())
const watch = house.watch(log)
const pool = new pg.Pool({ connectionString: house.url, max: 4 })
pool.on('error', () => undefined)
after(() => pool.end())

/** Asks until there is an answer, and gives it. */
async function answerOf(statement: string): Promise<unknown> {
  for (let tries = 0; ; tries += 1)
    try {
      return (await pool.query({ text: statement, rowMode: 'array' })).rows.flat()[0]
    } catch (error) {
      if (tries > 200) throw error
      await pause(100)
    }
}

function killServer() {
  const server = findServer(dataDir)
  assert.ok(server, 'a server runs')
  process.kill(server.mark.pid, 'SIGKILL')
  return server
}

/** Waits until the watch has told of so many lines. */
async function linesUntil(last: string): Promise<string[]> {
  while (lines.at(-1) !== last) await pause(50)
  return lines.splice(0)
}

test('a database that was killed is started again at its address, with all that was committed', async () => {
  await pool.query('create table kept (n integer)')
  await pool.query('insert into kept values (1)')
  const killed = killServer()
  assert.equal(await answerOf('select sum(n)::integer from kept'), 1)
  assert.deepEqual(await linesUntil('restarted'), ['ended', 'restarted'])
  const server = findServer(dataDir)
  assert.ok(server && isAlive(server.mark) && server.mark.pid !== killed.mark.pid)
  assert.equal(server.socketDir, killed.socketDir)
  assert.equal(watch.reason(), undefined)
})

test('of two processes that watch one database, one starts it and both find it again', async () => {
  const other = await anOpener({ dataDir, durable: true, watches: true })
  assert.equal(other.report.url, house.url)
  killServer()
  assert.equal(await answerOf('select 1'), 1)
  await linesUntil('restarted')
  await other.release()
  assert.equal(await answerOf('select 1'), 1)
})

test('a database whose socket was cleared away gets it back in the same place', async () => {
  const { socketDir } = findServer(dataDir) ?? {}
  assert.ok(socketDir)
  await rm(socketDir, { recursive: true })
  assert.equal(await answerOf('select 2'), 2)
  assert.deepEqual(await linesUntil('restarted'), ['ended', 'restarted'])
  assert.equal(findServer(dataDir)?.socketDir, socketDir)
})

test('a database that cannot be started says why, once, and runs when the reason has gone', async () => {
  const file = join(dataDir, 'pg', 'global', 'pg_control')
  await rename(file, `${file}.away`)
  killServer()
  while (!lines.some(line => line.startsWith('failed'))) await pause(50)
  assert.match(watch.reason() ?? '', /postgres-not-started: .*pg_control/s)
  await pause(1500)
  await rename(`${file}.away`, file)
  assert.equal(await answerOf('select 3'), 3)
  const told = await linesUntil('restarted')
  assert.deepEqual([told.length, told[0]], [3, 'ended'])
})

test('a copy of a data folder starts a server of its own, and neither takes the other’s place', async () => {
  const copy = join(base, 'copy')
  await pool.query('create table of_original (n integer)')
  killServer()
  execFileSync('cp', ['-a', dataDir, copy])
  await linesUntil('restarted')
  const other = await openPostgres({ dataDir: copy, purpose: 'test' })
  assert.notEqual(other.url, house.url)
  const client = new pg.Client({ connectionString: other.url })
  await client.connect()
  await client.query('drop table of_original')
  await client.end()
  assert.equal(await answerOf('select count(*)::integer from of_original'), 0)
  await other.release()
  assert.equal(await answerOf('select count(*)::integer from of_original'), 0)
})

test('a place that others may enter is not taken again: the server begins elsewhere and is told of', async () => {
  const opened = await openPostgres({ dataDir: join(base, 'copy'), purpose: 'test' })
  const moved = new Promise<void>(resolve => {
    opened.watch({ ...log, ended: () => undefined, restarted: () => undefined, moved: resolve })
  })
  const server = findServer(join(base, 'copy'))
  assert.ok(server?.socketDir)
  await chmod(server.socketDir, 0o755)
  process.kill(server.mark.pid, 'SIGKILL')
  await moved
  assert.notEqual(findServer(join(base, 'copy'))?.socketDir, server.socketDir)
  await opened.release()
  await rm(server.socketDir, { recursive: true, force: true })
})

test('the log of a server that runs is put aside when it is long, and goes on from its beginning', async () => {
  const path = join(dataDir, 'pg.log')
  await appendFile(path, `${'x'.repeat(5000)}\n`)
  await emptyLongLog(dataDir, 4000)
  assert.match(await readFile(`${path}.1`, 'utf8'), /x{5000}/)
  killServer()
  await linesUntil('restarted')
  const text = await readFile(path, 'utf8')
  assert.match(text, /database system is ready/)
  assert.doesNotMatch(text, /xxx|\0/)
})

test('a process that signs off lets the database end, and it stays ended', async () => {
  const { mark } = findServer(dataDir) ?? {}
  await pool.query('select 1')
  await house.release()
  assert.ok(mark && !isAlive(mark))
  await pause(1200)
  assert.equal(findServer(dataDir), undefined)
})
