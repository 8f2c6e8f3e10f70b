import type { Problem } from '../platform/problem.ts'
import type { Actor, Work } from '../platform/work.ts'
import type { OfficerRight } from './role.ts'

/**
 * Separation of duties: the one table of what two different officers do about the same thing. Whoever did the first
 * half, or stands in for who did, does not do the second; every verb that does a second half asks `refuseSameHand`.
 * test/separation.test.ts tries each pair with one officer, a stand-in and two officers; a pair without a trial fails.
 */

type Half = {
  /** Who may do it: holders of a right, whom the thing is about, or whom the first names as a witness. */
  readonly right: OfficerRight | 'concerned' | 'named'
  readonly does: string
}

type SeparatedPair = {
  readonly first: Half
  readonly second: Half
  /** Of what both halves are. */
  readonly on: string
  /** The code of the refusal. */
  readonly refusal: string
  /** The constraint that says the same in the database, as `table: name`. */
  readonly constraint?: string
}

export const separatedDuties = {
  'correction-decided': {
    first: { right: 'register.propose', does: 'proposes' },
    second: { right: 'register.decide', does: 'approves or refuses' },
    on: 'a correction of the register',
    refusal: 'second-officer-needed',
    constraint: 'register.correction: decided_by_another',
  },
  'opening-accepted': {
    first: { right: 'register.propose', does: 'asks to see' },
    second: { right: 'register.propose', does: 'accepts that they see' },
    on: 'a person’s whole record',
    refusal: 'second-officer-needed',
    constraint: 'register.access_case: accepted_by_another',
  },
  'number-established': {
    first: { right: 'register.collect', does: 'collects a person’s data, or asks to cancel a number' },
    second: { right: 'register.establish', does: 'establishes the number, or refuses' },
    on: 'a collection',
    refusal: 'second-officer-needed',
    constraint: 'register.collection: established_by_another',
  },
  'application-decided': {
    first: { right: 'enrolment.capture', does: 'captures' },
    second: { right: 'enrolment.approve', does: 'checks, returns or approves' },
    on: 'an application for a card',
    refusal: 'application-captured-by-you',
  },
  'packet-released': {
    first: { right: 'enrolment.capture', does: 'captures' },
    second: { right: 'enrolment.check', does: 'releases or sets aside' },
    on: 'a quarantined packet',
    refusal: 'application-captured-by-you',
  },
  'application-ended': {
    first: { right: 'enrolment.check', does: 'proposes to refuse or to merge' },
    second: { right: 'enrolment.check', does: 'agrees' },
    on: 'an application for a card',
    refusal: 'proposal-your-own',
    constraint: 'enrolment.proposal: agreed_by_another',
  },
  'card-ordered': {
    first: { right: 'enrolment.capture', does: 'captures' },
    second: { right: 'enrolment.approve', does: 'orders' },
    on: 'a card',
    refusal: 'order-own-capture',
    constraint: 'cards.card_order: captured_and_approved_by_two',
  },
  'card-checked': {
    first: { right: 'cards.produce', does: 'makes' },
    second: { right: 'cards.check', does: 'checks' },
    on: 'a made card',
    refusal: 'check-own-work',
    constraint: 'cards.production: made_and_checked_by_two',
  },
  'blanks-counted': {
    first: { right: 'cards.blanks', does: 'counts' },
    second: { right: 'named', does: 'witnesses' },
    on: 'a stock-take of blanks',
    refusal: 'second-checker-needed',
    constraint: 'cards.stock_take: stock_take_check',
  },
  'old-card-destroyed': {
    first: { right: 'cards.withhold', does: 'destroys' },
    second: { right: 'named', does: 'witnesses' },
    on: 'an old card',
    refusal: 'second-checker-needed',
    constraint: 'cards.destruction: destruction_check',
  },
  'account-decided': {
    first: { right: 'accounts.request', does: 'takes the request for' },
    second: { right: 'accounts.approve', does: 'approves or refuses' },
    on: 'an account',
    refusal: 'account-own-request',
    constraint: 'accounts.account: account_check1',
  },
  'account-raised': {
    first: { right: 'accounts.raise', does: 'asks for level 2 of' },
    second: { right: 'accounts.approve', does: 'grants' },
    on: 'an account',
    refusal: 'account-own-request',
    constraint: 'accounts.raising: raising_check1',
  },
  'slip-printed': {
    first: { right: 'accounts.approve', does: 'approves' },
    second: { right: 'accounts.slip', does: 'prints the slip that opens' },
    on: 'an account',
    refusal: 'slip-own-approval',
  },
  'slip-approved': {
    first: { right: 'accounts.slip', does: 'prints' },
    second: { right: 'accounts.approve', does: 'approves or refuses' },
    on: 'a slip for an account that was opened before',
    refusal: 'slip-own-print',
    constraint: 'accounts.slip_reset: another_officer_decides',
  },
  'hold-lifted': {
    first: { right: 'accounts.slip', does: 'prints the slip of' },
    second: { right: 'accounts.approve', does: 'ends the waiting time of' },
    on: 'an account that was reset',
    refusal: 'slip-own-print',
    constraint: 'accounts.slip_reset: another_officer_lifts',
  },
  'demand-decided': {
    first: { right: 'accounts.lock', does: 'receives' },
    second: { right: 'accounts.lock', does: 'decides' },
    on: 'a demand to lock or unlock an account',
    refusal: 'account-own-request',
    constraint: 'accounts.demand: demand_check4',
  },
  'party-approved': {
    first: { right: 'parties.manage', does: 'registers or submits' },
    second: { right: 'parties.approve', does: 'approves or refuses' },
    on: 'a relying party',
    refusal: 'party-own-work',
    constraint: 'parties.party: party_check4',
  },
  'client-approved': {
    first: { right: 'parties.manage', does: 'makes or submits' },
    second: { right: 'parties.approve', does: 'approves or refuses' },
    on: 'the settings of a live client',
    refusal: 'party-own-work',
    constraint: 'parties.version: version_check2',
  },
  'overtime-signed': {
    first: { right: 'concerned', does: 'works' },
    second: { right: 'planning.sign', does: 'signs' },
    on: 'overtime of a month',
    refusal: 'overtime-own',
  },
  'appointment-accepted': {
    first: { right: 'staff.manage', does: 'proposes' },
    second: { right: 'staff.accept', does: 'accepts' },
    on: 'an appointment',
    refusal: 'second-officer-accepts',
    constraint: 'staff.proposal: accepted_by_another',
  },
  'appointment-of-oneself': {
    first: { right: 'concerned', does: 'is appointed' },
    second: { right: 'staff.accept', does: 'accepts' },
    on: 'an appointment',
    refusal: 'own-appointment',
    constraint: 'staff.proposal: accepted_by_another',
  },
  'stand-in-accepted': {
    first: { right: 'staff.manage', does: 'proposes' },
    second: { right: 'staff.accept', does: 'accepts' },
    on: 'a stand-in',
    refusal: 'second-officer-accepts',
    constraint: 'staff.proposal: accepted_by_another',
  },
  'reset-accepted': {
    first: { right: 'staff.manage', does: 'proposes' },
    second: { right: 'staff.accept', does: 'accepts' },
    on: 'a new password of an officer',
    refusal: 'second-officer-accepts',
    constraint: 'staff.proposal: accepted_by_another',
  },
  'factor-reset-accepted': {
    first: { right: 'staff.manage', does: 'proposes' },
    second: { right: 'staff.accept', does: 'accepts' },
    on: 'new second factors of an officer',
    refusal: 'second-officer-accepts',
    constraint: 'staff.proposal: accepted_by_another',
  },
  'contact-accepted': {
    first: { right: 'staff.manage', does: 'proposes' },
    second: { right: 'staff.accept', does: 'accepts' },
    on: 'another phone or e-mail address of an officer',
    refusal: 'second-officer-accepts',
    constraint: 'staff.proposal: accepted_by_another',
  },
  'roll-accepted': {
    first: { right: 'rolls.import', does: 'sends' },
    second: { right: 'rolls.review', does: 'accepts' },
    on: 'a roll of people who live elsewhere',
    refusal: 'roll-own',
    constraint: 'rolls.roll: roll_accepted_by_another',
  },
  'pattern-settled': {
    first: { right: 'concerned', does: 'reads' },
    second: { right: 'audit.ask', does: 'asks about, or says the reason of' },
    on: 'a pattern in readings',
    refusal: 'pattern-your-own',
    constraint: 'inspection.pattern: settled_by_another',
  },
} as const satisfies Record<string, SeparatedPair>

export type SeparatedDuty = keyof typeof separatedDuties

/** Somebody who did a half, as a record names them; nobody where it was the house, or is not known. */
export type Hand = string | { readonly id: string; readonly onBehalfOf?: string | undefined } | null | undefined

/** Whether the actor did the first half, or stands in for who did, or who did it stood in for them. */
export function isSameHand({ id, onBehalfOf }: Actor, ...hands: readonly Hand[]): boolean {
  const halves = hands.flatMap(hand => (typeof hand === 'object' ? [hand?.id, hand?.onBehalfOf] : [hand]))
  return halves.some(one => one !== null && one !== undefined && (one === id || one === onBehalfOf))
}

/** Refuses the second half to whoever did the first: throws what `problem` makes. */
export function refuseSameHand(
  { by }: Pick<Work, 'by'>,
  _pair: SeparatedDuty,
  hands: readonly Hand[],
  problem: () => Problem,
): void {
  if (isSameHand(by, ...hands)) throw problem()
}
