import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'

export type ExtractId = Id<'extract'>
export type ExtractState = 'trying' | 'tried' | 'taking' | 'taken' | 'failed' | 'dropped'

/** What an import told of an extract. */
export type ExtractCounts = {
  readonly rows: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly rejected: number
  readonly reasons: Readonly<Record<string, number>>
}

export type Extract = {
  readonly id: ExtractId
  readonly asOf: Day
  readonly bytes: number
  readonly sha256: string
  readonly state: ExtractState
  readonly share: number
  readonly rowsRead: number
  readonly counts: ExtractCounts | null
  readonly refusal: string | null
  readonly handedBy: string
  readonly handedFor: string | null
  readonly handedAt: Date
  readonly takenBy: string | null
  readonly changedAt: Date
}

const columns = sql.raw(`id, as_of as "asOf", bytes::float8 as bytes, encode(sha256, 'hex') as sha256, state, share,
  rows_read as "rowsRead", counts, refusal, handed_by as "handedBy", handed_for as "handedFor",
  handed_at as "handedAt", taken_by as "takenBy", changed_at as "changedAt"`)

/** Makes whoever hands in or takes up an extract at the same moment wait. */
export async function holdExtracts({ tx }: Work): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('installation extracts', 0))`.execute(tx)
}

/** The extract of today's page: the last one that was not dropped. */
export async function findLatestExtract({ tx }: Work): Promise<Extract | undefined> {
  const { rows } = await sql<Extract>`
    select ${columns} from installation.extract where state <> 'dropped'
    order by handed_at desc, id desc limit 1`.execute(tx)
  return rows[0]
}

export async function holdExtract({ tx }: Work, id: ExtractId): Promise<Extract | undefined> {
  const { rows } = await sql<Extract>`
    select ${columns} from installation.extract where id = ${id} for update`.execute(tx)
  return rows[0]
}

export async function insertExtract(
  { tx, now, by }: Work,
  { id, asOf, bytes, sha256 }: Pick<Extract, 'id' | 'asOf' | 'bytes' | 'sha256'>,
): Promise<void> {
  await sql`
    insert into installation.extract (id, as_of, bytes, sha256, state, handed_by, handed_for, handed_at, changed_at)
    values (${id}, ${asOf}, ${bytes}, decode(${sha256}, 'hex'), 'trying', ${by.id}, ${by.onBehalfOf ?? null}, ${now},
      ${now})`.execute(tx)
}

export async function setExtractProgress({ tx }: Work, id: ExtractId, share: number, rows: number): Promise<void> {
  await sql`
    update installation.extract set share = ${Math.min(1, share)}, rows_read = ${rows} where id = ${id}`.execute(tx)
}

export async function setExtractTaking({ tx, now, by }: Work, id: ExtractId): Promise<void> {
  await sql`
    update installation.extract set state = 'taking', taken_by = ${by.id}, share = 0, rows_read = 0, changed_at = ${now}
    where id = ${id}`.execute(tx)
}

export async function setExtractRead(
  { tx, now }: Work,
  id: ExtractId,
  state: 'tried' | 'taken',
  counts: ExtractCounts,
): Promise<void> {
  await sql`
    update installation.extract set state = ${state}, counts = ${JSON.stringify(counts)}::jsonb, share = 1,
      rows_read = ${counts.rows}, changed_at = ${now}
    where id = ${id}`.execute(tx)
}

export async function setExtractFailed({ tx, now }: Work, id: ExtractId, refusal: string): Promise<void> {
  await sql`
    update installation.extract set state = 'failed', refusal = ${refusal}, changed_at = ${now}
    where id = ${id}`.execute(tx)
}

/** Drops what waits, one or all, and since before some moment. Gives which. */
export async function setExtractsDropped(
  { tx, now }: Work,
  { only, before }: { readonly only?: ExtractId; readonly before?: Date } = {},
): Promise<ExtractId[]> {
  const { rows } = await sql<{ id: ExtractId }>`
    update installation.extract set state = 'dropped', refusal = null, changed_at = ${now}
    where state in ('tried', 'failed') and (${only ?? null}::uuid is null or id = ${only ?? null}::uuid)
      and (${before ?? null}::timestamptz is null or changed_at < ${before ?? null}::timestamptz)
    returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Extracts whose files may go: dropped, or taken in before some moment. */
export async function findFinishedExtracts({ tx }: Work, before: Date): Promise<ExtractId[]> {
  const { rows } = await sql<{ id: ExtractId }>`
    select id from installation.extract
    where state = 'dropped' or (state = 'taken' and changed_at < ${before})`.execute(tx)
  return rows.map(({ id }) => id)
}
