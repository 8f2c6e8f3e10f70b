import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHouse } from '../../../test/house.ts'
import { terminalAnswerOf } from '../../../test/terminal-answer.ts'
import * as audit from '../../audit/audit.ts'
import type { House } from '../../open-house.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import { listJobs, retryJobs } from './given-up-jobs.ts'

const house = await openHouse()
const installation = '0198a000-0000-7000-8000-00000000000a'
const given = {
  house: { ...house, record: () => ({ id: installation }) } as unknown as House,
  positionals: [],
  values: {},
  json: true,
}
const answerOf = async (command: typeof listJobs) => JSON.parse(await terminalAnswerOf(() => command(given)))
const deeds = () => house.work(work => audit.deedsOfName(work, installation, 'jobs.retried'))

test('an operator who has jobs tried again is on record with how many of each task', async () => {
  assert.deepEqual((await answerOf(retryJobs)).retried, 0)
  assert.deepEqual(await deeds(), [], 'nothing was changed')
  await house.work(async work => {
    for (const place of [1, 2]) await queueJob(work, 'verify-seals', { place })
    await queueJob(work, 'tell-holder', {})
  })
  await house.owner(`select graphile_worker.permanently_fail_jobs(array(select id from graphile_worker.jobs), 'away')`)
  assert.equal((await answerOf(listJobs)).failed.length, 3)

  const tasks = { 'tell-holder': 1, 'verify-seals': 2 }
  assert.deepEqual(await answerOf(retryJobs), { retried: 3, tasks })
  assert.deepEqual((await answerOf(listJobs)).failed, [])
  const [deed, ...others] = await deeds()
  assert.deepEqual([deed?.facts, others], [{ retried: 3, tasks }, []])
  assert.equal(deed?.byKind, 'operator')
})
