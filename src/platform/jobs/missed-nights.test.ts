import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { openHouse } from '../../../test/house.ts'
import { crontab } from '../../jobs.ts'
import { openLog } from '../log.ts'
import { nightlyOf } from './missed-nights.ts'
import { runJobs } from './run-jobs.ts'

const house = await openHouse()

test('a job of the night is done in the morning where the machine was off at night, and once', async () => {
  const times = { 'remove-old': '20 19 * * *', 'count-much': '20 18 * * *', 'look-often': '*/5 * * * *' }
  await house.owner(
    `insert into graphile_worker._private_known_crontabs (identifier, known_since, last_execution) values
       ('remove-old', now() - interval '9 days', now() - interval '3 days'),
       ('count-much', now() - interval '9 days', now() - interval '20 hours'),
       ('look-often', now() - interval '9 days', now() - interval '3 days')`,
  )
  const done: string[] = []
  const jobs = Object.fromEntries(Object.keys(times).map(name => [name, async () => void done.push(name)]))
  const start = () => runJobs(house.url, jobs, { log: openLog('silent'), crontab: times })
  const [first, second] = [await start(), await start()]
  for (let tries = 0; done.length === 0 && tries < 100; tries += 1) await setTimeout(100)
  await setTimeout(300)
  await Promise.all([first.stop(), second.stop()])
  assert.deepEqual(
    done.filter(name => name !== 'look-often'),
    ['remove-old'],
  )
})

test('what is done every few minutes is no job of the night, and retention is one', () => {
  const nightly = nightlyOf(crontab)
  for (const name of ['remove-ended-data', 'measure-growth', 'make-months', 'clear-stays'])
    assert.ok(nightly.includes(name), name)
  for (const name of ['send-messages', 'clear-sign-in', 'forget-verifications', 'seal-months'])
    assert.ok(!nightly.includes(name), name)
})
