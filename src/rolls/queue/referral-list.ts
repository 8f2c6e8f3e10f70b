import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { RollRow, RowRef } from '../row.ts'
import { officerNamesOf, type ReferralView, referralViewOf } from './custody.ts'
import { listOpenReferrals } from './referral.ts'
import { findRowsAt } from './store-queue.ts'

export type ReferredRow = RowRef & {
  readonly schoolId: Id<'school'>
  readonly row: RollRow
  readonly lying: ReferralView
}

/**
 * Waiting rows that were referred to the actor, or by the actor, the oldest first. Their candidates are shown row by
 * row.
 */
export async function listReferredRows(work: Work, which: 'to-me' | 'by-me'): Promise<ReferredRow[]> {
  const open = await listOpenReferrals(work, which)
  const found = new Map((await findRowsAt(work, open)).map(row => [`${row.rollId} ${row.place}`, row]))
  const names = await officerNamesOf(
    work,
    open.flatMap(({ fromOfficer, toOfficer }) => [fromOfficer, toOfficer ?? '']),
  )
  const told: ReferredRow[] = []
  for (const one of open) {
    const row = found.get(`${one.rollId} ${one.place}`)
    if (row)
      told.push({
        rollId: one.rollId,
        place: one.place,
        schoolId: one.schoolId,
        row,
        lying: await referralViewOf(work, one, names),
      })
  }
  return told
}
