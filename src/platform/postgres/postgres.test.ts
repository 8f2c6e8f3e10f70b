import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { stopwatch } from '../clock.ts'
import { isAlive } from '../data-folder/process-mark.ts'
import { anOpener } from './postgres.test-process.ts'
import { openPostgres } from './postgres.ts'
import { findServer, type PostgresServer } from './server.ts'

const base = await mkdtemp(join(tmpdir(), 'postgres-test-'))
after(() => rm(base, { recursive: true, force: true }))

let folders = 0
const aFolder = () => join(base, `house-${++folders}`)

/** A folder whose cluster is made already: a copy of one, since making each anew takes most of the time. */
async function aHouse(): Promise<string> {
  const dataDir = aFolder()
  await mkdir(dataDir, { mode: 0o711 })
  execFileSync('cp', ['-a', join(model, 'pg'), dataDir])
  return dataDir
}

const open = (dataDir: string, durable = false) => openPostgres({ dataDir, purpose: 'test', durable })

const model = aFolder()
await open(model).then(house => house.release())

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query({ text: statement, rowMode: 'array' })).rows.flat()
  } finally {
    await client.end()
  }
}

/** A session that is still at work when its server goes. */
async function aSession(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

function serverOf(dataDir: string): PostgresServer {
  const server = findServer(dataDir)
  assert.ok(server, 'a server runs')
  return server
}

test('the first one starts the server, others join it, and the last one out stops it', async () => {
  const dataDir = await aHouse()

  const first = await open(dataDir)
  const second = await anOpener({ dataDir })
  const third = await open(dataDir)
  const { mark } = serverOf(dataDir)
  assert.deepEqual([first.adopted, second.report.adopted, third.adopted], [false, true, true])
  assert.deepEqual([second.report.url, third.url], [first.url, first.url])

  await first.release()
  await first.release()
  await third.release()
  assert.deepEqual(await ask(first.url, 'select current_database()'), ['dinhdanh'])

  await second.release()
  assert.equal(isAlive(mark), false)
})

test('the server listens on a private socket alone, which goes with it', async () => {
  const dataDir = await aHouse()
  const house = await open(dataDir)
  const { socketDir } = serverOf(dataDir)
  assert.ok(socketDir)

  assert.equal((await stat(socketDir)).mode & 0o777, 0o700)
  assert.deepEqual(await ask(house.url, "select current_setting('listen_addresses'), inet_server_addr()"), ['', null])
  await house.release()

  await assert.rejects(stat(socketDir), { code: 'ENOENT' })
})

test('a new database speaks UTF-8, sorts by code point and lives in UTC', async () => {
  const house = await open(aFolder())

  const answer = await ask(
    house.url,
    "select current_setting('server_encoding'), current_setting('timezone'), 'Đ' > 'Z', lower('ĐẶNG')",
  )

  assert.deepEqual(answer, ['UTF8', 'UTC', true, 'đặng'])
  await house.release()
})

test('a folder far too deep for a socket, with blanks and Vietnamese letters, is as good as any', async () => {
  const dataDir = join(aFolder(), 'Dữ liệu của tỉnh', "'nháy' và, phẩy", ...Array(12).fill('thư mục rất sâu'), 'data')
  assert.ok(Buffer.byteLength(dataDir) > 250)

  const house = await open(dataDir)

  assert.deepEqual(await ask(house.url, 'select 1'), [1])
  await house.release()
})

test('a server outlives its killed starter, and the next process adopts it with all its data', async () => {
  const dataDir = await aHouse()
  const starter = await anOpener({ dataDir, durable: true })
  const url = starter.report.url ?? ''
  await ask(url, 'create table kept (id int)')
  await ask(url, 'insert into kept values (1), (2)')
  const { mark } = serverOf(dataDir)

  starter.child.kill('SIGKILL')
  const next = await open(dataDir, true)

  assert.equal(next.adopted, true)
  assert.deepEqual(serverOf(dataDir).mark, mark)
  assert.deepEqual(await ask(next.url, 'select id from kept order by id'), [1, 2])
  await next.release()
  assert.equal(isAlive(mark), false)
})

test('a server that is killed at work is started again, and keeps what was committed and nothing else', async () => {
  const dataDir = await aHouse()
  const before = await open(dataDir, true)
  await ask(before.url, 'create table kept (id int)')
  await ask(before.url, 'insert into kept values (1)')
  const session = await aSession(before.url)
  await session.query('begin; insert into kept values (2)')
  // This one outlives its server, and would keep a new one from starting.
  const busy = session.query('select count(*) from generate_series(1, 20000000000) as n').catch(() => 'lost')

  process.kill(serverOf(dataDir).mark.pid, 'SIGKILL')
  const next = await open(dataDir, true)

  assert.equal(next.adopted, false)
  assert.deepEqual(await ask(next.url, 'select id from kept'), [1])
  assert.equal(await busy, 'lost')
  await before.release()
  await next.release()
  assert.equal(findServer(dataDir), undefined)
})

test('what a killed command had begun ends soon, and whoever waits for its locks goes on', {
  skip: process.platform === 'win32' && 'PostgreSQL does not see there that a client is gone',
}, async () => {
  const house = await open(await aHouse())
  const [killed, next] = [await aSession(house.administratorUrl), await aSession(house.administratorUrl)]
  await killed.query('select pg_advisory_lock(1)')
  killed.query('select pg_sleep(60)').catch(() => undefined)
  while (
    (await next.query(`select from pg_stat_activity where query like '%sleep(60)' and wait_event = 'PgSleep'`))
      .rowCount === 0
  );
  // As the system does for a process that is killed.
  ;(killed as unknown as { connection: { stream: Socket } }).connection.stream.destroy()
  await next.query(`set lock_timeout = '20s'`)
  await next.query('select pg_advisory_lock(1)')
  await next.end()
  await house.release()
})

test('two processes that open a new folder at the same moment make one cluster with one server', async () => {
  const dataDir = aFolder()

  const both = await Promise.all([anOpener({ dataDir }), anOpener({ dataDir }), open(dataDir)])
  const [one, other, own] = both

  assert.deepEqual([one.report.adopted, other.report.adopted, own.adopted].sort(), [false, true, true])
  assert.equal(new Set([one.report.url, other.report.url, own.url]).size, 1)
  await Promise.all(both.map(opener => opener.release()))
  assert.equal(findServer(dataDir), undefined)
})

test('Ctrl-C in the terminal reaches the server only through the process that started it', async () => {
  const dataDir = await aHouse()
  const house = await open(dataDir)

  const stat = await readFile(`/proc/${serverOf(dataDir).mark.pid}/stat`, 'utf8')
  const [, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')

  assert.equal(Number(group), serverOf(dataDir).mark.pid)
  await house.release()
})

test('release takes less than 5 s, whatever is at work', async () => {
  const dataDir = await aHouse()
  const house = await open(dataDir)
  const session = await aSession(house.url)
  const busy = session.query('select pg_sleep(60)').catch(() => 'ended')
  const waited = stopwatch()

  await house.release()

  assert.ok(waited() < 5000)
  assert.equal(await busy, 'ended')
})

test('a server that does not stop when it is asked to is stopped all the same within 5 s, and recovers', async () => {
  const dataDir = await aHouse()
  const house = await open(dataDir)
  const { mark } = serverOf(dataDir)
  process.kill(mark.pid, 'SIGSTOP')
  const waited = stopwatch()

  await house.release()

  assert.ok(waited() < 5000)
  const next = await open(dataDir)
  assert.equal(next.adopted, false)
  await next.release()
})

test('a process that ends without releasing takes the server with it when it was the last', async () => {
  const dataDir = await aHouse()
  const careless = await anOpener({ dataDir })
  const { mark } = serverOf(dataDir)
  assert.equal(careless.report.adopted, false)

  const waited = stopwatch()
  careless.child.kill('SIGUSR2')
  while (isAlive(mark) && waited() < 5000) await new Promise(resolve => setTimeout(resolve, 20))

  assert.equal(isAlive(mark), false)
})

test('reused pids are not taken for the server or its users', async () => {
  const dataDir = await aHouse()
  await open(dataDir).then(house => house.release())
  // As after a crash of the machine: the old server's pid and an old user's are now those of this very process.
  await writeFile(
    join(dataDir, 'pg', 'postmaster.pid'),
    `${process.pid}\n${dataDir}/pg\n1700000000\n5432\n/tmp/gone\n\n\n`,
    {
      mode: 0o600,
    },
  )
  await writeFile(
    join(dataDir, 'pg-users', 'old.json'),
    JSON.stringify({ pid: process.pid, start: '1', boot: 'before', purpose: 'server' }),
  )

  const house = await open(dataDir)
  assert.equal(house.adopted, false)
  const { mark } = serverOf(dataDir)
  await house.release()

  assert.equal(isAlive(mark), false)
})

test('a server whose socket was swept away from the temporary folder is replaced', async () => {
  const dataDir = await aHouse()
  const before = await open(dataDir)
  const { mark, socketDir } = serverOf(dataDir)
  await rm(socketDir ?? '', { recursive: true })

  const next = await open(dataDir)

  assert.equal(next.adopted, false)
  assert.equal(isAlive(mark), false)
  assert.deepEqual(await ask(next.url, 'select 1'), [1])
  await before.release()
  await next.release()
})

test('a moved data folder opens at its new place', async () => {
  const [old, moved] = [await aHouse(), join(aFolder(), 'data')]
  const before = await open(old)
  await ask(before.url, 'create table kept as select 7 as id')
  await before.release()
  await mkdir(dirname(moved), { recursive: true })
  await rename(old, moved)

  const house = await open(moved)

  assert.deepEqual(await ask(house.url, 'select id from kept'), [7])
  await house.release()
})

test('personal data never reach the server log', async () => {
  const dataDir = await aHouse()
  const house = await open(dataDir)
  const session = await aSession(house.url)
  await session.query('create table person (number text primary key)')
  await session.query("insert into person values ('022204001234')")

  await assert.rejects(session.query('insert into person values ($1)', ['022204001234']), /duplicate key/)
  await assert.rejects(session.query("select 'Nguyễn Thị Bí Mật'::date"), /invalid input syntax/)
  await session.end()
  await house.release()

  assert.doesNotMatch(await readFile(join(dataDir, 'pg.log'), 'utf8'), /022204001234|Bí Mật|person/)
})
