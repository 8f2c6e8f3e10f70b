import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'

export type SchoolVisit = { readonly onDay: Day; readonly saidBy: string }

export async function findVisit({ tx }: Work, schoolId: string, schoolYear: string): Promise<SchoolVisit | undefined> {
  const { rows } = await sql<SchoolVisit>`
    select on_day as "onDay", said_by as "saidBy" from rolls.visit
    where school_id = ${schoolId} and school_year = ${schoolYear}`.execute(tx)
  return rows[0]
}

export async function setVisit({ tx, now, by }: Work, schoolId: string, schoolYear: string, onDay: Day): Promise<void> {
  await sql`
    insert into rolls.visit (school_id, school_year, on_day, said_by, said_at)
    values (${schoolId}, ${schoolYear}, ${onDay}, ${by.id}, ${now})
    on conflict (school_id, school_year)
    do update set on_day = excluded.on_day, said_by = excluded.said_by, said_at = excluded.said_at`.execute(tx)
}

export async function deleteVisit({ tx }: Work, schoolId: string, schoolYear: string): Promise<void> {
  await sql`delete from rolls.visit where school_id = ${schoolId} and school_year = ${schoolYear}`.execute(tx)
}
