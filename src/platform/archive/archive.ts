/**
 * An archive of all tables: written at one moment, encrypted to its recipients and signed by the installation; read
 * back into an empty one of the same or a later release, in one transaction, all of it or nothing.
 *
 * In comes a database, and on reading the key that must have signed. Decided is whether every byte is that key's, and
 * whether the archive's tables are those of its release. Out goes a file, or a database in this release's shape that
 * the caller has looked at before its commit (`complete`).
 */

import { createHash, createPublicKey, hash, type KeyObject, randomUUID } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { Client } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { addMigrations, migrate, migrationName, readMigrations, rebuildEmpty } from '../postgres/migrate.ts'
import { Problem } from '../problem.ts'
import { readAgeFile, writeAgeFile } from './age-file.ts'
import {
  type CatalogueTable,
  copySource,
  copyTarget,
  matchTables,
  type NamedTable,
  readCatalogue,
} from './catalogue.ts'
import { type MadeBy, type MigrationPlan, planMigrations } from './former-release.ts'
import { backupProblem } from './problems.ts'
import { type Part, partSigner, readParts } from './signed-parts.ts'

export { backupProblem } from './problems.ts'

/** What stands before the rows. */
export type ArchiveHeader = MadeBy & {
  readonly format: 'dinhdanh-backup-2'
  readonly id: string
  readonly madeAt: string
  /** The signer's public key, SPKI DER in base64. */
  readonly key: string
  readonly tables: readonly NamedTable[]
  /** Whatever the caller wants to be kept with it: the house's record, the signed heads. */
  readonly beside: Readonly<Record<string, unknown>>
}

type TableCount = { readonly rows: number; readonly sha256: string }

/** What an archive turned out to hold, table by table in the header's order. */
export type ArchiveContents = { readonly header: ArchiveHeader; readonly counts: readonly TableCount[] }

/** What came back of an archive, and the names of the migrations that its database lacked. */
export type Restored = ArchiveContents & { readonly migrationsAdded: readonly string[] }

export type BackupProgress = (done: number, total: number, what: string) => void

/** Text of rows that goes into one part, before it is compressed; where a row ends does not matter. */
const pieceBytes = 1 << 20
/** Of a part of rows, before its rows: which table it belongs to. */
const tableBytes = 4

const compress = promisify(gzip)
const expand = promisify(gunzip)

/** By what a key is known outside the installation: SHA-256 of its public part (SPKI, DER), in hexadecimal. */
export const signerFingerprint = (key: KeyObject): string =>
  hash('sha256', (key.type === 'public' ? key : createPublicKey(key)).export({ type: 'spki', format: 'der' }), 'hex')

async function openClient(url: string) {
  const client = new Client({ connectionString: url, application_name: 'dinhdanh backup' })
  await client.connect()
  return client
}

const migrationsOf = async (client: Client) =>
  (await client.query<MadeBy['migrations'][number]>('select number, checksum from platform.migration order by number'))
    .rows

/** Tables of which row security hides rows from this login: it may not own them, or they force it on their owner. */
const hiddenFromLogin = `
  select c.oid::regclass::text as table from pg_class c
  where c.relrowsecurity and (c.relforcerowsecurity or not pg_has_role(c.relowner, 'usage'))
    and c.relnamespace::regnamespace::text not like 'pg_%'
    and (select count(*) filter (where p.polpermissive and pg_get_expr(p.polqual, p.polrelid) = 'true') = 0
             or count(*) filter (where not p.polpermissive) > 0
           from pg_policy p
           where p.polrelid = c.oid and p.polcmd in ('*', 'r')
             and exists (select from unnest(p.polroles) role where role = 0 or pg_has_role(role, 'usage')))`

/**
 * Makes sure that every row is seen. A login that bypasses row security says so (`row_security = off` turns a filtered
 * table into an error); another reads as the owner that it is, after each table is known to show it everything: by the
 * policies of the maintenance role, whose rights it has, where a table forces row security on its owner.
 */
async function bypassRowSecurity(client: Client) {
  if (await mayBypassRowSecurity(client)) return client.query('set local row_security = off')
  const { rows } = await client.query<{ table: string }>(hiddenFromLogin)
  if (rows[0]) throw backupProblem('backup-filtered', { table: rows[0].table })
  return undefined
}

async function mayBypassRowSecurity(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ all: boolean }>(
    'select rolsuper or rolbypassrls as all from pg_roles where rolname = current_user',
  )
  return rows[0]?.all ?? false
}

const jsonPart = (kind: 'header' | 'end', content: object): Part => ({
  kind,
  content: Buffer.from(JSON.stringify(content)),
})

