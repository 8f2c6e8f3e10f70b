/**
 * Questions that are answered in one work: how many at most, and the characters of each; after how many seconds a
 * statement of one is ended; how often the work is begun again without one that failed.
 */
export const together = { most: 40, characters: 400, seconds: 3, beginsAgain: 3 } as const
