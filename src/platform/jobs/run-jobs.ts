import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import type { Logger, Runner, RunnerOptions, WorkerEvents } from 'graphile-worker'
import { Pool } from 'pg'
import { newActivity, runInActivity } from '../activity.ts'
import { stopwatch } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Traces } from '../observation/traces.ts'
import { bringBackToNow, seeSetBack, watchClock } from './clock-jumps.ts'
import type { Crontab, Job } from './jobs.ts'
import { livesEverySeconds } from './law.ts'
import {
  forgetRunner,
  nameOfRunner,
  noteRunner,
  runnersPrefix,
  takeUpAfterOthers,
  unlockJobs,
} from './living-runners.ts'
import { queueMissed } from './missed-nights.ts'

/**
 * Runs the jobs of a process until it stops, whatever happens to the database meanwhile: where the queue gives up, it
 * is begun anew, and what it had begun is given back to it.
 */

export type JobRunner = {
  /** Why no job is run at this moment; undefined while they are. */
  reason(): string | undefined
  stop(): Promise<void>
}

/** Milliseconds after which a queue that gave up is begun anew, and twice as many each time, up to the last. */
const [beginsAgainAfter, longestPause] = [500, 10_000]

/** Milliseconds that a stop waits for jobs to end and be written down; those that are left begin anew elsewhere. */
const stopPatience = 4_000

/** Seconds after a start at which a runner looks whether it is alone. */
const looksAfter = [0, 1, 5, 30]

/** The same line of the queue is not logged again for so many milliseconds: it repeats one while it cannot connect. */
const saidAgainAfter = 60_000

const endText = (error: unknown) => (error instanceof Error ? error.message : String(error))

const findLockers = async (pool: Pool): Promise<string[]> => {
  const { rows } = await pool.query<{ locker: string }>(
    'select distinct locked_by as locker from graphile_worker._private_jobs where locked_by is not null',
  )
  return rows.map(({ locker }) => locker)
}

/**
 * What a killed process had begun is begun anew as soon as no other process runs jobs. The connections of the killed
 * one may outlive it for a while. `lockers` had their jobs before this runner began.
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
    if (rowCount === 0) return unlockJobs(pool, lockers)
  }
}

/** The queue's own lines of errors, the same one once a minute. */
function queueLogger(logger: typeof Logger, log: Log): Logger {
  const said = new Map<string, () => number>()
  return new logger(() => (level, message) => {
    if (level !== 'error') return
    const line = message.split('\n')[0] ?? ''
    // A task is told by its kind alone: its number and time differ each time.
    const kind = line.replaceAll(/\d+/g, '#')
    if ((said.get(kind)?.() ?? saidAgainAfter) < saidAgainAfter) return
    said.set(kind, stopwatch())
    log.error({ job: isAboutConnection(message) ? line : message }, 'jobs')
  })
}

const isAboutConnection = (message: string) =>
  /connect|terminat|database system|server closed|database-(away|full|read-only|crowded|waits)/i.test(message)

/** Does a job as an activity of its own, and as a trace where there is a collector. */
async function tracedJob(name: string, traces: Traces | undefined, job: () => Promise<void>): Promise<void> {
  const trace = traces?.beginJob(name)
  const activity = newActivity(trace?.begin)
  try {
    await runInActivity(activity, job)
    trace?.end({ statements: activity.statements })
  } catch (fault) {
    trace?.end({ statements: activity.statements, fault })
    throw fault
  }
}

/**
 * PostgreSQL ends the sessions of a machine that vanished after 25 s of silence, not after the two hours of Linux:
 * until then nobody takes up what it had begun. Over a socket of the machine it changes nothing.
 */
const vanishedIsNoticed = 'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3'

type RunOptions = {
  readonly log: Log
  readonly crontab?: Crontab
  /** Names of jobs that are queued whenever the queue begins, or a clock was set. */
  readonly afterClockSet?: readonly string[]
  readonly traces?: Traces | undefined
}

