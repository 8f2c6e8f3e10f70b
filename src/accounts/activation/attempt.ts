import { hashToken } from '../../platform/http/cookie-tokens.ts'
import { asId, type Id } from '../../platform/ids.ts'
import type { HolderRef } from '../holder.ts'
import type { OwnFactor } from '../slip-reset.ts'
import type { EndReason } from './why-it-stops.ts'

/** Where an attempt stands. Whoever has lost the page goes on from here. */
export type AttemptStep =
  | 'began'
  | 'code-sent'
  | 'code-right'
  | 'guardian-confirmed'
  | 'passcode-kept'
  | 'codes-shown'
  | 'done'
  | 'stopped'

/** Steps that the funnel tells of beside. */
export type RecordedStep = AttemptStep | 'activated'

export type ActivationAttempt = {
  readonly personId: Id<'person'>
  readonly id: string
  /** Absent where number and phone were nobody's: the page looks the same, and leads nowhere. */
  readonly accountId?: Id<'account'>
  readonly purpose: 'activation' | 'passcode' | 'slip-stop'
  readonly way: 'message' | 'slip' | 'recovery-code'
  readonly step: AttemptStep
  readonly why?: EndReason
  readonly slipId?: string
  /** What was proved besides, of an account that was opened before. */
  readonly ownFactor?: OwnFactor
  /** The last digits of the phone, as they were typed. */
  readonly shown?: string
  /** By what another message is slowed. */
  readonly asked?: Buffer
  /** The hash of the browser's device cookie, for which alone a number is good that is sent. */
  readonly askedBy?: Buffer
}

/** For whom a number of this attempt is good: its browser, or itself where it began without. */
export const askerOf = ({ askedBy, id }: ActivationAttempt): Buffer => askedBy ?? hashToken(id)

/** Whose number for one use is checked: the account's, or, of nobody, the attempt's own, which was never sent. */
export const holderRefOf = ({ personId, accountId, id }: ActivationAttempt): HolderRef => ({
  personId,
  accountId: accountId ?? asId<'account'>(id),
})
