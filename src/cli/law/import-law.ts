import { createHash } from 'node:crypto'
import { open, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as audit from '../../audit/audit.ts'
import {
  effectOfReform,
  effectsOfLaw,
  type LawEffects,
  type LawState,
  moveDueDays,
  type ReformEffect,
} from '../../law-effects.ts'
import {
  dayColumns,
  daysFile,
  lawColumns,
  lawFile,
  readDaysFile,
  readLawFile,
  readLawRows,
  readOwnDays,
} from '../../laws.ts'
import { asOperator, type House } from '../../open-house.ts'
import { csvProblem } from '../../platform/csv/problems.ts'
import { readCsv } from '../../platform/csv/read-csv.ts'
import { csvLine } from '../../platform/csv/write-csv.ts'
import { dayBefore, parseDay } from '../../platform/day.ts'
import type { LawRow } from '../../platform/law.ts'
import { printAnswer, WrongUsage } from '../../platform/terminal.ts'
import * as units from '../../units/units.ts'
import type { Invocation } from '../invocation.ts'

/**
 * `law import FILE`: rules, days off, or what becomes of units, as a file with days. A dry run tells what changes and
 * for whom. The real run puts the rows beside the installation's own, moves the last days of what is under way, and
 * records it. Deed: law.imported; of units: units.imported.
 */

type Kind = 'rules' | 'days' | 'reform'

/** A file says by its first line what it has. */
async function kindOfFile(file: string): Promise<Kind> {
  const head = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? ''
  const columns = head.split(',')
  const kinds = [
    ['rules', lawColumns],
    ['days', dayColumns],
    ['reform', units.successionColumns],
  ] as const
  const found = kinds.find(([, needed]) => needed.every(column => columns.includes(column)))
  if (!found)
    throw new WrongUsage(
      `the first line of ${file} names no columns of a file of law: ` +
        kinds.map(([kind, needed]) => `${kind} have ${needed.join(',')}`).join('; '),
    )
  return found[0]
}

async function refuseMissing(file: string): Promise<void> {
  const opened = await open(file).catch(() => {
    throw csvProblem('csv-file-missing', { file })
  })
  await opened.close()
}

const stateOf = async ({ folder }: House): Promise<LawState> => ({
  lawRows: await readLawRows(folder),
  ownDays: await readOwnDays(folder),
})

/** Rows of a file take the place of those of the same day. */
async function stateWith(before: LawState, kind: 'rules' | 'days', file: string): Promise<LawState> {
  if (kind === 'days') {
    const days = await readDaysFile(file)
    const others = before.ownDays.filter(({ day }) => !days.some(own => own.day === day))
    return { ...before, ownDays: [...others, ...days].sort((a, b) => (a.day < b.day ? -1 : 1)) }
  }
  const lawRows = new Map(before.lawRows)
  for (const [rule, rows] of await readLawFile(file)) {
    const others = (lawRows.get(rule) ?? []).filter(({ from }) => !rows.some(row => row.from === from))
    const all: LawRow[] = [...others, ...rows].sort((a, b) => (a.from < b.from ? -1 : 1))
    lawRows.set(rule, all)
  }
  return { ...before, lawRows }
}

const ofKind = {
  rules: { name: lawFile, columns: [...lawColumns, 'confidence'], key: ['rule', 'from'] },
  days: { name: daysFile, columns: [...dayColumns, 'confidence'], key: ['date'] },
} as const

async function valuesIn(file: string): Promise<Record<string, string>[]> {
  const found: Record<string, string>[] = []
  for await (const { values } of readCsv(file)) if (values) found.push(values)
  return found
}

/** Writes the installation's file with the new rows beside it, and reads it back as a start would. */
async function draftFile({ folder }: House, kind: 'rules' | 'days', file: string): Promise<string> {
  const { name, columns, key } = ofKind[kind]
  const own = join(folder, name)
  const rows = new Map<string, Record<string, string>>()
  const known = await valuesIn(own).catch((error: { code?: string }) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  for (const row of [...known, ...(await valuesIn(file))])
    rows.set(row[key[0]]?.startsWith('#') ? JSON.stringify(row) : key.map(column => row[column]).join(' '), row)
  const lines = [...rows.values()].map(row =>
    csvLine(
      columns.map(column => row[column] ?? ''),
      { formulas: 'keep' },
    ),
  )
  const draft = `${own}.draft`
  await writeFile(draft, `${[columns.join(','), ...lines].join('\n')}\n`, { mode: 0o600 })
  await (kind === 'rules' ? readLawFile(draft) : readDaysFile(draft))
  return draft
}

const countsOf = ({ rules, days, applications, requests }: LawEffects) => ({
  rules: rules.length,
  days: days.length,
  applications: applications.length,
  requests: requests.length,
})

const shown = (value: unknown) => JSON.stringify(value)

function effectLines(effects: LawEffects): string[] {
  const { rules, days, applications, requests, byUnit, needs } = effects
  return [
    ...rules.map(
      ({ rule, from, until, before, value, openApplications, openRequests, confidence }) =>
        `  ${rule} from ${from}${until ? ` to ${until}` : ''}: ${before === undefined ? 'nothing' : shown(before)} ` +
        `becomes ${shown(value)}${confidence === 'low' ? ', of low confidence' : ''}` +
        (openApplications + openRequests > 0
          ? `; ${openApplications} applications and ${openRequests} requests under way began on its days`
          : ''),
    ),
    ...days.map(
      ({ day, kind, name, wasWorkingDay }) =>
        `  ${day} ${name}: ${kind}, ${wasWorkingDay ? 'a working day' : 'a day off'} until now`,
    ),
    `  last days that move: ${applications.length} of applications, ${requests.length} of requests`,
    ...byUnit.map(one => `    ${one.code} ${one.name}: ${one.applications} applications, ${one.requests} requests`),
    ...needs.map(({ day, need, before, after }) => `  on ${day} ${before} lack ${need}, then ${after}`),
  ]
}

/** Without persons: an id of an application, its unit, and the two days. */
const shownEffects = ({ applications, requests, ...rest }: LawEffects) => ({
  ...rest,
  applications: applications.map(({ of, dueOn }) => ({ id: of.id, unitId: of.unitId, before: of.dueOn, after: dueOn })),
  requests: requests.map(({ of, dueOn }) => ({ id: of.id, unitId: of.unitId, before: of.dueOn, after: dueOn })),
})

const sha256Of = async (file: string) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex')

async function importRows(invocation: Invocation, kind: 'rules' | 'days', file: string): Promise<void> {
  const { house, values, json } = invocation
  const isDry = values['dry-run'] === true
  const before = await stateOf(house)
  const after = await stateWith(before, kind, file)
  const draft = isDry ? undefined : await draftFile(house, kind, file)
  const effects = await house.openWork(asOperator('import', 'maintenance'), async work => {
    const found = await effectsOfLaw(work, before, after)
    if (!draft) return found
    await moveDueDays(work, found)
    await audit.record(
      work,
      'law.imported',
      { kind: 'installation', id: house.record().id },
      { of: kind, sha256: await sha256Of(file), ...countsOf(found) },
    )
    return found
  })
  const { name } = ofKind[kind]
  if (draft) await rename(draft, join(house.folder, name))
  const head = isDry ? 'Would be:' : `Kept in ${name}; start server and worker anew, who go by it from then on:`
  await printAnswer(
    json,
    { file, of: kind, dryRun: isDry, ...shownEffects(effects) },
    [head, ...effectLines(effects)].join('\n'),
  )
}

/** Ends a work without keeping what it did. */
class NothingKept extends Error {
  readonly told: { readonly imported: units.ReferenceImport; readonly effects: readonly ReformEffect[] }
  constructor(told: NothingKept['told']) {
    super('nothing is kept')
    this.told = told
  }
}

async function importReform({ house, values, json }: Invocation, file: string): Promise<void> {
  const isDry = values['dry-run'] === true
  const rows = await valuesIn(file)
  const { imported, effects } = await house
    .openWork(asOperator('import', 'maintenance'), async work => {
      const effects: ReformEffect[] = []
      for (const { old_code: old = '', new_code: next = '', effective = '' } of rows) {
        const day = parseDay(effective)
        const effect = day && (await effectOfReform(work, { old, next, effective, eve: dayBefore(day) }))
        if (effect) effects.push(effect)
      }
      const columns = [...units.successionColumns]
      const imported = await units.importSuccessions(work, readCsv(file, { columns }), { sha256: await sha256Of(file) })
      if (isDry) throw new NothingKept({ imported, effects })
      return { imported, effects }
    })
    .catch(error => {
      if (error instanceof NothingKept) return error.told
      throw error
    })
  const { read, added, unchanged, rejected } = imported
  const lines = [
    `${isDry ? 'Would be: ' : ''}${read} rows: ${added} new, ${unchanged} as before, ${rejected.length} not taken`,
    ...effects.map(
      one =>
        `  ${one.old} into ${one.next} from ${one.effective}: ${one.people} people, ` +
        `${one.applications} open applications, ${one.schools} schools`,
    ),
    ...rejected.map(({ line, reason }) => `  line ${line} is not taken: ${reason}`),
  ]
  await printAnswer(json, { file, of: 'reform', dryRun: isDry, ...imported, effects }, lines.join('\n'))
  if (rejected.length > 0) process.exitCode = 1
}

export async function importLaw(invocation: Invocation): Promise<void> {
  const [file] = invocation.positionals
  if (!file) throw new WrongUsage('law import needs the CSV file to read')
  await refuseMissing(file)
  const kind = await kindOfFile(file)
  return kind === 'reform' ? importReform(invocation, file) : importRows(invocation, kind, file)
}
