import type * as audit from '../../audit/audit.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Account } from '../account.ts'
import { cancel, recordAccountDeed } from '../lifecycle.ts'
import { type LockReason, lockReasons } from '../lock.ts'
import { forgetMailbox } from '../mailbox/mailbox.ts'
import { accountOf, holdAccountRow, updateAccountState } from '../store.ts'
import * as desk from '../store-request.ts'
import { lockHeldAccount } from './locks.ts'
import * as kept from './store.ts'

/** What is true of accounts again after a database was set back to an earlier moment. */

type Line = Pick<audit.JournalLine, 'of' | 'facts'>

async function holdRestored(work: Work, id: string): Promise<Account | undefined> {
  const row = await holdAccountRow(work, id as Id<'account'>)
  return row && accountOf(row, work)
}

const isLockable = ({ state }: Account) => state === 'approved' || state === 'activated' || state === 'locked'

/** An account that ended since. */
export async function cancelAgain(work: Work, { of }: Line): Promise<audit.Again> {
  const account = await holdRestored(work, of)
  if (!account) return 'unknown'
  if (account.state === 'cancelled') return 'already'
  await cancel(work, account.id, { reason: 'restored' })
  return 'again'
}

/** An account of level 2 that was lowered since. */
export async function lowerAgain(work: Work, { of }: Line): Promise<audit.Again> {
  const account = await holdRestored(work, of)
  if (!account) return 'unknown'
  if (account.level === 1 || account.state === 'cancelled') return 'already'
  const lowered: Account = { ...account, level: 1 }
  await updateAccountState(work, lowered)
  await recordAccountDeed(work, 'account.lowered', lowered, {}, { from: account.state, why: 'restored' })
  return 'again'
}

async function lockFor(work: Work, account: Account, reason: LockReason): Promise<audit.Again> {
  if (!isLockable(account)) return 'already'
  if ((await kept.findOpenLocks(work, account)).some(one => one.reason === reason)) return 'already'
  await lockHeldAccount(work, account, { reason, note: 'restored' })
  return 'again'
}

/** The demand of an agency is not in the journal: what it locked stays locked until an officer decides. */
const withoutDemand = (reason: LockReason): LockReason => (reason === 'agency' ? 'terms' : reason)

/** An account that was locked since, for whatever reason. */
export async function lockAgain(work: Work, { of, facts }: Line): Promise<audit.Again> {
  const account = await holdRestored(work, of)
  const reason = lockReasons.find(one => one === facts?.['for']) ?? 'holder'
  return account ? lockFor(work, account, withoutDemand(reason)) : 'unknown'
}

/** An account whose mailbox changed since: the one of before may be another's by now. The holder adds it again. */
export async function forgetMailboxAgain(work: Work, { of }: Line): Promise<audit.Again> {
  const account = await holdRestored(work, of)
  if (!account) return 'unknown'
  const wasThere = await forgetMailbox(work, { personId: account.personId, accountId: account.id })
  return wasThere ? 'again' : 'already'
}

/**
 * An account whose telephone, or who acts in it, changed since: the telephone of before may be another's by now, so it
 * is forgotten, and the account is locked until its holder has come to a counter.
 */
export async function forgetPhoneAgain(work: Work, { of }: Line): Promise<audit.Again> {
  const account = await holdRestored(work, of)
  if (!account) return 'unknown'
  if (account.state === 'cancelled') return 'already'
  await desk.setPhone(work, account, undefined)
  await recordAccountDeed(work, 'account.phone-changed', account, {}, { had: 'another', proof: 'restored' })
  await lockFor(work, account, 'lost-device')
  return 'again'
}
