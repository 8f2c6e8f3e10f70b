import { type RawBuilder, sql } from 'kysely'
import { runSimpleQuery } from '../../platform/db.ts'
import type { Work } from '../../platform/work.ts'
import { refreshLinkRecordsOf } from '../store-link-record-refresh.ts'

/**
 * The statements of a bulk import. COPY stages the rows in a temporary table, and each statement writes a set of them.
 * `fresh` are persons whom the register does not know, `changed` are known ones whose row is not the one that was
 * imported last.
 */

const runImportStatement = async ({ tx }: Work, statement: RawBuilder<unknown>) =>
  Number((await statement.execute(tx)).numAffectedRows ?? 0)

/** One import at a time; officers go on working meanwhile. */
export const holdImport = (work: Work) => runImportStatement(work, sql`select pg_advisory_xact_lock(5001)`)

export async function isEmpty({ tx }: Work): Promise<boolean> {
  const { rows } = await sql<{ empty: boolean }>`select not exists (select from register.person) as empty`.execute(tx)
  return rows[0]?.empty ?? false
}

/** Sorts, hashes and index builds of a whole province stay in memory. */
export async function prepareStaging({ tx }: Work): Promise<void> {
  await runSimpleQuery(
    tx,
    `set local work_mem = '192MB'; set local maintenance_work_mem = '384MB'; set local jit = off;
     -- A connection that held a temporary table before keeps the buffers it had.
     do $$ begin set local temp_buffers = '64MB'; exception when invalid_parameter_value then null; end $$;
     set local synchronous_commit = on;
     create temporary table staged (
       line integer, person_id uuid, residence_id uuid, source_hash uuid, number text collate "C", full_name text,
       name_tone text, name_ascii text, family_ascii text, given_ascii text, sort_key text, words text,
       birth_y smallint, birth_m smallint, birth_d smallint, sex text, birth_registration_code text, ethnicity text,
       religion text, nationality text, hometown text, unit_id uuid, address text, residence_kind text,
       residence_from date, household_number text collate "C", household_relation text, father_number text collate "C",
       father_name text, father_ascii text, father_y smallint, mother_number text collate "C", mother_name text,
       mother_ascii text, mother_y smallint, old_number text, cancelled_numbers text, phone text, life_status text
     ) on commit drop`,
  )
}

/** Who of the staged rows is known, by a number of now or once, or by a number which the row says was theirs. */
export async function classifyStaged(work: Work): Promise<{ fresh: number; changed: number; same: number }> {
  await runSimpleQuery(
    work.tx,
    `analyze staged;
     create temporary table known on commit drop as
     select distinct on (s.line) s.line, p.person_id, p.source_hash = s.source_hash as same
     from staged s
     cross join lateral (select s.number union all select string_to_table(s.cancelled_numbers, ';')) as theirs (number)
     join register.number_lookup l on l.number = theirs.number
     join register.person p on p.person_id = l.person_id
     order by s.line, theirs.number = s.number desc;
     delete from known k using known other where other.person_id = k.person_id and other.line < k.line;
     create temporary table changed on commit drop as
     select k.person_id as known_id, s.* from staged s join known k using (line) where k.same is not true;
     alter table changed drop column person_id;
     alter table changed rename column known_id to person_id;
     analyze changed`,
  )
  const { rows } = await sql<{ staged: number; known: number; changed: number }>`
    select (select count(*) from staged) as staged, (select count(*) from known) as known,
      (select count(*) from changed) as changed`.execute(work.tx)
  const { staged = 0, known = 0, changed = 0 } = rows[0] ?? {}
  await runImportStatement(work, sql`delete from staged s using known k where k.line = s.line`)
  return { fresh: staged - known, changed, same: known - changed }
}

/** The secondary indexes of an empty register are built once the rows are in; gives the statements that build them. */
export async function dropSecondaryIndexes({ tx }: Work): Promise<string[]> {
  const { rows } = await sql<{ definitions: string[] }>`select register.set_indexes_aside() as definitions`.execute(tx)
  return rows[0]?.definitions ?? []
}

