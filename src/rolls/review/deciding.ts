import type { Work } from '../../platform/work.ts'
import { claim, leave } from '../queue/claim.ts'
import { openAgain, settleDecided, withRow } from '../queue/referral.ts'
import type { RollId } from '../roll.ts'
import * as decision from './decision.ts'

/**
 * Records an officer's decision on a row. It ends the officer's claim and the referral. Throws row-held, row-handed-on.
 */
export const decide = (work: Work, rollId: RollId, place: number, said: decision.Deciding): Promise<decision.Decided> =>
  withRow(work, { rollId, place }, async (wide, { open }) => {
    const decided = await decision.decide(wide, rollId, place, said)
    if (said.decision !== 'later') await settleDecided(wide, open)
    await leave(wide, { rollId, place })
    return decided
  })

/**
 * Undoes a decision. The row waits where it waited, claimed by the officer who undid it. Throws row-held,
 * row-handed-on.
 */
export const undo = (work: Work, rollId: RollId, place: number): Promise<decision.Decided> =>
  withRow(work, { rollId, place }, async (wide, { open }) => {
    const decided = await decision.undo(wide, rollId, place)
    await openAgain(wide, open)
    await claim(wide, { rollId, place })
    return decided
  })
