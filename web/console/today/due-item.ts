import { dayInYearText, dayText } from '../../parts/formats.ts'
import type { Say } from '../base/language.tsx'
import type { QueueRow } from './queues/queue.ts'

export type DueItem = {
  readonly key: string
  readonly when: 'overdue' | 'today' | 'later' | 'undated'
  /** The soonest last day, dd/MM; empty where there is none. */
  readonly until: string
  readonly count: number
  readonly isMore: boolean
  readonly what: string
  readonly about: string
  readonly to: string
  readonly deed: string
}

function whenOf({ overdue = 0, nextOn, when }: QueueRow, today: string): DueItem['when'] {
  if (overdue > 0) return 'overdue'
  if (nextOn === undefined) return when ?? 'undated'
  if (nextOn < today) return 'overdue'
  return nextOn === today ? 'today' : 'later'
}

/** A row as Hôm nay says it: how many of it are overdue stands beside what it is. */
export function dueItemOf(row: QueueRow, today: string, say: Say): DueItem {
  const { key, count, isMore = false, overdue = 0, nextOn, what, about, to, deed } = row
  const late = overdue > 0 && overdue < count ? say('due-overdue-of', { n: overdue }) : ''
  return {
    key,
    when: whenOf(row, today),
    // A day of another year is told with it.
    until: nextOn ? (nextOn.slice(0, 4) === today.slice(0, 4) ? dayInYearText : dayText)(nextOn) : '',
    count,
    isMore,
    what,
    about: [late, about].filter(Boolean).join('. '),
    to,
    deed,
  }
}
