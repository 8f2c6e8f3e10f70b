import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { Client } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { extract, type Header, pack } from 'tar-stream'
import { roles } from '../db.ts'
import { backupProblem } from './table-archive-problem.ts'

type TableEntry = {
  readonly table: string
  readonly columns: readonly string[]
  readonly rows: number
  readonly sha256: string
}

export type BackupManifest = {
  readonly format: 'dinhdanh-backup-1'
  readonly release: string
  readonly migrations: readonly { readonly number: number; readonly checksum: string }[]
  readonly madeAt: string
  readonly tables: readonly TableEntry[]
  /** Whatever the caller wants to be kept with it: the house's record, the signed heads. */
  readonly beside: Readonly<Record<string, unknown>>
}

export type BackupProgress = (done: number, total: number, what: string) => void

/** A table goes into the archive in pieces of this size, since an entry's length must be known before it is written. */
const pieceBytes = 4 << 20

const quoteIdentifier = (name: string) =>
  name
    .split('.')
    .map(part => `"${part}"`)
    .join('.')

/**
 * Our tables, and the waiting jobs; parents before children where a foreign key says so. A transaction's number (xid8)
 * means nothing on another server: such a column stays behind, and what is restored has that of its restoring, by the
 * column's default.
 */
const tablesOf = `
  select n.nspname || '.' || c.relname as table,
         array(select a.attname::text from pg_attribute a
           where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
               and a.atttypid <> 'xid8'::regtype order by a.attnum) as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema$|public$)'
    and (n.nspname <> 'graphile_worker'
        or c.relname in ('_private_tasks', '_private_job_queues', '_private_jobs', '_private_known_crontabs'))
    and n.nspname || '.' || c.relname <> 'platform.migration'
  order by n.nspname, c.relname`

async function openClient(url: string) {
  const client = new Client({ connectionString: url, application_name: 'dinhdanh backup' })
  await client.connect()
  return client
}

const migrationsOf = async (client: Client) =>
  (
    await client.query<{ number: number; checksum: string }>(
      'select number, checksum from platform.migration order by number',
    )
  ).rows

/**
 * Makes sure that every row is seen. A login that bypasses row security says so (`row_security = off` turns a filtered
 * table into an error); another reads as the maintenance role, after each table is known to show it everything.
 */
async function bypassRowSecurity(client: Client) {
  const { rows } = await client.query<{ all: boolean }>(
    'select rolsuper or rolbypassrls as all from pg_roles where rolname = current_user',
  )
  if (rows[0]?.all) return client.query('set local row_security = off')
  const hidden = await client.query<{ table: string }>(`
    select c.oid::regclass::text as table from pg_class c
    where c.relrowsecurity and c.relnamespace::regnamespace::text not like 'pg_%'
      and not exists (select from pg_policy p
        where p.polrelid = c.oid and '${roles.maintenance}'::regrole = any (p.polroles)
          and pg_get_expr(p.polqual, p.polrelid) = 'true')`)
  if (hidden.rows[0]) throw backupProblem('backup-filtered', { table: hidden.rows[0].table })
  return client.query(`set local role ${roles.maintenance}`)
}

/**
 * Writes every table, at one moment, into a compressed tar archive readable by its owner only: pieces of COPY text,
 * then the manifest.
 */
