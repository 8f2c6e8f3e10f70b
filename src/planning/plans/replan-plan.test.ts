import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aPerson, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { aPlannedCampaign } from '../../../test/planned-campaign.ts'
import { hour, refusal } from '../../../test/planned-ward.ts'
import { addDays, asDay, type Day } from '../../platform/day.ts'
import { openLog } from '../../platform/log.ts'
import { asSystem } from '../../platform/work.ts'
import type * as register from '../../register/register.ts'
import { inviteFamilies } from '../invitations/invitations.ts'
import { checkPlan } from '../plan-check/plan-check.ts'
import * as planning from '../planning.ts'

/** A plan in force is made again after an event, and what its acceptance does to families, rosters and bookings. */

const house = await openHouse({ withUnits: true })
const { as, other, ward, school, hall, team, second, kit, spare, drive } = await aPlannedCampaign(house)
const morningSolver = new URL('./morning-solver.fixture.ts', import.meta.url)
const log = openLog('silent')

let week = 0
/** A week of its own, which begins on a Monday. */
function aWeek() {
  week += 1
  const from = addDays(asDay('2023-05-01'), 7 * week)
  return { from, to: addDays(from, 6), tuesday: addDays(from, 1), wednesday: addDays(from, 2) }
}

const aSession = (day: Day, given: Partial<planning.NewTeamSession> = {}) =>
  as(work =>
    planning.planTeamSession(work, {
      kind: 'card-and-account',
      campaignId: drive.id,
      siteId: school.id,
      teamId: team.id,
      day,
      startsAt: hour('08:00'),
      endsAt: hour('11:00'),
      kits: [kit.id],
      ...given,
    }),
  )
const planOf = (id: planning.PlanId) => as(work => planning.getPlan(work, id))
const run = (id: planning.PlanId) => planning.runPlan(house.openWork, id, { log }, morningSolver)
/** People of the ward's small demands fit into any session; what speaks against one is said elsewhere. */
const confirm = ['overtime', 'sunday', 'capacity', 'team-small', 'site-hours', 'no-kit'] as const
const accept = ({ id, version }: planning.KeptPlan) => as(work => planning.acceptPlan(work, id, { version, confirm }))

/** The sessions that stand, as a plan that was accepted. */
async function inForce({ from, to }: { readonly from: Day; readonly to: Day }) {
  const { id } = await as(work =>
    planning.beginPlan(work, { campaignId: drive.id, from, to, overtime: planning.noOvertime, seed: 5 }),
  )
  await run(id)
  return (await accept(await planOf(id))).plan
}

async function madeAgain(id: planning.PlanId, events: planning.ReplanOrder['events']) {
  const draft = await as(work => planning.beginReplan(work, id, { events, work: 40 }))
  await run(draft.id)
  return planOf(draft.id)
}

const sessionNow = async (id: string, { from, to }: { readonly from: Day; readonly to: Day }) =>
  (await as(work => planning.readCalendar(work, { unitId: ward.unitId, from, to }))).sessions.find(
    session => session.id === id,
  ) ?? assert.fail('it stands no more')
const messages = async (id: string) =>
  (
    await house.owner<{ template: string }>('select template from outreach.message where about_id = $1 order by id', [
      id,
    ])
  ).map(({ template }) => template)
const aPupilWithPhone = async (at: number) =>
  (await enter(house, aPerson({ phone: `09123450${at}` }))) as register.PersonId

async function invited(session: planning.TeamSession, person: register.PersonId) {
  await as(work => planning.addToRoster(work, session.id, { persons: [person] }, { confirm: ['capacity'] }))
  await as(work => inviteFamilies(work, session.id))
}

