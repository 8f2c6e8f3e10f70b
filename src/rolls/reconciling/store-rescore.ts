import { sql } from 'kysely'
import type { LinkRecord } from '../../linkage/person-record.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { RollId } from '../roll.ts'

/** From changed persons to the rows that they touch: linkage's blocking (candidateKeys) read from the other end. */

const touchingKeys = ({
  id,
  name,
  birth,
  number,
  cancelledNumbers,
  oldNumber,
  communes,
  father,
  mother,
}: LinkRecord) => ({
  person_id: id,
  numbers: [...(number ? [number] : []), ...cancelledNumbers],
  old_number: oldNumber,
  y: birth?.y,
  m: birth?.m,
  d: birth?.d,
  name: name?.plain,
  family: name?.family,
  given: name?.given,
  words: name?.words,
  communes,
  father: father?.name?.plain,
  mother: mother?.name?.plain,
})

export type TouchedRow = { readonly rollId: RollId; readonly place: number; readonly personId: register.PersonId }

/**
 * The rows on rolls in force that some persons touch, as they are now: rows that are theirs or may be, rows with a
 * number of theirs, and rows in doubt that blocking would join to them. Of one roll, where it is given.
 */
export async function findTouchedRows(
  work: Work,
  personIds: readonly register.PersonId[],
  roll?: { readonly id: RollId },
): Promise<TouchedRow[]> {
  if (personIds.length === 0) return []
  const known = new Map((await register.linkRecordsOf(work, personIds)).map(record => [record.id, record]))
  const keys = personIds.map(id =>
    touchingKeys(known.get(id) ?? { id, cancelledNumbers: [], communes: [], districts: [] }),
  )
  const { rows } = await sql<TouchedRow>`
    select distinct w.roll_id as "rollId", w.place, k.person_id as "personId"
    from json_to_recordset(${JSON.stringify(keys)}::json) as k
      (person_id uuid, numbers text[], old_number text, y smallint, m smallint, d smallint, name text,
      family text, given text, words text[], communes uuid[], father text, mother text)
    cross join lateral (
      select o.roll_id, o.place from rolls.row o where o.person_id = k.person_id
      union all
      select c.roll_id, c.place from rolls.candidate c where c.person_id = k.person_id
      union all
      select o.roll_id, o.place from rolls.row o
      where o.holder_id = k.person_id and o.holder_id is distinct from o.person_id
      union all
      select o.roll_id, o.place from rolls.row o where o.number = any (k.numbers collate "C")
      union all
      select o.roll_id, o.place from rolls.row o
      where o.in_doubt and o.birth_y = k.y and o.birth_m = k.m and o.birth_d = k.d
      union all
      select o.roll_id, o.place from rolls.row o
      where o.in_doubt and o.birth_y = k.y and o.birth_m = k.d and o.birth_d = k.m
        and right(o.name_plain, length(k.given)) = k.given collate "C"
      union all
      select o.roll_id, o.place from rolls.row o
      where o.in_doubt and o.name_plain = k.name collate "C"
        and (o.birth_y between k.y - 1 and k.y + 1 or o.commune_id = any (k.communes) or o.commune_id is null
            or (o.birth_m = k.m and o.birth_d = k.d))
      union all
      select o.roll_id, o.place from rolls.row o
      where o.in_doubt and o.birth_y = k.y
        and ((split_part(o.name_plain, ' ', 1) = k.family collate "C"
              and split_part(o.name_plain, ' ', -1) = k.given collate "C")
          or string_to_array(o.name_plain, ' ') <@ k.words
          or o.father_plain = k.father collate "C" or o.mother_plain = k.mother collate "C")
      union all
      select o.roll_id, o.place from rolls.row o
      where o.in_doubt and o.given ->> 'oldNumber' <> '' and o.given ->> 'oldNumber' = k.old_number
    ) w
    join rolls.roll r on r.id = w.roll_id and ${roll ? sql`r.id = ${roll.id}` : sql`r.in_force`}`.execute(work.tx)
  return rows
}

const follower = 'register'

export async function findWatermark({ tx }: Work): Promise<string | undefined> {
  const row = await tx.selectFrom('rolls.watermark').select('position').where('name', '=', follower).executeTakeFirst()
  return typeof row?.position === 'string' ? row.position : undefined
}

export async function setWatermark({ tx, now }: Work, position: string): Promise<void> {
  await sql`
    insert into rolls.watermark (name, position, moved_at)
    values (${follower}, ${JSON.stringify(position)}::jsonb, ${now}::timestamptz)
    on conflict (name) do update set position = excluded.position, moved_at = excluded.moved_at`.execute(tx)
}

/** Every roll in force waits to be compared whole. */
export async function setAllStale({ tx, now }: Work): Promise<void> {
  await tx.updateTable('rolls.roll').set({ stale_at: now }).where('in_force', '=', true).execute()
}

/** The school years of which rolls of pupils are in force. */
export async function findYearsInForce({ tx }: Work): Promise<string[]> {
  const rows = await tx
    .selectFrom('rolls.roll')
    .select('school_year')
    .distinct()
    .where('in_force', '=', true)
    .where('kind', '=', 'pupils')
    .execute()
  return rows.map(({ school_year }) => school_year)
}

export async function findStaleRolls({ tx }: Work): Promise<{ id: RollId; schoolId: Id<'school'> }[]> {
  const rows = await tx
    .selectFrom('rolls.roll')
    .select(['id', 'school_id'])
    .where('in_force', '=', true)
    .where('stale_at', 'is not', null)
    .execute()
  return rows.map(({ id, school_id }) => ({ id: id as RollId, schoolId: school_id }))
}
