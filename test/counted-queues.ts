import assert from 'node:assert/strict'
import { countQueues } from '../src/accounts/queues/store-queue.ts'
import type { Authority } from '../src/platform/work.ts'
import type { TestHouse } from './house.ts'

/**
 * Asserts that queues of accounts, as each of these officers sees them, count what is kept of them as the accounts
 * themselves would be counted. Gives those counts.
 */
export async function assertQueuesCounted(house: TestHouse, officers: readonly Authority[]) {
  const counted = () => Promise.all(officers.map(by => house.as(by, work => countQueues(work, {}))))
  const kept = await counted()
  const state = await house.owner<{ day: string }>('delete from accounts.queue_counted returning day::text')
  assert.equal(state.length, 1, 'the queues were counted before')
  const live = await counted()
  await house.owner('insert into accounts.queue_counted (id, day) values (1, $1)', [state[0]!.day])
  assert.deepEqual(kept, live)
  return live.map(({ counts }) => counts)
}
