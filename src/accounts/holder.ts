import type { Id } from '../platform/ids.ts'
import type { AccountState } from './account.ts'

/** What sign-in needs of an account. `personId` and `accountId` always go together. */
export type Holder = {
  readonly personId: Id<'person'>
  readonly accountId: Id<'account'>
  readonly level: 1 | 2
  readonly state: AccountState
  /** The reason of the lock, a code of lock.ts; absent if it is not locked. */
  readonly lockedFor?: string
  readonly language?: 'vi' | 'en'
  /** Until when the account takes no new factor and signs in with one factor alone, after a reset by slip. */
  readonly heldUntil?: Date
  readonly factors: {
    readonly passcode: boolean
    /** Confirmed by a first code. */
    readonly totp: boolean
    readonly passkeys: number
    /** How many are left. */
    readonly recoveryCodes: number
    /** The last three digits. */
    readonly phone?: string
  }
}

/** Whether the time after a reset by slip still runs. */
export const isHeld = ({ heldUntil }: { readonly heldUntil?: Date | undefined }, now: Date): boolean =>
  heldUntil !== undefined && heldUntil > now

export type HolderRef = Pick<Holder, 'personId' | 'accountId'>
