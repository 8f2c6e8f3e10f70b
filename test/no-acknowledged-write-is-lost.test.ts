import { test } from 'node:test'
import { chaos } from '../bench/chaos.ts'

test('no acknowledged write is lost or done twice while one fault after another happens', async t => {
  await chaos({ seconds: 60, pause: 1, seed: 1, servers: 2, say: line => t.diagnostic(line) })
})
