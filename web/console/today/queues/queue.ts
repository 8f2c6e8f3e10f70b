import type { Day } from '../../../../src/platform/day.ts'
import type { Endpoint } from '../../../../src/platform/endpoint.ts'
import type { Language } from '../../../../src/platform/pages/html.ts'
import type { Answer, Asked } from '../../../parts/call.ts'
import type { Say } from '../../base/language.tsx'
import type { Campaign } from '../../campaign/search.ts'

/**
 * Hôm nay is computed from queues: each declares itself once, with who works in it, the door that counts it, and the
 * list that its figure opens. all-queues.ts joins them.
 */

/** Who asks, of which day: what a queue needs to know before it is asked and when it is read. */
export type QueueAsking = {
  readonly say: Say
  readonly language: Language
  readonly may: (right: string) => boolean
  /** The officer, who never decides what they proposed. */
  readonly own: string
  readonly today: Day
  /** The open campaign that the unit's day is about. */
  readonly campaign?: Campaign | undefined
}

/** One line of Hôm nay. */
export type QueueRow = {
  readonly key: string
  /** Everything in the list that `to` opens. */
  readonly count: number
  /** There are more than were counted. */
  readonly isMore?: boolean
  readonly overdue?: number
  /** The soonest last day among them. */
  readonly nextOn?: string | undefined
  /** Stands there where no last day says when. */
  readonly when?: 'overdue' | 'today' | undefined
  readonly what: string
  readonly about: string
  readonly to: string
  readonly deed: string
}

type Declared<E extends Endpoint> = {
  readonly name: string
  /** The lists of the API that it counts: path, and the choice of the queue. The test of all lists reads this. */
  readonly lists: readonly string[]
  readonly when: (asking: QueueAsking) => boolean
  readonly door: E
  /** Undefined where nothing is to be asked. */
  readonly asked?: (asking: QueueAsking) => Asked<E> | undefined
  readonly read: (answer: Answer<E>, asking: QueueAsking) => readonly QueueRow[]
}

export type WaitingQueue = {
  readonly name: string
  readonly lists: readonly string[]
  readonly when: (asking: QueueAsking) => boolean
  readonly door: Endpoint
  readonly asked: (asking: QueueAsking) => object | undefined
  readonly read: (answer: unknown, asking: QueueAsking) => readonly QueueRow[]
}

/** A queue whose answer is typed by its door. Rows that count nothing are left out. */
export const queue = <E extends Endpoint>({ asked, read, ...declared }: Declared<E>): WaitingQueue => ({
  ...declared,
  asked: asking => (asked ? asked(asking) : {}),
  read: (answer, asking) => read(answer as Answer<E>, asking).filter(({ count }) => count > 0),
})

export const may =
  (...rights: readonly string[]) =>
  ({ may: has }: QueueAsking) =>
    rights.some(has)
