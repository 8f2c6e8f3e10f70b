import * as audit from '../../audit/audit.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import type { Account } from '../account.ts'
import { cardInHand } from '../card-of-account.ts'
import { type HolderRef, inFactorScope } from '../factors/factors.ts'
import { notifyOfSlip } from '../factors/notify-change.ts'
import { type AccountId, holdAccount, recordAccountDeed } from '../lifecycle.ts'
import { accountProblem } from '../problems.ts'
import { isOutStill, type SlipReset } from '../slip-reset.ts'
import * as holders from '../store-holder.ts'
import { slipProblem } from './problems.ts'
import { endOpenSlip } from './slips.ts'
import * as resets from './store-reset.ts'

/** What a second officer does with the slip of a first: approves or refuses it, or ends the waiting time after it. */

const refOf = ({ id, personId }: Account): HolderRef => ({ personId, accountId: id })

const printerOf = ({ printedBy, printedAt }: SlipReset) => ({ id: printedBy, at: printedAt })

async function holdResetToDecide(work: Work, account: Account, slipId: string): Promise<SlipReset> {
  const reset = await resets.holdReset(work, slipId)
  if (!reset || reset.accountId !== account.id) throw slipProblem('slip-unknown')
  await staff.refuseSameHand(work, 'slip-approved', [printerOf(reset)], () => slipProblem('slip-own-print'))
  if (reset.outcome) throw slipProblem('slip-decided')
  if (!isOutStill(reset, work.today)) throw slipProblem('slip-unknown')
  return reset
}

const slipSubject = (work: Work, { slipId, personId }: SlipReset) => ({
  kind: 'slip',
  id: slipId,
  personId,
  ...(work.unitId && { unitId: work.unitId }),
})

/**
 * Another officer than the printer approves a slip for an account that was opened before; the paper that was handed out
 * then opens it. Throws account-unknown, slip-unknown, slip-own-print, slip-decided.
 */
export async function approveSlip(work: Work, id: AccountId, slipId: string): Promise<Account> {
  const account = await holdAccount(work, id)
  const reset = await holdResetToDecide(work, account, slipId)
  await resets.setResetDecided(work, reset, 'approved')
  await audit.record(work, 'slip.approved', slipSubject(work, reset), { account: id, printedBy: reset.printedBy })
  return account
}

/** The same where they do not: the paper is over. Throws as `approveSlip` does. */
export async function refuseSlip(work: Work, id: AccountId, slipId: string): Promise<Account> {
  const account = await holdAccount(work, id)
  const reset = await holdResetToDecide(work, account, slipId)
  await resets.setResetDecided(work, reset, 'refused')
  await audit.record(work, 'slip.refused', slipSubject(work, reset), { account: id, printedBy: reset.printedBy })
  await inFactorScope(work, house => endOpenSlip(house, refOf(account), 'refused'))
  return account
}

/**
 * Ends the waiting time after a reset, with the holder at the counter: the officer, who did not print the slip, read
 * the card's serial and compared the face. Throws account-unknown, account-not-held, slip-own-print,
 * account-card-not-shown.
 */
export async function liftHold(work: Work, id: AccountId, { serial }: { readonly serial: string }): Promise<Account> {
  const account = await holdAccount(work, id)
  const running = await resets.holdRunningResets(work, refOf(account))
  if (running.length === 0) throw accountProblem('account-not-held')
  await staff.refuseSameHand(work, 'hold-lifted', running.map(printerOf), () => slipProblem('slip-own-print'))
  const card = await cardInHand(work, account.personId)
  if (!card?.serial || card.serial.toUpperCase() !== serial.trim().toUpperCase())
    throw accountProblem('account-card-not-shown')

  for (const reset of running) await resets.setResetLifted(work, reset)
  await recordAccountDeed(
    work,
    'account.hold-lifted',
    account,
    {},
    {
      slips: running.map(({ slipId }) => slipId),
      proof: 'card-and-face',
    },
  )
  await inFactorScope(work, async house => {
    await holders.setHeldUntil(house, refOf(account), undefined)
    await resets.dropFormerFactors(house, refOf(account))
    await notifyOfSlip(house, refOf(account), 'slip-hold-lifted')
  })
  return account
}
