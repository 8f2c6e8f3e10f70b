import { policy } from '../platform/law.ts'

/** The house's own numbers of figures, forecasts and risks, and what it assumes. Pure. */

/** Working days over which the recent pace is taken. */
export const recentDays = policy('statistics.recent-working-days', 10)

// figures/, reports/

/** People in an export: more than of other lists, since that of a whole province's exam years is asked for. */
export const longestPeopleExport = 150_000

/** Units that the evening text names: more no longer fit a phone; and figures of others that a sheet names. */
export const namedInText = { unitsInEvening: 10, outsideFigures: 3 } as const

/** Classes of coverage in which the map paints communes: as many colours as people tell apart (docs/design.md). */
export const mostMapClasses = 5

// forecast/

/** Days after which a day's weight in the pace is half. */
export const paceHalfLifeDays = 14

/**
 * How a forecast is judged by those of the past: they look so many days ahead and count from so many known days on;
 * since those that overlap say little more than one, they are weighed against so many that held as expected.
 */
export const pastForecasts = { daysAhead: 14, leastKnownDays: 10, trusted: 3 } as const

/** Working days of the recent pace that a forecast gives beside its own. */
export const forecastRecentDays = 10

// risk/

/** From this chance of card and account in time on, nobody need do anything more for a pupil; below is doubt. */
export const safeChance = 0.95

/** Above so many people a campaign has no board of single pupils. */
export const largestRiskBoard = 200_000

/**
 * Which rescue is proposed: one that adds less than `worthwhile` to the chance is not worth an officer's way; one that
 * gives `saved` has done its work, whatever a dearer one would give; where none does, cost decides among those within
 * `nearly` of the best.
 */
export const rescueChoice = { worthwhile: 0.02, saved: 0.7, nearly: 0.05 } as const

/*
 * Assumptions, where nothing has been measured yet.
 */

/**
 * Believed of seats before anything was seen, as if of so many of them (`worth`): one pupil in twelve is missing at
 * school, one session in twenty is put off. At a desk for activation, of those who come one in three goes without: no
 * phone, or a wrong one (domain.md 8, pain 6).
 */
export const usualAttendance = { comes: 0.92, held: 0.95, worth: 20 } as const
export const usualAtDesk = { comes: 0.65, held: 0.95, worth: 20 } as const

/**
 * What a rescue that is decided today takes: working days until it happens, the chance that it does, officers' minutes
 * a pupil. A visit of 10 to 30 minutes, an account of 3 to 5 (domain.md 7.2); a session's journey and setting up is
 * shared by those who come; a home visit is a team of two on the road. The seat's day is the planned session's own.
 */
export const usualRescueMeans = {
  'fast-hand-over': { after: 1, chance: 0.97, minutes: 10 },
  'activation-desk': { after: 2, chance: 0.75, minutes: 6 },
  'seat-in-planned-session': { after: 0, chance: 0.92, minutes: 12 },
  'new-session': { after: 4, chance: 0.92, minutes: 30 },
  'home-visit': { after: 2, chance: 0.95, minutes: 90 },
} as const

/**
 * What is believed of a working day before anyone has gone through a stage, as the share of those who wait that it
 * brings on: the law's time limits (domain.md 2C, 3.4), and that many never activate (7.1); and as if it was seen of so
 * many people (`worth`).
 */
export const usualStageShares = {
  capture: 0.02,
  'capture-after-absence': 0.03,
  approval: 0.3,
  production: 0.25,
  delivery: 0.4,
  'hand-over': 0.2,
  'account-approval': 0.3,
  activation: 0.03,
} as const
export const usualStageSharesWorth = 3

/** By what the past of the stages speaks; found on simulated seasons (bench/risk.ts). */
export const usualLearning = { halfLife: 13, speedShrink: 20, dayShrink: 100, enough: 30 } as const

/**
 * Who has not activated soon is ever less likely to: beyond the longest wait seen, the share falls as the root of the
 * wait. Files that wait go on as they were.
 */
export const activationCooling = 0.5

/**
 * How nearly sessions at schools are held in turns until nobody is left: 0 = always the same share of those waiting,
 * 1 = the same number. Found on simulated seasons.
 */
export const turnTaking = 0.7

/**
 * How the days ahead may differ from those measured, for all pupils alike: speeds of cards and accounts, each with its
 * weight. Found on simulated seasons (bench/risk.ts).
 */
export const usualSpeedDoubt = [
  { card: 0.75, account: 0.2, weight: 0.3 },
  { card: 1.15, account: 1, weight: 0.4 },
  { card: 1.6, account: 2.6, weight: 0.3 },
] as const

/** A weekday's own effect on the pace counts as much as the whole after so many of it. */
export const weekdayShrink = 3

/**
 * How much the level of a campaign drifts in a working day, as variance of its logarithm: what is believed before the
 * figure has shown its own, as if of so many days (`worth`).
 */
export const usualDrift = { perDay: 0.006, worth: 6 } as const
