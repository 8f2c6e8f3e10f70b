/**
 * The optimiser: which team with which kits goes where on which day. In: an instance, of a file or as the house makes
 * it (read-instance.ts; its meaning: docs/planning.md). Done: routes are searched for (solving/), and beside them a
 * bound is proved that no plan is below (bound/). Out: a plan (plan.ts). Pure: no database, no clock but the limit's.
 */

export { readInstance } from './read-instance.ts'
export { type SolveLimits, type SolveProgress, solve } from './solve.ts'
