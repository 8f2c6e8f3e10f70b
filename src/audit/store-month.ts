import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { type AccessRow, firstEntryChain } from './entry.ts'
import { longestWork } from './law.ts'
import type { MonthSeal } from './month.ts'
import { inTimeOfEntry } from './store-reading.ts'

export type SealInChain = { readonly seq: number; readonly at: Date; readonly seal: Buffer; readonly readings: number }

/** The seals of a chain after a place, in their order; of an entry also how many readings it has. */
export async function sealsAfter(tx: Tx, chain: number, seq: number, limit: number): Promise<SealInChain[]> {
  const from =
    chain < firstEntryChain ? sql`0 as readings from audit.deed` : sql`count as readings from audit.reading_entry`
  const { rows } = await sql<SealInChain>`
    select seq, at, seal, ${from} where chain = ${chain} and seq > ${seq} order by seq limit ${limit}`.execute(tx)
  return rows
}

/** When the first deed or entry was made. */
export async function beginOfAudit(tx: Tx): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date | null }>`
    select least((select min(at) from audit.deed where seq = 1),
                 (select min(at) from audit.reading_entry where seq = 1)) as at`.execute(tx)
  return rows[0]?.at ?? undefined
}

/** The part of a chain that a month has: behind a place, up to another. */
export type Cut = { readonly chain: number; readonly after: number; readonly upTo: number }

/** A month's span of time. */
export type MonthSpan = { readonly from: Date; readonly until: Date }

const outside = (span: MonthSpan | undefined) =>
  span ? sql`(a.at < ${span.from} or a.at >= ${span.until})` : sql`true`

/**
 * Removes the readings of the entries of a cut; where a span is given, only those outside of it. Which partition has
 * them is told by the moment of their entry.
 */
export async function deleteReadings(tx: Tx, { chain, after, upTo }: Cut, span?: MonthSpan): Promise<number> {
  // Nearly all entries have their readings in the span: only those at its edges are looked at.
  const atAnEdge = span
    ? sql`not (e.at >= ${new Date(span.from.getTime() + longestWork)}
               and e.at < ${new Date(span.until.getTime() - longestWork)})`
    : sql`true`
  const { numAffectedRows } = await sql`
    delete from audit.access a using audit.reading_entry e
    where e.chain = ${chain} and e.seq > ${after} and e.seq <= ${upTo} and ${atAnEdge}
      and a.batch_id = e.work_id and ${inTimeOfEntry} and ${outside(span)}`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Removes the readings of the batches of the former way that deeds of a cut seal; the same of a span. */
export async function deleteBatches(tx: Tx, { chain, after, upTo }: Cut, span?: MonthSpan): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from audit.access a using audit.deed d
    where d.chain = ${chain} and d.seq > ${after} and d.seq <= ${upTo} and d.deed = 'access.sealed'
      and a.batch_id = d.subject_id::uuid and ${outside(span)}`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

export async function countReadingsIn(tx: Tx, { from, until }: MonthSpan): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from audit.access where at >= ${from} and at < ${until}`.execute(tx)
  return Number(rows[0]?.count ?? 0)
}

/** The readings in a span that nothing of some cuts seals, so many at most. */
export async function readingsBeside(
  tx: Tx,
  { from, until }: MonthSpan,
  cuts: readonly Cut[],
  limit: number,
): Promise<AccessRow[]> {
  const { rows } = await sql<AccessRow>`
    with cut as (
      select * from unnest(${cuts.map(({ chain }) => chain)}::smallint[], ${cuts.map(({ after }) => after)}::bigint[],
                           ${cuts.map(({ upTo }) => upTo)}::bigint[]) as c (chain, after, up_to)
    ), sealed as (
      select e.work_id as id from cut c join audit.reading_entry e
        on e.chain = c.chain and e.seq > c.after and e.seq <= c.up_to
      union all
      select d.subject_id::uuid from cut c join audit.deed d
        on d.chain = c.chain and d.seq > c.after and d.seq <= c.up_to and d.deed = 'access.sealed'
    )
    select a.* from audit.access a
    where a.at >= ${from} and a.at < ${until} and not exists (select from sealed s where s.id = a.batch_id)
    limit ${limit}`.execute(tx)
  return rows
}

/** The roots of months, the earliest first; of one month, or of all. */
export async function monthSeals(tx: Tx, month?: string): Promise<{ chain: number; seq: number; facts: MonthSeal }[]> {
  const { rows } = await sql<{ chain: number; seq: number; facts: MonthSeal }>`
    select chain, seq, facts from audit.deed
    where deed = 'month.sealed' and ${month === undefined ? sql`true` : sql`subject_id = ${month}`}
    order by subject_id, at`.execute(tx)
  return rows
}
