import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'

test('the bench measures each sign-in flow against both our provider and the bare one', async t => {
  const env = { ...process.env, ROUNDS: '1', SECONDS: '1', ABREAST: '4', PEOPLE: '8' }
  const { stdout } = await promisify(execFile)(process.execPath, [new URL('./signin.ts', import.meta.url).pathname], {
    env,
  })
  for (const what of ['sign-ins', 'client credentials', 'refreshes']) assert.ok(stdout.includes(what), stdout)
  t.diagnostic(stdout)
})
