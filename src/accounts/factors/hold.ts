import type { Work } from '../../platform/work.ts'
import { isHeld } from '../holder.ts'
import { accountProblem } from '../problems.ts'
import * as holders from '../store-holder.ts'
import type { HolderRef } from './factors.ts'

/**
 * After a reset by slip whoever held the paper holds the passcode: for a time the account takes nothing that would keep
 * it theirs. In a work that sees what holders prove themselves by. Throws account-held.
 */
export async function refuseWhileHeld(house: Work, ref: HolderRef): Promise<void> {
  const holder = await holders.findHolderById(house, ref)
  if (holder && isHeld(holder, house.now)) throw accountProblem('account-held', { until: holder.heldUntil })
}
