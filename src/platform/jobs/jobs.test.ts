import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { Client } from 'pg'
import { openHouse } from '../../../test/house.ts'
import { openLog } from '../log.ts'
import { failedJobs, type Job, jobCounts, migrateJobs, newestQueueStep, queueJob, retryFailedJobs } from './jobs.ts'
import { runJobs } from './run-jobs.ts'

const house = await openHouse()
const done: unknown[] = []
let arrived = () => {}
const tell: Job = async payload => {
  done.push(payload)
  arrived()
}
const runner = await runJobs(house.url, { 'tell-holder': tell }, { log: openLog('silent') })

test('a job queued in a work is done after its commit, and never when the work fails', async () => {
  const finished = new Promise<void>(resolve => {
    arrived = resolve
  })
  await house
    .work(async work => {
      await queueJob(work, 'tell-holder', { card: 'lost' })
      throw new Error('no')
    })
    .catch(() => {})
  await house.work(work => queueJob(work, 'tell-holder', { card: 'c-1' }))
  await finished
  assert.deepEqual(done, [{ card: 'c-1' }])
})

test('the newest step of the queue is the one that the library makes', async () => {
  const [row] = await house.owner<{ newest: number }>('select max(id) as newest from graphile_worker.migrations')
  // Else each command that opens the house would load the queue to find that nothing is missing.
  assert.equal(row?.newest, newestQueueStep)
})

test('waiting jobs can be counted', async () => {
  await house.work(work => queueJob(work, 'nobody-does-this', {}))
  assert.deepEqual(await jobCounts(house.url), { waiting: 1, failed: 0 })
})

test('a job that gave up is listed with the first line of why, and done once an operator retries it', async () => {
  const tomorrow = new Date(Date.now() + 86_400_000)
  await house.work(work => queueJob(work, 'tell-holder', { card: 'given-up' }, { runAt: tomorrow }))
  await house.owner(
    `update graphile_worker._private_jobs set attempts = max_attempts, last_error = E'gateway-refused\\nat line 1'
      where payload ->> 'card' = 'given-up'`,
  )
  const [failed, ...others] = await failedJobs(house.url)
  assert.deepEqual([failed?.task, failed?.error, others], ['tell-holder', 'gateway-refused', []])
  const finished = new Promise<void>(resolve => {
    arrived = resolve
  })
  assert.deepEqual(Object.values(await retryFailedJobs(house.url)), [1])
  await finished
  assert.deepEqual([done.at(-1), await failedJobs(house.url)], [{ card: 'given-up' }, []])
  assert.deepEqual(await retryFailedJobs(house.url), {})
})

test('a queue that a newer release made is refused, and left as it is', async () => {
  const addStep = `insert into graphile_worker.migrations (id, breaking) values (${newestQueueStep + 1}, true)`
  await house.owner(addStep)
  await assert.rejects(migrateJobs(house.url), { code: 'database-newer' })
  await house.owner(`delete from graphile_worker.migrations where id > ${newestQueueStep}`)
  await migrateJobs(house.url)
})

/** A job that a process had begun when it was killed. */
async function abandonedJob(card: string) {
  await house.work(work => queueJob(work, 'tell-holder', { card }))
  await house.owner(
    `update graphile_worker._private_jobs set locked_by = 'killed', locked_at = now(), attempts = 1
      where payload ->> 'card' = '${card}'`,
  )
}

const runUntilDone = async () => {
  const finished = new Promise<string>(resolve => {
    arrived = () => resolve('done')
  })
  const next = await runJobs(house.url, { 'tell-holder': tell }, { log: openLog('silent') })
  try {
    return await Promise.race([finished, setTimeout(20_000, 'not done', { ref: false })])
  } finally {
    await next.stop()
  }
}

test('a job of a killed process starts again when jobs next run', async () => {
  await runner.stop()
  await abandonedJob('c-2')
  assert.equal(await runUntilDone(), 'done')
  assert.deepEqual(done.at(-1), { card: 'c-2' })
})

