import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import {
  type NeighbouringRoll,
  noOutcomeCounts,
  type Roll,
  type RollId,
  type RollKind,
  type RollState,
  type RowOutcome,
  type RowOutcomeCounts,
} from './roll.ts'

/**
 * Statistics of what many rolls filled: the planner would otherwise take the tables for empty until the next
 * autovacuum.
 */
export async function analyzeTables({ tx }: Work): Promise<void> {
  await sql`select rolls.analyze_tables()`.execute(tx)
}

type RollTableRow = {
  readonly id: RollId
  readonly school_id: Roll['schoolId']
  readonly school_year: string
  readonly kind: RollKind
  readonly as_of: Day
  readonly state: RollState
  readonly in_force: boolean
  readonly file_name: string
  readonly file_hash: string
  readonly row_count: number
  readonly progress: number
  readonly sent_by_kind: string
  readonly sent_by: string
  readonly sent_unit_id: Id<'unit'> | null
  readonly sent_at: Date
  readonly sent_on: Day
  readonly reconciled_at: Date | null
  readonly stale_at: Date | null
  readonly model_hash: string | null
  readonly sheets: number | null
  readonly hidden_sheets: number | null
  readonly not_pupils: number | null
  readonly held_for: Roll['heldFor'] | null
  readonly unknown_rows: number | null
  readonly leaving_rows: number | null
  readonly replaces: NeighbouringRoll | null
  readonly replaced_by: NeighbouringRoll | null
}

/** Counts of the reading that are kept beside its rows. */
export type KeptReading = { readonly sheets: number; readonly hiddenSheets: number; readonly notPupils: number }

const rollColumnList =
  sql.raw(`r.id, r.school_id, r.school_year, r.kind, r.as_of, r.state, r.in_force, r.file_name, r.file_hash,
      r.row_count, r.progress,
  r.sent_by_kind, r.sent_by, r.sent_unit_id, r.sent_at, r.sent_on, r.reconciled_at, r.stale_at, r.model_hash,
  (r.reading ->> 'sheets')::integer as sheets, (r.reading ->> 'hiddenSheets')::integer as hidden_sheets,
    (r.reading ->> 'notPupils')::integer as not_pupils,
  r.held_for, r.unknown_rows, r.leaving_rows,
  (select json_build_object('id', b.id, 'fileName', b.file_name, 'sentOn', b.sent_on, 'rows', b.row_count)
    from rolls.roll b where b.id = r.replaced_by_id) as replaced_by,
  (select json_build_object('id', b.id, 'fileName', b.file_name, 'sentOn', b.sent_on, 'rows', b.row_count)
    from rolls.roll b where b.replaced_by_id = r.id and r.in_force order by b.replaced_at desc limit 1) as replaces`)

/** How many rows of rolls have which outcome. Rows of a roll that is not of the scope are not counted. */
async function countOutcomesOf({ tx }: Work, ids: readonly RollId[]): Promise<Map<RollId, RowOutcomeCounts>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: RollId; outcome: keyof RowOutcomeCounts; count: number }>`
    select roll_id as id, outcome, rows as count from rolls.outcome_counts(${[...ids]}::uuid[])`.execute(tx)
  const counted = Map.groupBy(rows, ({ id }) => id)
  return new Map(
    [...counted].map(([id, theirs]) => [
      id,
      { ...noOutcomeCounts, ...Object.fromEntries(theirs.map(({ outcome, count }) => [outcome, count])) },
    ]),
  )
}

export type KeptRoll = Roll & KeptReading & { readonly modelHash?: string | undefined }

/** A roll as lists show it. `counts` sum to `rows` once it is reconciled. */
export type CountedRoll = KeptRoll & { readonly counts: RowOutcomeCounts }

const rollFrom = (row: RollTableRow): KeptRoll => ({
  id: row.id,
  schoolId: row.school_id,
  schoolYear: row.school_year,
  kind: row.kind,
  asOf: row.as_of,
  state: row.state,
  inForce: row.in_force,
  fileName: row.file_name,
  fileHash: row.file_hash,
  rows: row.row_count,
  progress: row.progress,
  sentBy: { kind: row.sent_by_kind, id: row.sent_by },
  sentUnitId: row.sent_unit_id ?? undefined,
  sentAt: row.sent_at,
  sentOn: row.sent_on,
  reconciledAt: row.reconciled_at ?? undefined,
  staleAt: row.stale_at ?? undefined,
  modelHash: row.model_hash ?? undefined,
  sheets: row.sheets ?? 0,
  hiddenSheets: row.hidden_sheets ?? 0,
  notPupils: row.not_pupils ?? 0,
  heldFor: row.held_for ?? undefined,
  unknownRows: row.unknown_rows ?? undefined,
  leavingRows: row.leaving_rows ?? undefined,
  replaces: row.replaces ?? undefined,
  replacedBy: row.replaced_by ?? undefined,
})

