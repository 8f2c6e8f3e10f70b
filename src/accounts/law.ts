import { addDays, type Day } from '../platform/day.ts'
import * as register from '../register/register.ts'

/**
 * What the law of a day says of accounts: who, with which document, in how many working days, and what becomes of an
 * account when its card ends. From which age: account.ts.
 */

export type Document = 'card' | 'card-or-application' | 'none'

export type Admission = {
  readonly level: 1 | 2
  readonly fromAge: number
  readonly document: Document
  readonly acts: 'holder' | 'representative'
}

// biome-ignore format: a table of law
const admissions: readonly { readonly from: Day | ''; readonly rows: readonly Admission[]; readonly source: string }[] = [
  {
    from: '',
    rows: [
      { level: 1, fromAge: 14, document: 'card',                acts: 'holder' },
      { level: 2, fromAge: 14, document: 'card-or-application', acts: 'holder' },
    ],
    source: 'NĐ59/2022 Art. 11, 14',
  },
  {
    from: '2024-07-01' as Day,
    rows: [
      { level: 1, fromAge: 0,  document: 'none',                acts: 'representative' },
      { level: 1, fromAge: 6,  document: 'card',                acts: 'representative' },
      { level: 2, fromAge: 6,  document: 'card',                acts: 'representative' },
      { level: 1, fromAge: 14, document: 'card',                acts: 'holder' },
      { level: 2, fromAge: 14, document: 'card-or-application', acts: 'holder' },
    ],
    source: 'NĐ69/2024 Art. 7, 10',
  },
]

const inForce = <Rule extends { readonly from: Day | '' }>(
  rules: readonly [Rule, ...Rule[]] | readonly Rule[],
  day: Day,
): Rule => (rules.findLast(({ from }) => from <= day) ?? rules[0]) as Rule

/**
 * By which document, and by whose act, somebody of an age has an account of a level; undefined where the law of the day
 * gives none.
 */
export const admissionOf = (level: 1 | 2, age: number, day: Day): Admission | undefined =>
  inForce(admissions, day).rows.findLast(row => row.level === level && row.fromAge <= age)

// biome-ignore format: a table of law
const limits: readonly { readonly from: Day | ''; readonly withCard: Readonly<Record<1 | 2, number>>; readonly withoutCard: number; readonly source: string }[] = [
  { from: '',                  withCard: { 1: 1, 2: 3 }, withoutCard: 7, source: 'NĐ59/2022 Art. 15' },
  { from: '2024-07-01' as Day, withCard: { 1: 1, 2: 3 }, withoutCard: 7, source: 'NĐ69/2024 Art. 13' },
]

/** The last day to decide a request that came in on a day. Without a card that holds, seven working days. */
export function decideBy(level: 1 | 2, card: 'with-card' | 'without-card', day: Day): Day {
  const { withCard, withoutCard } = inForce(limits, day)
  return register.workingDaysAfter(day, card === 'with-card' ? withCard[level] : withoutCard)
}

/**
 * Calendar days from the notice of the result within which the holder activates by themselves; afterwards by the
 * hotline (NĐ59/2022 Art. 18, NĐ69/2024 Art. 14).
 */
const daysToActivate = 7

/** The last of them: who is told on the 20th has until the end of the 27th. */
export const activateBy = (toldOn: Day): Day => addDays(toldOn, daysToActivate)

/**
 * The last day of an activation by slip: days that run go on as they were told; where none run they begin with the
 * paper.
 */
export const activateBySlip = (runUntil: Day | undefined, day: Day): Day =>
  runUntil && runUntil >= day ? runUntil : activateBy(day)

type DemandLimits = {
  readonly from: Day | ''
  readonly decide: number
  readonly forward: number
  readonly source: string
}

/** Working days for a demand: to forward it where whoever received it does not decide, and to decide it. */
// biome-ignore format: a table of law
const demands: readonly DemandLimits[] = [
  { from: '',                  forward: 1, decide: 2, source: 'NĐ59/2022 Art. 19' },
  { from: '2024-07-01' as Day, forward: 1, decide: 2, source: 'NĐ69/2024 Art. 15' },
]

/**
 * An agency's demand is forwarded within one working day, and decided within two more; the holder's own is decided
 * within two.
 */
export function demandDue(
  askedBy: 'holder' | 'agency' | 'service',
  day: Day,
): { readonly forwardBy?: Day; readonly decideBy: Day } {
  const { forward, decide } = inForce(demands, day)
  if (askedBy === 'holder') return { decideBy: register.workingDaysAfter(day, decide) }
  const forwardBy = register.workingDaysAfter(day, forward)
  return { forwardBy, decideBy: register.workingDaysAfter(forwardBy, decide) }
}

export type CardRule = {
  readonly from: Day | ''
  /** What becomes of the account when the card ends: it is locked, or stays as it is. */
  readonly revoked: 'locks' | 'stays'
  readonly expired: 'locks' | 'stays'
  /** Whether the account is unlocked by itself when a new card is handed over. */
  readonly newCard: 'unlocks' | 'is-asked'
  readonly source: string
}

// biome-ignore format: a table of law
const cardRules: readonly CardRule[] = [
  { from: '',                  revoked: 'locks', expired: 'stays', newCard: 'is-asked', source: 'NĐ59/2022 Art. 19: the card revoked, not the card expired; unlocking is asked for and decided' },
  { from: '2024-07-01' as Day, revoked: 'locks', expired: 'locks', newCard: 'unlocks',  source: 'NĐ69/2024 Art. 15, LCC Art. 34: locked and unlocked with the card, when it expires too' },
]

export const cardRuleOn = (day: Day): CardRule => inForce(cardRules, day)

/**
 * Whether the true owner of a number who registers it later gets it, and the first account is locked (NĐ69/2024; answer
 * of the ministry of 22 April 2026).
 */
// biome-ignore format: a table of law
const phoneRules: readonly { readonly from: Day | ''; readonly owner: 'is-refused' | 'takes-it'; readonly source: string }[] = [
  { from: '',                  owner: 'is-refused', source: 'NĐ59/2022 Art. 14: one number, one account' },
  { from: '2024-07-01' as Day, owner: 'takes-it',   source: 'NĐ69/2024 Art. 10' },
]

export const phoneRuleOn = (day: Day) => inForce(phoneRules, day).owner
