import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asDay } from '../../../src/platform/day.ts'
import { eligibilityOf, latestBirth } from './eligibility.ts'

const spring = asDay('2023-04-20')
const autumn = asDay('2024-10-01')

test('in 2023 a child below fourteen is refused, and learns the day of the fourteenth birthday', () => {
  assert.deepEqual(eligibilityOf({ birthDate: '2009-04-21' }, spring)?.refused, {
    code: 'under-age',
    from: '2023-04-21',
  })
  assert.equal(eligibilityOf({ birthDate: '2009-04-20' }, spring)?.refused, undefined)
})

test('from July 2024 a child of six is captured with a representative, and no younger child', () => {
  const six = eligibilityOf({ birthDate: '2018-10-01' }, autumn)
  assert.deepEqual([six?.refused, six?.represented, six?.account], [undefined, true, 'offered'])
  assert.deepEqual(eligibilityOf({ birthDate: '2018-10-02' }, autumn)?.refused, { code: 'below-capture-age' })
})

test('a birth date without a day counts as its latest day, and the officer is informed', () => {
  assert.equal(latestBirth('2009-02'), '2009-02-28')
  assert.deepEqual(eligibilityOf({ birthDate: '2009' }, spring)?.refused, { code: 'under-age', from: '2023-12-31' })
  assert.deepEqual(eligibilityOf({ birthDate: '1950' }, spring)?.doubts, ['birth-date-partial'])
  assert.equal(eligibilityOf({ birthDate: '2024-01-01' }, spring), undefined, 'nobody is born after today')
})

test('the kind of request follows from the present card: none, expiring, lost or good', () => {
  const born = { birthDate: '1998-01-01' }
  const request = (card?: { state: string; issuedOn?: string }) =>
    eligibilityOf({ ...born, ...(card && { card }) }, spring)?.request
  assert.deepEqual(request(), { kind: 'first-issue', reason: 'first' })
  assert.deepEqual(request({ state: 'handed-over', issuedOn: '2016-05-05' }), {
    kind: 'exchange',
    reason: 'renewal-age',
  })
  assert.deepEqual(request({ state: 'blocked' }), { kind: 're-issue', reason: 'lost' })
  assert.deepEqual(request({ state: 'handed-over', issuedOn: '2022-05-05' }), {
    kind: 'exchange',
    reason: 'on-request',
  })
  const good = { ...born, card: { state: 'handed-over', issuedOn: '2022-05-05' } }
  assert.deepEqual(eligibilityOf(good, spring)?.doubts, ['card-good'])
  assert.deepEqual(eligibilityOf({ ...born, card: { state: 'produced' } }, spring)?.doubts, ['card-coming'])
})

test('a level-2 holder is not offered another account, and dead people are not captured', () => {
  assert.equal(
    eligibilityOf({ birthDate: '2005-01-01', account: { level: 2, state: 'approved' } }, spring)?.account,
    'has-one',
  )
  assert.equal(
    eligibilityOf({ birthDate: '2005-01-01', account: { level: 2, state: 'cancelled' } }, spring)?.account,
    'offered',
  )
  assert.deepEqual(eligibilityOf({ birthDate: '2005-01-01', lifeStatus: 'dead' }, spring)?.refused, {
    code: 'not-living',
  })
})
