import { test } from 'node:test'
import { rolling } from '../bench/chaos/rolling.ts'

test('of two servers one is restarted and one killed, and nothing fails or is lost', async t => {
  await rolling({ clients: 20, restarts: 1, pace: 700, say: line => t.diagnostic(line) })
})
