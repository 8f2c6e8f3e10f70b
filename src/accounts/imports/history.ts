import type { Readable } from 'node:stream'
import * as audit from '../../audit/audit.ts'
import { parseNumber } from '../../names/numbers/numbers.ts'
import { parsePhone } from '../../names/numbers/phone.ts'
import { type CsvImportOptions, type ImportCounts, importCsv, type RowValues } from '../../platform/csv/import.ts'
import { parseDay } from '../../platform/day.ts'
import { isId, newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Authority, OpenWork } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import { accountStates } from '../account.ts'
import { firstAccountDay } from '../law.ts'
import { holdExtract } from '../store.ts'
import { followMovedAccounts } from './imports.ts'
import * as history from './store-history.ts'
import { importText } from './words.ts'

const historyColumns = ['person_number', 'account', 'level', 'state', 'day', 'phone'] as const

function readHistoryRow(values: RowValues): readonly (string | number | null)[] | string {
  const number = parseNumber(values('person_number'))
  if (number.kind !== 'number') return 'number-malformed'
  const key = values('account').toLowerCase()
  if (!isId(key)) return 'key-malformed'
  const level = Number(values('level'))
  if (level !== 1 && level !== 2) return 'level-unknown'
  const state = values('state').toLowerCase()
  if (!accountStates.includes(state as (typeof accountStates)[number])) return 'state-unknown'
  const on = parseDay(values('day'))
  if (!on) return 'instant-malformed'
  const phone = parsePhone(values('phone'))
  if (phone.kind === 'malformed') return 'phone-malformed'
  return [number.number, key, level, state, on, phone.kind === 'missing' ? null : phone.e164]
}

/**
 * Imports the history of accounts, transition by transition with its day (person_number, account, level, state, day,
 * phone; `account` is its UUID): another system's history or a simulated season. Known transitions change nothing. An
 * account has the state of its last transition. One transaction, one deed.
 */
export async function importAccountHistory(
  openWork: OpenWork,
  authority: Authority,
  source: string | Readable,
  options: CsvImportOptions = {},
): Promise<ImportCounts> {
  return importCsv(openWork, authority, source, options, {
    columns: historyColumns,
    target: 'staged (line, raw, number, account_id, level, state, on_day, phone)',
    read: readHistoryRow,
    inWords: importText('vi') as (reason: string) => string,
    prepare: history.prepareHistoryStaging,
    holdOff: holdExtract,
    validate: async work => {
      await register.findStagedPersons(work, [['person_id', 'account_id'], ['account_id']])
      await history.resolveStagedHistory(work, ruleOn(firstAccountDay, work.today, work))
    },
    count: history.countStagedHistory,
    write: async (work, counts) => {
      await history.insertStagedTransitions(work)
      await followMovedAccounts(work)
      await audit.record(
        work,
        'accounts.history-imported',
        { kind: 'import', id: newId<'import'>(work.now) },
        { ...counts },
      )
    },
  })
}
