import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { madeInstance } from '../made-instance.fixture.ts'
import { madeSizes } from '../made-sizes.fixture.ts'
import { compile } from './compile.ts'
import { randomOf } from './random.ts'
import { Schedule } from './schedule.ts'
import { Search } from './search.ts'

const stateOf = (schedule: Schedule) => ({
  value: schedule.value,
  routes: [...schedule.routes],
  worths: schedule.given.sites.map((_, site) => schedule.worthAt(site)),
  sessions: schedule.given.sites.map((_, site) => [...schedule.sessionsAt(site)]),
  left: schedule.given.officers.map((_, officer) => [
    schedule.overtimeLeft(officer, 0),
    schedule.restDaysLeft(officer, 0),
  ]),
  kits: schedule.given.kits.map((_, kit) => schedule.isKitFree(0, kit)),
})

test('what was put in and taken out since a mark is taken back to the last digit', () => {
  fc.assert(
    fc.property(madeSizes, fc.integer(), (size, seed) => {
      const search = new Search(compile(madeInstance(size)), 1)
      search.fill(() => 0)
      const { schedule } = search
      const random = randomOf(seed)
      const known = [...search.best]
      const changeSome = () => {
        for (const route of known) {
          if (random() < 0.5) continue
          const there = schedule.routeOf(route.team, route.day)
          if (there) schedule.take(there)
          else schedule.put(route)
          // Sometimes it is asked in between, so that some sites are reckoned.
          if (random() < 0.3) assert.ok(Number.isFinite(schedule.value))
        }
      }
      changeSome()
      const before = stateOf(schedule)
      schedule.mark()
      changeSome()
      schedule.undo()

      assert.deepEqual(stateOf(schedule), before)
    }),
    { numRuns: 60 },
  )
})

test('a plan that was put together step by step is worth what the same routes are at once', () => {
  fc.assert(
    fc.property(madeSizes, size => {
      const given = compile(madeInstance(size))
      const search = new Search(given, 1)
      search.fill(() => 0)
      search.run({ progress: steps => steps / 10 })
      const anew = new Schedule(given)
      for (const route of search.best) anew.put(route)

      assert.ok(Math.abs(anew.value - search.bestValue) < 1e-3)
    }),
    { numRuns: 30 },
  )
})
