import { sql } from 'kysely'
import { asSystem, type OpenWork, type Work } from '../work.ts'
import type { Job } from './jobs.ts'
import { believedDays } from './law.ts'
import { timeProblem } from './problems.ts'

/**
 * Whether the time may be acted on. What an installation does at night by the date (it removes what is kept no longer,
 * seals months, ends what is over) cannot be undone once a clock was years ahead. So the last time that was believed is
 * kept, and a later one is believed only while it follows on that one. After a longer gap, which is a clock that was
 * set or an installation that was off, whoever runs it confirms the time: `clock confirm`.
 */

/** Takes the time of this work for the last believed one, if it follows on it. Gives whether it does. */
async function believe({ tx, now }: Work): Promise<boolean> {
  const { rows } = await sql`
    insert into platform.believed_time as last (at) values (${now})
    on conflict (only_one) do update set at = greatest(last.at, excluded.at)
      where excluded.at <= last.at + make_interval(days => ${believedDays})
    returning at`.execute(tx)
  return rows.length > 0
}

/** The last believed time, where that of this work does not follow on it; undefined where nothing is in doubt. */
export async function findDoubtedTime({ tx, now }: Work): Promise<{ readonly believedAt: Date } | undefined> {
  const { rows } = await sql<{ believedAt: Date }>`
    select at as "believedAt" from platform.believed_time
    where at < ${now}::timestamptz - make_interval(days => ${believedDays})`.execute(tx)
  return rows[0]
}

/** Throws time-in-doubt with the last believed time. For commands that remove by the date. */
export async function refuseDoubtedTime(work: Work): Promise<void> {
  const doubted = await findDoubtedTime(work)
  if (doubted)
    throw timeProblem('time-in-doubt', { now: work.now.toISOString(), believedAt: doubted.believedAt.toISOString() })
}

/** The time of this work is right, as whoever runs the installation says, or its restore. */
export async function confirmTime({ tx, now }: Work): Promise<void> {
  await sql`
    insert into platform.believed_time (at) values (${now})
    on conflict (only_one) do update set at = excluded.at`.execute(tx)
}

/** The same jobs; those that are named do nothing while the time is in doubt, and say so. */
export const whileTimeIsBelieved = (
  openWork: OpenWork,
  jobs: Readonly<Record<string, Job>>,
  byDate: ReadonlySet<string>,
): Readonly<Record<string, Job>> =>
  Object.fromEntries(
    Object.entries(jobs).map(([name, job]): [string, Job] => [
      name,
      byDate.has(name)
        ? async (payload, progress) => {
            if (await openWork(asSystem('none'), believe)) return job(payload, progress)
            progress.log.error('the time is in doubt, and the job waits: docs/operations/runbooks/clock-jumped.md')
          }
        : job,
    ]),
  )
