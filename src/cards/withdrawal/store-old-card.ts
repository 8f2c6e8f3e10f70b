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

export type LyingOldCard = Pick<OldCard, 'personId' | 'kind' | 'number'> & {
  readonly id: string
  readonly takenOn: Day
}

/** Old cards that lie at a unit, the longest there first: ids are in the order in which they were taken in. */
export async function findLyingAt(
  { tx }: Work,
  unitId: Id<'unit'>,
  {
    after = '00000000-0000-0000-0000-000000000000',
    limit,
  }: { readonly after?: string | undefined; readonly limit: number },
): Promise<LyingOldCard[]> {
  const { rows } = await sql<LyingOldCard>`
    select id, person_id as "personId", kind, number, taken_on as "takenOn" from cards.taken_in
    where unit_id = ${unitId} and destruction_id is null and id > ${after} order by id limit ${limit}`.execute(tx)
  return rows
}

/** How many lie at a unit, and how many of them since a day or longer. */
export async function countLyingAt(
  { tx }: Work,
  unitId: Id<'unit'>,
  until: Day,
): Promise<{ readonly total: number; readonly due: number }> {
  const { rows } = await sql<{ total: number; due: number }>`
    select count(*)::integer as total, (count(*) filter (where taken_on <= ${until}))::integer as due
    from cards.taken_in where unit_id = ${unitId} and destruction_id is null`.execute(tx)
  return rows[0] ?? { total: 0, due: 0 }
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
