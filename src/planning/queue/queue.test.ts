import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aPerson, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { aWard, hour, refusal } from '../../../test/planned-ward.ts'
import { asSystem } from '../../platform/work.ts'
import type * as register from '../../register/register.ts'
import * as planning from '../planning.ts'
import { readBoard } from './board.ts'
import { callKey } from './board-page.ts'
import { readCounterDay } from './counter-day.ts'
import { type CallLine, isLate, nextOf, type WaitingTicket } from './order.ts'

const rules = { lateMinutes: 15, bookedBetweenWalkIns: 2 }
const at = (minute: number) => new Date(Date.UTC(2023, 3, 20, 0, minute))
const desk = { number: 1, services: ['A'] as const, bookedInARow: 0 }
const aTicket = (number: number, came: number, slot?: number): WaitingTicket => ({
  service: 'A',
  number,
  cameAt: at(came),
  ...(slot !== undefined && { slotAt: at(slot) }),
})
const called = (waiting: readonly WaitingTicket[], now: number, bookedInARow = 0) => {
  const next = nextOf(waiting, { ...desk, bookedInARow }, at(now), rules)
  return next && [next.ticket.number, next.line]
}

test('booked people come by their hour, a walk-in after two, the late after those who stood there', () => {
  const [walkIn, first, second] = [aTicket(1, 0), aTicket(2, 9, 10), aTicket(3, 3, 5)]
  assert.deepEqual(called([walkIn, first, second], 12), [3, 'booked'])
  assert.deepEqual(called([walkIn, first], 12, 1), [2, 'booked'])
  assert.deepEqual(called([walkIn, first], 12, 2), [1, 'walk-in'])
  // Nobody is called before their hour while somebody else waits.
  assert.deepEqual(called([walkIn, aTicket(4, 1, 30)], 12), [1, 'walk-in'])
  assert.deepEqual(called([aTicket(4, 1, 30)], 12), [4, 'booked'])
  const late = aTicket(5, 40, 20)
  assert.equal(isLate(late, rules), true)
  assert.equal(isLate(aTicket(5, 35, 20), rules), false)
  assert.deepEqual(called([late, aTicket(6, 38, 38)], 45, 2), [6, 'booked'])
  assert.deepEqual(called([late, aTicket(6, 41, 41)], 45, 2), [5, 'walk-in'])
  const sent = { ...aTicket(7, 44), forDesk: 1 }
  assert.deepEqual(called([late, sent, walkIn], 45), [7, 'sent-on'])
  assert.deepEqual(called([{ ...walkIn, forDesk: 2 }], 45), undefined)
})

test('nobody who waits is passed over for ever, however many others come', () => {
  const person = fc.record({
    kind: fc.constantFrom('walk-in', 'in-time', 'late'),
    early: fc.integer({ min: 0, max: 14 }),
  })
  fc.assert(
    fc.property(
      fc.array(person, { minLength: 1, maxLength: 12 }),
      fc.constantFrom('walk-in', 'in-time', 'late'),
      (crowd, flood) => {
        let number = 0
        const arrive = (kind: string, minute: number, early = 0): WaitingTicket => {
          number += 1
          if (kind === 'walk-in') return aTicket(number, minute)
          return aTicket(number, minute, kind === 'late' ? minute - 20 : minute + early)
        }
        let waiting = crowd.map(({ kind, early }, n) => arrive(kind, n, early))
        const standing = new Set(waiting.map(one => one.number))
        let bookedInARow = 0
        // One call a minute, and every minute somebody else comes.
        for (let minute = crowd.length; standing.size > 0; minute += 1) {
          waiting = [...waiting, arrive(flood, minute)]
          const next = nextOf(waiting, { ...desk, bookedInARow }, at(minute), rules)
          assert.ok(next, 'somebody waits, so somebody is called')
          bookedInARow = next.line === ('booked' satisfies CallLine) ? bookedInARow + 1 : 0
          waiting = waiting.filter(one => one !== next.ticket)
          standing.delete(next.ticket.number)
          assert.ok(minute < 4 * crowd.length + 40, `still waiting: ${[...standing]}`)
        }
      },
    ),
  )
})

