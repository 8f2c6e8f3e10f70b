import * as accounts from '../../accounts/accounts.ts'
import { birthday, type Day, dayOf, daysInMonth, type PartialDay } from '../../platform/day.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { Subject } from '../artifact.ts'
import type { Level } from '../assurance.ts'
import { childUntilAge } from '../law.ts'

/** The present status of an account that can sign in: its level, and the child for whom it acts. */
export type Standing = {
  readonly level: Level
  readonly child?: { readonly personId: register.PersonId; readonly name: string }
}

/** The latest day that a birth date allows: a person counts as a child as long as they may be one. */
const latest = ({ y, m, d }: PartialDay): Day => (m && d ? dayOf(y, m, d) : dayOf(y, m ?? 12, daysInMonth(y, m ?? 12)))

/**
 * Below this age a child acts through a parent's account; one's own begins there (NĐ59/2022 Art. 11, NĐ69/2024 Art. 7).
 */
const childUntil = 14

/**
 * A child for whom a person may act today: father, mother or guardian in the register, the child alive and below the
 * age.
 */
export async function childOf(
  work: Work,
  personId: register.PersonId,
  childId: register.PersonId,
): Promise<register.PersonSummary | undefined> {
  const kin = await register.kinOf(work, childId)
  if (!kin.some(one => one.personId === personId && one.relation !== 'spouse')) return undefined
  const child = await register.getSummary(work, childId)
  const isChild = child.lifeStatus === 'alive' && birthday(latest(child.birthDate), childUntil(work)) > work.today
  return isChild ? child : undefined
}

/** The children for whom a person may act today. */
export async function childrenOf(work: Work, personId: register.PersonId): Promise<register.PersonSummary[]> {
  const found: register.PersonSummary[] = []
  for (const { personId: childId } of await register.childrenOf(work, personId)) {
    const child = await childOf(work, personId, childId)
    if (child) found.push(child)
  }
  return found
}

/** The status of one of a person's accounts; undefined if it cannot sign in. */
export function standingOf(theirs: readonly accounts.Account[], accountId: string): Standing | undefined {
  const account = theirs.find(({ id }) => id === accountId)
  return account?.state === 'activated' ? { level: account.level } : undefined
}

/**
 * The present status of a subject, in a work that sees the house: undefined if the account is not activated, locked or
 * ended, or if the child is too old. Checked on each use of a token, so that changes count at once.
 */
export async function standing(work: Work, { personId, accountId, childId }: Subject): Promise<Standing | undefined> {
  const [person] = await register.summariesOf(work, [personId])
  // Also if only an extract reported the death and no deed has ended the account yet.
  if (!person || person.lifeStatus === 'dead') return undefined
  const theirs = (await accounts.accountsOf(work, [personId])).get(personId) ?? []
  const own = standingOf(theirs, accountId)
  if (!own || !childId) return own
  const child = await childOf(work, personId, childId)
  return child && { ...own, child: { personId: childId, name: child.fullName } }
}
