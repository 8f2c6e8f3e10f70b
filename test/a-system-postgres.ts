import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { Client } from 'pg'
import type { Binaries } from '../src/platform/postgres/binaries.ts'
import { findAccount, type SystemAccount, spawnAs } from '../src/platform/postgres/system-account.ts'
import { quickFolder } from './quick-folder.ts'

/**
 * The PostgreSQL and the PgBouncer of the machine's own packages (Debian's places), set up as docs/operations.md tells
 * an administrator, for tests. PGBOUNCER names another PgBouncer.
 */

const packages = '/usr/lib/postgresql'

function findPackage(): Binaries | undefined {
  const majors = existsSync(packages) ? readdirSync(packages).filter(name => Number(name) >= 15) : []
  const major = majors
    .sort((one, other) => Number(one) - Number(other))
    .findLast(name => existsSync(join(packages, name, 'bin/initdb')))
  return major ? { home: join(packages, major), version: major, major } : undefined
}

const found = findPackage()
const pgbouncer = [process.env['PGBOUNCER'] ?? '', '/usr/sbin/pgbouncer'].find(file => file && existsSync(file))

/** PgBouncer carries prepared statements over from 1.21. */
export const carriesStatements =
  pgbouncer !== undefined &&
  Number(/PgBouncer 1\.(\d+)/.exec(spawnSync(pgbouncer, ['--version'], { encoding: 'utf8' }).stdout)?.[1] ?? 0) >= 21

/** Why tests of an external server are skipped here; false where they are not. */
export const noSystemPostgres: string | false = found
  ? false
  : 'this machine has no PostgreSQL of its own (15 or newer)'
export const noPooler: string | false = noSystemPostgres || (pgbouncer ? false : 'this machine has no PgBouncer')

