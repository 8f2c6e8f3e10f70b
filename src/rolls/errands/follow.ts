import { asId } from '../../platform/ids.ts'
import type { Deed, Work } from '../../platform/work.ts'
import { type Compared, type Reconciling, reconcile } from '../reconciling/reconciling.ts'
import type { Counts, RollId } from '../roll.ts'
import { findRoll } from '../store.ts'
import { settleErrands, settleErrandsLater, settleErrandsOf } from './settle.ts'
import { moveErrands } from './store-row.ts'

/**
 * How a roll is compared, and whether the follow-ups of other rolls are left for later, when many rolls come in at once
 * (see `refreshSharedFollowUps`).
 */
export type Following = Reconciling & { readonly othersLater?: boolean | undefined }

/** Compares a roll with the register, puts it in force (see `reconcileRoll`), and refreshes its follow-ups. */
export async function reconcileAndFollow(
  work: Work,
  rollId: RollId,
  { othersLater, ...reconciling }: Following = {},
): Promise<Counts> {
  const { counts, ...compared } = await reconcile(work, rollId, reconciling)
  await followComparison(work, compared, { othersLater })
  return counts
}

/**
 * After a comparison: the follow-ups of pupils who stay move to the new roll, and those of the compared rows and of
 * other rows of the same people are refreshed.
 */
export async function followComparison(
  work: Work,
  { roll, previous, places, personIds }: Compared,
  { othersLater }: Pick<Following, 'othersLater'> = {},
): Promise<void> {
  if (previous) await moveErrands(work, roll, previous)
  await settleErrands(work, roll, places)
  await (othersLater ? settleErrandsLater : settleErrandsOf)(work, personIds, { rollId: roll.id, places })
}

/**
 * After a person decided who a row is, or took that back: a consequence of `roll-row.decided` and
 * `roll-row.decision-undone`.
 */
export async function followDecision(work: Work, { facts }: Pick<Deed, 'facts'>): Promise<void> {
  const roll = await findRoll(work, asId<'roll'>(String(facts['rollId'])))
  if (roll) await settleErrands(work, roll)
}
