/** Where a card can be. */
export const placeKinds = [
  'not-ordered',
  'to-be-planned',
  'at-maker',
  'in-box',
  'missing',
  'at-unit',
  'at-school',
  'on-list',
  'with-holder',
  'withheld',
  'to-be-destroyed',
  'ended',
] as const

/** How far a box has come. */
export const boxStates = ['open', 'sealed', 'sent', 'received', 'counted'] as const
export type BoxState = (typeof boxStates)[number]
