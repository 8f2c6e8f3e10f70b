import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { aPerson, enterAll } from '../../../test/builders.ts'
import { askAtOnce, openFamilyLinks } from '../../../test/family-rush.ts'
import { serveFamilies } from '../../../test/family-server.ts'
import { openHouse } from '../../../test/house.ts'
import { aWard, hour } from '../../../test/planned-ward.ts'
import * as planning from '../../planning/planning.ts'
import { addDays } from '../../platform/day.ts'

/** The last places of a counter, asked for over HTTP by more families than places; bench/appointments.ts has 2,000. */

const house = await openHouse({ withUnits: true })
const { app } = await serveFamilies(house, { trustProxy: true })
const origin = await app.listen({ port: 0, host: '127.0.0.1' })
after(() => app.close())
const { as, ward } = await aWard(house)
const [families, places] = [300, 285]

test('300 families ask at once for 285 places: 285 get one, 15 see the nearest hours, none is lost', async () => {
  const site = await as(work =>
    planning.createSite(work, {
      kind: 'counter',
      unitId: ward.unitId,
      name: 'Trung tâm Phục vụ hành chính công',
      opensAt: hour('07:00'),
      closesAt: hour('17:30'),
    }),
  )
  await as(work =>
    planning.setCounter(work, site.id, {
      desks: Array.from({ length: 19 }, (_, at) => ({ number: at + 1, services: ['A'] as const, isOpen: true })),
      minutes: { A: 20 },
      slotMinutes: 20,
      walkInPercent: 0,
    }),
  )
  const [offer] = await house.work(work => planning.offerOf(work, { siteId: site.id, service: 'A' }))
  const tomorrow = offer?.days.find(({ day }) => day === addDays(offer.days[0]?.day ?? assert.fail(), 1))
  const slots = tomorrow?.slots.slice(0, places / 19).map(planning.slotKey) ?? []
  assert.equal(slots.length, places / 19)
  await enterAll(
    house,
    Array.from({ length: families }, (_, at) => aPerson({ bornOn: `2006-0${1 + (at % 9)}-1${at % 9}` })),
  )
  const children = await house.owner<{ id: string }>('select person_id as id from register.person limit $1', [families])
  const links = await openFamilyLinks(
    (statement, values) => house.owner(statement, [...values]),
    children.map(({ id }) => id),
    { unitId: ward.unitId, day: '2023-04-20' },
  )
  const { booked, offered, other } = await askAtOnce(origin, links, slots, { atOnce: 100 })
  assert.deepEqual({ booked, offered, other }, { booked: places, offered: families - places, other: {} })
  const [counts] = await house.owner<{ rows: number; most: number; people: number; numbers: number }>(
    `select count(*)::int as rows, max(s.taken[1])::int as most, count(distinct a.person_id)::int as people,
       count(distinct a.number)::int as numbers
     from planning.booking a join planning.slot s
       on s.place_id = a.place_id and s.day = a.day and s.starts_at = a.starts_at
     where a.place_id = $1 and a.state = 'booked'`,
    [site.id],
  )
  assert.deepEqual(counts, { rows: places, most: 19, people: places, numbers: places })
})
