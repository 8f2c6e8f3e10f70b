import type { Random } from '../random.ts'
import { from, wait } from './chance.ts'

/** A wait in working days: its median, and how long its tail is. */
export type Wait = { readonly median: number; readonly spread: number }

/** How a season goes. Shares are 0 to 1, waits in working days, chances by day. */
export type SeasonParameters = {
  /** How far districts lie apart in all that they do themselves: spread of the logarithm of their slowness. */
  readonly districtSpread: number
  readonly sessions: {
    /** Days from the first to the last school's turn. */
    readonly window: number
    readonly weekendShare: number
    /** Days between a session's announcement and the session. */
    readonly notice: readonly [least: number, most: number]
    readonly postponed: number
    readonly absent: number
    /** How many schools get another session for who was missing. */
    readonly secondTurn: number
    /** A pupil's own way to the unit's counter, by day: before the school's turn and after having missed it. */
    readonly counterBefore: number
    readonly counterAfter: number
  }
  readonly approval: Wait & { readonly returned: number; readonly recapture: Wait }
  readonly production: Wait & {
    readonly backlog: { readonly peak: number; readonly on: number; readonly width: number }
  }
  readonly delivery: Wait & { readonly every: number }
  readonly handOver: {
    /** How many schools hand cards over themselves; elsewhere each comes to the counter. */
    readonly atSchool: number
    readonly batch: number
    readonly longest: number
    readonly absent: number
    readonly counter: number
    readonly never: number
  }
  readonly accountApproval: Wait & { readonly returned: number; readonly longer: Wait }
  readonly activation: {
    readonly ready: number
    readonly readyWithin: number
    readonly later: number
    /** How many schools get a desk, and what share of those waiting it activates. */
    readonly desks: number
    readonly deskSuccess: number
  }
  /** How much more happens by day in the last weeks before a deadline, and for how many days. */
  readonly drive: { readonly strength: number; readonly days: number }
  /** What happens on a day off, beside a working day. */
  readonly weekend: number
}

/**
 * The spring of 2023 as it is told for the demonstration: the centre's backlog at the end of April, one pupil in twelve
 * missing at school.
 */
export const usualSeason: SeasonParameters = {
  districtSpread: 0.25,
  sessions: {
    window: 75,
    weekendShare: 0.3,
    notice: [4, 12],
    postponed: 0.06,
    absent: 0.08,
    secondTurn: 0.6,
    counterBefore: 0.004,
    counterAfter: 0.02,
  },
  approval: { median: 2, spread: 0.5, returned: 0.04, recapture: { median: 6, spread: 0.6 } },
  production: { median: 2.5, spread: 0.4, backlog: { peak: 5, on: 56, width: 11 } },
  delivery: { median: 1.5, spread: 0.4, every: 2 },
  handOver: { atSchool: 0.85, batch: 12, longest: 6, absent: 0.08, counter: 0.1, never: 0.01 },
  accountApproval: { median: 3, spread: 0.45, returned: 0.03, longer: { median: 9, spread: 0.5 } },
  activation: { ready: 0.18, readyWithin: 6, later: 0.0025, desks: 0.5, deskSuccess: 0.65 },
  drive: { strength: 1.5, days: 12 },
  weekend: 0.3,
}

/** A season of which nobody knows beforehand how it goes: every parameter from a wide range, no two seasons alike. */
export function drawSeason(random: Random): SeasonParameters {
  const within = (low: number, high: number) => from(random, low, high)
  return { ...drawSessions(random, within), ...drawCard(random, within), ...drawAccount(random, within) }
}

type Within = (low: number, high: number) => number

function drawSessions(random: Random, within: Within): Pick<SeasonParameters, 'districtSpread' | 'sessions'> {
  const least = random.between(2, 7)
  return {
    districtSpread: within(0.05, 0.45),
    sessions: {
      window: random.between(45, 95),
      weekendShare: within(0, 0.5),
      notice: [least, least + random.between(1, 12)],
      postponed: within(0.01, 0.15),
      absent: within(0.05, 0.12),
      secondTurn: within(0.2, 0.9),
      counterBefore: within(0.001, 0.015),
      counterAfter: within(0.005, 0.05),
    },
  }
}

function drawCard(
  random: Random,
  within: Within,
): Pick<SeasonParameters, 'approval' | 'production' | 'delivery' | 'handOver'> {
  return {
    approval: {
      median: within(0.8, 3.5),
      spread: within(0.25, 0.8),
      returned: within(0.01, 0.08),
      recapture: { median: within(3, 12), spread: within(0.4, 0.9) },
    },
    production: {
      median: within(1, 5),
      spread: within(0.2, 0.6),
      backlog: {
        peak: random.chance(0.75) ? within(0, 9) : 0,
        on: random.between(40, 75),
        width: random.between(6, 18),
      },
    },
    delivery: { median: within(0.8, 3), spread: within(0.2, 0.6), every: random.between(1, 5) },
    handOver: {
      atSchool: within(0.5, 1),
      batch: random.between(4, 25),
      longest: random.between(3, 12),
      absent: within(0.03, 0.15),
      counter: within(0.03, 0.2),
      never: within(0, 0.03),
    },
  }
}

function drawAccount(
  random: Random,
  within: Within,
): Pick<SeasonParameters, 'accountApproval' | 'activation' | 'drive' | 'weekend'> {
  return {
    accountApproval: {
      median: within(1, 5),
      spread: within(0.25, 0.7),
      returned: within(0.01, 0.06),
      longer: { median: within(5, 15), spread: within(0.3, 0.7) },
    },
    activation: {
      ready: within(0.1, 0.4),
      readyWithin: within(2, 9),
      later: within(0.002, 0.015),
      desks: within(0.1, 0.9),
      deskSuccess: within(0.4, 0.85),
    },
    drive: { strength: within(1, 2.5), days: random.between(5, 20) },
    weekend: within(0, 0.7),
  }
}

/** How slow someone is beside others of the season: 1 is usual. */
export const slowness = (random: Random, spread: number) => wait(random, 1, spread)
