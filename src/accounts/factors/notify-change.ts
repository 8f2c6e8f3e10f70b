import * as outreach from '../../outreach/outreach.ts'
import type { Work } from '../../platform/work.ts'
import * as holders from '../store-holder.ts'
import type { HolderRef } from './factors.ts'
import { factorText } from './words.ts'

/** Notifies the holder of a change by the account's phone. A holder without a phone gets no message. */
export async function notifyHolderOfChange(
  work: Work,
  holder: HolderRef,
  template:
    | 'changed-app'
    | 'changed-codes'
    | 'changed-device'
    | 'changed-passcode'
    | 'changed-passkey'
    | 'changed-slip',
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
