import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { aPerson, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { aWard, hour, refusal } from '../../../test/planned-ward.ts'
import * as audit from '../../audit/audit.ts'
import * as followUps from '../../follow-ups/follow-ups.ts'
import { addDays, asDay } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { asSystem, makeOpenWork, type Work } from '../../platform/work.ts'
import type * as register from '../../register/register.ts'
import * as planning from '../planning.ts'
import { readCounterDay } from '../queue/counter-day.ts'
import { placesLeft, roomOf } from './slot.ts'

const house = await openHouse({ withUnits: true })
const world = await aWard(house)
const { as, ward, other } = world
const today = asDay('2023-04-20')

const aCounterSite = (name: string) =>
  as(work =>
    planning.createSite(work, {
      kind: 'counter',
      unitId: ward.unitId,
      name,
      address: 'tầng 1',
      opensAt: hour('07:00'),
      closesAt: hour('17:30'),
    }),
  )

/** A counter of some desks that all do everything. */
async function aCounter(name: string, desks: number, setting: Partial<planning.CounterSetting> = {}) {
  const site = await aCounterSite(name)
  return as(work =>
    planning.setCounter(work, site.id, {
      desks: Array.from({ length: desks }, (_, n) => ({ number: n + 1, services: ['A', 'B', 'C'], isOpen: true })),
      walkInPercent: 0,
      ...setting,
    }),
  )
}

const counter = await aCounter('Bộ phận tiếp nhận', 2, { minutes: { A: 20, B: 10, C: 5 } })
const aSlot = (day: string, at: string, of = counter): planning.Slot => ({
  place: 'counter',
  placeId: of.siteId,
  day: asDay(day),
  startsAt: hour(at),
})
/** Books as a citizen's page does: in a work of the house, for one person. */
const bookFor = (
  personId: Id<'person'>,
  slot: planning.Slot,
  service: planning.Service = 'A',
  openWork = house.openWork,
) => openWork(asSystem('own-page'), work => planning.book(work, { personId, slot, service, by: 'person' }))
const aPupil = async () => (await enter(house, aPerson({}))) as register.PersonId
const someone = () => newId<'person'>()
const stateOf = async (personId: string) =>
  (
    await house.owner<{ state: string }>('select state from planning.booking where person_id = $1 order by id', [
      personId,
    ])
  ).map(({ state }) => state)

test('a place is left only where all that is booked with it can still be served', () => {
  const desks = [
    { number: 1, services: ['A'], isOpen: true },
    { number: 2, services: ['A', 'B'], isOpen: true },
    { number: 3, services: ['C'], isOpen: false },
  ] as const
  const room = roomOf(desks, { slotMinutes: 20, walkInPercent: 0 })
  const minutes = [20, 10, 5]
  assert.equal(placesLeft({ minutes, room, taken: [0, 0, 0] }, 'A'), 2)
  assert.equal(placesLeft({ minutes, room, taken: [1, 0, 0] }, 'B'), 2)
  // Two for accounts fill desk 2, so desk 1 alone is left for cards.
  assert.equal(placesLeft({ minutes, room, taken: [0, 2, 0] }, 'A'), 1)
  assert.equal(placesLeft({ minutes, room, taken: [2, 0, 0] }, 'B'), 0)
  assert.equal(placesLeft({ minutes, room, taken: [0, 0, 0] }, 'C'), 0)
  const kept = roomOf(desks, { slotMinutes: 20, walkInPercent: 50 })
  assert.equal(placesLeft({ minutes, room: kept, taken: [0, 0, 0] }, 'A'), 1)
})

test('days that are offered say why nobody is served: a holiday, a Sunday, a closed day', async () => {
  await as(work => planning.closeSiteForDay(work, counter.siteId, { day: asDay('2023-04-27'), why: 'shut' }))
  const [offer] = await house.openWork({ ...asSystem('own-page'), scope: 'none' }, work =>
    planning.offerOf(work, { siteId: counter.siteId, service: 'A' }),
  )
  const is = (day: string) => offer?.days.find(one => one.day === day)
  assert.equal(offer?.days.length, 14)
  assert.equal(is('2023-04-21')?.is, 'open')
  assert.equal(is('2023-04-21')?.left, 44)
  assert.equal(is('2023-04-22')?.is, 'day-off')
  assert.equal(is('2023-04-27')?.is, 'closed')
  assert.equal(is('2023-05-01')?.is, 'holiday')
  assert.ok(is('2023-05-01')?.name)
})

test('an hour is booked once however often it is asked for, with the ticket number of the day', async () => {
  const pupil = await aPupil()
  const first = await bookFor(pupil, aSlot('2023-04-21', '09:10'))
  assert.equal(first.is, 'booked')
  const again = await bookFor(pupil, aSlot('2023-04-21', '09:10'))
  assert.equal(again.is, 'already')
  const elsewhere = await bookFor(pupil, aSlot('2023-04-21', '09:50'))
  assert.equal(elsewhere.is, 'other-hour')
  const next = await bookFor(await aPupil(), aSlot('2023-04-21', '09:10'))
  assert.ok(first.is === 'booked' && next.is === 'booked')
  assert.equal(planning.ticketText('A', next.booking.number), `A 00${first.booking.number + 1}`)
  const full = await bookFor(await aPupil(), aSlot('2023-04-21', '09:10'))
  assert.ok(full.is === 'full')
  assert.deepEqual(
    full.nearest.map(({ startsAt }) => startsAt),
    ['08:50', '09:30'],
  )
  const seen = await as(work => planning.bookingsOf(work, pupil))
  assert.equal(seen.length, 1)
})

test('what is not offered is refused: another hour, a Sunday, a day that is over or too far ahead', async () => {
  await refusal(bookFor(someone(), aSlot('2023-04-21', '09:25')), 'slot-unknown')
  await refusal(bookFor(someone(), aSlot('2023-04-23', '09:20')), 'slot-unknown')
  await refusal(bookFor(someone(), aSlot('2023-04-19', '09:20')), 'slot-over')
  // Fourteen days are offered; this working day is the next one.
  await refusal(bookFor(someone(), aSlot('2023-05-04', '09:10')), 'slot-unknown')
})

test('a move keeps the old place until the new one is taken, and loses nothing where it is full', async () => {
  const [one, two, three] = [someone(), someone(), someone()]
  const booked = await bookFor(one, aSlot('2023-04-24', '08:10'))
  await bookFor(two, aSlot('2023-04-24', '08:30'))
  await bookFor(three, aSlot('2023-04-24', '08:30'))
  assert.ok(booked.is === 'booked')
  const moveTo = (at: string) =>
    house.work(work =>
      planning.move(work, {
        personId: one,
        bookingId: booked.booking.id,
        slot: aSlot('2023-04-24', at),
        by: 'person',
      }),
    )
  assert.equal((await moveTo('08:30')).is, 'full')
  assert.deepEqual(await stateOf(one), ['booked'])
  const moved = await moveTo('08:50')
  assert.ok(moved.is === 'booked')
  assert.deepEqual(await stateOf(one), ['moved', 'booked'])
  const [slot] = await house.owner<{ taken: number[] }>(
    `select taken from planning.slot where place_id = $1 and day = '2023-04-24' and starts_at = '08:10'`,
    [counter.siteId],
  )
  assert.deepEqual(slot?.taken, [0, 0, 0])
  await house.work(work => planning.cancel(work, { personId: one, bookingId: moved.booking.id, by: 'person' }))
  await refusal(
    house.work(work => planning.confirm(work, { personId: one, bookingId: moved.booking.id })),
    'booking-over',
  )
})

test('200 ask at once for 190 places: 190 get one, 10 are offered the nearest, none gets two', async () => {
  const large = await aCounter('Trung tâm Phục vụ hành chính công', 19, {
    minutes: { A: 20 },
    slotMinutes: 20,
    desks: [...Array.from({ length: 19 }, (_, n) => ({ number: n + 1, services: ['A'] as const, isOpen: true }))],
  })
  const [offer] = await house.work(work => planning.offerOf(work, { siteId: large.siteId, service: 'A' }))
  const ten = offer!.days.flatMap(({ slots }) => slots.filter(({ isOver }) => !isOver)).slice(0, 10)
  const people = Array.from({ length: 200 }, (_, n) => ({ personId: someone(), slot: ten[n % 10]! }))
  // Over HTTP more ask in src/families/page/rush.test.ts, and 2,000 in bench/appointments.ts.
  // Some dozens at a time, as a server lets them in; every tenth asks twice in the same moment, as a finger does.
  const answers: (planning.BookingResult & { personId: string })[] = []
  const line = people.values()
  const ask = async () => {
    for (const { personId, slot } of line) {
      const times = answers.length % 10 === 0 ? 2 : 1
      const told = await Promise.all(Array.from({ length: times }, () => bookFor(personId, slot)))
      answers.push(...told.map(one => ({ personId, ...one })))
    }
  }
  await Promise.all(Array.from({ length: 40 }, ask))
  const booked = new Set(answers.flatMap(one => (one.is === 'booked' ? [one.personId] : [])))
  assert.equal(booked.size, 190)
  assert.equal(answers.filter(one => one.is === 'booked').length, 190)
  const turnedAway = answers.filter(one => one.is === 'full' && !booked.has(one.personId))
  assert.equal(new Set(turnedAway.map(({ personId }) => personId)).size, 10)
  assert.ok(turnedAway.every(one => one.is === 'full' && one.nearest.length === 2))
  const [counts] = await house.owner<{ rows: number; most: number; people: number; numbers: number }>(
    `select count(*) as rows, max(s.taken[1]) as most, count(distinct a.person_id) as people,
       count(distinct (a.day, a.number)) as numbers
     from planning.booking a join planning.slot s
       on s.place_id = a.place_id and s.day = a.day and s.starts_at = a.starts_at
     where a.place_id = $1 and a.state = 'booked'`,
    [large.siteId],
  )
  assert.deepEqual(counts, { rows: 190, most: 19, people: 190, numbers: 190 })
  await house.owner('delete from planning.booking where place_id = $1', [large.siteId])
})

test('the database itself refuses a slot above what fits', async () => {
  await assert.rejects(
    house.owner(
      `update planning.slot set taken = array[3, 0, 0]::smallint[] where place_id = $1 and day = '2023-04-24'`,
      [counter.siteId],
    ),
    /never_over_booked/,
  )
})

test('a booking whose work is killed in the middle leaves no place taken and no booking', async () => {
  const killed = makeOpenWork(house.database, {
    beforeCommit: async work => {
      await audit.seal(work)
      throw new Error('killed')
    },
    businessDay: () => today,
  })
  const person = someone()
  await assert.rejects(bookFor(person, aSlot('2023-04-25', '09:10'), 'A', killed), /killed/)
  assert.deepEqual(await stateOf(person), [])
  assert.deepEqual(
    await house.owner(`select 1 from planning.slot where place_id = $1 and day = '2023-04-25'`, [counter.siteId]),
    [],
  )
})

test('fewer desks take nobody off who is booked, and take nobody else on', async () => {
  const small = await aCounter('Công an phường, tầng 2', 3, {
    minutes: { A: 20 },
    desks: [1, 2, 3].map(number => ({ number, services: ['A'] as const, isOpen: true })),
  })
  const slot = aSlot('2023-04-25', '08:10', small)
  for (let n = 0; n < 2; n += 1) await bookFor(someone(), slot)
  await as(work => planning.setCounter(work, small.siteId, { desks: [{ number: 1, services: ['A'], isOpen: true }] }))
  assert.equal((await bookFor(someone(), slot)).is, 'full')
  await refusal(
    as(work => planning.setCounter(work, small.siteId, { desks: [{ number: 1, services: ['B'], isOpen: true }] })),
    'counter-settings-wrong',
  )
})

test('where a slot is too short for a service, several in sequence are booked, moved and given back', async () => {
  // Of twenty minutes sixteen are for bookings, and a card takes twenty.
  const short = await aCounter('Điểm tiếp nhận số 5', 1, {
    minutes: { A: 20, B: 5 },
    walkInPercent: 20,
    desks: [{ number: 1, services: ['A', 'B'], isOpen: true }],
  })
  const offerFor = async (service: planning.Service) => {
    const [offer] = await house.work(work => planning.offerOf(work, { siteId: short.siteId, service }))
    return offer?.days.find(({ day }) => day === '2023-04-24')
  }
  const before = await offerFor('A')
  // Twelve slots in the morning and ten in the afternoon: two each, and the last of a stretch has none behind it.
  assert.deepEqual([before?.left, before?.slots.length, before?.slots.at(-1)?.startsAt], [11, 20, '16:10'])
  const [one, two, three] = [someone(), someone(), someone()]
  const booked = await bookFor(one, aSlot('2023-04-24', '08:10', short))
  assert.ok(booked.is === 'booked')
  assert.deepEqual(booked.booking.alsoAt, ['08:30'])
  for (const at of ['07:50', '08:10', '08:30'])
    assert.equal((await bookFor(two, aSlot('2023-04-24', at, short))).is, 'full', at)
  await refusal(bookFor(two, aSlot('2023-04-24', '11:10', short)), 'slot-unknown')
  assert.equal((await bookFor(three, aSlot('2023-04-24', '08:30', short), 'B')).is, 'booked')
  assert.equal((await offerFor('A'))?.left, 10)
  const taken = async () =>
    (
      await house.owner<{ at: string; taken: number[] }>(
        `select to_char(starts_at, 'HH24:MI') as at, taken from planning.slot
         where place_id = $1 and day = '2023-04-24' and taken <> '{0,0,0}' order by 1`,
        [short.siteId],
      )
    ).map(({ at, taken: [a, b] }) => [at, a, b])
  assert.deepEqual(await taken(), [
    ['08:10', 1, 0],
    ['08:30', 1, 1],
  ])
  // To the slot behind: the one that both take stays taken.
  const moved = await house.work(work =>
    planning.move(work, {
      ...{ personId: one, bookingId: booked.booking.id, by: 'person' },
      slot: aSlot('2023-04-24', '08:30', short),
    }),
  )
  assert.ok(moved.is === 'booked')
  assert.deepEqual(await taken(), [
    ['08:30', 1, 1],
    ['08:50', 1, 0],
  ])
  await house.work(work => planning.cancel(work, { personId: one, bookingId: moved.booking.id, by: 'person' }))
  assert.deepEqual(await taken(), [['08:30', 0, 1]])
})

test('a counter whose slots are too short even in sequence is refused with the service', async () => {
  const site = await aCounterSite('Điểm tiếp nhận số 6')
  const set = (slotMinutes: number, isOpen: boolean) =>
    as(work =>
      planning.setCounter(work, site.id, {
        desks: [{ number: 1, services: ['A'], isOpen }],
        ...{ slotMinutes, walkInPercent: 50, minutes: { A: 20 } },
      }),
    )
  assert.deepEqual((await refusal(set(5, true), 'counter-slot-short'))['services'], ['A'])
  assert.equal((await set(5, false)).slotMinutes, 5, 'who is closed offers nothing, and says so')
  assert.equal((await set(10, true)).slotMinutes, 10)
})

test('a family that moves from the school session to a counter leaves the roster and the session’s sight', async () => {
  const { school, team, kit } = world
  const pupil = await aPupil()
  const session = await as(work =>
    planning.planTeamSession(work, {
      kind: 'card-and-account',
      siteId: school.id,
      teamId: team.id,
      day: asDay('2023-04-26'),
      startsAt: hour('08:00'),
      endsAt: hour('11:00'),
      kits: [kit.id],
    }),
  )
  await as(work => planning.addToRoster(work, session.id, { persons: [pupil] }))
  const atSession = (at: string): planning.Slot => ({
    place: 'session',
    placeId: session.id,
    day: session.day,
    startsAt: hour(at),
  })
  const hourThere = await bookFor(pupil, atSession('09:00'))
  assert.ok(hourThere.is === 'booked')
  const stranger = await bookFor(await aPupil(), atSession('09:00'))
  assert.equal(stranger.is, 'booked')
  const lines = () => as(work => planning.readRoster(work, session.id))
  assert.equal((await lines()).length, 2)
  await house.work(work =>
    planning.move(work, {
      personId: pupil,
      bookingId: hourThere.booking.id,
      slot: aSlot('2023-04-26', '09:10'),
      by: 'family',
    }),
  )
  assert.ok((await lines()).every(({ personId }) => personId !== pupil))
  const deeds = await house.work(work => audit.deedsOfName(work, session.id, 'roster.left'))
  assert.equal(deeds.length, 1)
  const cases = await house.owner<{ kind: string }>('select kind from register.access_case where person_id = $1', [
    pupil,
  ])
  assert.deepEqual(
    cases.map(({ kind }) => kind),
    ['booking'],
  )
})

test('an officer of another unit sees no booking and books nobody whom they do not see', async () => {
  const pupil = await aPupil()
  await bookFor(pupil, aSlot('2023-04-25', '10:10'))
  const elsewhere = <T>(verb: (work: Work) => Promise<T>) => house.as(other, verb)
  assert.deepEqual(await elsewhere(work => planning.bookingsOf(work, pupil)), [])
  await refusal(
    elsewhere(work => planning.getCounter(work, counter.siteId)),
    'counter-unknown',
  )
  const [booking] = await as(work => planning.bookingsOf(work, pupil))
  await refusal(
    elsewhere(work => planning.cancel(work, { personId: pupil, bookingId: booking!.id, by: 'officer' })),
    'booking-unknown',
  )
  await refusal(
    as(work =>
      planning.book(work, { personId: someone(), slot: aSlot('2023-04-25', '10:10'), service: 'B', by: 'officer' }),
    ),
    'person-unknown',
  )
  const mine = await house.openWork({ ...asSystem('own-page'), scope: 'none', ownOf: pupil }, work =>
    planning.bookingsOf(work, pupil),
  )
  assert.equal(mine.length, 1)
  const strangers = await house.openWork({ ...asSystem('own-page'), scope: 'none', ownOf: someone() }, work =>
    planning.bookingsOf(work, pupil),
  )
  assert.deepEqual(strangers, [])
})

test('a day that is closed tells those who had a slot then and nobody else, and books them again', async () => {
  const closing = await aCounter('Điểm tiếp nhận số 3', 1, {
    minutes: { A: 20 },
    desks: [{ number: 1, services: ['A'], isOpen: true }],
  })
  const withPhone = async () => {
    const id = await aPupil()
    await house.owner('insert into register.phone (person_id, phone) values ($1, $2)', [
      id,
      `+84912${String(Date.now()).slice(-6)}`,
    ])
    return id
  }
  const [hit, spared] = [await withPhone(), await withPhone()]
  await bookFor(hit, aSlot('2023-04-24', '09:10', closing))
  await bookFor(spared, aSlot('2023-04-25', '09:10', closing))
  await as(async work => {
    await planning.closeSiteForDay(work, closing.siteId, { day: asDay('2023-04-24'), why: 'shut' })
    for (const deed of work.deeds.filter(one => one.deed === 'site.closed-on'))
      await planning.followClosedSite(work, deed)
  })
  const told = await house.owner<{ person_id: string }>(
    `select person_id from outreach.message where template = 'appointment-place-closed'`,
  )
  assert.deepEqual(told, [{ person_id: hit }])
  const [again] = await house.work(work => planning.bookingsOf(work, hit))
  assert.deepEqual([again?.day, again?.bookedBy], ['2023-04-25', 'rule'])
  assert.notEqual(again?.startsAt, '09:10')
  assert.deepEqual(await stateOf(spared), ['booked'])
})

test('who books in the moment in which the day is closed is told, or is refused', async () => {
  const closing = await aCounter('Điểm tiếp nhận số 5', 1, { minutes: { A: 20, B: 20, C: 5 } })
  const slot = aSlot('2023-04-24', '09:10', closing)
  const [first, late] = [await aPupil(), await aPupil()]
  const close = () =>
    as(async work => {
      await planning.closeSiteForDay(work, closing.siteId, { day: slot.day, why: 'shut' })
      for (const deed of work.deeds.filter(one => one.deed === 'site.closed-on'))
        await planning.followClosedSite(work, deed)
    })
  // The officer closes while the first booking is under way, and the second asks while the officer does.
  const closed = await house.openWork(asSystem('own-page'), async work => {
    await planning.book(work, { personId: first, slot, service: 'A', by: 'person' })
    const under = { closed: close() }
    await setTimeout(200)
    return under
  })
  const refused = refusal(bookFor(late, slot), 'slot-unknown')
  await closed.closed
  await refused
  assert.deepEqual(await stateOf(first), ['place-closed', 'booked'])
})

test('a counter that shuts at noon tells who had a later hour or waits, and lists whom nobody can tell', async () => {
  const site = await aCounter('Điểm tiếp nhận số 4', 2, { minutes: { A: 20, B: 20, C: 5 } })
  const family = (await enter(house, aPerson({ phone: '0912000222' }))) as register.PersonId
  const [served, waiting, silent, later] = [await aPupil(), await aPupil(), await aPupil(), await aPupil()]
  const bookBy = (personId: register.PersonId, slot: planning.Slot, by: planning.BookedBy = 'family') =>
    house.openWork(asSystem('own-page'), work => planning.book(work, { personId, slot, service: 'A', by }))
  const bookings = new Map<string, planning.Booking>()
  for (const [personId, at] of [
    [served, '10:10'],
    [waiting, '10:30'],
    [family, '13:30'],
    [silent, '13:50'],
  ] as const) {
    const result = await bookBy(personId, aSlot('2023-04-20', at, site))
    assert.ok(result.is === 'booked')
    bookings.set(personId, result.booking)
  }
  await bookBy(later, aSlot('2023-04-21', '13:30', site))
  for (const personId of [served, waiting])
    await as(work => planning.queue.checkInBooking(work, site.siteId, bookings.get(personId)!.id))
  await as(work => planning.queue.callNext(work, site.siteId, 1))
  const before = await house.owner<{ count: number }>('select count(*)::int as count from outreach.message')
  await as(async work => {
    await planning.closeSiteForDay(work, site.siteId, { day: today, why: 'shut' })
    for (const deed of work.deeds.filter(one => one.deed === 'site.closed-on'))
      await planning.followClosedSite(work, deed)
  })
  assert.deepEqual(await stateOf(served), ['booked'], 'who stands at a desk is served')
  assert.deepEqual(await stateOf(later), ['booked'])
  for (const personId of [waiting, family, silent])
    assert.deepEqual(await stateOf(personId), ['place-closed', 'booked'], personId)
  const told = await house.owner<{ person_id: string; template: string }>(
    'select person_id, template from outreach.message order by id offset $1',
    [before[0]?.count],
  )
  assert.deepEqual(told, [{ person_id: family, template: 'appointment-place-closed' }])
  const day = await as(work => readCounterDay(work, site.siteId, today))
  assert.deepEqual(
    day.lost.map(({ personId, notTold, nextDay, home }) => [personId, notTold, nextDay, !!home]),
    [
      [waiting, true, '2023-04-21', true],
      [silent, true, '2023-04-21', true],
      [family, false, '2023-04-21', false],
    ],
  )
  const readings = await house.owner(
    `select 1 from audit.access where person_id = $1 and fields::text like '%residence%'`,
    [silent],
  )
  assert.equal(readings.length, 1)
  await refusal(
    house.as(other, work => readCounterDay(work, site.siteId, today)),
    'counter-unknown',
  )
})

test('whose place is closed with no other hour left stays on the unit’s list by name', async () => {
  const site = await aCounter('Điểm tiếp nhận số 7', 1, {
    minutes: { A: 20 },
    desks: [{ number: 1, services: ['A'], isOpen: true }],
  })
  const pupil = await aPupil()
  await bookFor(pupil, aSlot('2023-04-28', '09:10', site))
  await as(work => planning.setCounter(work, site.siteId, { desks: [{ number: 1, services: ['A'], isOpen: false }] }))
  await as(async work => {
    await planning.closeSiteForDay(work, site.siteId, { day: asDay('2023-04-28'), why: 'shut' })
    for (const deed of work.deeds.filter(one => one.deed === 'site.closed-on'))
      await planning.followClosedSite(work, deed)
  })
  assert.deepEqual(await stateOf(pupil), ['place-closed'])
  const day = await as(work => readCounterDay(work, site.siteId, asDay('2023-04-28')))
  assert.deepEqual(
    day.lost.map(({ name, notTold, nextDay }) => [name, notTold, nextDay]),
    [['Nguyễn Văn An', true, null]],
  )
})

const settleOn = (day: string) => {
  const openWork = makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => asDay(day) })
  return openWork(asSystem('appointment'), planning.settleNoShows)
}