export async function backup(
  url: string,
  file: string,
  {
    release,
    madeAt,
    beside,
    onProgress,
  }: { release: string; madeAt: Date; beside: Readonly<Record<string, unknown>>; onProgress?: BackupProgress },
): Promise<BackupManifest> {
  const client = await openClient(url)
  const draft = `${file}.part`
  const archive = pack()
  const written = pipeline(archive, createGzip({ level: 3 }), createWriteStream(draft, { mode: 0o600, flags: 'w' }))
  written.catch(() => undefined)
  try {
    await client.query('begin isolation level repeatable read read only')
    await bypassRowSecurity(client)
    const migrations = await migrationsOf(client)
    const { rows: tables } = await client.query<{ table: string; columns: string[] }>(tablesOf)
    const entries: TableEntry[] = []
    for (const [index, table] of tables.entries()) {
      onProgress?.(index, tables.length, table.table)
      entries.push(await addTable(client, archive, table))
    }
    const manifest: BackupManifest = {
      format: 'dinhdanh-backup-1',
      release,
      migrations,
      madeAt: madeAt.toISOString(),
      tables: entries,
      beside,
    }
    await addEntry(archive, 'manifest.json', Buffer.from(JSON.stringify(manifest, null, 1)))
    archive.finalize()
    await written
    await syncAndRename(draft, file)
    onProgress?.(tables.length, tables.length, file)
    return manifest
  } catch (error) {
    archive.destroy()
    await rm(draft, { force: true })
    throw error
  } finally {
    await client.end()
  }
}

async function syncAndRename(draft: string, file: string) {
  const handle = await open(draft)
  await handle.sync().finally(() => handle.close())
  await rename(draft, file)
  const folder = await open(dirname(file))
  await folder.sync().finally(() => folder.close())
}

const addEntry = (archive: ReturnType<typeof pack>, name: string, content: Buffer) =>
  new Promise<void>((done, fail) =>
    archive.entry({ name, size: content.length, mode: 0o600 }, content, error => (error ? fail(error) : done())),
  )

async function addTable(
  client: Client,
  archive: ReturnType<typeof pack>,
  { table, columns }: { table: string; columns: string[] },
): Promise<TableEntry> {
  const hash = createHash('sha256')
  const stream = client.query(
    copyTo(`copy ${quoteIdentifier(table)} (${columns.map(quoteIdentifier).join(', ')}) to stdout`),
  )
  let [pieces, held, heldBytes] = [0, [] as Buffer[], 0]
  // A piece ends with a row, so that each can be loaded by itself; the text format writes a line break inside a value
  // as \n.
  const flush = async () => {
    const all = Buffer.concat(held)
    const end = all.lastIndexOf(0x0a) + 1
    pieces += 1
    await addEntry(archive, `${table}/${String(pieces).padStart(6, '0')}.copy`, all.subarray(0, end))
    ;[held, heldBytes] = [[all.subarray(end)], all.length - end]
  }
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    hash.update(chunk)
    held.push(chunk)
    heldBytes += chunk.length
    if (heldBytes >= pieceBytes) await flush()
  }
  if (heldBytes) await flush()
  return { table, columns, rows: stream.rowCount, sha256: hash.digest('hex') }
}

/** Reads an archive's entries in order, each whole, since pieces are small; a cut or changed archive is refused. */
async function* entriesOf(file: string): AsyncGenerator<{ name: string; content: Buffer }> {
  const entries = extract()
  const read = pipeline(createReadStream(file), createGunzip(), entries)
  read.catch(() => undefined)
  try {
    for await (const entry of entries as AsyncIterable<AsyncIterable<Buffer> & { header: Header }>) {
      const parts: Buffer[] = []
      for await (const part of entry) parts.push(part)
      yield { name: entry.header.name, content: Buffer.concat(parts) }
    }
    await read
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') throw backupProblem('backup-not-there', { file })
    throw backupProblem('backup-not-whole', { why: error instanceof Error ? error.message : String(error) })
  }
}

/**
 * Reads the whole file once: its manifest, and whether every table is as the manifest says. Throws `backup-not-whole`.
 */
