import { sql } from 'kysely'
import type { Work } from '../platform/work.ts'
import type { NewRow } from './row.ts'
import type { FoundRollRow } from './store-outcome.ts'
import { inBatches } from './store-row.ts'

type WrittenColumn = readonly [
  name: string,
  type: string,
  of: (row: NewRow, found: FoundRollRow | undefined) => unknown,
]

const writtenColumns: readonly WrittenColumn[] = [
  ['place', 'integer', row => row.place],
  ['id', 'uuid', row => row.id],
  ['sheet', 'text', row => row.sheet],
  ['sheet_row', 'integer', row => row.sheetRow],
  ['class', 'text', row => row.class],
  ['grade', 'smallint', row => row.grade],
  ['name', 'text', row => row.name],
  ['sort_key', 'text', row => row.sortKey],
  ['birth_y', 'smallint', row => row.birth?.y],
  ['birth_m', 'smallint', row => row.birth?.m],
  ['birth_d', 'smallint', row => row.birth?.d],
  ['birth_unreadable', 'boolean', row => row.birthUnreadable],
  ['sex', 'text', row => row.sex],
  ['number_kind', 'text', row => row.numberKind],
  ['number', 'text', row => row.number],
  ['commune_id', 'uuid', row => row.communeId],
  ['district_id', 'uuid', row => row.districtId],
  ['residence_kind', 'text', row => row.residenceKind],
  ['encoding', 'text', row => row.encoding],
  ['given', 'jsonb', row => row.given],
  ['line_hash', 'uuid', row => row.lineHash],
  ['name_plain', 'text', row => row.plain.name],
  ['father_plain', 'text', row => row.plain.father || undefined],
  ['mother_plain', 'text', row => row.plain.mother || undefined],
  ['holder_id', 'uuid', (_, found) => found?.holderId],
  ['outcome', 'text', (_, found) => found?.outcome],
  ['person_id', 'uuid', (_, found) => found?.personId],
  ['withheld_id', 'uuid', (_, found) => found?.withheldId],
  ['probability', 'real', (_, found) => found?.probability],
  ['margin', 'real', (_, found) => found?.margin],
  ['reasons', 'jsonb', (_, found) => found?.reasons ?? []],
  ['defects', 'text[]', (_, found) => found?.defects ?? []],
  ['contested', 'boolean', (_, found) => found?.contested ?? false],
]
// Column names would be half of the JSON, so they are short.
const shortKeys = writtenColumns.map((_, at) => `c${at.toString(36)}`)
const writtenNames = sql.raw(writtenColumns.map(([name]) => name).join(', '))
const writtenKeys = sql.raw(shortKeys.join(', '))
const writtenTypes = sql.raw(writtenColumns.map(([, type], at) => `${shortKeys[at]} ${type}`).join(', '))

/**
 * Inserts rows of one roll, some thousand a statement, as JSON: the widest table of the house has thirty columns.
 * `found` has the outcome of each, in any order, with the model; without it they are compared later.
 */
export async function insertRows(
  { tx, now }: Work,
  rows: readonly NewRow[],
  found: readonly FoundRollRow[] = [],
  modelHash: string | null = null,
): Promise<void> {
  const foundAt = new Map(found.map(one => [one.place, one]))
  for (const some of inBatches(rows)) {
    const values = some.map(row => {
      const theirs = foundAt.get(row.place)
      const value: Record<string, unknown> = {}
      for (const [at, [, , of]] of writtenColumns.entries()) value[shortKeys[at] ?? ''] = of(row, theirs)
      return value
    })
    const [{ rollId, schoolId } = {}] = some
    await sql`
      insert into rolls.row (roll_id, school_id, model_hash, compared_at, ${writtenNames})
      select ${rollId}::uuid, ${schoolId}::uuid, ${modelHash}::text, ${modelHash && now}::timestamptz, ${writtenKeys}
      from json_to_recordset(${JSON.stringify(values)}::json) as t (${writtenTypes})`.execute(tx)
  }
}
