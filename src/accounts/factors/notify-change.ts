import * as outreach from '../../outreach/outreach.ts'
import type { Work } from '../../platform/work.ts'
import { formerPhoneDays } from '../law.ts'
import * as holders from '../store-holder.ts'
import type { HolderRef } from './factors.ts'
import { factorText } from './words.ts'

/** Notifies the holder of a change by the account's phone. A holder without a phone gets no message. */
export async function notifyHolderOfChange(
  work: Work,
  holder: HolderRef,
  template: 'changed-app' | 'changed-codes' | 'changed-device' | 'changed-passcode' | 'changed-passkey',
) {
  const phone = await holders.findHolderPhone(work, holder)
  if (!phone) return
  await outreach.sendMessage(work, {
    template: 'account-changed',
    facts: { what: { vi: factorText('vi')(template), en: factorText('en')(template) }, on: work.today },
    language: 'vi',
    to: { kind: 'phone', number: phone },
    about: { kind: 'account', id: holder.accountId, personId: holder.personId },
  })
}

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
  for (const phone of await holders.findKnownPhones(work, holder, formerPhoneDays))
    await outreach.sendMessage(work, {
      template: 'account-slip',
      facts: { what: { vi: factorText('vi')(what), en: factorText('en')(what) }, on: work.today, page: slipStopPath },
      language: 'vi',
      to: { kind: 'phone', number: phone },
      about: { kind: 'account', id: holder.accountId, personId: holder.personId },
    })
}
