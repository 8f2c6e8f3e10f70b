import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { PupilOutcome, SchoolClass } from '../class.ts'

export type LinkedClass = SchoolClass & { readonly id: Id<'linked-class'> }

const columns = sql.raw(`c.id, c.school_id as "schoolId", c.school_year as "schoolYear", c.class`)

/** The class as links name it, made where it has none yet. */
export async function takeLinkedClass({ tx }: Work, id: Id<'linked-class'>, of: SchoolClass): Promise<LinkedClass> {
  await sql`
    insert into classes.linked_class (id, school_id, school_year, class)
    values (${id}, ${of.schoolId}, ${of.schoolYear}, ${of.class})
    on conflict (school_id, school_year, class) do nothing`.execute(tx)
  const { rows } = await sql<LinkedClass>`
    select ${columns} from classes.linked_class c
    where c.school_id = ${of.schoolId} and c.school_year = ${of.schoolYear} and c.class = ${of.class}`.execute(tx)
  const [found] = rows
  if (!found) throw new Error('a class that was just linked is not seen')
  return found
}

/** A linked class that the work sees: of its schools, or the own one of a link. */
export async function findLinkedClass({ tx }: Work, id: string): Promise<LinkedClass | undefined> {
  const { rows } = await sql<LinkedClass>`
    select ${columns} from classes.linked_class c where c.id = ${id}`.execute(tx)
  return rows[0]
}

export async function findLinkedClasses({ tx }: Work, schoolId: string, schoolYear: string): Promise<LinkedClass[]> {
  const { rows } = await sql<LinkedClass>`
    select ${columns} from classes.linked_class c
    where c.school_id = ${schoolId} and c.school_year = ${schoolYear}`.execute(tx)
  return rows
}

export async function findNamesInMessage({ tx }: Work, schoolId: string): Promise<boolean> {
  const { rows } = await sql<{ names: boolean }>`
    select s.names from classes.message_setting s where s.school_id = ${schoolId}`.execute(tx)
  return rows[0]?.names ?? false
}

export async function setNamesInMessage({ tx, now, by }: Work, schoolId: string, names: boolean): Promise<void> {
  await sql`
    insert into classes.message_setting (school_id, names, set_by, set_at)
    values (${schoolId}, ${names}, ${by.id}, ${now}::timestamptz)
    on conflict (school_id) do update set
      names = excluded.names, set_by = excluded.set_by, set_at = excluded.set_at`.execute(tx)
}

export type DoneByLink = {
  readonly at: Date
  readonly name: string | null
  readonly outcome: PupilOutcome
  readonly willComeOn: Day | null
  readonly note: string | null
  readonly isTakenBack: boolean
  readonly personId: Id<'person'> | null
}

/** What was said behind a link, the latest first. */
export async function findDoneByLink({ tx }: Work, linkId: string, most: number): Promise<DoneByLink[]> {
  const { rows } = await sql<DoneByLink>`
    select t.at, r.name, t.outcome, t.will_come_on as "willComeOn", t.note,
      t.taken_back_at is not null as "isTakenBack", r.person_id as "personId"
    from classes.result t
    left join rolls.published_row r on r.row_id = t.row_id and r.school_id = t.school_id and r.in_force
    where t.by_id = ${linkId} order by t.at desc, t.id desc limit ${most}`.execute(tx)
  return rows
}
