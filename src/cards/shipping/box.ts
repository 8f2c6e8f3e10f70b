import type { Id } from '../../platform/ids.ts'
import type { BoxState } from '../box-state.ts'
import type { CardState } from '../card.ts'

export const boxLineStates = ['in', 'present', 'missing', 'found', 'lost'] as const

/**
 * What became of a card that lay in a box and is on no list: taken in, sent back to who packed it, or no such card was
 * there.
 */
export const unexpectedOutcomes = ['found', 'sent-back', 'misread'] as const
export type UnexpectedOutcome = (typeof unexpectedOutcomes)[number]

/** Where a box comes from, or goes to. */
export type BoxPlace = { readonly kind: 'unit' | 'school'; readonly id: Id<'unit' | 'school'> }

export const isUnitPlace = (place: BoxPlace): place is { readonly kind: 'unit'; readonly id: Id<'unit'> } =>
  place.kind === 'unit'

export type Box = {
  readonly id: string
  readonly code: string
  readonly fromKind: 'unit' | 'school' | 'centre'
  readonly fromId: Id<'unit' | 'school'> | null
  readonly toKind: 'unit' | 'school'
  readonly toId: Id<'unit' | 'school'>
  readonly unitId: Id<'unit'>
  readonly seal: string | null
  readonly state: BoxState
  readonly intact: boolean | null
  readonly remark: string | null
  readonly openedAt: Date
  readonly sealedAt: Date | null
  readonly sentAt: Date | null
  readonly receivedAt: Date | null
  readonly countedAt: Date | null
  readonly cards: number
  readonly present: number
  readonly missing: number
}

export type BoxCard = {
  readonly cardId: Id<'card'>
  readonly personId: Id<'person'>
  readonly serial: string | null
  readonly name: string | null
  readonly state: (typeof boxLineStates)[number]
  readonly cardState: CardState
  readonly putAt: Date
  readonly endedAt: Date | null
}
