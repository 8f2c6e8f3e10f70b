import { sql } from 'kysely'
import type { Work } from '../work.ts'
import { type SealedUse, sealedAnew } from './sealing.ts'

/** A column in which something lies sealed, and the name of its place, by which `seal` bound it there. */
export type SealedColumn = {
  readonly table: `${string}.${string}`
  readonly column: string
  /** The primary key: its columns and their types, in their order. */
  readonly key: Readonly<Record<string, 'uuid' | 'text' | 'bigint'>>
  /** Other columns that the place is named by. */
  readonly also?: readonly string[]
  readonly use: SealedUse
  place(row: Readonly<Record<string, string>>): string
}

export type ResealedBatch = {
  /** The key of the last row that was read; undefined where no row is left. */
  readonly last?: readonly string[]
  readonly resealed: number
  /** Rows that no key of this house opens. */
  readonly unreadable: number
}

type Row = Readonly<Record<string, string>> & { readonly 'sealed bytes': Buffer }

function rowsAfter(
  { tx }: Work,
  { table, column, key, also = [] }: SealedColumn,
  after: readonly string[],
  most: number,
) {
  const names = Object.keys(key)
  const text = (name: string) => sql`t.${sql.ref(name)}::text as ${sql.ref(name)}`
  // By the columns themselves: an order by what is selected would be the order of texts.
  const columns = sql.join(names.map(name => sql`t.${sql.ref(name)}`))
  const values = sql.join(names.map((name, at) => sql`${after[at]}::${sql.raw(key[name] ?? 'text')}`))
  return sql<Row>`
    select ${sql.join([...names, ...also].map(text))}, t.${sql.ref(column)} as "sealed bytes"
    from ${sql.table(table)} as t where t.${sql.ref(column)} is not null
      ${after.length > 0 ? sql`and (${columns}) > (${values})` : sql``}
    order by ${columns} limit ${most}`.execute(tx)
}

/**
 * Seals the next rows of a column under the key of now. One that was changed or removed meanwhile is left to whoever
 * did that, since they seal with the key of now.
 */
export async function resealRows(
  work: Work,
  of: SealedColumn,
  after: readonly string[],
  most: number,
): Promise<ResealedBatch> {
  const { rows } = await rowsAfter(work, of, after, most)
  const names = Object.keys(of.key)
  let [resealed, unreadable] = [0, 0]
  for (const row of rows) {
    let fresh: Buffer | undefined
    try {
      fresh = sealedAnew(of.use, of.place(row), row['sealed bytes'])
    } catch {
      unreadable += 1
    }
    if (!fresh) continue
    const { numAffectedRows } = await sql`
      update ${sql.table(of.table)} set ${sql.ref(of.column)} = ${fresh}
      where ${sql.join(
        names.map(name => sql`${sql.ref(name)} = ${row[name]}::${sql.raw(of.key[name] ?? 'text')}`),
        sql` and `,
      )} and ${sql.ref(of.column)} = ${row['sealed bytes']}`.execute(work.tx)
    resealed += Number(numAffectedRows ?? 0)
  }
  const last = rows.at(-1)
  return { ...(last && { last: names.map(name => String(last[name])) }), resealed, unreadable }
}

/** A mark in the order of transactions. */
export async function markTransaction({ tx }: Work): Promise<string> {
  const { rows } = await sql<{ mark: string }>`select pg_current_xact_id()::text as mark`.execute(tx)
  return rows[0]?.mark ?? '0'
}

/** Whether every transaction that began to write before a mark has ended. */
export async function haveEndedBefore({ tx }: Work, mark: string): Promise<boolean> {
  const { rows } = await sql<{ ended: boolean }>`
    select pg_snapshot_xmin(pg_current_snapshot()) > ${mark}::text::xid8 as ended`.execute(tx)
  return rows[0]?.ended ?? false
}
