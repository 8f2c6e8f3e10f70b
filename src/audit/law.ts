/** How readings of personal data are sealed and kept. Plain numbers: no row of law.csv changes them. Pure. */

/** Milliseconds that a work may take from its moment to its commit; what it seals may say so much earlier a time. */
export const longestWork = 20 * 60_000

/** Readings are read so many at a time to be checked. */
export const readingsAtOnce = 20_000

/** So often, in milliseconds, a server looks whether heads of the chains moved, and writes them beside the database. */
export const headsEvery = 60_000

/**
 * A line of heads is written where they moved, and at least after so many milliseconds: a day without one says that no
 * server ran.
 */
export const longestSilence = 24 * 60 * 60_000

/** Heads of a running server that are this many milliseconds old are not kept any more. */
export const lateHeads = longestSilence + 2 * 60 * 60_000

/**
 * A copy of the file of heads that ends so many milliseconds before the file proves too little. One that is made each
 * day ends a day before it at most, and its last line may be as old as a silence before that.
 */
export const oldestCopy = longestSilence + 24 * 60 * 60_000

/** Heads that were kept are compared with their chains so many at a time. */
export const headsAtOnce = 20_000

/** Findings about the file of heads are named one by one up to so many of a kind; the last one says how many more. */
export const namedOfKind = 100

/** Whole years for which a reading is kept at least (NĐ59/2022 Art. 21). */
export const readingsKeptYears = 5

/** Readings that come back at most when the partition of their month is dropped; where more would, rows are deleted. */
export const mostComeBack = 20_000
