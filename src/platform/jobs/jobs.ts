import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Logger, Runner } from 'graphile-worker'
import { sql } from 'kysely'
import { Client, Pool } from 'pg'
import type { Log } from '../log.ts'
import type { Work } from '../work.ts'

/**
 * What a job does; it opens its own works. Payloads hold ids, never personal data. Thrown refusals and faults are tried
 * again.
 */
export type Job = (
  payload: Readonly<Record<string, unknown>>,
  progress: {
    readonly attempt: number
    readonly log: Log
    /** Aborted once the process is to stop: a long job begins nothing more, and ends within two seconds. */
    readonly stopping?: AbortSignal
  },
) => Promise<void>

export type JobOptions = {
  /** Two jobs with one key: the later takes the earlier one's place while it still waits. */
  readonly key?: string
  /** Jobs of one queue run one after another. */
  readonly queue?: string
  readonly runAt?: Date
}

/** Queues a job in the work's own transaction: no commit, no job. */
export async function queueJob(
  work: Work,
  name: string,
  payload: Readonly<Record<string, unknown>>,
  options: JobOptions = {},
): Promise<void> {
  await sql`select platform.queue_job(${name}, ${JSON.stringify(payload)}::json, ${options.queue ?? null},
        ${options.key ?? null}, ${options.runAt ?? null})`.execute(work.tx)
}

/** The queue's own schema, apart from ours; brought up to date before our migrations, which call into it. */
export async function migrateJobs(url: string): Promise<void> {
  if (await isQueueOfThisRelease(url)) return
  const { Logger, runMigrations } = await queue()
  await runMigrations({ connectionString: url, logger: new Logger(() => () => {}) })
}

/** The library is loaded by whoever runs jobs or makes the schema: a command that opens the house does neither. */
const queue = () => import('graphile-worker')

/** The newest step of the queue's own schema in the library that we have. */
export const newestQueueStep = 20

async function isQueueOfThisRelease(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ newest: number }>('select max(id) as newest from graphile_worker.migrations')
    return rows[0]?.newest === newestQueueStep
  } catch (error) {
    // 42P01 undefined_table: the schema is not made yet.
    if ((error as { code?: string }).code === '42P01') return false
    throw error
  } finally {
    await client.end()
  }
}

/** What each connection that runs jobs is called, before the name of its runner. */
const runnersPrefix = 'dinhdanh jobs'

/** Seconds after a start at which a runner looks again whether it is alone. */
const looksAfter = [0, 1, 5, 30]

const findLockers = async (pool: Pool): Promise<string[]> => {
  const { rows } = await pool.query<{ locker: string }>(
    'select distinct locked_by as locker from graphile_worker._private_jobs where locked_by is not null',
  )
  return rows.map(({ locker }) => locker)
}

/**
 * What a killed process had begun is begun anew as soon as no other process runs jobs; the queue itself would wait for
 * four hours. The connections of the killed one may outlive it for a while. `lockers` had their jobs before this
 * runner began.
 */
async function takeUpAbandoned(pool: Pool, runner: string, lockers: readonly string[], signal: AbortSignal) {
  if (lockers.length === 0) return
  for (const seconds of looksAfter) {
    await setTimeout(seconds * 1000, undefined, { signal })
    const { rowCount } = await pool.query(
      `select from pg_stat_activity
       where starts_with(application_name, $1) and application_name <> $2 and datname = current_database() limit 1`,
      [runnersPrefix, runner],
    )
    if (rowCount === 0) {
      await pool.query('select graphile_worker.force_unlock_workers($1::text[])', [lockers])
      return
    }
  }
}

export type Crontab = Readonly<Record<string, string>>

/** Runs the jobs until `stop`. `crontab` gives job names their times, five fields, UTC. */
export async function runJobs(
  url: string,
  jobs: Readonly<Record<string, Job>>,
  { log, crontab = {} }: { log: Log; crontab?: Crontab },
) {
  const { Logger, run } = await queue()
  const logger: Logger = new Logger(() => (level, message) => {
    if (level === 'error') log.error({ job: message }, 'jobs')
  })
  const name = `${runnersPrefix} ${randomUUID()}`
  const pool = new Pool({ connectionString: url, max: 6, application_name: name })
  // A connection that the server closed is replaced by the next; the pool would otherwise end the process.
  pool.on('error', error => log.warn({ reason: error.message }, 'a connection of the jobs was lost'))
  pool.on('connect', client => void client.on('error', () => {}))
  const lockers = await findLockers(pool)
  const stopping = new AbortController()
  const takenUp = takeUpAbandoned(pool, name, lockers, stopping.signal).catch(error => {
    if (!stopping.signal.aborted) log.warn({ err: error }, 'jobs of a process that ended were not taken up')
  })
  const runner: Runner = await run({
    pgPool: pool,
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 2000,
    logger,
    crontab: Object.entries(crontab)
      .map(([name, time]) => `${time} ${name}`)
      .join('\n'),
    taskList: Object.fromEntries(
      Object.entries(jobs).map(([name, job]) => [
        name,
        async (payload: unknown, helpers: { job: { attempts: number } }) =>
          job((payload ?? {}) as Record<string, unknown>, {
            attempt: helpers.job.attempts,
            stopping: stopping.signal,
            log: log.child({ job: name }),
          }),
      ]),
    ),
  })
  return {
    async stop() {
      stopping.abort()
      await Promise.all([runner.stop(), takenUp])
      await pool.end()
    },
  }
}

/** How many jobs wait and how many gave up, for /metrics and doctor. */
export async function jobCounts(url: string): Promise<{ waiting: number; failed: number }> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ waiting: string; failed: string }>(
      `select count(*) filter (where attempts < max_attempts) as waiting,
          count(*) filter (where attempts >= max_attempts) as failed from graphile_worker.jobs`,
    )
    return { waiting: Number(rows[0]?.waiting ?? 0), failed: Number(rows[0]?.failed ?? 0) }
  } finally {
    await client.end()
  }
}
