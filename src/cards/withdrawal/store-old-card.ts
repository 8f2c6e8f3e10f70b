import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { OldKind } from './old-kind.ts'

export type OldCard = {
  readonly personId: Id<'person'>
  readonly kind: OldKind
  readonly number: string
  readonly cardId?: Id<'card'> | undefined
}

/** False where it was taken in before. */
export async function insertTakenIn(
  { tx, now, today, by }: Work,
  id: string,
  { personId, kind, number, cardId }: OldCard,
  unitId: Id<'unit'>,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into cards.taken_in (person_id, id, kind, number, card_id, unit_id, taken_by, taken_on, at)
    values (${personId}, ${id}, ${kind}, ${number}, ${cardId ?? null}, ${unitId}, ${by.id}, ${today}, ${now})
    on conflict (person_id, kind, number) do nothing`.execute(tx)
  return numAffectedRows === 1n
}

export async function insertDestruction(
  { tx, now, today, by }: Work,
  { id, unitId, secondChecker, cards }: { id: string; unitId: Id<'unit'>; secondChecker: string; cards: number },
): Promise<void> {
  await sql`
    insert into cards.destruction (id, unit_id, cards, destroyed_by, second_checker, destroyed_on, at)
    values (${id}, ${unitId}, ${cards}, ${by.id}, ${secondChecker}, ${today}, ${now})`.execute(tx)
}

/** Old cards that lie at a unit since a day or longer, locked. */
export async function holdTakenIn({ tx }: Work, unitId: Id<'unit'>, until: Day): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from cards.taken_in where unit_id = ${unitId} and taken_on <= ${until} and destruction_id is null
    order by id for update`.execute(tx)
  return rows.map(({ id }) => id)
}

export async function setDestroyed({ tx }: Work, ids: readonly string[], destructionId: string): Promise<void> {
  await sql`update cards.taken_in set destruction_id = ${destructionId} where id = any (${[...ids]}::uuid[])`.execute(
    tx,
  )
}
