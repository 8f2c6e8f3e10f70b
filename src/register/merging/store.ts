import { sql } from 'kysely'
import { withoutNulls } from '../../platform/database-row.ts'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { WaitingCount } from '../contract-parts.ts'
import type { PersonId } from '../person.ts'
import type { MergeId, MergeState, PersonTable, RecordMerge } from './merge.ts'

const mergeColumns = sql`m.id, m.person_id as "personId", m.other_id as "otherId", m.state, m.reason, m.papers,
  m.unit_id as "unitId", m.proposed_by as "proposedBy", m.proposed_on as "proposedOn", m.due_on as "dueOn",
  m.kept_number as "keptNumber", m.decided_by as "decidedBy", m.decided_on as "decidedOn", m.answer,
  m.undo_until as "undoUntil", m.undone_by as "undoneBy", m.undone_on as "undoneOn", m.undone_for as "undoneFor"`

type MergeRow = { readonly [Key in keyof RecordMerge]: RecordMerge[Key] | null }
const mergeOf = (row: MergeRow) => withoutNulls(row) as RecordMerge

export async function insertMerge({ tx, now }: Work, merge: RecordMerge): Promise<void> {
  await tx
    .insertInto('register.merge')
    .values({
      person_id: merge.personId,
      id: merge.id,
      other_id: merge.otherId,
      state: merge.state,
      reason: merge.reason,
      papers: merge.papers,
      unit_id: merge.unitId,
      proposed_by: merge.proposedBy,
      proposed_at: now,
      proposed_on: merge.proposedOn,
      due_on: merge.dueOn,
    })
    .execute()
}

export async function findMerge({ tx }: Work, id: MergeId): Promise<RecordMerge | undefined> {
  const { rows } = await sql<MergeRow>`select ${mergeColumns} from register.merge m where m.id = ${id}`.execute(tx)
  return rows[0] && mergeOf(rows[0])
}

/** Of the scope: those that wait first, the soonest due; then the latest decided. */
export async function findMerges({ tx }: Work, states: readonly MergeState[]): Promise<RecordMerge[]> {
  const { rows } = await sql<MergeRow>`
    select ${mergeColumns} from register.merge m where m.state = any (${[...states]}::text[])
    order by m.state <> 'proposed', case when m.state = 'proposed' then m.due_on end, m.decided_at desc, m.proposed_at
    limit 200`.execute(tx)
  return rows.map(mergeOf)
}

/** Open proposals of others than the one who asks: how many, how many are past their day, the soonest day. */
export async function countOpenMerges({ tx, today, by }: Work): Promise<WaitingCount> {
  const { rows } = await sql<WaitingCount>`
    select count(*)::integer as count, count(*) filter (where m.due_on < ${today}::date)::integer as overdue,
      min(m.due_on)::text as "nextOn", case when count(*) = 1 then min(m.id::text) end as only
    from register.merge m where m.state = 'proposed' and m.proposed_by <> ${by.id}`.execute(tx)
  return rows[0] ? withoutNulls(rows[0]) : { count: 0, overdue: 0 }
}

export async function hasOpenMerge({ tx }: Work, ids: readonly PersonId[]): Promise<boolean> {
  const { rows } = await sql`
    select 1 from register.merge m
    where m.state = 'proposed' and (m.person_id = any (${ids}::uuid[]) or m.other_id = any (${ids}::uuid[]))
    limit 1`.execute(tx)
  return rows.length > 0
}

/** Locks both people, always in the same order. Gives how many of them the scope sees. */
export async function holdPersons({ tx }: Work, ids: readonly PersonId[]): Promise<number> {
  const { rows } = await sql`
    select person_id from register.person where person_id = any (${ids}::uuid[]) order by person_id for update`.execute(
    tx,
  )
  return rows.length
}

type Decision = {
  readonly survivor: PersonId
  readonly number?: string | undefined
  readonly accepts: boolean
  readonly said?: string | undefined
  readonly undoUntil: Day
}

export async function decideMerge(
  { tx, today }: Work,
  id: MergeId,
  { survivor, number, accepts, said, undoUntil }: Decision,
): Promise<'decided' | 'unknown' | 'closed' | 'same' | 'outside'> {
  const { rows } = await sql<{ outcome: 'decided' | 'unknown' | 'closed' | 'same' | 'outside' }>`
    select register.decide_merge(${id}, ${survivor}, ${number ?? null}, ${accepts}, ${said ?? null}, ${today}::date,
      ${undoUntil}::date) as outcome`.execute(tx)
  return rows[0]?.outcome ?? 'unknown'
}

export async function setMergeWithdrawn({ tx }: Work, id: MergeId): Promise<string> {
  const { rows } = await sql<{ outcome: string }>`select register.withdraw_merge(${id}) as outcome`.execute(tx)
  return rows[0]?.outcome ?? 'unknown'
}

export async function keepRows({ tx }: Work, id: MergeId, tables: readonly PersonTable[]): Promise<void> {
  await sql`select register.keep_merged_rows(${id}, ${JSON.stringify(tables)}::jsonb)`.execute(tx)
}

export async function moveRows({ tx }: Work, id: MergeId): Promise<void> {
  await sql`select register.move_merged_rows(${id})`.execute(tx)
}

export async function sealRows({ tx }: Work, id: MergeId): Promise<void> {
  await sql`select register.seal_merged_rows(${id})`.execute(tx)
}

