import { type RawBuilder, sql } from 'kysely'
import type { Id } from '../platform/ids.ts'
import { type Work, withNeeds } from '../platform/work.ts'
import type { PupilStatus } from '../rolls/contract.ts'
import type { HomeComparison, MoveKind, OutOfSchoolCase } from './cases.ts'
import type { ChildrenNarrowing, ChildrenQuery } from './children-query.ts'
import { outOfSchoolRows, sidesOf } from './store-who-is-absent.ts'

/** How many of one kind, by all that figures are told by but the unit. */
export type OutOfSchoolCount = {
  readonly case: OutOfSchoolCase
  readonly birth_y: number | null
  readonly sex: 'M' | 'F' | null
  readonly unreported: boolean
  readonly said: HomeComparison | null
  readonly moved: MoveKind | null
  readonly people: number
}
export type UnitOutOfSchoolCount = Pick<OutOfSchoolCount, 'case' | 'unreported' | 'people'> & {
  readonly unit_id: Id<'unit'>
}

const standsThere = (unitId: string) =>
  sql`exists (select from stand s where s.id = f.id and s.unit_id = ${unitId}::uuid)`

export const isNarrowed = (
  { commune, born, sex, group, said, moved, unreported }: ChildrenNarrowing,
  isThere = standsThere,
): RawBuilder<unknown> => sql`
  ${commune === undefined ? sql`true` : isThere(commune)}
  and (${born.length === 0} or f.birth_y = any (${born}::integer[]))
  and (${sex ?? null}::text is null or f.sex = ${sex ?? null}::text)
  and (${group === undefined}
      or (coalesce(f.birth_y between ${group?.from ?? 0} and ${group?.to ?? 0}, false) <> ${group?.without ?? false}))
  and (${said ?? null}::text is null or f.said = ${said ?? null}::text)
  and (${moved ?? null}::text is null or f.moved = ${moved ?? null}::text)
  and (${unreported ?? null}::boolean is null
      or (f."case" = 'absent' and f.unreported = ${unreported ?? null}::boolean))`

export type CountsByKind = { readonly all: OutOfSchoolCount[]; readonly byUnit: UnitOutOfSchoolCount[] }

/** The counts of all, which have no unit, and those by unit. */
export const partedByUnit = (
  rows: readonly (OutOfSchoolCount & { readonly unit_id: Id<'unit'> | null })[],
): CountsByKind => ({
  all: rows.filter(({ unit_id }) => unit_id === null),
  byUnit: rows.flatMap(row => (row.unit_id === null ? [] : [{ ...row, unit_id: row.unit_id }])),
})

/** Whoever is counted, by every kind; and the same by unit, where one who stands in two counts in each. */
export async function countByKind(
  work: Work,
  asked: ChildrenQuery,
  narrowing: ChildrenNarrowing,
): Promise<CountsByKind> {
  const statement = sql<OutOfSchoolCount & { unit_id: Id<'unit'> | null }>`
    ${outOfSchoolRows(asked, ['children', 'pupils'])},
    wanted as materialized (select f.* from found f where ${isNarrowed(narrowing)})
    select null::uuid as unit_id, w."case", w.birth_y, w.sex, w.unreported, w.said, w.moved, count(*) as people
    from wanted w group by w."case", w.birth_y, w.sex, w.unreported, w.said, w.moved
    union all
    select s.unit_id, w."case", null, null, w.unreported, null, null, count(*)
    from wanted w join stand s on s.id = w.id
    where ${narrowing.commune ?? null}::uuid is null or s.unit_id = ${narrowing.commune ?? null}::uuid
    group by s.unit_id, w."case", w.unreported`
  const { rows } = await withNeeds(work, ({ tx }) => statement.execute(tx))
  return partedByUnit(rows)
}

export type FoundChildRow = {
  readonly id: string
  readonly is_person: boolean
  readonly case: OutOfSchoolCase
  readonly unreported: boolean
  readonly said: HomeComparison | null
  readonly said_commune_id: string | null
  readonly moved: MoveKind | null
  readonly name: string
  readonly sort_key: string
  readonly number: string | null
  readonly birth_y: number | null
  readonly birth_m: number | null
  readonly birth_d: number | null
  readonly sex: 'M' | 'F' | null
  readonly permanent_unit_id: Id<'unit'> | null
  readonly address: string | null
  readonly besides: string[] | null
}

export type RowWindow = { readonly offset: number; readonly limit: number }

/** What is shown of the rows of `page`. */
export const rowsOfPage = sql`
    select g.id, g.is_person, g."case", g.unreported, g.said, g.said_commune_id, g.moved,
      coalesce(p.full_name, o.name) as name, coalesce(g.sort_key, '') as sort_key,
           p.number, coalesce(p.birth_y, o.birth_y) as birth_y, coalesce(p.birth_m, o.birth_m) as birth_m,
             coalesce(p.birth_d, o.birth_d) as birth_d, g.sex,
           coalesce(p.permanent_unit_id, l.permanent_unit_id) as permanent_unit_id, d.address, d.besides
    from page g
    left join register.published_person p on p.person_id = g.id and g.is_person
    left join register.published_link_record l on l.person_id = g.id and g.is_person
    left join lateral (select o.name, o.birth_y, o.birth_m, o.birth_d from rolls.published_row o
      where o.row_id = g.id and o.roll_id = g.roll_id offset 0) o on not g.is_person
    left join lateral (
      select (array_agg(d.address order by array_position(array['permanent', 'temporary', 'current'], d.kind)))[1]
        as address,
             array_agg(d.unit_id::text order by d.kind) filter (where d.kind <> 'permanent') as besides
      from register.published_residence d where d.person_id = g.id and d.to_on is null) d on g.is_person`

