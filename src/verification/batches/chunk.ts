import * as parties from '../../parties/parties.ts'
import { mapInTurns } from '../../platform/jobs/turns.ts'
import type { Work } from '../../platform/work.ts'
import { answerAll } from '../checks/checks.ts'
import { type AnsweredRow, type InputHeader, type InputRow, readRow } from './row.ts'

/**
 * A thousand rows of a batch, answered in one work of the party’s: more at once would be faster by a tenth, and keep
 * those who ask one by one waiting twice as long.
 */

export const rowsAtOnce = 1000

export type RowChunk = {
  readonly header: InputHeader | undefined
  /** Lines that are not blank. */
  readonly lines: readonly string[]
  /** How many rows came before, of the whole batch. */
  readonly before: number
  /** The id under which the flight recorder finds them, where that is not the request's. */
  readonly code?: string
}

export type ChunkResult = {
  readonly answered: readonly AnsweredRow[]
  /** How many of the lines were taken: the first ones. The others wait for quota until `resetsAt`. */
  readonly taken: number
  readonly resetsAt?: Date
}

/** Spends for as many rows as the quota has left, by halves: rows that cannot be checked cost nothing. */
async function spendFor(
  work: Work,
  clientId: string,
  rows: readonly InputRow[],
): Promise<{ taken: number; resetsAt?: Date }> {
  let taken = rows.length
  for (;;) {
    const costing = rows.slice(0, taken).filter(({ request: asked }) => asked).length
    if (costing === 0) return { taken }
    const spent = await parties.spendQuota(work, clientId, 'verification', costing)
    if (!('over' in spent)) return { taken }
    if (taken === 1) return { taken: 0, resetsAt: spent.resetsAt }
    taken = Math.floor(taken / 2)
  }
}

/** Answers the rows for which there is quota; what was taken is committed with the work, and counted once. */
export async function answerChunk(
  work: Work,
  client: parties.Client,
  { header, lines, before, code }: RowChunk,
): Promise<ChunkResult> {
  const rows = await mapInTurns(lines, line => readRow(line, header))
  const { taken, resetsAt } = await spendFor(work, client.clientId, rows)
  const checks = rows.slice(0, taken).flatMap(({ request: asked }) => (asked ? [{ asked }] : []))
  const outcomes = await answerAll(work, client, checks, 'in-bulk', code)
  let next = 0
  const answered = rows.slice(0, taken).map(({ ref, request: asked, error, wrong }, at): AnsweredRow => {
    const place = { row: before + at + 1, ref }
    if (!asked) return { ...place, error: error ?? 'row-unreadable', wrong }
    const outcome = outcomes[next]
    next += 1
    if (!outcome) throw new Error('each check has an outcome')
    return { ...place, outcome }
  })
  return { answered, taken, ...(resetsAt && { resetsAt }) }
}
