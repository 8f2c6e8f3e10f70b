import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aPerson, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { aWard, hour, refusal } from '../../../test/planned-ward.ts'
import * as audit from '../../audit/audit.ts'
import { asDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { asSystem, type Work } from '../../platform/work.ts'
import type * as register from '../../register/register.ts'
import type { Unit } from '../../units/units.ts'
import * as planning from '../planning.ts'
import { bookableDays, bookablePlaces, bookingsInScope, expectedToday } from './officer-bookings.ts'
import { remindOfAppointments } from './place-closed.ts'

/** An officer books for somebody who calls or stands at the counter. */

const house = await openHouse({ withUnits: true })
const { as, ward, other } = await aWard(house)
const elsewhere = <T>(verb: (work: Work) => Promise<T>) => house.as(other, verb)

async function aCounterOf(unitId: Unit['id'], name: string, ask: typeof as) {
  const site = await ask(work =>
    planning.createSite(work, {
      kind: 'counter',
      unitId,
      name,
      opensAt: hour('07:00'),
      closesAt: hour('17:30'),
    }),
  )
  return ask(work =>
    planning.setCounter(work, site.id, {
      desks: [{ number: 1, services: ['A', 'B'], isOpen: true }],
      minutes: { A: 20, B: 10 },
      walkInPercent: 0,
    }),
  )
}
const counter = await aCounterOf(ward.unitId, 'Bộ phận tiếp nhận', as)
const another = await aCounterOf(other.unitId, 'Bộ phận tiếp nhận Quang Hanh', elsewhere)

const slotAt = (at: string, day = '2023-04-21', of = counter): planning.Slot => ({
  place: 'counter',
  placeId: of.siteId,
  day: asDay(day),
  startsAt: hour(at),
})
async function aFamilyWithPhone() {
  const id = (await enter(house, aPerson({}))) as register.PersonId
  await house.owner('insert into register.phone (person_id, phone) values ($1, $2)', [
    id,
    `+8491${id.replace(/\D/g, '').slice(-7).padStart(7, '1')}`,
  ])
  return id
}
const messagesTo = async (personId: Id<'person'>) =>
  (
    await house.owner<{ template: string }>('select template from outreach.message where person_id = $1 order by id', [
      personId,
    ])
  ).map(({ template }) => template)
const bookBy = (personId: Id<'person'>, slot: planning.Slot, ask: typeof as = as) =>
  ask(work => planning.book(work, { personId, slot, service: 'A', by: 'officer', cause: { requestedVia: 'phone' } }))

test('an officer books, moves and cancels for who calls: they are told, and the deeds say why', async () => {
  const caller = await aFamilyWithPhone()
  const [place] = await as(work => bookablePlaces(work, 'A'))
  assert.equal(place?.place.name, 'Bộ phận tiếp nhận')
  assert.equal(place?.first?.day, '2023-04-20')
  const days = await as(work => bookableDays(work, { place: 'counter', placeId: counter.siteId }, 'A'))
  assert.equal(days.find(({ day }) => day === '2023-04-21')?.slots[0]?.left, 1)

  const booked = await bookBy(caller, slotAt('08:10'))
  assert.ok(booked.is === 'booked')
  const moved = await as(work =>
    planning.move(work, {
      personId: caller,
      bookingId: booked.booking.id,
      slot: slotAt('08:30'),
      by: 'officer',
      cause: { requestedVia: 'counter', reason: 'school' },
    }),
  )
  assert.ok(moved.is === 'booked')
  const [held] = await as(work => bookingsInScope(work, caller))
  assert.deepEqual([held?.booking.startsAt, held?.place.name], ['08:30', 'Bộ phận tiếp nhận'])
  await as(work =>
    planning.cancel(work, {
      personId: caller,
      bookingId: moved.booking.id,
      by: 'officer',
      cause: { requestedVia: 'phone', reason: 'ill' },
    }),
  )
  assert.deepEqual(await messagesTo(caller), ['appointment-booked', 'appointment-moved', 'appointment-cancelled'])
  const deeds = await house.work(work => audit.deedsOf(work, moved.booking.id))
  const facts = deeds.map(({ deed, facts: told }) => {
    const { requestedVia, reason } = told as Readonly<Record<string, unknown>>
    return [deed, requestedVia, reason]
  })
  assert.deepEqual(facts.toSorted(), [
    ['booking.cancelled', 'phone', 'ill'],
    ['booking.moved', 'counter', 'school'],
  ])
})

test('who cancels on their own page gets no message, since the page says it', async () => {
  const own = await aFamilyWithPhone()
  const booked = await house.openWork(asSystem('own-page'), work =>
    planning.book(work, { personId: own, slot: slotAt('09:10'), service: 'A', by: 'person' }),
  )
  assert.ok(booked.is === 'booked')
  await house.work(work => planning.cancel(work, { personId: own, bookingId: booked.booking.id, by: 'person' }))
  assert.deepEqual(await messagesTo(own), ['appointment-booked'])
})

test('an hour at a place of another unit is neither shown, booked nor moved by an officer', async () => {
  const theirs = await aFamilyWithPhone()
  const placeThere = { place: 'counter', placeId: another.siteId } as const
  await refusal(
    as(work => bookableDays(work, placeThere, 'A')),
    'counter-unknown',
  )
  assert.equal((await as(work => bookablePlaces(work, 'A'))).length, 1)
  await refusal(bookBy(theirs, slotAt('08:10', '2023-04-21', another)), 'counter-unknown')

  const booked = await house.openWork(asSystem('own-page'), work =>
    planning.book(work, { personId: theirs, slot: slotAt('08:10', '2023-04-21', another), service: 'A', by: 'person' }),
  )
  assert.ok(booked.is === 'booked')
  assert.deepEqual(await as(work => bookingsInScope(work, theirs)), [])
  assert.deepEqual(await bookBy(theirs, slotAt('09:30')), { is: 'elsewhere' })
  await refusal(
    as(work =>
      planning.move(work, {
        personId: theirs,
        bookingId: booked.booking.id,
        slot: slotAt('09:30'),
        by: 'officer',
      }),
    ),
    'booking-unknown',
  )
  const [slot] = await house.owner<{ taken: number[] }>(
    `select taken from planning.slot where place_id = $1 and day = '2023-04-21' and starts_at = '09:30'`,
    [counter.siteId],
  )
  assert.deepEqual(slot?.taken ?? [0, 0, 0], [0, 0, 0])
})

test('officers of a counter see how many it still expects today, other units do not', async () => {
  const [one, two] = [await aFamilyWithPhone(), await aFamilyWithPhone()]
  await bookBy(one, slotAt('09:10', '2023-04-20'))
  const second = await bookBy(two, slotAt('10:10', '2023-04-20'))
  assert.ok(second.is === 'booked')
  await as(work => planning.queue.checkInBooking(work, counter.siteId, second.booking.id))
  assert.deepEqual(await as(expectedToday), [
    { siteId: counter.siteId, name: 'Bộ phận tiếp nhận', expected: 2, first: '09:10', waiting: 1 },
  ])
  assert.deepEqual(await elsewhere(expectedToday), [])
})

test('a child without a phone is told by the mother’s, and a family that refused reminders gets none', async () => {
  const mother = aPerson({ name: 'Vũ Thị Lành', bornOn: '1979-05-02', sex: 'F' })
  const motherId = await enter(house, mother)
  await house.owner('insert into register.phone (person_id, phone) values ($1, $2)', [motherId, '+84911222333'])
  const child = (await enter(
    house,
    aPerson({ bornOn: '2008-02-03', mother_number: mother.person_number, mother_name: 'Vũ Thị Lành' }),
  )) as register.PersonId
  const booked = await bookBy(child, slotAt('14:30'))
  assert.ok(booked.is === 'booked')
  const [message] = await house.owner<{ address: string }>(
    'select address from outreach.message where person_id = $1',
    [child],
  )
  assert.equal(message?.address, '+84911222333')

  await house.owner('insert into outreach.no_reminder (person_id, request_id, since) values ($1, $1, now())', [child])
  await house.openWork(asSystem('appointment'), async work => {
    for (let after: string | undefined = ''; after !== undefined; )
      after = await remindOfAppointments(work, after || undefined)
  })
  assert.deepEqual(await messagesTo(child), ['appointment-booked'])
})
