import type { AccountState } from './account.ts'
import type { HolderRef } from './factor.ts'

/** Where an attempt stands. Whoever has lost the page goes on from here. */
export type AttemptStep = 'began' | 'code-sent' | 'code-right' | 'guardian-confirmed' | 'passcode-kept' | 'codes-shown' | 'done' | 'stopped'

/** Steps that the funnel tells of beside. */
export type ToldStep = AttemptStep | 'activated'

/** Why an activation stopped, for the funnel and for the page. */
export type StopReason =
  | 'no-sms'
  | 'no-phone'
  | 'wrong-phone'
  | 'wrong-code'
  | 'too-late-hotline'
  | 'officer-device'
  | 'requested'
  | 'activated'
  | 'locked'
  | 'slip-over'

export type Attempt = {
  readonly personId: string
  readonly id: string
  /** Absent where number and phone were nobody's: the page looks the same, and leads nowhere. */
  readonly accountId?: string
  readonly purpose: 'activation' | 'passcode'
  readonly way: 'message' | 'slip' | 'recovery-code'
  readonly step: AttemptStep
  readonly why?: StopReason
  readonly slipId?: string
  /** The last digits of the phone, as they were typed. */
  readonly shown?: string
  /** By what another message is slowed. */
  readonly asked?: Buffer
}

/** Whose number for one use is checked: the account's, or, of nobody, the attempt's own, which was never sent. */
export const refOf = ({ personId, accountId, id }: Attempt): HolderRef => ({ personId, accountId: accountId ?? id })

/** After what was proven: whether the account can be activated now, and if not why. */
export function stopFor(purpose: Attempt['purpose'], state: AccountState, isLate: boolean): StopReason | undefined {
  if (state === 'locked') return 'locked'
  if (state === 'requested') return 'requested'
  if (purpose === 'passcode') return state === 'activated' ? undefined : 'requested'
  if (state === 'activated') return 'activated'
  return isLate ? 'too-late-hotline' : undefined
}

/** A child's activation is confirmed by father, mother or guardian up to this age (NĐ69/2024 Art. 14; domain.md 3.10). */
export const confirmedBelow = 14
