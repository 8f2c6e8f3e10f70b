import type { Work } from '../../platform/work.ts'
import type { AccountReply } from '../contract.ts'
import type { HolderRef } from '../holder.ts'
import { isOutStill, isRunning, type SlipReset } from '../slip-reset.ts'
import * as holders from '../store-holder.ts'
import { type OfficerNames, presentValues } from '../view-parts.ts'
import * as resets from './store-reset.ts'

/** Slips of an account that was opened before, as officers see them. */

type SlipsView = {
  readonly officers: readonly (string | null)[]
  view(nameOf: OfficerNames): Pick<AccountReply, 'opened' | 'slips'>
}

const resetView = (work: Work, reset: SlipReset, nameOf: OfficerNames): AccountReply['slips'][number] => ({
  id: reset.slipId,
  printedAt: reset.printedAt.toISOString(),
  printedBy: nameOf(reset.printedBy) ?? '',
  lastOn: reset.lastOn,
  mine: reset.printedBy === work.by.id,
  toDecide: !reset.outcome && isOutStill(reset, work.today),
  ...presentValues({
    decidedBy: nameOf(reset.decidedBy),
    usedAt: reset.usedAt?.toISOString(),
    heldUntil: isRunning(reset, work.now) ? reset.heldUntil?.toISOString() : undefined,
    liftedBy: nameOf(reset.liftedBy),
    stoppedAt: reset.stoppedAt?.toISOString(),
  }),
  ...(reset.outcome && { outcome: reset.outcome }),
  ...(reset.ownFactor && { ownFactor: reset.ownFactor }),
})

/** The view is made once the officers' names are known. */
export async function getSlipsView(work: Work, ref: HolderRef): Promise<SlipsView> {
  const [found, opened] = [await resets.findResets(work, ref), await holders.wasOpened(work, ref)]
  return {
    officers: found.flatMap(({ printedBy, decidedBy, liftedBy }) => [printedBy, decidedBy, liftedBy]),
    view: nameOf => ({ opened, slips: found.map(reset => resetView(work, reset, nameOf)) }),
  }
}
