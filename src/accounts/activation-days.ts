import type { Work } from '../platform/work.ts'
import type { Account } from './account.ts'
import { activateBy } from './law.ts'
import { tellApproved } from './notify.ts'
import * as desk from './store-request.ts'

/**
 * The days within which a holder activates by themselves. They begin with a notice that could arrive, or with a slip of
 * paper.
 */

/**
 * Tells the holder that the days to activate begin; who has no phone, or one that gets no messages, is handed a slip,
 * and their days begin with it.
 */
export async function announce(
  work: Work,
  account: Account,
  what: 'account-approved' | 'account-raised',
  by?: string,
): Promise<Account> {
  const last = activateBy(work.today, work)
  const noticeId = await tellApproved(work, account, last, what)
  const told = noticeId !== undefined
  await desk.setApproved(work, account, { by, activateBy: told ? last : undefined, told, noticeId })
  return told ? { ...account, activateBy: last } : account
}

/**
 * The days to activate begin today, whether or not a message can go out: whoever asked stands there, or is on the line.
 */
export async function beginDays(work: Work, account: Account): Promise<Account> {
  const last = activateBy(work.today, work)
  const told = (await tellApproved(work, account, last, 'account-approved')) !== undefined
  await desk.setApproved(work, account, { activateBy: last, told })
  return { ...account, activateBy: last }
}
