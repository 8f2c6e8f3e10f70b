import type { Day } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import { type Account, ageForLevel } from './account.ts'
import * as store from './store.ts'

export type { Account, AccountState } from './account.ts'
export { importHistory } from './history.ts'
export { importAccounts } from './imports.ts'

/** From which age a person has an account of their own at a level, by the law in force on a day. */
export const ageOf = (level: 1 | 2, day: Day): number => ageForLevel(level, day)

export { activate } from './activation.ts'
export { followCardCancelled } from './card-cancelled.ts'
export { type ChildRequest, childRequestOf, requestForChild } from './child-request.ts'
export { checkCode, type SentCode, type SentPurpose, sendCode } from './code.ts'
export { approve, approveAll, lower, refuse } from './desk.ts'
export { changePhone } from './desk-phone.ts'
export { type Device, devicesOf, endDevice, isKnownDevice, knowDevice } from './device.ts'
export { findHolder, getHolder, type Holder, type HolderRef } from './factor.ts'
export { lock, lockLostDevice, unlock } from './lock-deeds.ts'
export { decideDemand, demand, forward } from './lock-demand.ts'
export { followCardEnd, followDeath, followNewCard } from './lock-follow.ts'
export { type AccountId, cancel } from './moves.ts'
export {
  checkPasscode,
  type From,
  hashPasscode,
  keepPasscode,
  type PasscodeCheck,
  type PasscodeFault,
  passcodeFault,
} from './passcode.ts'
export {
  addPasskey,
  checkPasskey,
  forgetPasskey,
  type PasskeyShown,
  passkeyOptions,
  passkeyRegistration,
  passkeysOf,
  type Rp,
} from './passkey.ts'
export { checkRecoveryCode, makeRecoveryCodes } from './recovery.ts'
export { followLostNotice, followSlip, noteTold, reopen } from './reopening.ts'
export { actsFor, type Named } from './representative.ts'
export { changeRepresentative, followRepresentativeDeath } from './representative-change.ts'
export { raise, raiseByCard, request } from './requests.ts'
export { ownAccounts } from './store-own.ts'
export { checkTotp, confirmTotp, forgetTotp, offerTotp } from './totp.ts'

/** The accounts of some people, cancelled ones too, by person; who has none is absent. */
export async function accountsOf(work: Work, personIds: readonly string[]): Promise<Map<string, Account[]>> {
  const rows = await store.accountsOf(work, personIds)
  return Map.groupBy(rows.map(store.accountOf), account => account.personId)
}

/** The phone of a person's living account, E.164. */
export const phoneOf: (work: Work, personId: string) => Promise<string | undefined> = store.phoneOf
