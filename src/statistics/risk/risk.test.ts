import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, asDay, type Day, weekday } from '../../platform/day.ts'
import { usualRescueMeans } from '../law.ts'
import type { PupilState, SpeedDoubt } from './chance.ts'
import { type LeadStage, measureLeadTimes, type WaitingSpell } from './lead-time.ts'
import { openRisks, type PupilRisk, type RiskQuestion, riskOf, summarizeRisks } from './risk.ts'
import { measureAttendance } from './turn-out.ts'

const isWorkingDay = (day: Day) => weekday(day) <= 5
/** A Monday. */
const today = asDay('2023-04-17')
const certain: SpeedDoubt = [{ card: 1, account: 1, weight: 1 }]
const group = '193/a'

const workingAfter = (from: Day, count: number) => {
  let day = from
  for (let left = count; left > 0; ) {
    day = addDays(day, 1)
    if (isWorkingDay(day)) left -= 1
  }
  return day
}

/**
 * Of each stage many that took exactly so many working days, but of the last four in five, and of activations half, who
 * never ended.
 */
function spells(): WaitingSpell[] {
  const from = asDay('2023-03-20')
  const took = (stage: LeadStage, days: number, share = 1): WaitingSpell[] => [
    { stage, group, from, to: workingAfter(from, days), count: 10_000 * share },
    ...(share < 1 ? [{ stage, group, from, count: 10_000 * (1 - share) }] : []),
  ]
  return [
    ...took('approval', 2),
    ...took('production', 3),
    ...took('delivery', 1),
    ...took('hand-over', 2, 0.8),
    ...took('account-approval', 3),
    ...took('activation', 1, 0.5),
    { stage: 'capture', group: '193', from, count: 10_000 },
    { stage: 'capture-after-absence', group: '193', from, count: 10_000 },
  ]
}
const leadTimes = measureLeadTimes(spells(), { today, isWorkingDay })
const attendance = measureAttendance([
  { group, outcome: 'served', count: 9_000 },
  { group, outcome: 'absent', count: 1_000 },
])
const question = (card: string, account = card): RiskQuestion => ({
  today,
  deadlines: { card: asDay(card), account: asDay(account) },
  isWorkingDay,
  attendance,
  doubt: certain,
})
const pupil = (
  card: PupilState['card']['at'],
  since: string,
  account: PupilState['account'] = { at: 'activated' },
  more = {},
): PupilState => ({
  group,
  card: { at: card, since: asDay(since) },
  account,
  ...more,
})
const near = (value: number, expected: number, by = 0.02) =>
  assert.ok(Math.abs(value - expected) < by, `${value}, not ${expected}`)

test('a card is in time when the stages still ahead fit before the deadline, and not a day sooner', () => {
  // Applied on 17 April: approved 19, produced 24, at the unit 25, handed over 27 April, in four of five.
  const chanceBy = (deadline: string) => riskOf(pupil('applied', '2023-04-17'), leadTimes, question(deadline)).card
  near(chanceBy('2023-04-26'), 0)
  near(chanceBy('2023-04-27'), 0.8)
  near(chanceBy('2023-04-30'), 0.8)
})

test('the days already spent in a stage count: a long wait has another chance than one that began today', () => {
  const fresh = riskOf(pupil('at-unit', '2023-04-17'), leadTimes, question('2023-04-19'))
  const stuck = riskOf(pupil('at-unit', '2023-04-10'), leadTimes, question('2023-04-19'))
  near(fresh.card, 0.8)
  near(stuck.card, 0)
  assert.equal(stuck.reason, 'hand-over')
})

test('card and account of one capture are assessed together, not as independent events', () => {
  // The session of 20 April: card by 2 May (0.8), account approved 25 and active 26 April (0.5).
  const state: PupilState = {
    group,
    card: { at: 'none' },
    account: { at: 'none' },
    plannedSessionOn: asDay('2023-04-20'),
  }
  const told = riskOf(state, leadTimes, question('2023-05-02'))
  const comes = attendance.held * attendance.comes(group)
  near(told.card, comes * 0.8)
  near(told.account, comes * 0.5)
  near(told.both, comes * 0.4)
  assert.ok(told.both > told.card * told.account + 0.005)
})

test('without a session the unit captures at its usual pace, and an activation desk serves the approved', () => {
  const without = riskOf({ group, card: { at: 'none' }, account: { at: 'none' } }, leadTimes, question('2023-05-31'))
  assert.ok(without.card < 0.05, JSON.stringify(without))
  assert.equal(without.reason, 'capture')
  const account = { at: 'approved', since: asDay('2023-04-03') } as const
  const [alone, desk] = [undefined, asDay('2023-04-24')].map(plannedDeskOn =>
    riskOf(
      pupil('handed-over', '2023-04-03', account, plannedDeskOn && { plannedDeskOn }),
      leadTimes,
      question('2023-05-02'),
    ),
  ) as [PupilRisk, PupilRisk]
  assert.ok(alone.account < 0.03)
  near(desk.account, 0.95 * 0.65, 0.03)
})

