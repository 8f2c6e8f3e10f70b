import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'

/** Who makes the cards of a batch: this house, or an outside centre to which their orders go. */
export const makers = ['house', 'centre'] as const
export type Maker = (typeof makers)[number]
export const batchStates = ['open', 'ordered', 'closed'] as const
export const batchLineStates = ['waiting', 'made', 'rejected', 'released'] as const

export type CardBatch = {
  readonly id: string
  readonly code: string
  readonly unitId: Id<'unit'>
  readonly maker: Maker
  readonly state: (typeof batchStates)[number]
  readonly plannedAt: Date
  readonly orderedAt: Date | null
  /** Absent where its orders went out as a file. */
  readonly handedUpAt: Date | null
  readonly closedAt: Date | null
  readonly cards: number
  readonly waiting: number
  readonly made: number
  readonly rejected: number
  /** The first deadline among those that wait. */
  readonly dueOn: Day | null
}

export type BatchCard = {
  readonly cardId: Id<'card'>
  readonly personId: Id<'person'>
  readonly name: string
  readonly dueOn: Day
  readonly unitId: Id<'unit'>
  readonly state: (typeof batchLineStates)[number]
  readonly reason: string | null
  readonly attempts: number | null
  /** The attempt that stands. */
  readonly attemptId: string | null
  readonly serial: string | null
  readonly madeBy: string | null
  readonly quality: 'passed' | 'rejected' | null
  readonly fault: string | null
}