export const buildIndex = (work: Work, definition: string) =>
  runImportStatement(work, sql`select register.build_index(${definition})`)

/**
 * Statistics of the tables that an import filled: the planner would otherwise take them for empty until the next
 * autovacuum.
 */
export const analyzeTables = (work: Work) => runImportStatement(work, sql`select register.analyze_tables()`)

/** Persons come in the order of their ids, so that each primary key is only appended to. */
export const insertPersons = (work: Work) =>
  runImportStatement(
    work,
    sql`insert into register.person (person_id, full_name, name_tone, name_ascii, family_ascii, given_ascii, sort_key,
          birth_y, birth_m, birth_d, sex,
          birth_registration_code, ethnicity, religion, nationality, hometown, life_status, origin, source_hash,
              entered_at, changed_at)
        select person_id, full_name, name_tone, name_ascii, family_ascii, given_ascii, sort_key, birth_y, birth_m,
          birth_d, sex,
          birth_registration_code, ethnicity, religion, nationality, hometown, coalesce(life_status, 'alive'),
            'imported', source_hash, ${work.now}, ${work.now}
        from staged`,
  )

export const insertNameWords = (work: Work, from: 'staged' | 'changed') =>
  runImportStatement(
    work,
    sql`insert into register.name_word (person_id, word, birth_year)
        select person_id, word, birth_y from ${sql.table(from)} cross
        join string_to_table(coalesce(words, name_ascii), ' ') as word`,
  )

export const insertNumbers = (work: Work) =>
  runImportStatement(
    work,
    sql`insert into register.number (person_id, number, state) select person_id, number, 'in-force' from staged`,
  )

/** Sorted, for the same reason; and each statement of its own, since a number in force goes before a cancelled one. */
export const insertNumberLookups = (work: Work) =>
  runImportStatement(
    work,
    sql`insert into register.number_lookup (number, person_id) select number, person_id from staged order by number`,
  )

