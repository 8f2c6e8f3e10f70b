import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import type { SchoolKind } from './contract.ts'
import type { School, SchoolId } from './school.ts'
import type { UnitId } from './unit.ts'

/** Name, kind and commune of a school for a period; `asOf` is the day of the latest extract that says so. */
export type SchoolRecord = {
  readonly schoolId: SchoolId
  readonly code: string
  readonly name: string
  readonly kind: SchoolKind
  readonly unitId: UnitId
  readonly validFrom: Day | null
  readonly asOf: Day
}

const schoolColumns = sql.raw('s.id, s.code, t.name, t.kind, t.unit_id as "unitId"')

export async function findSchoolByCode({ tx }: Work, code: string, day: Day): Promise<School | undefined> {
  const { rows } = await sql<School>`
    select ${schoolColumns} from units.school s join units.school_standing t on t.school_id = s.id
    where s.code = ${code} and t.valid @> ${day}::date`.execute(tx)
  return rows[0]
}

/** A school for a period. */
export type SchoolStanding = School & { readonly validFrom: Day | null; readonly validTo: Day | null }

export async function allSchools({ tx }: Work): Promise<SchoolStanding[]> {
  const { rows } = await sql<SchoolStanding>`
    select ${schoolColumns}, t.valid_from as "validFrom", t.valid_to as "validTo"
    from units.school s join units.school_standing t on t.school_id = s.id
    order by s.id, t.valid_to desc nulls first`.execute(tx)
  return rows
}

export async function schoolsOfUnits({ tx }: Work, unitIds: readonly UnitId[], day: Day): Promise<School[]> {
  const { rows } = await sql<School>`
    select ${schoolColumns} from units.school s join units.school_standing t on t.school_id = s.id
    where t.unit_id = any (${unitIds}::uuid[]) and t.valid @> ${day}::date order by s.code`.execute(tx)
  return rows
}

/** What each school is last said to be. */
export async function latestSchoolRecords({ tx }: Work): Promise<SchoolRecord[]> {
  const { rows } = await sql<SchoolRecord>`
    select s.id as "schoolId", s.code, t.name, t.kind, t.unit_id as "unitId", t.valid_from as "validFrom",
      t.as_of as "asOf"
    from units.school s join units.school_standing t on t.school_id = s.id where t.valid_to is null`.execute(tx)
  return rows
}

export async function addSchools({ tx }: Work, schools: readonly SchoolRecord[]): Promise<void> {
  const list = JSON.stringify(schools)
  await sql`
    insert into units.school (id, code)
    select "schoolId", code from jsonb_to_recordset(${list}::jsonb) as s ("schoolId" uuid, code text)`.execute(tx)
  await insertSchoolRecords({ tx }, schools)
}

export async function insertSchoolRecords({ tx }: Pick<Work, 'tx'>, standings: readonly SchoolRecord[]): Promise<void> {
  await sql`
    insert into units.school_standing (school_id, name, kind, unit_id, valid_from, as_of)
    select "schoolId", name, kind, "unitId", "validFrom", "asOf"
    from jsonb_to_recordset(${JSON.stringify(standings)}::jsonb)
      as s ("schoolId" uuid, name text, kind text, "unitId" uuid, "validFrom" date, "asOf" date)`.execute(tx)
}

/** Ends what was said of the schools, from the day on which it is otherwise. */
export async function endSchoolRecords({ tx }: Work, ids: readonly SchoolId[], day: Day): Promise<void> {
  await sql`
    update units.school_standing set valid_to = ${day}::date
    where valid_to is null and school_id = any (${ids}::uuid[])`.execute(tx)
}

/** Corrects what was said of the schools, without a change of days. */
export async function correctSchoolRecords({ tx }: Work, standings: readonly SchoolRecord[]): Promise<void> {
  await sql`
    update units.school_standing t set name = s.name, kind = s.kind, unit_id = s."unitId", as_of = s."asOf"
    from jsonb_to_recordset(${JSON.stringify(standings)}::jsonb) as s
      ("schoolId" uuid, name text, kind text, "unitId" uuid, "asOf" date)
    where t.school_id = s."schoolId" and t.valid_to is null`.execute(tx)
}

/** An extract that says the same as before is remembered by its day, so that an older one cannot set it back. */
export async function confirmSchoolRecords({ tx }: Work, ids: readonly SchoolId[], asOf: Day): Promise<void> {
  await sql`
    update units.school_standing set as_of = ${asOf}::date
    where valid_to is null and as_of < ${asOf}::date and school_id = any (${ids}::uuid[])`.execute(tx)
}
