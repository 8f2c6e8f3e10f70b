import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { Homeroom, HomeroomId, PupilOutcome, PupilResult, SchoolClass } from './class.ts'

const columns = sql.raw(`h.id, h.school_id as "schoolId", h.school_year as "schoolYear", h.class,
  h.appointment_id as "appointmentId", h.officer_id as "officerId", h.named_on as "namedOn"`)

export type HomeroomRow = Homeroom & { readonly namedOn: Day }

/** The homeroom teachers of today whom the work may see. */
export async function findHomerooms({ tx }: Work, schoolId?: Id<'school'>): Promise<HomeroomRow[]> {
  const { rows } = await sql<HomeroomRow>`
    select ${columns} from classes.homeroom h
    where h.ended_on is null and (${schoolId ?? null}::uuid is null or h.school_id = ${schoolId ?? null}::uuid)
    order by h.school_year desc, h.class, h.id`.execute(tx)
  return rows
}

/** The naming, locked until the work ends. */
export async function holdHomeroom({ tx }: Work, id: HomeroomId): Promise<HomeroomRow | undefined> {
  const { rows } = await sql<HomeroomRow>`
    select ${columns} from classes.homeroom h where h.id = ${id} and h.ended_on is null for update`.execute(tx)
  return rows[0]
}

