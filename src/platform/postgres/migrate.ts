import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { Client } from 'pg'
import { databaseProblem } from '../problems-database.ts'
import { fromRoot } from '../root.ts'
import { differsInComments, takeComments } from './former-checksums.ts'
import { refuseMissingRights } from './rights.ts'
import { ensureRoles } from './roles.ts'

export type Migration = {
  readonly number: number
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

/** One lock for everything that changes the shape of a database; any number will do, as long as all agree. */
const lock = 7_201_904

const shippedMigrations = fromRoot('db/migrations/')

/** A migration as people and answers name it: its file without the ending. */
export const migrationName = ({ number, name }: Pick<Migration, 'number' | 'name'>): string =>
  `${String(number).padStart(4, '0')}_${name}`

/** Reads `NNNN_context_what.sql`, in order; numbers are without gaps, so that a lost file shows. */
export async function readMigrations(folder: URL = shippedMigrations): Promise<Migration[]> {
  const files = (await readdir(folder)).filter(file => file.endsWith('.sql')).sort()
  return Promise.all(
    files.map(async (file, index) => {
      const [, number, name] = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(file) ?? []
      if (!name || Number(number) !== index + 1)
        throw new Error(`db/migrations/${file} is not number ${index + 1} of the sequence`)
      const sql = await readFile(new URL(file, folder), 'utf8')
      return { number: index + 1, name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/** The schemas that migrations make, and the queue's. */
const schemasOf = (migrations: readonly Migration[]): string[] => [
  'platform',
  'graphile_worker',
  ...migrations.flatMap(({ sql }) => [...sql.matchAll(/^create schema (\w+)/gm)].flatMap(([, name]) => name ?? [])),
]

async function connectOwner(url: string): Promise<Client> {
  const owner = new Client({
    connectionString: url,
    application_name: 'dinhdanh migrate',
    connectionTimeoutMillis: 10_000,
  })
  try {
    await owner.connect()
  } catch (error) {
    throw databaseProblem('database-unreachable', { cause: error instanceof Error ? error.message : String(error) })
  }
  return owner
}

async function refuseOldServer(owner: Client) {
  const { rows } = await owner.query<{ server_version_num: string }>('show server_version_num')
  if (Number(rows[0]?.server_version_num) < 150_000)
    throw databaseProblem('database-too-old', { found: rows[0]?.server_version_num })
}

async function appliedMigrations(owner: Client) {
  await owner.query(`
    create schema if not exists platform;
    create table if not exists platform.migration (
      number     integer primary key,
      name       text not null,
      checksum   text not null,
      applied_at timestamptz not null default clock_timestamp()
    );
    comment on table  platform.migration            is 'The migrations that this database has.';
    comment on column platform.migration.number     is 'Place in the one sequence. [public]';
    comment on column platform.migration.name       is 'File name without number. [public]';
    comment on column platform.migration.checksum   is 'SHA-256 of the file. [public]';
    comment on column platform.migration.applied_at is 'When it was applied. [public]'`)
  const { rows } = await owner.query<{ number: number; name: string; checksum: string }>(
    'select number, name, checksum from platform.migration order by number',
  )
  return rows
}

/** Refuses what this release does not know. Gives the migrations that the database has with other comments. */
function refuseForeign(applied: { number: number; name: string; checksum: string }[], shipped: Migration[]) {
  const commentedOtherwise: Migration[] = []
  for (const { number, name, checksum } of applied) {
    const ours = shipped[number - 1]
    if (!ours) throw databaseProblem('database-newer', { found: `${number}_${name}`, newest: shipped.at(-1)?.number })
    if (ours.checksum === checksum) continue
    if (!differsInComments({ number, name, checksum }))
      throw databaseProblem('migration-changed', { migration: `${number}_${name}` })
    commentedOtherwise.push(ours)
  }
  return commentedOtherwise
}

/**
 * Takes the lock by a transaction of its own connection: it ends with that, in whatever way, also where a pooler keeps
 * sessions longer than its clients. A machine that vanished is noticed after a minute and a half.
 */
async function holdLock(url: string, onWait?: () => void) {
  const holder = await connectOwner(url)
  holder.on('error', () => undefined)
  try {
    await holder.query(`begin; set local idle_in_transaction_session_timeout = 0;
      set local tcp_keepalives_idle = 60; set local tcp_keepalives_interval = 10; set local tcp_keepalives_count = 3`)
    const { rows } = await holder.query<{ got: boolean }>('select pg_try_advisory_xact_lock($1) as got', [lock])
    if (!rows[0]?.got) {
      onWait?.()
      await holder.query('select pg_advisory_xact_lock($1)', [lock])
    }
  } catch (error) {
    await holder.end()
    throw error
  }
  return {
    /** Throws where the connection was lost, and with it the lock. */
    assertHeld: () => holder.query('select'),
    release: () => holder.end(),
  }
}

/** Runs a migration in the transaction that is open. */
async function applyMigration(owner: Client, migration: Migration): Promise<void> {
  const { number, name, sql, checksum } = migration
  try {
    await owner.query(sql)
    await owner.query('insert into platform.migration (number, name, checksum) values ($1, $2, $3)', [
      number,
      name,
      checksum,
    ])
  } catch (error) {
    throw new Error(`migration ${migrationName(migration)} failed`, { cause: error })
  }
}

/** Runs further migrations in the transaction that is open. */
export async function addMigrations(owner: Client, migrations: readonly Migration[]): Promise<void> {
  for (const migration of migrations) {
    // Rows that wait for a check at the commit would keep a migration from altering their table.
    await owner.query('set constraints all immediate')
    await applyMigration(owner, migration)
  }
}

async function runEach(owner: Client, migrations: readonly Migration[], assertHeld: () => Promise<unknown>) {
  for (const migration of migrations) {
    await assertHeld()
    await owner.query('begin')
    try {
      await applyMigration(owner, migration)
      await owner.query('commit')
    } catch (error) {
      await owner.query('rollback')
      throw error
    }
  }
}

const asidePrefix = 'set_aside_'

/** Schemas are dropped one by one: to drop a thousand tables takes more locks than a server has for a transaction. */
async function dropSetAside(owner: Client): Promise<void> {
  const { rows } = await owner.query<{ statement: string }>(
    `select format('drop schema %I cascade', nspname) as statement from pg_namespace where nspname ^@ $1`,
    [asidePrefix],
  )
  for (const { statement } of rows) await owner.query(statement)
}

/** Takes all of ours, but for the queue of jobs, out of the way at one moment. What is left of it an opening drops. */
async function setAside(owner: Client): Promise<void> {
  const ours = schemasOf(await readMigrations()).filter(name => name !== 'graphile_worker')
  const { rows } = await owner.query<{ statement: string }>(
    `select format('alter schema %I rename to %I', nspname, $1::text || nspname) as statement from pg_namespace
     where nspname = any ($2)`,
    [asidePrefix, ours],
  )
  for (const { statement } of rows) await owner.query(statement)
}

/**
 * Gives an empty database the shape of a former release: what stands in it goes, and the first migrations alone are
 * run. `assertEmpty` looks, in the transaction that takes it away. Whoever is killed on the way leaves a database that
 * an opening brings forward.
 */
export async function rebuildEmpty(
  url: string,
  migrations: readonly Migration[],
  assertEmpty: (owner: Client) => Promise<void>,
): Promise<void> {
  const owner = await connectOwner(url)
  try {
    const held = await holdLock(url)
    try {
      await owner.query('begin')
      await assertEmpty(owner)
      await setAside(owner)
      await owner.query('commit')
      await dropSetAside(owner)
      await appliedMigrations(owner)
      await runEach(owner, migrations, held.assertHeld)
    } finally {
      await held.release()
    }
  } finally {
    await owner.end()
  }
}

/**
 * How many migrations a database lacks; changes nothing. Throws database-unreachable, database-too-old, database-newer,
 * migration-changed.
 */
export async function countMissingMigrations(url: string): Promise<number> {
  const shipped = await readMigrations()
  const owner = await connectOwner(url)
  try {
    await refuseOldServer(owner)
    const known = await owner.query<{ there: boolean }>("select to_regclass('platform.migration') is not null as there")
    if (!known.rows[0]?.there) return shipped.length
    const { rows } = await owner.query('select number, name, checksum from platform.migration order by number')
    refuseForeign(rows, shipped)
    return shipped.length - rows.length
  } finally {
    await owner.end()
  }
}

/** How many migrations were run, and which. */
type Migrated = { readonly applied: number; readonly names: readonly string[] }

/**
 * Brings a database to this release's shape: roles, then each missing migration in a transaction of its own, under one
 * lock. Refuses a database that is newer, whose migrations were changed, or in which a right is missing, before it
 * changes anything. `before` runs after those refusals and before the first migration, under the same lock.
 * `appPassword` gives the password of the application's login where that is new; where it is there, `whyAppRefused`
 * tries to enter by it. `onWait` is told where another process has the lock.
 */
export async function migrate(
  url: string,
  {
    folder,
    before,
    appPassword = async () => '',
    whyAppRefused = async () => undefined,
    onWait,
  }: {
    readonly folder?: URL
    readonly before?: () => Promise<void>
    readonly appPassword?: () => Promise<string>
    readonly whyAppRefused?: () => Promise<string | undefined>
    readonly onWait?: () => void
  } = {},
): Promise<Migrated> {
  const shipped = await readMigrations(folder)
  const owner = await connectOwner(url)
  try {
    await refuseOldServer(owner)
    const held = await holdLock(url, onWait)
    try {
      return await underLock(held.assertHeld)
    } finally {
      await held.release()
    }
  } finally {
    await owner.end()
  }

  async function underLock(assertHeld: () => Promise<unknown>): Promise<Migrated> {
    // First, since tables that another login owns are not read either.
    await refuseMissingRights(owner, schemasOf(shipped), whyAppRefused)
    let commentedOtherwise: Migration[] = []
    const known = await owner.query<{ there: boolean }>("select to_regclass('platform.migration') is not null as there")
    if (known.rows[0]?.there) {
      const { rows } = await owner.query('select number, name, checksum from platform.migration order by number')
      commentedOtherwise = refuseForeign(rows, shipped)
    }
    await dropSetAside(owner)
    for (const migration of commentedOtherwise) await takeComments(owner, migration)
    await before?.()
    await ensureRoles(owner, appPassword)
    const applied = await appliedMigrations(owner)
    const missing = shipped.slice(applied.length)
    await runEach(owner, missing, assertHeld)
    return { applied: missing.length, names: missing.map(migrationName) }
  }
}
