import * as audit from '../../audit/audit.ts'
import type { Day } from '../../platform/day.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import { bookedOn } from '../appointments/appointments.ts'
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