test('a school that closes moves its own session alone: its families are told, and no others', async () => {
  const days = aWeek()
  const [atSchool, atHall] = [
    await aSession(days.tuesday),
    await aSession(days.wednesday, { siteId: hall.id, teamId: second.id, kits: [spare.id] }),
  ]
  const [pupil, neighbour] = [await aPupilWithPhone(11), await aPupilWithPhone(12)]
  await invited(atSchool, pupil)
  await invited(atHall, neighbour)
  const former = await inForce(days)

  const draft = await madeAgain(former.id, [
    { what: 'site-closed', site: school.id, from: days.tuesday, to: days.tuesday },
  ])
  assert.deepEqual([draft.basedOn, draft.solving, draft.bound], [former.id, 'done', null])
  assert.deepEqual(checkPlan(draft.instance, draft.plan).faults, [])
  const { difference } = await as(work => planning.comparePlans(work, draft.id))
  assert.deepEqual(
    difference.sessions
      .filter(({ before }) => before)
      .map(({ change, isByEvent, isLocked, before }) => [change, isByEvent, isLocked, before?.id]),
    [['moved', true, true, atSchool.id]],
  )
  assert.deepEqual(difference.announced, { all: 2, moved: 1, byEvent: 1 })

  const before = await sessionNow(atHall.id, days)
  const done = await accept(draft)
  assert.deepEqual([done.kept, done.moved, done.cancelled], [1, 1, 0])
  const moved = await sessionNow(atSchool.id, days)
  assert.notEqual(moved.day, days.tuesday)
  assert.equal(moved.siteId, school.id)
  assert.deepEqual(
    (await as(work => planning.readRoster(work, atSchool.id))).map(line => line.personId),
    [pupil],
  )
  assert.deepEqual(await messages(atSchool.id), ['session-invitation', 'session-moved'])
  assert.deepEqual(await messages(atHall.id), ['session-invitation'])
  const stayed = await sessionNow(atHall.id, days)
  assert.deepEqual([stayed.day, stayed.startsAt, stayed.endsAt], [before.day, before.startsAt, before.endsAt])
})

test('a machine that breaks changes who comes, and no family is told of that', async () => {
  const days = aWeek()
  const session = await aSession(days.tuesday)
  const pupil = await aPupilWithPhone(13)
  await invited(session, pupil)
  const former = await inForce(days)

  const draft = await madeAgain(former.id, [{ what: 'kit-out', kit: kit.id, from: days.tuesday, to: days.tuesday }])
  const route = draft.plan?.routes.find(({ sessions }) => sessions.some(({ keeps }) => keeps === session.id))
  assert.deepEqual([route?.day, route?.kits], [days.tuesday, [spare.id]])
  await accept(draft)
  const now = await sessionNow(session.id, days)
  assert.deepEqual([now.day, now.kits.map(({ id }) => id)], [days.tuesday, [spare.id]])
  assert.deepEqual(await messages(session.id), ['session-invitation'])
})

const book = (personId: register.PersonId, session: planning.TeamSession, startsAt: string) =>
  house.openWork(asSystem('own-page'), work =>
    planning.book(work, {
      personId,
      slot: { place: 'session', placeId: session.id, day: session.day, startsAt: hour(startsAt) },
      service: 'A',
      by: 'person',
    }),
  )
const bookings = (session: planning.TeamSession) =>
  house.owner<{ person: string; state: string }>(
    'select person_id as person, state from planning.booking where place_id = $1 order by id',
    [session.id],
  )

test('hours booked before acceptance stay where the session stays, and are given up where it moves', async () => {
  const days = aWeek()
  const [atSchool, atHall] = [
    await aSession(days.tuesday),
    await aSession(days.wednesday, { siteId: hall.id, teamId: second.id, kits: [spare.id] }),
  ]
  const former = await inForce(days)
  const [early, late, neighbour] = [await aPupilWithPhone(14), await aPupilWithPhone(15), await aPupilWithPhone(16)]
  assert.equal((await book(early, atSchool, '09:00')).is, 'booked')
  const draft = await madeAgain(former.id, [
    { what: 'site-closed', site: school.id, from: days.tuesday, to: days.tuesday },
  ])
  assert.equal((await book(late, atSchool, '09:30')).is, 'booked')
  assert.equal((await book(neighbour, atHall, '09:00')).is, 'booked')

  await accept(draft)
  assert.deepEqual(
    (await bookings(atSchool)).map(({ person, state }) => [person, state]),
    [
      [early, 'place-closed'],
      [late, 'place-closed'],
    ],
  )
  assert.deepEqual(
    (await bookings(atHall)).map(({ person, state }) => [person, state]),
    [[neighbour, 'booked']],
  )
  const places = await house.owner<{ n: number }>(
    `select count(*)::int as n from planning.booking where state = 'booked'
     group by place_id, day, starts_at, person_id`,
  )
  assert.ok(places.every(({ n }) => n === 1))
})

