import { setTimeout } from 'node:timers/promises'
import { Client, type Pool } from 'pg'
import { now, stopwatch } from '../clock.ts'
import { aheadSeconds, clockJumpSeconds, queuedAheadSeconds } from './law.ts'

/**
 * A clock that was set, and what it leaves in the queue. Set ahead, the queue would make up for each minute that it
 * takes for missed; set back, its nightly jobs would wait until the moment at which they ran last.
 */

/** Milliseconds between two looks at the clock: the queue itself looks once a minute. */
const lookEvery = 1_000

/** Tells of each jump of the clock, with its seconds (negative: back), until it is told to end. */
export async function watchClock(
  signal: AbortSignal,
  onJump: (seconds: number) => void,
  every = lookEvery,
): Promise<void> {
  const passed = stopwatch()
  const differenceNow = () => now().getTime() - passed()
  let difference = differenceNow()
  while (!signal.aborted) {
    await setTimeout(every, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return
    const seconds = Math.round((differenceNow() - difference) / 1000)
    if (Math.abs(seconds) >= clockJumpSeconds) onJump(seconds)
    difference = differenceNow()
  }
}

export type AheadOfNow = {
  /** Nightly jobs whose last time lies ahead, and the latest of these times. */
  readonly times: number
  readonly until: Date | null
  /** How far the database's clock is ahead of this one, in seconds. */
  readonly databaseAhead: number
}

/** What a clock that was ahead has left in the queue at an address, and whether the database has another clock. */
export async function findAheadOfNow(url: string): Promise<AheadOfNow> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ times: number; until: Date | null; at: Date }>(
      `select count(last_execution)::integer as times, max(last_execution) as until, clock_timestamp() as at
       from (select 1) one left join graphile_worker._private_known_crontabs
         on last_execution > $1::timestamptz + make_interval(secs => $2)`,
      [now(), aheadSeconds],
    )
    const { times = 0, until = null, at = now() } = rows[0] ?? {}
    return { times, until, databaseAhead: Math.round((at.getTime() - now().getTime()) / 1000) }
  } finally {
    await client.end()
  }
}

/**
 * Lets nightly jobs run again whose last time is later than now, and moves jobs that were queued or failed later than
 * now back, so that each waits from now on for as long as it was to wait. Gives how many of each.
 */
export async function bringBackToNow(pool: Pick<Pool, 'query'>): Promise<{ times: number; jobs: number }> {
  const times = await pool.query(
    `update graphile_worker._private_known_crontabs set last_execution = $1
     where last_execution > $1::timestamptz + make_interval(secs => $2)`,
    [now(), aheadSeconds],
  )
  // The database dates a job, so its clock says which ones are ahead.
  // A job that is running is moved too: if it fails, its next try counts from that time.
  const jobs = await pool.query(
    `update graphile_worker._private_jobs set run_at = run_at - (updated_at - clock_timestamp()),
       created_at = least(created_at, clock_timestamp()), updated_at = clock_timestamp()
     where updated_at > clock_timestamp() + make_interval(secs => $1)`,
    [queuedAheadSeconds],
  )
  return { times: times.rowCount ?? 0, jobs: jobs.rowCount ?? 0 }
}

/** Tells at each look whether a clock of elsewhere, such as the database's, was set back since the one before. */
export function seeSetBack(): (at: Date) => boolean {
  const passed = stopwatch()
  let difference: number | undefined
  return at => {
    const former = difference
    difference = at.getTime() - passed()
    return former !== undefined && former - difference > queuedAheadSeconds * 1000
  }
}
