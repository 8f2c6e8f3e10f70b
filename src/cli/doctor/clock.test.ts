import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { openHouse } from '../../../test/house.ts'
import { terminalAnswerOf } from '../../../test/terminal-answer.ts'
import * as audit from '../../audit/audit.ts'
import type { House } from '../../open-house.ts'
import { now } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { asSystem } from '../../platform/work.ts'
import { dropMonth } from '../audit/audit-verify.ts'
import { showRetention } from '../data-protection/retention.ts'
import type { Invocation } from '../invocation.ts'
import { checkClock, confirmClock } from './clock.ts'

const house = await openHouse()
const installation = '0198a000-0000-7000-8000-00000000000c'
const looked = { ...house, database: { url: house.url }, record: () => ({ id: installation }) } as unknown as House
const given = (values: Invocation['values'] = {}): Invocation => ({
  ...{ house: looked, positionals: [], values, json: true },
})
const answerOf = async (command: (given: Invocation) => Promise<void>, values?: Invocation['values']) =>
  JSON.parse(await terminalAnswerOf(() => command(given(values))))

test('while the time is in doubt no command removes by it, until an operator confirms it by a deed', async () => {
  assert.equal((await checkClock(looked)).ok, true)
  await house.owner(`insert into platform.believed_time (at) values (now() - interval '3 years')`)
  const { ok, found } = await checkClock(looked)
  assert.deepEqual([ok, /jobs by the date wait/.test(found)], [false, true])
  const refused = { code: 'time-in-doubt' }
  await assert.rejects(showRetention(given({ remove: true })), refused)
  await assert.rejects(dropMonth(given({ month: '2020-01' })), refused)
  assert.ok((await answerOf(showRetention)).kinds.length > 0, 'what is due is told all the same')

  const { believedAt } = await answerOf(confirmClock)
  assert.ok(Date.parse(believedAt) < Date.now())
  assert.equal((await checkClock(looked)).ok, true)
  assert.ok((await answerOf(showRetention, { remove: true })).removed)
  assert.equal((await answerOf(confirmClock)).believedAt, null)
  const [deed] = await house.work(work => audit.deedsOfName(work, installation, 'clock.confirmed'))
  const facts = deed?.facts as { believedAt?: string } | undefined
  assert.deepEqual([deed?.byKind, facts?.believedAt], ['operator', believedAt])
})

const aYear = 365 * 24 * 3_600_000

/** Officers work by a clock that is so many milliseconds ahead. Enough works that each chain of deeds has some. */
async function workByClock(ahead: number): Promise<void> {
  mock.timers.enable({ apis: ['Date'], now: now().getTime() + ahead })
  for (let works = 0; works < 100; works += 1)
    await house.work(work => audit.record(work, 'card.blocked', { kind: 'card', id: newId() }))
  mock.timers.reset()
}

async function verify(): Promise<{ findings: string[]; wrongTimes: number }> {
  const asVerifier = { ...asSystem('test'), sees: 'one-moment' } as const
  const report = await house.as(asVerifier, work => audit.verifyAudit(work, { keys: [] }))
  return { findings: [...new Set(report.findings.map(({ kind }) => kind))], wrongTimes: report.wrongTimes }
}

test('deeds that a clock dated years ahead or back are findings until an operator confirms the time', async () => {
  let confirmed = 0
  for (const ahead of [0, aYear, 0, -5 * aYear, 0]) await workByClock(ahead)
  assert.deepEqual(await verify(), { findings: ['deed-out-of-time'], wrongTimes: 0 })
  confirmed += (await answerOf(confirmClock)).wrongTimes
  assert.deepEqual([confirmed, await verify()], [200, { findings: [], wrongTimes: 200 }])
  assert.equal((await answerOf(confirmClock)).wrongTimes, 0, 'what was confirmed is not confirmed again')

  // By the right clock all goes on; one that is wrong again is to be confirmed by itself.
  await workByClock(0)
  assert.deepEqual(await verify(), { findings: [], wrongTimes: 200 })
  await workByClock(-aYear)
  assert.deepEqual(await verify(), { findings: ['deed-out-of-time'], wrongTimes: 200 })
  confirmed += (await answerOf(confirmClock)).wrongTimes
  assert.deepEqual([confirmed, await verify()], [300, { findings: [], wrongTimes: 300 }])
})

test('a confirmation that is written without the key of the installation explains nothing', async () => {
  await workByClock(-aYear)
  const { wrongTimes } = await verify()
  const chains = Array.from({ length: 32 }, (_, chain) => ({ chain, from: 1, to: 1_000_000, rows: 1 }))
  const facts = { wrongTimes: chains, proof: '00'.repeat(32) }
  await house.work(work => audit.record(work, 'clock.confirmed', { kind: 'installation', id: installation }, facts))
  assert.deepEqual(await verify(), { findings: ['deed-out-of-time'], wrongTimes })
  await answerOf(confirmClock)
  assert.deepEqual((await verify()).findings, [])
})

test('a deed among confirmed ones whose time was changed afterwards is named', async () => {
  await house.owner(`update audit.deed set at = now() - interval '2 years' where chain = 3 and seq = 3`)
  assert.deepEqual((await verify()).findings, ['deed-changed'])
})
