import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onePlaceEach } from './one-place-each.ts'

test('the first row of a person is matched, and each later one is a duplicate of that first row', () => {
  const outcomeOf = onePlaceEach<string>()
  assert.deepEqual(outcomeOf('An', 'row 1'), { outcome: 'matched' })
  assert.deepEqual(outcomeOf('Bình', 'row 2'), { outcome: 'matched' })
  assert.deepEqual(outcomeOf('An', 'row 3'), { outcome: 'duplicate', first: 'row 1' })
  assert.deepEqual(outcomeOf('An', 'row 4'), { outcome: 'duplicate', first: 'row 1' })
  assert.deepEqual(onePlaceEach<string>()('An', 'row 1 of another roll'), { outcome: 'matched' })
})
