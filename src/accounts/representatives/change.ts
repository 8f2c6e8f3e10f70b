import { latestDay, yearsBetween } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import { type Deed, type Work, withHouseScope } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { Account } from '../account.ts'
import { beginActivationDays } from '../begin-activation-period.ts'
import { forgetFactors } from '../factors/drop-factors.ts'
import { type HolderRef, inFactorScope } from '../factors/factors.ts'
import { isHeld } from '../holder.ts'
import { ownPhoneAge } from '../law.ts'
import { type AccountId, type DeedContext, holdAccount, recordAccountDeed, transitionRefused } from '../lifecycle.ts'
import { notifyPhoneChanged } from '../notify.ts'
import { accountProblem } from '../problems.ts'
import { endOpenSlip } from '../slips/slips.ts'
import * as store from '../store.ts'
import * as desk from '../store-request.ts'
import { getFitRepresentative } from './representatives.ts'
import * as theirs from './store.ts'

/**
 * Father, mother or guardian acts for a child: the account has their phone, and their factors open it (NĐ69/2024 Art.
 * 10).
 */

/**
 * Whether a holder is so young, or under guardianship, that the phone is the representative's. A person who may be too
 * young counts as too young.
 */
export async function hasAnotherRepresentative(work: Work, personId: register.PersonId): Promise<boolean> {
  const { birthDate } = await register.getSummary(work, personId)
  const isYoung = yearsBetween(latestDay(birthDate), work.today) < ruleOn(ownPhoneAge, work.today, work)
  return isYoung || (await register.guardianOf(work, personId)) !== undefined
}

/**
 * The accounts of represented children have the representative's phone, so it changes with them. The children may live
 * in another unit.
 */
export const changePhoneWithRepresentative = (
  work: Work,
  personId: register.PersonId,
  before: string | undefined,
  next: string | undefined,
): Promise<void> =>
  withHouseScope(work, async house => {
    for (const { id, phone } of await theirs.findRepresented(house, personId)) {
      if ((phone ?? undefined) !== before) continue
      const child = await holdAccount(house, id)
      await desk.setPhone(house, child, next)
      await desk.insertPhoneChange(house, child, { before, after: next, proof: 'representative' })
      await recordAccountDeed(house, 'account.phone-changed', child, {}, { proof: 'representative' })
    }
  })

/** Removes all factors of the former holder. The next one chooses a passcode as in an activation. */
async function forgetHolderFactors(work: Work, holder: HolderRef): Promise<void> {
  await forgetFactors(work, holder)
  await inFactorScope(work, house => endOpenSlip(house, holder, 'representative'))
}

/**
 * Makes another parent or guardian the representative of a child. The account gets their phone, and the former one's
 * access ends. Both phones are notified. Naming the present one changes nothing. Throws account-unknown,
 * account-move-refused (an adult acts alone), account-held, account-representative-not-kin and what else
 * `getFitRepresentative` throws.
 */
export async function changeRepresentative(
  work: Work,
  id: AccountId,
  { representativeId, ...where }: { readonly representativeId: Id<'person'> } & DeedContext,
): Promise<Account> {
  const account = await holdAccount(work, id)
  if (account.state === 'cancelled' || !(await hasAnotherRepresentative(work, account.personId)))
    throw transitionRefused(account, 'represented')
  if (isHeld(account, work.now)) throw accountProblem('account-held', { until: account.heldUntil })
  const { phone: next } = await getFitRepresentative(work, account.personId, { representativeId })
  const before = await store.findPhoneOfPerson(work, account.personId)
  if ((await desk.findRequestRow(work, id))?.representativeId === representativeId && before === next) return account

  await theirs.setRepresentative(work, account, representativeId)
  await desk.setPhone(work, account, next)
  await desk.insertPhoneChange(work, account, { before, after: next, proof: 'representative' })
  await forgetHolderFactors(work, { personId: account.personId, accountId: account.id })
  await recordAccountDeed(work, 'account.representative-changed', account, where)
  await notifyPhoneChanged(work, account, before === next ? undefined : before)
  return account.state === 'approved' ? beginActivationDays(work, account) : account
}

/**
 * The representative of a child died: nobody acts, and the phone is removed, until another parent or guardian is named.
 * A holder who came of age keeps a phone of their own. A consequence of `person.died`.
 */
export const removeDeadRepresentative = (work: Work, { subject: { personId } }: Deed): Promise<void> =>
  withHouseScope(work, async house => {
    if (!personId) return
    const former = await store.findPhoneOfPerson(house, personId)
    for (const { id, phone } of await theirs.findRepresented(house, personId)) {
      const child = await holdAccount(house, id)
      await theirs.setRepresentative(house, child, undefined)
      const isTheirs = phone !== null && phone === former
      if (isTheirs || (await hasAnotherRepresentative(house, child.personId))) {
        await desk.setPhone(house, child, undefined)
        await desk.insertPhoneChange(house, child, {
          before: phone ?? undefined,
          after: undefined,
          proof: 'representative',
        })
      }
      await recordAccountDeed(house, 'account.representative-lost', child, {})
    }
  })

/**
 * A guardianship is over: the guardian's access to the ward's account ends, and so does their phone in it. Whoever acts
 * from now on, the holder or another guardian, gives a phone at a counter. A consequence of `guardianship.ended`.
 */
export const endWithGuardianship = (work: Work, { subject: { personId } }: Deed): Promise<void> =>
  withHouseScope(work, async house => {
    if (!personId) return
    const found = (await store.findAccountRows(house, [personId])).find(({ state }) => state !== 'cancelled')
    if (!found) return
    const account = await holdAccount(house, found.id)
    if (!(await desk.findRequestRow(house, account.id))?.representativeId) return
    const phone = await store.findPhoneOfPerson(house, personId)
    await theirs.setRepresentative(house, account, undefined)
    await desk.setPhone(house, account, undefined)
    await desk.insertPhoneChange(house, account, { before: phone, after: undefined, proof: 'representative' })
    await forgetHolderFactors(house, { personId: account.personId, accountId: account.id })
    await recordAccountDeed(house, 'account.representative-lost', account, {})
  })