/** Whoever is homeroom teacher of a class now, locked; others who name one for it wait. */
export async function holdHomeroomOf({ tx }: Work, of: SchoolClass): Promise<HomeroomRow | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`homeroom ${of.schoolId} ${of.class}`}, 0))`.execute(tx)
  const { rows } = await sql<HomeroomRow>`
    select ${columns} from classes.homeroom h where h.school_id = ${of.schoolId} and h.school_year = ${of.schoolYear}
      and h.class = ${of.class} and h.ended_on is null for update`.execute(tx)
  return rows[0]
}

export async function insertHomeroom({ tx, today, by }: Work, one: Homeroom): Promise<void> {
  await sql`
    insert into classes.homeroom (id, school_id, school_year, class, appointment_id, officer_id, named_on, named_by)
    values (${one.id}, ${one.schoolId}, ${one.schoolYear}, ${one.class}, ${one.appointmentId}, ${one.officerId},
      ${today}::date, ${by.id})`.execute(tx)
}

export async function setHomeroomEnded({ tx, today, by }: Work, id: HomeroomId): Promise<void> {
  await sql`
    update classes.homeroom set ended_on = ${today}::date, ended_by = ${by.id}
    where id = ${id} and ended_on is null`.execute(tx)
}

/** The schools whose rolls are in sight, with a roll of pupils of a year. */
export async function findSchoolsWithRoll({ tx }: Work, schoolYear: string): Promise<Id<'school'>[]> {
  const { rows } = await sql<{ id: Id<'school'> }>`
    select distinct school_id as id from rolls.published_roll
    where school_year = ${schoolYear} and kind = 'pupils' and in_force order by 1`.execute(tx)
  return rows.map(({ id }) => id)
}

export type ClassCount = {
  readonly class: string
  readonly pupils: number
  readonly outcomes: Partial<Record<PupilOutcome, number>>
}

/** The last result of each pupil that was not taken back. */
const lastResults = sql`
  select distinct on (t.row_id) t.row_id, t.outcome, t.will_come_on, t.note, t.on_day from classes.result t
  where t.taken_back_at is null order by t.row_id, t.at desc, t.id desc`

/** The classes on the roll of a school, how many pupils each has, and of how many the teacher said what. */
export async function countClasses({ tx }: Work, schoolId: Id<'school'>, schoolYear: string): Promise<ClassCount[]> {
  const { rows } = await sql<{ class: string; outcome: PupilOutcome | null; pupils: number }>`
    select r.class, l.outcome, count(*)::int as pupils from rolls.published_row r
    left join (${lastResults}) l on l.row_id = r.row_id
    where r.school_id = ${schoolId} and r.school_year = ${schoolYear} and r.kind = 'pupils' and r.in_force
      and r.class is not null and r.state is distinct from 'left-school'
    group by 1, 2 order by 1`.execute(tx)
  return [...Map.groupBy(rows, row => row.class)].map(([name, parts]) => ({
    class: name,
    pupils: parts.reduce((sum, { pupils }) => sum + pupils, 0),
    outcomes: Object.fromEntries(parts.flatMap(({ outcome, pupils }) => (outcome ? [[outcome, pupils]] : []))),
  }))
}

export type PupilRow = {
  readonly rowId: string
  readonly name: string
  /** Its number within the class, in the order of the roll. */
  readonly numberInClass: number
  readonly personId: Id<'person'> | null
  readonly outcome: PupilOutcome | null
  readonly willComeOn: Day | null
  readonly note: string | null
  readonly onDay: Day | null
}

/** The pupils of a class as the roll names them, by name, with what was said of each last. */
export async function findPupils({ tx }: Work, of: SchoolClass, rowId?: string): Promise<PupilRow[]> {
  const { rows } = await sql<PupilRow>`
    select r.row_id as "rowId", r.name, r.nth as "numberInClass",
      case when r.outcome in ('matched', 'duplicate') then r.person_id end as "personId",
      l.outcome, l.will_come_on as "willComeOn", l.note, l.on_day as "onDay"
    from (
      select p.*, (row_number() over (order by p.place))::int as nth from rolls.published_row p
      where p.school_id = ${of.schoolId} and p.school_year = ${of.schoolYear} and p.kind = 'pupils' and p.in_force
        and p.class = ${of.class} and p.state is distinct from 'left-school') r
    left join (${lastResults}) l on l.row_id = r.row_id
    where ${rowId ?? null}::uuid is null or r.row_id = ${rowId ?? null}::uuid
    order by r.sort_key, r.place`.execute(tx)
  return rows
}

export type AskedRow = {
  readonly rowId: string
  readonly defect: string
  readonly owner: string
  readonly dueOn: Day
}

/** What school and family are asked to put right of the pupils of a school year, the soonest first. */
export async function findAsked({ tx }: Work, rowIds: readonly string[]): Promise<AskedRow[]> {
  const { rows } = await sql<AskedRow>`
    select f.subject_id as "rowId", f.reason as defect, f.owner, f.due_on as "dueOn"
    from follow_ups.published_follow_up f
    where f.kind = 'roll-defect' and f.owner in ('school', 'family') and f.subject_id = any (${rowIds}::uuid[])
    order by f.due_on, f.reason`.execute(tx)
  return rows
}

export async function insertResult(
  { tx, now, today, by }: Work,
  id: string,
  of: SchoolClass & { readonly rowId: string },
  { outcome, willComeOn, note }: PupilResult,
): Promise<void> {
  await sql`
    insert into classes.result
      (row_id, id, school_id, school_year, class, outcome, will_come_on, note, on_day, by_id, at)
    values (${of.rowId}, ${id}, ${of.schoolId}, ${of.schoolYear}, ${of.class}, ${outcome},
      ${willComeOn ?? null}::date, ${note ?? null}, ${today}::date, ${by.id}, ${now})`.execute(tx)
}

export type LastResult = { readonly rowId: string; readonly outcome: PupilOutcome }

/** The last result of a class that counts and that the actor of the work said. */
export async function findOwnLastResult({ tx, by }: Work, of: SchoolClass): Promise<LastResult | undefined> {
  const { rows } = await sql<LastResult>`
    select t.row_id as "rowId", t.outcome from classes.result t
    where t.school_id = ${of.schoolId} and t.school_year = ${of.schoolYear} and t.class = ${of.class}
      and t.taken_back_at is null and t.by_id = ${by.id}
    order by t.at desc, t.id desc limit 1`.execute(tx)
  return rows[0]
}

/** Takes the last result of a pupil back, or the last that the actor of the work said; false where there is none. */
export async function takeResultBack(
  { tx, now, by }: Work,
  rowId: string,
  { onlyOwn }: { readonly onlyOwn: boolean },
): Promise<boolean> {
  const { rows } = await sql`
    update classes.result set taken_back_at = ${now} where row_id = ${rowId} and id = (
      select t.id from classes.result t where t.row_id = ${rowId} and t.taken_back_at is null
        ${onlyOwn ? sql`and t.by_id = ${by.id}` : sql``}
      order by t.at desc, t.id desc limit 1) returning 1`.execute(tx)
  return rows.length > 0
}
