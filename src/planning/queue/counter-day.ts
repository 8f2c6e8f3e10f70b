import * as audit from '../../audit/audit.ts'
import type { Day } from '../../platform/day.ts'
import { asId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import { bookedOn, lostOn } from '../appointments/appointments.ts'
import { type Counter, findKioskUntil, getCounter } from '../appointments/counters.ts'
import { type OfferedDay, offerOf } from '../appointments/offers.ts'
import { services } from '../appointments/slot.ts'
import { queueRules } from '../law.ts'
import type { SiteId } from '../session.ts'
import { isLate } from './order.ts'
import * as store from './store.ts'

/** A day of a counter as its officers see it: who is booked, who waits, which desk calls whom. */

export type CounterDay = {
  readonly counter: Counter
  readonly day: Day
  readonly isToday: boolean
  readonly kioskUntil?: Date | undefined
  readonly booked: Awaited<ReturnType<typeof bookedOn>>
  readonly lost: readonly (LostBooking & { readonly home?: string | undefined })[]
  readonly waiting: readonly (store.Ticket & { readonly isLate: boolean })[]
  readonly called: readonly store.Ticket[]
  readonly lastCalls: readonly store.Ticket[]
  /** Places left by service and slot. */
  readonly slots: readonly {
    readonly startsAt: string
    readonly left: Readonly<Record<string, number>>
  }[]
  readonly off?: Pick<OfferedDay, 'is' | 'name'> | undefined
}

type LostBooking = Awaited<ReturnType<typeof lostOn>>[number]

/** Who lost an hour that day; of those whom nobody could tell, where they live, since somebody has to go there. */
async function readLost(work: Work, siteId: SiteId, day: Day): Promise<CounterDay['lost']> {
  const lost = await lostOn(work, siteId, day)
  const seen = lost.filter(({ name }) => name !== null)
  const about = { kind: 'site', id: siteId }
  await audit.noteReading(
    work,
    seen.map(({ personId }) => personId),
    ['identity'],
    about,
  )
  const toVisit = seen.filter(({ notTold }) => notTold)
  await audit.noteReading(
    work,
    toVisit.map(({ personId }) => personId),
    ['residence'],
    about,
  )
  const homes = new Map<string, string | undefined>()
  for (const { personId } of toVisit) {
    const home = await register.permanentResidenceOf(work, asId<'person'>(personId))
    const unit = home && (await units.unitName(work, home.unitId))
    homes.set(personId, home && [home.address, unit].filter(Boolean).join(', '))
  }
  return lost.map(one => ({ ...one, home: homes.get(one.personId) }))
}

/** Throws counter-unknown. That names were read is noted. */
export async function readCounterDay(work: Work, siteId: SiteId, day: Day): Promise<CounterDay> {
  const counter = await getCounter(work, siteId)
  const booked = await bookedOn(work, siteId, day)
  await audit.noteReading(
    work,
    booked.flatMap(({ personId, name }) => (name === null ? [] : [personId])),
    ['identity'],
    { kind: 'site', id: siteId },
  )
  const lost = await readLost(work, siteId, day)
  const isToday = day === work.today
  const open = isToday ? await store.openTickets(work, siteId) : []
  const rules = ruleOn(queueRules, work.today, work)
  const done = services.filter(one => counter.minutes[one] !== undefined)
  const days = new Map<string, OfferedDay | undefined>()
  for (const service of done) {
    const [offer] = await offerOf(work, { siteId, service, from: day })
    days.set(
      service,
      offer?.days.find(one => one.day === day),
    )
  }
  const first = [...days.values()][0]
  return {
    counter,
    day,
    isToday,
    kioskUntil: await findKioskUntil(work, siteId),
    booked,
    lost,
    waiting: open.filter(({ state }) => state === 'waiting').map(one => ({ ...one, isLate: isLate(one, rules) })),
    called: open.filter(({ state }) => state === 'called'),
    lastCalls: isToday ? await store.lastCalls(work, siteId, 10) : [],
    // A service that takes several slots in sequence begins at fewer hours than another.
    slots: [...new Set([...days.values()].flatMap(one => one?.slots.map(({ startsAt }) => startsAt) ?? []))]
      .toSorted()
      .map(startsAt => ({
        startsAt,
        left: Object.fromEntries(
          [...days].map(([service, one]) => [service, one?.slots.find(slot => slot.startsAt === startsAt)?.left ?? 0]),
        ),
      })),
    ...(first && first.slots.length === 0 && { off: { is: first.is, name: first.name } }),
  }
}
