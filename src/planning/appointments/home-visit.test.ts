import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aPerson, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { aWard, hour, refusal } from '../../../test/planned-ward.ts'
import { asDay } from '../../platform/day.ts'
import * as planning from '../planning.ts'

/** A team goes to somebody's home: whoever is asked there knows of it, and nobody else. */
const house = await openHouse({ withUnits: true })
const { ward, as, team, kit } = await aWard(house)
const [asked, neighbour] = [
  await enter(house, aPerson({ name: 'Đoàn Văn Năm', bornOn: '1950-03-07' })),
  await enter(house, aPerson({ name: 'Lê Thu Ngọc', bornOn: '1986-08-01' })),
]
const day = asDay('2023-04-21')
const hours = { opensAt: hour('07:00'), closesAt: hour('22:00') }
const home = await as(work =>
  planning.createSite(work, { kind: 'home', name: 'Nhà ông Năm', address: 'số 5, tổ 3, khu 4', ...hours }),
)
const session = await as(async work => {
  const { id } = await planning.planTeamSession(work, {
    kind: 'card-and-account',
    siteId: home.id,
    teamId: team.id,
    day,
    startsAt: hour('08:00'),
    endsAt: hour('10:00'),
    kits: [kit.id],
  })
  await planning.addToRoster(work, id, { persons: [asked] })
  return id
})
const slot = { place: 'session', placeId: session, day, startsAt: hour('08:30') } as const
const ofPerson = (personId: typeof asked) => ({
  by: { kind: 'citizen', id: personId } as const,
  scope: 'none' as const,
  ownOf: personId,
  purpose: 'own-page',
})
const isHome = (text: unknown) => /ông Năm|tổ 3/.test(JSON.stringify(text))

test('a home stands in no list of places: public sessions, hours of a unit, the sheet of a class', async () => {
  const shown = await house.as(ofPerson(neighbour), async work => [
    await planning.publicSessionsIn(work, [ward.unitId], { from: day, to: day }),
    await planning.offerOf(work, { unit: ward.unitId, service: 'A' }),
    await planning.readBookingView(work, neighbour, { service: 'A' }, [ward.unitId]),
    await planning.readBookingView(work, neighbour, { service: 'A', place: `session_${session}` }, [ward.unitId]),
  ])
  assert.equal(isHome(shown), false, JSON.stringify(shown))
  const pupils = await as(work => planning.sessionsOfPupils(work, [asked]))
  assert.deepEqual([pupils.size, pupils.get(asked)?.site], [1, null])
  await refusal(
    as(work => planning.setCounter(work, home.id, { desks: [{ number: 1, services: ['A'], isOpen: true }] })),
    'site-is-no-counter',
  )
})

test('whoever is asked to a home reads where it is, and chooses an hour there; nobody else does', async () => {
  const own = await house.as(ofPerson(asked), async work => [
    await planning.ownPlaces(work),
    await planning.readBookingView(work, asked, { service: 'A', place: `session_${session}` }, [ward.unitId]),
  ])
  assert.ok(own.every(isHome), JSON.stringify(own))
  const book = (personId: typeof asked) =>
    house.work(work => planning.book(work, { personId, slot, service: 'A', by: 'person' }))
  await refusal(book(neighbour), 'slot-unknown')
  assert.equal((await book(asked)).is, 'booked')
})
