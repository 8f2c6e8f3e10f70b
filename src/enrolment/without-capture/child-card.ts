import { oneOf } from '../../platform/shapes.ts'

/** The card of a child of whom nothing is captured: who may ask for it, where it may be had. Pure. */

export const cardDeliveries = ['unit', 'post'] as const
export type CardDelivery = (typeof cardDeliveries)[number]

export const childRepresentatives = ['father', 'mother', 'guardian'] as const
export type ChildRepresentative = (typeof childRepresentatives)[number]

/**
 * Whether such a card can be asked for now. `capture-needed`: the child is old enough to be captured, and comes along;
 * `no-law`: the law of the day gives no card at this age; `number-needed`: the birth was registered without a number,
 * or not at all, and the registration of the birth asks for the card too.
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
