import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { openHouse } from '../../../test/house.ts'
import { openLog } from '../log.ts'
import { findAheadOfNow, watchClock } from './clock-jumps.ts'
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
     run_at = now() + interval '10 years'`)
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
