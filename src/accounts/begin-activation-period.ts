import type { Work } from '../platform/work.ts'
import type { Account } from './account.ts'
import { activationDeadline } from './law.ts'
import { notifyApproved } from './notify.ts'
import * as desk from './store-request.ts'

/** The days within which a holder may activate alone. They begin with a notice that can arrive or with a paper slip. */

/**
 * Notifies the holder that the activation days begin. A holder without a phone that receives messages gets a slip, and
 * the days begin with the slip.
 */
export async function notifyAndBeginDays(
  work: Work,
  account: Account,
  notice: 'account-approved' | 'account-raised',
  by?: string,
): Promise<Account> {
  const last = activationDeadline(work.today, work)
  const noticeId = await notifyApproved(work, account, last, notice)
  const told = noticeId !== undefined
  await desk.setApproved(work, account, { by, activateBy: told ? last : undefined, isNotified: told, noticeId })
  return told ? { ...account, activateBy: last } : account
}

/**
 * Begins the activation days today, even if no message can be sent, because the holder is at the counter or on the
 * line.
 */
export async function beginActivationDays(work: Work, account: Account): Promise<Account> {
  const last = activationDeadline(work.today, work)
  const told = (await notifyApproved(work, account, last, 'account-approved')) !== undefined
  await desk.setApproved(work, account, { activateBy: last, isNotified: told })
  return { ...account, activateBy: last }
}
