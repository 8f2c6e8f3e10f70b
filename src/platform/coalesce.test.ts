import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coalesce } from './coalesce.ts'

test('a batch takes one request of each who asks in turn, however many of one wait', async () => {
  let who = ''
  const batches: string[][] = []
  const ask = coalesce<string, string>(
    async asked => {
      batches.push([...asked])
      return asked
    },
    { most: 4, abreast: 1, who: () => who },
  )
  who = 'many'
  const answers = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6'].map(ask)
  who = 'one'
  answers.push(ask('b1'))
  assert.deepEqual(await Promise.all(answers), ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'b1'])
  assert.deepEqual(batches, [
    ['a1', 'b1', 'a2', 'a3'],
    ['a4', 'a5', 'a6'],
  ])
})