test('who missed an hour yesterday is not expected today, but from tomorrow on', async () => {
  const person = someone()
  assert.equal((await bookFor(person, aSlot('2023-04-25', '07:30'))).is, 'booked')
  await settleOn('2023-04-26')
  const [again] = await house.work(work => planning.bookingsOf(work, person))
  // The 27th is the counter's closed day.
  assert.deepEqual([again?.day, again?.startsAt], ['2023-04-28', '07:30'])
  await house.work(work => planning.cancel(work, { personId: person, bookingId: again!.id, by: 'person' }))
})

test('who was in the hall has kept the hour, though no desk said so; whose number was given up has not', async () => {
  const site = await aCounter('Điểm tiếp nhận số 8', 2)
  const [waited, called, givenUp] = [await aPupil(), await aPupil(), await aPupil()]
  const checkIn = async (personId: register.PersonId, at: string) => {
    const result = await bookFor(personId, aSlot('2023-04-20', at, site))
    assert.ok(result.is === 'booked')
    await as(work => planning.queue.checkInBooking(work, site.siteId, result.booking.id))
  }
  await checkIn(givenUp, '08:10')
  await as(work => planning.queue.callNext(work, site.siteId, 1))
  for (let times = 0; times < 2; times++) await as(work => planning.queue.callAgain(work, site.siteId, 1))
  await as(work => planning.queue.giveUpTicket(work, site.siteId, 1))
  await checkIn(called, '08:30')
  await as(work => planning.queue.callNext(work, site.siteId, 1))
  await checkIn(waited, '08:50')
  await settleOn('2023-04-21')
  assert.deepEqual([await stateOf(waited), await stateOf(called)], [['served'], ['served']])
  assert.deepEqual(await stateOf(givenUp), ['no-show', 'booked'])
  const asked = await house.owner(`select 1 from follow_ups.follow_up where person_id = any ($1)`, [[waited, called]])
  assert.deepEqual(asked, [])
})

