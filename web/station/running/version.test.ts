import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reloadRule } from './version.ts'

test('the page is loaded anew for another version, not for its first worker', () => {
  const mustReload = reloadRule(null)
  assert.equal(mustReload('first'), false)
  assert.equal(mustReload('second'), true)
})

test('the page stays when the browser loses its worker, and when it has one again', () => {
  const mustReload = reloadRule('first')
  assert.equal(mustReload(null), false)
  assert.equal(mustReload('first again'), false)
  assert.equal(mustReload('second'), true)
})
