import { policy } from '../law.ts'

/** Failures that count no more and that a request drops at most, besides what it is for. */
export const droppedInPassing = 1_000

/** Hours after which failures are forgotten; how many cost nothing is a rule of whoever counts them. */
export const failuresKeptHours = policy('throttling.failures-kept-hours', 24)
