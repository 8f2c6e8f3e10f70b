import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { Account } from '../account.ts'
import { cardInHand } from '../card-of-account.ts'
import { type LockReason, lockKinds } from '../lock.ts'
import * as store from '../store.ts'

/** What still stands against the end of a lock; undefined if only the decision is needed. */
export async function findUnlockHindrance(
  work: Work,
  { personId }: Account,
  reason: LockReason,
  askedBy: 'holder' | 'agency',
): Promise<string | undefined> {
  const { needs } = lockKinds[reason]
  if (needs === 'agency') return askedBy === 'agency' ? undefined : needs
  if (needs === 'card-in-hand') return (await cardInHand(work, personId)) ? undefined : needs
  if (needs === 'own-phone') return (await store.findPhoneOfPerson(work, personId)) ? undefined : needs
  if (needs === 'alive') return (await register.getSummary(work, personId)).lifeStatus === 'dead' ? needs : undefined
  return undefined
}
