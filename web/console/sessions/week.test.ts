import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asDay } from '../../../src/platform/day.ts'
import { newId } from '../../../src/platform/ids.ts'
import { type Calendar, gridded, isCrowded, type Session, teamText } from './week.ts'

const day = asDay('2023-04-15')
const at = (startsAt: string, endsAt: string, more: Partial<Session> = {}) =>
  ({ day, startsAt, endsAt, state: 'planned', kind: 'card-and-account', ...more }) as Session
const morning = (many: number, more: Partial<Session> = {}) =>
  Array.from({ length: many }, () => at('07:30', '11:30', more))

test('three sessions at one hour stand side by side, a fourth makes the week a list', () => {
  assert.equal(isCrowded(morning(3), [day]), false)
  assert.equal(isCrowded(morning(4), [day]), true)
})

test('a week is not crowded by what is cancelled, by counters, by other hours or by other weeks', () => {
  const rest = [...morning(2, { state: 'cancelled' }), ...morning(2, { kind: 'counter' }), at('13:30', '17:00')]
  assert.equal(isCrowded([...morning(3), ...rest], [day]), false)
  assert.equal(gridded([...morning(3), ...rest], day).length, 4)
  assert.equal(isCrowded(morning(9), [asDay('2023-04-16')]), false)
})

test('a team name includes its unit only where teams of several units are shown', () => {
  const team = {
    id: 'a',
    unitId: newId<'unit'>(),
    unitName: 'Thành phố Hạ Long',
    name: 'Tổ 1',
    colour: 1,
    members: [],
  }
  const other = { ...team, id: 'b', unitId: newId<'unit'>(), unitName: 'Thành phố Cẩm Phả' }
  assert.equal(teamText(team, { teams: [team] } as unknown as Calendar), 'Tổ 1')
  assert.equal(teamText(team, { teams: [team, other] } as unknown as Calendar), 'Tổ 1, Hạ Long')
})
