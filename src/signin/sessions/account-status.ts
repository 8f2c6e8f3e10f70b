import * as accounts from '../../accounts/accounts.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { SignInSubject } from '../artifact.ts'
import type { AssuranceLevel } from '../assurance.ts'
import { findChild } from './acting-for-child.ts'

/** How an account stands at this moment: whether it signs anybody in, and at which level. */
export type AccountStatus = {
  /** The account's level; 1 while it waits after a reset by slip. */
  readonly level: AssuranceLevel
  /** Until when it waits so: what was proved counts as one factor. */
  readonly heldUntil?: Date
  readonly child?: { readonly personId: register.PersonId; readonly name: string }
}

/** How somebody's own account stands, of all that they have had: undefined where it signs nobody in. */
export function accountStatusOf(
  accounts: readonly accounts.Account[],
  accountId: Id<'account'>,
  at: Date,
): AccountStatus | undefined {
  const account = accounts.find(({ id }) => id === accountId)
  if (account?.state !== 'activated') return undefined
  const { level, heldUntil } = account
  return heldUntil && heldUntil > at ? { level: 1, heldUntil } : { level }
}

/**
 * How a subject stands now, in a work that sees the house: undefined where the account is not activated, or is locked,
 * or ended, or where the child has grown out of it. Asked on each use of what was given, so that what follows from the
 * law follows at once.
 */
export async function findAccountStatus(
  work: Work,
  { personId, accountId, childId }: SignInSubject,
): Promise<AccountStatus | undefined> {
  const [person] = await register.listSummaries(work, [personId])
  // Also where an extract alone told of the death, and no deed has ended the account yet.
  if (!person || person.lifeStatus === 'dead') return undefined
  const theirs = (await accounts.accountsOf(work, [personId])).get(personId) ?? []
  const own = accountStatusOf(theirs, accountId, work.now)
  if (!own || !childId) return own
  const child = await findChild(work, personId, childId)
  return child && { ...own, child: { personId: childId, name: child.fullName } }
}
