import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHouse } from '../../../test/house.ts'
import { aWard, hour, refusal } from '../../../test/planned-ward.ts'
import { addDays, asDay, type Day } from '../../platform/day.ts'
import * as planning from '../planning.ts'

/** What speaks against a team or a machine: said before it is chosen, and asked once more when it was. */

const house = await openHouse({ withUnits: true })
const { as, ward, other, school, hall, team, kit, spare, officers } = await aWard(house)
const day = asDay('2023-06-06')

const crewOf = (name: string, members: readonly { at: number; role: 'photo' | 'lone' }[]) =>
  as(work =>
    planning.createTeam(work, {
      unitId: ward.unitId,
      name,
      colour: 3,
      members: members.map(({ at, role }) => ({ officerId: officers[at]! as never, role })),
    }),
  )
const empty = await crewOf('Tổ trống', [])
const small = await crewOf('Tổ mỏng', [{ at: 3, role: 'photo' }])

const question = (on: Day): planning.CrewQuestion => ({
  kind: 'card-and-account',
  day: on,
  startsAt: hour('08:00'),
  endsAt: hour('11:00'),
})
const readinessOf = (on: Day) => as(work => planning.readCrewReadiness(work, question(on)))
const markedTeam = async (on: Day, id: string) => (await readinessOf(on)).teams.find(one => one.id === id)

const session = (given: Partial<planning.NewTeamSession>): planning.NewTeamSession => ({
  ...question(day),
  siteId: school.id,
  teamId: team.id,
  kits: [kit.id],
  ...given,
})
const plan = (given: Partial<planning.NewTeamSession>) => as(work => planning.planTeamSession(work, session(given)))
const warned = async (given: Partial<planning.NewTeamSession>) =>
  (await refusal(plan(given), 'session-needs-confirmation'))['warnings']

test('a team without officers is said to be empty, and a session with it is refused', async () => {
  assert.equal((await markedTeam(day, empty.id))?.members, 0)
  await refusal(plan({ teamId: empty.id }), 'session-nobody')
})

test('a team of one is too small for cards unless they work alone, and is planned once confirmed', async () => {
  const mark = { code: 'team-small', officers: 1, least: 2 }
  assert.deepEqual((await markedTeam(day, small.id))?.marks, [mark])
  assert.deepEqual(await warned({ teamId: small.id, kits: [spare.id] }), [mark])
  const planned = await plan({ teamId: small.id, kits: [spare.id], siteId: hall.id, confirm: ['team-small'] })
  assert.deepEqual(planned.confirmed, ['team-small'])
})

test('who has a stand-in or whose post is over by then is away, by name', async () => {
  const on = addDays(day, 7)
  const [away] = await house.owner<{ id: string }>(
    `insert into staff.appointment (id, officer_id, role, unit_id, from_on, to_on)
     select gen_random_uuid(), $1, 'ward-officer', $2, '2023-01-01', '2023-05-01' returning id`,
    [officers[1], ward.unitId],
  )
  assert.ok(away)
  const mark = { code: 'members-away', away: 1, all: 2, names: 'Cán Bộ 2' }
  assert.deepEqual((await markedTeam(on, team.id))?.marks, [mark])
  assert.deepEqual(await warned({ day: on }), [mark])
  await house.owner('delete from staff.appointment where id = $1', [away.id])
})

test('an officer above the overtime of the law is named, and the session asks for a confirmation', async () => {
  const on = addDays(day, 14)
  const { id } = await plan({ day: addDays(on, 1) })
  await house.owner(
    `insert into planning.overtime (session_id, officer_id, unit_id, day, basis, worked_from, worked_to, weekday,
       rest_day, holiday, night, weighted) values ($1, $2, $3, $4, 'own', 0, 1440, 3660, 0, 0, 0, 0)`,
    [id, officers[0], ward.unitId, addDays(on, 1)],
  )
  const mark = { code: 'overtime', names: 'Cán Bộ 1' }
  assert.deepEqual((await markedTeam(on, team.id))?.marks, [mark])
  assert.deepEqual(await warned({ day: on }), [mark])
  await house.owner('delete from planning.overtime where session_id = $1', [id])
})

test('a session for cards without a machine asks for a confirmation; one for activation does not', async () => {
  const on = addDays(day, 21)
  assert.deepEqual(await warned({ day: on, kits: [] }), [{ code: 'no-kit' }])
  await plan({ day: on, kits: [], kind: 'activation' })
})

test('who is at another session in these hours, and a machine that is there or in repair, are said', async () => {
  const on = addDays(day, 28)
  const { code, id } = await plan({ day: on })
  await as(work => planning.changeKitState(work, spare.id, { state: 'repair', repairUntil: on }))
  const { teams, kits } = await readinessOf(on)
  const there = { code, startsAt: '08:00', endsAt: '11:00' }
  assert.deepEqual(teams.find(one => one.id === team.id)?.elsewhere, { ...there, names: 'Cán Bộ 1, Cán Bộ 2' })
  assert.deepEqual(
    kits.map(({ state }) => state),
    ['elsewhere', 'in-repair'],
  )
  const moved = await as(work => planning.readCrewReadiness(work, { ...question(on), session: id }))
  assert.equal(moved.teams.find(one => one.id === team.id)?.elsewhere, undefined)
  await as(work => planning.changeKitState(work, spare.id, { state: 'ready' }))
})

test('an officer of another unit is told nothing of the teams and machines of this one', async () => {
  const { teams, kits } = await house.as(other, work => planning.readCrewReadiness(work, question(day)))
  assert.deepEqual([teams, kits], [[], []])
})
