import type { Pool } from 'pg'
import { now } from '../clock.ts'
import type { Crontab } from './jobs.ts'
import { missedAfterHours } from './law.ts'

/**
 * Jobs of the night on a machine that is off at night: the queue passes over a time at which nothing ran, and what is
 * removed, sealed and counted then would never be. They are done once the installation runs again.
 */

/** Names of the jobs that a crontab has at hours of the day, and not every few minutes or each hour. */
export const nightlyOf = (crontab: Crontab): string[] =>
  Object.entries(crontab).flatMap(([name, time]) => (/^\S+ \d/.test(time) ? [name] : []))

/** Queues those that were not done for more than a day, each once, whichever server comes first. Gives their names. */
export async function queueMissed(pool: Pick<Pool, 'query'>, crontab: Crontab): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `with missed as (
       update graphile_worker._private_known_crontabs set last_execution = $1
       where identifier = any ($2)
         and coalesce(last_execution, known_since) < $1::timestamptz - make_interval(hours => $3)
       returning identifier)
     select identifier as name, (graphile_worker.add_job(identifier, '{}'::json)).id from missed order by 1`,
    [now(), nightlyOf(crontab), missedAfterHours],
  )
  return rows.map(({ name }) => name)
}
