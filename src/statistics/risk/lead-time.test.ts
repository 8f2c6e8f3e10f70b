import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, asDay, type Day, weekday } from '../../platform/day.ts'
import { longest, measureLeadTimes, type WaitingSpell } from './lead-time.ts'
import { measureAttendance } from './turn-out.ts'

const isWorkingDay = (day: Day) => weekday(day) <= 5 && day !== '2023-04-05'
const today = asDay('2023-04-28')
const measured = (spells: WaitingSpell[]) => measureLeadTimes(spells, { today, isWorkingDay })
const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at))
const spell = (from: string, to?: string, group = '193/a'): WaitingSpell => ({
  stage: 'production',
  group,
  from: asDay(from),
  ...(to && { to: asDay(to) }),
})

test('waits are counted in working days: weekends and holidays are not waited', () => {
  // Each takes three working days: over a weekend, over a holiday, and within a week.
  const waits = [
    ...times(200, () => spell('2023-04-20', '2023-04-25')),
    ...times(200, () => spell('2023-04-03', '2023-04-07')),
    ...times(200, () => spell('2023-04-10', '2023-04-13')),
  ]
  const hazards = measured(waits).hazards('production', '193/a')
  assert.ok(hazards[3]! > 0.94, `${hazards.slice(0, 5)}`)
  for (const day of [0, 1, 2]) assert.ok(hazards[day]! < 0.02, `${day}: ${hazards[day]}`)
})

test('what ends on a day off counts on the next working day', () => {
  // From Friday to Sunday is one day's wait, as to Monday.
  const hazards = measured(times(300, () => spell('2023-04-21', '2023-04-23'))).hazards('production', '')
  assert.ok(hazards[1]! > 0.97 && hazards[0]! < 0.02, `${hazards.slice(0, 3)}`)
})

test('people who still wait count for the time they have waited', () => {
  const ended = times(100, () => spell('2023-04-20', '2023-04-24'))
  const waiting = times(300, () => spell('2023-04-20'))
  const hazards = measured([...ended, ...waiting]).hazards('production', '')
  assert.ok(Math.abs(hazards[2]! - 0.25) < 0.03, `${hazards[2]}`)
  // Had they been left out, everyone would seem to be through in two days.
  assert.ok(hazards[3]! < 0.02)
  // And that they are still there today is no end.
  assert.ok(hazards[6]! < 0.02, `${hazards[6]}`)
})

test('an application begun after the day of measuring is ignored, and so is an end after it', () => {
  const known = times(50, () => spell('2023-04-20', '2023-04-24'))
  const later = [...known, spell('2023-05-08', '2023-05-09')]
  assert.deepEqual(measured(later).hazards('production', ''), measured(known).hazards('production', ''))
  assert.deepEqual(
    measured(times(50, () => spell('2023-04-20', '2023-05-09'))).hazards('production', ''),
    measured(times(50, () => spell('2023-04-20'))).hazards('production', ''),
  )
})

/** Spells of which each day of April ends the same share, in a unit of this pace. */
const paced = (group: string, days: number, count: number) =>
  times(count, at => {
    const from = addDays(asDay('2023-04-10'), at % 5)
    return spell(from, addDays(from, days), group)
  })

test('a unit with few cases is drawn toward the whole, one with many has a pace of its own', () => {
  const usual = times(20, school => paced(`193/${school}`, 7, 60)).flat()
  const mean = (hazards: Float64Array) => {
    let [left, days] = [1, 0]
    for (let day = 0; day <= longest; day += 1) {
      left *= 1 - hazards[day]!
      days += left
    }
    return days
  }
  const means = (more: WaitingSpell[], group: string) => {
    const leadTimes = measured([...usual, ...more])
    return { own: mean(leadTimes.hazards('production', group)), whole: mean(leadTimes.hazards('production', '')) }
  }
  const one = means(paced('194/slow', 14, 2), '194/slow')
  const many = means(times(30, () => paced('194/slow', 14, 30)).flat(), '194/slow')
  const none = means([], '207/none')
  assert.ok(Math.abs(one.own - one.whole) < 1, JSON.stringify(one))
  assert.ok(many.own > many.whole + 1.5, JSON.stringify(many))
  assert.equal(none.own, none.whole)
})

test('recent days say more than those of last month', () => {
  const slow = times(400, () => spell('2023-03-01', '2023-03-15'))
  const quick = times(400, () => spell('2023-04-20', '2023-04-21'))
  assert.ok(measured([...slow, ...quick]).hazards('production', '')[1]! > 0.6)
})

test('before anyone has gone through a stage the time limits of the law speak', () => {
  const hazards = measured([]).hazards('approval', '193/a')
  assert.equal(hazards[0], 0.3)
  assert.equal(hazards[longest], 0.3)
})

test('attendance at sessions is learnt by unit, and shrunk toward the whole', () => {
  const attendance = measureAttendance([
    { group: '193/a', outcome: 'served', count: 600 },
    { group: '193/a', outcome: 'absent', count: 400 },
    { group: '193/b', outcome: 'absent', count: 3 },
    { group: '193/b', outcome: 'not-held', count: 100 },
  ])
  assert.ok(Math.abs(attendance.comes('193/a') - 0.6) < 0.01)
  assert.ok(attendance.comes('193/b') > 0.45 && attendance.comes('193/b') < 0.6, `${attendance.comes('193/b')}`)
  assert.ok(Math.abs(attendance.held - 1003 / 1103) < 0.01)
})
