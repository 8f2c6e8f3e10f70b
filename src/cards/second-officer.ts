import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as staff from '../staff/staff.ts'
import { cardProblem } from './problems.ts'

/**
 * Two officers count and destroy: the second is an officer of the house, and not the first. Throws
 * second-checker-needed, second-checker-unknown.
 */
export async function refuseSecondChecker(
  work: Work,
  pair: 'blanks-counted' | 'old-card-destroyed',
  officerId: Id<'officer'>,
): Promise<void> {
  const hand = { id: officerId, at: work.today }
  await staff.refuseSameHand(work, pair, [hand], () => cardProblem('second-checker-needed'))
  if (!(await staff.namesOf(work, [officerId])).has(officerId)) throw cardProblem('second-checker-unknown')
}
