import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { PupilOutcome } from '../class.ts'

export type LastOfRow = {
  readonly rowId: string
  readonly rollId: string
  readonly place: number
  readonly class: string
  readonly schoolId: Id<'school'>
  readonly schoolYear: string
  readonly personId: Id<'person'> | null
  readonly outcome: PupilOutcome | null
}

/** A pupil’s entry on the roll in force, with the last result that counts. */
export async function findLastOfRow({ tx }: Work, rowId: string): Promise<LastOfRow | undefined> {
  const { rows } = await sql<LastOfRow>`
    select r.row_id as "rowId", r.roll_id as "rollId", r.place, r.class, r.school_id as "schoolId",
      r.school_year as "schoolYear", case when r.outcome in ('matched', 'duplicate') then r.person_id end as "personId",
      (select t.outcome from classes.result t where t.row_id = r.row_id and t.taken_back_at is null
       order by t.at desc, t.id desc limit 1) as outcome
    from rolls.published_row r where r.row_id = ${rowId}::uuid and r.in_force and r.kind = 'pupils'`.execute(tx)
  return rows[0]
}

/** The names on the roll of some entries, for whoever acts on them. */
export async function findNamesOnRoll({ tx }: Work, rowIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select r.row_id as id, r.name from rolls.published_row r where r.row_id = any (${rowIds}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
