import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, asDay } from '../platform/day.ts'
import { changeIn, compareEffect, daysSeen, growth, type PlaceCount, windowOf } from './effect.ts'

/** Pure: people of places, when they were meant and when they got the thing. */

const held = asDay('2023-04-10')
const window = windowOf(held, 14, asDay('2023-06-01'))
const since = asDay('2023-03-01')
/** Twenty people of a place: so many got it in the days before, so many in the days after. */
const place = (name: string, before: number, after: number): PlaceCount[] => [
  { place: name, inOn: since, hasOn: addDays(held, -3), people: before },
  { place: name, inOn: since, hasOn: addDays(held, 2), people: after },
  { place: name, inOn: since, hasOn: null, people: 20 - before - after },
]
const quiet = ['b', 'c', 'd', 'e', 'f'].flatMap(name => place(name, 2, 2))
const others = new Set(['b', 'c', 'd', 'e', 'f'])

test('who lacked the thing on the eve is counted, and who got it in the days before and after', () => {
  assert.deepEqual(changeIn(place('a', 2, 9), window), {
    before: { lacking: 20, gained: 2 },
    after: { lacking: 18, gained: 9 },
  })
})

test('people who were meant only later, or had it long before, move nothing', () => {
  const late: PlaceCount[] = [
    { place: 'a', inOn: held, hasOn: addDays(held, 1), people: 5 },
    { place: 'a', inOn: since, hasOn: addDays(held, -40), people: 7 },
  ]
  assert.deepEqual(changeIn(late, window), { before: { lacking: 0, gained: 0 }, after: { lacking: 0, gained: 0 } })
})

test('a place where people came forward after an assembly stands above those where nothing was done', () => {
  const effect = compareEffect([...place('a', 2, 9), ...quiet], window, { held: new Set(['a']), others })
  assert.deepEqual([effect.elsewhere?.places, effect.elsewhere?.slower], [5, 5])
  assert.ok(growth(effect.here) > 0.3)
})

test('where it moved everywhere alike, an assembly is not said to have moved anything', () => {
  const alike = ['a', 'b', 'c', 'd', 'e', 'f'].flatMap(name => place(name, 2, 9))
  assert.equal(compareEffect(alike, window, { held: new Set(['a']), others }).elsewhere?.slower, 0)
})

test('with three other places, or ten people too few, nothing is compared', () => {
  const few = compareEffect([...place('a', 2, 9), ...quiet], window, {
    held: new Set(['a']),
    others: new Set(['b', 'c', 'd']),
  })
  assert.equal(few.elsewhere, undefined)
  const small = place('a', 0, 1).map(count => ({ ...count, people: count.hasOn ? count.people : 3 }))
  assert.equal(compareEffect([...small, ...quiet], window, { held: new Set(['a']), others }).elsewhere, undefined)
})

test('a window that is not over compares as many days before as have been since', () => {
  const open = windowOf(held, 14, asDay('2023-04-12'))
  assert.equal(daysSeen(open), 3)
  const early: PlaceCount[] = [{ place: 'a', inOn: since, hasOn: addDays(held, -4), people: 6 }]
  assert.equal(changeIn(early, open).before.gained, 0, 'four days before is outside of three')
})

test('whatever the days, nobody is counted as coming forward who did not lack it', () => {
  const day = fc.integer({ min: -60, max: 60 }).map(n => addDays(held, n))
  const count = fc.record({
    place: fc.constantFrom('a', 'b'),
    inOn: day,
    hasOn: fc.option(day, { nil: null }),
    people: fc.integer({ min: 0, max: 50 }),
  })
  fc.assert(
    fc.property(fc.array(count), counts => {
      const { before, after } = changeIn(counts, window)
      assert.ok(before.gained <= before.lacking && after.gained <= after.lacking)
    }),
  )
})
