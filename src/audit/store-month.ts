import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { firstEntryChain } from './entry.ts'
import type { MonthSeal } from './month.ts'

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

/** Removes the readings of a chain's entries behind a place up to another. */
export async function deleteReadings(tx: Tx, chain: number, after: number, upTo: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from audit.access a using audit.reading_entry e
    where e.chain = ${chain} and e.seq > ${after} and e.seq <= ${upTo} and a.batch_id = e.work_id`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Removes the readings of the batches of the former way that deeds of a chain seal, behind a place up to another. */
export async function deleteBatches(tx: Tx, chain: number, after: number, upTo: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from audit.access a using audit.deed d
    where d.chain = ${chain} and d.seq > ${after} and d.seq <= ${upTo} and d.deed = 'access.sealed'
      and a.batch_id = d.subject_id::uuid`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** The roots of months, the earliest first; of one month, or of all. */
export async function monthSeals(tx: Tx, month?: string): Promise<{ chain: number; seq: number; facts: MonthSeal }[]> {
  const { rows } = await sql<{ chain: number; seq: number; facts: MonthSeal }>`
    select chain, seq, facts from audit.deed
    where deed = 'month.sealed' and ${month === undefined ? sql`true` : sql`subject_id = ${month}`}
    order by subject_id, at`.execute(tx)
  return rows
}