export async function countCancelledNumbers({ tx }: Work): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from staged cross join string_to_table(cancelled_numbers, ';')
    where cancelled_numbers is not null`.execute(tx)
  return rows[0]?.count ?? 0
}

/** A cancelled number of another person stays with them. Gives how many were such. */
export const insertCancelledNumbers = (work: Work, from: 'staged' | 'changed') =>
  runImportStatement(
    work,
    sql`with former as (
          select s.person_id, s.number, cancelled from ${sql.table(from)} s
          cross join string_to_table(s.cancelled_numbers, ';') as cancelled where s.cancelled_numbers is not null
        ), looked_up as (
          insert into register.number_lookup (number, person_id) select cancelled, min(person_id::text)::uuid
          from former group by cancelled
          on conflict do nothing returning number, person_id
        )
        insert into register.number (person_id, number, state, superseded_by, reason)
        select f.person_id, f.cancelled, 'cancelled', f.number, 'import' from former f
        join looked_up l on l.number = f.cancelled and l.person_id = f.person_id
        on conflict do nothing`,
  )

export const insertOldNumbers = (work: Work, from: 'staged' | 'changed') =>
  runImportStatement(
    work,
    sql`insert into register.old_number (person_id, number) select person_id, old_number from ${sql.table(from)}
      where old_number is not null
        on conflict do nothing`,
  )

export const insertPhones = (work: Work, from: 'staged' | 'changed') =>
  runImportStatement(
    work,
    sql`insert into register.phone (person_id, phone) select person_id, phone from ${sql.table(from)}
      where phone is not null on conflict do nothing`,
  )

export const insertResidences = (work: Work) =>
  runImportStatement(
    work,
    sql`insert into register.residence (person_id, id, kind, unit_id, address, from_on)
        select person_id, residence_id, residence_kind, unit_id, address, residence_from from staged
        where unit_id is not null`,
  )

export const insertScopes = (work: Work) =>
  runImportStatement(
    work,
    sql`insert into register.person_scope (person_id, unit_id, sort_key) select person_id, unit_id, sort_key from staged
      where unit_id is not null`,
  )

/** Households that no number names yet; a random id is enough, since they are few and come in no order. */
export const insertHouseholds = (work: Work, from: 'staged' | 'changed') =>
  runImportStatement(
    work,
    sql`insert into register.household (id, number, unit_id)
        select gen_random_uuid(), s.household_number, min(s.unit_id::text)::uuid from ${sql.table(from)} s
        where s.household_number is not null
          and not exists (select from register.household h where h.number = s.household_number)
        group by s.household_number`,
  )

export const insertHouseholdMembers = (work: Work) =>
  runImportStatement(
    work,
    sql`insert into register.household_member (person_id, household_id, relation)
        select s.person_id, h.id, s.household_relation from staged s
        join register.household h on h.number = s.household_number`,
  )

/** Father and mother as given, and who that is where a number of the register says so. */
export const insertKinships = (work: Work) =>
  runImportStatement(
    work,
    sql`insert into register.kinship (person_id, relation, related_person_id, name, name_ascii, number, related_birth_y,
          person_birth_y)
        select s.person_id, kin.relation, l.person_id, kin.name, kin.ascii, kin.number, coalesce(p.birth_y, kin.year),
          s.birth_y
        from staged s
        cross join lateral (values ('father', s.father_number, s.father_name, s.father_ascii, s.father_y),
                                   ('mother', s.mother_number, s.mother_name, s.mother_ascii, s.mother_y)) as kin
                                     (relation, number, name, ascii, year)
        left join register.number_lookup l on l.number = kin.number
        left join register.person p on p.person_id = l.person_id
        where kin.number is not null or kin.name is not null`,
  )

/** Persons who were here before their parents: who those are, and when they were born, is known from here on. */
export async function resolveKin(work: Work): Promise<void> {
  await runSimpleQuery(
    work.tx,
    `create temporary table resolved on commit drop as
     with resolved as (
       update register.kinship k set related_person_id = l.person_id, related_birth_y = s.birth_y
       from staged s join register.number_lookup l on l.person_id = s.person_id
       where k.number = l.number and k.related_person_id is null
       returning k.person_id
     ) select distinct person_id from resolved`,
  )
  await refreshLinkRecordsOf(work, sql`select person_id from resolved`)
}

/** The link records of new persons: equal to register.link_record_due, but made from the staged rows. */
export const insertLinkRecords = (work: Work) =>
  runImportStatement(
    work,
    sql`insert into register.link_record
        (person_id, permanent_unit_id, household_id, unit_ids, birth_y, birth_m, birth_d, father_y, mother_y, sex,
          life_status,
          full_name, name_tone, number, cancelled, old_number, phone, father_name, mother_name, changed_at)
        select s.person_id, case when s.residence_kind = 'permanent' then s.unit_id end, m.household_id,
          case when s.unit_id is not null then array[s.unit_id] end, s.birth_y, s.birth_m, s.birth_d, f.related_birth_y,
            k.related_birth_y, s.sex,
          coalesce(s.life_status, 'alive'), s.full_name, s.name_tone, s.number, c.cancelled, s.old_number, s.phone,
            s.father_name, s.mother_name, ${work.now}
        from staged s
        left join register.household_member m on m.person_id = s.person_id
        left join register.kinship f on f.person_id = s.person_id and f.relation = 'father'
        left join register.kinship k on k.person_id = s.person_id and k.relation = 'mother'
        left join lateral (select array_agg(n.number order by n.number) as cancelled from register.number n
                           where s.cancelled_numbers is not null and n.person_id = s.person_id
                               and n.state = 'cancelled') c on true
        order by s.person_id`,
  )
