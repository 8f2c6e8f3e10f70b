/**
 * How many tries are free, and how the wait after them grows: the first wait, which doubles with each further try, and
 * the longest; in seconds. How many tries and how long stand in the law.ts of accounts and of staff.
 */
export type GrowingWait = { readonly free: number; readonly first: number; readonly longest: number }
