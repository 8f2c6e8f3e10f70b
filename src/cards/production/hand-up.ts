import { createHash } from 'node:crypto'
import * as audit from '../../audit/audit.ts'
import * as exchange from '../../exchange/exchange.ts'
import type { Day } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import type { CardBatch } from './batch.ts'
import { getBatch } from './batches.ts'
import { type OrderedFile, orderedCardOf, orderedDataOf, readOrderedFiles } from './ordered-card.ts'
import { productionProblem } from './problems.ts'
import * as batches from './store-batch.ts'

/** The orders of a batch as they are handed up to the national centre, by the exchange (docs/interfaces.md). */

/** Bytes of pictures in one piece: signed and in base64 twice over it stays below the size of an envelope. */
const bytesInPiece = 1_000_000

/**
 * Hands the orders of a batch up to the national centre: the cards that still wait, all issued on the day of today.
 * They leave by the exchange. Throws batch-unknown, batch-not-for-centre, batch-closed, batch-handed-up,
 * batch-went-out-as-file, batch-order-refused, centre-not-joined, question-too-large.
 */
export async function handUpBatch(work: Work, batchId: string): Promise<CardBatch> {
  const batch = await batches.holdBatch(work, batchId)
  if (!batch) throw productionProblem('batch-unknown')
  if (batch.maker !== 'centre') throw productionProblem('batch-not-for-centre')
  if (batch.handedUpAt) throw productionProblem('batch-handed-up')
  if (batch.state === 'closed') throw productionProblem('batch-closed')
  if (batch.state === 'ordered') throw productionProblem('batch-went-out-as-file')
  await exchange.getCentre(work)
  const lines = await batches.findWaitingOrders(work, batchId)
  const digest = createHash('sha256')
  for (const line of lines)
    digest.update(JSON.stringify(orderedCardOf(line, orderedDataOf(work, line, work.today), [])))
  const sha256 = digest.digest('hex')

  await batches.setBatchOrdered(work, batchId, sha256)
  await batches.setBatchHandedUp(work, batchId)
  await audit.noteReading(
    work,
    lines.map(({ personId }) => personId),
    ['card-content', 'portrait', 'signature', 'fingerprint'],
  )
  await audit.record(
    work,
    'batch.handed-up',
    { kind: 'batch', id: batchId, unitId: batch.unitId },
    { cards: lines.length, orders: sha256 },
  )
  return getBatch(work, batchId)
}

/** What is asked of the centre with a batch that was handed up: its list, and each card in pieces of its own. */
export async function orderQuestion(work: Work, batchId: string) {
  const batch = await getBatch(work, batchId)
  const lines = await batches.findWaitingOrders(work, batchId)
  const issuedOn = work.today
  return {
    subjectId: batchId,
    body: { batch: batchId, code: batch.code, issuedOn, cards: lines.map(({ cardId }) => cardId) },
    pieces: piecesOf(work, lines, issuedOn),
  }
}

/** The data of a card stand in its first piece; its pictures in as many as they need. */
async function* piecesOf(work: Work, lines: readonly batches.OrderLine[], issuedOn: Day) {
  for (const line of lines) {
    const files = await readOrderedFiles(work, line)
    const data = orderedCardOf(line, orderedDataOf(work, line, issuedOn), files)
    const packed = packFiles(files)
    for (const [at, parts] of packed.entries())
      yield { card: line.cardId, piece: at + 1, of: packed.length, ...(at === 0 && { data }), files: parts }
  }
}

type FilePart = { readonly name: string; readonly from: number; readonly content: string }

/** Parts of files, so many bytes together at most; one piece at least. */
function packFiles(files: readonly OrderedFile[]): FilePart[][] {
  const packed: FilePart[][] = [[]]
  let room = bytesInPiece
  for (const { name, bytes } of files)
    for (let from = 0; from < bytes.length; ) {
      if (room === 0) {
        packed.push([])
        room = bytesInPiece
      }
      const part = bytes.subarray(from, from + room)
      packed.at(-1)?.push({ name, from, content: part.toString('base64') })
      from += part.length
      room -= part.length
    }
  return packed
}
