import type { Account } from './search.ts'

/** What may be done with an account at the desk, in the order in which it is offered. */
const deeds = [
  'approve',
  'supplement',
  'refuse',
  'supply',
  'reopen',
  'raise',
  'phone',
  'ask-unlock',
  'lost-device',
  'lock',
  'ask-lock',
  'lower',
  'cancel',
] as const
export type Deed = (typeof deeds)[number]

const rightOf: Readonly<Record<Deed, string>> = {
  approve: 'accounts.approve',
  supplement: 'accounts.approve',
  refuse: 'accounts.approve',
  supply: 'accounts.request',
  reopen: 'accounts.phone',
  phone: 'accounts.phone',
  raise: 'accounts.raise',
  lower: 'accounts.raise',
  'lost-device': 'accounts.lock',
  lock: 'accounts.lock',
  'ask-lock': 'accounts.lock',
  'ask-unlock': 'accounts.lock',
  cancel: 'accounts.approve',
}

/** Whether a deed fits where the account stands; the house has the last word (account.ts, lock.ts). */
const fits: Readonly<Record<Deed, (account: Account) => boolean>> = {
  approve: account => isToDecide(account) && !isAwaited(account),
  supplement: account => isToDecide(account) && !isAwaited(account),
  refuse: account => isToDecide(account) && account.supplement?.state !== 'awaited',
  supply: isAwaited,
  reopen: ({ needsHotline }) => needsHotline,
  phone: ({ state }) => state !== 'cancelled',
  raise: ({ state, level, asks }) =>
    level === 1 && asks === undefined && (state === 'approved' || state === 'activated'),
  lower: ({ state, level }) => level === 2 && (state === 'approved' || state === 'activated'),
  'lost-device': ({ state }) => state === 'approved' || state === 'activated',
  lock: ({ state }) => state === 'approved' || state === 'activated',
  'ask-lock': ({ state, demands }) => ['approved', 'activated', 'locked'].includes(state) && !isAsked(demands, 'lock'),
  'ask-unlock': ({ state, demands }) => state === 'locked' && !isAsked(demands, 'unlock'),
  cancel: ({ state }) => state !== 'cancelled',
}

const isToDecide = ({ state, asks, mine, handedUpAt }: Account) =>
  (state === 'requested' || asks !== undefined) && !mine && !handedUpAt

/** Something is missing: nothing is approved without it, and nothing refused before its last day. */
export function isAwaited({ supplement }: Account) {
  return supplement !== undefined && supplement.state !== 'supplied'
}

const isAsked = (demands: Account['demands'], kind: 'lock' | 'unlock') =>
  demands.some(one => one.kind === kind && !one.outcome)

/** Deeds that are asked by a dialog of fields. */
export type FieldDeed = Exclude<Deed, 'approve' | 'supplement' | 'supply'>

/** What an officer with these rights may do now. */
export const deedsOf = (account: Account, rights: readonly string[]): Deed[] =>
  deeds.filter(deed => rights.includes(rightOf[deed]) && fits[deed](account))
