import * as audit from '../../audit/audit.ts'
import type { Work } from '../../platform/work.ts'
import { type HolderRef, inFactorScope } from '../factors/factors.ts'
import { restoreFactors } from '../factors/former-factors.ts'
import { notifyOfSlip } from '../factors/notify-change.ts'
import { isOutStill, isRunning, type SlipReset } from '../slip-reset.ts'
import * as holders from '../store-holder.ts'
import { endOpenSlip } from './slips.ts'
import * as resets from './store-reset.ts'

/** The holder stops a slip: before it is used, or while the waiting time after it runs. */

/** What of an account can be stopped, the latest first: slips that are out, and resets whose waiting time runs. */
export async function findStoppable(work: Work, ref: HolderRef): Promise<SlipReset[]> {
  return (await resets.findResets(work, ref)).filter(
    reset => isOutStill(reset, work.today) || isRunning(reset, work.now),
  )
}

/** The passcode and device that the first of the running resets replaced count again. */
async function undoRunningResets(
  house: Work,
  ref: HolderRef,
  how: 'code' | 'session',
  session: string | undefined,
): Promise<boolean> {
  const running = await resets.holdRunningResets(house, ref)
  const [first, last] = [running[0], running.at(-1)]
  if (!first || !last) return false
  const former = await resets.findFormerFactors(house, first)
  await restoreFactors(
    house,
    ref,
    { passcode: former?.passcode ?? undefined, device: former?.device ?? undefined },
    last.usedAt,
  )
  for (const reset of running) {
    await resets.setResetStopped(house, reset, how)
    await audit.record(
      house,
      'slip.stopped',
      { kind: 'slip', id: reset.slipId, personId: ref.personId },
      { account: ref.accountId, how, since: first.usedAt.toISOString(), ...(session && { session }) },
    )
  }
  await holders.setHeldUntil(house, ref, undefined)
  await resets.dropFormerFactors(house, ref)
  return true
}

/**
 * Ends the slip of an account that is out, and undoes what one did whose waiting time runs: the former passcode and
 * device count again, and whoever came in by the slip is out. Gives whether there was anything to stop.
 */
export const stopSlips = (work: Work, ref: HolderRef, how: 'code' | 'session', session?: string): Promise<boolean> =>
  inFactorScope(work, async house => {
    const out = (await resets.findResets(house, ref)).find(reset => isOutStill(reset, house.today))
    if (out) {
      await resets.setResetStopped(house, out, how)
      await endOpenSlip(house, ref, 'stopped')
    }
    const wasUndone = await undoRunningResets(house, ref, how, session)
    if (!out && !wasUndone) return false
    await notifyOfSlip(house, ref, 'slip-stopped')
    return true
  })

/** The same from a session of the holder's, which goes on. */
export const stopOwnSlips = (work: Work, ref: HolderRef, session: string): Promise<boolean> =>
  stopSlips(work, ref, 'session', session)