const house = await openHouse({ withUnits: true })
const { as, ward, other } = await aWard(house)
const site = await as(work =>
  planning.createSite(work, {
    kind: 'counter',
    unitId: ward.unitId,
    name: 'Bộ phận tiếp nhận, Công an phường',
    opensAt: hour('07:00'),
    closesAt: hour('17:30'),
  }),
)
const counter = await as(work =>
  planning.setCounter(work, site.id, {
    desks: [
      { number: 1, services: ['A', 'B'], isOpen: true },
      { number: 2, services: ['A', 'C'], isOpen: true },
      { number: 3, services: ['B'], isOpen: false },
    ],
  }),
)
const id = site.id
const text = (ticket: { service: planning.Service; number: number } | undefined) =>
  ticket && planning.ticketText(ticket.service, ticket.number)
const board = () => house.openWork(asSystem('queue', 'none'), work => readBoard(work, counter.publicId))

test('booked people and walk-ins are called, sent on and served, and the screen names nobody', async () => {
  const pupil = (await enter(house, aPerson({ name: 'Trần Thị Bích Ngọc' }))) as register.PersonId
  const slot = { place: 'counter', placeId: id, day: '2023-04-20', startsAt: '07:30' } as planning.Slot
  const booked = await house.work(work => planning.book(work, { personId: pupil, slot, service: 'A', by: 'person' }))
  assert.ok(booked.is === 'booked')
  const walkIn = await as(work => planning.queue.giveTicket(work, id, 'A'))
  assert.equal(text(walkIn), 'A 002')
  const before = await board()
  assert.deepEqual(
    before.lines.find(({ service }) => service === 'A'),
    { service: 'A', waiting: 1, minutes: 10 },
  )
  const checkedIn = () => as(work => planning.queue.checkInBooking(work, id, booked.booking.id))
  assert.equal(text(await checkedIn()), 'A 001')
  await checkedIn()

  const first = await as(work => planning.queue.callNext(work, id, 1))
  assert.ok(first)
  await refusal(
    as(work => planning.queue.callNext(work, id, 1)),
    'desk-busy',
  )
  await refusal(
    as(work => planning.queue.callNext(work, id, 3)),
    'desk-unknown',
  )
  await refusal(
    as(work => planning.queue.giveUpTicket(work, id, 1)),
    'ticket-called-too-seldom',
  )
  const shown = await board()
  assert.equal(text(shown.called), text(first))
  assert.equal(shown.called?.desk, 1)
  await as(work => planning.queue.callAgain(work, id, 1))
  assert.notEqual(callKey(await board()), callKey(shown))
  await refusal(
    as(work => planning.queue.sendOn(work, id, 1, 3)),
    'desk-unknown',
  )
  await as(work => planning.queue.sendOn(work, id, 1, 2))
  const atTwo = await as(work => planning.queue.callNext(work, id, 2))
  assert.equal(text(atTwo), text(first))
  await as(work => planning.queue.finishTicket(work, id, 2))
  const second = await as(work => planning.queue.callNext(work, id, 2))
  assert.ok(second && text(second) !== text(first))
  await as(work => planning.queue.finishTicket(work, id, 2))
  assert.equal(await as(work => planning.queue.callNext(work, id, 2)), undefined)
  assert.deepEqual(await house.work(work => planning.bookingsOf(work, pupil)), [])

  const day = await as(work => readCounterDay(work, id, slot.day))
  assert.deepEqual(
    day.booked.map(({ name, state }) => [name, state]),
    [['Trần Thị Bích Ngọc', 'served']],
  )
  assert.doesNotMatch(JSON.stringify(await board()), /Ngọc|person/)
})

test('nobody is called in a break, and the screen says until when it lasts', async () => {
  await as(work => planning.queue.setBreak(work, id, 30))
  await refusal(
    as(work => planning.queue.callNext(work, id, 1)),
    'counter-on-break',
  )
  assert.ok((await board()).breakUntil)
  await as(work => planning.queue.setBreak(work, id, 0))
  assert.equal((await board()).breakUntil, undefined)
})

test('an officer of another unit neither calls nor sees who is booked here', async () => {
  await refusal(
    house.as(other, work => planning.queue.callNext(work, id, 1)),
    'counter-unknown',
  )
  await refusal(
    house.as(other, work => planning.queue.giveTicket(work, id, 'A')),
    'counter-unknown',
  )
  await refusal(
    house.as(other, work => readCounterDay(work, id, '2023-04-20' as planning.Slot['day'])),
    'counter-unknown',
  )
})

test('two desks that call in the same moment call two numbers', async () => {
  for (let n = 0; n < 6; n += 1) await as(work => planning.queue.giveTicket(work, id, 'A'))
  const calls = await Promise.all([1, 2].map(number => as(work => planning.queue.callNext(work, id, number))))
  assert.equal(new Set(calls.map(text)).size, 2)
})
