import * as outreach from '../../outreach/outreach.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import type { Work } from '../../platform/work.ts'
import { formerPhoneDays } from '../law.ts'
import { otherWaysOf } from '../notify.ts'
import * as holders from '../store-holder.ts'
import { type HolderRef, inFactorScope } from './factors.ts'
import { factorText } from './words.ts'

type Change =
  | 'changed-app'
  | 'changed-codes'
  | 'changed-device'
  | 'changed-passcode'
  | 'changed-passkey'
  | 'changed-mailbox'
  | 'removed-mailbox'
type Attempt = 'attempts-stopped' | 'attempt-half-way' | 'signed-in-after-absence'

/** Notifies the holder by the account's phone: of each change, and once a day of each kind of attempt. */
async function notifyByPhone(work: Work, holder: HolderRef, what: Change | Attempt, key?: string): Promise<void> {
  const phone = await holders.findHolderPhone(work, holder)
  if (!phone) return
  await outreach.sendMessage(work, {
    template: 'account-changed',
    facts: { what: { vi: factorText('vi')(what), en: factorText('en')(what) }, on: work.today },
    language: 'vi',
    to: { kind: 'phone', number: phone },
    // A mailbox that somebody else put there is not what tells of it.
    otherwise: (await otherWaysOf(work, holder.personId)).filter(
      ({ kind }) => what !== 'changed-mailbox' || kind !== 'email',
    ),
    about: { kind: 'account', id: holder.accountId, personId: holder.personId },
    ...(key && { key }),
  })
}

/** A holder without a phone gets no message. */
export const notifyHolderOfChange = (work: Work, holder: HolderRef, change: Change): Promise<void> =>
  notifyByPhone(work, holder, change)

/** The same of somebody who tries to get in, or is in after a long time: it may be the holder, and it may not. */
export const notifyHolderOfAttempt = (work: Work, holder: HolderRef, attempt: Attempt): Promise<void> =>
  inFactorScope(work, house => notifyByPhone(house, holder, attempt, `${attempt}:${holder.accountId}:${work.today}`))

export const attemptsNoticeJob = 'notify-of-attempts'

/**
 * Has the holder told of guesses that were stopped. `counter`: the key under which they are counted, which there is of
 * a number of nobody too, so that both take as long.
 */
export const queueAttemptsNotice = (work: Work, counter: Buffer, holder: HolderRef | undefined): Promise<void> =>
  queueJob(work, attemptsNoticeJob, holder ? { personId: holder.personId, accountId: holder.accountId } : {}, {
    key: `${attemptsNoticeJob}:${counter.toString('base64url')}`,
  })

/** Where a holder stops a slip without signing in, by a number that is sent to a phone of theirs. */
export const slipStopPath = '/account/stop'

/**
 * Tells the holder of a slip, on the account's phone and on those that it had lately: whoever printed a slip may have
 * changed the phone before.
 */
export async function notifyOfSlip(
  work: Work,
  holder: HolderRef,
  what: 'slip-printed' | 'slip-for-opened' | 'slip-used' | 'slip-stopped' | 'slip-hold-lifted',
): Promise<void> {
  // Of no other way: who holds a phone of this account, or held one lately, is told there.
  for (const phone of await holders.findKnownPhones(work, holder, formerPhoneDays))
    await outreach.sendMessage(work, {
      template: 'account-slip',
      facts: { what: { vi: factorText('vi')(what), en: factorText('en')(what) }, on: work.today, page: slipStopPath },
      language: 'vi',
      to: { kind: 'phone', number: phone },
      about: { kind: 'account', id: holder.accountId, personId: holder.personId },
    })
}
