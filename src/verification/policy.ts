import type { Day } from '../platform/day.ts'

/** What the house tells of those whom a number does not name any more, and how it bears being guessed at: rules that have a day. Pure. */

type Dated = { readonly from: string }

const inForce = <Rule extends Dated>(rules: readonly Rule[], day: Day): Rule => {
  const rule = rules.filter(({ from }) => from <= day).at(-1) ?? rules[0]
  if (!rule) throw new Error('a rule has a first row')
  return rule
}

/**
 * Whether a party is told that a number was cancelled, or that its holder is dead. A party without a legal basis is told what it is told of a number that
 * nobody ever had (LCC Art. 10: nobody is shown more than a service needs; NĐ70/2024 Art. 11 on cancelled numbers).
 */
const tellings = [
  { from: '2022-01-01', legalBasis: 'status', others: 'nothing' },
] as const satisfies readonly { from: string; legalBasis: 'status' | 'nothing'; others: 'status' | 'nothing' }[] // biome-ignore format: a table

export const tellsStatus = (day: Day, legalBasis: boolean): boolean => {
  const rule = inForce(tellings, day)
  return (legalBasis ? rule.legalBasis : rule.others) === 'status'
}

export type GuessingRule = {
  readonly from: string
  /** About one person, by one client, on one day: so many wrong answers cost nothing, then each doubles the wait, and at the last there is no answer more. */
  readonly free: number
  readonly firstWaitSeconds: number
  readonly stop: number
  /** About one person by all clients together. */
  readonly stopOfAll: number
  /** By one client about everybody: counted from so many wrong answers on, where they are more than this share of what it asked. */
  readonly client: {
    readonly slowFrom: number
    readonly slowShare: number
    readonly stopFrom: number
    readonly stopShare: number
    readonly mostWaitSeconds: number
  }
}

/** A list of a school that is badly kept is wrong in a third of its rows; whoever tries numbers or days of birth is wrong in nearly all. */
const guessing: readonly GuessingRule[] = [
  {
    from: '2022-01-01',
    free: 3,
    firstWaitSeconds: 10,
    stop: 10,
    stopOfAll: 20,
    client: { slowFrom: 300, slowShare: 0.6, stopFrom: 1000, stopShare: 0.8, mostWaitSeconds: 60 },
  },
]

export const guessingRule = (day: Day): GuessingRule => inForce(guessing, day)

/** Seconds to wait after so many wrong answers about one person. */
export const waitAfter = ({ free, firstWaitSeconds }: GuessingRule, wrongs: number): number =>
  wrongs < free ? 0 : firstWaitSeconds * 2 ** (wrongs - free)

/** How a client stands that asked so much, of which so much was wrong: free, slowed by so many seconds after each wrong answer, or stopped for the day. */
export function clientStanding(
  { client: rule }: GuessingRule,
  asked: number,
  wrong: number,
): 'free' | 'stopped' | { readonly seconds: number } {
  if (wrong >= rule.stopFrom && wrong > asked * rule.stopShare) return 'stopped'
  if (wrong < rule.slowFrom || wrong <= asked * rule.slowShare) return 'free'
  return { seconds: Math.min(rule.mostWaitSeconds, 2 ** Math.floor((wrong - rule.slowFrom) / 100)) }
}
