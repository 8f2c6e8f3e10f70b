import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { RollId } from '../roll.ts'

type Released = { readonly rowId: string; readonly personId: Id<'person'>; readonly number: string }

export async function insertReleased(
  { tx, by, today }: Work,
  schoolId: Id<'school'>,
  released: readonly Released[],
  { why, said }: { readonly why: string; readonly said: string },
): Promise<void> {
  await sql`
    insert into rolls.released_number (person_id, row_id, school_id, number, why, reason, released_by, released_on)
    select t.person_id, t.row_id, ${schoolId}, t.number, ${why}, ${said}, ${by.id}, ${today}::date
    from unnest(${released.map(one => one.personId)}::uuid[], ${released.map(one => one.rowId)}::uuid[],
      ${released.map(one => one.number)}::text[]) as t (person_id, row_id, number)
    on conflict (person_id, row_id) do update
      set number = excluded.number, why = excluded.why, reason = excluded.reason, released_by = excluded.released_by,
        released_on = excluded.released_on`.execute(tx)
}

/** Of the rows of a roll that are still the pupils to whom they were released. */
export async function findReleased({ tx }: Work, rollId: RollId) {
  const { rows } = await sql<{
    place: number
    name: string
    class: string | null
    number: string
    releasedOn: string
    personId: Id<'person'>
  }>`
    select w.place, w.name, w.class, n.number, n.released_on::text as "releasedOn", n.person_id as "personId"
    from rolls.row w join rolls.released_number n on n.row_id = w.id and n.person_id = w.person_id
    where w.roll_id = ${rollId} order by w.place`.execute(tx)
  return rows
}
