import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asDay, dayAfter } from '../platform/day.ts'
import { builtInLaw, type LawRow } from '../platform/law.ts'
import { isWorkingDay, workingDaysAfter } from '../units/working-days.ts'
import { lastSafeDay } from './last-safe-day.ts'

const cardBy = (by: string, place: 'city' | 'remote' = 'city', work = builtInLaw) =>
  lastSafeDay({ what: 'card', kind: 'first-issue', place, by: asDay(by) }, work)
const accountBy = (by: string, card: 'with-card' | 'without-card', work = builtInLaw) =>
  lastSafeDay({ what: 'account', level: 2, card, by: asDay(by) }, work)

test('a card that must be there on 26-06-2023 is asked for by 15-06, seven working days before', () => {
  const { lastSafeOn, officeOn, workingDays, law } = cardBy('2023-06-26')
  assert.deepEqual([lastSafeOn, officeOn, workingDays], ['2023-06-15', '2023-06-15', 7])
  assert.equal(law.rule, 'enrolment.working-days')
})

test('an account of 12-05-2023 is asked for by 03-05, and at a counter by 28-04: offices are closed', () => {
  const { lastSafeOn, officeOn, workingDays } = accountBy('2023-05-12', 'without-card')
  assert.deepEqual([lastSafeOn, officeOn, workingDays], ['2023-05-03', '2023-04-28', 7])
  // Whoever counts Monday to Friday alone takes three days off for days of work.
  assert.deepEqual(['2023-05-01', '2023-05-02', '2023-05-03'].map(asDay).map(isWorkingDay), [false, false, false])
})

test('who holds a card has until three working days before the day for an account of level 2', () => {
  assert.equal(accountBy('2023-05-12', 'with-card').lastSafeOn, '2023-05-09')
})

test('the limit ends by the deadline from the last safe day, and after it from the next', () => {
  for (let by = asDay('2023-01-15'); by < '2023-07-15'; by = dayAfter(by)) {
    const { lastSafeOn, officeOn, workingDays } = accountBy(by, 'without-card')
    assert.ok(workingDaysAfter(lastSafeOn, workingDays) <= by, by)
    assert.ok(workingDaysAfter(dayAfter(lastSafeOn), workingDays) > by, by)
    assert.ok(officeOn <= lastSafeOn && isWorkingDay(officeOn), by)
  }
})

test('the law of the day of asking decides, and a row of the installation moves the day', () => {
  const decide: LawRow = {
    from: asDay('2023-05-08'),
    value: { withCard: { 1: 1, 2: 1 }, withoutCard: 2 },
    source: 'QĐ1/2023',
    confidence: 'low',
  }
  const own = { lawRows: new Map([['accounts.working-days-to-decide', [decide]]]) }
  assert.deepEqual([accountBy('2023-05-12', 'without-card', own).lastSafeOn], ['2023-05-10'])
  assert.equal(accountBy('2023-05-12', 'without-card', own).law.confidence, 'low')
  assert.equal(
    accountBy('2023-05-04', 'without-card', own).lastSafeOn,
    accountBy('2023-05-04', 'without-card').lastSafeOn,
  )
})
