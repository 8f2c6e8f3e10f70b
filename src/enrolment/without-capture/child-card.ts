import { oneOf } from '../../platform/shapes.ts'

/** The card of a child of whom nothing is captured: who may ask for it, where it may be had. Pure. */

export const cardDeliveries = ['unit', 'post'] as const
export type CardDelivery = (typeof cardDeliveries)[number]

export const childRepresentatives = ['father', 'mother', 'guardian'] as const
export type ChildRepresentative = (typeof childRepresentatives)[number]

/**
 * Whether such a card can be applied for today. `capture-needed`: a child of this age is captured in person; `no-law`:
 * the law of the day gives no card at this age; `number-needed`: the child has no personal number yet, which the
 * registration of the birth gives.
 */
export const childCardStatuses = [
  'possible',
  'no-law',
  'capture-needed',
  'number-needed',
  'has-card',
  'under-way',
  'returned',
] as const
export type ChildCardStatus = (typeof childCardStatuses)[number]

export const DeliveryShape = oneOf(cardDeliveries)
