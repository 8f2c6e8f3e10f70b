import type { Work } from '../../platform/work.ts'
import type { Account } from '../account.ts'
import { forgetLostDevice } from '../factors/drop-factors.ts'
import {
  type AccountId,
  type DeedContext,
  holdAccount,
  recordAccountDeed,
  requireReason,
  transition,
  transitionRefused,
} from '../lifecycle.ts'
import { gravestReason, isSameAgency, type LockReason, type OfficerReason } from '../lock.ts'
import { notifyLocked, notifyUnlocked } from '../notify.ts'
import { accountProblem } from '../problems.ts'
import * as desk from '../store-request.ts'
import { answersSuffice, compareAnswers, type IdentityAnswers } from './caller-identity.ts'
import * as kept from './store.ts'
import { findUnlockHindrance } from './what-hinders-unlock.ts'

/**
 * Locks: a holder, an agency's demand, a lost device, or the end of the holder's card or life stops the use of an
 * account or allows it again.
 * Decided: whether the reason is admissible, and what still stands against its end. Several reasons may stand at once;
 * the account is used again when the last has ended. A demand (form TK03) has its working days, and another officer
 * than the receiver answers it.
 * Deeds: account.locked, .lock-added, .lock-ended, .unlocked, .lock-asked, .unlock-asked, .demand-forwarded,
 * .demand-decided.
 */

type NewLockRequest = {
  readonly reason: LockReason
  readonly note?: string | undefined
  /** The granted demand of an agency. Each agency's lock stands by itself. */
  readonly demandId?: string | undefined
  readonly agency?: string | undefined
  readonly facts?: object
} & DeedContext

/**
 * Locks an account that the work holds; a locked one gets one more reason. An open level 2 request lapses. Throws
 * account-move-refused, account-locked-so.
 */
export async function lockHeldAccount(
  work: Work,
  account: Account,
  { reason, note, demandId, agency, facts, ...where }: NewLockRequest,
): Promise<Account> {
  if (account.state !== 'approved' && account.state !== 'activated' && account.state !== 'locked')
    throw transitionRefused(account, 'locked')
  const open = await kept.findOpenLocks(work, account)
  if (open.some(one => one.reason === reason && isSameAgency(one.agency, agency)))
    throw accountProblem('account-locked-so')

  await kept.insertLock(work, account, { reason, note, demandId })
  await kept.setLockedFor(work, account, gravestReason([reason, ...open.map(one => one.reason)]))
  await desk.setRaisingLapsed(work, account)
  if (reason === 'lost-device') await forgetLostDevice(work, { personId: account.personId, accountId: account.id })
  const more = { for: reason, ...(note && { noted: true }), ...facts }
  if (account.state === 'locked') {
    await recordAccountDeed(work, 'account.lock-added', account, where, more)
    return account
  }
  const locked = await transition(work, account, { to: 'locked', deed: 'account.locked', facts: more, ...where })
  await notifyLocked(work, locked, reason)
  return locked
}

/**
 * An officer locks the account: the holder requests it at the counter, or broke the terms. Throws account-unknown,
 * account-move-refused, account-locked-so, account-reason-needed.
 */
export async function lock(
  work: Work,
  id: AccountId,
  {
    reason,
    for: why = 'holder',
    ...where
  }: { readonly reason: string; readonly for?: OfficerReason | undefined } & DeedContext,
): Promise<Account> {
  const note = requireReason(reason)
  return lockHeldAccount(work, await holdAccount(work, id), { reason: why, note, ...where })
}

/**
 * The holder reports a lost device at a counter, or on the hotline with facts about themselves. Only the kinds of facts
 * are stored, not the answers. Throws account-unknown, account-move-refused, account-locked-so, account-caller-unknown.
 */
export async function lockLostDevice(
  work: Work,
  id: AccountId,
  {
    how,
    told = {},
    ...where
  }: { readonly how: 'counter' | 'hotline'; readonly told?: IdentityAnswers | undefined } & DeedContext,
): Promise<Account> {
  const account = await holdAccount(work, id)
  if (how === 'counter') return lockHeldAccount(work, account, { reason: 'lost-device', facts: { how }, ...where })
  const { right, wrong } = await compareAnswers(work, account, told)
  // The refusal does not say which fact was wrong, or the next caller would try that one alone.
  if (!answersSuffice(right, wrong)) throw accountProblem('account-caller-unknown')
  return lockHeldAccount(work, account, { reason: 'lost-device', facts: { how, knew: right }, ...where })
}

/** Ends some locks. After the last one the account returns to its former state and the holder is notified. */
export async function liftLocks(
  work: Work,
  account: Account,
  ended: readonly kept.Lock[],
  endedFor: 'asked' | 'new-card',
  context: DeedContext = {},
): Promise<Account> {
  await kept.setLocksEnded(work, account, ended, endedFor)
  const left = (await kept.findOpenLocks(work, account)).map(({ reason }) => reason)
  await kept.setLockedFor(work, account, gravestReason(left))
  if (left.length > 0) {
    await recordAccountDeed(work, 'account.lock-ended', account, context, {
      ended: ended.map(({ reason }) => reason),
      left,
      for: endedFor,
    })
    return account
  }
  const to = account.activatedAt ? 'activated' : 'approved'
  const unlocked = await transition(work, account, {
    to,
    from: 'locked',
    deed: 'account.unlocked',
    facts: { for: endedFor },
    ...context,
  })
  await notifyUnlocked(work, unlocked)
  return unlocked
}

/**
 * Grants an unlock that the holder or an agency requested: ends the reasons that it can end. If one is left, the
 * account stays locked and the refusal says what is needed. Throws account-unknown, account-move-refused,
 * account-unlock-not-yet.
 */
export async function unlock(
  work: Work,
  id: AccountId,
  {
    askedBy = 'holder',
    agency,
    ...where
  }: { readonly askedBy?: 'holder' | 'agency' | undefined; readonly agency?: string | undefined } & DeedContext = {},
): Promise<Account> {
  const account = await holdAccount(work, id)
  if (account.state !== 'locked') throw transitionRefused(account, 'unlocked')
  const open = await kept.findOpenLocks(work, account)
  // An agency only ends the lock that it demanded itself.
  const asked =
    askedBy === 'agency' ? open.filter(one => one.reason === 'agency' && isSameAgency(one.agency, agency)) : open
  const needs = new Set<string>()
  for (const { reason } of asked) {
    const hinders = await findUnlockHindrance(work, account, reason, askedBy)
    if (hinders) needs.add(hinders)
  }
  if (needs.size > 0 || (askedBy === 'agency' && asked.length === 0))
    throw accountProblem('account-unlock-not-yet', { needs: asked.length === 0 ? ['agency'] : [...needs].sort() })
  return liftLocks(work, account, asked, 'asked', where)
}
