import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openHouse } from '../../test/house.ts'
import { jobCounts, queueJob, runJobs } from './jobs.ts'
import { openLog } from './log.ts'

const house = await openHouse()
const done: unknown[] = []
let arrived = () => {}
const runner = await runJobs(
  house.url,
  {
    'tell-holder': async payload => {
      done.push(payload)
      arrived()
    },
  },
  { log: openLog('silent') },
)
after(() => runner.stop())

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
