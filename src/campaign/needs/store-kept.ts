import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { type Work, withNeeds } from '../../platform/work.ts'
import { needs } from '../need-codes.ts'
import { defectsForCorrection } from '../need-for-correction.ts'
import type { NeedLaw } from '../need-law.ts'
import { livingPeople, neededOf } from '../store-who-lacks-what.ts'

/** Of which day, school year and law what is kept is. */
export type KeptState = { readonly day: Day; readonly schoolYear: string; readonly law: string }

export async function findKeptState({ tx }: Work): Promise<KeptState | undefined> {
  const { rows } = await sql<KeptState>`
    select day, school_year as "schoolYear", law from campaign.kept_state`.execute(tx)
  return rows[0]
}

export async function setKeptState({ tx }: Work, { day, schoolYear, law }: KeptState): Promise<void> {
  await sql`
    insert into campaign.kept_state (id, day, school_year, law) values (1, ${day}, ${schoolYear}, ${law})
    on conflict (id) do update set day = excluded.day, school_year = excluded.school_year, law = excluded.law
  `.execute(tx)
}

export async function insertDueNeed({ tx, now }: Work, personId: Id<'person'>): Promise<void> {
  await sql`insert into campaign.need_due (person_id, id) values (${personId}, ${newId<'deed'>(now)})`.execute(tx)
}

export async function insertDueSchool({ tx }: Work, id: string, schoolId: string): Promise<void> {
  await sql`insert into campaign.need_due_school (id, school_id) values (${id}, ${schoolId})`.execute(tx)
}

/**
 * Adds to the temporary table `due_person`, which the caller may have filled, whom deeds touched and the pupils of the
 * schools whose rolls changed, those that they had as well; who is apart may have left any. Gives how many are due.
 */
export async function takeDueNeeds({ tx }: Work): Promise<number> {
  await sql`create temporary table if not exists due_person (person_id uuid not null primary key) on commit
      drop`.execute(tx)
  const { rows: taken } = await sql<{ school_id: string }>`
    delete from campaign.need_due_school returning school_id`.execute(tx)
  const schools = sql`${taken.map(({ school_id }) => school_id)}::uuid[]`
  await sql`
    with person as (delete from campaign.need_due returning person_id)
    insert into due_person
    select person_id from person
    union select r.person_id from rolls.published_row r where r.school_id = any (${schools}) and r.person_id is not null
    union select k.person_id from campaign.kept_need k where k.school_id = any (${schools})
    union select k.person_id from campaign.kept_need k where k.is_apart and cardinality(${schools}) > 0
    on conflict do nothing`.execute(tx)
  await sql`analyze due_person`.execute(tx)
  const { rows } = await sql<{ people: number }>`select count(*) as people from due_person`.execute(tx)
  return rows[0]?.people ?? 0
}

export type KeptScope = 'everyone' | 'due'

const narrowedToDue = (who: KeptScope, personId: RawBuilder<unknown>) =>
  who === 'everyone' ? sql`` : sql`and ${personId} = any (array(select d.person_id from due_person d))`

/** A bit for each need, in the order of the codes. */
const needBits = sql.join(
  needs.map((need, at) => sql.raw(`case when '${need}' = any (n.needs) then ${1 << at} else 0 end`)),
  sql` + `,
)

const kept = 'unit_id, school_id, class, grade, birth_y, born_on, sort_key, name_ascii, needs, is_apart, seen_until'
const keptColumns = sql.raw(kept)
const columnsOf = (alias: string) => sql.raw(kept.replaceAll(/\w+/g, column => `${alias}.${column}`))

export type KeptQuestion = { readonly day: Day; readonly law: NeedLaw; readonly schoolYear: string }

/** What the facts say now of everybody, or of those who are due: into the temporary table `found_need`. */
export async function findNeedFacts(work: Work, who: KeptScope, asked: KeptQuestion): Promise<void> {
  const { day, schoolYear } = asked
  const people = sql`
    select p.person_id from register.published_birth p where true ${narrowedToDue(who, sql`p.person_id`)}`
  const statement = sql`
    create temporary table found_need on commit drop as
    with home as materialized (
      select d.person_id, count(*) as ties, (array_agg(d.unit_id order by d.unit_id))[1] as unit_id
      from register.published_residence d
      where d.kind = 'permanent' and (d.from_on is null or d.from_on <= ${day})
        and (d.to_on is null or d.to_on > ${day}) ${narrowedToDue(who, sql`d.person_id`)}
      group by d.person_id
    ), line as materialized (
      select r.person_id, r.school_id, r.class, r.grade, r.outcome = 'matched' and r.kind <> 'staff' as is_pupil,
        r.defects && ${defectsForCorrection}::text[] as is_wrong
      from rolls.published_row r
      where r.school_year = ${schoolYear} and r.outcome in ('matched', 'duplicate') and r.person_id is not null
        ${narrowedToDue(who, sql`r.person_id`)}
    ), roll as materialized (
      select l.person_id, count(distinct (l.school_id, l.class, l.grade)) filter (where l.is_pupil) as ties,
        bool_or(l.is_wrong) and (count(distinct l.school_id) > 1 or not bool_or(l.is_pupil)) as is_wrong_elsewhere,
        (array_agg(l.school_id order by l.school_id, l.class) filter (where l.is_pupil))[1] as school_id,
        (array_agg(l.class order by l.school_id, l.class) filter (where l.is_pupil))[1] as class,
        (array_agg(l.grade order by l.school_id, l.class) filter (where l.is_pupil))[1] as grade
      from line l group by l.person_id
    ), opened as materialized (
      select a.person_id, a.unit_id, max(a.until) as until from register.published_access_case a
      where a.kind = 'roll-row' ${narrowedToDue(who, sql`a.person_id`)} group by a.person_id, a.unit_id
    )
    select c.person_id, home.unit_id, roll.school_id, roll.class, roll.grade, c.birth_y, c.born_on, c.sort_key,
      named.name_ascii,
      (${needBits})::smallint as needs,
      coalesce(home.ties > 1, false) or coalesce(roll.ties > 1, false) or coalesce(roll.is_wrong_elsewhere, false)
        as is_apart,
      opened.until as seen_until
    from (${livingPeople(people, { bornIn: [] })}) c
    join register.published_person named on named.person_id = c.person_id
    left join home on home.person_id = c.person_id
    left join roll on roll.person_id = c.person_id
    left join opened on opened.person_id = c.person_id and opened.unit_id = roll.school_id
    ${neededOf(asked, who === 'due' ? 'one by one' : 'of all')}`
  await sql`drop table if exists found_need, changed_need`.execute(work.tx)
  await withNeeds(work, ({ tx }) => statement.execute(tx))
  await sql`create unique index on found_need (person_id)`.execute(work.tx)
  await sql`analyze found_need`.execute(work.tx)
}

