/**
 * Rows that wait for an officer. In: rows that the comparison left in doubt, or matched at some risk. Decided: only who
 * has a row: an officer by a claim for some minutes, or a unit or officer by a referral. Out: the next free row, and
 * the progress. This room is below the comparison, which carries open referrals over when a roll is sent again. Deeds:
 * roll-row.handed-on, roll-row.handed-back, roll-row.taken-back.
 */
import type { Work } from '../../platform/work.ts'
import { upcomingRowCount } from '../law.ts'
import type { RollRow, RowRef } from '../row.ts'
import { claimFreeRow } from './claim.ts'
import { type ClaimHolder, claimHolderOf, officerNamesOf } from './custody.ts'
import { findClaims } from './store-claim.ts'
import {
  findPosition,
  findRowsAhead,
  findRowsAt,
  holdFreeRow,
  type QueuePart,
  type ReviewQueue,
} from './store-queue.ts'

export type { QueuePart, ReviewQueue }

export type UpcomingRow = { readonly row: RollRow; readonly holding?: ClaimHolder | undefined }

/** Where a row stands among those of its roll that wait, and which come next. */
export type QueuePosition = {
  readonly position: number
  readonly total: number
  readonly next: readonly UpcomingRow[]
  readonly previous?: number | undefined
}

/**
 * Claims the next free row of a queue for the actor. Another officer at the same moment locks another row, or finds
 * this one claimed and tries again, so that no row is given twice.
 */
export async function claimNextRow(work: Work, queue: ReviewQueue, after?: RowRef): Promise<RowRef | undefined> {
  for (;;) {
    const free = await holdFreeRow(work, queue, after)
    if (!free || (await claimFreeRow(work, free))) return free
  }
}

/** Where the row stands, and which come after it: to keep the rhythm. */
export async function queuePositionOf(work: Work, row: RollRow, queue: ReviewQueue): Promise<QueuePosition> {
  const { position, total, previous } = await findPosition(work, row, 'review')
  const ahead = await findRowsAt(work, await findRowsAhead(work, queue, row, upcomingRowCount - 1))
  const claims = await findClaims(work, [row.rollId, ...ahead.map(({ rollId }) => rollId)])
  const names = await officerNamesOf(
    work,
    claims.map(({ heldBy }) => heldBy),
  )
  const claimed = new Map(claims.map(one => [`${one.rollId} ${one.place}`, one]))
  return {
    position,
    total,
    next: [row, ...ahead].map(one => {
      const claim = claimed.get(`${one.rollId} ${one.place}`)
      return { row: one, ...(claim && claim.heldBy !== work.by.id && { holding: claimHolderOf(work, claim, names) }) }
    }),
    ...(previous !== null && { previous }),
  }
}
