import { newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import type * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import type { Account } from '../account.ts'
import { cardInHand } from '../card-of-account.ts'
import { decideBy } from '../due-days.ts'
import { supplementLimits } from '../law.ts'
import { type AccountId, type DeedContext, holdAccount, recordAccountDeed, transitionRefused } from '../lifecycle.ts'
import { notifySupplementAsked } from '../notify.ts'
import { accountProblem } from '../problems.ts'
import type { SupplementItem } from '../refusal-code.ts'
import * as desk from '../store-request.ts'
import { refuseOwnRequest, takerOf, takerOfRaising } from './own-request.ts'
import { insertSupplement, setSupplied } from './store.ts'

/**
 * A request that cannot be decided yet, because something is missing: the officer asks for it, the holder and whoever
 * took the request are told what and until when, and the days to decide do not run, since the law counts them from a
 * complete and valid file (NĐ59/2022 Art. 17, NĐ69/2024 Art. 13). What is supplied comes back to whoever asked, with
 * all the days to decide again.
 */

export type SupplementRequest = {
  readonly items: readonly SupplementItem[]
  /** More for the holder, who reads it. */
  readonly note?: string | undefined
} & DeedContext

/**
 * Asks for what is missing. The request waits as it is. Throws account-unknown, account-move-refused (nothing is to be
 * decided), account-at-centre, account-own-request, account-supplement-open, account-supplements-over,
 * message-unlawful (the text of the note).
 */
export async function askSupplement(
  work: Work,
  id: AccountId,
  { items, note, ...where }: SupplementRequest,
): Promise<Account> {
  const account = await holdAccount(work, id)
  if (account.handedUpAt) throw accountProblem('account-at-centre')
  const raising = await desk.findOpenRaising(work, account)
  if (account.state !== 'requested' && !raising) throw transitionRefused(account, 'supplement')
  const asked = await desk.findSupplements(work, account)
  const [hand, pair] = raising
    ? ([takerOfRaising(work, raising), 'account-raised'] as const)
    : ([takerOf(work, await desk.findRequestRow(work, id)), 'account-decided'] as const)
  await refuseOwnRequest(work, pair, [hand, ...desk.suppliersOf(asked)])
  const open = asked.find(({ suppliedAt }) => !suppliedAt)
  if (open) throw accountProblem('account-supplement-open', { until: open.supplyBy })
  const { workingDays, times } = ruleOn(supplementLimits, work.today, work)
  if (asked.length >= times) throw accountProblem('account-supplements-over', { most: times })

  const said = note?.trim() || undefined
  const supplyBy = units.workingDaysAfter(work.today, workingDays)
  const distinct = [...new Set(items)]
  await desk.endSupplement(work, account)
  await insertSupplement(work, account, { id: newId<'supplement'>(work.now), items: distinct, note: said, supplyBy })
  await notifySupplementAsked(work, account, { items: distinct, note: said, by: supplyBy })
  await recordAccountDeed(work, 'account.supplement-asked', account, where, {
    items: distinct,
    until: supplyBy,
    ...(said && { noted: true }),
  })
  return account
}

/**
 * An officer received all that was missing. The request waits again for a decision, by another officer, with the days
 * of the law from today. Throws account-unknown, account-no-supplement, account-supplement-incomplete (`lacking`).
 */
export async function supply(
  work: Work,
  id: AccountId,
  { items, ...where }: { readonly items: readonly SupplementItem[] } & DeedContext,
): Promise<Account> {
  const account = await holdAccount(work, id)
  const open = (await desk.findSupplements(work, account)).find(({ suppliedAt }) => !suppliedAt)
  if (!open) throw accountProblem('account-no-supplement')
  const lacking = open.items.filter(item => !items.includes(item))
  if (lacking.length > 0) throw accountProblem('account-supplement-incomplete', { lacking })

  const raising = await desk.findOpenRaising(work, account)
  const card = (await cardInHand(work, account.personId)) ? 'with-card' : 'without-card'
  const dueOn = decideBy(raising ? 2 : account.level, card, work.today, work)
  await setSupplied(work, open)
  await desk.setRequestDueDays(work, [{ personId: account.personId, id: raising?.id ?? id, dueOn }])
  await recordAccountDeed(work, 'account.supplied', account, where, { until: dueOn })
  return account
}

/**
 * Before a decision: what was asked for is awaited. Gives who received it, and does not decide either. Throws
 * account-supplement-open.
 */
export async function refuseWhileSupplementOpen(
  work: Work,
  account: Account,
  decision: 'approve' | 'refuse',
): Promise<staff.Hand[]> {
  const asked = await desk.findSupplements(work, account)
  const open = asked.find(({ suppliedAt }) => !suppliedAt)
  // After its last day the request may be refused, and never approved without what is missing.
  if (open && work.by.kind === 'officer' && (decision === 'approve' || open.supplyBy >= work.today))
    throw accountProblem('account-supplement-open', { until: open.supplyBy })
  return desk.suppliersOf(asked)
}
