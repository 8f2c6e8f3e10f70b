import type { Work } from '../../platform/work.ts'
import { rollProblem } from '../problems.ts'
import type { Spot } from '../row.ts'
import * as claims from './store-claim.ts'

/** A row is one officer's for so long; the page that shows it renews the claim while it is open. */
const claimMinutes = 5

const endOf = ({ now }: Work) => new Date(now.getTime() + claimMinutes * 60_000)

/** Throws row-held where another officer has claimed the row. It does not name them, since refusals are logged. */
export async function refuseHeld(work: Work, spot: Spot): Promise<void> {
  const claim = await claims.claimOf(work, spot)
  if (claim && claim.heldBy !== work.by.id)
    throw rollProblem('row-held', {
      heldBy: claim.heldBy,
      since: claim.since.toISOString(),
      until: claim.until.toISOString(),
    })
}

/** Makes a row the actor's for some minutes, and renews it; whatever else they held is free again. Gives until when. */
export async function claim(work: Work, spot: Spot): Promise<Date> {
  const held = await claims.holdRow(work, spot)
  if (!held) throw rollProblem('roll-row-unknown')
  await refuseHeld(work, spot)
  return take(work, spot, held.schoolId)
}

async function take(work: Work, spot: Spot, schoolId: string): Promise<Date> {
  const until = endOf(work)
  if (!(await claims.takeClaim(work, spot, schoolId, until))) await refuseHeld(work, spot)
  await claims.endOtherClaims(work, spot)
  return until
}

/** The row is left undecided. */
export const leave: (work: Work, spot: Spot) => Promise<void> = claims.endClaim

/**
 * Claims a free row, which the work has locked, for the actor; false where another officer claimed it at the same
 * moment.
 */
export async function claimFree(work: Work, free: Spot & { readonly schoolId: string }): Promise<boolean> {
  if (!(await claims.takeClaim(work, free, free.schoolId, endOf(work)))) return false
  await claims.endOtherClaims(work, free)
  return true
}
