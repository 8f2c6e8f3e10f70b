import { type RawBuilder, sql } from 'kysely'
import type { Work } from '../platform/work.ts'
import type { PersonId } from './person.ts'

/** What linkage reads of each person, kept in one row; `register.link_record_due` says from the other tables what that row has to be. */

const kept = [
  'permanent_unit_id', 'household_id', 'unit_ids', 'birth_y', 'birth_m', 'birth_d', 'father_y', 'mother_y', 'sex', 'life_status', 'full_name',
  'name_tone', 'number', 'cancelled', 'old_number', 'phone', 'father_name', 'mother_name',
] as const // biome-ignore format: the order of the table
const columnsOf = (table: string) => sql.join(kept.map(column => sql.ref(`${table}.${column}`)))
const columns = sql.join(kept.map(column => sql.ref(column)))

/**
 * Makes the rows of some persons what the other tables say now; a row that is right already is left alone, and its moment too. Called last by every
 * verb that changes a person, in its own work. Two works may change what one row tells of (a child's name, its father's year): the row is held
 * first, so that the second of them derives it from what the first has committed.
 */
export async function refreshLinkRecords(work: Work, personIds: readonly PersonId[]): Promise<void> {
  if (personIds.length > 0) await refreshLinkRecordsOf(work, sql`select unnest(${personIds}::uuid[]) as person_id`)
}

/**
 * The same of the persons whom a query gives, as `person_id`. OFFSET 0 makes the derivation ask person by person: joined freely, the planner derives the
 * whole house and then throws away all but them (a minute for 1.3 million, explain analyze).
 */
export async function refreshLinkRecordsOf({ tx, now }: Work, persons: RawBuilder<unknown>): Promise<void> {
  await sql`
    select count(*) from (
      select from register.link_record where person_id in (${persons}) order by person_id for update) held`.execute(tx)
  await sql`
    insert into register.link_record as l (person_id, ${columns}, changed_at)
    select due.person_id, ${columnsOf('due')}, ${now}::timestamptz
    from (select distinct person_id from (${persons}) named order by person_id) asked
    cross join lateral (select * from register.link_record_due d where d.person_id = asked.person_id offset 0) due
    on conflict (person_id) do update set (${columns}, changed_at, changed_in) = row (${columnsOf('excluded')}, excluded.changed_at, excluded.changed_in)
    where (${columnsOf('l')}) is distinct from (${columnsOf('excluded')})`.execute(tx)
}

/** The children of a person whom the work may change: their rows tell of their parents' years of birth. */
export async function childIdsOf({ tx }: Work, personId: PersonId): Promise<PersonId[]> {
  const { rows } = await sql<{ person_id: PersonId }>`
    select person_id from register.kinship where related_person_id = ${personId}`.execute(tx)
  return rows.map(({ person_id }) => person_id)
}

/** What comes out of the whole table, in the order in which link-row.ts reads it. */
export const streamedColumns = [
  'person_id', 'birth_y', 'birth_m', 'birth_d', 'father_y', 'mother_y', 'sex', 'life_status', 'household_id', 'permanent_unit_id', 'unit_ids',
  'number', 'cancelled', 'old_number', 'phone', 'full_name', 'father_name', 'mother_name',
] as const // biome-ignore format: the order of the reading

/** The statement of COPY; years are whole numbers of ours, so that they may stand in its text. */
export function streamed({ bornFrom, bornTo }: { readonly bornFrom?: number | undefined; readonly bornTo?: number | undefined }): string {
  const year = (value: number | undefined, otherwise: number) => Math.trunc(value ?? otherwise)
  const born = bornFrom === undefined && bornTo === undefined ? '' : ` where birth_y between ${year(bornFrom, 0)} and ${year(bornTo, 9999)}`
  return `select ${streamedColumns.join(', ')} from register.link_record${born}`
}

/** This server, and the oldest transaction that is still open: whatever changed in an earlier one is seen or was given up. */
export async function horizon({ tx }: Work): Promise<{ server: string; settled: string }> {
  const { rows } = await sql<{ server: string; settled: string }>`
    select system_identifier::text as server, pg_snapshot_xmin(pg_current_snapshot())::text as settled from pg_control_system()`.execute(tx)
  return rows[0] ?? { server: '', settled: '0' }
}

export type ChangedRow = { readonly person_id: PersonId; readonly changed_in: string; readonly settled: boolean }

/** Who changed after a place in the order of changes; `settled` where no open work can still come before. */
export async function changedAfter(
  { tx }: Work,
  { changedIn, personId }: { readonly changedIn: string; readonly personId: string },
  limit: number,
): Promise<ChangedRow[]> {
  const { rows } = await sql<ChangedRow>`
    select person_id, changed_in::text, changed_in < pg_snapshot_xmin(pg_current_snapshot()) as settled from register.link_record
    where (changed_in, person_id) > (${changedIn}::xid8, ${personId}::uuid) order by changed_in, person_id limit ${limit}`.execute(tx)
  return rows
}
