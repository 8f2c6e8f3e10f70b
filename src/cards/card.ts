import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'

export type CardState =
  | 'applied'
  | 'approved'
  | 'produced'
  | 'at-unit'
  | 'handed-over'
  | 'blocked'
  | 'revoked'
  | 'expired'
  | 'cancelled'

/** The states that an extract may give (interfaces.md). Extracts do not know cancelled applications. */
export const extractStates: readonly CardState[] = [
  'applied',
  'approved',
  'produced',
  'at-unit',
  'handed-over',
  'blocked',
  'revoked',
  'expired',
]
export const cardStates: readonly CardState[] = [...extractStates, 'cancelled']

/** A serial: letters and digits, `/` and `-`. */
export const serialShape = /^[\p{L}\d/-]{1,40}$/u

/** The id of a chip, as its maker writes it: capital letters, digits and `-`. */
export const chipIdShape = /^[0-9A-Z-]{4,64}$/

export type Card = {
  readonly id: Id<'card'>
  readonly personId: Id<'person'>
  readonly serial?: string
  /** Which chip it has, where its maker told. */
  readonly chipId?: string
  readonly state: CardState
  readonly issuedOn?: Day
  /** The end of its term; absent on a card that has one without term, or is not made yet. */
  readonly expiresOn?: Day
}

/**
 * From each state, the states to which a card may go. An application becomes a card only when it is made, so it is
 * cancelled and not revoked. No card leaves revoked or cancelled. `expired` comes by the calendar and by extracts,
 * never by an officer.
 */
export const transitions: Record<CardState, readonly CardState[]> = {
  applied: ['approved', 'cancelled'],
  approved: ['produced', 'cancelled'],
  produced: ['at-unit', 'revoked'],
  'at-unit': ['handed-over', 'revoked'],
  'handed-over': ['blocked', 'revoked'],
  blocked: ['handed-over', 'revoked'],
  revoked: [],
  expired: ['revoked'],
  cancelled: [],
}

export const mayTransition = (from: CardState, to: CardState): boolean => transitions[from].includes(to)

/** On its way to its holder. */
export const isComing = (state: CardState): boolean => ['applied', 'approved', 'produced', 'at-unit'].includes(state)

/** In the holder's hands, or lost and blocked there; of a person one at most. */
export const isInForce = (state: CardState): boolean => state === 'handed-over' || state === 'blocked'

/** Made once, and good for nothing any more. */
export const hasEnded = (state: CardState): boolean => state === 'revoked' || state === 'expired'

/** The states in which there is a card to be drawn: made, and not ended. */
export const drawableStates: readonly CardState[] = ['produced', 'at-unit', 'handed-over', 'blocked']
