import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Plan } from '../../planning/optimiser/plan.ts'
import { planDetails, planSentence } from './plan-answer.ts'

const plan: Plan = {
  format: 'dinhdanh-plan/1',
  instance: { name: 'x', sha256: '' },
  made: { seed: 1, seconds: 60, stopped: false },
  objective: {
    total: 523_920,
    travelMinutes: 300_000,
    overtimeMinutes: 9_600,
    latePeople: 1_786,
    unservedPeople: 12,
    movedSessions: 2,
    km: 4_210.6,
  },
  bound: { total: 500_000, latePeople: 1_771.2, minutes: 304_260, rounds: 40, closed: true },
  routes: [],
  late: [
    { demand: 'a', site: 's', kind: 'capture', lastDay: '2023-04-21', late: 1_200, unserved: 0, why: 'no-kit' },
    { demand: 'b', site: 's', kind: 'capture', lastDay: '2023-04-21', late: 500, unserved: 12, why: 'overtime' },
    { demand: 'c', site: 's', kind: 'capture', lastDay: '2023-04-21', late: 86, unserved: 0, why: 'no-kit' },
  ],
}

test('a plan is answered in one sentence, in which the proved part is rounded so that it stays true', () => {
  assert.equal(
    planSentence(plan, 13_500),
    '11,714 of 13,500 people in time, 1,786 late (1,772 cannot be avoided); ' +
      '309,600 minutes of travel and overtime, proved at least 304,260: at most 1.8 % above the best',
  )
})

test('a plan without a bound, or with one of nothing, claims nothing', () => {
  const { bound: _bound, ...unproved } = plan
  assert.equal(
    planSentence(unproved, 13_500),
    '11,714 of 13,500 people in time, 1,786 late; 309,600 minutes of travel and overtime, without a bound',
  )
  const ofNothing = { ...plan, bound: { total: 0, latePeople: -1e-9, minutes: -3, rounds: 0, closed: false } }
  assert.match(planSentence(ofNothing, 13_500), /1,786 late; 309,600 minutes .*, proved at least 0$/)
})

test('below it stands what is planned, who is not served, and what binds', () => {
  assert.deepEqual(planDetails(plan), [
    '  0 routes with 0 sessions, 4,211 km',
    '  12 are not served at all',
    '  2 announced sessions are not kept',
    '  late by what binds: no-kit 1,286, overtime 500',
  ])
})
