import * as audit from '../audit/audit.ts'
import type { Id } from '../platform/ids.ts'
import { type Work, withHouseScope } from '../platform/work.ts'
import { outreachProblem } from './problems.ts'
import { queueSending } from './queue.ts'
import * as store from './store-budgets.ts'

/**
 * What messages may cost. In: a cap that officers set, for a unit, a campaign or whatever else pays. Decided: before a
 * message is handed over its price is set aside, and at the cap it is held. Out: held messages go on once the cap is
 * raised. Deed: budget.set.
 */

export type { Budget, BudgetRef } from './store-budgets.ts'

/** Budgets in sight, with what they paid and how many messages wait for them. */
export const listBudgets = store.listBudgets

/** Sets what may be spent, and lets go on what waited. Throws budget-of-another. */
export async function setBudget(work: Work, ref: store.BudgetRef, cap: number): Promise<{ readonly released: number }> {
  const { unitId } = work
  if (!unitId) throw outreachProblem('budget-unit-needed')
  const owner = await withHouseScope(work, house => store.holdBudget(house, ref))
  if (owner && owner.unitId !== unitId) throw outreachProblem('budget-of-another')
  await store.setCap(work, ref, unitId as Id<'unit'>, cap)
  const released = cap > (owner?.spent ?? 0) ? await withHouseScope(work, house => store.releaseHeld(house, ref)) : 0
  await audit.record(
    work,
    'budget.set',
    { kind: 'budget', id: ref.id, unitId },
    { of: ref.kind, cap, former: owner?.cap ?? null, released },
  )
  if (released > 0) await queueSending(work)
  return { released }
}
