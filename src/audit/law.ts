/** How readings of personal data are sealed. Plain numbers: no row of law.csv changes them. Pure. */

/**
 * Readings are sealed by batches. Milliseconds that a batch takes them, and how many it has at most: it is read whole
 * to be sealed, and whole again to be checked.
 */
export const readingBatch = { milliseconds: 60_000, most: 20_000 } as const

/**
 * A work may note readings and commit only later; a batch is sealed when no work of so many milliseconds can still be
 * open.
 */
export const longestWork = 20 * 60_000
