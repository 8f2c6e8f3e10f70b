import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Day } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import { namedRows, withFirstZero } from '../platform/workbook/named-rows.ts'
import * as register from '../register/register.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import { schoolFileLimits } from './law.ts'
import { installationProblem } from './problems.ts'

/** What a table of schools may take while it is read. */
const limits = { inflated: 3 * schoolFileLimits.bytes, rows: schoolFileLimits.rows, columns: 100 }

/** A table of schools as it was sent, .xlsx or .csv, with the columns of schools.csv. */
export type SchoolFile = { readonly path: string; readonly name: string; readonly asOf?: Day | undefined }

async function* rowsOf({ path, name }: SchoolFile) {
  for await (const row of namedRows(path, name, { columns: units.schoolColumns, limits }))
    yield row.values ? { ...row, values: { ...row.values, unit: withFirstZero(row.values['unit'] ?? '') } } : row
}

/**
 * Takes in a table of schools. Once there are people, it adds schools and changes none: another unit would open their
 * pupils to other officers. Throws schools-would-change, and what reading the table throws.
 */
export async function takeSchoolFile(work: Work, file: SchoolFile): Promise<units.ReferenceImport> {
  const sha256 = createHash('sha256')
    .update(await readFile(file.path))
    .digest('hex')
  const outcome = await units.importSchools(work, rowsOf(file), { asOf: file.asOf ?? work.today, facts: { sha256 } })
  if (outcome.changed > 0 && !(await register.isEmpty(work))) throw installationProblem('schools-would-change')
  // Who is signed in sends the first roll of a new school without signing in anew.
  if (outcome.added > 0) await staff.refreshSessionScopes(work)
  return outcome
}
