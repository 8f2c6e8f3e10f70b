import { test } from 'node:test'
import { closingMinute } from './closing-minute.ts'

test('a killed exam site registers each admitted student once and tells every other student', async t => {
  await closingMinute({ students: 90, seconds: 5, kills: 1, p95Within: 10_000, say: line => t.diagnostic(line) })
})