async function rowsPart(table: number, text: Buffer): Promise<Part> {
  const number = Buffer.alloc(tableBytes)
  number.writeUInt32BE(table)
  return { kind: 'rows', content: Buffer.concat([number, await compress(text, { level: 3 })]) }
}

/** The rows of a table as parts, of `pieceBytes` at most before they are compressed. Gives how many, and their hash. */
async function* partsOfTable(client: Client, table: CatalogueTable, index: number): AsyncGenerator<Part, TableCount> {
  const digest = createHash('sha256')
  const stream = client.query(copyTo(`copy ${copySource(table)} to stdout`))
  let [held, heldBytes] = [[] as Buffer[], 0]
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    digest.update(chunk)
    held.push(chunk)
    heldBytes += chunk.length
    while (heldBytes >= pieceBytes) {
      const all = Buffer.concat(held)
      yield await rowsPart(index, all.subarray(0, pieceBytes))
      ;[held, heldBytes] = [[all.subarray(pieceBytes)], all.length - pieceBytes]
    }
  }
  if (heldBytes > 0) yield await rowsPart(index, Buffer.concat(held))
  return { rows: stream.rowCount, sha256: digest.digest('hex') }
}

export type BackupOptions = {
  readonly release: string
  readonly madeAt: Date
  readonly beside: Readonly<Record<string, unknown>>
  /** Who may open it: recipients of age. */
  readonly recipients: readonly string[]
  /** Who signs it: an Ed25519 key. */
  readonly key: KeyObject
  readonly onProgress?: BackupProgress
}

/**
 * Writes every table, at one moment, into a file readable by its owner and its recipients only. Throws
 * backup-recipient-wrong, backup-filtered.
 */
export async function backup(url: string, file: string, options: BackupOptions): Promise<ArchiveContents> {
  const client = await openClient(url)
  let contents: ArchiveContents | undefined
  async function* archive() {
    const sign = partSigner(options.key)
    const catalogue = await readCatalogue(client)
    const header = await headerOf(client, catalogue, options)
    yield sign(jsonPart('header', header))
    const counts: TableCount[] = []
    for (const [index, table] of catalogue.entries()) {
      options.onProgress?.(index, catalogue.length, table.table)
      const parts = partsOfTable(client, table, index)
      let next = await parts.next()
      for (; !next.done; next = await parts.next()) yield sign(next.value)
      counts.push(next.value)
    }
    yield sign(jsonPart('end', { tables: counts }))
    contents = { header, counts }
  }
  try {
    await client.query('begin isolation level repeatable read read only')
    await bypassRowSecurity(client)
    await writeAgeFile(file, options.recipients, archive())
    if (!contents) throw new Error('the archive was not written to its end')
    options.onProgress?.(contents.counts.length, contents.counts.length, file)
    return contents
  } finally {
    await client.end()
  }
}

const headerOf = async (
  client: Client,
  catalogue: readonly CatalogueTable[],
  { release, madeAt, key, beside }: BackupOptions,
): Promise<ArchiveHeader> => ({
  format: 'dinhdanh-backup-2',
  id: randomUUID(),
  release,
  migrations: await migrationsOf(client),
  madeAt: madeAt.toISOString(),
  key: createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64'),
  tables: catalogue.map(({ table, columns, months }) => ({ table, columns, ...(months && { months }) })),
  beside,
})

function parseHeader(content: Buffer): ArchiveHeader {
  try {
    const header = JSON.parse(content.toString('utf8')) as ArchiveHeader
    if (header.format === 'dinhdanh-backup-2' && [header.tables, header.migrations].every(Array.isArray)) return header
  } catch {
    // Told below.
  }
  throw backupProblem('backup-not-whole', { why: 'its header cannot be read' })
}

/**
 * The key that a header names, where its fingerprint is the one that is expected. Throws backup-not-whole,
 * backup-signed-by-another.
 */
export function keyOfSigner(header: Pick<ArchiveHeader, 'key'>, signedBy: string): KeyObject {
  let key: KeyObject | undefined
  try {
    key = createPublicKey({ key: Buffer.from(header.key, 'base64'), format: 'der', type: 'spki' })
  } catch {
    throw backupProblem('backup-not-whole', { why: 'its header names no key' })
  }
  const found = signerFingerprint(key)
  if (key.asymmetricKeyType !== 'ed25519' || found !== signedBy)
    throw backupProblem('backup-signed-by-another', { signedBy: found, expected: signedBy })
  return key
}

export type ArchiveKeys = {
  /** Identities of age, of which one must open it. */
  readonly identities: readonly string[]
  /** The fingerprint of the key that must have signed it. */
  readonly signedBy: string
}

