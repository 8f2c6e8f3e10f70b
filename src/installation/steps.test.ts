import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DutyState, stepsOf, type WhatIsThere } from './steps.ts'

const accept: DutyState = { duty: 'accept', level: 'province', least: 2, units: 1, filled: 1 }
const capture: DutyState = { duty: 'capture', level: 'commune', least: 1, units: 54, filled: 0 }
const nothing: WhatIsThere = {
  communes: 54,
  schools: 0,
  schoolsAstray: 0,
  duties: [accept, capture],
  people: 0,
  rollsSent: 0,
  rollsReconciled: 0,
}
const told = (there: WhatIsThere) => stepsOf(there).map(({ step, state, mayWait }) => `${step} ${state} ${mayWait}`)

test('an empty installation begins with schools, and its first roll is blocked', () => {
  assert.deepEqual(told(nothing), [
    'units done false',
    'schools now false',
    'officers open true',
    'register open false',
    'roll blocked false',
  ])
})

test('officers who are missing at counters may wait, a missing second one who accepts may not', () => {
  const alone = { ...nothing, schools: 9, duties: [{ ...accept, filled: 0 }, capture] }
  assert.equal(told(alone)[2], 'officers now false')
  assert.equal(told({ ...nothing, schools: 9 })[2], 'officers now true')
})

test('schools whose unit ended are told and may wait', () => {
  const astray = { ...nothing, schools: 10, schoolsAstray: 2 }
  assert.equal(stepsOf(astray)[1]?.share, 0.8)
  assert.equal(told(astray)[1], 'schools now true')
})

test('once a first roll is reconciled and every duty is held, all is done', () => {
  const whole = { ...nothing, schools: 9, duties: [accept], people: 6000, rollsSent: 1, rollsReconciled: 1 }
  assert.ok(stepsOf(whole).every(({ state }) => state === 'done'))
})

test('with people and schools the first roll is open, though officers are missing', () => {
  assert.equal(told({ ...nothing, schools: 9, people: 6000 })[4], 'roll open false')
})
