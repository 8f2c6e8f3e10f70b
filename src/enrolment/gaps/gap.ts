/** Between which two hands something can be stuck. */
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

/** Who is at work in a step (TT60/2021; domain.md 2C, 7.3); how long it may take is law.ts's. */
export const hands: Readonly<Record<GapKind, 'station' | 'unit' | 'centre' | 'maker'>> = {
  'counter-hole': 'station',
  'captured-not-received': 'station',
  'begun-not-finished': 'station',
  held: 'unit',
  'refused-packet': 'station',
  'received-not-landed': 'unit',
  'chain-broken': 'unit',
  'received-not-approved': 'centre',
  'waits-for-correction': 'unit',
  'returned-not-acted': 'unit',
  'approved-not-produced': 'maker',
  'produced-not-received': 'unit',
  'missing-from-box': 'unit',
  'stray-in-box': 'unit',
  'received-not-handed-over': 'unit',
  'ended-not-destroyed': 'unit',
  'owed-not-remade': 'unit',
}
