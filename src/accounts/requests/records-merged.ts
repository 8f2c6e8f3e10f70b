import * as outreach from '../../outreach/outreach.ts'
import type { Id } from '../../platform/ids.ts'
import { type Deed, type Work, withHouseScope } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import type { Account } from '../account.ts'
import { forgetFactors } from '../factors/drop-factors.ts'
import { inFactorScope } from '../factors/factors.ts'
import { cancel, findLivingAccount, recordAccountDeed, unitOfDeed } from '../lifecycle.ts'
import { otherWaysOf, phonesOf } from '../notify.ts'
import { endOpenSlip } from '../slips/slips.ts'
import * as store from '../store.ts'
import * as desk from '../store-request.ts'
import { noticeText } from '../words-notice.ts'

/**
 * Two records were merged, or parted again. Of two accounts that of the surviving record stays, under its phone; the
 * other is closed and never moves alive. So nobody gets another's account by having two records merged: what stays is
 * at level 1, without a device, a passcode or a second factor, and both phones are told.
 */

async function dropWhatOpens(work: Work, { id, personId }: Account): Promise<void> {
  const holder = { personId, accountId: id }
  await forgetFactors(work, holder, 'locked')
  await inFactorScope(work, house => endOpenSlip(house, holder, 'wrong-data'))
}

/** Level 2 was proved by one of the two records; whoever it is proves it again. */
async function lowerToOne(work: Work, account: Account, unitId: Id<'unit'> | undefined): Promise<void> {
  await desk.setRaisingLapsed(work, account)
  if (account.level !== 2 || account.state === 'requested') return
  const lowered: Account = { ...account, level: 1 }
  await store.updateAccountState(work, lowered)
  await recordAccountDeed(work, 'account.lowered', lowered, { unitId }, { from: account.state, why: 'records-merged' })
}

/** A consequence of `person.merged`. */
export async function followMergedRecords(work: Work, deed: Deed): Promise<void> {
  const { survivor, merged } = deed.facts as register.MergedRecords
  const phones = [...new Set([...(await phonesOf(work, survivor)), ...(await phonesOf(work, merged))])]
  const unitId = unitOfDeed(deed)
  const ended = await findLivingAccount(work, merged)
  if (ended) {
    await dropWhatOpens(work, ended)
    await cancel(work, ended.id, { reason: 'records-merged', unitId })
  }
  const kept = await findLivingAccount(work, survivor)
  if (kept) {
    await dropWhatOpens(work, kept)
    await lowerToOne(work, kept, unitId)
  }
  await notifyBoth(work, deed, 'records-merged', phones)
}

async function notifyBoth(
  work: Work,
  deed: Deed,
  template: 'records-merged' | 'records-parted',
  phones: readonly string[],
): Promise<void> {
  const { survivor, merge } = deed.facts as register.MergedRecords
  const { fullName } = await register.getSummary(work, survivor)
  const unitId = work.unitId ?? unitOfDeed(deed)
  const unit = unitId ? await units.unitName(work, unitId) : noticeText('vi')('nearest-police')
  for (const [place, number] of phones.entries())
    await outreach.sendMessage(work, {
      template,
      facts: { person: fullName, on: work.today, unit, page: '/account/request' },
      language: 'vi',
      to: { kind: 'phone', number },
      // The first phone stands for the person; further ones are not the only way to them.
      otherwise: place === 0 ? await otherWaysOf(work, survivor) : [],
      about: { kind: 'merge', id: merge, personId: survivor, ...(unitId && { unitId }) },
      key: `${template}:${merge}:${place}`,
    })
}

/** A consequence of `merge.undone`: both are told; their accounts are again as they were. */
export const notifyPartedRecords = (work: Work, deed: Deed): Promise<void> =>
  withHouseScope(work, async house => {
    const { survivor, merged } = deed.facts as register.MergedRecords
    const phones = new Set([...(await phonesOf(house, survivor)), ...(await phonesOf(house, merged))])
    await notifyBoth(house, deed, 'records-parted', [...phones])
  })