const freePort = () =>
  new Promise<number>(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** Everybody's password, who is named so that no one takes it for a real one. */
export const passwordOfTests = 'password-of-tests'

const addressAt = (port: number) => (login: string, database: string) =>
  `postgresql://${login}:${passwordOfTests}@127.0.0.1:${port}/${database}`

/** Runs statements one after another in one session; gives the last one's rows. */
async function executeAt<Row extends object>(address: string, ...statements: readonly string[]): Promise<Row[]> {
  const client = new Client({ connectionString: address })
  await client.connect()
  try {
    let rows: Row[] = []
    for (const statement of statements) rows = (await client.query<Row>(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}

async function untilItAnswers(address: string, isOver: () => boolean): Promise<void> {
  for (let left = 200; left > 0; left--) {
    const answers = await executeAt(address, 'select 1').then(
      () => true,
      () => false,
    )
    if (answers) return
    if (isOver()) break
    await setTimeout(50)
  }
  throw new Error(`nobody answers at ${new URL(address).port}`)
}

/** A folder that the account may write in; gone after the file. */
async function aFolder(account?: SystemAccount): Promise<string> {
  const folder = await mkdtemp(join(quickFolder(), 'dinhdanh-system-pg-'))
  await chmod(folder, 0o711)
  if (account) await chown(folder, account.uid, account.gid)
  after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Milliseconds after which a service manager starts again what has ended. */
const startedAgainAfter = 1_000

/** Runs a program to the end of the test file, or of the process where there are no tests. */
function keepRunning(account: SystemAccount, program: string, args: readonly string[]) {
  const start = () => spawnAs(account, program, args, { stdio: 'ignore' })
  let child = start()
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    const hasEnded = child.exitCode !== null || child.signalCode !== null
    await new Promise(done => (hasEnded ? done(undefined) : child.once('exit', done)))
  }
  // A file that fails before its tests runs no hooks.
  process.once('exit', () => child.kill('SIGQUIT'))
  after(() => end('SIGINT'))
  return {
    isOver: () => child.exitCode !== null,
    /** Ends it without warning, and starts it again as a service manager does. */
    async crash() {
      await end('SIGKILL')
      await setTimeout(startedAgainAfter)
      child = start()
    },
    async freeze(milliseconds: number) {
      child.kill('SIGSTOP')
      await setTimeout(milliseconds)
      child.kill('SIGCONT')
    },
    stop: () => end('SIGINT'),
  }
}

/**
 * A server whose logins enter by passwords over TCP. `administrator` is its superuser. `isDurable`: what was committed
 * outlives a crash of the machine.
 */
export async function aSystemPostgres({ isDurable = false } = {}) {
  if (!found) throw new Error(String(noSystemPostgres))
  const folder = await aFolder()
  const { account } = await findAccount(folder, join(folder, 'cluster'), found)
  const cluster = join(await aFolder(account), 'cluster')
  const secret = join(folder, 'password')
  await writeFile(secret, passwordOfTests)
  const args = ['-D', cluster, '-U', 'administrator', '-A', 'scram-sha-256', `--pwfile=${secret}`, '--no-sync']
  const initdb = spawnAs(account, join(found.home, 'bin/initdb'), [...args, '-E', 'UTF8', '--locale', 'C.UTF-8'], {
    stdio: 'ignore',
  })
  const code = await new Promise(done => initdb.once('close', done))
  if (code !== 0) throw new Error(`initdb ended with ${code}`)
  const port = await freePort()
  const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: '', fsync: isDurable ? 'on' : 'off' }
  const { isOver, crash, ...running } = keepRunning(account, join(found.home, 'bin/postgres'), [
    ...['-D', cluster],
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ])
  const addressOf = addressAt(port)
  const administrator = (database: string) => addressOf('administrator', database)
  await untilItAnswers(administrator('postgres'), isOver)
  return {
    port,
    account,
    addressOf,
    administrator,
    ...running,
    async crash() {
      await crash()
      await untilItAnswers(administrator('postgres'), isOver)
    },
    /** As the superuser. */
    executeIn: <Row extends object>(database: string, ...statements: readonly string[]) =>
      executeAt<Row>(administrator(database), ...statements),
  }
}

export type SystemPostgres = Awaited<ReturnType<typeof aSystemPostgres>>

export type PoolMode = 'session' | 'transaction' | 'statement'

/**
 * A PgBouncer before a server: each database by its alias, with how it pools and how many connections a login has. What
 * a session left is reset as little as it needs, so that a lock that outlives its client shows.
 */
export async function aPgBouncer(
  { account, port: serverPort }: SystemPostgres,
  databases: Readonly<Record<string, { readonly database: string; readonly mode: PoolMode; readonly size: number }>>,
  logins: readonly string[],
) {
  if (!pgbouncer) throw new Error(String(noPooler))
  const folder = await aFolder(account)
  const [ini, users] = [join(folder, 'pgbouncer.ini'), join(folder, 'users.txt')]
  const port = await freePort()
  const lines = [
    '[databases]',
    ...Object.entries(databases).map(
      ([alias, { database, mode, size }]) =>
        `${alias} = host=127.0.0.1 port=${serverPort} dbname=${database} pool_mode=${mode} pool_size=${size}`,
    ),
    '[pgbouncer]',
    ...[`listen_addr = 127.0.0.1`, `listen_port = ${port}`, 'unix_socket_dir ='],
    ...['auth_type = scram-sha-256', `auth_file = ${users}`],
    ...['max_client_conn = 200', 'server_reset_query = deallocate all', `logfile = ${folder}/log`],
    ...(carriesStatements ? ['max_prepared_statements = 200'] : []),
  ]
  await writeFile(ini, `${lines.join('\n')}\n`)
  await writeFile(users, logins.map(login => `"${login}" "${passwordOfTests}"\n`).join(''))
  const { isOver, ...running } = keepRunning(account, pgbouncer, ['-q', ini])
  const addressOf = addressAt(port)
  await untilItAnswers(addressOf(logins[0] ?? '', Object.keys(databases)[0] ?? ''), isOver)
  return { addressOf, ...running }
}
