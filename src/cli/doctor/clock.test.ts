import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHouse } from '../../../test/house.ts'
import { terminalAnswerOf } from '../../../test/terminal-answer.ts'
import * as audit from '../../audit/audit.ts'
import type { House } from '../../open-house.ts'
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
