import { Logger, makeWorkerUtils, type Runner, run, runMigrations } from 'graphile-worker'
import { sql } from 'kysely'
import { Pool } from 'pg'
import type { Log } from '../log.ts'
import type { Work } from '../work.ts'

/**
 * What a job does; it opens its own works. Payloads hold ids, never personal data. Thrown refusals and faults are tried
 * again.
 */
export type Job = (payload: Readonly<Record<string, unknown>>, progress: { attempt: number; log: Log }) => Promise<void>

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
export const migrateJobs = (url: string) => runMigrations({ connectionString: url, logger: silent })

const silent = new Logger(() => () => {})

const name = 'dinhdanh jobs'

/**
 * What a killed process had begun is begun anew at once, where no other runs jobs; the queue itself would wait for four
 * hours.
 */
async function takeUpAbandoned(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ others: number; workers: string[] | null }>(`
    select (select count(*)::integer from pg_stat_activity
      where application_name = '${name}' and datname = current_database() and pid <> pg_backend_pid()) as others,
           (select array_agg(distinct locked_by) from graphile_worker._private_jobs
             where locked_by is not null) as workers`)
  const { others = 0, workers = null } = rows[0] ?? {}
  if (others === 0 && workers) await pool.query('select graphile_worker.force_unlock_workers($1::text[])', [workers])
}

export type Crontab = Readonly<Record<string, string>>

/** Runs the jobs until `stop`. `crontab` gives job names their times, five fields, UTC. */
export async function runJobs(
  url: string,
  jobs: Readonly<Record<string, Job>>,
  { log, crontab = {} }: { log: Log; crontab?: Crontab },
) {
  const logger = new Logger(() => (level, message) => {
    if (level === 'error') log.error({ job: message }, 'jobs')
  })
  const pool = new Pool({ connectionString: url, max: 6, application_name: name })
  // A connection that the server closed is replaced by the next; the pool would otherwise end the process.
  pool.on('error', error => log.warn({ reason: error.message }, 'a connection of the jobs was lost'))
  pool.on('connect', client => void client.on('error', () => {}))
  await takeUpAbandoned(pool)
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
            log: log.child({ job: name }),
          }),
      ]),
    ),
  })
  return {
    async stop() {
      await runner.stop()
      await pool.end()
    },
  }
}

/** How many jobs wait and how many gave up, for /metrics and doctor. */
export async function jobCounts(url: string): Promise<{ waiting: number; failed: number }> {
  const utils = await makeWorkerUtils({ connectionString: url, logger: silent })
  try {
    return await utils.withPgClient(async client => {
      const { rows } = await client.query<{ waiting: number; failed: number }>(
        `select count(*) filter (where attempts < max_attempts) as waiting,
            count(*) filter (where attempts >= max_attempts) as failed from graphile_worker.jobs`,
      )
      return rows[0] ?? { waiting: 0, failed: 0 }
    })
  } finally {
    await utils.release()
  }
}
