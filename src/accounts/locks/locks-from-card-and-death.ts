import type { Id } from '../../platform/ids.ts'
import type { Deed, Work } from '../../platform/work.ts'
import type { Account } from '../account.ts'
import { cardInHand } from '../card-of-account.ts'
import { cardRuleOn } from '../law.ts'
import { cancel, findLivingAccount, holdAccount, unitOfDeed } from '../lifecycle.ts'
import type { LockReason } from '../lock.ts'
import { liftLocks, lockHeldAccount } from './locks.ts'
import * as kept from './store.ts'

/**
 * What happens to an account when its holder's card or life ends, by the law of the day. Consequences of deeds of cards
 * and of the register.
 */

const isUsableAccount = ({ state }: Account) => state === 'approved' || state === 'activated' || state === 'locked'

/** Locks the account unless this reason stands already. */
async function lockUnlessLocked(
  work: Work,
  account: Account,
  reason: LockReason,
  unitId: Id<'unit'> | undefined,
): Promise<void> {
  if ((await kept.findOpenLocks(work, account)).some(one => one.reason === reason)) return
  await lockHeldAccount(work, account, { reason, unitId })
}

/**
 * States of a card that a holder had. A card never handed over supported no account, and a card whose successor was
 * handed over ends nothing.
 */
const inHandStates: readonly unknown[] = ['handed-over', 'blocked', 'expired']

/** NĐ59/2022 Art. 19, LCC Art. 34(1)(c): a revoked card locks the account. */
export async function lockWithCard(work: Work, deed: Deed): Promise<void> {
  const { subject, facts } = deed
  if (
    cardRuleOn(work.today, work).revoked !== 'locks' ||
    !inHandStates.includes(facts['from']) ||
    facts['code'] === 'replaced' ||
    // The card of a record that was merged: the person has the other record's card.
    facts['merged'] === true
  )
    return
  const account = await findLivingAccount(work, subject.personId)
  if (!account || !isUsableAccount(account) || (await cardInHand(work, account.personId))) return
  await lockUnlessLocked(work, account, 'card-revoked', unitOfDeed(deed))
}

const reasonsOfCard: readonly LockReason[] = ['card-revoked', 'card-expired']

/**
 * NĐ69/2024 Art. 15: handing over the new card lifts the locks of the old one. Before that law the holder has to
 * request it.
 */
export async function unlockWithNewCard(work: Work, deed: Deed): Promise<void> {
  const { subject } = deed
  if (cardRuleOn(work.today, work).newCard !== 'unlocks') return
  const account = await findLivingAccount(work, subject.personId)
  if (account?.state !== 'locked') return
  const ends = (await kept.findOpenLocks(work, account)).filter(({ reason }) => reasonsOfCard.includes(reason))
  if (ends.length > 0) await liftLocks(work, account, ends, 'new-card', { unitId: unitOfDeed(deed) })
}

/** NĐ59/2022 Art. 19, LCC Art. 34(1)(d): a death locks the account, and a mere request ends. */
export async function lockOnDeath(work: Work, deed: Deed): Promise<void> {
  const { subject } = deed
  const account = await findLivingAccount(work, subject.personId)
  if (!account) return
  if (account.state === 'requested') await cancel(work, account.id, { reason: 'died', unitId: unitOfDeed(deed) })
  else await lockUnlessLocked(work, account, 'death', unitOfDeed(deed))
}

const lowestId = '00000000-0000-0000-0000-000000000000'

/**
 * Locks accounts whose card expired, if the law of the day says so; a page at a time, by person. Gives where to
 * continue, undefined at the end.
 */
export async function lockExpiredCardHolders(work: Work, after = lowestId, limit = 500): Promise<string | undefined> {
  if (cardRuleOn(work.today, work).expired !== 'locks') return undefined
  const found = await kept.findHoldersOfExpiredCards(work, after, limit)
  for (const { id } of found) {
    const account = await holdAccount(work, id)
    // Terms that the law extended are not over, whatever is printed.
    if (isUsableAccount(account) && !(await cardInHand(work, account.personId)))
      await lockUnlessLocked(work, account, 'card-expired', undefined)
  }
  return found.length < limit ? undefined : found.at(-1)?.personId
}