/** How a roll's file was read, as it is kept beside its rows. */
export type RawReading = { readonly mapping: unknown; readonly reading: unknown }

export async function insertRoll(
  { tx }: Work,
  roll: Roll,
  content: Buffer,
  { mapping, reading }: RawReading,
): Promise<void> {
  await tx
    .insertInto('rolls.roll')
    .values({
      id: roll.id,
      school_id: roll.schoolId,
      school_year: roll.schoolYear,
      kind: roll.kind,
      as_of: roll.asOf,
      state: roll.state,
      in_force: false,
      file_name: roll.fileName,
      file_hash: roll.fileHash,
      file_bytes: content.length,
      row_count: roll.rows,
      sent_by_kind: roll.sentBy.kind,
      sent_by: roll.sentBy.id,
      sent_unit_id: roll.sentUnitId ?? null,
      sent_at: roll.sentAt,
      sent_on: roll.sentOn,
      mapping: JSON.stringify(mapping),
      reading: JSON.stringify(reading),
    })
    .execute()
  await tx.insertInto('rolls.file').values({ roll_id: roll.id, school_id: roll.schoolId, content }).execute()
}

export async function findRoll({ tx }: Work, id: RollId): Promise<KeptRoll | undefined> {
  const { rows } = await sql<RollTableRow>`select ${rollColumnList} from rolls.roll r where r.id = ${id}`.execute(tx)
  return rows[0] && rollFrom(rows[0])
}

/** The roll that a file became, where it is in force or has still to be compared. */
export async function findRollOfFile(
  { tx }: Work,
  { schoolId, schoolYear, kind, asOf, hash }: RollSeries & { readonly asOf: Day; readonly hash: string },
): Promise<KeptRoll | undefined> {
  const { rows } = await sql<RollTableRow>`
    select ${rollColumnList} from rolls.roll r
    where r.file_hash = ${hash} and r.school_id = ${schoolId} and r.school_year = ${schoolYear} and r.kind = ${kind}
      and r.as_of = ${asOf}
      and (r.in_force or r.state in ('queued', 'comparing', 'failed'))
    order by r.in_force desc, r.sent_at desc limit 1`.execute(tx)
  return rows[0] && rollFrom(rows[0])
}

/** The file hashes of all rolls of a year, kind and day that are in force or have still to be compared. */
export async function findFileHashes(
  { tx }: Work,
  { schoolYear, kind, asOf }: Omit<RollSeries, 'schoolId'> & { readonly asOf: Day },
): Promise<Set<string>> {
  const { rows } = await sql<{ hash: string }>`
    select file_hash as hash from rolls.roll r
    where r.school_year = ${schoolYear} and r.kind = ${kind} and r.as_of = ${asOf}
      and (r.in_force or r.state in ('queued', 'comparing', 'failed'))`.execute(tx)
  return new Set(rows.map(({ hash }) => hash))
}

export async function countOutcomes({ tx }: Work, id: RollId): Promise<RowOutcomeCounts> {
  const { rows } = await sql<{ outcome: RowOutcome; n: number }>`
    select outcome, count(*) as n from rolls.row where roll_id = ${id} and outcome is not null
    group by outcome`.execute(tx)
  return { ...noOutcomeCounts, ...Object.fromEntries(rows.map(({ outcome, n }) => [outcome, n])) }
}

/**
 * Locks a roll against a second decision or import at the same moment. Rows that only refer to it, such as follow-ups,
 * are still written.
 */
export async function holdRoll({ tx }: Work, id: RollId): Promise<boolean> {
  const row = await tx.selectFrom('rolls.roll').select('id').where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
  return row !== undefined
}

export type RollFilter = {
  readonly schoolId?: Id<'school'> | undefined
  readonly schoolYear?: string | undefined
  readonly kind?: RollKind | undefined
  readonly inForce?: boolean | undefined
  readonly state?: RollState | undefined
  /** Those that wait for somebody: read and not sent, of a failed comparison, or held until they are accepted. */
  readonly which?: 'waiting' | undefined
}

