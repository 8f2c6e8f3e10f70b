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
