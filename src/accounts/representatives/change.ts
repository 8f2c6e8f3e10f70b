import { latestDay, yearsBetween } from '../../platform/day.ts'
import { ruleOn } from '../../platform/law.ts'
import { type Deed, seeingHouse, type Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { Account } from '../account.ts'
import { beginDays } from '../activation-days.ts'
import { type HolderRef, withFactors } from '../factors/factors.ts'
import { forgetFactors } from '../factors/forgotten.ts'
import { ownPhoneAge } from '../law.ts'
import { hold, moveRefused, recordFor, type Where } from '../lifecycle.ts'
import { tellPhoneChanged } from '../notify.ts'
import { endSlip } from '../slips/slips.ts'
import * as store from '../store.ts'
import * as desk from '../store-request.ts'
import { fitRepresentative } from './representatives.ts'
import * as theirs from './store.ts'

/**
 * Father, mother or guardian who acts for a child: the account has their phone, and is opened by what they hold
 * (NĐ69/2024 Art. 10).
 */

/** Whether a holder is so young that their phone is the representative's; whoever may be is. */
export async function isUnderAnothers(work: Work, personId: register.PersonId): Promise<boolean> {
  const { birthDate } = await register.getSummary(work, personId)
  return yearsBetween(latestDay(birthDate), work.today) < ruleOn(ownPhoneAge, work.today, work)
}

/**
 * The accounts of the children whom somebody represents have that person's phone: it goes with them. They may live in
 * another's unit.
 */
export const followRepresentative = (
  work: Work,
  personId: register.PersonId,
  before: string | undefined,
  next: string | undefined,
): Promise<void> =>
  seeingHouse(work, async house => {
    for (const { id, phone } of await theirs.representedBy(house, personId)) {
      if ((phone ?? undefined) !== before) continue
      const child = await hold(house, id)
      await desk.setPhone(house, child, next)
      await desk.insertPhoneChange(house, child, { before, after: next, proof: 'representative' })
      await recordFor(house, 'account.phone-changed', child, {}, { proof: 'representative' })
    }
  })

/**
 * All that somebody else holds of an account opens it no more. The next holder chooses a passcode as whoever activates
 * it does.
 */
async function forgetAll(work: Work, holder: HolderRef): Promise<void> {
  await forgetFactors(work, holder)
  await withFactors(work, house => endSlip(house, holder, 'representative'))
}

/**
 * Another parent or guardian acts for a child from now on; the account has their phone, and what the former one held of
 * it is over. Both phones are told. Who acts already is left as they are. Throws account-unknown, account-move-refused
 * (a grown holder acts themselves), account-representative-not-kin and what else fitRepresentative throws.
 */
export async function changeRepresentative(
  work: Work,
  id: string,
  { representativeId, ...where }: { readonly representativeId: string } & Where,
): Promise<Account> {
  const account = await hold(work, id)
  if (account.state === 'cancelled' || !(await isUnderAnothers(work, account.personId)))
    throw moveRefused(account, 'represented')
  const { phone: next } = await fitRepresentative(work, account.personId, { representativeId })
  const before = await store.phoneOf(work, account.personId)
  if ((await desk.deskRow(work, id))?.representativeId === representativeId && before === next) return account

  await theirs.setRepresentative(work, account, representativeId)
  await desk.setPhone(work, account, next)
  await desk.insertPhoneChange(work, account, { before, after: next, proof: 'representative' })
  await forgetAll(work, { personId: account.personId, accountId: account.id })
  await recordFor(work, 'account.representative-changed', account, where)
  await tellPhoneChanged(work, account, before === next ? undefined : before)
  return account.state === 'approved' ? beginDays(work, account) : account
}

/**
 * Whoever acted for a child has died: nobody does, and their phone is nobody's, until another parent or guardian is
 * named. Who has come of age since keeps a phone that is their own. A consequence of `person.died`.
 */
export const followRepresentativeDeath = (work: Work, { subject: { personId } }: Deed): Promise<void> =>
  seeingHouse(work, async house => {
    if (!personId) return
    const former = await store.phoneOf(house, personId)
    for (const { id, phone } of await theirs.representedBy(house, personId)) {
      const child = await hold(house, id)
      await theirs.setRepresentative(house, child, undefined)
      const isTheirs = phone !== null && phone === former
      if (isTheirs || (await isUnderAnothers(house, child.personId))) {
        await desk.setPhone(house, child, undefined)
        await desk.insertPhoneChange(house, child, {
          before: phone ?? undefined,
          after: undefined,
          proof: 'representative',
        })
      }
      await recordFor(house, 'account.representative-lost', child, {})
    }
  })