/** The latest first, at most 1,000. */
export async function findRolls(
  work: Work,
  { schoolId, schoolYear, kind, inForce, state, which }: RollFilter,
): Promise<CountedRoll[]> {
  const { rows } = await sql<RollTableRow>`
    select ${rollColumnList} from rolls.roll r
    where (${schoolId ?? null}::uuid is null or r.school_id = ${schoolId ?? null}::uuid)
      and (${schoolYear ?? null}::text is null or r.school_year = ${schoolYear ?? null}::text)
      and (${kind ?? null}::text is null or r.kind = ${kind ?? null}::text)
      and (${inForce ?? null}::boolean is null or r.in_force = ${inForce ?? null}::boolean)
      and (${state ?? null}::text is null or r.state = ${state ?? null}::text)
      and (${which ?? null}::text is null or r.state in ('draft', 'failed', 'held'))
      -- A roll whose row was referred to here is seen for that row, and is not one of ours.
      and ((select platform.sees_house()) or r.school_id = any ((select platform.scope())::uuid[]))
    order by r.sent_at desc, r.id desc limit 1000`.execute(work.tx)
  const found = rows.map(rollFrom)
  const counts = await countOutcomesOf(
    work,
    found.map(({ id }) => id),
  )
  return found.map(roll => ({ ...roll, counts: counts.get(roll.id) ?? noOutcomeCounts }))
}

export async function findFile({ tx }: Work, id: RollId): Promise<Buffer | undefined> {
  const row = await tx.selectFrom('rolls.file').select('content').where('roll_id', '=', id).executeTakeFirst()
  return row && Buffer.from(row.content)
}

export async function findMapping({ tx }: Work, id: RollId): Promise<unknown> {
  const row = await tx.selectFrom('rolls.roll').select('mapping').where('id', '=', id).executeTakeFirst()
  return row?.mapping ?? []
}

export async function setReading(
  { tx }: Work,
  id: RollId,
  mapping: unknown,
  reading: unknown,
  rows: number,
): Promise<void> {
  await tx
    .updateTable('rolls.roll')
    .set({ mapping: JSON.stringify(mapping), reading: JSON.stringify(reading), row_count: rows })
    .where('id', '=', id)
    .execute()
}

export async function findReading({ tx }: Work, id: RollId): Promise<unknown> {
  const row = await tx.selectFrom('rolls.roll').select('reading').where('id', '=', id).executeTakeFirst()
  return row?.reading
}

export async function setRollState({ tx }: Work, id: RollId, state: RollState, progress: number): Promise<void> {
  await tx.updateTable('rolls.roll').set({ state, progress }).where('id', '=', id).execute()
}

/** How far the comparison is; a roll that is in force already stays so while it is compared again. */
export async function setRollProgress({ tx }: Work, id: RollId, percent: number): Promise<void> {
  await sql`update rolls.roll set progress = ${percent}, state =
      case when state = 'reconciled' then state else 'comparing' end where id = ${id}`.execute(tx)
}

/** A roll that is in force stays as it was when a new comparison fails. */
export async function setRollFailed({ tx }: Work, id: RollId): Promise<void> {
  await tx
    .updateTable('rolls.roll')
    .set({ state: 'failed', progress: 0 })
    .where('id', '=', id)
    .where('state', '<>', 'reconciled')
    .execute()
}

export async function setRollReconciled({ tx, now }: Work, id: RollId, modelHash: string): Promise<void> {
  await tx
    .updateTable('rolls.roll')
    .set({ state: 'reconciled', progress: 100, reconciled_at: now, model_hash: modelHash, stale_at: null })
    .where('id', '=', id)
    .execute()
}

/** Of which school's rolls one is in force. */
export type RollSeries = Pick<Roll, 'schoolId' | 'schoolYear' | 'kind'>

/** The roll that counts now for a school, year and kind. */
export async function findRollInForce(
  { tx }: Work,
  { schoolId, schoolYear, kind }: RollSeries,
): Promise<RollId | undefined> {
  const row = await tx
    .selectFrom('rolls.roll')
    .select('id')
    .where('school_id', '=', schoolId)
    .where('school_year', '=', schoolYear)
    .where('kind', '=', kind)
    .where('in_force', '=', true)
    .executeTakeFirst()
  return row?.id as RollId | undefined
}

/** Until the work ends nobody else changes which of a school's rolls count, nor who their rows are by themselves. */
export async function holdSchool({ tx }: Work, schoolId: Id<'school'>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('rolls.school ' || ${schoolId}, 0))`.execute(tx)
}

export async function setRollInForce({ tx }: Work, id: RollId, inForce: boolean): Promise<void> {
  await tx.updateTable('rolls.roll').set({ in_force: inForce }).where('id', '=', id).execute()
}

export async function deleteRoll({ tx }: Work, id: RollId): Promise<void> {
  await tx.deleteFrom('rolls.roll').where('id', '=', id).execute()
}
