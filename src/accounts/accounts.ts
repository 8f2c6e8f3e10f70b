import type { Readable } from 'node:stream'
import * as audit from '../audit/audit.ts'
import { parseNumber } from '../names/number.ts'
import { parsePhone } from '../names/phone.ts'
import { type ImportCounts, type ImportOptions, importCsv, type RowValues } from '../platform/csv-import.ts'
import type { Day } from '../platform/day.ts'
import { newId } from '../platform/ids.ts'
import type { OpenWork, Standing, Work } from '../platform/work.ts'
import { type Account, type AccountState, accountStates, ageForLevel, readInstant } from './account.ts'
import { dateRequests } from './desk-due.ts'
import { ownPhoneFrom } from './moves.ts'
import * as store from './store.ts'
import { endLocksByExtract } from './store-lock.ts'
import { say } from './words.ts'

export type { Account, AccountState } from './account.ts'
export { importHistory } from './history.ts'

/** From which age a person has an account of their own at a level, by the law in force on a day. */
export const ageOf = (level: 1 | 2, day: Day): number => ageForLevel(level, day)

export { activate } from './activation.ts'
export { type ChildRequest, childRequestOf, requestForChild } from './child-request.ts'
export { checkCode, type SentCode, type SentPurpose, sendCode } from './code.ts'
export { approve, approveAll, lower, refuse } from './desk.ts'
export { changePhone } from './desk-phone.ts'
export { type Device, devicesOf, endDevice, isKnownDevice, knowDevice } from './device.ts'
export { findHolder, getHolder, type Holder, type HolderRef } from './factor.ts'
export { lock, lockLostDevice, unlock } from './lock-deeds.ts'
export { decideDemand, demand, forward } from './lock-demand.ts'
export { followCardCancelled, followCardEnd, followDeath, followNewCard } from './lock-follow.ts'
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

const columns = ['person_number', 'level', 'state', 'phone', 'approved_at', 'activated_at'] as const

/** A row's values as they are staged, or why it is not taken. */
function readRow(values: RowValues): readonly (string | number | null)[] | string {
  const number = parseNumber(values('person_number'))
  if (number.kind !== 'number') return 'number-malformed'
  const level = Number(values('level'))
  if (level !== 1 && level !== 2) return 'level-unknown'
  const state = values('state').toLowerCase()
  if (!accountStates.includes(state as AccountState)) return 'state-unknown'
  const phone = parsePhone(values('phone'))
  if (phone.kind === 'malformed') return 'phone-malformed'
  const [approvedAt, activatedAt] = [readInstant(values('approved_at')), readInstant(values('activated_at'))]
  if (approvedAt === undefined || activatedAt === undefined) return 'instant-malformed'
  if (approvedAt && activatedAt && new Date(activatedAt) < new Date(approvedAt)) return 'activated-before-approved'
  return [number.number, level, state, phone.kind === 'missing' ? null : phone.e164, approvedAt, activatedAt]
}

/**
 * Takes in an extract of accounts (interfaces.md, accounts.csv): new ones are added, known ones move on to the extract's state, the rest is left alone;
 * rows that are wrong go to a file with a reason each. One transaction.
 */
export async function importAccounts(
  openWork: OpenWork,
  standing: Standing,
  source: string | Readable,
  options: ImportOptions = {},
): Promise<ImportCounts> {
  const asOfIn = (work: Work) => options.asOf ?? work.today
  return importCsv(openWork, standing, source, options, {
    columns,
    target: 'staged (line, raw, number, level, state, phone, approved_at, activated_at)',
    read: readRow,
    inWords: say('vi') as (reason: string) => string,
    prepare: store.prepareStaging,
    judge: async work => {
      await store.holdExtract(work)
      await store.resolveStaged(work)
      await store.refusePhonesOfOthers(work, asOfIn(work), ownPhoneFrom)
    },
    count: work => store.countStaged(work, asOfIn(work)),
    write: async (work, counts) => {
      const asOf = asOfIn(work)
      await store.moveKnown(work, asOf)
      await store.insertNew(work, asOf)
      await endLocksByExtract(work)
      while ((await dateRequests(work)) > 0);
      await store.analyzeTables(work)
      await audit.record(work, 'accounts.imported', { kind: 'import', id: newId<'import'>(work.now) }, { ...counts, asOf })
    },
  })
}

/** The accounts of some people, cancelled ones too, by person; who has none is absent. */
export async function accountsOf(work: Work, personIds: readonly string[]): Promise<Map<string, Account[]>> {
  const rows = await store.accountsOf(work, personIds)
  return Map.groupBy(rows.map(store.accountOf), account => account.personId)
}

/** The phone of a person's living account, E.164. */
export const phoneOf: (work: Work, personId: string) => Promise<string | undefined> = store.phoneOf
