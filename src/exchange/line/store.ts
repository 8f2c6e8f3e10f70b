import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'

export type LineState = {
  readonly triedAt: Date | null
  readonly okAt: Date | null
  /** How often it failed since it answered last. */
  readonly failures: number
  readonly fault: string | null
  /** Seconds by which the centre's clock is ahead of ours. */
  readonly clockOff: number | null
}

export async function findLine({ tx }: Work): Promise<LineState> {
  const { rows } = await sql<LineState>`
    select tried_at as "triedAt", ok_at as "okAt", failures, fault, clock_off as "clockOff" from exchange.line`.execute(
    tx,
  )
  return rows[0] ?? { triedAt: null, okAt: null, failures: 0, fault: null, clockOff: null }
}

/** A clock may be off by centuries; the column is not that wide. */
const mostSeconds = 2 ** 31 - 1

export async function setAnswered({ tx, now }: Work, clockOff: number | null): Promise<void> {
  const off = clockOff === null ? null : Math.max(-mostSeconds, Math.min(mostSeconds, clockOff))
  await sql`
    update exchange.line set tried_at = ${now}, ok_at = ${now}, failures = 0, fault = null,
      clock_off = ${off}`.execute(tx)
}

export async function setFailed({ tx, now }: Work, fault: string): Promise<void> {
  await sql`update exchange.line set tried_at = ${now}, failures = failures + 1, fault = ${fault}`.execute(tx)
}
