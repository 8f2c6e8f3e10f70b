import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'

/** A disk as it was found. */
export type DiskFound = {
  readonly freeBytes: number
  readonly sizeBytes: number
  /** Whether the database lies on it. */
  readonly hasDatabase: boolean
}

/** Notes the largest tables, from a number of bytes on; parts of a divided table are counted with it. */
export async function noteTables({ tx }: Work, day: Day, leastBytes: number, most: number): Promise<void> {
  await sql`
    insert into operations.table_day (day, name, bytes, row_estimate)
    select ${day}::date, n.nspname || '.' || c.relname, sum(pg_total_relation_size(part.oid)),
      sum(greatest(part.reltuples, 0))::bigint
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    cross join lateral (
      select c.oid, c.reltuples
      union all
      select k.oid, k.reltuples from pg_inherits i join pg_class k on k.oid = i.inhrelid where i.inhparent = c.oid
    ) as part
    where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p'
      and n.nspname !~ '^(pg_|information_schema$)'
    group by n.nspname, c.relname
    having sum(pg_total_relation_size(part.oid)) >= ${leastBytes}
    order by 3 desc limit ${most}
    on conflict (day, name) do update set bytes = excluded.bytes, row_estimate = excluded.row_estimate`.execute(tx)
}

export async function noteDisk(
  { tx }: Work,
  day: Day,
  { freeBytes, sizeBytes, hasDatabase }: DiskFound,
): Promise<void> {
  await sql`
    insert into operations.disk_day (day, database_bytes, free_bytes, size_bytes, has_database)
    values (${day}, pg_database_size(current_database()), ${freeBytes}, ${sizeBytes}, ${hasDatabase})
    on conflict (day) do update set database_bytes = excluded.database_bytes, free_bytes = excluded.free_bytes,
      size_bytes = excluded.size_bytes, has_database = excluded.has_database`.execute(tx)
}

/** Deletes what was noted more than so many days ago. */
export async function forgetSizes({ tx }: Work, day: Day, keptDays: number): Promise<void> {
  await sql`delete from operations.table_day where day < ${day}::date - ${keptDays}::integer`.execute(tx)
  await sql`delete from operations.disk_day where day < ${day}::date - ${keptDays}::integer`.execute(tx)
}

export type DiskDay = DiskFound & {
  readonly day: Day
  readonly databaseBytes: number
  /** Days from the first of the days that are compared. */
  readonly days: number
}

/** The last day that was measured, and the first of the days before it that are compared; the first alone has none. */
export async function lastAndFirstDay({ tx }: Work, over: number): Promise<DiskDay[]> {
  const { rows } = await sql<DiskDay>`
    with lately as (
      select *, max(day) over () as last from operations.disk_day
      where day >= (select max(day) from operations.disk_day) - ${over}::integer
    )
    select day, database_bytes::float8 as "databaseBytes", free_bytes::float8 as "freeBytes",
      size_bytes::float8 as "sizeBytes", has_database as "hasDatabase",
      day - min(day) over () as days
    from lately where day = last or day = (select min(day) from lately) order by day desc`.execute(tx)
  return rows
}

export type TableDay = { readonly name: string; readonly bytes: number; readonly rows: number }

/** The tables that were noted on a day, the largest first. */
export async function tablesOn({ tx }: Work, day: Day): Promise<TableDay[]> {
  const { rows } = await sql<TableDay>`
    select name, bytes::float8 as bytes, row_estimate::float8 as rows from operations.table_day
    where day = ${day} order by bytes desc, name`.execute(tx)
  return rows
}
