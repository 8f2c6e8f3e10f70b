import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHouse } from '../../../test/house.ts'
import { openLog } from '../log.ts'
import { type Job, jobCounts, queueJob, runJobs } from './jobs.ts'

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

test('waiting jobs can be counted', async () => {
  await house.work(work => queueJob(work, 'nobody-does-this', {}))
  assert.deepEqual(await jobCounts(house.url), { waiting: 1, failed: 0 })
})

test('a job of a killed process starts again when jobs next run', async () => {
  await runner.stop()
  await house.work(work => queueJob(work, 'tell-holder', { card: 'c-2' }))
  await house.owner(
    `update graphile_worker._private_jobs set locked_by = 'killed', locked_at = now(), attempts = 1
      where payload::text like '%c-2%'`,
  )
  const finished = new Promise<void>(resolve => {
    arrived = resolve
  })
  const next = await runJobs(house.url, { 'tell-holder': tell }, { log: openLog('silent') })
  await finished
  await next.stop()
  assert.deepEqual(done.at(-1), { card: 'c-2' })
})