test('a card in hand is in time for certain, and after the deadline nothing more comes in time', () => {
  const all = riskOf(pupil('handed-over', '2023-04-03'), leadTimes, question('2023-04-10'))
  assert.deepEqual([all.card, all.account, all.both, all.reason, all.rescue], [1, 1, 1, null, null])
  const late = riskOf(pupil('at-unit', '2023-04-03'), leadTimes, question('2023-04-14'))
  assert.deepEqual([late.card, late.both, late.rescue], [0, 0, null])
})

test('the last safe day of capture is given, and none where no day is safe', () => {
  assert.equal(riskOf(pupil('applied', '2023-04-17'), leadTimes, question('2023-05-15')).lastSafeCaptureDay, null)
  const sure = measureLeadTimes(
    spells().map(spell => (spell.stage === 'hand-over' ? { ...spell, to: workingAfter(spell.from, 2) } : spell)),
    { today, isWorkingDay },
  )
  // Eight working days before Monday, 15 May; a deadline on Sunday is Friday's.
  assert.equal(riskOf(pupil('applied', '2023-04-17'), sure, question('2023-05-15')).lastSafeCaptureDay, '2023-05-03')
  assert.equal(riskOf(pupil('applied', '2023-04-17'), sure, question('2023-05-14')).lastSafeCaptureDay, '2023-05-02')
})

test('the cheapest rescue that does its work is offered, with what it would give', () => {
  const offered = (state: PupilState, deadline = '2023-05-04') => riskOf(state, leadTimes, question(deadline)).rescue
  const approved = { at: 'approved', since: asDay('2023-04-03') } as const
  const none = { group, card: { at: 'none' }, account: { at: 'activated' } } as const

  const handOver = offered(pupil('at-unit', '2023-04-03'))
  assert.deepEqual(
    [handOver?.kind, handOver?.officerMinutes],
    ['fast-hand-over', usualRescueMeans['fast-hand-over'].minutes],
  )
  near(handOver!.both, 0.97)
  assert.equal(offered(pupil('handed-over', '2023-04-03', approved))?.kind, 'activation-desk')
  assert.equal(offered(pupil('at-unit', '2023-04-03', approved))?.kind, 'home-visit')
  assert.equal(offered({ ...none, freeSeatOn: asDay('2023-04-20') })?.kind, 'seat-in-planned-session')
  assert.equal(offered({ ...none, freeSeatOn: asDay('2023-05-03') })?.kind, 'new-session')
  // Captured yesterday, due tomorrow: what waits at the centre no officer brings on.
  assert.equal(offered(pupil('applied', '2023-04-14'), '2023-04-18'), null)
})

test('the reason is the stage whose end would help most', () => {
  const reason = (state: PupilState, deadline: string) => riskOf(state, leadTimes, question(deadline)).reason
  assert.equal(reason(pupil('produced', '2023-04-17'), '2023-05-04'), 'hand-over')
  assert.equal(
    reason(pupil('handed-over', '2023-04-03', { at: 'approved', since: asDay('2023-04-03') }), '2023-05-04'),
    'activation',
  )
  assert.equal(
    reason({ group, card: { at: 'none' }, account: { at: 'none' }, missedOn: asDay('2023-04-10') }, '2023-05-04'),
    'capture-after-absence',
  )
})

test('pupils in the same state have the same risk in any order, and summaries add up to them', () => {
  const risks = openRisks(leadTimes, {
    ...question('2023-05-04'),
    doubt: [
      { card: 0.5, account: 1, weight: 0.5 },
      { card: 1.5, account: 1, weight: 0.5 },
    ],
  })
  const states = [
    pupil('at-unit', '2023-04-17'),
    pupil('at-unit', '2023-04-17'),
    pupil('handed-over', '2023-04-17'),
    pupil('applied', '2023-04-17'),
  ]
  const told = states.map(state => risks.of(state))
  assert.equal(told[0], told[1])
  const rolls = summarizeRisks(
    told.map((risk, at) => ({ risk, of: at < 3 ? '12A1' : '12A2' })),
    {
      by: one => one.of,
      risk: one => one.risk,
      doubt: [
        { card: 0.5, account: 1, weight: 0.5 },
        { card: 1.5, account: 1, weight: 0.5 },
      ],
    },
  )
  const both = told.map(risk => risk.both)
  near(rolls.get('12A1')!.expectedMissing, 3 - both[0]! - both[1]! - both[2]!, 1e-9)
  assert.equal(rolls.get('12A1')!.pupils, 3)
  // At one speed both make it or both wait: all is likelier than by chance apart.
  assert.ok(rolls.get('12A1')!.allMakeIt > both[0]! * both[1]!, JSON.stringify([...rolls]))
})
