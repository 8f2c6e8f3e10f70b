import { type RawBuilder, sql } from 'kysely'
import { runSimpleQuery } from '../../platform/db.ts'
import type { Work } from '../../platform/work.ts'
import type { PersonId } from '../person.ts'
import { refreshLinkRecordsOf } from '../store-link-record-refresh.ts'

/**
 * Changes of known persons by an import: each value that differs is written to the history, then set. An empty cell
 * changes nothing.
 */

/** The reason and the day that the history of an import's changes gives. */
export type HistoryReason = { readonly why: string; readonly asOf: string }

const runChangeStatement = async ({ tx }: Work, statement: RawBuilder<unknown>) =>
  Number((await statement.execute(tx)).numAffectedRows ?? 0)

/** The columns of a history row that are the same for all of an import. */
const historyValues = (work: Work, { why }: HistoryReason) =>
  sql`${why}, ${work.now}::timestamptz, ${work.today}::date, ${work.by.kind}, ${work.by.id}, 'register.imported'`

const insertIntoHistory = sql`insert into register.history (person_id, id, field, old, new, why, at, on_day, by_kind,
      by_id, deed)`

const bornText = (table: string) =>
  sql`concat_ws('-', lpad(${sql.ref(`${table}.birth_y`)}::text, 4, '0'),
        lpad(${sql.ref(`${table}.birth_m`)}::text, 2, '0'), lpad(${sql.ref(`${table}.birth_d`)}::text, 2, '0'))`

export const recordPersonChanges = (work: Work, telling: HistoryReason) =>
  runChangeStatement(
    work,
    sql`${insertIntoHistory}
        select c.person_id, gen_random_uuid(), v.field, v.old, v.new, ${historyValues(work, telling)}
        from changed c join register.person p on p.person_id = c.person_id
        cross join lateral (values
          ('full_name', p.full_name, c.full_name),
          ('birth_date', ${bornText('p')}, ${bornText('c')}),
          ('sex', p.sex, c.sex),
          ('birth_registration_code', p.birth_registration_code, c.birth_registration_code),
          ('ethnicity', p.ethnicity, c.ethnicity),
          ('religion', p.religion, c.religion),
          ('nationality', p.nationality, c.nationality),
          ('hometown', p.hometown, c.hometown),
          ('life_status', p.life_status, c.life_status)) as v (field, old, new)
        where v.new is not null and v.old is distinct from v.new`,
  )

/** Who was alive, and is not by the import; asked before they are changed. */
export async function findNewlyDead({ tx }: Work): Promise<PersonId[]> {
  const { rows } = await sql<{ id: PersonId }>`
    select c.person_id as id from changed c join register.person p on p.person_id = c.person_id
    where c.life_status = 'dead' and p.life_status <> 'dead'`.execute(tx)
  return rows.map(({ id }) => id)
}

/** The words by which a person is searched go with the name and the year. */
export const dropNameWords = (work: Work) =>
  runChangeStatement(work, sql`delete from register.name_word w using changed c where w.person_id = c.person_id`)

export const updatePersons = (work: Work) =>
  runChangeStatement(
    work,
    sql`update register.person p
        set full_name = c.full_name, name_tone = c.name_tone, name_ascii = c.name_ascii, family_ascii = c.family_ascii,
          given_ascii = c.given_ascii,
            sort_key = c.sort_key, birth_y = c.birth_y, birth_m = c.birth_m, birth_d = c.birth_d, sex = c.sex,
            birth_registration_code = coalesce(c.birth_registration_code, p.birth_registration_code),
              ethnicity = coalesce(c.ethnicity, p.ethnicity),
            religion = coalesce(c.religion, p.religion), nationality = coalesce(c.nationality, p.nationality),
              hometown = coalesce(c.hometown, p.hometown),
            life_status = coalesce(c.life_status, p.life_status), source_hash = c.source_hash, changed_at = ${work.now}
        from changed c where p.person_id = c.person_id`,
  )

/**
 * A row may bring a new number for someone known by a former one; an older extract, with a number since cancelled here,
 * does not bring it back.
 */
export const cancelSupersededNumbers = (work: Work, telling: HistoryReason) =>
  runChangeStatement(
    work,
    sql`with superseded as (
          update register.number n
          set state = 'cancelled', to_on = ${telling.asOf}::date, superseded_by = c.number, reason = 'import'
          from changed c
          where n.person_id = c.person_id and n.state = 'in-force' and n.number <> c.number
            and not exists (select from register.number own where own.person_id = c.person_id and own.number = c.number)
          returning n.person_id, n.number, c.number as new
        )
        ${insertIntoHistory}
        select person_id, gen_random_uuid(), 'number', number, new, ${historyValues(work, telling)} from superseded`,
  )

export const insertSupersedingNumbers = (work: Work, { asOf }: HistoryReason) =>
  runChangeStatement(
    work,
    sql`with given as (
          insert into register.number (person_id, number, state, from_on)
          select c.person_id, c.number, 'in-force', ${asOf}::date from changed c
          where not exists (select from register.number n
            where n.person_id = c.person_id and (n.state = 'in-force' or n.number = c.number))
          returning number, person_id
        )
        insert into register.number_lookup (number, person_id) select number, person_id from given`,
  )

