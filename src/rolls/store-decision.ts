import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { ReviewDecision, RollId } from './roll.ts'

/** Officers' decisions on entries: the row has the decision itself, the entry has the refused pairs. */

export type KeptDecision = {
  readonly place: number
  readonly decision: ReviewDecision
  readonly by: string
  readonly at: Date
  readonly on: Day
}

export async function setDecision(
  { tx }: Work,
  rollId: RollId,
  { place, decision, by, at, on }: KeptDecision,
): Promise<void> {
  await tx
    .updateTable('rolls.row')
    .set({ decision, decided_by: by, decided_at: at, decided_on: on })
    .where('roll_id', '=', rollId)
    .where('place', '=', place)
    .execute()
}

export async function clearDecision({ tx }: Work, rollId: RollId, place: number): Promise<void> {
  await tx
    .updateTable('rolls.row')
    .set({ decision: null, decided_by: null, decided_at: null, decided_on: null, contested: false })
    .where('roll_id', '=', rollId)
    .where('place', '=', place)
    .execute()
}

type RefusingEntry = { readonly id: string; readonly schoolId: Id<'school'> }

/** Who an entry is not. */
export async function insertRefusals(
  { tx, by, now, today }: Work,
  { id, schoolId }: RefusingEntry,
  personIds: readonly Id<'person'>[],
): Promise<void> {
  await sql`
    insert into rolls.refusal (person_id, row_id, school_id, refused_by, refused_at, refused_on)
    select person_id, ${id}::uuid, ${schoolId}::uuid, ${by.id}, ${now}::timestamptz, ${today}::date
    from unnest(${personIds}::uuid[]) as t (person_id)
    on conflict do nothing`.execute(tx)
}

/** Deletes the refusals of the entry's last decision, and any refusal of the chosen person. */
export async function deleteRefusals({ tx }: Work, rowId: string, chosen?: string): Promise<void> {
  await sql`
    delete from rolls.refusal f
    where f.row_id = ${rowId} and (f.person_id = ${chosen ?? null}::uuid
      or f.refused_at = (select w.decided_at from rolls.row w where w.id = ${rowId} and w.decision = 'different'
          order by w.decided_at desc limit 1))`.execute(tx)
}

/** The persons who were refused for each entry of a roll, by place. */
export async function findRefusals({ tx }: Work, rollId: RollId): Promise<Map<number, ReadonlySet<string>>> {
  const { rows } = await sql<{ place: number; persons: string[] }>`
    select w.place, array_agg(f.person_id::text) as persons from rolls.row w join rolls.refusal f on f.row_id = w.id
    where w.roll_id = ${rollId} group by w.place`.execute(tx)
  return new Map(rows.map(({ place, persons }) => [place, new Set(persons)]))
}
