/** Between which two hands something can be stuck. */
export const gapKinds = [
  'counter-hole',
  'captured-not-received',
  'begun-not-finished',
  'held',
  'refused-packet',
  'received-not-landed',
  'chain-broken',
  'begun-not-submitted',
  'received-not-checked',
  'received-not-approved',
  'waits-for-correction',
  'returned-not-acted',
  'approved-not-produced',
  'produced-not-sent',
  'produced-not-received',
  'missing-from-box',
  'stray-in-box',
  'received-not-handed-over',
  'at-school-not-handed-over',
  'uncollected',
  'ended-not-destroyed',
  'owed-not-remade',
  'elsewhere-not-produced',
  'elsewhere-not-received',
  'card-ends',
  'card-lost',
  'number-changed',
  'chip-not-the-card',
  'account-not-decided',
  'account-at-centre',
  'account-not-told',
  'account-not-activated',
  'message-lost',
] as const
export type GapKind = (typeof gapKinds)[number]

export const gapHands = ['station', 'unit', 'school', 'centre', 'maker', 'operator'] as const
export type GapHand = (typeof gapHands)[number]

type Actor = {
  readonly hand: GapHand
  /**
   * The right by which the step is done: the unit that must act is the nearest one, from the unit that has the thing in
   * hand upwards, where an officer has it. Without one it is that unit itself.
   */
  readonly right?: string
}

/** Who is at work in a step (TT60/2021; domain.md 2C, 7.3); how long it may take is law.ts's. */
export const actors: Readonly<Record<GapKind, Actor>> = {
  'counter-hole': { hand: 'station' },
  'captured-not-received': { hand: 'station' },
  'begun-not-finished': { hand: 'station' },
  held: { hand: 'unit', right: 'enrolment.check' },
  'refused-packet': { hand: 'station' },
  'received-not-landed': { hand: 'operator' },
  'chain-broken': { hand: 'unit', right: 'enrolment.check' },
  'begun-not-submitted': { hand: 'unit' },
  'received-not-checked': { hand: 'unit', right: 'enrolment.check' },
  'received-not-approved': { hand: 'unit', right: 'enrolment.approve' },
  'waits-for-correction': { hand: 'unit' },
  'returned-not-acted': { hand: 'unit' },
  'approved-not-produced': { hand: 'maker', right: 'cards.produce' },
  'produced-not-sent': { hand: 'maker', right: 'cards.produce' },
  'produced-not-received': { hand: 'unit' },
  'missing-from-box': { hand: 'unit' },
  'stray-in-box': { hand: 'unit' },
  'received-not-handed-over': { hand: 'unit' },
  'at-school-not-handed-over': { hand: 'school' },
  uncollected: { hand: 'unit' },
  'ended-not-destroyed': { hand: 'unit' },
  'owed-not-remade': { hand: 'unit' },
  'elsewhere-not-produced': { hand: 'centre', right: 'cards.produce' },
  'elsewhere-not-received': { hand: 'centre', right: 'cards.produce' },
  'card-ends': { hand: 'unit' },
  'card-lost': { hand: 'unit' },
  'number-changed': { hand: 'unit' },
  'chip-not-the-card': { hand: 'unit' },
  'account-not-decided': { hand: 'unit', right: 'accounts.approve' },
  'account-at-centre': { hand: 'centre', right: 'accounts.approve' },
  'account-not-told': { hand: 'unit' },
  'account-not-activated': { hand: 'unit' },
  'message-lost': { hand: 'unit' },
}

/** Kinds that have no day of their own elsewhere: what is stuck so is stored each night. */
export const recordedKinds: readonly GapKind[] = gapKinds.slice(0, gapKinds.indexOf('elsewhere-not-produced'))

type ReadAccess = { readonly right: string; readonly purpose: string }
const ofAccounts: ReadAccess = { right: 'accounts.read', purpose: 'account' }
const ofCards: ReadAccess = { right: 'cards.read', purpose: 'card' }

/** What a reader needs besides the right to applications, where something stuck is none and comes of none. */
export const readAccess: Partial<Readonly<Record<GapKind, ReadAccess>>> = {
  'elsewhere-not-produced': ofCards,
  'elsewhere-not-received': ofCards,
  'card-ends': ofCards,
  'card-lost': ofCards,
  'number-changed': ofCards,
  'chip-not-the-card': ofCards,
  'account-not-decided': ofAccounts,
  'account-at-centre': ofAccounts,
  'account-not-told': ofAccounts,
  'account-not-activated': ofAccounts,
  'message-lost': { right: 'outreach.retry', purpose: 'outreach' },
}

/** The kinds that a reader sees who has some rights. */
export const kindsReadBy = (may: (right: string, purpose: string) => boolean): readonly GapKind[] =>
  gapKinds.filter(kind => {
    const access = readAccess[kind]
    return !access || may(access.right, access.purpose)
  })