test('an order for overtime that is withdrawn takes its session from the day, and the sheet follows', async () => {
  const days = aWeek()
  const saturday = addDays(days.from, 5)
  const session = await aSession(saturday, { confirm: ['outside-hours'], by: 'commander' })
  const former = await inForce(days)
  const draft = await madeAgain(former.id, [{ what: 'overtime-withdrawn', from: days.from, to: saturday }])
  assert.ok(draft.plan?.routes.every(({ day }) => day !== saturday))
  await accept(draft)
  const now = await sessionNow(session.id, days)
  assert.ok(now.day < saturday)
  assert.deepEqual(now.confirmed, [])

  const ordered = await madeAgain(former.id, [{ what: 'overtime-ordered', from: saturday, to: saturday }])
  const [order] = ordered.instance.days.filter(({ overtime }) => overtime)
  assert.deepEqual([order?.day, ordered.events[0]?.what], [saturday, 'overtime-ordered'])
})

test('what would be with a machine more is a draft that is dropped, and not accepted while nobody has it', async () => {
  const days = aWeek()
  const session = await aSession(days.tuesday)
  const former = await inForce(days)
  const draft = await madeAgain(former.id, [
    {
      what: 'kit-more',
      kit: 'one-more',
      store: former.instance.kits[0]?.store ?? '',
      from: days.tuesday,
      to: days.tuesday,
    },
    { what: 'kit-out', kit: kit.id, from: days.tuesday, to: days.tuesday },
    { what: 'kit-out', kit: spare.id, from: days.tuesday, to: days.tuesday },
  ])
  const route = draft.plan?.routes.find(({ day }) => day === days.tuesday)
  assert.deepEqual(route?.kits, ['one-more'])
  assert.equal((await sessionNow(session.id, days)).version, session.version)
  const facts = await refusal(accept(draft), 'plan-stale')
  assert.deepEqual([...new Set((facts['changed'] as { what: string }[]).map(({ what }) => what))], ['kit-away'])
  assert.equal((await as(work => planning.cancelPlan(work, draft.id))).state, 'dropped')
})

test('a draft of a draft knows what happened before, and one that changed meanwhile is refused', async () => {
  const days = aWeek()
  await aSession(days.tuesday)
  const former = await inForce(days)
  const closed = { what: 'site-closed', site: school.id, from: days.tuesday, to: days.tuesday } as const
  const first = await madeAgain(former.id, [closed])
  const next = await madeAgain(first.id, [{ what: 'kit-out', kit: kit.id, from: days.wednesday, to: days.to }])
  assert.deepEqual([next.basedOn, next.request.carried], [first.id, [closed]])
  assert.ok(
    next.plan?.routes.every(
      ({ day, sessions }) => day !== days.tuesday || sessions.every(({ site }) => site !== school.id),
    ),
  )
  await aSession(days.to, {
    teamId: second.id,
    kits: [spare.id],
    confirm: ['sunday'],
    by: 'commander',
    siteId: hall.id,
  })
  const { changed } = await refusal(accept(next), 'plan-stale')
  assert.ok((changed as { what: string }[]).some(({ what }) => what === 'session-new'))
})

test('a plan is not made again by another ward, nor by events of nobody, nor while another is sought', async () => {
  const days = aWeek()
  await aSession(days.tuesday)
  const former = await inForce(days)
  const closed = { what: 'site-closed', site: school.id, from: days.tuesday, to: days.tuesday } as const
  const again = (work: Parameters<typeof planning.beginReplan>[0], events: planning.ReplanOrder['events'] = [closed]) =>
    planning.beginReplan(work, former.id, { events, work: 5 })
  await refusal(
    house.as(other, work => again(work)),
    'plan-unknown',
  )
  await refusal(
    house.as(other, work => planning.comparePlans(work, former.id)),
    'plan-unknown',
  )
  await refusal(
    as(work => again(work, [{ ...closed, site: 'nowhere' }])),
    'plan-events-refused',
  )
  await refusal(
    as(work => again(work, [{ ...closed, from: asDay('2022-01-01') }])),
    'plan-events-refused',
  )
  const draft = await as(work => again(work))
  await refusal(
    as(work => again(work)),
    'plan-under-way',
  )
  await refusal(
    as(work => planning.comparePlans(work, draft.id)),
    'plan-state-refused',
  )
  await run(draft.id)
  await refusal(
    as(work => planning.comparePlans(work, former.id)),
    'plan-not-comparable',
  )
  assert.deepEqual((await as(work => planning.comparePlans(work, draft.id, draft.id))).difference.sessions, [])
  await as(work => planning.cancelPlan(work, draft.id))
  await refusal(
    as(work => planning.beginReplan(work, draft.id, { events: [closed], work: 5 })),
    'plan-state-refused',
  )
})
