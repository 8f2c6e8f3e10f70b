import type { Id } from '../../platform/ids.ts'
import type { Holder, HolderRef } from '../holder.ts'

/** The step of an attempt. A holder who lost the page continues from here. */
export type AttemptStep =
  | 'began'
  | 'code-sent'
  | 'code-right'
  | 'guardian-confirmed'
  | 'passcode-kept'
  | 'codes-shown'
  | 'done'
  | 'stopped'

/** The steps that the funnel counts. */
export type ToldStep = AttemptStep | 'activated'

/** Why an attempt ended. The page says so and what to do. */
export type EndReason =
  | 'too-late-hotline'
  | 'officer-device'
  | 'requested'
  | 'activated'
  | 'locked'
  | 'card-missing'
  | 'slip-over'

/** Why an activation stopped, for the funnel. After the last four it may still continue. */
export type StopReason = EndReason | 'no-sms' | 'no-phone' | 'wrong-phone' | 'wrong-code'

export type Attempt = {
  readonly personId: Id<'person'>
  readonly id: string
  /** Absent for an unknown number and phone: the page looks the same and leads nowhere. */
  readonly accountId?: string
  readonly purpose: 'activation' | 'passcode'
  readonly way: 'message' | 'slip' | 'recovery-code'
  readonly step: AttemptStep
  readonly why?: EndReason
  readonly slipId?: string
  /** The last digits of the phone as they were typed. */
  readonly shown?: string
  /** The key by which further messages are slowed down. */
  readonly asked?: Buffer
}

/** Whose one-time code is checked: the account's, or for an unknown number the attempt's own, which was never sent. */
export const refOf = ({ personId, accountId, id }: Attempt): HolderRef => ({ personId, accountId: accountId ?? id })

/**
 * Why a passcode cannot be chosen after a proof, or undefined. An account that was activated elsewhere, as extracts
 * report, has no passcode here yet, and its holder chooses one as if activating it.
 */
export function stopFor(
  purpose: Attempt['purpose'],
  { state, factors }: Pick<Holder, 'state' | 'factors'>,
  isLate: boolean,
): EndReason | undefined {
  if (state === 'locked') return 'locked'
  if (state === 'requested') return 'requested'
  if (state === 'activated') return purpose === 'activation' && factors.passcode ? 'activated' : undefined
  if (purpose === 'passcode') return 'requested'
  return isLate ? 'too-late-hotline' : undefined
}

/** Below this age father, mother or guardian confirm the activation (NĐ69/2024 Art. 14; domain.md 3.10). */
export const confirmedBelow = 14
