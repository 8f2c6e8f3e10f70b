/**
 * Batches that a party sends in pieces and a job answers. After any kill the work goes on: pieces, the position
 * reached, the output and the access logs change in one transaction. A party's file comes in. Decided here: what each
 * row asks (row.ts), answered like any check, some thousand at once (run.ts), within the party's quota. What goes out
 * is a file of answers and one of errors. Both are personal data: they are kept sealed, answered input is deleted at
 * once, and the rest on a fixed day. Rows over a stream are answered as they come (stream.ts). Deeds:
 * verification-batch.begun, .done, .refused, .deleted.
 */

import * as audit from '../../audit/audit.ts'
import * as parties from '../../parties/parties.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import { ruleOn } from '../../platform/law.ts'
import type { SealedColumn } from '../../platform/sealing/reseal.ts'
import { sealBytes, unsealBytes } from '../../platform/sealing/sealing.ts'
import type { OpenWork, Work } from '../../platform/work.ts'
import { approvedPurpose } from '../approved-purpose.ts'
import { openAsClient } from '../checks/queue.ts'
import { listKeptDays, listLimits } from '../law.ts'
import { verificationProblem } from '../problems.ts'
import type { InputFormat } from './row.ts'
import * as store from './store.ts'

export type { BatchId, BatchState, VerificationBatch } from './store.ts'

export const jobName = 'check-batch'

const daysAfter = ({ now }: Work, days: number) => new Date(now.getTime() + days * 86_400_000)

export const pieceKey = (batchId: string, kind: store.PieceKind, atByte: number) => `${batchId} ${kind} ${atByte}`

/** Where the pieces lie sealed. */
export const sealedSecrets: readonly SealedColumn[] = [
  {
    table: 'verification.piece',
    column: 'sealed',
    key: { batch_id: 'uuid', kind: 'text', at_byte: 'bigint' },
    use: 'verification',
    place: row => pieceKey(row['batch_id'] ?? '', row['kind'] as store.PieceKind, Number(row['at_byte'])),
  },
]

/** Splits bytes into pieces from byte `from` on, each sealed for its own position. */
export function sealPieces(
  batchId: string,
  kind: store.PieceKind,
  from: number,
  bytes: Uint8Array,
): store.SealedPiece[] {
  const pieces: store.SealedPiece[] = []
  for (let at = 0; at < bytes.length; at += listLimits.keptBytes) {
    const piece = bytes.subarray(at, at + listLimits.keptBytes)
    pieces.push({
      atByte: from + at,
      bytes: piece.length,
      sealed: sealBytes('verification', pieceKey(batchId, kind, from + at), piece),
    })
  }
  return pieces
}

export const openPiece = (batchId: string, kind: store.PieceKind, { atByte, sealed }: store.SealedPiece): Buffer =>
  unsealBytes('verification', pieceKey(batchId, kind, atByte), sealed)

/**
 * Has the job run, now or when there is quota again; one waits at most. Batches run one after another, those of sandbox
 * clients in a queue of their own.
 */
export async function queueRun(
  work: Work,
  { id, clientId }: Pick<store.VerificationBatch, 'id' | 'clientId'>,
  runAt?: Date,
): Promise<void> {
  const client = await parties.findClient(work, clientId)
  const queue = client?.sandbox ? 'verification-sandbox' : 'verification'
  await queueJob(work, jobName, { id }, { key: `${jobName} ${id}`, queue, ...(runAt && { runAt }) })
}

const isBatchOf = (
  batch: store.VerificationBatch | undefined,
  client: parties.Client,
): batch is store.VerificationBatch => batch?.clientId === client.clientId

/** Throws verification-batch-unknown, also of another client's. */
export async function getBatch(work: Work, client: parties.Client, id: string): Promise<store.VerificationBatch> {
  const batch = await store.findBatch(work, id)
  if (!isBatchOf(batch, client)) throw verificationProblem('verification-batch-unknown')
  return batch
}

async function holdOwnBatch(work: Work, client: parties.Client, id: string): Promise<store.VerificationBatch> {
  const batch = await store.holdBatch(work, id)
  if (!isBatchOf(batch, client)) throw verificationProblem('verification-batch-unknown')
  return batch
}

export type NewBatch = { readonly purpose: string; readonly format: InputFormat; readonly bytes: number }

/**
 * Begins a batch under an id that the party chose; the same again returns it in its present state. Throws
 * verification-batch-differs, -too-many, verification-purpose-not-approved.
 */
