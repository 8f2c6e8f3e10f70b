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

/** Runs a program to the end of the test file; gives whether it has ended. */
function keepRunning(account: SystemAccount, program: string, args: readonly string[]) {
  const child = spawnAs(account, program, args, { stdio: 'ignore' })
  after(async () => {
    child.kill('SIGINT')
    await new Promise(done => (child.exitCode === null ? child.once('exit', done) : done(undefined)))
  })
  return () => child.exitCode !== null
}

/** A server whose logins enter by passwords over TCP. `administrator` is its superuser. */
export async function aSystemPostgres() {
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
  const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: '', fsync: 'off' }
  const isOver = keepRunning(account, join(found.home, 'bin/postgres'), [
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
    /** As the superuser. */
    executeIn: <Row extends object>(database: string, ...statements: readonly string[]) =>
      executeAt<Row>(administrator(database), ...statements),
  }
}

export type SystemPostgres = Awaited<ReturnType<typeof aSystemPostgres>>

/** What docs/operations.md has an administrator run for a plain owner, with the passwords of tests. */
export const plainOwner = (owner: string): string => `
  create role ${owner} login password '${passwordOfTests}';
  create role dinhdanh_application nologin;
  create role dinhdanh_maintenance nologin;
  grant dinhdanh_maintenance to ${owner};
  create role dinhdanh_app login password '${passwordOfTests}' noinherit
    nosuperuser nobypassrls nocreaterole nocreatedb noreplication`
