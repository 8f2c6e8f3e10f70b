import assert from 'node:assert/strict'
import { test } from 'node:test'
import { typedDay } from './typed-day.ts'

test('a day is read as people type it, day first, as much of it as is known', () => {
  const cases: readonly (readonly [typed: string, read: string | undefined])[] = [
    ['7/3/2005', '2005-03-07'],
    ['07-03-2005', '2005-03-07'],
    ['07 03 2005', '2005-03-07'],
    ['07032005', '2005-03-07'],
    ['7 Mar 2005', '2005-03-07'],
    ['march 2005', '2005-03'],
    ['7 Mắc 2005', undefined],
    ['3/2005', '2005-03'],
    ['2005', '2005'],
    ['2005-03-07', '2005-03-07'],
    ['30/2/2005', undefined],
    ['7/3/05', undefined],
    ['hôm qua', undefined],
    ['', undefined],
  ]
  for (const [typed, read] of cases) assert.equal(typedDay(typed), read, typed)
})
