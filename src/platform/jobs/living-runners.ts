import { sql } from 'kysely'
import type { Pool } from 'pg'
import { roles } from '../db.ts'
import type { Work } from '../work.ts'
import { abandonedAfterSeconds } from './law.ts'

/**
 * Which processes run jobs, as they say it themselves, and what those left behind that do not any more. All of it by
 * the clock of the database, which is one for all.
 */

/** What each connection that runs jobs is called, before the id of its runner. */
export const runnersPrefix = 'dinhdanh jobs'

export const nameOfRunner = (id: string) => `${runnersPrefix} ${id}`

/** One statement of a runner, in the role to which the table belongs. */
async function asMaintenance<Row>(pool: Pool, text: string, values: readonly unknown[]): Promise<Row[]> {
  const client = await pool.connect()
  let failed: Error | undefined
  try {
    await client.query(`begin; set local role ${roles.maintenance}`)
    const { rows } = await client.query(text, [...values])
    await client.query('commit')
    return rows as Row[]
  } catch (error) {
    failed = error as Error
    throw error
  } finally {
    // One that failed may be within a transaction, or dead.
    client.release(failed)
  }
}

/** Says that a runner lives, and under which names it holds jobs. Gives the time of the database. */
export async function noteRunner(pool: Pool, id: string, lockers: readonly string[]): Promise<Date> {
  const [noted] = await asMaintenance<{ seen_at: Date }>(
    pool,
    `insert into platform.job_runner (id, lockers, seen_at) values ($1, $2, clock_timestamp())
     on conflict (id) do update set lockers = excluded.lockers, seen_at = excluded.seen_at returning seen_at`,
    [id, lockers],
  )
  if (!noted) throw new Error('a runner was not noted')
  return noted.seen_at
}

/** A runner that ends in order leaves nothing behind. */
export const forgetRunner = (pool: Pool, id: string) =>
  asMaintenance(pool, 'delete from platform.job_runner where id = $1', [id])

/** How many processes run jobs, as they said lately. A work of maintenance. */
export async function countRunners({ tx }: Pick<Work, 'tx'>): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from platform.job_runner
    where seen_at >= clock_timestamp() - make_interval(secs => ${abandonedAfterSeconds})`.execute(tx)
  return rows[0]?.n ?? 0
}

/**
 * Removes runners that were silent for long and have no connection any more. Gives the names under which they held
 * jobs: to whoever comes first, and to nobody else.
 */
async function removeSilent(pool: Pool, own: string): Promise<string[]> {
  const rows = await asMaintenance<{ lockers: string[] }>(
    pool,
    `delete from platform.job_runner as runner
     where id <> $1 and seen_at < clock_timestamp() - make_interval(secs => $2) and not exists
       (select from pg_stat_activity where application_name = $3 || ' ' || runner.id and datname = current_database())
     returning lockers`,
    [own, abandonedAfterSeconds, runnersPrefix],
  )
  return rows.flatMap(({ lockers }) => lockers)
}

/** Names that hold jobs for long and belong to no runner: of a release that did not say so. */
async function findStrangers(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ locker: string }>(
    `select distinct locked_by as locker from graphile_worker._private_jobs
     where locked_at < clock_timestamp() - make_interval(secs => $1)`,
    [abandonedAfterSeconds],
  )
  if (rows.length === 0) return []
  const held = await asMaintenance<{ lockers: string[] }>(pool, 'select lockers from platform.job_runner', [])
  const known = new Set(held.flatMap(({ lockers }) => lockers))
  return rows.flatMap(({ locker }) => (known.has(locker) ? [] : locker))
}

export const unlockJobs = async (pool: Pool, lockers: readonly string[]): Promise<void> => {
  if (lockers.length > 0) await pool.query('select graphile_worker.force_unlock_workers($1::text[])', [lockers])
}

/** Gives back to the queue what runners that ended had begun. Gives how many of them there were. */
export async function takeUpAfterOthers(pool: Pool, own: string): Promise<number> {
  const silent = await removeSilent(pool, own)
  // An older release, in which nobody says that they live, may still run beside this one for a moment.
  const others = await pool.query(
    `select from pg_stat_activity
     where starts_with(application_name, $1) and application_name <> $2 and datname = current_database() limit 1`,
    [runnersPrefix, nameOfRunner(own)],
  )
  const strangers = others.rowCount === 0 ? await findStrangers(pool) : []
  const lockers = [...new Set([...silent, ...strangers])]
  await unlockJobs(pool, lockers)
  return lockers.length
}
