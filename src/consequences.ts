import type { Consequences } from './audit/audit.ts'
import * as rolls from './rolls/rolls.ts'

/**
 * Deed → what follows in the same work, on one page. What follows later is a job that a consequence queues in the same transaction
 * (docs/house.md section 6). A deed that is not here has no consequence.
 */
export const consequences: Consequences = {
  //  deed                   in the same work          and later, as a job queued in the same transaction
  'correction.approved':  [rolls.followCorrection,   rolls.queueRescoring],
  'correction.refused':   [rolls.followCorrection],
  'correction.withdrawn': [rolls.followCorrection],
  'person.established':   [                          rolls.queueRescoring],
  'person.died':          [                          rolls.queueRescoring],
  'number.renewed':       [                          rolls.queueRescoring],
  'register.imported':    [                          rolls.queueRescoring],
} // biome-ignore format: a table
