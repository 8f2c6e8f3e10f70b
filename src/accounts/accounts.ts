import { bornBy, type Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { Asking } from '../platform/law.ts'
import type { Work } from '../platform/work.ts'
import { type Account, ageForLevel } from './account.ts'
import * as store from './store.ts'

export { type Account, type AccountState, needsHotline } from './account.ts'
export { type DecisionLimit, decisionLimitOn } from './due-days.ts'
export { importAccountHistory } from './imports/history.ts'
export { importAccounts } from './imports/imports.ts'
export { ageLaw, daysToActivate, daysToDecide, demandDays } from './law.ts'

/** The minimum age for an account of one's own at a level, by the law in force on a day. */
export const minimumAgeFor = (level: 1 | 2, day: Day, work: Asking): number => ageForLevel(level, day, work)

/** Who was born by this day is old enough on a day for an account of one's own at a level; for statements over many. */
export const bornByForAccount = (level: 1 | 2, day: Day, work: Asking): Day =>
  bornBy(day, ageForLevel(level, day, work))

export { activate } from './activation/activation.ts'
export {
  extendBySlip,
  noteApprovalNotice,
  reopenForActivation,
  shortenAfterLostNotice,
} from './activation/change-activation-period.ts'
export { type CodeSending, checkOneTimeCode, type SentPurpose, sendOneTimeCode } from './factors/code.ts'
export { type Device, endDevice, isKnownDevice, listDevices, registerDevice } from './factors/device.ts'
export { findHolder, getHolder, type Holder, type HolderRef } from './factors/factors.ts'
export { forgetFactorsAgain } from './factors/forget-again.ts'
export { notifyHolderOfAttempt } from './factors/notify-change.ts'
export {
  type AttemptOrigin,
  checkPasscode,
  hashPasscode,
  keepPasscode,
  type PasscodeCheck,
  type PasscodeFault,
  passcodeFault,
} from './factors/passcode.ts'
export {
  checkPasskey,
  forgetPasskey,
  listPasskeys,
  type PasskeySummary,
  passkeyRegistrationOptions,
  passkeySignInOptions,
  type RelyingParty,
  registerPasskey,
} from './factors/passkey.ts'
export { checkRecoveryCode, makeRecoveryCodes } from './factors/recovery.ts'
export { checkTotp, confirmTotp, forgetTotp, offerTotp, sealedSecrets } from './factors/totp.ts'
export { type AccountId, cancel } from './lifecycle.ts'
export { cancelAgain, forgetMailboxAgain, forgetPhoneAgain, lockAgain, lowerAgain } from './locks/after-restore.ts'
export { decideDemand, passOnDemand, receiveDemand } from './locks/demand.ts'
export { lock, lockLostDevice, unlock } from './locks/locks.ts'
export { lockOnDeath, lockWithCard, unlockWithNewCard } from './locks/locks-from-card-and-death.ts'
export { askForMailbox, confirmMailbox, type MailboxAsked, mailboxOf, removeMailbox } from './mailbox/mailbox.ts'
export { otherWaysOf, phonesOf } from './notify.ts'
export {
  areQueueCountsBehind,
  followMergedResidence,
  followResidence,
  keepQueueCounts,
  recountAllQueues,
  verifyQueueCounts,
} from './queues/queue-counts.ts'
export { changeRepresentative, endWithGuardianship, removeDeadRepresentative } from './representatives/change.ts'
export { findActor, type RepresentativeChoice } from './representatives/representatives.ts'
export { accountAnswers, accountQuestion } from './requests/centre.ts'
export { type ChildRequestStatus, findChildRequestStatus, requestChildAccount } from './requests/child.ts'
export { approve, approveAll, lower, refuse } from './requests/decisions.ts'
export { endRequestWithCard } from './requests/end-request-with-card.ts'
export { accountDecisions } from './requests/held-decisions.ts'
export { changePhone } from './requests/phone.ts'
export { followMergedRecords, notifyPartedRecords } from './requests/records-merged.ts'
export { raise, raiseByCard, request } from './requests/requests.ts'
export { askSupplement, supply } from './requests/supplement.ts'
export { endSlipsAgain } from './slips/end-again.ts'
export { findStoppable, stopOwnSlips } from './slips/stop.ts'
export { findOwnAccounts } from './store-own.ts'
export { type DatedRequest, findDatedRequests, setRequestDueDays } from './store-request.ts'

/** The accounts of some people by person, cancelled ones included. A person without an account has no entry. */
export async function accountsOf(work: Work, personIds: readonly Id<'person'>[]): Promise<Map<string, Account[]>> {
  const rows = await store.findAccountRows(work, personIds)
  return Map.groupBy(
    rows.map(row => store.accountOf(row, work)),
    account => account.personId,
  )
}

/** The e-mail address that a person confirmed for their living account, for messages that the phone does not take. */
export const findEmail: (work: Work, personId: Id<'person'>) => Promise<string | undefined> = store.findEmailOfPerson

/** The phone of a person's living account, E.164; undefined without one. */
export const findPhone: (work: Work, personId: Id<'person'>) => Promise<string | undefined> = store.findPhoneOfPerson
