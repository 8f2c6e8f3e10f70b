import assert from 'node:assert/strict'
import { test } from 'node:test'
import { purposes } from '../../../src/data-protection/purpose.ts'
import { texts } from '../words.ts'

test('each purpose of a reading is said in words to whoever sees who looked', () => {
  const known = new Set(Object.keys(texts))
  assert.deepEqual(
    purposes.filter(purpose => !known.has(`purpose-${purpose}`)),
    [],
  )
})
