import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { CardState } from '../card.ts'

export const listStates = ['given', 'returned'] as const

export const lineOutcomes = ['handed-over', 'came-back'] as const

/**
 * Cards that a teacher collects against a list; pupils sign it, and the teacher brings it back with the cards of those
 * who were not there.
 */
export type HandOverList = {
  readonly id: string
  readonly code: string
  readonly unitId: Id<'unit'>
  readonly schoolId: Id<'school'>
  readonly teacherName: string
  readonly state: (typeof listStates)[number]
  readonly givenOn: Day
  readonly returnedAt: Date | null
  readonly cards: number
  readonly handedOver: number
  readonly cameBack: number
}

export type HandOverLine = {
  readonly cardId: Id<'card'>
  readonly personId: Id<'person'>
  readonly serial: string | null
  readonly name: string | null
  readonly outcome: (typeof lineOutcomes)[number] | null
  readonly cardState: CardState
}