/** The same people in the order of their names. What is shown of them is read for the page alone. */
export async function findChildRows(
  work: Work,
  asked: ChildrenQuery,
  narrowing: ChildrenNarrowing,
  { offset, limit }: RowWindow,
): Promise<FoundChildRow[]> {
  const { cases } = narrowing
  const statement = sql<FoundChildRow>`
    ${outOfSchoolRows(asked, sidesOf(cases))},
    wanted
    as materialized (select f.* from found f
      where (${cases.length === 0} or f."case" = any (${cases}::text[])) and ${isNarrowed(narrowing)}),
    page as materialized (
      select w.*, coalesce(p.sort_key, o.sort_key) as sort_key
      from wanted w
      left join register.published_birth p on p.person_id = w.id and w.is_person
      left join lateral (select o.sort_key from rolls.published_row o
        where o.row_id = w.id and o.roll_id = w.roll_id offset 0) o on not w.is_person
      order by sort_key, id offset ${offset} limit ${limit}
    )
    ${rowsOfPage}
    order by g.sort_key, g.id`
  const { rows } = await withNeeds(work, ({ tx }) => statement.execute(tx))
  return rows
}

export type ChildOnRoll = {
  readonly id: string
  readonly is_seen: boolean
  readonly school_id: Id<'school'> | null
  readonly roll_id: Id<'roll'> | null
  readonly place: number | null
  readonly class: string | null
}

/** On which rolls some children and rows are, or may be. A school beyond the scope is told as one that is not seen. */
export async function findRollsOfChildren(
  { tx }: Work,
  schoolYear: string,
  found: readonly FoundChildRow[],
): Promise<ChildOnRoll[]> {
  const persons = found.filter(({ is_person }) => is_person).map(({ id }) => id)
  const undecided = found.flatMap(one => (one.case === 'undecided' ? [one.id] : []))
  const rows = found.filter(({ is_person }) => !is_person).map(({ id }) => id)
  const { rows: listed } = await sql<ChildOnRoll>`
    select e.person_id as id, e.is_seen, e.school_id, e.roll_id, e.place, w.class
    from (select * from out_of_school.enrolments_of(${persons}::uuid[], ${schoolYear})) e
    left join rolls.published_row w on w.roll_id = e.roll_id and w.place = e.place
    union
    select m.person_id, m.is_seen, m.school_id, m.roll_id, m.place, w.class
    from (select * from out_of_school.undecided_for(${undecided}::uuid[], ${schoolYear})
      where ${undecided.length > 0}) m
    left join rolls.published_row w on w.roll_id = m.roll_id and w.place = m.place
    union
    select w.row_id, true, w.school_id, w.roll_id, w.place, w.class from rolls.published_row w
    where w.row_id = any (${rows}::uuid[])`.execute(tx)
  return listed
}

export type ChildWhoLeft = {
  readonly id: string
  readonly school_id: Id<'school'> | null
  readonly class: string | null
  readonly status: PupilStatus
  readonly left_y: number | null
  readonly left_m: number | null
  readonly left_d: number | null
  readonly said: string
}

/** Of which absent children a roll says that they left. A school beyond the scope is told without its name. */
export async function findChildrenWhoLeft(
  { tx }: Work,
  schoolYear: string,
  found: readonly FoundChildRow[],
): Promise<ChildWhoLeft[]> {
  const absent = found.flatMap(one => (one.is_person && one.case === 'absent' ? [one.id] : []))
  if (absent.length === 0) return []
  const { rows } = await sql<ChildWhoLeft>`
    select l.person_id as id, l.school_id, l.class, l.status, l.left_y, l.left_m, l.left_d, l.said
    from out_of_school.left_of(${absent}::uuid[], ${schoolYear}) l
    order by l.person_id, l.left_y desc nulls last, l.left_m desc nulls last, l.school_id`.execute(tx)
  return rows
}

/** Which schools have sent the roll of a year. */
export async function findReportedSchools({ tx }: Work, schoolYear: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{
    school_id: Id<'school'>
  }>`select school_id from out_of_school.reported_schools(${schoolYear})`.execute(tx)
  return new Set(rows.map(({ school_id }) => school_id))
}

/** How many lived in the units and are registered nowhere any more. */
export async function countDeparted({ tx }: Work, { units, age }: ChildrenQuery): Promise<number> {
  const { rows } = await sql<{ people: number }>`
    select out_of_school.departed_from(${units.map(([written]) => written)}::uuid[], ${age.all.from},
        ${age.all.to}) as people`.execute(tx)
  return rows[0]?.people ?? 0
}
