import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { asDay } from '../../platform/day.ts'
import { builtInLaw, ruleOn } from '../../platform/law.ts'
import { asHour, minutesOf } from '../hour.ts'
import { usualWorkingHours } from '../law.ts'
import { codeOf } from '../session-code.ts'
import { capacityOf } from '../sessions/capacity.ts'
import { projectEnd } from '../sessions/projected-end.ts'
import { spansOutside, workedSpans } from '../working-hours.ts'
import { minutesIn, overLimits, overtimeOf } from './reckoning.ts'

const [thursday, saturday, sunday, holiday] = ['2023-04-20', '2023-04-22', '2023-04-23', '2023-05-01'].map(asDay) as [
  ReturnType<typeof asDay>,
  ReturnType<typeof asDay>,
  ReturnType<typeof asDay>,
  ReturnType<typeof asDay>,
]
const at = (text: string) => minutesOf(asHour(text))
const usualHours = ruleOn(usualWorkingHours, thursday, builtInLaw)
const work = (day: typeof thursday, from: string, to: number | string, hours = usualHours) =>
  overtimeOf(
    { day, from: at(from), to: typeof to === 'number' ? to : at(to), hours, isHoliday: on => on === holiday },
    builtInLaw,
  )

test('on a working day only the time beyond the hours is overtime, at one and a half', () => {
  assert.deepEqual(work(thursday, '07:30', '17:00'), { weekday: 0, restDay: 0, holiday: 0, night: 0, weighted: 0 })
  assert.deepEqual(work(thursday, '13:30', '18:10'), { weekday: 70, restDay: 0, holiday: 0, night: 0, weighted: 105 })
  assert.equal(work(thursday, '07:00', '08:00').weekday, 30, 'before the hours as well as after them')
})

test('the midday break is no overtime for who works on both sides of it, and is for who works in it', () => {
  assert.equal(work(thursday, '08:00', '16:00').weekday, 0)
  assert.equal(work(thursday, '08:00', '12:10').weekday, 40)
  assert.equal(work(thursday, '12:00', '16:00').weekday, 90)
  assert.equal(work(thursday, '11:40', '13:20').weekday, 100)
})

test('a Saturday and a Sunday count double, a holiday threefold though it fall on a weekday', () => {
  assert.deepEqual(work(saturday, '08:00', '10:00'), { weekday: 0, restDay: 120, holiday: 0, night: 0, weighted: 240 })
  assert.deepEqual(work(sunday, '08:00', '10:00'), { weekday: 0, restDay: 120, holiday: 0, night: 0, weighted: 240 })
  assert.deepEqual(work(holiday, '08:00', '10:00'), { weekday: 0, restDay: 0, holiday: 120, night: 0, weighted: 360 })
})

test('where Saturday mornings are worked they are no overtime; the afternoon is', () => {
  const hours = { ...usualHours, saturday: 'morning' as const }
  assert.equal(work(saturday, '07:30', '11:30', hours).restDay, 0)
  assert.equal(work(saturday, '08:00', '13:30', hours).restDay, 120)
})

test('past midnight the minutes are those of the next day, and of the night', () => {
  const late = work(thursday, '20:00', 1440 + 90)
  assert.deepEqual(late, { weekday: 330, restDay: 0, holiday: 0, night: 210, weighted: 180 + 420 })
  const intoSunday = work(saturday, '23:00', 1440 + 60)
  assert.deepEqual([intoSunday.restDay, intoSunday.night, intoSunday.weighted], [120, 120, 324])
  const intoHoliday = work(asDay('2023-04-30'), '23:00', 1440 + 60)
  assert.deepEqual([intoHoliday.restDay, intoHoliday.holiday], [60, 60])
})

test('above sixty hours a month, and two or three hundred a year, it warns', () => {
  assert.deepEqual(overLimits({ month: 3600, year: 12_000 }, thursday, builtInLaw), [])
  assert.deepEqual(overLimits({ month: 3601, year: 12_001 }, thursday, builtInLaw), ['month', 'year'])
  assert.deepEqual(overLimits({ month: 0, year: 18_001 }, thursday, builtInLaw), ['listed-year'])
})

test('worked and outside never overlap, and overtime is never longer than the work', () => {
  const minute = fc.integer({ min: 0, max: 1440 })
  fc.assert(
    fc.property(minute, minute, fc.constantFrom(thursday, saturday, sunday, holiday), (a, b, day) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)]
      const spans = workedSpans(usualHours, day)
      for (const part of spansOutside(spans, { from, to }))
        for (const span of spans) assert.ok(part.to <= span.from || span.to <= part.from, 'no minute is both')
      const overtime = overtimeOf({ day, from, to, hours: usualHours, isHoliday: () => false }, builtInLaw)
      assert.ok(minutesIn(overtime) <= to - from)
      assert.ok(overtime.night <= minutesIn(overtime) && overtime.weighted >= minutesIn(overtime))
    }),
  )
})

test('capacity counts machines by the hour, officers for activation alone, and is zero without a machine', () => {
  assert.equal(
    capacityOf(
      { kind: 'card-and-account', minutes: 240, kits: [undefined, undefined], officers: 3 },
      thursday,
      builtInLaw,
    ),
    120,
  )
  assert.equal(
    capacityOf({ kind: 'card-and-account', minutes: 240, kits: [20], officers: 3 }, thursday, builtInLaw),
    80,
  )
  assert.equal(capacityOf({ kind: 'card-and-account', minutes: 240, kits: [], officers: 3 }, thursday, builtInLaw), 0)
  assert.equal(capacityOf({ kind: 'activation', minutes: 120, kits: [], officers: 2 }, thursday, builtInLaw), 24)
})

test('the end of a session is projected from its pace so far, once three people are done', () => {
  const openedAt = new Date('2023-04-20T06:30:00Z')
  const after = (minutes: number) => new Date(openedAt.getTime() + minutes * 60_000)
  const pace = { openedAt, left: 4, places: 2, now: after(31) }
  assert.equal(projectEnd({ ...pace, ended: [after(10), after(20)] }), undefined)
  const told = projectEnd({ ...pace, ended: [after(10), after(20), after(30)] })
  assert.deepEqual(told, { endsAt: after(70), minutesEach: 20 })
  assert.deepEqual(
    projectEnd({ ...pace, left: 0, ended: [after(10), after(20), after(30)] })?.endsAt,
    after(31),
    'never before now',
  )
})

test('the code of a session has the letters of its unit and a number', () => {
  assert.equal(codeOf('Phường Hồng Hà', 41), 'HH-041')
  assert.equal(codeOf('Xã Đồn Đạc', 7), 'DD-007')
})
