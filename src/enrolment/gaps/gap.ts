/** The steps in which something can be stuck. */
export const gapKinds = [
  'counter-hole',
  'captured-not-received',
  'begun-not-finished',
  'held',
  'refused-packet',
  'received-not-landed',
  'chain-broken',
  'received-not-approved',
  'waits-for-correction',
  'returned-not-acted',
  'approved-not-produced',
  'produced-not-received',
  'missing-from-box',
  'stray-in-box',
  'received-not-handed-over',
  'ended-not-destroyed',
  'owed-not-remade',
] as const
export type GapKind = (typeof gapKinds)[number]

/** How many working days a step may take before it is overdue, and who acts in it (TT60/2021; domain.md 2C, 7.3). */
export const steps: Readonly<
  Record<GapKind, { readonly days: number; readonly hand: 'station' | 'unit' | 'centre' | 'maker' }>
> = {
  'counter-hole': { days: 1, hand: 'station' },
  'captured-not-received': { days: 1, hand: 'station' },
  'begun-not-finished': { days: 1, hand: 'station' },
  held: { days: 1, hand: 'unit' },
  'refused-packet': { days: 1, hand: 'station' },
  'received-not-landed': { days: 0, hand: 'unit' },
  'chain-broken': { days: 1, hand: 'unit' },
  'received-not-approved': { days: 5, hand: 'centre' },
  'waits-for-correction': { days: 2, hand: 'unit' },
  'returned-not-acted': { days: 2, hand: 'unit' },
  'approved-not-produced': { days: 3, hand: 'maker' },
  'produced-not-received': { days: 2, hand: 'unit' },
  'missing-from-box': { days: 1, hand: 'unit' },
  'stray-in-box': { days: 1, hand: 'unit' },
  'received-not-handed-over': { days: 5, hand: 'unit' },
  'ended-not-destroyed': { days: 2, hand: 'unit' },
  'owed-not-remade': { days: 2, hand: 'unit' },
}
