import type { Consequences } from './audit/audit.ts'
import * as rolls from './rolls/rolls.ts'

/**
 * Deed → what follows in the same work, on one page. What follows later is a job that a consequence queues in the same transaction
 * (docs/house.md section 6). A deed that is not here has no consequence.
 */
export const consequences: Consequences = {
  //  deed                   at once, in the same work
  'correction.approved':  [rolls.followCorrection],
  'correction.refused':   [rolls.followCorrection],
  'correction.withdrawn': [rolls.followCorrection],
} // biome-ignore format: a table
