import * as accounts from '../../accounts/accounts.ts'
import { birthday, type Day, dayOf, daysInMonth, type PartialDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { SignInSubject } from '../artifact.ts'
import type { AssuranceLevel } from '../assurance.ts'
import { childUntilAge } from '../law.ts'

/** How an account stands at this moment: whether it signs anybody in, and at which level. */
export type AccountStatus = {
  readonly level: AssuranceLevel
  readonly child?: { readonly personId: register.PersonId; readonly name: string }
}

/** The latest day that a birth date leaves open: a child is one for as long as they may be. */
const latestDay = ({ y, m, d }: PartialDay): Day =>
  m && d ? dayOf(y, m, d) : dayOf(y, m ?? 12, daysInMonth(y, m ?? 12))

/** Below which age a child acts through a parent's account. */
export const childUntil = (work: Work): number => ruleOn(childUntilAge, work.today, work)

/**
 * Whether a person may act for a child today: father, mother or guardian in the register, the child alive and younger
 * than the age.
 */
export async function findChild(
  work: Work,
  personId: register.PersonId,
  childId: register.PersonId,
): Promise<register.PersonSummary | undefined> {
  const kin = await register.kinOf(work, childId)
  if (!kin.some(one => one.personId === personId && one.relation !== 'spouse')) return undefined
  const child = await register.getSummary(work, childId)
  const isChild = child.lifeStatus === 'alive' && birthday(latestDay(child.birthDate), childUntil(work)) > work.today
  return isChild ? child : undefined
}

/** The children for whom a person may act today. */
export async function listChildren(work: Work, personId: register.PersonId): Promise<register.PersonSummary[]> {
  const found: register.PersonSummary[] = []
  for (const { personId: childId } of await register.childrenOf(work, personId)) {
    const child = await findChild(work, personId, childId)
    if (child) found.push(child)
  }
  return found
}

/** How somebody's own account stands, of all that they have had: undefined where it signs nobody in. */
export function accountStatusOf(
  accounts: readonly accounts.Account[],
  accountId: Id<'account'>,
): AccountStatus | undefined {
  const account = accounts.find(({ id }) => id === accountId)
  return account?.state === 'activated' ? { level: account.level } : undefined
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
  const own = accountStatusOf(theirs, accountId)
  if (!own || !childId) return own
  const child = await findChild(work, personId, childId)
  return child && { ...own, child: { personId: childId, name: child.fullName } }
}
