import type { Readable } from 'node:stream'
import * as audit from '../audit/audit.ts'
import { parseNumber } from '../names/number.ts'
import { parsePhone } from '../names/phone.ts'
import { countReasons, type ImportCounts, type ImportOptions, type RowValues, rejectedRows, stageCsv } from '../platform/csv-import.ts'
import type { Day } from '../platform/day.ts'
import { newId } from '../platform/ids.ts'
import type { OpenWork, Standing, Work } from '../platform/work.ts'
import { type Account, type AccountState, accountStates, ageForLevel, readInstant } from './account.ts'
import * as store from './store.ts'
import { say } from './words.ts'

export type { Account, AccountState } from './account.ts'
export { importHistory } from './history.ts'

/** From which age a person has an account of their own at a level, by the law in force on a day. */
export const ageOf = (level: 1 | 2, day: Day): number => ageForLevel(level, day)

export { type AccountId, activate, approve, cancel, lock, raise, request, unlock } from './moves.ts'

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
  const rejected = rejectedRows(options.rejectedTo, say('vi') as (reason: string) => string)
  try {
    return await openWork(standing, async work => {
      const asOf = options.asOf ?? work.today
      await store.prepareStaging(work)
      const target = 'staged (line, raw, number, level, state, phone, approved_at, activated_at)'
      const staged = await stageCsv(work, source, {
        columns,
        target,
        read: readRow,
        rejected,
        onProgress: (share, rows) => options.onProgress?.(share * 0.6, rows),
      })
      await store.holdExtract(work)
      await store.resolveStaged(work)
      const late = await store.rejectedRows(work)
      for (const { line, raw, reason } of late) await rejected.add(line, reason, JSON.parse(raw) as string[])

      const reasons = countReasons(staged.reasons, late)
      const counts = {
        rows: staged.rows,
        ...(await store.countStaged(work, asOf)),
        rejected: staged.rejected + late.length,
        reasons,
        sha256: staged.sha256,
      }
      if (options.dryRun) return counts
      await store.moveKnown(work, asOf)
      await store.insertNew(work, asOf)
      await store.analyzeTables(work)
      await audit.record(work, 'accounts.imported', { kind: 'import', id: newId<'import'>(work.now) }, { ...counts, asOf })
      options.onProgress?.(1, staged.rows)
      return counts
    })
  } finally {
    await rejected.end()
  }
}

/** The accounts of some people, cancelled ones too, by person; who has none is absent. */
export async function accountsOf(work: Work, personIds: readonly string[]): Promise<Map<string, Account[]>> {
  const rows = await store.accountsOf(work, personIds)
  return Map.groupBy(rows.map(store.accountOf), account => account.personId)
}
