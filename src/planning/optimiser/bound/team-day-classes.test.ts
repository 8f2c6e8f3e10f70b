import assert from 'node:assert/strict'
import { test } from 'node:test'
import { madeInstance } from '../made-instance.fixture.ts'
import { compile } from '../solving/compile.ts'
import { classDays } from './team-day-classes.ts'

test('in the proof a site is open from its first minute in a shift to its last, pauses or not', () => {
  const instance = madeInstance({ seed: 1, sites: 1, teams: 1, days: 1, from: '2026-10-08' })
  const [site] = instance.sites
  assert.ok(site)
  const open = [
    { from: instance.from, to: instance.to, hours: [['07:30', '09:00'] as const, ['10:00', '11:30'] as const] },
  ]
  const [dayClass] = classDays(compile({ ...instance, sites: [{ ...site, open, closed: [] }] }))

  assert.deepEqual([dayClass?.openFrom[0], dayClass?.openTo[0]], [7 * 60 + 30, 11 * 60 + 30])
})
