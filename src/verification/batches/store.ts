import { sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import { listMinutes } from '../law.ts'
import type { InputFormat } from './row.ts'

export type BatchId = Id<'verification-batch'>
export type BatchState = 'receiving' | 'waiting' | 'running' | 'done' | 'refused'
export type PieceKind = 'input' | 'result' | 'errors'

/** A batch; lengths and places in bytes. */
export type VerificationBatch = {
  readonly id: BatchId
  readonly clientId: string
  readonly partyId: Id<'party'>
  readonly purpose: string
  readonly format: InputFormat
  readonly bytes: number
  readonly received: number
  readonly state: BatchState
  readonly reason: string | null
  readonly columns: readonly string[] | null
  readonly delimiter: string | null
  readonly readBytes: number
  readonly readRows: number
  readonly wrongRows: number
  readonly resultBytes: number
  readonly errorBytes: number
  readonly waitsUntil: Date | null
  readonly madeAt: Date
  readonly changedAt: Date
  readonly endsAt: Date
}

const columns =
  sql.raw(`id, client_id as "clientId", party_id as "partyId", purpose, format, bytes, received, state, reason, columns,
      delimiter,
  read_bytes as "readBytes", read_rows as "readRows", wrong_rows as "wrongRows", result_bytes as "resultBytes",
    error_bytes as "errorBytes",
  waits_until as "waitsUntil", made_at as "madeAt", changed_at as "changedAt", ends_at as "endsAt"`)

export async function findBatch({ tx }: Work, id: string): Promise<VerificationBatch | undefined> {
  const { rows } = await sql<VerificationBatch>`select ${columns} from verification.batch where id = ${id}`.execute(tx)
  return rows[0]
}

/** Locks it: what is sent and what is answered of one batch goes one after another. */
export async function holdBatch({ tx }: Work, id: string): Promise<VerificationBatch | undefined> {
  const { rows } =
    await sql<VerificationBatch>`select ${columns} from verification.batch where id = ${id} for update`.execute(tx)
  return rows[0]
}

/** How many batches of a client are not done. Of two who begin at once one waits for the other. */
export async function countOpen({ tx }: Work, clientId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended('verification batches ' || ${clientId}, 0))`.execute(tx)
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from verification.batch
    where client_id = ${clientId} and state not in ('done', 'refused')`.execute(tx)
  return rows[0]?.count ?? 0
}

export async function insertBatch(
  { tx, now }: Work,
  batch: Pick<VerificationBatch, 'id' | 'clientId' | 'partyId' | 'purpose' | 'format' | 'bytes' | 'endsAt'>,
): Promise<void> {
  await tx
    .insertInto('verification.batch')
    .values({
      id: batch.id,
      client_id: batch.clientId,
      party_id: batch.partyId,
      purpose: batch.purpose,
      format: batch.format,
      bytes: batch.bytes,
      received: 0,
      state: 'receiving',
      read_bytes: 0,
      read_rows: 0,
      wrong_rows: 0,
      result_bytes: 0,
      error_bytes: 0,
      made_at: now,
      changed_at: now,
      ends_at: batch.endsAt,
    })
    .execute()
}

export type BatchChanges = Partial<
  Pick<
    VerificationBatch,
    | 'received'
    | 'state'
    | 'reason'
    | 'columns'
    | 'delimiter'
    | 'readBytes'
    | 'readRows'
    | 'wrongRows'
    | 'resultBytes'
    | 'errorBytes'
    | 'waitsUntil'
    | 'endsAt'
  >
>

/** Writes the changes of a locked batch. Returns it as it is then. */
export async function saveBatch(
  { tx, now }: Work,
  batch: VerificationBatch,
  moves: BatchChanges,
): Promise<VerificationBatch> {
  const next: VerificationBatch = { ...batch, ...moves, changedAt: now }
  await sql`
    update verification.batch set
      received = ${next.received}, state = ${next.state}, reason = ${next.reason}, columns = ${next.columns}::text[],
        delimiter = ${next.delimiter},
      read_bytes = ${next.readBytes}, read_rows = ${next.readRows}, wrong_rows = ${next.wrongRows},
        result_bytes = ${next.resultBytes},
      error_bytes = ${next.errorBytes}, waits_until = ${next.waitsUntil}, changed_at = ${now}, ends_at = ${next.endsAt}
    where id = ${next.id}`.execute(tx)
  return next
}

export type SealedPiece = { readonly atByte: number; readonly bytes: number; readonly sealed: Buffer }

export async function insertPieces(
  { tx }: Work,
  batchId: string,
  kind: PieceKind,
  pieces: readonly SealedPiece[],
): Promise<void> {
  if (pieces.length === 0) return
  await tx
    .insertInto('verification.piece')
    .values(pieces.map(({ atByte, bytes, sealed }) => ({ batch_id: batchId, kind, at_byte: atByte, bytes, sealed })))
    .execute()
}

/** Pieces in which a place lies, or that come after it, at most so many. */
export async function piecesFrom(
  { tx }: Work,
  batchId: string,
  kind: PieceKind,
  from: number,
  limit: number,
): Promise<SealedPiece[]> {
  const { rows } = await sql<SealedPiece>`
    select at_byte as "atByte", bytes, sealed from verification.piece
    where batch_id = ${batchId} and kind = ${kind}
      and at_byte >= coalesce((select max(at_byte) from verification.piece
          where batch_id = ${batchId} and kind = ${kind} and at_byte <= ${from}), 0)
      and at_byte + bytes > ${from}
    order by at_byte limit ${limit}`.execute(tx)
  return rows
}

/** Deletes the input that was answered. */
export async function deleteInput({ tx }: Work, batchId: string, readBytes: number): Promise<void> {
  await sql`delete from verification.piece
    where batch_id = ${batchId} and kind = 'input' and at_byte + bytes <= ${readBytes}`.execute(tx)
}

export async function deleteBatch({ tx }: Work, id: string): Promise<void> {
  await sql`with gone as (delete from verification.piece where batch_id = ${id}) delete from verification.batch
    where id = ${id}`.execute(tx)
}

/** Stalled batches: the job that would have queued theirs again was lost with its last try. */
export async function stalledBatches(work: Work): Promise<BatchId[]> {
  const { tx, now, today } = work
  const { rows } = await sql<{ id: BatchId }>`
    select id from verification.batch
    where state in ('waiting', 'running')
      and greatest(changed_at, waits_until) < ${now}::timestamptz -
      make_interval(mins => ${ruleOn(listMinutes, today, work).stalled}) limit 100`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Batches whose files have come to their end. */
export async function endedBatches({ tx, now }: Work): Promise<BatchId[]> {
  const { rows } = await sql<{
    id: BatchId
  }>`select id from verification.batch where ends_at <= ${now} limit 100`.execute(tx)
  return rows.map(({ id }) => id)
}
