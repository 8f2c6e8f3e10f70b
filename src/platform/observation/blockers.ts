import { Client } from 'pg'

/** A session of the database for which others wait. */
export type Blocker = {
  /** Its process on the machine of the database. */
  readonly pid: number
  /** What it calls itself. */
  readonly name: string
  readonly seconds: number
  /** How many sessions wait for it. */
  readonly keeps: number
}

/** A wait of so many seconds is none of those that pass by themselves. */
const longWaitSeconds = 5

/** The sessions for which others have waited for some seconds, and that wait for nobody themselves. */
export async function findBlockers(url: string): Promise<Blocker[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<Blocker>(
      `with waiting as (
         select pid, pg_blocking_pids(pid) as by from pg_locks
         where not granted and waitstart < clock_timestamp() - make_interval(secs => $1))
       select holder.pid, coalesce(nullif(holder.application_name, ''), holder.usename, 'unnamed') as name,
         extract(epoch from clock_timestamp() - coalesce(holder.xact_start, holder.backend_start))::integer as seconds,
         count(distinct waiting.pid)::integer as keeps
       from waiting cross join unnest(waiting.by) as blocker join pg_stat_activity holder on holder.pid = blocker
       where holder.pid not in (select pid from waiting)
       group by 1, 2, 3 order by 1`,
      [longWaitSeconds],
    )
    return rows
  } finally {
    await client.end()
  }
}
