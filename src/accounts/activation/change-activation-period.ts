// What happens to the activation days after they began (../begin-activation-period.ts): a notice that never arrived, a
// slip that was handed out, days that are over and begin again.

import { asId } from '../../platform/ids.ts'
import { type Deed, type Work, withHouseScope } from '../../platform/work.ts'
import { type Account, needsHotline } from '../account.ts'
import { beginActivationDays } from '../begin-activation-period.ts'
import { activationDeadline } from '../law.ts'
import {
  type AccountId,
  type DeedContext,
  holdAccount,
  recordAccountDeed,
  transitionRefused,
  unitOfDeed,
} from '../lifecycle.ts'
import { notifyLapsed } from '../notify.ts'
import { accountProblem } from '../problems.ts'
import * as desk from '../store-request.ts'
import * as attempts from './store.ts'

/**
 * The notice of an approval was refused or given up, so the days never began and the holder waits for a slip. A
 * consequence of `message.undeliverable` and `message.given-up`.
 */
export const shortenAfterLostNotice = (work: Work, { subject, facts }: Deed): Promise<void> =>
  withHouseScope(work, async house => {
    const { kind, id } = facts['about'] as { readonly kind: string; readonly id: AccountId }
    if (kind !== 'account' || !(await attempts.clearNotice(house, id, subject.id))) return
    await recordAccountDeed(house, 'account.notice-lost', await holdAccount(house, id), {}, { message: subject.id })
  })

/**
 * After seven days the holder calls the hotline or comes to a counter and gets seven more days (NĐ59/2022 Art. 18,
 * NĐ69/2024 Art. 14). Throws account-unknown, account-reopen-refused.
 */
export async function reopenForActivation(
  work: Work,
  id: AccountId,
  { how, ...where }: { readonly how: 'hotline' | 'counter' } & DeedContext,
): Promise<Account> {
  const account = await holdAccount(work, id)
  if (!needsHotline(account, work.today))
    throw accountProblem('account-reopen-refused', { state: account.state, activateBy: account.activateBy })
  const opened = await beginActivationDays(work, account)
  await recordAccountDeed(work, 'account.activation-reopened', opened, where, { how })
  return opened
}

/** An officer handed the holder a slip, so the activation days begin. Throws account-unknown, account-move-refused. */
export async function noteApprovalNotice(work: Work, id: AccountId, context: DeedContext = {}): Promise<Account> {
  const account = await holdAccount(work, id)
  if (account.state !== 'approved') throw transitionRefused(account, 'told')
  const last = activationDeadline(work.today, work)
  await desk.setApproved(work, account, { activateBy: last, isNotified: true })
  await recordAccountDeed(work, 'account.told', account, context, { how: 'slip' })
  return { ...account, activateBy: last }
}

/**
 * A slip that an officer hands out notifies the holder and reopens an activation whose days are over, as a call to the
 * hotline does (NĐ69/2024 Art. 14).
 */
export async function extendBySlip(work: Work, deed: Deed): Promise<void> {
  if (deed.facts['for'] !== 'activation') return
  const account = await holdAccount(work, asId<'account'>(String(deed.facts['account'])))
  if (account.state !== 'approved') return
  if (!account.activateBy || account.activateBy < work.today)
    await noteApprovalNotice(work, account.id, { unitId: unitOfDeed(deed) })
}

/** Notifies holders once that their days are over and what to do; at most `limit` in a work. */
export async function notifyLapsedHolders(work: Work, limit = 500): Promise<number> {
  const lapsed = await attempts.takeLapsedAccounts(work, limit)
  for (const { id } of lapsed) {
    const account = await holdAccount(work, id)
    await notifyLapsed(work, account)
    await recordAccountDeed(work, 'account.activation-lapsed', account, {})
  }
  return lapsed.length
}
