import { type RawBuilder, sql } from 'kysely'
import type { Work } from '../platform/work.ts'
import type { PersonId } from './person.ts'

/**
 * What linkage reads of each person, kept in one row; `register.link_record_due` says from the other tables what that
 * row has to be.
 */

const keptColumns = [
  'permanent_unit_id',
  'household_id',
  'unit_ids',
  'birth_y',
  'birth_m',
  'birth_d',
  'father_y',
  'mother_y',
  'sex',
  'life_status',
  'full_name',
  'name_tone',
  'number',
  'cancelled',
  'old_number',
  'phone',
  'father_name',
  'mother_name',
] as const

const columnsOf = (table: string) => sql.join(keptColumns.map(column => sql.ref(`${table}.${column}`)))

const keptColumnList = sql.join(keptColumns.map(column => sql.ref(column)))

/**
 * Makes the link records of some persons agree with the other tables. A record that agrees is left alone, with its
 * time. Every verb that changes a person calls this last, in its own work. Two works may change what one record depends
 * on (a child's name, its father's year): the row is locked first, so that the second work derives it from what the
 * first has committed.
 */
export async function refreshLinkRecords(work: Work, personIds: readonly PersonId[]): Promise<void> {
  if (personIds.length > 0) await refreshLinkRecordsOf(work, sql`select unnest(${personIds}::uuid[]) as person_id`)
}

/**
 * The same for the persons whom a query gives, as `person_id`. OFFSET 0 makes the planner derive person by person:
 * without it the planner derives the whole house and then throws away all but them (a minute for 1.3 million, explain
 * analyze).
 */
export async function refreshLinkRecordsOf({ tx, now }: Work, persons: RawBuilder<unknown>): Promise<void> {
  await sql`
    select count(*) from (
      select from register.link_record where person_id in (${persons}) order by person_id for update) held`.execute(tx)
  await sql`
    insert into register.link_record as l (person_id, ${keptColumnList}, changed_at)
    select due.person_id, ${columnsOf('due')}, ${now}::timestamptz
    from (select distinct person_id from (${persons}) named order by person_id) asked
    cross join lateral (select * from register.link_record_due d where d.person_id = asked.person_id offset 0) due
    on conflict (person_id)
    do update set (${keptColumnList}, changed_at, changed_in) = row
      (${columnsOf('excluded')}, excluded.changed_at, excluded.changed_in)
    where (${columnsOf('l')}) is distinct from (${columnsOf('excluded')})`.execute(tx)
}