/** The parts of an archive behind its header, each signed by the key that is expected. */
async function openArchive(file: string, { identities, signedBy }: ArchiveKeys) {
  let header: ArchiveHeader | undefined
  const parts = readParts(readAgeFile(file, identities), content => {
    header = parseHeader(content)
    return keyOfSigner(header, signedBy)
  })
  await parts.next()
  if (!header) throw backupProblem('backup-not-whole', { why: 'it has no header' })
  return { header, parts }
}

export type RestoreOptions = ArchiveKeys & {
  readonly release: string
  /** Tables that must hold no row before; those that a fresh house fills by itself are replaced. */
  readonly empty: readonly string[]
  readonly onProgress?: BackupProgress
  /**
   * Refuses an archive of the right signer by what its header says, before anything is written. One of a former release
   * takes away what the database has.
   */
  accept?(header: ArchiveHeader, of: 'former-release' | 'this-release'): Promise<void>
  /** What else must be done and hold, with every row in its place, before anything of it is committed. */
  complete(client: Client, restored: Restored): Promise<void>
}

/**
 * Puts a backup into an empty house, in one transaction. One of a former release comes into the tables of then, which
 * are brought forward. Throws backup-not-there, backup-is-plain, backup-not-opened, backup-signed-by-another,
 * backup-newer, backup-of-another-release, backup-of-other-tables, house-not-empty, house-in-use, backup-not-whole, and
 * what `complete` throws.
 */
export async function restore(url: string, file: string, options: RestoreOptions): Promise<Restored> {
  const { header, parts } = await openArchive(file, options)
  const client = await openClient(url)
  let isRebuilt = false
  try {
    const plan = planMigrations(header, await readMigrations(), options.release)
    if (plan.lacks.length === 0) matchTables(await readCatalogue(client), header.tables)
    await options.accept?.(header, plan.lacks.length > 0 ? 'former-release' : 'this-release')
    if (plan.lacks.length > 0) {
      options.onProgress?.(0, plan.had.length, 'tables of the release that made the backup')
      await rebuildEmpty(url, plan.had, owner => refuseFilled(owner, options.empty))
      isRebuilt = true
    }
    const tables = matchTables(await readCatalogue(client), header.tables)
    // Locked before the first look, so that the one moment at which all is verified is behind the locks.
    await client.query(
      `begin isolation level repeatable read; set local time zone 'UTC'; set local lock_timeout = '20s'`,
    )
    await lockEmpty(client, tables, options.empty)
    const counts = await bringIn(client, tables, plan, { parts, onProgress: options.onProgress })
    const showAgain = await showEverything(client, await readCatalogue(client))
    const restored = { header, counts, migrationsAdded: plan.lacks.map(migrationName) }
    await options.complete(client, restored)
    await client.query('set constraints all immediate')
    await showAgain()
    await client.query('commit')
    return restored
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    // Empty again, and of this release, as an opening would make it.
    if (isRebuilt) await migrate(url).catch(() => undefined)
    throw error
  } finally {
    await parts.return(undefined)
    await client.end()
  }
}

type Incoming = { readonly parts: AsyncGenerator<Part>; readonly onProgress: BackupProgress | undefined }

/** Fills the tables of the archive's release, and gives them the shape of this one. */
async function bringIn(
  client: Client,
  tables: readonly CatalogueTable[],
  { lacks }: MigrationPlan,
  { parts, onProgress }: Incoming,
): Promise<TableCount[]> {
  const showAgain = await showEverything(client, tables)
  const counts = await fillTables(client, parts, tables, onProgress)
  await advanceIdentities(client)
  await showAgain()
  if (lacks.length > 0) onProgress?.(0, lacks.length, 'migrations of this release')
  await addMigrations(client, lacks)
  return counts
}

async function lockEmpty(client: Client, tables: readonly CatalogueTable[], empty: readonly string[]): Promise<void> {
  await lockTables(client, tables)
  for (const table of tables.filter(one => empty.includes(one.table))) await refuseRows(client, table)
}

/** Refuses a database that is in use, before what stands in it is taken away. */
async function refuseFilled(owner: Client, empty: readonly string[]): Promise<void> {
  await owner.query(`set local lock_timeout = '20s'`)
  await lockEmpty(owner, await readCatalogue(owner), empty)
}

const lockNotAvailable = '55P03'

async function lockTables(client: Client, tables: readonly CatalogueTable[]) {
  try {
    await client.query(`lock table ${tables.map(({ name }) => name).join(', ')} in access exclusive mode`)
  } catch (error) {
    throw (error as { code?: string }).code === lockNotAvailable ? backupProblem('house-in-use') : error
  }
}

async function refuseRows(client: Client, { table, name }: CatalogueTable) {
  const { rows } = await client.query<{ some: boolean }>(`select exists (select from ${name}) as some`)
  if (rows[0]?.some) throw backupProblem('house-not-empty', { table })
}

