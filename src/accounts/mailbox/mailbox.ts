/**
 * The mailbox of an account, for messages that the phone does not take. In: an address that the holder types, and the
 * number that was sent there. Decided: whether it is a mailbox, and whether the number is right. Out: the mailbox. It
 * opens nothing and is shown to its holder alone; the phone is told of each change. Deeds: account.mailbox-set,
 * .mailbox-removed.
 */

import * as audit from '../../audit/audit.ts'
import * as outreach from '../../outreach/outreach.ts'
import type { Work } from '../../platform/work.ts'
import { sendCodeToMailbox, tryOneTimeCode } from '../factors/code.ts'
import { type Holder, type HolderRef, inFactorScope, subjectOfHolder } from '../factors/factors.ts'
import { notifyHolderOfChange } from '../factors/notify-change.ts'
import * as store from './store.ts'

export type MailboxAsked = 'sent' | 'malformed' | { readonly slowed: number }

/** Sends a number to a mailbox; who types it has the mailbox confirmed. A former one stays until then. */
export const askForMailbox = (work: Work, holder: Holder, address: string): Promise<MailboxAsked> =>
  inFactorScope(work, async house => {
    const mailbox = outreach.asMailbox(address)
    if (mailbox === undefined) return 'malformed'
    const sending = await sendCodeToMailbox(house, holder, mailbox)
    if (sending !== undefined) return { slowed: sending }
    await store.setAskedMailbox(house, holder, mailbox)
    return 'sent'
  })

/** The mailbox that the number was sent to is the account's. */
export const confirmMailbox = (work: Work, holder: HolderRef, code: string): Promise<'right' | 'wrong' | 'over'> =>
  inFactorScope(work, async house => {
    const outcome = await tryOneTimeCode(house, holder, 'mailbox', code)
    if (outcome !== 'right') return outcome
    if (!(await store.confirmAskedMailbox(house, holder))) return 'over'
    await audit.record(house, 'account.mailbox-set', subjectOfHolder(holder))
    await notifyHolderOfChange(house, holder, 'changed-mailbox')
    return 'right'
  })

/** After a restore: the mailbox of before may be another's by now. False where there was none. */
export async function forgetMailbox(work: Work, holder: HolderRef): Promise<boolean> {
  if (!(await store.deleteMailbox(work, holder))) return false
  await audit.record(work, 'account.mailbox-removed', subjectOfHolder(holder), { why: 'restored' })
  return true
}

/** Messages go there no more; false where there was none. */
export const removeMailbox = (work: Work, holder: HolderRef): Promise<boolean> =>
  inFactorScope(work, async house => {
    if (!(await store.deleteMailbox(house, holder))) return false
    await audit.record(house, 'account.mailbox-removed', subjectOfHolder(holder))
    await notifyHolderOfChange(house, holder, 'removed-mailbox')
    return true
  })

/** The mailbox of an account, and the one that waits for its number; for its holder. */
export const mailboxOf = (work: Work, holder: HolderRef): Promise<store.Mailbox> =>
  inFactorScope(work, house => store.findMailbox(house, holder))
