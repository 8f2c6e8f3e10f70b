import { policy } from '../law.ts'

/** Hours after which failures are forgotten; how many cost nothing is a rule of whoever counts them. */
export const failuresKeptHours = policy('throttling.failures-kept-hours', 24)
