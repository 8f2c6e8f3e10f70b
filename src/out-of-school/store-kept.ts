import { sql } from 'kysely'
import type { Work } from '../platform/work.ts'

/** The school year of what is kept. */
export async function findKeptYear({ tx }: Work): Promise<string | undefined> {
  const { rows } = await sql<{ year: string }>`select school_year as year from out_of_school.kept_state`.execute(tx)
  return rows[0]?.year
}

export async function setKeptYear({ tx }: Work, schoolYear: string): Promise<void> {
  await sql`insert into out_of_school.kept_state (id, school_year) values (1, ${schoolYear})
    on conflict (id) do update set school_year = excluded.school_year`.execute(tx)
}

/** A school's roll, or the register, changed. */
export async function insertDueChildren({ tx }: Work, id: string, schoolId: string | undefined): Promise<void> {
  await sql`insert into out_of_school.child_due (id, school_id) values (${id}, ${schoolId ?? null})`.execute(tx)
}

export async function areChildrenDue({ tx }: Work): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`select exists (select from out_of_school.child_due) as is`.execute(tx)
  return rows[0]?.is ?? false
}

export type KeptChildren = 'everyone' | 'due'

const narrowedTo = (who: KeptChildren, personId: string) =>
  who === 'everyone' ? sql`` : sql`and ${sql.raw(personId)} = any (array(select d.person_id from due_child d))`

/**
 * Into the temporary table `due_child`, of `due_person`, which the caller has filled: they, the pupils of schools whose
 * rolls changed and those they had, whoever is in doubt now and was not, or was, and all of their households. Gives
 * whether anybody is due.
 */
export async function takeDueChildren({ tx }: Work, schoolYear: string): Promise<boolean> {
  await sql`create temporary table if not exists due_person (person_id uuid not null primary key) on commit
      drop`.execute(tx)
  await sql`drop table if exists due_child`.execute(tx)
  await sql`create temporary table due_child (person_id uuid not null primary key) on commit drop`.execute(tx)
  const { rows: taken } = await sql<{ school_id: string | null }>`
    delete from out_of_school.child_due returning school_id`.execute(tx)
  if (taken.length === 0) return false
  const schools = sql`${taken.flatMap(({ school_id }) => school_id ?? [])}::uuid[]`
  await sql`
    with doubt as materialized (select u.id from out_of_school.undecided_children(${schoolYear}) u (id))
    insert into due_child
    select d.person_id from due_person d
    union select r.person_id from rolls.published_row r where r.school_id = any (${schools}) and r.person_id is not null
    union select k.person_id from out_of_school.kept_child k where k.school_id = any (${schools})
    union select k.person_id from out_of_school.kept_child k
      where k.is_apart and k.school_id is not null and cardinality(${schools}) > 0
    union (select u.id from doubt u except select k.person_id from out_of_school.kept_child k where k.is_undecided)
    union (select k.person_id from out_of_school.kept_child k where k.is_undecided except select u.id from doubt u)
    on conflict do nothing`.execute(tx)
  // As arrays, so that the planner looks the few up one by one instead of reading all households.
  await sql`
    insert into due_child select m.person_id from register.published_household_member m
    where m.household_id = any (array(select own.household_id from register.published_household_member own
      where own.person_id = any (array(select d.person_id from due_child d))))
    on conflict do nothing`.execute(tx)
  await sql`analyze due_child`.execute(tx)
  return true
}

const kept = 'unit_id, is_permanent, birth_y, sex, is_minority, life_status, school_id, said, is_undecided, is_apart'
const keptColumns = sql.raw(`${kept}, sort_key`)
const columnsOf = (alias: string) => sql.raw(`${kept}, sort_key`.replaceAll(/\w+/g, column => `${alias}.${column}`))

/**
 * What the facts say now of everybody of school age and every pupil, or of those who are due: into the temporary table
 * `found_child`. A household of which a roll tells another home of somebody stands apart as a whole.
 */
export async function findChildFacts({ tx }: Work, who: KeptChildren, schoolYear: string, bornFrom: number) {
  await sql`drop table if exists found_child, changed_child`.execute(tx)
  await sql`
    create temporary table found_child on commit drop as
    with line as materialized (
      select r.person_id, count(distinct r.school_id) as schools, (array_agg(r.school_id order by r.school_id))[1]
        as school_id, max(r.commune_id::text)::uuid as said_id
      from rolls.published_row r
      where r.kind = 'pupils' and r.school_year = ${schoolYear} and r.outcome in ('matched', 'duplicate')
        and r.person_id is not null ${narrowedTo(who, 'r.person_id')}
      group by r.person_id
    ), doubt as materialized (select u.id from out_of_school.undecided_children(${schoolYear}) u (id)),
    child as materialized (
      select p.person_id, coalesce(p.permanent_unit_id, p.unit_ids[1]) as unit_id,
        p.permanent_unit_id is not null as is_permanent, p.birth_y, p.sex, p.life_status, p.household_id, l.school_id,
        case when l.person_id is null then null when l.said_id is null then 'not-told'
          when p.unit_ids is null then 'register-ended' when l.said_id = p.permanent_unit_id then 'same'
          when l.said_id = any (p.unit_ids) then 'temporary-here' else 'differs' end as said,
        coalesce(cardinality(p.unit_ids), 0) <> 1 or coalesce(l.schools, 0) > 1 as is_several
      from register.published_link_record p left join line l on l.person_id = p.person_id
      where (p.birth_y >= ${bornFrom} or l.person_id is not null) ${narrowedTo(who, 'p.person_id')}
    ), moved as materialized (
      select distinct c.household_id from child c where c.said in ('differs', 'register-ended')
    )
    select c.person_id, c.unit_id, c.is_permanent, c.birth_y, c.sex,
      coalesce(p.ethnicity not in ('', 'Kinh'), false) as is_minority, c.life_status, c.school_id, c.said,
      c.person_id in (select d.id from doubt d) as is_undecided,
      c.is_several or coalesce(c.said in ('differs', 'register-ended'), false)
        or coalesce(c.household_id in (select m.household_id from moved m where m.household_id is not null), false)
        as is_apart,
      p.sort_key
    from child c join register.published_person p on p.person_id = c.person_id`.execute(tx)
  await sql`create unique index on found_child (person_id)`.execute(tx)
  await sql`analyze found_child`.execute(tx)
}