test('a killed process whose connection outlives it for a while does not keep its jobs', async () => {
  await abandonedJob('c-3')
  const killed = new Client({ connectionString: house.url, application_name: 'dinhdanh jobs' })
  await killed.connect()
  const running = runUntilDone()
  await setTimeout(300)
  await killed.end()
  assert.equal(await running, 'done')
  assert.deepEqual(done.at(-1), { card: 'c-3' })
})

test('a job that another running process has begun is left to it', async () => {
  const other = new Client({ connectionString: house.url, application_name: 'dinhdanh jobs other' })
  await other.connect()
  await abandonedJob('c-4')
  const next = await runJobs(house.url, { 'tell-holder': tell }, { log: openLog('silent') })
  await setTimeout(1_500)
  await next.stop()
  await other.end()
  assert.deepEqual(done.at(-1), { card: 'c-3' })
})

/** A process that said that it lives so many seconds ago, and the job that it holds. */
async function silentRunner(card: string, secondsAgo: number) {
  // Later, so that the runner of the test does not begin it itself.
  await house.work(work => queueJob(work, 'tell-holder', { card }, { runAt: new Date('2100-01-01') }))
  await house.owner(
    `update graphile_worker._private_jobs set locked_by = $1, locked_at = now(), run_at = now(), attempts = 1
     where payload ->> 'card' = $1`,
    [card],
  )
  await house.owner(
    `insert into platform.job_runner (id, lockers, seen_at)
     values (gen_random_uuid(), array[$1], clock_timestamp() - make_interval(secs => $2))`,
    [card, secondsAgo],
  )
}

test('a running process takes up what a killed one had begun, and leaves a living one its own', async () => {
  const others = new Client({ connectionString: house.url, application_name: 'dinhdanh jobs other' })
  await others.connect()
  const next = await runJobs(house.url, { 'tell-holder': tell }, { log: openLog('silent') })
  const finished = new Promise<void>(resolve => {
    arrived = resolve
  })
  // A connection of another runner is there, so that nothing is taken up at the start.
  await silentRunner('c-5', 31)
  await silentRunner('c-6', 20)
  const ended = await Promise.race([finished.then(() => 'done'), setTimeout(20_000, 'not done', { ref: false })])
  await next.stop()
  await others.end()
  assert.equal(ended, 'done')
  assert.deepEqual(done.at(-1), { card: 'c-5' })
  const lives = await house.owner<{ lockers: string[] }>('select lockers from platform.job_runner')
  assert.deepEqual(lives, [{ lockers: ['c-6'] }])
})

test('a queue that gave up, since the end of a job could not be written, is begun anew', async () => {
  await house.owner('delete from graphile_worker._private_jobs')
  const next = await runJobs(house.url, { 'tell-holder': tell }, { log: openLog('silent') })
  await house.owner(`create function public.refuse() returns trigger language plpgsql
    as $$ begin raise 'the disk is full'; end $$`)
  await house.owner(`create trigger refuses before delete on graphile_worker._private_jobs
    for each row execute function public.refuse()`)
  await house.work(work => queueJob(work, 'tell-holder', { card: 'c-7' }))
  while (next.reason() === undefined) await setTimeout(20)
  await house.owner('drop trigger refuses on graphile_worker._private_jobs')
  while (next.reason() !== undefined) await setTimeout(20)
  while ((await jobCounts(house.url)).waiting > 0) await setTimeout(20)
  await next.stop()
  // What could not be written down as done is done again.
  assert.deepEqual(done.slice(-2), [{ card: 'c-7' }, { card: 'c-7' }])
})

test('a queue that began and could not say so runs no job beside the one that is begun after it', async () => {
  await house.owner('alter table platform.job_runner rename to job_runner_away')
  await assert.rejects(runJobs(house.url, { 'tell-holder': tell }, { log: openLog('silent') }), /job_runner/)
  await house.work(work => queueJob(work, 'tell-holder', { card: 'c-8' }))
  await setTimeout(700)
  await house.owner('alter table platform.job_runner_away rename to job_runner')
  assert.notDeepEqual(done.at(-1), { card: 'c-8' })
})