/** A residence of the same kind elsewhere ends the one before it. */
export const endResidences = (work: Work, telling: HistoryReason) =>
  runChangeStatement(
    work,
    sql`with ended as (
          update register.residence r set to_on = coalesce(c.residence_from, ${telling.asOf}::date)
          from changed c
          where r.person_id = c.person_id and r.kind = c.residence_kind and r.to_on is null and c.unit_id is not null
            and (r.unit_id <> c.unit_id or r.address is distinct from coalesce(c.address, r.address))
          returning r.person_id, r.kind, r.address, r.unit_id, c.address as new_address, c.unit_id as new_unit_id
        )
        ${insertIntoHistory}
        select person_id, gen_random_uuid(), 'residence.' || kind, concat_ws(' · ', address, unit_id),
          concat_ws(' · ', new_address, new_unit_id),
               ${historyValues(work, telling)}
        from ended`,
  )

export const insertMissingResidences = (work: Work) =>
  runChangeStatement(
    work,
    sql`insert into register.residence (person_id, id, kind, unit_id, address, from_on)
        select c.person_id, c.residence_id, c.residence_kind, c.unit_id, c.address, c.residence_from from changed c
        where c.unit_id is not null and not exists (select from register.residence r
              where r.person_id = c.person_id and r.kind = c.residence_kind and r.to_on is null)`,
  )

export const dropScopes = (work: Work) =>
  runChangeStatement(work, sql`delete from register.person_scope s using changed c where s.person_id = c.person_id`)

export const insertScopesOfChanged = (work: Work) =>
  runChangeStatement(
    work,
    sql`insert into register.person_scope (person_id, unit_id, sort_key)
        select distinct c.person_id, r.unit_id, c.sort_key from changed c
        join register.residence r on r.person_id = c.person_id and r.to_on is null`,
  )

export const leaveHouseholds = (work: Work, telling: HistoryReason) =>
  runChangeStatement(
    work,
    sql`with left_behind as (
          update register.household_member m set to_on = ${telling.asOf}::date
          from changed c, register.household h
          where m.person_id = c.person_id and h.id = m.household_id and m.to_on is null
            and h.number <> c.household_number
          returning m.person_id, h.number as old, c.household_number as new
        )
        ${insertIntoHistory}
        select person_id, gen_random_uuid(), 'household', old, new, ${historyValues(work, telling)} from left_behind`,
  )

export const joinHouseholds = (work: Work, { asOf }: HistoryReason) =>
  runChangeStatement(
    work,
    sql`insert into register.household_member (person_id, household_id, relation, from_on)
        select c.person_id, h.id, c.household_relation, ${asOf}::date from changed c
        join register.household h on h.number = c.household_number
        on conflict (person_id, household_id)
        do update set relation = coalesce(excluded.relation, household_member.relation), to_on = null`,
  )

const kinOfChanged = sql`
  changed c cross join lateral (values ('father', c.father_number, c.father_name, c.father_ascii, c.father_y),
                                       ('mother', c.mother_number, c.mother_name, c.mother_ascii, c.mother_y)) as kin
                                         (relation, number, name, ascii, year)
  left join register.number_lookup l on l.number = kin.number
  left join register.person p on p.person_id = l.person_id`

export const recordKinChanges = (work: Work, telling: HistoryReason) =>
  runChangeStatement(
    work,
    sql`${insertIntoHistory}
        select c.person_id, gen_random_uuid(), kin.relation || v.field, v.old, v.new, ${historyValues(work, telling)}
        from ${kinOfChanged} join register.kinship k on k.person_id = c.person_id and k.relation = kin.relation
        cross
        join lateral (values ('_name', k.name, kin.name), ('_number', k.number, kin.number)) as v (field, old, new)
        where v.new is not null and v.old is distinct from v.new`,
  )

export const upsertKin = (work: Work) =>
  runChangeStatement(
    work,
    sql`insert into register.kinship as k
        (person_id, relation, related_person_id, name, name_ascii, number, related_birth_y, person_birth_y)
        select c.person_id, kin.relation, l.person_id, kin.name, kin.ascii, kin.number, coalesce(p.birth_y, kin.year),
          c.birth_y
        from ${kinOfChanged} where kin.number is not null or kin.name is not null
        on conflict (person_id, relation) do update set
          related_person_id = coalesce(excluded.related_person_id, k.related_person_id),
            name = coalesce(excluded.name, k.name),
          name_ascii = coalesce(excluded.name_ascii, k.name_ascii), number = coalesce(excluded.number, k.number),
          related_birth_y = coalesce(excluded.related_birth_y, k.related_birth_y),
            person_birth_y = excluded.person_birth_y`,
  )

export const moveBirthYearOfKin = (work: Work) =>
  runChangeStatement(
    work,
    sql`update register.kinship k set person_birth_y = c.birth_y from changed c
      where k.person_id = c.person_id and k.person_birth_y <> c.birth_y`,
  )

/** A parent's own row says when the parent was born; it goes before what a number let one guess. */
export const moveBirthYearOfParents = (work: Work) =>
  runSimpleQuery(
    work.tx,
    `create temporary table reparented on commit drop as
     with moved as (
       update register.kinship k set related_birth_y = c.birth_y from changed c
       where k.related_person_id = c.person_id and k.related_birth_y is distinct from c.birth_y
       returning k.person_id
     ) select distinct person_id from moved`,
  )

export const refreshLinkRecordsOfChanged = (work: Work) =>
  refreshLinkRecordsOf(work, sql`select person_id from changed union select person_id from reparented`)
