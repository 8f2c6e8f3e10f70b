import { sql } from 'kysely'
import { withoutNulls } from '../platform/database-row.ts'
import { type Day, partialDay } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { LifeStatus, NumberHeld, PersonId, PersonSummary } from './person.ts'

/** A row of register.published_person as it comes out of the database. */
export type PersonRow = {
  readonly person_id: PersonId
  readonly number: string | null
  readonly full_name: string
  readonly birth_y: number
  readonly birth_m: number | null
  readonly birth_d: number | null
  readonly sex: string
  readonly life_status: string
  readonly permanent_unit_id: Id<'unit'> | null
}

export const summaryOf = (row: PersonRow): PersonSummary => ({
  id: row.person_id,
  number: row.number ?? undefined,
  fullName: row.full_name,
  birthDate: partialDay(row.birth_y, row.birth_m, row.birth_d),
  sex: row.sex === 'F' ? 'F' : 'M',
  lifeStatus: row.life_status as LifeStatus,
  permanentUnitId: (row.permanent_unit_id as Id<'unit'> | null) ?? undefined,
})

export const summaryColumns = sql.raw(
  'p.person_id, p.number, p.full_name, p.birth_y, p.birth_m, p.birth_d, p.sex, p.life_status, p.permanent_unit_id',
)

/** The same for some persons, in no order. */
export async function findSummaries({ tx }: Work, ids: readonly PersonId[]): Promise<PersonSummary[]> {
  const { rows } = await sql<PersonRow>`
    /* kept plan */ select ${summaryColumns} from register.published_person p
    where p.person_id = any (${ids}::uuid[])`.execute(tx)
  return rows.map(summaryOf)
}

/** Locks a person for a change; false where the scope does not see one. */
export async function holdPerson({ tx }: Work, id: PersonId): Promise<boolean> {
  const row = await tx
    .selectFrom('register.person')
    .select('person_id')
    .where('person_id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined
}

export async function numbersOf({ tx }: Work, id: PersonId): Promise<NumberHeld[]> {
  const { rows } = await sql<NumberHeld>`
    select number, state, from_on as from, to_on as to, superseded_by as "supersededBy", reason
    from register.number where person_id = ${id} order by state = 'in-force' desc, to_on desc nulls last`.execute(tx)
  return rows.map(withoutNulls)
}

export type AccessOpening = {
  readonly personId: PersonId
  /** The unit or the school that may see the person. */
  /** The unit that may see the person, or the school. */
  readonly unitId: Id<'unit' | 'school'>
  readonly kind: string
  readonly caseId: string
  /** The last day on which it may; absent: until it is closed. */
  readonly until?: Day | undefined
}

export async function insertAccessOpenings({ tx, today }: Work, cases: readonly AccessOpening[]): Promise<void> {
  const column = <K extends keyof AccessOpening>(name: K) => cases.map(one => one[name] ?? null)
  await sql`
    insert into register.access_case (person_id, unit_id, kind, case_id, opened_on, until)
    select distinct person_id, unit_id, kind, case_id, ${today}::date, until
    from unnest(${column('personId')}::uuid[], ${column('unitId')}::uuid[], ${column('kind')}::text[],
        ${column('caseId')}::uuid[],
                ${column('until')}::date[]) as t (person_id, unit_id, kind, case_id, until)
    on conflict do nothing`.execute(tx)
}

/** What a case opens, as far as the work's scope sees the openings. */
export async function findAccessOpenings({ tx }: Work, caseId: string): Promise<AccessOpening[]> {
  const { rows } = await sql<AccessOpening>`
    select person_id as "personId", unit_id as "unitId", kind, case_id as "caseId", until from register.access_case
    where case_id = ${caseId}`.execute(tx)
  return rows
}

/** All units' openings of a case, beyond the work's scope too. */
export async function deleteAccessCase({ tx }: Work, kind: string, caseId: string): Promise<void> {
  await sql`select register.close_case(${kind}, ${caseId})`.execute(tx)
}

export async function deleteAccessCases({ tx }: Work, kind: string, caseIds: readonly string[]): Promise<void> {
  if (caseIds.length === 0) return
  await sql`select register.close_case(${kind}, c.id) from unnest(${caseIds}::uuid[]) as c (id)`.execute(tx)
}