export async function findBuiltOn({ tx }: Work, id: MergeId): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select register.built_on_merge(${id}) as name`.execute(tx)
  return rows.map(({ name }) => name)
}

export async function putRowsBack({ tx, today }: Work, id: MergeId, why: string): Promise<string> {
  const { rows } = await sql<{ outcome: string }>`
    select register.undo_merge(${id}, ${why}, ${today}::date) as outcome`.execute(tx)
  return rows[0]?.outcome ?? 'unknown'
}

/** `delete from register.merged_row` of merges that are over: in the database, as the application sees no such row. */
export async function forgetRows({ tx, today }: Work): Promise<number> {
  const { rows } = await sql<{ gone: number }>`select register.forget_merged_rows(${today}::date) as gone`.execute(tx)
  return rows[0]?.gone ?? 0
}

/** The record into which a record went in the end, where it was merged. */
export async function findSurvivor({ tx }: Work, id: PersonId): Promise<PersonId | undefined> {
  const { rows } = await sql<{ id: PersonId | null }>`select register.merged_into(${id}) as id`.execute(tx)
  return rows[0]?.id ?? undefined
}

/** The number in force of some people of the scope. */
export async function numbersInForce({ tx }: Work, ids: readonly PersonId[]): Promise<Map<PersonId, string>> {
  const { rows } = await sql<{ person_id: PersonId; number: string }>`
    select person_id, number from register.number
    where person_id = any (${ids}::uuid[]) and state = 'in-force'`.execute(tx)
  return new Map(rows.map(({ person_id, number }) => [person_id, number]))
}

export async function cancelNumberOfMerged({ tx, today }: Work, id: PersonId, supersededBy: string): Promise<void> {
  await tx
    .updateTable('register.number')
    .set({ state: 'cancelled', to_on: today, superseded_by: supersededBy, reason: 'merged' })
    .where('person_id', '=', id)
    .where('state', '=', 'in-force')
    .execute()
}

/**
 * Residences and households in force of the record that ends, of which the other has one too, end today: they are kept
 * as former ones.
 */
export async function endDoubles({ tx, today }: Work, survivor: PersonId, merged: PersonId): Promise<void> {
  await sql`
    update register.residence r set to_on = greatest(${today}::date, r.from_on)
    where r.person_id = ${merged} and r.to_on is null and exists (select from register.residence o
      where o.person_id = ${survivor} and o.kind = r.kind and o.to_on is null)`.execute(tx)
  await sql`
    update register.household_member h set to_on = ${today}::date
    where h.person_id = ${merged} and h.to_on is null and exists (select from register.household_member o
      where o.person_id = ${survivor} and o.to_on is null)`.execute(tx)
}

/** The units of a person's residences in force, anew. What is new comes first: the scope must see the person. */
export async function rewriteScopes({ tx }: Work, id: PersonId): Promise<void> {
  await sql`
    insert into register.person_scope (person_id, unit_id, sort_key)
    select distinct r.person_id, r.unit_id, p.sort_key from register.residence r
    join register.person p on p.person_id = r.person_id
    where r.person_id = ${id} and r.to_on is null on conflict do nothing`.execute(tx)
  await sql`
    update register.person_scope s set sort_key = p.sort_key from register.person p
    where s.person_id = ${id} and p.person_id = s.person_id and s.sort_key <> p.sort_key`.execute(tx)
  await sql`
    delete from register.person_scope s where s.person_id = ${id}
      and exists (select from register.residence r where r.person_id = s.person_id and r.to_on is null)
      and not exists (select from register.residence r
        where r.person_id = s.person_id and r.to_on is null and r.unit_id = s.unit_id)`.execute(tx)
}

/** Who is compared is derived anew: the record that ends has none any more. */
export async function dropLinkRecord({ tx }: Work, id: PersonId): Promise<void> {
  await tx.deleteFrom('register.link_record').where('person_id', '=', id).execute()
}

export type Hanging = { readonly table: string; readonly rows: number }

export async function findHanging({ tx }: Work, id: PersonId, tables: readonly string[]): Promise<Hanging[]> {
  const { rows } = await sql<Hanging>`
    select table_name as "table", row_count as rows from register.rows_about(${id}, ${[...tables]}::text[])`.execute(tx)
  return rows
}

export type Twins = { readonly personId: PersonId; readonly otherId: PersonId; readonly owned: boolean }

/** The last of the people who were looked at, to go on after; and those with a twin. */
export async function findTwins(
  { tx }: Work,
  unitId: Id<'unit'>,
  { after, most }: { readonly after?: PersonId | undefined; readonly most: number },
): Promise<{ twins: Twins[]; next: PersonId | undefined }> {
  const { rows } = await sql<Twins>`
    select person_id as "personId", other_id as "otherId", owned
    from register.twins_of(${unitId}, ${after ?? null}, ${most})`.execute(tx)
  const { rows: last } = await sql<{ id: PersonId }>`
    select s.person_id as id from register.person_scope s
    where s.unit_id = ${unitId} and (${after ?? null}::uuid is null
      or (s.sort_key, s.person_id) > (select a.sort_key, a.person_id from register.person_scope a
        where a.unit_id = ${unitId} and a.person_id = ${after ?? null}::uuid))
    order by s.sort_key, s.person_id offset ${most - 1} limit 1`.execute(tx)
  return { twins: rows, next: last[0]?.id }
}