/**
 * A login that owns the tables and bypasses nothing sees their rows only while they do not force row-level security on
 * their owner: within this transaction alone. Gives what forces it again.
 */
async function showEverything(client: Client, tables: readonly CatalogueTable[]): Promise<() => Promise<void>> {
  if (await mayBypassRowSecurity(client)) return async () => undefined
  const forced = tables.filter(({ forcesRowSecurity }) => forcesRowSecurity)
  for (const { name } of forced) await client.query(`alter table ${name} no force row level security`)
  return async () => {
    for (const { name } of forced) await client.query(`alter table ${name} force row level security`)
  }
}

const isOfTable = ({ kind, content }: Part, table: number) =>
  kind === 'rows' && content.length > tableBytes && content.readUInt32BE(0) === table

/** The text of a part of rows. */
async function expandRows({ content }: Part): Promise<Buffer> {
  try {
    return await expand(content.subarray(tableBytes), { maxOutputLength: pieceBytes })
  } catch (error) {
    throw backupProblem('backup-not-whole', { why: error instanceof Error ? error.message : String(error) })
  }
}

/**
 * Foreign keys are taken off while the tables come in their alphabetical order, and put back, checked, at the end.
 * Their definitions are the database's own.
 */
async function fillTables(
  client: Client,
  parts: AsyncGenerator<Part>,
  tables: readonly CatalogueTable[],
  onProgress?: BackupProgress,
): Promise<TableCount[]> {
  const { rows: keys } = await client.query<{ change: string; back: string }>(`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as change,
           format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as back
    from pg_constraint
    where contype = 'f' and connamespace::regnamespace::text !~ '^(pg_|information_schema$|public$)'`)
  for (const { change } of keys) await client.query(change)
  await client.query(`truncate ${tables.map(({ name }) => name).join(', ')}`)
  const divided = tables.filter(({ months }) => months)
  for (const { table, months } of divided)
    await client.query('select platform.make_months($1, $2::date[])', [table, months])

  const counts: TableCount[] = []
  let part = await parts.next()
  for (const [index, table] of tables.entries()) {
    onProgress?.(index, tables.length, table.table)
    const digest = createHash('sha256')
    async function* textOfTable() {
      for (; !part.done && isOfTable(part.value, index); part = await parts.next()) {
        const text = await expandRows(part.value)
        digest.update(text)
        yield text
      }
    }
    counts.push({ rows: await loadTable(client, table, textOfTable()), sha256: digest.digest('hex') })
  }
  refuseAnotherEnd(part.done ? undefined : part.value, counts)
  if (!(await parts.next()).done) throw backupProblem('backup-not-whole', { why: 'there is something behind its end' })
  // What lay undivided where it was backed up.
  for (const { table } of divided)
    await client.query('select platform.make_months($1, platform.waiting_months($1))', [table])
  onProgress?.(tables.length, tables.length, 'foreign keys')
  for (const { back } of keys)
    await client.query(back).catch((error: { code?: string }) => {
      // What PostgreSQL says of a row that refers to none may quote the row.
      throw backupProblem('backup-not-whole', { why: `rows do not refer to each other: ${error.code ?? 'a fault'}` })
    })
  return counts
}

async function loadTable(client: Client, table: CatalogueTable, text: AsyncIterable<Buffer>): Promise<number> {
  const load = client.query(copyFrom(`copy ${copyTarget(table)} from stdin`))
  try {
    await pipeline(text, load)
    return load.rowCount
  } catch (error) {
    if (error instanceof Problem) throw error
    // A row that the database does not take: what PostgreSQL says of it may quote the row.
    throw backupProblem('backup-not-whole', { table: table.table, why: (error as { code?: string }).code ?? 'a fault' })
  }
}

/** Each table must have come as the archive's end says, row for row. */
function refuseAnotherEnd(part: Part | undefined, counts: readonly TableCount[]) {
  if (part?.kind !== 'end') throw backupProblem('backup-not-whole', { why: 'its rows are in another order' })
  const { tables } = JSON.parse(part.content.toString('utf8')) as { tables: readonly TableCount[] }
  if (JSON.stringify(tables) !== JSON.stringify(counts))
    throw backupProblem('backup-not-whole', { why: 'its tables are not as its end says' })
}

/** Numbers that the database gives by itself go on after the highest that came in. */
async function advanceIdentities(client: Client) {
  const { rows } = await client.query<{ statement: string }>(`
    select format('select setval(pg_get_serial_sequence(%L, %L), greatest(1, (select max(%I) from %s)))',
             attrelid::regclass, attname, attname, attrelid::regclass) as statement
    from pg_attribute
    where attidentity <> '' and not attisdropped and attrelid::regclass::text like 'graphile_worker.%'`)
  for (const { statement } of rows) await client.query(statement)
}
