import assert from 'node:assert/strict'
import { afterEach, mock, test } from 'node:test'
import { openHouse } from '../../../test/house.ts'
import { atAnyDate, crontab, jobsByDate } from '../../jobs.ts'
import { openLog } from '../log.ts'
import { confirmTime, findDoubtedTime, refuseDoubtedTime, whileTimeIsBelieved } from './believed-time.ts'

/** A clock that was set years ahead removes nothing that the law keeps for years. */

const house = await openHouse()
afterEach(() => mock.timers.reset())

const day = 86_400_000
const real = Date.now()
const setClock = (days: number) => {
  mock.timers.reset()
  mock.timers.enable({ apis: ['Date'], now: real + days * day })
}

const logged: string[] = []
const log = openLog('error', { write: (line: string) => void logged.push(line) } as never)
let done: string[] = []
const jobs = whileTimeIsBelieved(
  house.openWork,
  {
    'remove-old': async () => void done.push('remove-old'),
    'send-messages': async () => void done.push('send-messages'),
  },
  new Set(['remove-old']),
)
async function runBoth(): Promise<string[]> {
  done = []
  for (const job of Object.values(jobs)) await job({}, { attempt: 1, log })
  return done
}
const both = ['remove-old', 'send-messages']

test('a job by the date waits under a clock years ahead, says so, and goes on once the clock is right', async () => {
  setClock(0)
  assert.deepEqual(await runBoth(), both)
  setClock(5 * 365)
  assert.deepEqual([await runBoth(), logged.length], [['send-messages'], 1])
  assert.match(logged[0] ?? '', /the time is in doubt/)
  assert.ok(await house.work(findDoubtedTime))
  await assert.rejects(house.work(refuseDoubtedTime), { code: 'time-in-doubt' })
  // However often it is looked, the time of then does not become the last one by itself.
  assert.deepEqual(await runBoth(), ['send-messages'])
  setClock(1)
  assert.deepEqual([await runBoth(), await house.work(findDoubtedTime)], [both, undefined])
})

test('an installation that was off for a week goes on by itself, one off for longer once confirmed', async () => {
  setClock(8)
  assert.deepEqual(await runBoth(), both)
  setClock(16)
  assert.deepEqual(await runBoth(), ['send-messages'])
  await house.work(confirmTime)
  assert.deepEqual(await runBoth(), both)
})

test('of two servers the one whose clock is years ahead does nothing by its date, and hinders no other', async () => {
  for (const days of [17, 3000, 18, 3001]) {
    setClock(days)
    assert.deepEqual(await runBoth(), days < 3000 ? both : ['send-messages'])
  }
})

test('a time that was confirmed by mistake is confirmed anew once the clock is right', async () => {
  setClock(4000)
  await house.work(confirmTime)
  assert.deepEqual(await runBoth(), both)
  setClock(19)
  await house.work(confirmTime)
  setClock(4000)
  assert.deepEqual(await runBoth(), ['send-messages'])
})

test('each job of the crontab that removes, seals or ends by the date waits, and what sends does not', () => {
  assert.deepEqual(
    [...atAnyDate].filter(name => !(name in crontab)),
    [],
    'no name of a job that there is not',
  )
  for (const name of ['remove-ended-data', 'forget-verifications', 'clear-sign-in', 'seal-months', 'clear-stays'])
    assert.ok(jobsByDate.has(name), name)
  for (const name of ['send-messages', 'land-what-was-left']) assert.ok(!jobsByDate.has(name), name)
})
