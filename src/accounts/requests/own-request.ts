import { addDays, beginOf, dayAt } from '../../platform/day.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import type { RequestChannel } from '../account.ts'
import { captureArrivalDays } from '../law.ts'
import { accountProblem } from '../problems.ts'
import type * as desk from '../store-request.ts'

/** Who took a request, and so does not decide it. */

/** When an officer took a request that the house has since an instant: what a station captured may come days later. */
const takenFrom = (work: Work, at: Date | null | undefined, via: RequestChannel | null | undefined) =>
  at && via === 'application'
    ? ([beginOf(addDays(dayAt(at), -ruleOn(captureArrivalDays, work.today, work))), at] as const)
    : at

export const takerOf = (work: Work, row: desk.RequestRow | undefined): staff.Hand => ({
  id: row?.requestedBy,
  at: takenFrom(work, row?.requestedAt, row?.askedVia),
})
export const takerOfRaising = (work: Work, { askedBy, askedAt, askedVia }: desk.Raising): staff.Hand => ({
  id: askedBy,
  at: takenFrom(work, askedAt, askedVia),
})

/**
 * The officer who took the request, or received what was missing, does not decide it. The house, which processes
 * packets of stations, never decides by itself.
 */
export async function refuseOwnRequest(
  work: Work,
  pair: 'account-decided' | 'account-raised',
  hands: readonly staff.Hand[],
): Promise<void> {
  if (work.by.kind === 'officer')
    await staff.refuseSameHand(work, pair, hands, () => accountProblem('account-own-request'))
}
