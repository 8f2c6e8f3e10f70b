import { birthday, latestDay } from '../../platform/day.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { childUntilAge } from '../law.ts'

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