export async function readManifest(file: string): Promise<BackupManifest> {
  const hashes = new Map<string, Hash>()
  let manifest: BackupManifest | undefined
  for await (const { name, content } of entriesOf(file)) {
    if (name === 'manifest.json') {
      manifest = JSON.parse(content.toString('utf8')) as BackupManifest
      continue
    }
    const table = name.slice(0, name.indexOf('/'))
    const hash = hashes.get(table) ?? createHash('sha256')
    hashes.set(table, hash)
    hash.update(content)
  }
  if (manifest?.format !== 'dinhdanh-backup-1') throw backupProblem('backup-not-whole', { why: 'there is no manifest' })
  const nothing = createHash('sha256').digest('hex')
  const damaged = manifest.tables.filter(
    ({ table, sha256 }) => (hashes.get(table)?.digest('hex') ?? nothing) !== sha256,
  )
  if (damaged.length) throw backupProblem('backup-not-whole', { damaged: damaged.map(({ table }) => table) })
  return manifest
}

/**
 * Puts a backup into an empty house of the same release, in one transaction: all of it or nothing. `empty` are the
 * tables that must hold no row before; tables that a fresh house fills by itself are replaced. The caller verifies the
 * audit chains in `beforeCommit`.
 */
export async function restore(
  url: string,
  file: string,
  { release, empty, onProgress }: { release: string; empty: readonly string[]; onProgress?: BackupProgress },
): Promise<BackupManifest> {
  const manifest = await readManifest(file)
  const client = await openClient(url)
  try {
    const migrations = await migrationsOf(client)
    if (JSON.stringify(migrations) !== JSON.stringify(manifest.migrations))
      throw backupProblem('backup-of-another-release', {
        release: manifest.release,
        migrations: manifest.migrations.length,
        ours: release,
        ourMigrations: migrations.length,
      })
    for (const table of empty) {
      const { rows } = await client.query<{ some: boolean }>(
        `select exists (select from ${quoteIdentifier(table)}) as some`,
      )
      if (rows[0]?.some) throw backupProblem('house-not-empty', { table })
    }
    await client.query('begin')
    await client.query('set constraints all deferred')
    await client.query(`truncate ${manifest.tables.map(({ table }) => quoteIdentifier(table)).join(', ')} cascade`)
    await fillTables(client, file, manifest, onProgress)
    await advanceIdentities(client)
    await client.query('commit')
    return manifest
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    await client.end()
  }
}

/** Foreign keys are taken off while the tables come in their alphabetical order, and put back, checked, at the end. */
async function fillTables(client: Client, file: string, manifest: BackupManifest, onProgress?: BackupProgress) {
  const { rows: keys } = await client.query<{ table: string; name: string; def: string }>(
    `
    select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as def from pg_constraint
    where contype = 'f' and connamespace::regnamespace::text = any ($1)`,
    [[...new Set(manifest.tables.map(({ table }) => table.split('.')[0]))]],
  )
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint "${name}"`)
  const columns = new Map(manifest.tables.map(entry => [entry.table, entry.columns]))
  const places = new Map(manifest.tables.map(({ table }, index) => [table, index]))
  for await (const { name, content } of entriesOf(file)) {
    const table = name.slice(0, name.indexOf('/'))
    const known = columns.get(table)
    if (!known) continue
    onProgress?.(places.get(table) ?? 0, manifest.tables.length, table)
    await pipeline(
      [content],
      client.query(copyFrom(`copy ${quoteIdentifier(table)} (${known.map(quoteIdentifier).join(', ')}) from stdin`)),
    )
  }
  onProgress?.(manifest.tables.length, manifest.tables.length, 'foreign keys')
  for (const { table, name, def } of keys) await client.query(`alter table ${table} add constraint "${name}" ${def}`)
}

/** Numbers that the database gives by itself go on after the highest that came in. */
async function advanceIdentities(client: Client) {
  const { rows } = await client.query<{ table: string; column: string }>(`
    select attrelid::regclass::text as table, attname as column from pg_attribute
    where attidentity <> '' and not attisdropped and attrelid::regclass::text like 'graphile_worker.%'`)
  for (const { table, column } of rows)
    await client.query(
      `select setval(pg_get_serial_sequence('${table}', '${column}'),
            greatest(1, (select max("${column}") from ${table})))`,
    )
}
