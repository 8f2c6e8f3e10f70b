import { randomInt } from 'node:crypto'
import * as audit from '../../audit/audit.ts'
import type { Day } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import type { MinuteSpan } from '../hour.ts'
import { newCounter } from '../law.ts'
import { planningProblem } from '../problems.ts'
import type { SiteId } from '../session.ts'
import { getSite } from '../sessions/sites.ts'
import { getWorkingHours } from '../sessions/unit-hours.ts'
import { workedSpans } from '../working-hours.ts'
import { type DeskSetting, roomOf, type Service, services, slotsEach } from './slot.ts'
import * as slots from './store.ts'
import * as store from './store-counter.ts'

/** Counters (bộ phận tiếp nhận): their desks, what each does, how long it takes, and on which hours of a day. */

export type { Counter } from './store-counter.ts'

export type CounterSetting = {
  readonly slotMinutes?: number | undefined
  readonly walkInPercent?: number | undefined
  readonly desks: readonly DeskSetting[]
  readonly minutes?: Readonly<Partial<Record<Service, number>>> | undefined
}

/** Letters and digits that nobody mistakes for one another when they are typed into a screen. */
const signs = 'abcdefghjkmnpqrstuvwxyz23456789'
const newPublicId = () => Array.from({ length: 8 }, () => signs[randomInt(signs.length)]).join('')

/**
 * Sets the desks of a counter, what is done there and how long it takes; the first time makes the counter of its site.
 * What is booked stands: a slot with more bookings than fit now takes nobody else. Throws site-unknown,
 * site-is-no-counter, counter-settings-wrong, counter-slot-short.
 */
export async function setCounter(work: Work, siteId: SiteId, setting: CounterSetting): Promise<store.Counter> {
  const site = await getSite(work, siteId)
  if (site.kind !== 'counter') throw planningProblem('site-is-no-counter')
  const before = await store.findCounter(work, siteId)
  const counter: store.Counter = {
    siteId,
    unitId: site.unitId,
    publicId: before?.publicId ?? newPublicId(),
    slotMinutes: setting.slotMinutes ?? before?.slotMinutes ?? newCounter.slotMinutes,
    walkInPercent: setting.walkInPercent ?? before?.walkInPercent ?? newCounter.walkInPercent,
    name: site.name,
    address: site.address,
    desks: setting.desks,
    minutes: setting.minutes ?? before?.minutes ?? newCounter.minutes,
  }
  refuseWrongSettings(counter)
  await store.upsertCounter(work, counter)
  await store.replaceDesks(work, counter)
  await slots.updateRoom(work, siteId, capacityOfCounter(counter))
  await audit.record(
    work,
    'counter.set',
    { kind: 'site', id: siteId, unitId: site.unitId },
    {
      desks: counter.desks.length,
      open: counter.desks.filter(({ isOpen }) => isOpen).length,
      slotMinutes: counter.slotMinutes,
      walkInPercent: counter.walkInPercent,
      ...counter.minutes,
    },
  )
  return counter
}

function refuseWrongSettings(counter: store.Counter): void {
  const { desks, minutes } = counter
  const numbers = new Set(desks.map(({ number }) => number))
  const isDone = services.filter(one => minutes[one] !== undefined)
  const wrong =
    numbers.size !== desks.length ||
    isDone.length === 0 ||
    desks.some(desk => desk.services.length === 0 || desk.services.some(one => !isDone.includes(one)))
  if (wrong) throw planningProblem('counter-settings-wrong')
  // A counter that offers nothing says so here, and not to the first who asks.
  const short = isDone.filter(
    one => desksThatDo(counter, one) > 0 && !slotsEach(minutes[one] ?? 0, desksThatDo(counter, one), counter),
  )
  if (short.length > 0) throw planningProblem('counter-slot-short', { services: short })
}

const desksThatDo = ({ desks }: Pick<store.Counter, 'desks'>, service: Service): number =>
  desks.filter(desk => desk.isOpen && desk.services.includes(service)).length

/** How many slots in sequence one person takes for a service there; one where nobody is served. */
export const slotsEachAt = (counter: store.Counter, service: Service): number =>
  slotsEach(counter.minutes[service] ?? 0, desksThatDo(counter, service), counter) ?? 1

/** Minutes of each service in each slot that it takes, and the room of a slot. */
export const capacityOfCounter = (counter: store.Counter) => ({
  minutes: services.map(one => Math.ceil((counter.minutes[one] ?? 0) / slotsEachAt(counter, one))),
  room: roomOf(counter.desks, counter),
})

/** A counter of the work's scope. Throws counter-unknown. */
export async function getCounter(work: Work, siteId: SiteId): Promise<store.Counter> {
  const counter = await store.findCounter(work, siteId)
  if (!counter) throw planningProblem('counter-unknown')
  return counter
}

export const findCounterByPublicId: (work: Work, publicId: string) => Promise<store.Counter | undefined> =
  store.findCounterByPublicId

/** Counters of a unit and those below, by name. */
export async function listCounters(work: Work, unitId: units.UnitId): Promise<store.Counter[]> {
  const below = await units.subtreeOn(work, unitId, work.today)
  return store.countersIn(
    work,
    below.map(({ id }) => id),
  )
}

/** Why nobody is served on a day; undefined where somebody is. */
export type DayOff = { readonly is: 'holiday' | 'closed' | 'day-off'; readonly name?: string | undefined }

/** The stretches that a counter works on a day, or why it does not. */
export async function worksOn(
  work: Work,
  { unitId }: Pick<store.Counter, 'unitId'>,
  day: Day,
  closed: ReadonlyMap<Day, unknown>,
): Promise<readonly MinuteSpan[] | DayOff> {
  if (closed.has(day)) return { is: 'closed' }
  const holiday = units.holidayOn(day)
  if (holiday !== undefined) return { is: 'holiday', name: holiday }
  const hours = await getWorkingHours(work, unitId, day)
  const spans = workedSpans(hours, day, units.isMadeUp(day) ? 'made-up' : undefined)
  return spans.length > 0 ? spans : { is: 'day-off' }
}

export const isDayOff = (hours: readonly MinuteSpan[] | DayOff): hours is DayOff => 'is' in hours

/** The counter whose ticket screen has a secret, while it is open. */
export const findCounterByKiosk: (work: Work, hash: string) => Promise<store.Counter | undefined> =
  store.findCounterByKiosk
/** Until when the ticket screen of a counter gives tickets; undefined where it does not. */
export const findKioskUntil: (work: Work, siteId: SiteId) => Promise<Date | undefined> = store.findKioskUntil
export const setKiosk: (
  work: Work,
  siteId: SiteId,
  kiosk: { readonly hash: string; readonly until: Date } | undefined,
) => Promise<void> = store.updateKiosk
export const setBreakUntil: (work: Work, siteId: SiteId, until: Date | undefined) => Promise<void> = store.updateBreak

/** The stretches that a counter works on one day, or why it does not. */
export const worksOnDay = async (
  work: Work,
  counter: Pick<store.Counter, 'siteId' | 'unitId'>,
  day: Day,
): Promise<readonly MinuteSpan[] | DayOff> =>
  worksOn(work, counter, day, await store.closedDaysOf(work, counter.siteId, day, day))
