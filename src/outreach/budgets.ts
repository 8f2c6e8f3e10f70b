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

export type { Budget, BudgetRef, BudgetTerms } from './store-budgets.ts'

/** Budgets in sight, with what they paid and how many messages wait for them. */
export const listBudgets = store.listBudgets

/** What of the terms is changed; what is left out stays as it was. */
export type TermsChange = {
  readonly cap?: number | null | undefined
  readonly hours?: store.BudgetTerms['hours'] | undefined
  readonly channels?: readonly string[] | undefined
}

const without: store.BudgetTerms = { cap: null, hours: null, channels: [] }

/**
 * Sets what may be spent, at which hours and by which gateways messages go, and lets go on what waited for money.
 * Throws budget-unit-needed, budget-of-another, budget-hours-wrong.
 */
export async function setBudget(
  work: Work,
  ref: store.BudgetRef,
  change: TermsChange,
): Promise<{ readonly released: number }> {
  const { unitId } = work
  if (!unitId) throw outreachProblem('budget-unit-needed')
  const { hours } = change
  if (hours && hours.fromMinute >= hours.untilMinute) throw outreachProblem('budget-hours-wrong')
  const owner = await withHouseScope(work, house => store.holdBudget(house, ref))
  if (owner && owner.unitId !== unitId) throw outreachProblem('budget-of-another')
  const former = owner ?? without
  const terms = {
    cap: change.cap === undefined ? former.cap : change.cap,
    hours: hours === undefined ? former.hours : hours,
    channels: change.channels ?? former.channels,
  }
  await store.setTerms(work, ref, unitId as Id<'unit'>, terms)
  const isEnough = terms.cap === null || terms.cap > (owner?.spent ?? 0)
  const released = isEnough ? await withHouseScope(work, house => store.releaseHeld(house, ref)) : 0
  await audit.record(
    work,
    'budget.set',
    { kind: 'budget', id: ref.id, unitId },
    { of: ref.kind, ...terms, former: former.cap, released },
  )
  if (released > 0) await queueSending(work)
  return { released }
}
