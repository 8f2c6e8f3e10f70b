import type { Work } from '../../platform/work.ts'
import { claimRow, releaseRow } from '../queue/claim.ts'
import { endDecidedReferral, reopenReferral, withRowInHand } from '../queue/referral.ts'
import type { RollId } from '../roll.ts'
import * as decision from './decision.ts'

/**
 * Records an officer's decision on a row. It ends the officer's claim and the referral. Throws row-held, row-referred.
 */
export const recordDecision = (
  work: Work,
  rollId: RollId,
  place: number,
  officerDecision: decision.DecisionInput,
): Promise<decision.DecisionResult> =>
  withRowInHand(work, { rollId, place }, async (wide, { open }) => {
    const decided = await decision.setRowDecision(wide, rollId, place, officerDecision)
    if (officerDecision.decision !== 'later') await endDecidedReferral(wide, open)
    await releaseRow(wide, { rollId, place })
    return decided
  })

/**
 * Undoes a decision. The row waits where it waited, claimed by the officer who undid it. Throws row-held,
 * row-referred.
 */
export const undoDecision = (work: Work, rollId: RollId, place: number): Promise<decision.DecisionResult> =>
  withRowInHand(work, { rollId, place }, async (wide, { open }) => {
    const decided = await decision.clearRowDecision(wide, rollId, place)
    await reopenReferral(wide, open)
    await claimRow(wide, { rollId, place })
    return decided
  })
