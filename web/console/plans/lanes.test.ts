import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kindOf, sessionBeside, shortSite, slotBeside } from './lanes.ts'
import type { PlanWeek, WeekSession } from './search.ts'

const lanes = {
  teams: ['north', 'south'].map(id => ({ id, name: id, base: '', officers: 2 })),
  shifts: ['morning', 'afternoon'].map(id => ({ id, from: '07:00', to: '12:00' })),
  days: ['2023-04-23', '2023-04-24', '2023-04-25'].map((day, at) => ({
    ...{ day, within: at > 0, work: 'ordinary' as const, ordered: false },
  })),
} satisfies Pick<PlanWeek, 'teams' | 'days' | 'shifts'>
const slot = (team: string, day: string, shift: string) => ({ team, day: `2023-04-${day}`, shift })

test('arrows move a session by days of the plan, and by shifts of one team after another', () => {
  const from = slot('north', '24', 'afternoon')
  assert.deepEqual(slotBeside(lanes, from, 'ArrowRight'), slot('north', '25', 'afternoon'))
  assert.deepEqual(slotBeside(lanes, from, 'ArrowLeft'), from, 'the plan begins on this day')
  assert.deepEqual(slotBeside(lanes, from, 'ArrowDown'), slot('south', '24', 'morning'))
  assert.deepEqual(slotBeside(lanes, slot('north', '24', 'morning'), 'ArrowUp'), slot('north', '24', 'morning'))
})

test('arrows go to the nearest session that way, and stay where there is none', () => {
  const at = (id: string, place: ReturnType<typeof slot>) => ({ id, ...place }) as WeekSession
  const here = at('here', slot('north', '24', 'morning'))
  const sessions = [here, at('below', slot('south', '24', 'afternoon')), at('right', slot('south', '25', 'afternoon'))]
  assert.equal(sessionBeside(lanes, sessions, here, 'ArrowDown').id, 'below')
  assert.equal(sessionBeside(lanes, sessions, here, 'ArrowRight').id, 'right')
  assert.equal(sessionBeside(lanes, sessions, here, 'ArrowUp').id, 'here')
})

test('a session with a machine is one for cards, and its name leaves out what every school has', () => {
  assert.equal(kindOf({ kinds: ['activation', 'capture'] }), 'capture')
  assert.equal(kindOf({ kinds: [] }), 'activation')
  assert.equal(shortSite('Trường THPT Vũng Đục'), 'Vũng Đục')
  assert.equal(shortSite('Nhà văn hóa Phường Hồng Hà'), 'NVH P. Hồng Hà')
})
