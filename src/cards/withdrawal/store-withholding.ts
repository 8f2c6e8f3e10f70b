import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import type { Card } from '../card.ts'

export type Withholding = { readonly code: string; readonly authority: string; readonly note?: string | undefined }

export async function insertWithholding(
  { tx, now, today, by }: Work,
  id: string,
  card: Card,
  { code, authority, note }: Withholding,
): Promise<void> {
  await sql`
    insert into cards.withholding (person_id, id, card_id, code, authority, note, withheld_by, withheld_on, at)
    values (${card.personId}, ${id}, ${card.id}, ${code}, ${authority}, ${note ?? null}, ${by.id}, ${today},
        ${now})`.execute(tx)
}

export async function endWithholding({ tx, today, by }: Work, { personId, id }: Card): Promise<boolean> {
  const { rows } = await sql`
    update cards.withholding set given_back_on = ${today}, given_back_by = ${by.id}
    where person_id = ${personId} and card_id = ${id} and given_back_on is null returning id`.execute(tx)
  return rows.length > 0
}
