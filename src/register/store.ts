import { sql } from 'kysely'
import { withoutNulls } from '../platform/database-row.ts'
import { addDays, type Day, dayAt, partialDay } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { ruleOn } from '../platform/law.ts'
import type { Work } from '../platform/work.ts'
import { type CaseKind, caseDays } from './law.ts'
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

/**
 * How much of a person a case opens. `compared`: what a review compares, and no row of the person (`findCompared`);
 * `whole`: the person's rows.
 */
export type AccessGrade = 'compared' | 'whole'

export type AccessOpening = {
  readonly personId: PersonId
  /** The unit that may see the person, or the school. */
  readonly unitId: Id<'unit' | 'school'>
  readonly kind: CaseKind
  readonly caseId: string
  /** The last day on which it may; absent: as long as the rule of its kind says. */
  readonly until?: Day | undefined
  /**
   * `whole` passes on what the work itself sees whole; where it does not, the case opens the person to be compared.
   * Absent: compared.
   */
  readonly grade?: AccessGrade | undefined
  /** Who opened it, where the house opens it for somebody; absent: the actor, or for whom the house acts. */
  readonly openedBy?: string | undefined
  /** What a whole opening is asked for. */
  readonly reason?: string | undefined
}

const openerOf = ({ by }: Work) => by.onBehalfOf ?? by.id

export async function insertAccessOpenings(work: Work, cases: readonly AccessOpening[]): Promise<void> {
  if (cases.length === 0) return
  // Cases end by the real calendar, which the policies read.
  const days: Readonly<Record<CaseKind, number>> = { ...ruleOn(caseDays, work.today, work), counter: 0 }
  const untilOf = ({ until, kind }: AccessOpening) => until ?? addDays(dayAt(work.now), days[kind])
  const opener = work.scope === 'house' ? openerOf(work) : work.by.id
  const column = <T>(of: (one: AccessOpening) => T) => cases.map(of)
  await sql`
    insert into register.access_case (person_id, unit_id, kind, case_id, opened_on, until, opened_by, reason, grade,
      basis)
    select distinct on (t.person_id, t.unit_id, t.kind, t.case_id) t.person_id, t.unit_id, t.kind, t.case_id,
      ${work.today}::date, t.until, t.opened_by, t.reason,
      case when w.basis is null then 'compared' else 'whole' end, w.basis
    from unnest(${column(one => one.personId)}::uuid[], ${column(one => one.unitId)}::uuid[],
        ${column(one => one.kind)}::text[], ${column(one => one.caseId)}::uuid[], ${column(untilOf)}::date[],
        ${column(one => (work.scope === 'house' && one.openedBy) || opener)}::text[],
        ${column(one => one.reason ?? null)}::text[], ${column(one => one.grade ?? 'compared')}::text[])
      as t (person_id, unit_id, kind, case_id, until, opened_by, reason, grade)
    cross join lateral (select case t.grade when 'whole' then register.whole_basis(t.person_id) end as basis) w
    on conflict do nothing`.execute(work.tx)
}

/** What a case opens, as far as the work's scope sees the openings. */
export async function findAccessOpenings({ tx }: Work, caseId: string): Promise<AccessOpening[]> {
  const { rows } = await sql<AccessOpening>`
    select person_id as "personId", unit_id as "unitId", kind, case_id as "caseId", until, grade
    from register.access_case where case_id = ${caseId}`.execute(tx)
  return rows
}

/** What a review compares of a person, and nothing else. */
export type ComparedPerson = Omit<PersonSummary, 'number' | 'permanentUnitId'> & {
  readonly sortKey: string
  /** The last two digits of the number in force. */
  readonly numberEnd?: string | undefined
  /** The ward of residence: of permanent residence, where there is one. */
  readonly unitId?: Id<'unit'> | undefined
}

/** The people among some whom an open case of either grade opens to the police of the work's scope. */
export async function findCompared({ tx }: Work, ids: readonly PersonId[]): Promise<ComparedPerson[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<
    Omit<PersonRow, 'number' | 'permanent_unit_id'> & {
      readonly sort_key: string
      readonly number_end: string | null
      readonly unit_id: Id<'unit'> | null
    }
  >`select * from register.compared(${ids}::uuid[])`.execute(tx)
  return rows.map(row => {
    const {
      number: _number,
      permanentUnitId: _unit,
      ...person
    } = summaryOf({
      ...row,
      number: null,
      permanent_unit_id: null,
    })
    return {
      ...person,
      sortKey: row.sort_key,
      numberEnd: row.number_end ?? undefined,
      unitId: row.unit_id ?? undefined,
    }
  })
}

/** All units' openings of a case, beyond the work's scope too. Something was decided: nothing is kept of it. */
export async function deleteAccessCase({ tx }: Work, kind: CaseKind, caseId: string): Promise<void> {
  await sql`select register.close_case(${kind}, ${caseId})`.execute(tx)
}

export async function deleteAccessCases({ tx }: Work, kind: CaseKind, caseIds: readonly string[]): Promise<void> {
  if (caseIds.length === 0) return
  await sql`select register.close_case(${kind}, c.id) from unnest(${caseIds}::uuid[]) as c (id)`.execute(tx)
}

/** The same where nothing was decided: what was open is kept for the superior. */
export async function withdrawAccessCases({ tx }: Work, kind: CaseKind, caseIds: readonly string[]): Promise<void> {
  if (caseIds.length === 0) return
  await sql`select register.withdraw_case(${kind}, c.id) from unnest(${caseIds}::uuid[]) as c (id)`.execute(tx)
}

/**
 * Opens a case whole, as an officer of the person's unit or another officer than the one who opened it; the database
 * decides. Gives the persons whom it opened.
 */
export async function acceptAccessCase({ tx }: Work, kind: CaseKind, caseId: string): Promise<PersonId[]> {
  const { rows } = await sql<{ id: PersonId }>`select register.accept_case(${kind}, ${caseId}) as id`.execute(tx)
  return rows.map(({ id }) => id)
}
