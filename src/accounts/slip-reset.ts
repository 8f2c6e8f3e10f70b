import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'

/** What the holder of an account that was opened before proves besides a slip. */
export const ownFactors = ['passcode', 'totp', 'recovery-code', 'message', 'representative'] as const
export type OwnFactor = (typeof ownFactors)[number]

/** A slip for an account that was opened before, from the print to the end of the waiting time after it. */
export type SlipReset = {
  readonly personId: Id<'person'>
  readonly slipId: string
  readonly accountId: Id<'account'>
  readonly printedBy: string
  readonly printedAt: Date
  readonly lastOn: Day
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly outcome: 'approved' | 'refused' | null
  readonly usedAt: Date | null
  readonly ownFactor: OwnFactor | null
  readonly heldUntil: Date | null
  readonly liftedBy: string | null
  readonly liftedAt: Date | null
  readonly stoppedAt: Date | null
  readonly endedAt: Date | null
}

/** Whether a slip may still be used, and so be decided on. */
export const isOutStill = ({ usedAt, endedAt, lastOn }: SlipReset, today: Day): boolean =>
  !usedAt && !endedAt && lastOn >= today

/** Whether the waiting time after it runs. */
export const isRunning = ({ heldUntil, liftedAt, stoppedAt }: SlipReset, now: Date): boolean =>
  heldUntil !== null && heldUntil > now && !liftedAt && !stoppedAt
