/** How readings of personal data are sealed and kept. Plain numbers: no row of law.csv changes them. Pure. */

/** Milliseconds that a work may take from its moment to its commit; what it seals may say so much earlier a time. */
export const longestWork = 20 * 60_000

/** Readings are read so many at a time to be checked. */
export const readingsAtOnce = 20_000

/** So often, in milliseconds, a server looks whether heads of the chains moved, and writes them beside the database. */
export const headsEvery = 60_000

/** A line of heads is written where they moved, and at least after so many milliseconds. */
export const longestSilence = 60 * 60_000

/** A copy of the file of heads that ends so many milliseconds before the file proves too little. */
export const oldestCopy = 24 * 60 * 60_000

/** Whole years for which a reading is kept at least (NĐ59/2022 Art. 21). */
export const readingsKeptYears = 5
