import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'

/** A column as the catalogue of the database has it; `level` is the end of its comment. */
export type CatalogColumn = {
  readonly table: string
  readonly column: string
  readonly comment: string
  readonly level: 'personal' | 'secret'
}

/** Every column whose comment says that it is personal or secret, by table. */
export async function findPersonalColumns({ tx }: Work): Promise<CatalogColumn[]> {
  const { rows } = await sql<CatalogColumn>`
    select n.nspname || '.' || c.relname as "table", a.attname as "column",
      regexp_replace(d.comment, ' *\\[(personal|secret)\\]$', '') as comment,
      substring(d.comment from '\\[(personal|secret)\\]$') as level
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    cross join lateral col_description(c.oid, a.attnum) as d (comment)
    where c.relkind in ('r', 'p') and not c.relispartition and d.comment ~ '\\[(personal|secret)\\]$'
    order by 1, a.attnum`.execute(tx)
  return rows
}

/** How many tables of people have row-level security, of how many. */
export async function countProtectedTables({ tx }: Work, tables: readonly string[]): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname || '.' || c.relname = any (${tables}::text[]) and c.relrowsecurity and c.relforcerowsecurity
    `.execute(tx)
  return rows[0]?.n ?? 0
}
