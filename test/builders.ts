import { Readable } from 'node:stream'
import { csvLine } from '../src/platform/csv/write-csv.ts'
import type { Day } from '../src/platform/day.ts'
import { newId } from '../src/platform/ids.ts'
import type { Authority } from '../src/platform/work.ts'
import type { PersonImportOptions, PersonImportResult } from '../src/register/imports/imports.ts'
import { importPersons } from '../src/register/imports/imports.ts'
import type { PersonColumn } from '../src/register/imports/row.ts'
import { personColumns } from '../src/register/imports/row.ts'
import type { PersonId } from '../src/register/person.ts'
import * as units from '../src/units/units.ts'
import { businessDay, type TestHouse } from './house.ts'

/** Communes of 2023 that tests speak of, of two districts. */
export const commune = { haKhanh: '06649', haPhong: '06652', quangHanh: '06778' } as const

/** A person as a row of persons.csv: `bornOn` and `commune` by their own names, everything else by its column. */
export type APerson = Partial<Record<PersonColumn, string>> & {
  readonly bornOn?: string
  readonly commune?: string
  readonly name?: string
}

let made = 0

/** A number that nobody else in this process has, and that fits sex and year of birth. */
function numberOf(sex: string, bornOn: string): string {
  made += 1
  const year = Number(bornOn.slice(0, 4))
  const code = 2 * (Math.floor(year / 100) - 19) + (sex === 'F' ? 1 : 0)
  return `022${code}${bornOn.slice(2, 4)}${String(made).padStart(6, '0')}`
}

/** Someone of Hà Khánh, Hạ Long, born in 2005, unless told otherwise. */
export function aPerson({
  bornOn = '2005-03-15',
  commune: unit = commune.haKhanh,
  name = 'Nguyễn Văn An',
  ...given
}: APerson = {}): Record<PersonColumn, string> {
  const sex = given.sex ?? 'M'
  const row: Partial<Record<PersonColumn, string>> = {
    person_number: numberOf(sex, bornOn),
    full_name: name,
    birth_date: bornOn,
    sex,
    birth_registration_code: '022',
    ethnicity: 'Kinh',
    nationality: 'Việt Nam',
    residence_unit: unit,
    residence_kind: 'permanent',
    life_status: 'alive',
    ...given,
  }
  return Object.fromEntries(personColumns.map(column => [column, row[column] ?? ''])) as Record<PersonColumn, string>
}

/** The rows as a file. */
export const asPersonsCsv = (
  people: readonly Record<string, string>[],
  header: readonly string[] = personColumns,
): Readable =>
  Readable.from([
    Buffer.from(
      [header.join(','), ...people.map(person => csvLine(header.map(column => person[column] ?? '')))].join('\n'),
    ),
  ])

/** Enters persons by import, as an operator would; gives the result of the import. */
export const enterAll = (
  house: TestHouse,
  people: readonly Record<string, string>[],
  options: PersonImportOptions = {},
): Promise<PersonImportResult> => importPersons(house, asPersonsCsv(people), options)

/** Enters one person and gives their id. */
export async function enter(
  house: TestHouse,
  person: Record<PersonColumn, string>,
  options: PersonImportOptions = {},
): Promise<PersonId> {
  const { rejected, reasons } = await enterAll(house, [person], options)
  if (rejected > 0) throw new Error(`the row was rejected: ${Object.keys(reasons).join()}`)
  return idOf(house, person.person_number)
}

export async function idOf(house: TestHouse, number: string): Promise<PersonId> {
  const [row] = await house.work(async ({ tx }) =>
    tx.selectFrom('register.number_lookup').select('person_id').where('number', '=', number).execute(),
  )
  if (!row) throw new Error('nobody has this number')
  return row.person_id
}

/** A police officer acting in a unit, by its code; `officer` tells two of one unit apart. The units must be loaded. */
export async function anOfficerOf(
  house: TestHouse,
  code: string,
  { officer = newId<'officer'>() as string, day = businessDay as Day, purpose = 'test' } = {},
): Promise<Authority & { unitId: units.UnitId }> {
  return house.work(async work => {
    const unit = await units.findUnitOn(work, code, day)
    if (!unit) throw new Error(`no unit ${code} on ${day}`)
    const scope = await units.scopeOf(work, unit.id, day)
    return { by: { kind: 'officer', id: officer }, unitId: unit.id, scope: { units: scope as units.UnitId[] }, purpose }
  })
}

/** The paper that shows what a record should say. */
export const aBirthCertificate = (number = '12/2005') =>
  ({ kind: 'birth-certificate', number, issuer: 'UBND phường Hà Khánh' }) as const
