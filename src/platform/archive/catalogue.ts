import { type Client, escapeIdentifier } from 'pg'
import { backupProblem } from './problems.ts'

/**
 * The tables of a database as its own catalogue names them. Every name that goes into a statement of a backup or a
 * restore comes from here; those of an archive are looked up, and never sent.
 */

/** A table as an archive names it: `schema.table`, and its columns. */
export type NamedTable = {
  readonly table: string
  readonly columns: readonly string[]
  /** The months of a table that is divided by month, by their first days; of another one absent. */
  readonly months?: readonly string[]
}

export type CatalogueTable = NamedTable & {
  /** The quoted name, for statements. */
  readonly name: string
  readonly forcesRowSecurity: boolean
}

/**
 * Our tables, and the waiting jobs; not what a crash of the server may take (unlogged). A transaction's number (xid8)
 * means nothing on another server: such a column stays behind, and what is restored has that of its restoring, by the
 * column's default. A divided table is one, whatever its partitions.
 */
const tablesOf = (months: string) => `
  select n.nspname::text as schema, c.relname::text as relation, c.relforcerowsecurity as "forcesRowSecurity",
         array(select a.attname::text from pg_attribute a
           where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
               and a.atttypid <> 'xid8'::regtype order by a.attnum) as columns,
         ${months} as months
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^(pg_|information_schema$|public$)'
    and (n.nspname <> 'graphile_worker'
        or c.relname in ('_private_tasks', '_private_job_queues', '_private_jobs', '_private_known_crontabs'))
    and not (n.nspname = 'platform' and c.relname = 'migration')
  order by n.nspname, c.relname`

const monthsOfTable = `
  case when c.relkind = 'p' then array(
    select to_char(p.from_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') from platform.month_parts() p
    where p.divided = c.oid::regclass::text and p.from_at > '-infinity' order by 1) end`

type Row = {
  readonly schema: string
  readonly relation: string
  readonly forcesRowSecurity: boolean
  readonly columns: readonly string[]
  readonly months: readonly string[] | null
}

export async function readCatalogue(client: Client): Promise<CatalogueTable[]> {
  // A former release, whose backup is loaded in the shape of then, may divide nothing yet.
  const divides = await client.query(`select to_regproc('platform.month_parts') is not null as divides`)
  const { rows } = await client.query<Row>(tablesOf(divides.rows[0]?.divides ? monthsOfTable : 'null::text[]'))
  return rows.map(({ schema, relation, forcesRowSecurity, columns, months }) => ({
    table: `${schema}.${relation}`,
    name: `${escapeIdentifier(schema)}.${escapeIdentifier(relation)}`,
    columns,
    ...(months && { months }),
    forcesRowSecurity,
  }))
}

const columnList = (columns: readonly string[]) => columns.map(column => escapeIdentifier(column)).join(', ')

/** What COPY writes to: a table of the catalogue with some of its columns. */
export const copyTarget = ({ name, columns }: CatalogueTable): string => `${name} (${columnList(columns)})`

/** What COPY reads from: the same; of a divided table, which has no rows of its own, a query. */
export const copySource = (table: CatalogueTable): string =>
  table.months ? `(select ${columnList(table.columns)} from ${table.name})` : copyTarget(table)

const differencesOf = (here: readonly string[], there: readonly string[]) => ({
  unknown: there.filter(name => !here.includes(name)).slice(0, 20),
  missing: here.filter(name => !there.includes(name)).slice(0, 20),
})

/**
 * The catalogue's own tables for those that an archive names, in the archive's order. Throws backup-of-other-tables
 * where one is unknown, missing or named twice, or a column is.
 */
export function matchTables(catalogue: readonly CatalogueTable[], named: readonly NamedTable[]): CatalogueTable[] {
  const tables = differencesOf(
    catalogue.map(({ table }) => table),
    named.map(({ table }) => table),
  )
  if (tables.unknown.length > 0 || tables.missing.length > 0 || named.length !== catalogue.length)
    throw backupProblem('backup-of-other-tables', tables)
  return named.map(({ table, columns, months }) => {
    const known = catalogue.find(one => one.table === table)
    if (!known) throw backupProblem('backup-of-other-tables', { unknown: [table] })
    const differences = differencesOf(known.columns, columns)
    if (differences.unknown.length > 0 || differences.missing.length > 0 || columns.length !== known.columns.length)
      throw backupProblem('backup-of-other-tables', { table, columns: differences })
    // The order is the archive's, the names are the catalogue's.
    return {
      ...known,
      ...(months && { months }),
      columns: columns.map(column => known.columns[known.columns.indexOf(column)] ?? ''),
    }
  })
}
