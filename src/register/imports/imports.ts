/**
 * Imports: the register's extract, a province whole (interfaces.md, persons.csv). In: a file of rows.
 * Decided: of each row whether it is taken and why not; whether its person is new, changed or as known.
 * Out: persons added and changed, a file of rejected rows with a reason each, deaths queued (`death.ts`).
 * Deeds: `register.imported` for the whole; `person.died` for each death, soon after, in a work of its own.
 */

import type { Readable } from 'node:stream'
import * as audit from '../../audit/audit.ts'
import { type RejectedRows, rejectedRows, stageRows } from '../../platform/csv/import.ts'
import type { Day } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import { growingIds } from '../../platform/postgres/bulk.ts'
import type { Actor, OpenWork, Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { nameFolder } from '../folded-name.ts'
import { queueDeaths } from './death.ts'
import { type RowRejection, type RowWarning, requiredColumns, rowReader, stagedColumns } from './row.ts'
import * as store from './store-import.ts'
import * as change from './store-update-persons.ts'
import { say } from './words.ts'

export { isEmpty } from './store-import.ts'
export { findStagedPersons } from './store-staged.ts'

export type PersonImportOptions = {
  /**
   * Unit codes are read as of this day; moves and new numbers that bring no day of their own begin on it. By default
   * the house's day.
   */
  readonly asOf?: Day | undefined
  /** Tells what would happen, and changes nothing. */
  readonly dryRun?: boolean | undefined
  readonly onProgress?: ((progress: PersonImportProgress) => void) | undefined
  /** The file for rows that are not taken; by default there is none. It is removed where no row is rejected. */
  readonly rejectedTo?: string | undefined
  /** Who answers for it: by default the house. */
  readonly by?: Actor | undefined
}

/** `share` of the whole, 0 to 1. */
export type PersonImportProgress = {
  readonly step: 'read' | 'write' | 'index'
  readonly share: number
  readonly rows: number
}

export type PersonImportResult = {
  readonly rows: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly rejected: number
  readonly reasons: Partial<Record<RowRejection, number>>
  readonly warnings: Partial<Record<RowWarning | 'cancelled-number-of-another', number>>
  readonly sha256: string
  readonly asOf: Day
  readonly dryRun: boolean
}

/**
 * Imports persons.csv (interfaces.md) in one transaction. New persons are added, changed ones are updated with history,
 * the others are left alone; wrong rows go to a file with a reason each. Throws the refusals of readCsvRows where the
 * file as a whole cannot be read.
 */
export async function importPersons(
  { openWork }: { readonly openWork: OpenWork },
  source: string | Readable,
  options: PersonImportOptions = {},
): Promise<PersonImportResult> {
  const rejected = rejectedRows(options.rejectedTo, say('vi') as (reason: string) => string)
  try {
    return await openWork(
      { by: options.by ?? { kind: 'system', id: 'house' }, scope: 'house', purpose: 'import', role: 'maintenance' },
      async work => {
        await store.holdImport(work)
        await store.prepareStaging(work)
        return writeStaged(work, await stagePersons(work, source, rejected, options), options)
      },
    )
  } finally {
    await rejected.end()
  }
}

/** Why a row was not taken, by its code, in both languages. */
export const rejectionText = (code: string) => ({
  vi: (say('vi') as (reason: string) => string)(code),
  en: (say('en') as (reason: string) => string)(code),
})

type StagedImport = Pick<PersonImportResult, 'rows' | 'rejected' | 'reasons' | 'sha256' | 'asOf'> & {
  readonly warnings: Partial<Record<RowWarning, number>>
}

const countUp = <Key extends string>(counts: Partial<Record<Key, number>>, key: Key) => {
  counts[key] = (counts[key] ?? 0) + 1
}

async function stagePersons(
  work: Work,
  source: string | Readable,
  rejected: RejectedRows,
  { asOf = work.today, onProgress }: PersonImportOptions,
): Promise<StagedImport> {
  const unitIds = new Map((await units.unitsOn(work, asOf)).map(unit => [unit.code, unit.id as string]))
  const warnings: Partial<Record<RowWarning, number>> = {}
  // Twelve digits fit a double; a province of numbers takes a fraction of what it takes as texts.
  const seen = new Set<number>()
  const ids = growingIds<'person'>(work.now)
  const fold = nameFolder()
  const staged = await stageRows(work, source, {
    columns: requiredColumns,
    target: `staged (line, person_id, residence_id, ${stagedColumns.join(', ')})`,
    readerFor: header => {
      const read = rowReader({ header, fold, unitOf: code => unitIds.get(code), asOf })
      return (row, line) => {
        const found = read(row)
        if (typeof found === 'string') return found
        const digits = Number(found.number)
        if (seen.has(digits)) return 'number-twice' satisfies RowRejection
        seen.add(digits)
        for (const warning of found.warnings) countUp(warnings, warning)
        return [line, ids(), ids(), ...found.values]
      }
    },
    rejected,
    onProgress: (share, rows) => onProgress?.({ step: 'read', share: share * 0.5, rows }),
  })
  return { ...staged, warnings, asOf }
}

async function writeStaged(
  work: Work,
  staged: StagedImport,
  { dryRun = false, onProgress }: PersonImportOptions,
): Promise<PersonImportResult> {
  const empty = await store.isEmpty(work)
  const { fresh, changed, same } = empty
    ? { fresh: staged.rows - staged.rejected, changed: 0, same: 0 }
    : await store.classifyStaged(work)
  const counts = {
    rows: staged.rows,
    added: fresh,
    changed,
    unchanged: same,
    rejected: staged.rejected,
    reasons: staged.reasons,
  }
  const result = { ...counts, warnings: staged.warnings, sha256: staged.sha256, asOf: staged.asOf, dryRun }
  if (dryRun || fresh + changed === 0) {
    if (!dryRun) await recordImport(work, result)
    return result
  }

  const told = (step: 'write' | 'index', share: number) => onProgress?.({ step, share, rows: staged.rows })
  const aside = empty ? await store.dropSecondaryIndexes(work) : []
  const taken = fresh > 0 ? await writeIntoEmptyRegister(work, empty, share => told('write', 0.5 + share * 0.3)) : 0
  if (changed > 0) await writeChanges(work, { why: `import ${staged.sha256.slice(0, 16)}`, asOf: staged.asOf })
  for (const [i, definition] of aside.entries()) {
    await store.buildIndex(work, definition)
    told('index', 0.8 + (0.18 * (i + 1)) / aside.length)
  }
  await store.analyzeTables(work)
  const warnings = { ...staged.warnings, ...(taken > 0 && { 'cancelled-number-of-another': taken }) }
  await recordImport(work, { ...result, warnings })
  told('index', 1)
  return { ...result, warnings }
}

/** One deed for a whole file (house.md 9.2): its hash and its counts. */
const recordImport = (work: Work, { dryRun: _dryRun, ...facts }: PersonImportResult) =>
  audit.record(work, 'register.imported', { kind: 'import', id: newId<'import'>(work.now) }, facts)

/** Gives how many cancelled numbers belong to another person. */
async function writeIntoEmptyRegister(work: Work, empty: boolean, onShare: (share: number) => void): Promise<number> {
  const expected = await store.countCancelledNumbers(work)
  const steps: readonly (readonly [share: number, step: () => Promise<number>])[] = [
    [0.2, () => store.insertPersons(work)],
    [0.3, () => store.insertNumbers(work)],
    [0.4, () => store.insertNumberLookups(work)],
    [0.4, () => store.insertOldNumbers(work, 'staged')],
    [0.5, () => store.insertPhones(work, 'staged')],
    [0.55, () => store.insertResidences(work)],
    [0.6, () => store.insertScopes(work)],
    [0.65, () => store.insertHouseholds(work, 'staged')],
    [0.7, () => store.insertHouseholdMembers(work)],
    [0.75, () => store.insertKinships(work)],
    [0.85, () => store.insertNameWords(work, 'staged')],
  ]
  for (const [share, step] of steps) {
    await step()
    onShare(share)
  }
  const landed = expected > 0 ? await store.insertCancelledNumbers(work, 'staged') : 0
  await store.insertLinkRecords(work)
  if (!empty) await store.resolveKin(work)
  return expected - landed
}

async function writeChanges(work: Work, reason: change.HistoryReason): Promise<void> {
  await change.recordPersonChanges(work, reason)
  await queueDeaths(work, await change.findNewlyDead(work))
  await change.dropNameWords(work)
  await change.updatePersons(work)
  await store.insertNameWords(work, 'changed')
  await change.cancelSupersededNumbers(work, reason)
  await change.insertSupersedingNumbers(work, reason)
  await store.insertCancelledNumbers(work, 'changed')
  await store.insertOldNumbers(work, 'changed')
  await store.insertPhones(work, 'changed')
  await change.endResidences(work, reason)
  await change.insertMissingResidences(work)
  await change.dropScopes(work)
  await change.insertScopesOfChanged(work)
  await store.insertHouseholds(work, 'changed')
  await change.leaveHouseholds(work, reason)
  await change.joinHouseholds(work, reason)
  await change.recordKinChanges(work, reason)
  await change.upsertKin(work)
  await change.moveBirthYearOfKin(work)
  await change.moveBirthYearOfParents(work)
  await change.refreshLinkRecordsOfChanged(work)
}
