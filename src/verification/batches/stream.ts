import { setTimeout } from 'node:timers/promises'
import * as parties from '../../parties/parties.ts'
import { now } from '../../platform/clock.ts'
import { countedAs } from '../../platform/limits/caller.ts'
import { asSystem, type OpenWork } from '../../platform/work.ts'
import { openAsClient } from '../checks/queue.ts'
import { streamWaits } from '../law.ts'
import { answerChunk, rowsAtOnce } from './chunk.ts'
import { type LineCutter, lineCutter } from './lines.ts'
import {
  type AnsweredRow,
  type InputFormat,
  type InputHeader,
  outputHeader,
  outputLine,
  type RowError,
  readHeader,
  readRow,
} from './row.ts'

/**
 * Rows that come over a stream are answered as they come, a thousand at once where there are as many: no more is read
 * than is answered.
 */

export type CheckStream = {
  readonly openWork: OpenWork
  readonly client: parties.Client
  readonly requestId: string
  readonly format: InputFormat
  /** Ends the wait when the client is gone. */
  readonly signal: AbortSignal
}

type Reader = { next(): Promise<boolean>; readonly cutter: LineCutter }

/** Reads piece by piece; `next` says whether more may come. One piece at most is read ahead. */
function lineReader(source: AsyncIterable<Uint8Array>): Reader {
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
      const patience = cutter.ready > 0 ? setTimeout(streamWaits.settle, 'settled' as const) : undefined
      const came = await (patience ? Promise.race([coming, patience]) : coming)
      if (came === 'settled') return true
      coming = undefined
      return came
    },
  }
}

const rowsWithError = (
  lines: readonly string[],
  header: InputHeader | undefined,
  before: number,
  why: RowError,
): AnsweredRow[] =>
  lines.map((line, at) => {
    const { ref, error, wrong } = readRow(line, header)
    return { row: before + at + 1, ref, error: error ?? why, wrong }
  })

/** Answers some lines: all of them, whatever they wait for. */
async function answerLines(
  { openWork, client: asked, requestId, signal }: CheckStream,
  header: InputHeader | undefined,
  lines: readonly string[],
  before: number,
) {
  const told: AnsweredRow[] = []
  while (told.length < lines.length) {
    const rest = lines.slice(told.length)
    const client = await countedAs(parties.countedOf(asked), () =>
      openWork(asSystem('verification', 'none'), work => parties.findClient(work, asked.clientId)),
    )
    if (client?.state !== 'active')
      return [...told, ...rowsWithError(rest, header, before + told.length, 'client-suspended')]
    const done = await openAsClient(openWork, { client, requestId }, work =>
      answerChunk(work, client, { header, lines: rest, before: before + told.length }),
    )
    told.push(...done.answered)
    if (!done.resetsAt) continue
    const wait = done.resetsAt.getTime() - now().getTime()
    if (wait > streamWaits.longest)
      return [...told, ...rowsWithError(lines.slice(told.length), header, before + told.length, 'quota-over')]
    await setTimeout(Math.max(wait, 10), undefined, { signal })
  }
  return told
}

/**
 * The answers' text. Its first piece comes with the first line, so that a wrong header is refused before anything was
 * said.
 */
export async function* answerStream(streamed: CheckStream, source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const { cutter, next } = lineReader(source)
  let isComing = true
  while (isComing && cutter.ready === 0) isComing = await next()
  const header = streamed.format === 'csv' ? readHeader(cutter.take(1)[0]?.text ?? '') : undefined
  yield outputHeader(header)

  let before = 0
  while (isComing || cutter.ready > 0) {
    const had = cutter.ready
    if (isComing && cutter.ready < rowsAtOnce) isComing = await next()
    const isSettled = cutter.ready === had
    if (cutter.ready === 0 || (isComing && !isSettled && cutter.ready < rowsAtOnce)) continue
    const lines = cutter.take(rowsAtOnce).map(({ text }) => text)
    const told = await answerLines(streamed, header, lines, before)
    before += told.length
    yield told.map(one => outputLine(one, header)).join('')
  }
}
