import { parsePhone } from '../../names/numbers/phone.ts'
import { ruleOn } from '../../platform/law.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { Account } from '../account.ts'
import { beginActivationDays } from '../begin-activation-period.ts'
import { isHeld } from '../holder.ts'
import { ownPhoneAge, phoneRuleOn } from '../law.ts'
import { type AccountId, type DeedContext, holdAccount, recordAccountDeed, transitionRefused } from '../lifecycle.ts'
import { lockHeldAccount } from '../locks/locks.ts'
import { notifyPhoneChanged } from '../notify.ts'
import { accountProblem } from '../problems.ts'
import { changePhoneWithRepresentative, hasAnotherRepresentative } from '../representatives/change.ts'
import * as store from '../store.ts'
import * as desk from '../store-request.ts'
import { findAdultHoldersOfPhone } from './store.ts'

export type NewPhone = {
  /** As the holder reads it from their own phone, typed twice. */
  readonly phone: string
  readonly again: string
  /** How the officer identified the holder. */
  readonly proof: 'card' | 'face-known'
  /** The holder showed the contract of the number, whoever registered it before. */
  readonly ownsNumber?: boolean | undefined
} & DeedContext

function readPhoneTypedTwice(phone: string, again: string): string {
  const [one, other] = [parsePhone(phone), parsePhone(again)]
  if (one.kind === 'malformed' || one.kind === 'missing' || one.kind === 'landline')
    throw accountProblem('account-phone-malformed')
  if (other.kind === 'malformed' || other.kind === 'missing' || other.e164 !== one.e164)
    throw accountProblem('account-phones-differ')
  return one.e164
}

/**
 * Locks the accounts of others with this number and removes the number from them (NĐ69/2024). They may be outside the
 * officer's scope.
 */
const removePhoneFromOthers = (work: Work, phone: string, personId: register.PersonId): Promise<void> =>
  withHouseScope(work, async house => {
    for (const id of await findAdultHoldersOfPhone(house, phone, personId, ruleOn(ownPhoneAge, work.today, work))) {
      const other = await holdAccount(house, id)
      await desk.setPhone(house, other, undefined)
      await desk.insertPhoneChange(house, other, { before: phone, after: undefined, proof: 'given-up' })
      const { permanentUnitId: unitId } = await register.getSummary(house, other.personId)
      if (other.state === 'approved' || other.state === 'activated' || other.state === 'locked')
        await lockHeldAccount(house, other, { reason: 'phone-owner', unitId })
    }
  })

/**
 * Changes the phone of an account with its holder at the counter. A mistyped phone never got the notice, so an approved
 * account is notified anew with seven days again. Throws account-unknown, account-move-refused,
 * account-phone-malformed, account-phones-differ, account-phone-same, account-phone-taken,
 * account-phone-not-representatives (a child's), account-held.
 */
export async function changePhone(
  work: Work,
  id: AccountId,
  { phone, again, proof, ownsNumber, ...where }: NewPhone,
): Promise<Account> {
  const next = readPhoneTypedTwice(phone, again)
  const account = await holdAccount(work, id)
  if (account.state === 'cancelled') throw transitionRefused(account, 'phone')
  if (isHeld(account, work.now)) throw accountProblem('account-held', { until: account.heldUntil })
  const before = await store.findPhoneOfPerson(work, account.personId)
  if (before === next) throw accountProblem('account-phone-same')
  if (await hasAnotherRepresentative(work, account.personId)) throw accountProblem('account-phone-not-representatives')
  if (await store.isPhoneTaken(work, next, account.personId, ruleOn(ownPhoneAge, work.today, work))) {
    if (!ownsNumber || phoneRuleOn(work.today, work) !== 'takes-it') throw accountProblem('account-phone-taken')
    await removePhoneFromOthers(work, next, account.personId)
  }

  await desk.setPhone(work, account, next)
  await desk.insertPhoneChange(work, account, { before, after: next, proof })
  await recordAccountDeed(work, 'account.phone-changed', account, where, {
    proof,
    had: before ? 'another' : 'none',
    ...(ownsNumber && { owner: true }),
  })
  await changePhoneWithRepresentative(work, account.personId, before, next)
  if (account.state === 'requested') return account
  if (account.state === 'approved') return beginActivationDays(work, account)
  await notifyPhoneChanged(work, account, before)
  return account
}