const nowhere = sql.raw(`'00000000-0000-0000-0000-000000000000'::uuid`)
const countKeys = sql.raw(
  'unit_id, is_permanent, birth_y, sex, is_minority, life_status, school_id, said, is_undecided',
)
const countedKeys = (alias: string) => {
  const of = (column: string) => sql.raw(`${alias}.${column}`)
  return sql`coalesce(${of('unit_id')}, ${nowhere}) as unit_id, ${of('is_permanent')}, ${of('birth_y')}, ${of('sex')},
    ${of('is_minority')}, ${of('life_status')}, coalesce(${of('school_id')}, ${nowhere}) as school_id,
    coalesce(${of('said')}, '') as said, ${of('is_undecided')}`
}

/** Writes what differs from `found_child`, the counts with it. Gives how many people differed. */
export async function writeChildFacts({ tx }: Work, who: KeptChildren): Promise<number> {
  await sql`
    create temporary table changed_child on commit drop as
    select f.person_id from found_child f left join out_of_school.kept_child k on k.person_id = f.person_id
    where k.person_id is null or (${columnsOf('k')}) is distinct from (${columnsOf('f')})
    union all
    select k.person_id from out_of_school.kept_child k
    where not exists (select from found_child f where f.person_id = k.person_id) ${narrowedTo(who, 'k.person_id')}
  `.execute(tx)
  await sql`create unique index on changed_child (person_id)`.execute(tx)
  await sql`analyze changed_child`.execute(tx)
  const { rows } = await sql<{ people: number }>`select count(*) as people from changed_child`.execute(tx)
  const people = rows[0]?.people ?? 0
  if (people === 0) return 0
  await sql`
    with step as (
      select ${countedKeys('k')}, -1 as n from out_of_school.kept_child k join changed_child using (person_id)
      where not k.is_apart
      union all
      select ${countedKeys('f')}, 1 from found_child f join changed_child using (person_id) where not f.is_apart
    )
    insert into out_of_school.child_count as c (${countKeys}, people)
    select ${countKeys}, sum(n) from step group by ${countKeys} having sum(n) <> 0
    on conflict (unit_id, birth_y, school_id, said, sex, is_minority, life_status, is_undecided, is_permanent)
      do update set people = c.people + excluded.people`.execute(tx)
  await sql`delete from out_of_school.child_count where people = 0`.execute(tx)
  await sql`
    delete from out_of_school.kept_child k using changed_child d
    where d.person_id = k.person_id and not exists (select from found_child f where f.person_id = k.person_id)
  `.execute(tx)
  await sql`
    insert into out_of_school.kept_child (person_id, ${keptColumns})
    select f.person_id, ${columnsOf('f')} from found_child f join changed_child using (person_id) order by f.sort_key
    on conflict (person_id) do update set (${keptColumns}) = row (${columnsOf('excluded')})`.execute(tx)
  return people
}

/** Compares the counts with those of the kept facts, and mends them. Gives how many differed. */
export async function mendChildCounts({ tx }: Work): Promise<number> {
  await sql`
    create temporary table recounted_child on commit drop as
    select ${countKeys}, count(*)::integer as people
    from (select ${countedKeys('k')} from out_of_school.kept_child k where not k.is_apart) k group by ${countKeys}
  `.execute(tx)
  const same = sql`(r.unit_id, r.birth_y, r.school_id, r.said, r.sex, r.is_minority, r.life_status, r.is_undecided,
      r.is_permanent, r.people)
    = (c.unit_id, c.birth_y, c.school_id, c.said, c.sex, c.is_minority, c.life_status, c.is_undecided, c.is_permanent,
      c.people)`
  const gone = await sql`
    delete from out_of_school.child_count c where not exists (select from recounted_child r where ${same})`.execute(tx)
  const missing = await sql`
    insert into out_of_school.child_count (${countKeys}, people)
    select ${countKeys}, people from recounted_child r
    where not exists (select from out_of_school.child_count c where ${same})`.execute(tx)
  await sql`drop table recounted_child`.execute(tx)
  return Number(gone.numAffectedRows ?? 0n) + Number(missing.numAffectedRows ?? 0n)
}

/** Adults of each commune by year of birth, written from nothing; of them there is no list. */
export async function writeAdultCounts({ tx }: Work): Promise<void> {
  await sql`delete from out_of_school.adult_count`.execute(tx)
  await sql`
    insert into out_of_school.adult_count (unit_id, birth_y, people)
    select p.permanent_unit_id, p.birth_y, count(*) from register.published_link_record p
    where p.permanent_unit_id is not null and p.life_status = 'alive' group by 1, 2`.execute(tx)
}

export async function analyzeChildren({ tx }: Work): Promise<void> {
  await sql`select out_of_school.analyze_children()`.execute(tx)
}
