import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { claimMinutes } from '../law.ts'
import { rollProblem } from '../problems.ts'
import type { RowRef } from '../row.ts'
import * as claims from './store-claim.ts'

const claimEnd = ({ now }: Work) => new Date(now.getTime() + claimMinutes * 60_000)

/** Throws row-held where another officer has claimed the row. It does not name them, since refusals are logged. */
export async function refuseClaimedByOther(work: Work, spot: RowRef): Promise<void> {
  const claim = await claims.findClaim(work, spot)
  if (claim && claim.heldBy !== work.by.id)
    throw rollProblem('row-held', {
      heldBy: claim.heldBy,
      since: claim.since.toISOString(),
      until: claim.until.toISOString(),
    })
}

/** Makes a row the actor's for some minutes, and renews it; whatever else they held is free again. Gives until when. */
export async function claimRow(work: Work, spot: RowRef): Promise<Date> {
  const held = await claims.holdRow(work, spot)
  if (!held) throw rollProblem('roll-row-unknown')
  await refuseClaimedByOther(work, spot)
  return takeRow(work, spot, held.schoolId)
}

async function takeRow(work: Work, spot: RowRef, schoolId: Id<'school'>): Promise<Date> {
  const until = claimEnd(work)
  if (!(await claims.insertClaim(work, spot, schoolId, until))) await refuseClaimedByOther(work, spot)
  await claims.deleteOtherClaims(work, spot)
  return until
}

/** The row is left undecided. */
export const releaseRow: (work: Work, spot: RowRef) => Promise<void> = claims.deleteClaim

/**
 * Claims a free row, which the work has locked, for the actor; false where another officer claimed it at the same
 * moment.
 */
export async function claimFreeRow(work: Work, free: RowRef & { readonly schoolId: Id<'school'> }): Promise<boolean> {
  if (!(await claims.insertClaim(work, free, free.schoolId, claimEnd(work)))) return false
  await claims.deleteOtherClaims(work, free)
  return true
}
