import { policy } from '../law.ts'

/** How many attempts cost nothing, the first wait after them, which doubles each time, and the longest; in seconds. */
export type Patience = { readonly free: number; readonly first: number; readonly longest: number }

/** One's own typing. */
export const ownTyping = policy<Patience>('limits.own-typing', { free: 3, first: 2, longest: 15 * 60 })

/** Hours after which failures are forgotten. */
export const failuresKeptHours = policy('limits.failures-kept-hours', 24)
