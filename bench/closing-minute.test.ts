import { test } from 'node:test'
import { closingMinute } from './closing-minute.ts'

test('in the closing seconds more students come than are let in, and the site is killed: everybody who got a place before the close is registered once, everybody else is told', async t => {
  await closingMinute({ students: 150, seconds: 6, kills: 1, p95Within: 10_000, say: line => t.diagnostic(line) })
})
