import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { Pool } from 'pg'
import { openHouse } from '../../../test/house.ts'
import { openLog } from '../log.ts'
import { bringBackToNow, findAheadOfNow, seeSetBack, watchClock } from './clock-jumps.ts'
import { queueJob } from './jobs.ts'
import { runJobs } from './run-jobs.ts'

const house = await openHouse()

const lastTimes = () =>
  house.owner<{ ahead: boolean }>(
    `select last_execution > now() + interval '1 hour' as ahead from graphile_worker._private_known_crontabs`,
  )

test('nightly jobs and jobs of a clock that was ten years ahead run now, and not in ten years', async () => {
  await house.owner(
    `insert into graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
     values ('tell-holder', now(), now() + interval '10 years')`,
  )
  const { times, until, databaseAhead } = await findAheadOfNow(house.url)
  assert.deepEqual(
    [times, (until?.getFullYear() ?? 0) > new Date().getFullYear() + 8, Math.abs(databaseAhead)],
    [1, true, 0],
  )
  await house.work(work => queueJob(work, 'tell-holder', {}))
  await house.owner(`update graphile_worker._private_jobs set created_at = now() + interval '10 years',
     updated_at = now() + interval '10 years', run_at = now() + interval '10 years'`)
  await house.work(work => queueJob(work, 'tell-holder', {}, { runAt: new Date(Date.now() + 86_400_000) }))
  const done: unknown[] = []
  const runner = await runJobs(
    house.url,
    { 'tell-holder': async payload => void done.push(payload) },
    { log: openLog('silent'), crontab: { 'tell-holder': '0 3 * * *' } },
  )
  for (let tries = 0; done.length === 0 && tries < 100; tries += 1) await setTimeout(100)
  await runner.stop()
  assert.deepEqual([done.length, (await lastTimes()).map(({ ahead }) => ahead)], [1, [false]])
  const [left] = await house.owner<{ waiting: number }>(
    'select count(*)::integer as waiting from graphile_worker._private_jobs where run_at > now()',
  )
  assert.equal(left?.waiting, 1, 'what was queued for tomorrow waits until then')
})

test('jobs of a clock that was four minutes ahead keep their own waits once it is set back', async () => {
  const done: unknown[] = []
  const runner = await runJobs(
    house.url,
    { 'tell-holder': async payload => void done.push(payload) },
    { log: openLog('silent') },
  )
  const toAhead = (id: string, wait: string) =>
    house.owner(`update graphile_worker._private_jobs set updated_at = now() + interval '4 minutes',
       run_at = now() + interval '4 minutes' + interval '${wait}' where payload ->> 'nth' = '${id}'`)
  const queueAt = (nth: string) =>
    house.work(work => queueJob(work, 'tell-holder', { nth }, { runAt: new Date(Date.now() + 600_000) }))
  await queueAt('1')
  await queueAt('2')
  await toAhead('1', '1 second')
  await toAhead('2', '10 minutes')
  await setTimeout(1_000)
  assert.deepEqual(done, [])
  const pool = new Pool({ connectionString: house.url })
  const { times, jobs } = await bringBackToNow(pool)
  await pool.end()
  for (let tries = 0; done.length === 0 && tries < 100; tries += 1) await setTimeout(100)
  await runner.stop()
  assert.deepEqual([times, jobs, done], [0, 2, [{ nth: '1' }]])
  const [left] = await house.owner<{ seconds: number }>(
    `select extract(epoch from run_at - now())::integer as seconds from graphile_worker._private_jobs
     where payload ->> 'nth' = '2'`,
  )
  assert.ok(left && left.seconds > 580 && left.seconds <= 600, `${left?.seconds}`)
})

test('a database whose clock is set back is seen at the next look, a slow look is none', () => {
  const wasSetBack = seeSetBack()
  const from = (seconds: number) => new Date(Date.now() + seconds * 1000)
  const seen = [0, 0, 240, 240, 0, 0, -4].map(seconds => wasSetBack(from(seconds)))
  assert.deepEqual(seen, [false, false, false, false, true, false, false])
})

test('a clock that is set a day ahead and back is told of twice, a slow look never', async () => {
  const told: number[] = []
  const over = new AbortController()
  const watching = watchClock(over.signal, seconds => told.push(seconds), 20)
  await setTimeout(60)
  const real = Date.now()
  mock.timers.enable({ apis: ['Date'], now: real + 86_400_000 })
  await setTimeout(60)
  mock.timers.reset()
  await setTimeout(60)
  over.abort()
  await watching
  assert.deepEqual(
    told.map(seconds => Math.round(seconds / 60)),
    [1440, -1440],
  )
})
