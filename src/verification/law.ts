import type { Day } from '../platform/day.ts'
import { type Asking, law, policy, ruleOn } from '../platform/law.ts'

/**
 * Dated rules of verification: which answers a party gets about cancelled numbers and dead holders, and how much
 * probing is allowed; and the house's own limits. Pure.
 */

/**
 * Whether a party learns that a number was cancelled, or that its holder is dead. A party without a legal basis gets
 * the answer for a number that nobody ever had (LCC Art. 10: a service sees no more than it needs; NĐ70/2024 Art. 11 on
 * cancelled numbers).
 */
export const statusRules = law<{ readonly legalBasis: 'status' | 'nothing'; readonly others: 'status' | 'nothing' }>(
  'verification.tells-status',
  [
    {
      from: '',
      value: { legalBasis: 'status', others: 'nothing' },
      article: 'LCC Art. 10; NĐ70/2024 Art. 11',
      source: 'the house, after them',
    },
  ],
  { words: ['status', 'nothing'] },
)

export const tellsStatus = (day: Day, legalBasis: boolean, work: Asking): boolean => {
  const rule = ruleOn(statusRules, day, work)
  return (legalBasis ? rule.legalBasis : rule.others) === 'status'
}

export type ProbingRule = {
  /**
   * About one person, by one client, on one day: so many wrong answers cost nothing, then each doubles the wait, and at
   * the last there is no answer more.
   */
  readonly free: number
  readonly firstWaitSeconds: number
  readonly stop: number
  /** About one person by all clients together. */
  readonly stopOfAll: number
  /**
   * By one client about everybody: counted from so many wrong answers on, where they are more than this share of what
   * it asked.
   */
  readonly client: {
    readonly slowFrom: number
    readonly slowShare: number
    readonly stopFrom: number
    readonly stopShare: number
    readonly mostWaitSeconds: number
  }
  /**
   * Limits of one party and day over all persons: wrong answers, and wrong answers about a number of nobody or of an
   * altogether different person.
   */
  readonly party: { readonly wrong: number; readonly strange: number }
  /**
   * Limits of one party and day, in numbers of nobody or of an altogether different person: how many a name with a
   * birth date may be tried under, and either alone.
   */
  readonly tries: { readonly nameWithBirth: number; readonly name: number; readonly birth: number }
}

/**
 * A badly kept school list is wrong in a third of its rows; a party that tries numbers or birth dates is wrong in
 * nearly all. A list of a province's 900,000 pupils may still have nearly a third wrong, and a sixth with numbers of
 * nobody: its commonest names and birth dates come to some hundreds of these. Against the thousand times thousand
 * numbers of a birth year, five or two thousand tries a day find nothing.
 */
export const probingRules = policy<ProbingRule>('verification.guessing', {
  free: 3,
  firstWaitSeconds: 10,
  stop: 10,
  stopOfAll: 20,
  client: { slowFrom: 300, slowShare: 0.6, stopFrom: 1000, stopShare: 0.8, mostWaitSeconds: 60 },
  party: { wrong: 300_000, strange: 150_000 },
  tries: { nameWithBirth: 5, name: 2000, birth: 2000 },
})

export const probingRuleOn = (day: Day, work: Asking): ProbingRule => ruleOn(probingRules, day, work)

/** Seconds to wait after so many wrong answers about one person. */
export const waitAfter = ({ free, firstWaitSeconds }: ProbingRule, wrongs: number): number =>
  wrongs < free ? 0 : firstWaitSeconds * 2 ** (wrongs - free)

/**
 * Counts over all clients of a party on a day: wrong answers, and those about a number of nobody or of an altogether
 * different person.
 */
export type PartyCounts = { readonly wrong: number; readonly strange: number }

/**
 * What a client may still ask after so many answers (a person confirmed more than once counts once), so many of them
 * wrong: free, slowed by so many seconds after each wrong answer, or stopped for the day.
 */
export function clientLimit(
  { client: rule, party: most }: ProbingRule,
  answers: number,
  wrong: number,
  party: PartyCounts = { wrong, strange: 0 },
): 'free' | 'stopped' | { readonly seconds: number } {
  if (wrong >= most.wrong || party.wrong >= most.wrong || party.strange >= most.strange) return 'stopped'
  if (wrong >= rule.stopFrom && wrong > answers * rule.stopShare) return 'stopped'
  if (wrong < rule.slowFrom || wrong <= answers * rule.slowShare) return 'free'
  return { seconds: Math.min(rule.mostWaitSeconds, 2 ** Math.floor((wrong - rule.slowFrom) / 100)) }
}

/** Days that it is told who guessed; that they asked stays in each person's history. */
export const probingShownDays = policy('verification.guesses-told-days', 90)

/** Days that a list with its answers is kept, and after its result was fetched whole. */
export const listKeptDays = policy('verification.list-kept-days', { atMost: 7, fetched: 1 })

/** Minutes that a list waits whose client is stopped, and after which one that stands still was left by its job. */
export const listMinutes = policy('verification.list-minutes', { suspended: 10, stalled: 15 })

/*
 * Limits of questions by software. Plain numbers: no row of law.csv changes them.
 */

/** Lists: the largest piece that a client may send and the size of a stored piece, in bytes; open lists of a client. */
export const listLimits = { largestPiece: 8 * 1024 * 1024, keptBytes: 256 * 1024, mostOpen: 10 } as const

/**
 * Milliseconds that a stream of questions waits: for the quota, of which a minute's is waited for and a day's is not;
 * and with what has come, for more.
 */
export const streamWaits = { longest: 61_000, settle: 20 } as const
