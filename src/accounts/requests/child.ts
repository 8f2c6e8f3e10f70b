import { latestDay, yearsBetween } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { type Account, ageForLevel } from '../account.ts'
import { cardInHand } from '../card-of-account.ts'
import { admissionOf } from '../law.ts'
import { accountProblem } from '../problems.ts'
import * as store from '../store.ts'
import { request } from './requests.ts'

/**
 * Level 1 of a child, requested on the web by a parent who is signed in with an own level 2 account (NĐ69/2024 Art.
 * 10).
 */

/**
 * Whether it can be requested now: by the law of the day, with the card in hand that it requires (NĐ69/2024 Art. 7),
 * and without an account yet.
 */
export type ChildRequestStatus = 'possible' | 'card-needed' | 'has-account' | 'no-law'

export async function findChildRequestStatus(work: Work, childId: register.PersonId): Promise<ChildRequestStatus> {
  const { birthDate } = await register.getSummary(work, childId)
  const admission = admissionOf(1, yearsBetween(latestDay(birthDate), work.today), work.today, work)
  if (admission?.acts !== 'representative') return 'no-law'
  if ((await store.findAccountRows(work, [childId])).some(({ state }) => state !== 'cancelled')) return 'has-account'
  return admission.document === 'none' || (await cardInHand(work, childId)) ? 'possible' : 'card-needed'
}

/**
 * The parent requests the account; the child's home unit decides. Throws account-too-young, account-child-card-needed,
 * and what `request` throws.
 */
export async function requestChildAccount(
  work: Work,
  childId: register.PersonId,
  parentId: register.PersonId,
): Promise<Account> {
  const is = await findChildRequestStatus(work, childId)
  if (is === 'no-law') throw accountProblem('account-too-young', { from: ageForLevel(1, work.today, work) })
  if (is === 'card-needed') throw accountProblem('account-child-card-needed')
  return request(work, childId, { level: 1, representativeId: parentId, via: 'self' })
}
