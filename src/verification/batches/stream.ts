import { setTimeout } from 'node:timers/promises'
import * as parties from '../../parties/parties.ts'
import { now } from '../../platform/clock.ts'
import type { OpenWork } from '../../platform/work.ts'
import { asClient } from '../checks/queue.ts'
import { answerChunk, rowsAtOnce } from './chunk.ts'
import { type Cutter, lineCutter } from './lines.ts'
import {
  type Answered,
  type Format,
  type Header,
  headerLineOf,
  lineOf,
  type RowError,
  readHeader,
  readRow,
} from './row.ts'

/**
 * Rows that come over a stream are answered as they come, a thousand at once where there are as many: no more is read
 * than is answered.
 */

/** A minute's quota is waited for; a day's is not. */
const longestWaitMilliseconds = 61_000
/** How long what has come waits for more. */
const settleMilliseconds = 20

export type Streamed = {
  readonly openWork: OpenWork
  readonly clientId: string
  readonly requestId: string
  readonly format: Format
  /** Ends the wait when the client is gone. */
  readonly signal: AbortSignal
}

type Reader = { next(): Promise<boolean>; readonly cutter: Cutter }

/** Reads piece by piece; `next` says whether more may come. One piece at most is read ahead. */
function reader(source: AsyncIterable<Uint8Array>): Reader {
  const pieces = source[Symbol.asyncIterator]()
  const cutter = lineCutter()
  let coming: Promise<boolean> | undefined
  const read = async () => {
    const piece = await pieces.next()
    if (piece.done) cutter.finish()
    else cutter.push(piece.value)
    return !piece.done
  }
  return {
    cutter,
    async next() {
      if (!coming) {
        coming = read()
        // The next read throws it; there may be none waiting just now.
        coming.catch(() => undefined)
      }
      const patience = cutter.ready > 0 ? setTimeout(settleMilliseconds, 'settled' as const) : undefined
      const came = await (patience ? Promise.race([coming, patience]) : coming)
      if (came === 'settled') return true
      coming = undefined
      return came
    },
  }
}

const unanswered = (lines: readonly string[], header: Header | undefined, before: number, why: RowError): Answered[] =>
  lines.map((line, at) => {
    const { ref, error, wrong } = readRow(line, header)
    return { row: before + at + 1, ref, error: error ?? why, wrong }
  })

/** Answers some lines: all of them, whatever they wait for. */
async function answer(
  { openWork, clientId, requestId, signal }: Streamed,
  header: Header | undefined,
  lines: readonly string[],
  before: number,
) {
  const told: Answered[] = []
  while (told.length < lines.length) {
    const rest = lines.slice(told.length)
    const client = await openWork(
      { by: { kind: 'system', id: 'house' }, scope: 'none', purpose: 'verification' },
      work => parties.findClient(work, clientId),
    )
    if (client?.state !== 'active')
      return [...told, ...unanswered(rest, header, before + told.length, 'client-suspended')]
    const done = await openWork(asClient(client, requestId), work =>
      answerChunk(work, client, { header, lines: rest, before: before + told.length }),
    )
    told.push(...done.answered)
    if (!done.resetsAt) continue
    const wait = done.resetsAt.getTime() - now().getTime()
    if (wait > longestWaitMilliseconds)
      return [...told, ...unanswered(lines.slice(told.length), header, before + told.length, 'quota-over')]
    await setTimeout(Math.max(wait, 10), undefined, { signal })
  }
  return told
}

/**
 * The answers' text. Its first piece comes with the first line, so that a wrong header is refused before anything was
 * said.
 */
export async function* answers(streamed: Streamed, source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const { cutter, next } = reader(source)
  let isComing = true
  while (isComing && cutter.ready === 0) isComing = await next()
  const header = streamed.format === 'csv' ? readHeader(cutter.take(1)[0]?.text ?? '') : undefined
  yield headerLineOf(header)

  let before = 0
  while (isComing || cutter.ready > 0) {
    const had = cutter.ready
    if (isComing && cutter.ready < rowsAtOnce) isComing = await next()
    const isSettled = cutter.ready === had
    if (cutter.ready === 0 || (isComing && !isSettled && cutter.ready < rowsAtOnce)) continue
    const lines = cutter.take(rowsAtOnce).map(({ text }) => text)
    const told = await answer(streamed, header, lines, before)
    before += told.length
    yield told.map(one => lineOf(one, header)).join('')
  }
}
