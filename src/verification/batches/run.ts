import * as audit from '../../audit/audit.ts'
import * as parties from '../../parties/parties.ts'
import { stopwatch } from '../../platform/clock.ts'
import { ruleOn } from '../../platform/law.ts'
import { Problem } from '../../platform/problem.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import { asClient } from '../checks/queue.ts'
import { listMinutes } from '../law.ts'
import { openPiece, queueRun, sealPieces } from './batches.ts'
import { answerChunk, rowsAtOnce } from './chunk.ts'
import { type InputLine, lineCutter } from './lines.ts'
import { type AnsweredRow, hasError, type InputHeader, outputHeader, outputLine, readHeader } from './row.ts'
import * as store from './store.ts'

/**
 * Runs a batch, some thousand rows a transaction. A kill at any moment leaves whole transactions; the next run goes on
 * from there.
 */

/** Other jobs of the house get their turn. */
const sliceMilliseconds = 2000
/** Looked at again while a party is suspended. */
const piecesAtOnce = 3

type SliceResult = 'again' | 'over'

type LinesAhead = {
  readonly lines: readonly InputLine[]
  /** Whether nothing comes after these lines. */
  readonly isLast: boolean
}

/** The next lines, from where the batch was read to. */
async function readAhead(work: Work, batch: store.VerificationBatch, most: number): Promise<LinesAhead> {
  const cutter = lineCutter(batch.readBytes)
  let at = batch.readBytes
  while (at < batch.bytes && cutter.ready <= most) {
    const pieces = await store.piecesFrom(work, batch.id, 'input', at, piecesAtOnce)
    if (pieces.length === 0) throw new Error('a batch lacks a piece of its input')
    for (const piece of pieces) {
      cutter.push(openPiece(batch.id, 'input', piece).subarray(at - piece.atByte))
      at = piece.atByte + piece.bytes
    }
  }
  if (at === batch.bytes) cutter.finish()
  const lines = cutter.take(most)
  return { lines, isLast: at === batch.bytes && cutter.ready === 0 }
}

const headerOf = ({ columns, delimiter }: store.VerificationBatch): InputHeader | undefined =>
  columns === null || delimiter === null ? undefined : { columns, delimiter }

/** Appends to the result, and to the errors what has one. */
async function writeAnswers(
  work: Work,
  batch: store.VerificationBatch,
  answered: readonly AnsweredRow[],
): Promise<store.BatchChanges> {
  const header = headerOf(batch)
  const wrong = answered.filter(hasError)
  const begun = (text: string, length: number) => (length === 0 && text !== '' ? outputHeader(header) + text : text)
  const result = Buffer.from(begun(answered.map(one => outputLine(one, header)).join(''), batch.resultBytes))
  const errors = Buffer.from(begun(wrong.map(one => outputLine(one, header)).join(''), batch.errorBytes))
  await store.insertPieces(work, batch.id, 'result', sealPieces(batch.id, 'result', batch.resultBytes, result))
  await store.insertPieces(work, batch.id, 'errors', sealPieces(batch.id, 'errors', batch.errorBytes, errors))
  return {
    readRows: batch.readRows + answered.length,
    wrongRows: batch.wrongRows + wrong.length,
    resultBytes: batch.resultBytes + result.length,
    errorBytes: batch.errorBytes + errors.length,
  }
}

async function refuseBatch(work: Work, batch: store.VerificationBatch, reason: string): Promise<SliceResult> {
  await store.saveBatch(work, batch, { state: 'refused', reason })
  await audit.record(work, 'verification-batch.refused', { kind: 'verification-batch', id: batch.id }, { reason })
  return 'over'
}

async function postponeBatch(
  work: Work,
  batch: store.VerificationBatch,
  until: Date,
  moves: store.BatchChanges = {},
): Promise<SliceResult> {
  await store.saveBatch(work, batch, { ...moves, state: 'waiting', waitsUntil: until })
  await queueRun(work, batch, until)
  return 'over'
}

/** Reads the header of a CSV, where it was not yet. */
async function withHeader(work: Work, batch: store.VerificationBatch): Promise<store.VerificationBatch | undefined> {
  if (batch.format !== 'csv' || batch.columns !== null) return batch
  const { lines } = await readAhead(work, batch, 1)
  try {
    return await store.saveBatch(work, batch, {
      ...readHeader(lines[0]?.text ?? ''),
      readBytes: lines[0]?.end ?? batch.bytes,
    })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await refuseBatch(work, batch, error.code)
    return undefined
  }
}

/** Answers the next rows of a batch that is held. */
async function runSlice(work: Work, held: store.VerificationBatch, client: parties.Client): Promise<SliceResult> {
  const batch = await withHeader(work, held)
  if (!batch) return 'over'
  const { lines, isLast } = await readAhead(work, batch, rowsAtOnce)
  const { answered, taken, resetsAt } = await answerChunk(work, client, {
    header: headerOf(batch),
    lines: lines.map(({ text }) => text),
    before: batch.readRows,
    code: batch.id,
  })
  const isDone = isLast && taken === lines.length
  const readBytes = isDone ? batch.bytes : (lines[taken - 1]?.end ?? batch.readBytes)
  const moves: store.BatchChanges = { ...(await writeAnswers(work, batch, answered)), readBytes }
  await store.deleteInput(work, batch.id, readBytes)
  if (resetsAt) return postponeBatch(work, batch, resetsAt, moves)
  const next = await store.saveBatch(work, batch, { ...moves, state: isDone ? 'done' : 'running', waitsUntil: null })
  if (!isDone) return 'again'
  const { readRows: rows, wrongRows: wrong } = next
  await audit.record(
    work,
    'verification-batch.done',
    { kind: 'verification-batch', id: batch.id },
    { client: batch.clientId, rows, wrong },
  )
  return 'over'
}

/**
 * Goes on with a batch for a while, and has itself called again where it is not done. What is done, or deleted, is left
 * alone.
 */
export async function runBatch(openWork: OpenWork, id: string): Promise<void> {
  const elapsed = stopwatch()
  for (;;) {
    const known = await openWork(asSystem('verification'), async work => {
      const batch = await store.findBatch(work, id)
      return batch && { batch, client: await parties.findClient(work, batch.clientId) }
    })
    if (!known) return
    const { batch, client } = known
    const isOpen = client?.state === 'active' && client.purposes.some(({ scope }) => scope === 'verification')
    const standing = client ? asClient(client) : asSystem('verification')
    const next = await openWork(standing, async (work): Promise<SliceResult> => {
      const held = await store.holdBatch(work, batch.id)
      if (!held || (held.state !== 'waiting' && held.state !== 'running')) return 'over'
      if (!client || !isOpen)
        return postponeBatch(
          work,
          held,
          new Date(work.now.getTime() + ruleOn(listMinutes, work.today, work).suspended * 60_000),
        )
      const done = await runSlice(work, held, client)
      if (done === 'again' && elapsed() >= sliceMilliseconds) {
        await queueRun(work, held)
        return 'over'
      }
      return done
    })
    if (next === 'over') return
  }
}
