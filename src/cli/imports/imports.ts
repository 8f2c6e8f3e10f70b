import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as accounts from '../../accounts/accounts.ts'
import * as campaign from '../../campaign/campaign.ts'
import * as cards from '../../cards/cards.ts'
import { asOperator, type House } from '../../open-house.ts'
import * as parties from '../../parties/parties.ts'
import * as planning from '../../planning/planning.ts'
import type { CsvImportOptions } from '../../platform/csv/import.ts'
import { csvProblem } from '../../platform/csv/problems.ts'
import { readCsv } from '../../platform/csv/read-csv.ts'
import { type Day, parseDay } from '../../platform/day.ts'
import { printAnswer, progressOn, WrongUsage } from '../../platform/terminal.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as statistics from '../../statistics/statistics.ts'
import * as units from '../../units/units.ts'
import type { Invocation } from '../invocation.ts'
import { rejectedBeside, writeRejected } from './rejected-rows.ts'

/** The report at the end of every import. */
type ImportOutcome = {
  readonly rows: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly rejected: number
  readonly reasons?: unknown
  readonly warnings?: unknown
}

/** For what tells its own days. */

/** `--as-of DAY`; without it the day of the manifest that lies beside the file or its folder, else the house's day. */
export async function asOfDay({ values, house }: Pick<Invocation, 'values' | 'house'>, file: string): Promise<Day> {
  if (typeof values['as-of'] === 'string') {
    const day = parseDay(values['as-of'])
    if (!day) throw new WrongUsage(`--as-of takes a day such as 2023-04-20, not ${values['as-of']}`)
    if (day > house.today()) throw new WrongUsage(`--as-of takes a day that has come, not ${day}`)
    return day
  }
  for (const manifest of [join(dirname(file), 'manifest.json'), join(dirname(file), '..', 'manifest.json')]) {
    if (!existsSync(manifest)) continue
    const { day } = JSON.parse(await readFile(manifest, 'utf8')) as { day?: unknown }
    const found = typeof day === 'string' ? parseDay(day) : undefined
    if (found) return found
  }
  return house.today()
}

/** Says at its end what an import did, and where the rows are that were not taken. */
export async function printImport({ json, values }: Invocation, file: string, outcome: ImportOutcome) {
  const { rows, added, changed, unchanged, rejected } = outcome
  const told = `${rows} rows: ${added} added, ${changed} changed, ${unchanged} as before, ${rejected} not taken`
  const where = rejected && values['dry-run'] !== true ? `; see ${rejectedBeside(file)}` : ''
  await printAnswer(
    json,
    { file, dryRun: values['dry-run'] === true, ...outcome, ...(rejected && { rejectedFile: rejectedBeside(file) }) },
    `${values['dry-run'] ? 'Would be: ' : ''}${told}${where}`,
  )
}

function fileOf({ positionals: [file] }: Invocation): string {
  if (!file) throw new WrongUsage('an import needs the CSV file to read')
  return file
}

/** Throws csv-file-missing where the file cannot be opened. */
async function refuseUnreadable(file: string): Promise<void> {
  const opened = await open(file).catch(() => {
    throw csvProblem('csv-file-missing', { file })
  })
  await opened.close()
}

/** The file to read and the day that it tells of. Wrong usage is told before a file that cannot be opened. */
async function fileAndDay(invocation: Invocation): Promise<{ readonly file: string; readonly asOf: Day }> {
  const file = fileOf(invocation)
  const asOf = await asOfDay(invocation, file)
  await refuseUnreadable(file)
  return { file, asOf }
}

const sha256 = async (file: string) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex')

/** Ends a work without keeping what it did. */
class DryRun extends Error {
  readonly outcome: units.ReferenceImport
  constructor(outcome: units.ReferenceImport) {
    super('nothing is kept')
    this.outcome = outcome
  }
}

