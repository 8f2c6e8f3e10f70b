import type { Deed, Work } from '../../platform/work.ts'
import type { Account } from '../account.ts'
import { cardInHand } from '../card.ts'
import { cardRuleOn } from '../law.ts'
import { cancel, hold, livingOf } from '../lifecycle.ts'
import type { LockReason } from '../lock.ts'
import { endLocks, lockHeld } from './locks.ts'
import * as kept from './store.ts'

/**
 * What happens to an account when its holder's card or life ends, by the law of the day. Consequences of deeds of cards
 * and of the register.
 */

const isUsable = ({ state }: Account) => state === 'approved' || state === 'activated' || state === 'locked'

/** Locks the account unless this reason stands already. */
async function lockOnce(work: Work, account: Account, reason: LockReason, unitId: string | undefined): Promise<void> {
  if ((await kept.openLocks(work, account)).some(one => one.reason === reason)) return
  await lockHeld(work, account, { reason, unitId })
}

/**
 * States of a card that a holder had. A card never handed over supported no account, and a card whose successor was
 * handed over ends nothing.
 */
const wasInHand: readonly unknown[] = ['handed-over', 'blocked', 'expired']

/** NĐ59/2022 Art. 19, LCC Art. 34(1)(c): a revoked card locks the account. */
export async function followCardEnd(work: Work, { subject, facts }: Deed): Promise<void> {
  if (
    cardRuleOn(work.today, work).revoked !== 'locks' ||
    !wasInHand.includes(facts['from']) ||
    facts['code'] === 'replaced'
  )
    return
  const account = await livingOf(work, subject.personId)
  if (!account || !isUsable(account) || (await cardInHand(work, account.personId))) return
  await lockOnce(work, account, 'card-revoked', subject.unitId)
}

const withTheCard: readonly LockReason[] = ['card-revoked', 'card-expired']

/**
 * NĐ69/2024 Art. 15: handing over the new card lifts the locks of the old one. Before that law the holder has to
 * request it.
 */
export async function followNewCard(work: Work, { subject }: Deed): Promise<void> {
  if (cardRuleOn(work.today, work).newCard !== 'unlocks') return
  const account = await livingOf(work, subject.personId)
  if (account?.state !== 'locked') return
  const ends = (await kept.openLocks(work, account)).filter(({ reason }) => withTheCard.includes(reason))
  if (ends.length > 0) await endLocks(work, account, ends, 'new-card', { unitId: subject.unitId })
}

/** NĐ59/2022 Art. 19, LCC Art. 34(1)(d): a death locks the account, and a mere request ends. */
export async function followDeath(work: Work, { subject }: Deed): Promise<void> {
  const account = await livingOf(work, subject.personId)
  if (!account) return
  if (account.state === 'requested') await cancel(work, account.id, { reason: 'died', unitId: subject.unitId })
  else await lockOnce(work, account, 'death', subject.unitId)
}

const first = '00000000-0000-0000-0000-000000000000'

/**
 * Locks accounts whose card expired, if the law of the day says so; a page at a time, by person. Gives where to
 * continue, undefined at the end.
 */
export async function lockExpired(work: Work, after = first, limit = 500): Promise<string | undefined> {
  if (cardRuleOn(work.today, work).expired !== 'locks') return undefined
  const found = await kept.holdersWithOldCards(work, after, limit)
  for (const { id } of found) {
    const account = await hold(work, id)
    // Terms that the law extended are not over, whatever is printed.
    if (isUsable(account) && !(await cardInHand(work, account.personId)))
      await lockOnce(work, account, 'card-expired', undefined)
  }
  return found.length < limit ? undefined : found.at(-1)?.personId
}
