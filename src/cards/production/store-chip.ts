import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Card } from '../card.ts'

export type NewChip = {
  readonly id: string
  readonly personId: Id<'person'>
  readonly cardId: Id<'card'>
  readonly batchId: string
  readonly issuedOn: Day
  readonly securityObject: string
  readonly signerKeyId: string
}

export async function insertChip({ tx, now, by }: Work, chip: NewChip): Promise<void> {
  const { id, personId, cardId, batchId, issuedOn, securityObject, signerKeyId } = chip
  await sql`
    insert into cards.personalised_chip
      (person_id, id, card_id, batch_id, issued_on, security_object, signer_key_id, made_by, made_at)
    values (${personId}, ${id}, ${cardId}, ${batchId}, ${issuedOn}, ${securityObject}, ${signerKeyId}, ${by.id}, ${now})
  `.execute(tx)
}

/** The chip that was made for a card and is good still. */
export async function findChip(
  { tx }: Work,
  { personId, id }: Pick<Card, 'personId' | 'id'>,
): Promise<Pick<NewChip, 'issuedOn' | 'securityObject'> | undefined> {
  const { rows } = await sql<Pick<NewChip, 'issuedOn' | 'securityObject'>>`
    select issued_on as "issuedOn", security_object as "securityObject" from cards.personalised_chip
    where person_id = ${personId} and card_id = ${id} and spoiled_at is null`.execute(tx)
  return rows[0]
}

export async function setChipSpoiled(
  { tx, now }: Work,
  { personId, id }: Pick<Card, 'personId' | 'id'>,
  why: 'rejected' | 'released' | 'anew',
): Promise<void> {
  await sql`
    update cards.personalised_chip set spoiled_at = ${now}, spoiled_why = ${why}
    where person_id = ${personId} and card_id = ${id} and spoiled_at is null`.execute(tx)
}
