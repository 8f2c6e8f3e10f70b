import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Card } from '../card.ts'

export type ProductionAttempt = {
  readonly id: string
  readonly personId: Id<'person'>
  readonly cardId: Id<'card'>
  readonly attempt: number
  readonly batchId: string
  readonly serial: string | null
  readonly madeBy: string
  readonly madeOn: Day
  readonly quality: 'passed' | 'rejected' | null
  readonly fault: string | null
}

const attemptColumns =
  sql.raw(`p.id, p.person_id as "personId", p.card_id as "cardId", p.attempt, p.batch_id as "batchId", p.serial,
      p.made_by as "madeBy", p.made_on as "madeOn",
  p.quality, p.fault`)

/** The attempts at a card, the first first. */
export async function findAttempts({ tx }: Work, { personId, id }: Card): Promise<ProductionAttempt[]> {
  const { rows } = await sql<ProductionAttempt>`
    select ${attemptColumns} from cards.production p where p.person_id = ${personId} and p.card_id = ${id}
    order by p.attempt`.execute(tx)
  return rows
}

export async function holdAttempt({ tx }: Work, id: string): Promise<ProductionAttempt | undefined> {
  const { rows } = await sql<ProductionAttempt>`select ${attemptColumns} from cards.production p where p.id = ${id}
      for update`.execute(tx)
  return rows[0]
}

/** Whether a serial was used for a card of anyone; what the caller may not see counts too, by the key itself. */
export async function takeSerial(
  { tx }: Work,
  serial: string,
  { personId, id }: Card,
  productionId: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into cards.serial_lookup (serial, person_id, card_id, production_id)
    values (${serial}, ${personId}, ${id}, ${productionId})
    on conflict (serial) do nothing`.execute(tx)
  return numAffectedRows === 1n
}

export async function insertAttempt(
  { tx, now, by }: Work,
  { id, personId, cardId, attempt, batchId, serial, madeOn }: Omit<ProductionAttempt, 'madeBy' | 'quality' | 'fault'>,
): Promise<void> {
  await sql`
    insert into cards.production (person_id, id, card_id, attempt, batch_id, maker, serial, made_by, made_on, made_at)
    values (${personId}, ${id}, ${cardId}, ${attempt}, ${batchId}, 'house', ${serial}, ${by.id}, ${madeOn},
        ${now})`.execute(tx)
}

export async function setQuality(
  { tx, now, by }: Work,
  { personId, id }: ProductionAttempt,
  quality: 'passed' | 'rejected',
  fault: string | undefined,
): Promise<void> {
  await sql`
    update cards.production
    set quality = ${quality}, fault = ${fault ?? null}, checked_by = ${by.id}, checked_at = ${now}
    where person_id = ${personId} and id = ${id}`.execute(tx)
}
