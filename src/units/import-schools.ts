import type { Day } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import type { Atlas } from './atlas.ts'
import { type SchoolKind, schoolKinds } from './contract.ts'
import { type ImportRows, type ReferenceImport, type RejectedRow, readRows } from './import.ts'
import { schoolIdOf } from './school.ts'
import type { SchoolRecord } from './store-school.ts'
import * as store from './store-school.ts'

export const schoolColumns = ['code', 'name', 'kind', 'unit'] as const

const isKind = (text: string): text is SchoolKind => schoolKinds.some(kind => kind === text)

const readSchool =
  (atlas: Atlas, asOf: Day) =>
  (value: (column: string) => string): SchoolRecord | string => {
    const [code, name, kind] = [value('code'), value('name').normalize('NFC'), value('kind')]
    if (!code) return 'code-missing: a school has a code'
    if (!/^[0-9A-Za-z._-]{1,40}$/.test(code)) return 'code-malformed: a code is digits, letters, dots and hyphens'
    if (!name) return 'name-missing: a school has a name'
    if (!isKind(kind)) return `kind-unknown: a kind is ${schoolKinds.join(', ')}`
    const unit = atlas.findOn(value('unit'), asOf, 'commune')
    if (!unit) return `unit-unknown: no commune ${value('unit')} stands on ${asOf}`
    return { schoolId: schoolIdOf(code), code, name, kind, unitId: unit.id, validFrom: null, asOf }
  }

const isSameRecord = (a: SchoolRecord, b: SchoolRecord) =>
  a.name === b.name && a.kind === b.kind && a.unitId === b.unitId

/**
 * Takes in rows of schools.csv, an extract as of a day by which its unit codes are read. What is new of a known school
 * holds from that day; an extract of the same day corrects; an older one sets nothing back.
 */
export async function takeSchools(work: Work, rows: ImportRows, asOf: Day, atlas: Atlas): Promise<ReferenceImport> {
  const { count, good, rejected } = await readRows(rows, readSchool(atlas, asOf))
  const known = new Map((await store.latestSchoolRecords(work)).map(standing => [standing.schoolId, standing]))
  const seen = new Map<string, number>()
  const late: RejectedRow[] = []
  const [added, moved, corrected, same]: SchoolRecord[][] = [[], [], [], []]

  for (const { line, row } of good) {
    const earlier = seen.get(row.code)
    const last = known.get(row.schoolId)
    if (earlier) late.push({ line, reason: `school-twice: line ${earlier} has the same code` })
    else if (!last) added?.push(row)
    else if (isSameRecord(last, row)) same?.push(row)
    else if (asOf < last.asOf) late.push({ line, reason: `extract-older: an extract of ${last.asOf} says otherwise` })
    else if (asOf === last.asOf || asOf === last.validFrom) corrected?.push(row)
    else moved?.push({ ...row, validFrom: asOf })
    seen.set(row.code, earlier ?? line)
  }

  if (added?.length) await store.addSchools(work, added)
  if (corrected?.length) await store.correctSchoolRecords(work, corrected)
  if (same?.length)
    await store.confirmSchoolRecords(
      work,
      same.map(({ schoolId }) => schoolId),
      asOf,
    )
  if (moved?.length) {
    await store.endSchoolRecords(
      work,
      moved.map(({ schoolId }) => schoolId),
      asOf,
    )
    await store.insertSchoolRecords(work, moved)
  }
  return {
    read: count,
    added: added?.length ?? 0,
    changed: (moved?.length ?? 0) + (corrected?.length ?? 0),
    unchanged: same?.length ?? 0,
    rejected: [...rejected, ...late].sort((a, b) => a.line - b.line),
  }
}