export async function acceptBatch(
  work: Work,
  client: parties.Client,
  id: store.BatchId,
  input: NewBatch,
): Promise<store.VerificationBatch> {
  const purpose = approvedPurpose(client, input.purpose)
  const open = await store.countOpen(work, client.clientId)
  const known = await store.findBatch(work, id)
  if (known) {
    if (
      !isBatchOf(known, client) ||
      known.bytes !== input.bytes ||
      known.format !== input.format ||
      known.purpose !== purpose
    )
      throw verificationProblem('verification-batch-differs')
    return known
  }
  if (open >= listLimits.mostOpen)
    throw verificationProblem('verification-batch-too-many', { most: listLimits.mostOpen })
  const { clientId, partyId } = client
  await store.insertBatch(work, {
    id,
    clientId,
    partyId,
    purpose,
    format: input.format,
    bytes: input.bytes,
    endsAt: daysAfter(work, ruleOn(listKeptDays, work.today, work).atMost),
  })
  await audit.record(
    work,
    'verification-batch.begun',
    { kind: 'verification-batch', id },
    { client: clientId, bytes: input.bytes },
  )
  return getBatch(work, client, id)
}

/**
 * Takes a piece that begins where the batch ends by now; what is here already is taken as sent again. With the last one
 * the job is queued. Throws verification-batch-offset-wrong with `received`, verification-batch-piece-wrong.
 */
export async function acceptPiece(
  work: Work,
  client: parties.Client,
  id: string,
  offset: number,
  bytes: Buffer,
): Promise<store.VerificationBatch> {
  const batch = await holdOwnBatch(work, client, id)
  const { received } = batch
  if (bytes.length === 0 || bytes.length > listLimits.largestPiece || offset + bytes.length > batch.bytes)
    throw verificationProblem('verification-batch-piece-wrong', { received, bytes: batch.bytes })
  if (offset + bytes.length <= received) return batch
  if (offset > received || batch.state !== 'receiving')
    throw verificationProblem('verification-batch-offset-wrong', { received })
  const fresh = bytes.subarray(received - offset)
  await store.insertPieces(work, batch.id, 'input', sealPieces(batch.id, 'input', received, fresh))
  const whole = received + fresh.length === batch.bytes
  if (whole) await queueRun(work, batch)
  return store.saveBatch(work, batch, { received: received + fresh.length, ...(whole && { state: 'waiting' }) })
}

/** Deletes a batch with its files, done or not. */
export async function removeBatch(work: Work, client: parties.Client, id: string): Promise<void> {
  const batch = await holdOwnBatch(work, client, id)
  await removeHeldBatch(work, batch)
}

export async function removeHeldBatch(work: Work, { id, clientId, readRows }: store.VerificationBatch): Promise<void> {
  await store.deleteBatch(work, id)
  await audit.record(
    work,
    'verification-batch.deleted',
    { kind: 'verification-batch', id },
    { client: clientId, rows: readRows },
  )
}

/**
 * A file of a batch that is done, from a byte on, some pieces at a time: no work is open while the party reads. Once
 * its end was sent, it is kept for a day.
 */
export async function* streamFile(
  openWork: OpenWork,
  client: parties.Client,
  id: string,
  kind: 'result' | 'errors',
  from: number,
): AsyncGenerator<Buffer> {
  let at = from
  for (;;) {
    const place = at
    const pieces = await openAsClient(openWork, { client }, async work => {
      await getBatch(work, client, id)
      return store.piecesFrom(work, id, kind, place, 8)
    })
    if (pieces.length === 0) break
    for (const piece of pieces) {
      const bytes = openPiece(id, kind, piece)
      yield bytes.subarray(at - piece.atByte)
      at = piece.atByte + piece.bytes
    }
  }
  if (kind === 'result') await openAsClient(openWork, { client }, work => endSoon(work, client, id))
}

async function endSoon(work: Work, client: parties.Client, id: string): Promise<void> {
  const batch = await holdOwnBatch(work, client, id)
  const soon = daysAfter(work, ruleOn(listKeptDays, work.today, work).fetched)
  if (soon < batch.endsAt) await store.saveBatch(work, batch, { endsAt: soon })
}

/** Queues the jobs of stalled batches again. */
export async function wakeStalled(work: Work): Promise<void> {
  for (const id of await store.stalledBatches(work)) {
    const batch = await store.findBatch(work, id)
    if (batch) await queueRun(work, batch)
  }
}

/** Deletes the files past their end. Returns how many batches. */
export async function forgetEnded(work: Work): Promise<number> {
  const ended = await store.endedBatches(work)
  for (const id of ended) {
    const batch = await store.holdBatch(work, id)
    if (batch) await removeHeldBatch(work, batch)
  }
  return ended.length
}