test('the ward learns truly why who missed an hour has no other: booked again before, a session, no hour', async () => {
  const site = await aCounter('Điểm tiếp nhận số 9', 1)
  const [twice, atSession, full] = [await aPupil(), await aPupil(), await aPupil()]
  const session = await as(work =>
    planning.planTeamSession(work, {
      kind: 'card-and-account',
      siteId: world.school.id,
      teamId: world.team.id,
      day: today,
      startsAt: hour('08:00'),
      endsAt: hour('11:00'),
      kits: [world.kit.id],
    }),
  )
  await bookFor(twice, aSlot('2023-04-20', '08:10', counter))
  await bookFor(full, aSlot('2023-04-20', '08:30', site))
  await bookFor(atSession, { place: 'session', placeId: session.id, day: today, startsAt: hour('09:00') })
  await as(work => planning.setCounter(work, site.siteId, { desks: [{ number: 1, services: ['A'], isOpen: false }] }))
  await house.owner('update planning.booking set rebooked = 1 where person_id = $1', [twice])
  await settleOn('2023-04-21')
  const [full1, session1, twice1] = await as(async work => {
    const found = await followUps.findFollowUps(work, { kind: 'missed-appointment' })
    const theirs = [full, atSession, twice].map(id => found.find(({ personId }) => personId === id)!)
    const details = await planning.missedAppointmentFollowUps.describe(work, theirs)
    return theirs.map(({ reason }, at) => [reason, details[at]?.why?.vi])
  })
  assert.deepEqual(full1, ['missed-full-a', 'Không đến lần hẹn đầu, chưa tự động hẹn lại được giờ nào'])
  assert.deepEqual(session1, ['missed-session-a', 'Không đến đợt cấp lưu động; đợt lưu động không tự động hẹn lại'])
  assert.deepEqual(twice1, ['missed-again-a', 'Đã tự động hẹn lại, vẫn không đến'])
})