export async function runJobs(
  url: string,
  jobs: Readonly<Record<string, Job>>,
  { log, crontab = {}, afterClockSet = [], traces }: RunOptions,
): Promise<JobRunner> {
  // The library is loaded by whoever runs jobs: a command that opens the house does not.
  const { Logger, run } = await import('graphile-worker')
  const id = randomUUID()
  const pool = new Pool({
    connectionString: url,
    max: 6,
    application_name: nameOfRunner(id),
    onConnect: client => client.query(vanishedIsNoticed),
  })
  // A connection that the server closed is replaced by the next; the pool would otherwise end the process.
  pool.on('error', () => {})
  pool.on('connect', client => void client.on('error', () => {}))
  const stopping = new AbortController()
  const { signal } = stopping
  /** The names under which this process holds jobs, the one of now last. */
  const lockers: string[] = []
  let reason: string | undefined

  const events = new EventEmitter() as WorkerEvents
  events.on('pool:create', ({ workerPool }) => void lockers.push(workerPool.id))
  const options: RunnerOptions = {
    pgPool: pool,
    noHandleSignals: true,
    logger: queueLogger(Logger, log),
    events,
    crontab: Object.entries(crontab)
      .map(([name, time]) => `${time} ${name}`)
      .join('\n'),
    taskList: Object.fromEntries(
      Object.entries(jobs).map(([name, job]) => [
        name,
        async (payload: unknown, helpers: { job: { attempts: number } }) =>
          tracedJob(name, traces, () =>
            job((payload ?? {}) as Record<string, unknown>, {
              attempt: helpers.job.attempts,
              stopping: signal,
              log: log.child({ job: name }),
            }),
          ),
      ]),
    ),
    preset: {
      worker: {
        concurrentJobs: 2,
        pollInterval: 2000,
        // In a batch of its own the end of a job that cannot be written ends the queue, which is begun anew; else it
        // would end the process.
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
      },
    },
  }

  async function bringBack(): Promise<void> {
    const ahead = await bringBackToNow(pool)
    if (ahead.times + ahead.jobs > 0)
      log.error(ahead, 'the clock was ahead: nightly jobs and jobs of then are brought back to now')
    await pool.query('select graphile_worker.add_job(name, job_key => name) from unnest($1::text[]) name', [
      [...afterClockSet],
    ])
  }

  /** Begins the queue. Resolves when it runs; throws where the database does not let it. */
  async function begin(): Promise<Runner> {
    const former = lockers.splice(0)
    try {
      await bringBack()
      const runner = await run(options)
      try {
        await noteRunner(pool, id, lockers)
        await unlockJobs(pool, former)
        const missed = await queueMissed(pool, crontab)
        if (missed.length > 0) log.warn({ missed }, 'jobs of a night at which nothing ran are done now')
      } catch (error) {
        // Another one is begun in its place, and two beside each other would do one job at the same time. While the
        // database is away its end comes late, and is not waited for.
        const ended = runner.stop().catch(() => undefined)
        await Promise.race([ended, setTimeout(stopPatience, undefined, { ref: false })])
        throw error
      }
      reason = undefined
      return runner
    } catch (error) {
      lockers.unshift(...former)
      throw error
    }
  }

  async function keep(first: Runner): Promise<void> {
    let runner: Runner | undefined = first
    let pause = beginsAgainAfter
    while (runner) {
      const end: unknown = await runner.promise.then(() => 'it ended', endText)
      if (signal.aborted) return
      reason = String(end)
      log.warn({ reason }, 'the queue of jobs gave up, and is begun anew')
      runner = undefined
      while (!runner && !signal.aborted) {
        await setTimeout(pause, undefined, { signal }).catch(() => undefined)
        if (signal.aborted) return
        try {
          runner = await begin()
          pause = beginsAgainAfter
          log.warn('the queue of jobs runs again')
        } catch (error) {
          reason = endText(error)
          pause = Math.min(longestPause, pause * 2)
        }
      }
      running = runner
      if (signal.aborted) await runner?.stop()
    }
  }

  async function sayAndTakeUp(): Promise<void> {
    const wasSetBack = seeSetBack()
    while (!signal.aborted) {
      await setTimeout(livesEverySeconds * 1000, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      try {
        // Where the clock of the database alone was set, or was read later than the one of this process.
        if (wasSetBack(await noteRunner(pool, id, lockers))) await bringBack()
        const ended = await takeUpAfterOthers(pool, id)
        if (ended > 0) log.warn({ ended }, 'jobs of processes that ended were given back to the queue')
      } catch (error) {
        // While the database is away there is nothing to take up; the works that fail tell of it.
        log.debug({ reason: endText(error) }, 'runners were not looked at')
      }
    }
  }

  const before = await findLockers(pool)
  const takenUp = takeUpAbandoned(pool, nameOfRunner(id), before, signal).catch(error => {
    if (!signal.aborted) log.warn({ err: error }, 'jobs of a process that ended were not taken up')
  })
  let running: Runner | undefined = await begin()
  const kept = keep(running)
  const said = sayAndTakeUp()
  const watched = watchClock(signal, seconds => {
    log.error({ seconds }, 'the clock was set: the queue of jobs is begun anew')
    void running?.stop().catch(() => undefined)
  })
  return {
    reason: () => reason,
    async stop() {
      stopping.abort()
      const inOrder = async () => {
        await Promise.allSettled([running?.stop(), takenUp, kept, said, watched])
        await forgetRunner(pool, id).catch(() => undefined)
        await pool.end()
      }
      // While the database is away the queue sleeps between its tries, for minutes, and hears nothing.
      await Promise.race([inOrder(), setTimeout(stopPatience, undefined, { ref: false })])
    },
  }
}
