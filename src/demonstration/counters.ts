import * as campaign from '../campaign/campaign.ts'
import type { House } from '../open-house.ts'
import * as planning from '../planning/planning.ts'
import type { Day } from '../platform/day.ts'
import { asSystem, type Work } from '../platform/work.ts'
import type * as register from '../register/register.ts'
import * as units from '../units/units.ts'

/** The counters of the demonstration's units on its day: desks, hours that are booked, and who waits in the hall. */

const asDemonstration = asSystem('demonstration')

type CounterOfDay = {
  readonly code: string
  readonly level: units.UnitLevel
  readonly name: string
  readonly address: string
  readonly desks: planning.CounterSetting['desks']
}

const counters: readonly CounterOfDay[] = [
  {
    code: '193',
    level: 'district',
    name: 'Bộ phận tiếp nhận, Công an TP Hạ Long',
    address: 'tầng 1, số 2 đường Cảng Tàu Khách',
    desks: [
      { number: 1, services: ['C', 'A'], isOpen: true },
      { number: 2, services: ['A'], isOpen: true },
      { number: 3, services: ['A'], isOpen: true },
      { number: 4, services: ['B'], isOpen: true },
      { number: 5, services: ['A', 'B'], isOpen: false },
    ],
  },
  {
    code: '06697',
    level: 'commune',
    name: 'Bộ phận tiếp nhận, Công an phường Hồng Hà',
    address: 'tầng 1, trụ sở công an phường',
    desks: [
      { number: 1, services: ['A', 'B', 'C'], isOpen: true },
      { number: 2, services: ['B', 'C'], isOpen: true },
    ],
  },
  {
    code: '195',
    level: 'district',
    name: 'Bộ phận tiếp nhận, Công an TP Cẩm Phả',
    address: 'tầng 1, trụ sở công an thành phố',
    desks: [
      { number: 1, services: ['A'], isOpen: true },
      { number: 2, services: ['A', 'B', 'C'], isOpen: true },
    ],
  },
]

async function makeCounter(work: Work, day: Day, one: CounterOfDay): Promise<planning.Counter | undefined> {
  const unit = await units.findUnitOn(work, one.code, day, one.level)
  if (!unit) return undefined
  const site = await planning.createSite(work, {
    kind: 'counter',
    unitId: unit.id,
    name: one.name,
    address: one.address,
    opensAt: planning.asHour('07:00'),
    closesAt: planning.asHour('17:30'),
  })
  return planning.setCounter(work, site.id, { desks: one.desks })
}

/** Grown people of a commune who need a card: pupils are asked to sessions. */
async function peopleForCards(work: Work, unitId: units.UnitId): Promise<register.PersonId[]> {
  const { people } = await campaign.listPeopleInNeed(work, {
    needs: ['card', 'card-renewal'],
    basis: 'permanent',
    unit: unitId,
  })
  return people.filter(({ born }) => Number(born.slice(0, 4)) < 2003).map(({ id }) => id)
}

const booked = 12

/** Books some hours of the day from half past seven on, for those who need a card. */
async function bookHours(house: House, counter: planning.Counter, day: Day): Promise<void> {
  const people = await house.openWork(asDemonstration, work => peopleForCards(work, counter.unitId))
  const [offer] = await house.openWork(asDemonstration, work =>
    planning.offerOf(work, { siteId: counter.siteId, service: 'A', from: day }),
  )
  const slots = offer?.days.find(one => one.day === day)?.slots ?? []
  for (const [at, personId] of people.slice(0, booked).entries()) {
    const slot = slots[Math.floor((at * slots.length) / booked)]
    if (slot)
      await house.openWork(asDemonstration, work => planning.book(work, { personId, slot, service: 'A', by: 'person' }))
  }
}

/** Some have come: two are called, the others wait. */
async function fillHall(house: House, { siteId, desks }: planning.Counter): Promise<void> {
  const act = <T>(verb: (work: Work) => Promise<T>) => house.openWork(asDemonstration, verb)
  for (const service of ['A', 'B', 'A', 'C', 'A', 'B', 'A', 'A', 'C'] as const)
    await act(work => planning.queue.giveTicket(work, siteId, service))
  const open = desks.filter(({ isOpen }) => isOpen)
  for (const { number } of open) await act(work => planning.queue.callNext(work, siteId, number))
  const [first] = open
  if (!first) return
  await act(work => planning.queue.finishTicket(work, siteId, first.number))
  await act(work => planning.queue.callNext(work, siteId, first.number))
}

export async function makeCounters(house: House, day: Day): Promise<void> {
  for (const one of counters) {
    const counter = await house.openWork(asDemonstration, work => makeCounter(work, day, one))
    if (!counter) continue
    await bookHours(house, counter, day)
    if (one.code !== '195') await fillHall(house, counter)
  }
}
