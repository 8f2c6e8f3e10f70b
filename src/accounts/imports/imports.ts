/**
 * Imports: a file of accounts as another system has them, or of their history (history.ts).
 * Decided of each row: whose it is, whether it is newer than what is known here, and whether the person may have its
 * phone. Wrong rows go to a file with a reason each. The import adds or updates accounts, ends locks that the extract
 * ended, and sets the day by which the law decides requests. A file is imported whole or not at all.
 * Deeds: accounts.imported, accounts.history-imported.
 */

import type { Readable } from 'node:stream'
import * as audit from '../../audit/audit.ts'
import { parseNumber } from '../../names/numbers/numbers.ts'
import { parsePhone } from '../../names/numbers/phone.ts'
import { type CsvImportOptions, type ImportCounts, importCsv, type RowValues } from '../../platform/csv/import.ts'
import { newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Authority, OpenWork, Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { type AccountState, accountStates, readInstant } from '../account.ts'
import { firstAccountDay, ownPhoneAge } from '../law.ts'
import { holdExtract } from '../store.ts'
import { setDueDatesOfRequests } from './due.ts'
import * as store from './store.ts'
import { importText } from './words.ts'

/** Columns that a file must have; it may have the day of each request, too (requested_at). */
const accountColumns = ['person_number', 'level', 'state', 'phone', 'approved_at', 'activated_at'] as const

/** A row's values for staging, or why it is refused. */
function readAccountRow(values: RowValues): readonly (string | number | null)[] | string {
  const number = parseNumber(values('person_number'))
  if (number.kind !== 'number') return 'number-malformed'
  const level = Number(values('level'))
  if (level !== 1 && level !== 2) return 'level-unknown'
  const state = values('state').toLowerCase()
  if (!accountStates.includes(state as AccountState)) return 'state-unknown'
  const phone = parsePhone(values('phone'))
  if (phone.kind === 'malformed') return 'phone-malformed'
  const [requestedAt, approvedAt, activatedAt] = [
    readInstant(values('requested_at')),
    readInstant(values('approved_at')),
    readInstant(values('activated_at')),
  ]
  if (requestedAt === undefined || approvedAt === undefined || activatedAt === undefined) return 'instant-malformed'
  const firstDone = approvedAt ?? activatedAt
  if (requestedAt && firstDone && new Date(firstDone) < new Date(requestedAt)) return 'approved-before-requested'
  if (approvedAt && activatedAt && new Date(activatedAt) < new Date(approvedAt)) return 'activated-before-approved'
  return [
    number.number,
    level,
    state,
    phone.kind === 'missing' ? null : phone.e164,
    requestedAt,
    approvedAt,
    activatedAt,
  ]
}

/** What follows wherever an import moved accounts: locks of unlocked ones end, and requests get their last day. */
export async function followMovedAccounts(work: Work): Promise<void> {
  await store.endLocksByExtract(work)
  while ((await setDueDatesOfRequests(work)) > 0);
  await store.analyzeAccountTables(work)
}

/**
 * Imports an extract of accounts (interfaces.md, accounts.csv): adds new ones and updates known ones to the extract's
 * state. Wrong rows go to a file with a reason each. One transaction.
 */
export async function importAccounts(
  openWork: OpenWork,
  authority: Authority,
  source: string | Readable,
  options: CsvImportOptions = {},
): Promise<ImportCounts> {
  const asOfIn = (work: Work) => options.asOf ?? work.today
  return importCsv(openWork, authority, source, options, {
    columns: accountColumns,
    target: 'staged (line, raw, number, level, state, phone, requested_at, approved_at, activated_at)',
    read: readAccountRow,
    inWords: importText('vi') as (reason: string) => string,
    prepare: store.prepareAccountStaging,
    holdOff: holdExtract,
    validate: async work => {
      await register.findStagedPersons(work, [['person_id']])
      await store.refuseImpossibleDays(work, asOfIn(work), ruleOn(firstAccountDay, work.today, work))
      await store.resolveStagedAccounts(work)
      await store.refusePhonesOfOthers(work, asOfIn(work), ruleOn(ownPhoneAge, work.today, work))
    },
    count: work => store.countStagedAccounts(work, asOfIn(work)),
    write: async (work, counts) => {
      const asOf = asOfIn(work)
      await store.updateKnownAccounts(work, asOf)
      await store.insertNewAccounts(work, asOf)
      await followMovedAccounts(work)
      await audit.record(
        work,
        'accounts.imported',
        { kind: 'import', id: newId<'import'>(work.now) },
        { ...counts, asOf },
      )
    },
  })
}
