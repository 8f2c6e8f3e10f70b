import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { aPerson, enterAll, idOf } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { aPlannedCampaign } from '../../../test/planned-campaign.ts'
import { hour } from '../../../test/planned-ward.ts'
import { addDays, asDay, type Day } from '../../platform/day.ts'
import { openLog } from '../../platform/log.ts'
import { Problem } from '../../platform/problem.ts'
import { asSystem } from '../../platform/work.ts'
import type * as register from '../../register/register.ts'
import { inviteFamilies } from '../invitations/invitations.ts'
import * as planning from '../planning.ts'
import { holdSession } from '../store-session.ts'

/** People book and move their hours by several connections while a commander accepts a plan that moves sessions. */

const house = await openHouse({ withUnits: true })
const { as, ward, school, hall, team, second, kit, spare, drive } = await aPlannedCampaign(house)
const stays = await as(work =>
  planning.createSite(work, {
    kind: 'hall',
    unitId: ward.unitId,
    name: 'Nhà văn hóa khu 7',
    opensAt: hour('07:00'),
    closesAt: hour('22:00'),
  }),
)
const log = openLog('silent')
const [rounds, peopleARound] = [2, 24]

const people = Array.from({ length: rounds * peopleARound + 1 }, (_, at) =>
  aPerson({ name: `Phạm Thị Lan ${at}`, phone: `09123${String(at).padStart(5, '0')}` }),
)
await enterAll(house, people)
const ids = await Promise.all(people.map(({ person_number }) => idOf(house, String(person_number))))

type Slot = Parameters<typeof planning.book>[1]['slot']

const slotOf = ({ id, day }: planning.TeamSession, startsAt: string): Slot => ({
  ...{ place: 'session', placeId: id, day },
  startsAt: hour(startsAt),
})
const asPerson = <T>(verb: Parameters<typeof house.openWork<T>>[1]) => house.openWork(asSystem('own-page'), verb)

const book = (personId: register.PersonId, slot: Slot) =>
  asPerson(work => planning.book(work, { personId, slot, service: 'A', by: 'person' }))

const aSession = (day: Day, given: Partial<planning.NewTeamSession>) =>
  as(work =>
    planning.planTeamSession(work, {
      ...{ kind: 'card-and-account', campaignId: drive.id, siteId: school.id, teamId: team.id, day },
      ...{ startsAt: hour('08:00'), endsAt: hour('11:00'), kits: [kit.id] },
      ...given,
    }),
  )

/** A week with three sessions; some people are invited to the first. */
async function aWeek(round: number, invited: readonly register.PersonId[]) {
  const from = addDays(asDay('2023-05-01'), 7 * round)
  const [tuesday, thursday, friday] = [1, 3, 4].map(at => addDays(from, at)) as [Day, Day, Day]
  const ofSecond = { teamId: second.id, kits: [spare.id] }
  const sessions = [
    await aSession(tuesday, {}),
    await aSession(thursday, { siteId: hall.id, ...ofSecond }),
    await aSession(friday, { siteId: stays.id, ...ofSecond }),
  ] as const
  if (invited.length > 0) {
    await as(work => planning.addToRoster(work, sessions[0].id, { persons: invited }, { confirm: ['capacity'] }))
    await as(work => inviteFamilies(work, sessions[0].id))
  }
  return { from, to: addDays(from, 6), tuesday, thursday, sessions }
}

/** By the seeds of the morning solver: 3 keeps no session that is not locked, 5 keeps them all. */
async function aPlan({ from, to }: { readonly from: Day; readonly to: Day }, seed: number) {
  const { id } = await as(work =>
    planning.beginPlan(work, { campaignId: drive.id, from, to, overtime: planning.noOvertime, seed }),
  )
  await planning.runPlan(house.openWork, id, { log }, new URL('./morning-solver.fixture.ts', import.meta.url))
  return id
}

/** A draft that moves the sessions of two sites, which are closed on their days. */
async function aDraftThatMoves(round: number, invited: readonly register.PersonId[]) {
  const week = await aWeek(round, invited)
  const id = await aPlan(week, 5)
  await accept(id)
  const closed = (site: string, day: Day) => ({ what: 'site-closed' as const, site, from: day, to: day })
  const events = [closed(school.id, week.tuesday), closed(hall.id, week.thursday)]
  const draft = await as(work => planning.beginReplan(work, id, { events, work: 40 }))
  await planning.runPlan(house.openWork, draft.id, { log })
  return { id: draft.id, sessions: week.sessions }
}

async function aDraftThatCancels(round: number) {
  const week = await aWeek(round, [])
  return { id: await aPlan(week, 3), sessions: week.sessions }
}

const accept = (id: planning.PlanId) =>
  as(async work => {
    const { version } = await planning.getPlan(work, id)
    const confirm = ['overtime', 'sunday', 'capacity', 'team-small', 'site-hours', 'no-kit'] as const
    return planning.acceptPlan(work, id, { version, confirm })
  })

