import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asDay } from '../../src/platform/day.ts'
import { expiryOf } from './card.ts'

test('a card runs to the next renewal age, or past it when made within two years before', () => {
  const vectors: [born: string, issued: string, expires: string | undefined][] = [
    ['2005-03-15', '2023-04-20', '2030-03-15'],
    ['2000-05-01', '2023-05-10', '2040-05-01'],
    ['1984-05-10', '2023-04-20', '2044-05-10'],
    ['1964-06-01', '2023-04-20', undefined],
  ]
  for (const [born, issued, expires] of vectors) assert.equal(expiryOf(asDay(born), asDay(issued)), expires)
})
