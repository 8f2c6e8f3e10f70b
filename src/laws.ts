import { hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as accessLinks from './access-links/law.ts'
import * as accounts from './accounts/law.ts'
import * as attachments from './attachments/law.ts'
import * as audit from './audit/audit.ts'
import * as awareness from './awareness/law.ts'
import * as biometrics from './biometrics/law.ts'
import * as campaign from './campaign/law.ts'
import * as cards from './cards/law.ts'
import * as citizens from './citizens/law.ts'
import * as classes from './classes/law.ts'
import * as dataProtection from './data-protection/law.ts'
import * as decisions from './decisions/law.ts'
import * as enrolment from './enrolment/law.ts'
import * as exchange from './exchange/law.ts'
import * as families from './families/law.ts'
import * as inspection from './inspection/law.ts'
import * as installation from './installation/law.ts'
import * as names from './names/law.ts'
import * as operations from './operations/law.ts'
import * as outOfSchool from './out-of-school/law.ts'
import * as outreach from './outreach/law.ts'
import * as parties from './parties/law.ts'
import * as pki from './pki/law.ts'
import * as planning from './planning/law.ts'
import { type CsvRow, readCsv } from './platform/csv/read-csv.ts'
import { type LawRows, lawProblem, lawRowsOf, type Rule } from './platform/law.ts'
import * as terms from './platform/terms/law.ts'
import * as throttling from './platform/throttling/law.ts'
import type { Work } from './platform/work.ts'
import * as register from './register/law.ts'
import * as rolls from './rolls/law.ts'
import * as signin from './signin/law.ts'
import * as staff from './staff/law.ts'
import * as statistics from './statistics/law.ts'
import * as units from './units/law.ts'
import { unitProblem } from './units/problems.ts'
import { type OwnDay, ownDaysOf } from './units/units.ts'
import * as verification from './verification/law.ts'

/** Every rule of the house, and the rows that an installation adds to them. */

const contexts = [
  accessLinks,
  accounts,
  attachments,
  awareness,
  biometrics,
  campaign,
  cards,
  citizens,
  classes,
  dataProtection,
  enrolment,
  decisions,
  exchange,
  families,
  inspection,
  installation,
  throttling,
  names,
  operations,
  outOfSchool,
  outreach,
  terms,
  parties,
  pki,
  planning,
  register,
  rolls,
  signin,
  staff,
  statistics,
  units,
  verification,
]

const isRule = (value: unknown): value is Rule =>
  typeof value === 'object' && value !== null && 'id' in value && 'rows' in value

/** By their ids. */
export const laws: readonly Rule[] = contexts
  .flatMap(context => Object.values(context).filter(isRule))
  .sort((a, b) => (a.id < b.id ? -1 : 1))

/** Ids of rules in the release before, and what has become of each; a file may still name them so. */
const formerIds: Readonly<Record<string, readonly string[]>> = {
  'limits.failures-kept-hours': ['throttling.failures-kept-hours'],
  'limits.own-typing': ['accounts.passcode-tries', 'staff.password-tries'],
  'rolls.errand-working-days': ['rolls.follow-up-working-days'],
}

export const lawFile = 'law.csv' as const
export const lawColumns = ['rule', 'from', 'value', 'article', 'source', 'verified_on']

/** The same for the days off and make-up days of an installation. */
export const daysFile = 'holidays.csv' as const
export const dayColumns = ['date', 'name', 'kind', 'source']

/**
 * The rows of law.csv in a data folder; none where there is no such file. Throws law-rows-refused and what readCsv
 * throws.
 */
export const readLawRows = async (folder: string): Promise<LawRows> => readLawFile(join(folder, lawFile))

/** The rows of any such file. */
export async function readLawFile(file: string): Promise<LawRows> {
  if (!existsSync(file)) return new Map()
  const rows: CsvRow[] = []
  for await (const row of readCsv(file, { columns: lawColumns })) rows.push(row)
  const broken = rows.flatMap(({ line, error }) =>
    error ? [{ line, should: `be a row of ${lawColumns.join(', ')}` }] : [],
  )
  if (broken.length > 0) throw lawProblem('law-rows-refused', { wrong: broken })
  return lawRowsOf(
    laws,
    rows.flatMap(({ line, values }) => {
      const id = values?.['rule'] ?? ''
      if (!values || id.startsWith('#')) return []
      return (formerIds[id] ?? [id]).map(rule => ({ line, values: { ...values, rule } }))
    }),
  )
}

/** The rows of holidays.csv in a data folder; none where there is no such file. Throws own-days-refused. */
export const readOwnDays = async (folder: string): Promise<OwnDay[]> => readDaysFile(join(folder, daysFile))

/** The rows of any such file. */
export async function readDaysFile(file: string): Promise<OwnDay[]> {
  if (!existsSync(file)) return []
  const rows: CsvRow[] = []
  for await (const row of readCsv(file, { columns: dayColumns })) rows.push(row)
  const broken = rows.flatMap(({ line, error }) =>
    error ? [{ line, should: `be a row of ${dayColumns.join(', ')}` }] : [],
  )
  if (broken.length > 0) throw unitProblem('own-days-refused', { wrong: broken })
  return ownDaysOf(
    rows.flatMap(({ line, values }) => (!values || values['date']?.startsWith('#') ? [] : [{ line, values }])),
  )
}

type Facts = { readonly sha256?: string | null }

/**
 * Records which rows of an installation are in force, and which days off are its own, when they are not those of the
 * last opening; without rows at the first opening there is nothing to record. Deed: law.changed, with each row and a
 * hash of all.
 */
export async function recordLawRows(
  work: Work,
  installationId: string,
  lawRows: LawRows,
  ownDays: readonly OwnDay[] = [],
): Promise<void> {
  const ofRules = [...lawRows].flatMap(([rule, ofRule]) =>
    ofRule.map(({ from, value, source }) => ({ rule, from, value, source })),
  )
  const ofDays = ownDays.map(({ day, kind, name, source }) => ({ day, kind, name, source }))
  const rows = [...ofRules, ...ofDays]
    .map(row => ({ row, text: JSON.stringify(row) }))
    .sort((one, other) => (one.text < other.text ? -1 : 1))
  const sha256 = rows.length > 0 ? hash('sha256', rows.map(({ text }) => text).join('\n')) : null
  const last = (await audit.deedsOf(work, installationId)).find(({ deed }) => deed === 'law.changed')
  if (((last?.facts as Facts | undefined)?.sha256 ?? null) === sha256) return
  await audit.record(
    work,
    'law.changed',
    { kind: 'installation', id: installationId },
    { sha256, rows: rows.map(({ row }) => row) },
  )
}
