import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { RollId } from '../roll.ts'
import type { RollRow } from '../row.ts'
import { type Candidate, inBatches, type KeptRow, rowColumns, rowFrom } from '../store-row.ts'

/** An unmatched row is weighed against the children who are on no roll of its year. */

const isOpenRow = sql.raw(`w.state in ('to-review', 'not-found') and w.withheld_id is null`)
const rowsOfYear = (schoolYear: string) => sql`r.in_force and r.kind = 'pupils' and r.school_year = ${schoolYear}`

/** Makes works that weigh the doubts of a year wait for each other. */
export async function holdDoubts({ tx }: Work, schoolYear: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`rolls.doubts ${schoolYear}`}, 0))`.execute(tx)
}

/** The rows of a year that are unmatched or undecided. */
export async function findOpenRows({ tx }: Work, schoolYear: string): Promise<RollRow[]> {
  const { rows } = await sql<KeptRow>`
    select ${rowColumns} from rolls.roll r cross
    join lateral (select o.* from rolls.row o where o.roll_id = r.id offset 0) w
    where ${rowsOfYear(schoolYear)} and ${isOpenRow}`.execute(tx)
  return rows.map(rowFrom)
}

/** The persons on a roll of the year, and the latest day of one; undefined where no roll has come. */
export async function findEnrolled(
  { tx }: Work,
  schoolYear: string,
): Promise<{ personIds: Id<'person'>[]; day: Day } | undefined> {
  const { rows: days } = await sql<{
    day: Day | null
  }>`select max(as_of) as day from rolls.roll r where ${rowsOfYear(schoolYear)}`.execute(tx)
  const day = days[0]?.day
  if (!day) return undefined
  const { rows } = await sql<{ id: Id<'person'> }>`
    select w.person_id as id from rolls.row w join rolls.roll r on r.id = w.roll_id
    where ${rowsOfYear(schoolYear)} and w.person_id is not null`.execute(tx)
  return { personIds: rows.map(({ id }) => id), day }
}

const doubtsMark = (schoolYear: string) => `doubts ${schoolYear}`

/** Whether a row of the year was compared or decided since its doubts were weighed, or they never were. */
export async function areDoubtsDue({ tx }: Work, schoolYear: string): Promise<boolean> {
  const { rows } = await sql<{ due: boolean }>`
    select exists (
      select from rolls.roll r join rolls.row w on w.roll_id = r.id
      left join rolls.watermark m on m.name = ${doubtsMark(schoolYear)}
      where ${rowsOfYear(schoolYear)}
          and (m.name is null or w.compared_at > m.moved_at or w.decided_at > m.moved_at)) as due`.execute(tx)
  return rows[0]?.due ?? false
}

/** Notes that the doubts of a year include every outcome and decision before this work. */
export async function setDoubtsWeighed({ tx, now }: Work, schoolYear: string): Promise<void> {
  await sql`
    insert into rolls.watermark (name, position, moved_at)
    values (${doubtsMark(schoolYear)}, 'null'::jsonb, ${now}::timestamptz)
    on conflict (name) do update set moved_at = greatest(rolls.watermark.moved_at, excluded.moved_at)`.execute(tx)
}

export type RowDoubt = Omit<Candidate, 'isHolder' | 'isDoubt'> & { readonly rollId: RollId }

/**
 * Replaces the doubts of a year. A row that was decided meanwhile has none. A candidate in review stays a candidate; a
 * barely possible candidate of an unmatched row becomes a doubt.
 */
export async function setDoubts({ tx }: Work, schoolYear: string, doubts: readonly RowDoubt[]): Promise<void> {
  await sql`
    delete from rolls.candidate c using rolls.roll r
    where c.is_doubt and r.id = c.roll_id and ${rowsOfYear(schoolYear)}`.execute(tx)
  for (const some of inBatches(doubts)) {
    const values = some.map(({ personId, rollId, place, rank, probability, reasons }) => ({
      person_id: personId,
      roll_id: rollId,
      place,
      rank,
      probability,
      reasons,
    }))
    await sql`
      insert into rolls.candidate (person_id, roll_id, place, school_id, rank, probability, reasons, is_doubt)
      select t.person_id, t.roll_id, t.place, w.school_id, t.rank, t.probability, t.reasons, true
      from json_to_recordset(${JSON.stringify(values)}::json) as t
        (person_id uuid, roll_id uuid, place integer, rank smallint, probability real, reasons jsonb)
      join rolls.row w on w.roll_id = t.roll_id and w.place = t.place and ${isOpenRow}
      on conflict (person_id, roll_id, place)
      do update set is_doubt = true, rank = excluded.rank, probability = excluded.probability
        where (select o.outcome from rolls.row o
          where o.roll_id = excluded.roll_id and o.place = excluded.place) = 'not-found'`.execute(tx)
  }
}