test('who does not come is booked again once by the rule, and the second time left to the ward', async () => {
  const person = someone()
  await bookFor(person, aSlot('2023-04-21', '14:10'))
  await settleOn(addDays(asDay('2023-04-21'), 1))
  assert.deepEqual(await stateOf(person), ['no-show', 'booked'])
  const [again] = await house.work(work => planning.bookingsOf(work, person))
  assert.deepEqual([again?.day, again?.startsAt, again?.rebooked], ['2023-04-24', '14:10', 1])
  const settled = await settleOn('2023-04-25')
  assert.ok(settled.some(one => one.is === 'missed' && one.lost.personId === person && !one.next))
  assert.deepEqual(await stateOf(person), ['no-show', 'no-show'])
  const statesOfAsking = () =>
    house.owner<{ state: string }>(
      `select state from follow_ups.follow_up where kind = 'missed-appointment' and person_id = $1`,
      [person],
    )
  assert.deepEqual(await statesOfAsking(), [{ state: 'open' }])
  // They moved since: the ward that asks is another than the one where they live now.
  await house.owner('update follow_ups.follow_up set scope_id = $2, owner_unit_id = $2 where person_id = $1', [
    person,
    other.unitId,
  ])
  await bookFor(person, aSlot('2023-04-25', '14:10'))
  assert.deepEqual(await statesOfAsking(), [{ state: 'done' }])
})

test('whoever was served at the session has kept the hour, and death ends what is booked', async () => {
  const { hall, second, spare } = world
  const session = await as(work =>
    planning.planTeamSession(work, {
      kind: 'card-and-account',
      siteId: hall.id,
      teamId: second.id,
      day: today,
      startsAt: hour('08:00'),
      endsAt: hour('11:00'),
      kits: [spare.id],
    }),
  )
  const at: planning.Slot = { place: 'session', placeId: session.id, day: today, startsAt: hour('09:00') }
  const [served, dead] = [await aPupil(), await aPupil()]
  for (const one of [served, dead]) assert.equal((await bookFor(one, at)).is, 'booked')
  const deedOn = (personId: Id<'person'>) => ({
    id: newId<'deed'>(),
    deed: 'test',
    subject: { kind: 'session', id: session.id as string, personId },
    facts: {},
  })
  await as(work => planning.keepWithRoster(work, deedOn(served)))
  await house.work(work => planning.cancelWithDeath(work, deedOn(dead)))
  assert.deepEqual([await stateOf(served), await stateOf(dead)], [['served'], ['cancelled']])
  const lines = await as(work => planning.readRoster(work, session.id))
  assert.deepEqual(
    lines.map(({ personId }) => personId),
    [served],
  )
})