const nobodysPlace = sql.raw(`'00000000-0000-0000-0000-000000000000'::uuid`)
const countKeys = sql.raw('unit_id, school_id, class, grade, birth_y, needs, seen_until')

/** The kind that a kept row counts in: no key is empty. */
const countedKeys = (alias: string) => {
  const of = (column: string) => sql.raw(`${alias}.${column}`)
  return sql`coalesce(${of('unit_id')}, ${nobodysPlace}) as unit_id,
    coalesce(${of('school_id')}, ${nobodysPlace}) as school_id, coalesce(${of('class')}, '') as class,
    coalesce(${of('grade')}, -1)::smallint as grade, ${of('birth_y')}, ${of('needs')},
    coalesce(${of('seen_until')}, '-infinity'::date) as seen_until`
}

/** Writes what differs from `found_need`, the counts with it. Gives how many people differed. */
export async function writeNeedFacts({ tx }: Work, who: KeptScope): Promise<number> {
  await sql`
    create temporary table changed_need on commit drop as
    select f.person_id from found_need f left join campaign.kept_need k on k.person_id = f.person_id
    where k.person_id is null or (${columnsOf('k')}) is distinct from (${columnsOf('f')})
    union all
    select k.person_id from campaign.kept_need k
    where not exists (select from found_need f where f.person_id = k.person_id) ${narrowedToDue(who, sql`k.person_id`)}
  `.execute(tx)
  await sql`create unique index on changed_need (person_id)`.execute(tx)
  await sql`analyze changed_need`.execute(tx)
  const { rows } = await sql<{ people: number }>`select count(*) as people from changed_need`.execute(tx)
  const people = rows[0]?.people ?? 0
  if (people === 0) return 0
  await sql`
    with moved as (
      select ${countedKeys('k')}, -1 as n from campaign.kept_need k join changed_need using (person_id)
      where not k.is_apart
      union all
      select ${countedKeys('f')}, 1 from found_need f join changed_need using (person_id) where not f.is_apart
    )
    insert into campaign.need_count as c (${countKeys}, people)
    select ${countKeys}, sum(n) from moved group by ${countKeys} having sum(n) <> 0
    on conflict (unit_id, school_id, birth_y, needs, class, grade, seen_until)
      do update set people = c.people + excluded.people`.execute(tx)
  await sql`delete from campaign.need_count where people = 0`.execute(tx)
  await sql`
    delete from campaign.kept_need k using changed_need d
    where d.person_id = k.person_id and not exists (select from found_need f where f.person_id = k.person_id)
  `.execute(tx)
  await sql`
    insert into campaign.kept_need (person_id, ${keptColumns})
    select f.person_id, ${columnsOf('f')} from found_need f join changed_need using (person_id) order by f.sort_key
    on conflict (person_id) do update set (${keptColumns}) = row (${columnsOf('excluded')})`.execute(tx)
  return people
}

/** Compares the counts with those of the kept facts, and mends them. Gives how many differed. */
export async function mendNeedCounts({ tx }: Work): Promise<number> {
  await sql`
    create temporary table recounted_need on commit drop as
    select ${countKeys}, count(*)::integer as people
    from (select ${countedKeys('k')} from campaign.kept_need k where not k.is_apart) k group by ${countKeys}
  `.execute(tx)
  const same = sql`r.unit_id = c.unit_id and r.school_id = c.school_id and r.class = c.class and r.grade = c.grade
    and r.birth_y = c.birth_y and r.needs = c.needs and r.seen_until = c.seen_until and r.people = c.people`
  const gone = await sql`
    delete from campaign.need_count c where not exists (select from recounted_need r where ${same})`.execute(tx)
  const missing = await sql`
    insert into campaign.need_count (${countKeys}, people)
    select ${countKeys}, people from recounted_need r
    where not exists (select from campaign.need_count c where ${same})`.execute(tx)
  await sql`drop table recounted_need`.execute(tx)
  return Number(gone.numAffectedRows ?? 0n) + Number(missing.numAffectedRows ?? 0n)
}

export async function analyzeNeeds({ tx }: Work): Promise<void> {
  await sql`select campaign.analyze_needs()`.execute(tx)
}

/** Whether somebody waits to be counted. */
export async function isNeedDue({ tx }: Work): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`
    select exists (select from campaign.need_due) or exists (select from campaign.need_due_school) as is`.execute(tx)
  return rows[0]?.is ?? false
}
