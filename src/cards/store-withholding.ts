import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import type { Card } from './card.ts'

export type Withholding = { readonly code: string; readonly authority: string; readonly note?: string | undefined }

export async function insertWithholding(
  { tx, now, today, by }: Work,
  id: string,
  card: Card,
  { code, authority, note }: Withholding,
): Promise<void> {
  await sql`
    insert into cards.withholding (person_id, id, card_id, code, authority, note, withheld_by, withheld_on, at)
    values (${card.personId}, ${id}, ${card.id}, ${code}, ${authority}, ${note ?? null}, ${by.id}, ${today}, ${now})`.execute(tx)
}

export async function endWithholding({ tx, today, by }: Work, { personId, id }: Card): Promise<boolean> {
  const { rows } = await sql`
    update cards.withholding set given_back_on = ${today}, given_back_by = ${by.id}
    where person_id = ${personId} and card_id = ${id} and given_back_on is null returning id`.execute(tx)
  return rows.length > 0
}

export type Kept = { readonly code: string; readonly authority: string; readonly from: Day; readonly to: Day | null }

/** The times for which an authority kept a card. */
export async function withholdingsOf({ tx }: Work, { personId, id }: Card): Promise<Kept[]> {
  const { rows } = await sql<Kept>`
    select code, authority, withheld_on as from, given_back_on as to from cards.withholding where person_id = ${personId} and card_id = ${id} order by withheld_on, id`.execute(
    tx,
  )
  return rows
}
