import { type Day, dayAt } from '../platform/day.ts'
import { isId } from '../platform/ids.ts'
import type { Problem } from '../platform/problem.ts'
import { type Work, withHouseScope } from '../platform/work.ts'
import type { OfficerRight } from './role.ts'
import { standInsBy } from './store.ts'

/**
 * Separation of duties: the one table of what two different officers do about the same thing. Whoever did the first
 * half, or stands in for who did, does not do the second; nor does the officer for whom somebody stood in at the first,
 * or another who stands in for that officer. Every verb that does a second half awaits `refuseSameHand`.
 * test/separation.test.ts tries each pair with one officer, with stand-ins in each order, and with two officers; a pair
 * without a trial fails.
 */

type Half = {
  /** Who may do it: holders of a right, whom the thing is about, or whom the first names as a witness. */
  readonly right: OfficerRight | 'concerned' | 'named'
  readonly does: string
}

export type SeparatedPair = {
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
  'merge-decided': {
    first: { right: 'register.propose', does: 'proposes' },
    second: { right: 'register.decide', does: 'accepts or refuses' },
    on: 'that two records are one person',
    refusal: 'second-officer-needed',
    constraint: 'register.merge: decided_by_another',
  },
  'opening-accepted': {
    first: { right: 'register.propose', does: 'asks to see' },
    second: { right: 'register.propose', does: 'accepts that they see' },
    on: 'a person’s whole record',
    refusal: 'second-officer-needed',
    constraint: 'register.access_case: accepted_by_another',
  },
  'guardianship-accepted': {
    first: { right: 'register.propose', does: 'records' },
    second: { right: 'register.decide', does: 'accepts' },
    on: 'a decision on the guardianship of a grown person',
    refusal: 'second-officer-needed',
    constraint: 'register.guardianship: guardianship_by_two',
  },
  'consent-accepted': {
    first: { right: 'register.serve', does: 'has a paper of consent signed by' },
    second: { right: 'register.serve', does: 'accepts the paper of' },
    on: 'a person of another unit at a counter',
    refusal: 'consent-own-paper',
    constraint: 'register.counter_consent: accepted_by_another',
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

/** When a half was done: on a day of the house, at an instant, or from a first to a last of either. */
export type HalfTime = Day | Date | readonly [Day, Day] | readonly [Date, Date]

/**
 * Somebody who did a half, as a record names them; nobody where it was the house, or is not known. Where the record
 * says for whom they acted (null: for nobody), that counts. Where it says only when, they are the hand of everybody for
 * whom they could stand in then, even if they acted in a post of their own; where not even that is known, of everybody
 * for whom they ever could.
 */
export type Hand = { readonly id: string | null | undefined } & (
  | { readonly onBehalfOf: string | null }
  | { readonly at: HalfTime | null | undefined }
)

/** Whether the actor did one of the halves, stands in for who did, or who did it stood in for either of them. */
export type IsSameHand = (...hands: readonly Hand[]) => boolean

/** The days of the house on which a half may have been done. */
function daysOf(at: HalfTime | null | undefined, { now, today }: Work): { fromOn?: Day; toOn: Day } {
  if (!at) return { toOn: today }
  const [first, last] = typeof at === 'string' || at instanceof Date ? [at, at] : at
  if (!(first instanceof Date) || !(last instanceof Date)) return { fromOn: first as Day, toOn: last as Day }
  // Which business day a demonstration had at an instant is not known.
  return dayAt(now) === today ? { fromOn: dayAt(first), toOn: dayAt(last) } : { toOn: today }
}

const officerIds = (hands: readonly Hand[]) =>
  hands.flatMap(hand => ('at' in hand && hand.id && isId(hand.id) ? [hand.id] : []))

/** Reads once for whom some hands stood in, in whatever units; what it gives tells of any of them. */
export async function sameHandTest(work: Work, hands: readonly Hand[]): Promise<IsSameHand> {
  const ids = [...new Set(officerIds(hands))]
  const standIns = ids.length > 0 ? await withHouseScope(work, house => standInsBy(house, ids)) : []

  function answerableFor(hand: Hand): readonly (string | null | undefined)[] {
    if (!('at' in hand)) return [hand.id, hand.onBehalfOf]
    const { fromOn, toOn } = daysOf(hand.at, work)
    const then = standIns.filter(
      one => one.officerId === hand.id && one.fromOn <= toOn && (fromOn === undefined || fromOn < one.toOn),
    )
    return [hand.id, ...then.map(({ forId }) => forId)]
  }
  const { id, onBehalfOf } = work.by
  return (...some) => some.flatMap(answerableFor).some(one => one && (one === id || one === onBehalfOf))
}

/** Whether the actor is the same hand as one of some; where there are many records, `sameHandTest` reads once. */
export const isSameHand = async (work: Work, ...hands: readonly Hand[]): Promise<boolean> =>
  (await sameHandTest(work, hands))(...hands)

/** Refuses the second half to whoever did the first: throws what `problem` makes, which may ask which it was. */
export async function refuseSameHand(
  work: Work,
  _pair: SeparatedDuty,
  hands: readonly Hand[],
  problem: (isSame: IsSameHand) => Problem,
): Promise<void> {
  const isSame = await sameHandTest(work, hands)
  if (isSame(...hands)) throw problem(isSame)
}
