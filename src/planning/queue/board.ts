import { ruleOn } from '../../platform/law.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import { type Counter, findCounterByPublicId, isDayOff, worksOnDay } from '../appointments/counters.ts'
import { type Service, services } from '../appointments/slot.ts'
import { queueRules, screenLines } from '../law.ts'
import { planningProblem } from '../problems.ts'
import type { SiteId } from '../session.ts'
import { nextOnes } from './order.ts'
import { isOnBreak } from './queue.ts'
import * as store from './store.ts'

/** What the screen of a hall shows. Anybody may see it: numbers and desks, nothing of any person. */

export type BoardCall = {
  readonly service: Service
  readonly number: number
  readonly desk: number
  readonly at: Date
  readonly calls: number
}

export type Board = {
  readonly counter: Pick<Counter, 'publicId' | 'name' | 'address'>
  readonly at: Date
  readonly day: string
  /** Minutes of the day until which the counter works; undefined where it does not work today. */
  readonly worksUntil?: number | undefined
  readonly breakUntil?: Date | undefined
  readonly called?: BoardCall | undefined
  readonly before: readonly BoardCall[]
  readonly next: readonly { readonly service: Service; readonly number: number }[]
  readonly lines: readonly { readonly service: Service; readonly waiting: number; readonly minutes: number }[]
}

/** Minutes until somebody who comes now is called, to five minutes: the work before them over the desks that do it. */
function minutesOfLine(counter: Counter, service: Service, waiting: number): number {
  const desks = counter.desks.filter(desk => desk.isOpen && desk.services.includes(service)).length
  const minutes = (waiting * (counter.minutes[service] ?? 0)) / Math.max(1, desks)
  return Math.ceil(minutes / 5) * 5
}

/** Throws counter-unknown. */
export const readBoard = (work: Work, publicId: string): Promise<Board> =>
  withHouseScope(work, async house => {
    const counter = await findCounterByPublicId(house, publicId)
    if (!counter) throw planningProblem('counter-unknown')
    return readBoardOf(house, counter)
  })

export async function readBoardOf(work: Work, counter: Counter): Promise<Board> {
  const siteId: SiteId = counter.siteId
  const done = services.filter(one => counter.minutes[one] !== undefined)
  const open = await store.openTickets(work, siteId)
  const waiting = open.filter(({ state }) => state === 'waiting')
  const calls = (await store.lastCalls(work, siteId, screenLines.called + 1)).map(
    ({ service, number, desk, calledAt, calls: times }) => ({
      service,
      number,
      desk: desk ?? 0,
      at: calledAt ?? work.now,
      calls: times,
    }),
  )
  const spans = await worksOnDay(work, counter, work.today)
  const rules = ruleOn(queueRules, work.today, work)
  const next = nextOnes(waiting, { services: done, now: work.now, rules, count: screenLines.next })
  const { publicId, name, address } = counter
  return {
    counter: { publicId, name, address },
    at: work.now,
    day: work.today,
    ...(!isDayOff(spans) && { worksUntil: spans.at(-1)?.to }),
    ...(isOnBreak(counter, work.now) && { breakUntil: counter.breakUntil ?? undefined }),
    ...(calls[0] && { called: calls[0] }),
    before: calls.slice(1),
    next: next.map(({ service, number }) => ({ service, number })),
    lines: done.map(service => {
      const number = waiting.filter(one => one.service === service).length
      return { service, waiting: number, minutes: minutesOfLine(counter, service, number) }
    }),
  }
}
