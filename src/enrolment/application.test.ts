import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openHouse } from '../../test/house.ts'
import { asDay } from '../platform/day.ts'
import { builtInLaw } from '../platform/law.ts'
import { applicationStates, applicationTransitions, isEndState, mayTransition } from './application.ts'
import { pathTo } from './following/path-of-states.ts'
import { formsOn, isCaptured, isRepresented, lawfulReasons, processingPlaceOf, workingDaysFor } from './law.ts'

const house = await openHouse()

test('the database has the same table of transitions as the code', async () => {
  const rows = await house.owner<{ from_state: string; to_state: string }>(
    'select from_state, to_state from enrolment.legal_transition',
  )
  const ours = Object.entries(applicationTransitions).flatMap(([from, all]) => all.map(to => `${from} ${to}`))
  assert.deepEqual(rows.map(row => `${row.from_state} ${row.to_state}`).sort(), ours.sort())
})

test('a handed-over, refused or cancelled application has no further transition', () => {
  for (const state of applicationStates)
    assert.equal(isEndState(state), ['handed-over', 'refused', 'cancelled'].includes(state))
})

test('an application that follows its card only makes transitions of the table', () => {
  fc.assert(
    fc.property(fc.constantFrom(...applicationStates), fc.constantFrom(...applicationStates), (from, to) => {
      let at = from
      for (const next of pathTo(from, to) ?? []) {
        assert.ok(mayTransition(at, next), `${at} may go to ${next}`)
        at = next
      }
    }),
  )
  assert.deepEqual(pathTo('approved', 'at-unit'), ['printed', 'at-unit'])
  assert.equal(pathTo('refused', 'printed'), undefined)
})

test('reasons, forms and representation follow the law of the day', () => {
  const [before, after] = [asDay('2023-04-20'), asDay('2024-07-01')]
  assert.ok(!lawfulReasons('re-issue', before, builtInLaw).includes('damaged'))
  assert.ok(lawfulReasons('re-issue', after, builtInLaw).includes('damaged'))
  assert.deepEqual(formsOn(before, builtInLaw).refusal, { code: 'TB', version: 'TT59/2021' })
  assert.deepEqual(formsOn(after, builtInLaw).refusal, { code: 'CC03', version: 'TT17/2024' })
  assert.deepEqual(formsOn(asDay('2025-07-01'), builtInLaw).refusal, { code: 'CC03', version: 'TT53/2025' })
  assert.equal(isRepresented(asDay('2010-07-02'), after, builtInLaw), true)
  assert.equal(isRepresented(asDay('2010-07-01'), after, builtInLaw), false)
  assert.equal(isCaptured(asDay('2018-07-02'), after, builtInLaw), false)
  assert.equal(isCaptured(asDay('2018-07-01'), after, builtInLaw), true)
})

test('the processing limit follows the law of the day, the kind of request and the place', () => {
  const [before, after] = [asDay('2023-04-20'), asDay('2024-07-01')]
  const city = processingPlaceOf({ code: '193', name: 'Thành phố Hạ Long' }, before, builtInLaw)
  const island = processingPlaceOf({ code: '207', name: 'Huyện Cô Tô' }, before, builtInLaw)
  assert.deepEqual([city, island, processingPlaceOf(undefined, before, builtInLaw)], ['city', 'remote', 'elsewhere'])
  assert.deepEqual(
    [workingDaysFor('first-issue', city, before, builtInLaw), workingDaysFor('re-issue', city, before, builtInLaw)],
    [7, 7],
  )
  assert.equal(workingDaysFor('exchange', island, asDay('2021-06-30'), builtInLaw), 20)
  assert.equal(workingDaysFor('exchange', island, before, builtInLaw), 7)
  assert.equal(workingDaysFor('exchange', island, after, builtInLaw), 7)
})
