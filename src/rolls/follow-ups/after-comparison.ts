import * as followUps from '../../follow-ups/follow-ups.ts'
import { asId } from '../../platform/ids.ts'
import type { Deed, Work } from '../../platform/work.ts'
import { type ComparisonResult, type ReconcileOptions, reconcileRoll } from '../reconciling/reconciling.ts'
import type { RollId, RowOutcomeCounts } from '../roll.ts'
import { findRoll } from '../store.ts'
import { refreshFollowUps, refreshFollowUpsLater, refreshFollowUpsOfPersons } from './refresh-follow-ups.ts'
import { findStayingFollowUps } from './store-row.ts'

/**
 * How a roll is compared, and whether the follow-ups of other rolls are left for later, when many rolls come in at once
 * (see `refreshSharedFollowUps`).
 */
export type FollowOptions = ReconcileOptions & { readonly othersLater?: boolean | undefined }

/** Compares a roll with the register, puts it in force (see `reconcileRoll`), and refreshes its follow-ups. */
export async function reconcileWithFollowUps(
  work: Work,
  rollId: RollId,
  { othersLater, ...reconciling }: FollowOptions = {},
): Promise<RowOutcomeCounts> {
  const { counts, ...compared } = await reconcileRoll(work, rollId, reconciling)
  await followUpComparison(work, compared, { othersLater })
  return counts
}

/**
 * After a comparison: the follow-ups of pupils who stay move to the new roll, and those of the compared rows and of
 * other rows of the same people are refreshed.
 */
export async function followUpComparison(
  work: Work,
  { roll, previous, places, personIds }: ComparisonResult,
  { othersLater }: Pick<FollowOptions, 'othersLater'> = {},
): Promise<void> {
  if (previous)
    await followUps.moveFollowUps(work, roll.schoolId, roll.id, await findStayingFollowUps(work, roll, previous))
  await refreshFollowUps(work, roll, places)
  await (othersLater ? refreshFollowUpsLater : refreshFollowUpsOfPersons)(work, personIds, { rollId: roll.id, places })
}

/**
 * After a person decided who a row is, or took that back: a consequence of `roll-row.decided` and
 * `roll-row.decision-undone`.
 */
export async function followUpDecision(work: Work, { facts }: Pick<Deed, 'facts'>): Promise<void> {
  const roll = await findRoll(work, asId<'roll'>(String(facts['rollId'])))
  if (roll) await refreshFollowUps(work, roll)
}