/** Lists of units and schools are small: their rows are judged one by one in memory. */
async function importList(
  invocation: Invocation,
  columns: readonly string[],
  take: (work: Work, rows: units.ImportRows, facts: Record<string, unknown>) => Promise<units.ReferenceImport>,
  inVietnamese?: (reason: string) => string,
): Promise<void> {
  const file = fileOf(invocation)
  await refuseUnreadable(file)
  const facts = { sha256: await sha256(file) }
  const dry = invocation.values['dry-run'] === true
  const imported = await invocation.house
    .openWork(asOperator('import', 'maintenance'), async work => {
      const outcome = await take(work, readCsv(file, { columns }), facts)
      if (dry) throw new DryRun(outcome)
      return outcome
    })
    .catch(error => {
      if (error instanceof DryRun) return error.outcome
      throw error
    })
  const { read, added, changed, unchanged, rejected } = imported
  if (!dry) await writeRejected(file, columns, rejected, inVietnamese)
  await printImport(invocation, file, {
    rows: read,
    added,
    changed,
    unchanged,
    rejected: rejected.length,
    reasons: rejected.slice(0, 20),
  })
}

export const importUnits = (invocation: Invocation) => importList(invocation, units.unitColumns, units.importUnits)

export const importSchools = async (invocation: Invocation) => {
  const { asOf } = await fileAndDay(invocation)
  return importList(invocation, units.schoolColumns, (work, rows, facts) =>
    units.importSchools(work, rows, { asOf, facts }),
  )
}

/** Ways between units by road, for plans of teams: two codes, minutes, kilometres. */
export const importTravel = (invocation: Invocation) =>
  importList(invocation, planning.travelColumns, planning.importTravel)

/** Boats between units: two codes, weekdays, hour, minutes, kilometres. */
export const importCrossings = (invocation: Invocation) =>
  importList(invocation, planning.crossingColumns, planning.importCrossings)

/** What others report stands beside our figures: unit, day, metric, value, source, and a note where there is one. */
export const importFigures = (invocation: Invocation) =>
  importList(invocation, statistics.outsideColumns, statistics.importOutside, statistics.rowReasonInVietnamese)

/** What communes brought along from the system before, for a campaign: unit, day, members, and counts of each thing. */
export const importOpeningBalance = (invocation: Invocation) => {
  const { campaign: name } = invocation.values
  if (typeof name !== 'string') throw new WrongUsage('say which: --campaign NAME (campaign list tells the names)')
  const take = async (work: Work, rows: units.ImportRows, facts: Record<string, unknown>) => {
    const { id } = await campaign.getCampaignByName(work, name)
    return statistics.importOpeningBalance(work, id, rows, facts)
  }
  return importList(invocation, statistics.neededOpeningColumns, take, statistics.rowReasonInVietnamese)
}

export async function importRegister(invocation: Invocation): Promise<void> {
  const { file, asOf } = await fileAndDay(invocation)
  const progress = progressOn()
  const steps = { read: 'reading', write: 'writing', index: 'building indexes' }
  const outcome = await register.importPersons(invocation.house, file, {
    asOf,
    dryRun: invocation.values['dry-run'] === true,
    by: asOperator('import').by,
    rejectedTo: invocation.values['dry-run'] === true ? undefined : rejectedBeside(file),
    onProgress: ({ step, share, rows }) => progress(share, 1, `${steps[step]}, ${rows} rows`),
  })
  await printImport(invocation, file, outcome)
}

type PeopleImport = (
  openWork: House['openWork'],
  standing: ReturnType<typeof asOperator>,
  file: string,
  options: CsvImportOptions,
) => Promise<ImportOutcome>

const importPeople = (take: PeopleImport) => async (invocation: Invocation) => {
  const { file, asOf } = await fileAndDay(invocation)
  const progress = progressOn()
  const dryRun = invocation.values['dry-run'] === true
  const outcome = await take(invocation.house.openWork, asOperator('import', 'maintenance'), file, {
    asOf,
    dryRun,
    rejectedTo: dryRun ? undefined : rejectedBeside(file),
    onProgress: (share, rows) => progress(share, 1, `${rows} rows`),
  })
  await printImport(invocation, file, outcome)
}

export const importCards = importPeople(cards.importCards)
export const importCardHistory = importPeople(cards.importHistory)
export const importAccountHistory = importPeople(accounts.importAccountHistory)
export const importAccounts = importPeople(accounts.importAccounts)

export const importSandboxPeople = (invocation: Invocation) =>
  importList(invocation, parties.sandboxColumns, parties.importSandboxPeople)
