import { sql } from 'kysely'
import { Client } from 'pg'
import { noteQueuedJob } from '../activity.ts'
import type { Tx } from '../db.ts'
import type { Log } from '../log.ts'
import { databaseProblem } from '../problems-database.ts'
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

/** Names of jobs and their times, five fields, UTC. */
export type Crontab = Readonly<Record<string, string>>

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
  work.afterCommit.push(() => noteQueuedJob(name))
}

/**
 * The queue's own schema, apart from ours; brought up to date before our migrations, which call into it. Throws
 * database-newer where a newer release made it.
 */
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
    const newest = rows[0]?.newest ?? 0
    if (newest > newestQueueStep)
      throw databaseProblem('database-newer', { found: `queue ${newest}`, newest: `queue ${newestQueueStep}` })
    return newest === newestQueueStep
  } catch (error) {
    // 42P01 undefined_table: the schema is not made yet.
    if ((error as { code?: string }).code === '42P01') return false
    throw error
  } finally {
    await client.end()
  }
}

export type TaskCounts = {
  readonly task: string
  /** Jobs that are due and that nobody has begun. */
  readonly waiting: number
  readonly failed: number
  /** For how long the oldest of them has been due. */
  readonly oldestSeconds: number
}

/**
 * How many jobs of each task wait and how many gave up, within so many milliseconds: the queue's table may be locked.
 * The queue is the owner's, whose connection this needs.
 */
export const countJobs = (owner: Tx, within: number): Promise<TaskCounts[]> =>
  owner.connection().execute(async tx => {
    await sql`begin`.execute(tx)
    try {
      await sql`select set_config('statement_timeout', ${String(within)}, true)`.execute(tx)
      return await findTaskCounts(tx)
    } finally {
      await sql`rollback`.execute(tx)
    }
  })

async function findTaskCounts(owner: Tx): Promise<TaskCounts[]> {
  const isDue = sql.raw('locked_at is null and attempts < max_attempts and run_at <= now()')
  const { rows } = await sql<TaskCounts>`
    select task_identifier as task, (count(*) filter (where ${isDue}))::integer as waiting,
      (count(*) filter (where attempts >= max_attempts and locked_at is null))::integer as failed,
      coalesce(extract(epoch from now() - min(run_at) filter (where ${isDue})), 0)::float8 as "oldestSeconds"
    from graphile_worker.jobs group by task_identifier order by task_identifier`.execute(owner)
  return rows
}

/** How many jobs wait and how many gave up, for doctor. */
export const jobCounts = (url: string): Promise<{ waiting: number; failed: number }> =>
  withQueue(url, async client => {
    const { rows } = await client.query<{ waiting: string; failed: string }>(
      `select count(*) filter (where attempts < max_attempts) as waiting,
          count(*) filter (where attempts >= max_attempts and locked_at is null) as failed from graphile_worker.jobs`,
    )
    return { waiting: Number(rows[0]?.waiting ?? 0), failed: Number(rows[0]?.failed ?? 0) }
  })

export type FailedJob = {
  readonly id: string
  readonly task: string
  readonly attempts: number
  /** When it was tried last. */
  readonly triedAt: string
  readonly error: string
}

async function withQueue<Answer>(url: string, ask: (client: Client) => Promise<Answer>): Promise<Answer> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await ask(client)
  } finally {
    await client.end()
  }
}

/** The jobs that gave up, the oldest first, with the first line of why. */
export const failedJobs = (url: string): Promise<FailedJob[]> =>
  withQueue(url, async client => {
    const { rows } = await client.query<FailedJob>(
      `select id::text, task_identifier as task, attempts, updated_at::text as "triedAt",
         left(split_part(coalesce(last_error, ''), E'\\n', 1), 200) as error
       from graphile_worker.jobs where attempts >= max_attempts and locked_at is null order by id`,
    )
    return rows
  })

/** Has every job that gave up tried again from now on, as often as a new one. Gives how many of each task. */
export const retryFailedJobs = (url: string): Promise<Readonly<Record<string, number>>> =>
  withQueue(url, async client => {
    const { rows } = await client.query<{ task: string; count: number }>(
      `with failed as (
         select id, task_identifier as task from graphile_worker.jobs
         where attempts >= max_attempts and locked_at is null),
       retried as (
         select (job).id from (
           select graphile_worker.reschedule_jobs(array_agg(id), run_at := now(), attempts := 0) as job
           from failed) each)
       select task, count(*)::integer as count from failed join retried using (id) group by task order by task`,
    )
    return Object.fromEntries(rows.map(({ task, count }) => [task, count]))
  })

/** Jobs that gave up before a moment: how many there are, and their removal, so many at most. */
export const abandonedJobs = {
  async count({ tx }: Work, before: Date): Promise<number> {
    const { rows } = await sql<{ n: number }>`select platform.count_failed_jobs(${before}::timestamptz) as n`.execute(
      tx,
    )
    return rows[0]?.n ?? 0
  },
  async remove({ tx }: Work, before: Date, limit: number): Promise<number> {
    const { rows } = await sql<{ n: number }>`
      select platform.drop_failed_jobs(${before}::timestamptz, ${limit}) as n`.execute(tx)
    return rows[0]?.n ?? 0
  },
}
