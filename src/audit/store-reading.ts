import { sql } from 'kysely'
import { kept, type Tx } from '../platform/db.ts'
import { runAhead, type Work } from '../platform/work.ts'
import type { AccessRow, ReadingEntry } from './entry.ts'
import { longestWork } from './law.ts'

/** A statement takes 65,535 values, and a list of people may be a hundred thousand long. */
const mostAtOnce = 5000

export async function insertAccess({ tx }: Work, rows: readonly AccessRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += mostAtOnce)
    await tx
      .insertInto('audit.access')
      .values(rows.slice(at, at + mostAtOnce))
      .execute()
}

/** Many readings of one work that are about no case: what they have in common is sent once. */
export async function insertReadings(work: Work, rows: readonly AccessRow[]): Promise<void> {
  const { id, now, by, unitId, purpose } = work
  const fields = [...new Set(rows.map(row => row.fields))]
  const statement = kept`
    select audit.note_readings(${id}::uuid, ${now}, ${by.kind}, ${by.id}, ${unitId ?? null}::uuid, ${purpose},
                               ${rows[0]?.place ?? 1}::integer, ${rows.map(row => row.person_id)}::uuid[],
                               ${rows.map(row => row.id)}::uuid[], ${fields}::text[],
                               ${rows.map(row => fields.indexOf(row.fields) + 1)}::smallint[],
                               ${rows.map(row => row.request_id)}::text[])`
  await runAhead(work, statement)
}

/** Puts the entry of a work at the end of a chain; `take` is told where that is, and its seal. */
export async function insertEntry(
  work: Work,
  chain: number,
  { workId, at, count, digest }: Pick<ReadingEntry, 'workId' | 'at' | 'count' | 'digest'>,
  mac: Buffer,
  take: (place: { seq: number; seal: Buffer }) => void,
): Promise<void> {
  const statement = kept<{ seq: number; seal: Buffer }>`
    select seq, seal from audit.seal_readings(${chain}::smallint, ${workId}::uuid, ${at.getTime()}::bigint,
                                              ${count}::integer, ${digest}::bytea, ${mac}::bytea)`
  await runAhead(work, statement, ([place]) => {
    if (!place) throw new Error(`the audit chain ${chain} has no head`)
    take(place)
  })
}

/** The entries of a chain after a place, in their order. */
export async function entriesAfter(tx: Tx, chain: number, seq: number, limit: number): Promise<ReadingEntry[]> {
  const { rows } = await sql<ReadingEntry>`
    select chain, seq, work_id as "workId", at, count, digest, mac, seal from audit.reading_entry
    where chain = ${chain} and seq > ${seq} order by seq limit ${limit}`.execute(tx)
  return rows
}

/** When the first entry of the installation was made: from then on every reading has one. */
export async function firstEntryAt(tx: Tx): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date | null }>`select min(at) as at from audit.reading_entry where seq = 1`.execute(
    tx,
  )
  return rows[0]?.at ?? undefined
}

const inMinutes = (milliseconds: number) => sql.raw(`interval '${milliseconds / 60_000} minutes'`)

/**
 * Of a reading `a` of the entry `e`: that it lies in the entry's time. So PostgreSQL looks for it in that month alone;
 * one of another time counts as one without an entry.
 */
export const inTimeOfEntry = sql`a.at >= e.at - ${inMinutes(longestWork)} and a.at <= e.at + ${inMinutes(longestWork)}`

/** The readings of some entries, in the order in which each work noted them. */
export async function readingsOf(
  tx: Tx,
  entries: readonly Pick<ReadingEntry, 'workId' | 'at'>[],
): Promise<AccessRow[]> {
  const times = entries.map(({ at }) => at.getTime())
  const [first, last] = [Math.min(...times) - longestWork, Math.max(...times) + longestWork]
  const { rows } = await sql<AccessRow>`
    select * from audit.access
    where batch_id = any (${entries.map(({ workId }) => workId)}::uuid[])
      and at >= ${new Date(first)} and at <= ${new Date(last)}
    order by batch_id, place`.execute(tx)
  return rows
}

/** The readings of a batch of the former way. */
export async function accessOfBatch(tx: Tx, batchId: string): Promise<AccessRow[]> {
  const { rows } = await sql<AccessRow>`
    select * from audit.access where batch_id = ${batchId} order by id`.execute(tx)
  return rows
}

export type Stray = { readonly batchId: string; readonly at: Date; readonly count: number }

const strayLimit = 1000

/** Readings that neither an entry nor a deed has sealed, by their batch; of a month's span of time, or of all times. */
export async function strayReadings(tx: Tx, span?: { readonly from: Date; readonly until: Date }): Promise<Stray[]> {
  const { rows } = await sql<Stray>`
    select a.batch_id as "batchId", min(a.at) as at, count(*)::integer as count from audit.access a
    where ${span ? sql`a.at >= ${span.from} and a.at < ${span.until}` : sql`true`}
      and not exists (select from audit.reading_entry e where e.work_id = a.batch_id and ${inTimeOfEntry})
      and not exists (select from audit.deed d where d.deed = 'access.sealed' and d.subject_id = a.batch_id::text)
    group by a.batch_id order by 2 limit ${strayLimit}`.execute(tx)
  return rows
}

const everyBatch = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** The latest batch that the former way has sealed; nothing where all are. Locked. */
export async function holdFormerSealed(tx: Tx): Promise<string | undefined> {
  const { rows } = await sql<{ batch_id: string }>`
    select batch_id from audit.sealed_until where batch_id <> ${everyBatch} for update`.execute(tx)
  return rows[0]?.batch_id
}

/** Batches of the former way from one on that no deed has sealed; from now on all of them are taken for sealed. */
export async function takeFormerBatches(tx: Tx, from: string): Promise<string[]> {
  const { rows } = await sql<{ batch_id: string }>`
    select distinct a.batch_id from audit.access a
    where a.batch_id >= ${from}
      and not exists (select from audit.deed d where d.subject_id = a.batch_id::text and d.deed = 'access.sealed')
      and not exists (select from audit.reading_entry e where e.work_id = a.batch_id)
    order by a.batch_id`.execute(tx)
  await sql`update audit.sealed_until set batch_id = ${everyBatch}`.execute(tx)
  return rows.map(row => row.batch_id)
}
