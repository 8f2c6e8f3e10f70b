import * as audit from '../../audit/audit.ts'
import { isId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import { longestPauseMinutes, undoable } from '../law.ts'
import { rollProblem } from '../problems.ts'
import type { RollId } from '../roll.ts'
import * as store from '../store.ts'
import { listOpenReferrals } from './referral.ts'
import { findOwnDeeds, type OwnDeed } from './store-own-deeds.ts'
import {
  countQueueParts,
  countWaitingRows,
  findRowsOfPart,
  type ListedRowRef,
  type QueueCounts,
  type QueuePart,
  type WaitingRows,
} from './store-queue.ts'

/** How far a roll is, or all rolls that the scope sees; and how fast the officer goes. */
export type ReviewProgress = QueueCounts & {
  /** Open rows that lie with the officer or their unit. */
  readonly toMe: number
  /** Rows an hour in this sitting; undefined until three are decided. */
  readonly perHour?: number | undefined
}

type RollSelection = { readonly rollId?: RollId | undefined }

async function refuseUnknownRoll(work: Work, { rollId }: RollSelection): Promise<void> {
  if (rollId && !(await store.findRoll(work, rollId))) throw rollProblem('roll-unknown')
}

export async function reviewProgressOf(work: Work, where: RollSelection): Promise<ReviewProgress> {
  await refuseUnknownRoll(work, where)
  const counted = await countQueueParts(work, where)
  const perHour = rowsPerHour(
    (await findOwnDeeds(work, shiftStart(work), undoable.deeds)).map(({ at }) => at.getTime()),
  )
  return {
    ...counted,
    toMe: (await listOpenReferrals(work, 'to-me')).length,
    ...(perHour !== undefined && { perHour }),
  }
}

/** What Hôm nay asks of the review: how many rows wait. */
export const countWaiting = (work: Work): Promise<WaitingRows> => countWaitingRows(work)

const shiftStart = ({ now }: Work) => new Date(now.getTime() - undoable.hours * 3_600_000)

/**
 * Rows an hour since the last long pause; `instants` in milliseconds, the latest first. Undefined for fewer than three
 * rows.
 */
export function rowsPerHour(instants: readonly number[]): number | undefined {
  const end = instants.findIndex((at, i) => i > 0 && instants[i - 1]! - at > longestPauseMinutes * 60_000)
  const sitting = end < 0 ? instants : instants.slice(0, end)
  const [last, first] = [sitting[0], sitting.at(-1)]
  if (sitting.length < 3 || last === undefined || first === undefined || last <= first) return undefined
  return Math.round(((sitting.length - 1) * 3_600_000) / (last - first))
}

/** The decisions and referrals of this officer's shift that can be undone, the latest first. */
export const listOwnDeeds = (work: Work): Promise<OwnDeed[]> => findOwnDeeds(work, shiftStart(work), undoable.deeds)

export type ListedRow = ListedRowRef & { readonly heldByName?: string | undefined }

/** The rows that a figure of the progress counts. The reading of their persons is noted. */
export async function listRowsOfPart(
  work: Work,
  part: QueuePart,
  {
    rollId,
    offset = 0,
    limit = 100,
  }: RollSelection & { readonly offset?: number | undefined; readonly limit?: number | undefined },
): Promise<{ readonly rows: readonly ListedRow[]; readonly total: number }> {
  await refuseUnknownRoll(work, { rollId })
  const found = await findRowsOfPart(work, part, { rollId, offset, limit })
  const names = await staff.namesOf(work, found.flatMap(({ heldBy }) => heldBy ?? []).filter(isId))
  await audit.noteReading(
    work,
    found.flatMap(({ personId }) => personId ?? []),
    ['identity'],
  )
  return {
    rows: found.map(row => ({ ...row, ...(row.heldBy && { heldByName: names.get(row.heldBy) ?? '' }) })),
    total: found[0]?.total ?? 0,
  }
}