/** What came of an attempt; a refusal is one of its codes, anything else is a fault. */
const outcomeOf = async (attempt: Promise<{ readonly is: string }>): Promise<string> =>
  attempt.then(
    ({ is }) => is,
    (error: unknown) => {
      if (error instanceof Problem) return error.code
      throw error
    },
  )

const rightOutcomes = new Set(['booked', 'full', 'slot-unknown', 'slot-full', 'booking-over', 'already'])

test('no place is sold twice, and nobody stands where no session is, while a plan is accepted', async () => {
  for (let round = 1; round <= rounds; round += 1) {
    const own = ids.slice((round - 1) * peopleARound, round * peopleARound)
    const { id, sessions } = await (round % 2 === 0
      ? aDraftThatCancels(round)
      : aDraftThatMoves(round, own.slice(0, 3)))
    const before = sessions.flatMap(session => [slotOf(session, '09:00'), slotOf(session, '09:30')])
    const standing = await Promise.all(
      own.slice(0, 12).map(async (personId, at) => {
        const done = await book(personId, before[at % before.length] as Slot)
        assert.ok(done.is === 'booked')
        return { personId, bookingId: done.booking.id, at }
      }),
    )
    const moves = standing.map(({ personId, bookingId, at }) => async () => {
      await setTimeout(at * 9)
      const slot = before[(at + 1 + round) % before.length] as Slot
      return outcomeOf(asPerson(work => planning.move(work, { personId, bookingId, slot, by: 'person' })))
    })
    const fresh = own.slice(12).map((personId, at) => async () => {
      await setTimeout(at * 9)
      return outcomeOf(book(personId, slotOf(sessions[at % 2 === 0 ? 0 : 2], '09:00')))
    })
    const [done, ...outcomes] = await Promise.all([accept(id), ...[...moves, ...fresh].map(attempt => attempt())])
    assert.equal(done.plan.state, 'accepted')
    for (const outcome of outcomes) assert.ok(rightOutcomes.has(outcome), outcome)
  }

  const slots = await house.owner<{ taken: number; booked: number; room: number }>(`
    select s.taken[1] as taken, s.room[1] as room, (select count(*)::int from planning.booking b
      where b.place_id = s.place_id and b.day = s.day and b.starts_at = s.starts_at and b.state = 'booked') as booked
    from planning.slot s`)
  assert.ok(slots.length > rounds)
  for (const { taken, booked, room } of slots) assert.ok(taken === booked && booked <= room)

  const lost = await house.owner(`
    select b.id, b.day, b.starts_at, s.day as held, s.starts_at as "from", s.state
    from planning.booking b join planning.session s on s.id = b.place_id
    where b.state = 'booked' and (s.state <> 'planned' or s.day <> b.day
      or b.starts_at < s.starts_at or b.starts_at >= s.ends_at)`)
  assert.deepEqual(lost, [], 'each hour that is booked lies in a session that is held')
})

/** Until a statement of this database waits for a lock of another; soon, or never. */
async function somebodyWaits(): Promise<void> {
  for (let turn = 0; turn < 500; turn += 1) {
    const waiting = await house.owner(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    if (waiting.length > 0) return
    await setTimeout(5)
  }
  assert.fail('nobody waits')
}

test('an hour that moves between two sessions while both are cancelled waits in no circle', async () => {
  const { id, sessions } = await aDraftThatCancels(rounds + 1)
  const personId = ids.at(-1) ?? assert.fail()
  const [from, , to] = sessions
  const done = await book(personId, slotOf(from, '09:00'))
  assert.ok(done.is === 'booked')
  const held = Promise.withResolvers<void>()
  const moved = asPerson(async work => {
    await holdSession(work, to.id)
    held.resolve()
    await somebodyWaits()
    const { id: bookingId } = done.booking
    return planning.move(work, { personId, bookingId, slot: slotOf(to, '09:00'), by: 'person' })
  })
  await held.promise
  const [accepted, outcome] = await Promise.all([accept(id), outcomeOf(moved)])
  assert.deepEqual([accepted.cancelled, outcome], [3, 'booked'])
  const { bookings } = await asPerson(async work => ({ bookings: await planning.bookingsOf(work, personId) }))
  assert.deepEqual(bookings, [], 'the hour that they moved to is given up with its session')
})

test('whoever lost an hour while a plan was accepted is told once of it, and of no more', async () => {
  const released = await house.owner<{ id: string; told: number }>(`
    select b.id, (select count(*)::int from outreach.message m where m.template = 'appointment-place-closed'
        and m.about_id = b.id)
      + (select count(*)::int from outreach.message m where m.template = 'session-moved'
        and m.about_id = b.place_id and m.person_id = b.person_id) as told
    from planning.booking b where b.state = 'place-closed'`)
  assert.ok(released.length > 0)
  for (const { told } of released) assert.equal(told, 1)
  const twice = await house.owner(`
    select template, about_id, person_id, count(*) from outreach.message
    group by template, about_id, person_id having count(*) > 1`)
  assert.deepEqual(twice, [])
})
