import { sql } from 'kysely'
import type { PartialDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { PupilStatus } from '../field.ts'
import type { RollId } from '../roll.ts'

/** A line of a roll whose words say that the pupil left. */
export type Leaver = {
  readonly sheet: string
  readonly sheetRow: number
  readonly class?: string | undefined
  readonly name: string
  readonly namePlain: string
  readonly birth?: PartialDay | undefined
  readonly number?: string | undefined
  readonly status: PupilStatus
  readonly on?: PartialDay | undefined
  readonly said: string
}

type KeptLeaver = {
  place: number
  sheet: string
  sheet_row: number
  class: string | null
  name: string
  birth_y: number | null
  birth_m: number | null
  birth_d: number | null
  status: PupilStatus
  left_y: number | null
  left_m: number | null
  left_d: number | null
  said: string
  person_id: Id<'person'> | null
}

/** Puts those of a roll in the place of what was kept of it. */
export async function replaceLeavers(
  { tx }: Work,
  roll: { readonly id: RollId; readonly schoolId: Id<'school'> },
  leavers: readonly Leaver[],
): Promise<void> {
  await tx.deleteFrom('rolls.leaver').where('roll_id', '=', roll.id).execute()
  if (leavers.length === 0) return
  const values = leavers.map((one, i) => ({
    place: i + 1,
    sheet: one.sheet,
    sheet_row: one.sheetRow,
    class: one.class?.slice(0, 40) ?? null,
    name: one.name,
    name_plain: one.namePlain,
    birth_y: one.birth?.y ?? null,
    birth_m: one.birth?.m ?? null,
    birth_d: one.birth?.d ?? null,
    number: one.number ?? null,
    status: one.status,
    left_y: one.on?.y ?? null,
    left_m: one.on?.m ?? null,
    left_d: one.on?.d ?? null,
    said: one.said.slice(0, 300),
  }))
  await sql`
    insert into rolls.leaver (roll_id, school_id, place, sheet, sheet_row, class, name, name_plain, birth_y, birth_m,
      birth_d, number, status, left_y, left_m, left_d, said)
    select ${roll.id}::uuid, ${roll.schoolId}::uuid, t.* from json_to_recordset(${JSON.stringify(values)}::json) as t
      (place integer, sheet text, sheet_row integer, class text, name text, name_plain text, birth_y smallint,
       birth_m smallint, birth_d smallint, number text, status text, left_y smallint, left_m smallint,
       left_d smallint, said text)`.execute(tx)
}

/**
 * Who those of a roll are: whose number it is under the same name; without a number whose name and whole birth date it
 * is; or the school's own pupil of that name and date. Of two who fit nobody is taken.
 */
export async function identifyLeavers({ tx }: Work, rollId: RollId): Promise<void> {
  await sql`
    with one as materialized (select l.* from rolls.leaver l where l.roll_id = ${rollId} and l.name_plain <> ''),
    found as (
      select o.place, p.person_id from one o
      join register.published_person p on p.number = o.number and p.name_ascii = o.name_plain
      union
      select o.place, p.person_id from one o
      join register.published_person p on p.name_ascii = o.name_plain and p.birth_y = o.birth_y
        and p.birth_m = o.birth_m and p.birth_d = o.birth_d
      where o.number is null
      union
      select o.place, w.person_id from one o
      join rolls.row w on w.school_id = o.school_id and w.name_plain = o.name_plain and w.birth_y = o.birth_y
        and w.birth_m = o.birth_m and w.birth_d = o.birth_d and w.outcome = 'matched' and w.person_id is not null
      where o.number is null or w.number is null or w.number = o.number
    )
    update rolls.leaver l set person_id = f.person_id
    from (select o.place, case when count(distinct f.person_id) = 1 then min(f.person_id::text)::uuid end as person_id
          from one o left join found f on f.place = o.place group by o.place) f
    where l.roll_id = ${rollId} and l.place = f.place and l.person_id is distinct from f.person_id`.execute(tx)
}

export async function findLeavers({ tx }: Work, rollId: RollId): Promise<KeptLeaver[]> {
  const { rows } = await sql<KeptLeaver>`
    select l.place, l.sheet, l.sheet_row, l.class, l.name, l.birth_y, l.birth_m, l.birth_d, l.status,
      l.left_y, l.left_m, l.left_d, l.said, l.person_id
    from rolls.leaver l where l.roll_id = ${rollId} order by l.place`.execute(tx)
  return rows
}
