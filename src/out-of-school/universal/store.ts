import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { LiteracyLevel, PursuitOutcome, UniversalCase } from './child.ts'

export type ResidentQuery = {
  readonly schoolYear: string
  /** Units as residences may write them. */
  readonly units: readonly Id<'unit'>[]
  readonly from: number
  readonly to: number
  /** Born from this year on nobody is at a school whose rolls come in. */
  readonly tooYoungFrom: number
  /** Whether what is kept of each child answers for the school year. */
  readonly isKept: boolean
}

export type ResidentChild = {
  readonly id: Id<'person'>
  readonly unitId: Id<'unit'>
  readonly kind: string
  readonly address: string
  readonly name: string
  readonly birthY: number
  readonly birthM: number | null
  readonly birthD: number | null
  readonly sex: 'M' | 'F'
  readonly ethnicity: string | null
  readonly case: UniversalCase
  readonly schoolId: Id<'school'> | null
  readonly class: string | null
  readonly elsewhere: boolean
  readonly assignedTo: string | null
  readonly dueOn: Day | null
  readonly outcome: PursuitOutcome | null
  readonly outcomeOn: Day | null
  readonly note: string | null
}

/**
 * Each child once, by permanent residence before any other, with the roll that has them (one's own school's first) or
 * may have them, and who goes after them.
 */
const residentChildren = (
  { schoolYear, units, from, to, tooYoungFrom }: ResidentQuery,
  among?: RawBuilder<unknown>,
) => sql`
  with resident as materialized (
    select distinct on (r.person_id) r.* from ${
      among
        ? sql`out_of_school.residents_among(${among}, ${units}::uuid[], ${from}, ${to})`
        : sql`out_of_school.residents(${units}::uuid[], ${from}, ${to})`
    } r
    order by r.person_id, r.kind <> 'permanent', r.kind, r.unit_id
  ), enrolled as materialized (
    select distinct on (e.person_id) e.person_id, e.school_id, e.is_seen, e.roll_id, e.place
    from (select * from out_of_school.enrolments_of(array(select person_id from resident), ${schoolYear})) e
    order by e.person_id, e.is_seen desc, e.school_id
  ), doubted as materialized (
    select distinct u.person_id from (select * from out_of_school.undecided_for(array(
      select r.person_id from resident r where not exists (select from enrolled e where e.person_id = r.person_id)),
      ${schoolYear})) u
  ), child as (
    select r.person_id as id, r.unit_id as "unitId", r.kind, r.address, r.full_name as name, r.sort_key,
      r.birth_y as "birthY", r.birth_m as "birthM", r.birth_d as "birthD", r.sex, r.ethnicity,
      case when e.person_id is not null then 'at-school' when d.person_id is not null then 'undecided'
        when r.birth_y >= ${tooYoungFrom} then 'no-preschool-rolls' else 'out-of-school' end as "case",
      e.school_id as "schoolId", w.class, e.person_id is not null and not e.is_seen as elsewhere,
      p.assigned_to as "assignedTo", p.due_on as "dueOn", p.outcome, p.outcome_on as "outcomeOn", p.note
    from resident r
    left join enrolled e on e.person_id = r.person_id
    left join doubted d on d.person_id = r.person_id
    left join rolls.published_row w on w.roll_id = e.roll_id and w.place = e.place
    left join out_of_school.pursuit p on p.person_id = r.person_id and p.school_year = ${schoolYear}
  )`

export type ChildNarrowing = {
  readonly case?: UniversalCase | undefined
  readonly birthYear?: number | undefined
  readonly id?: string | undefined
}

const isAsked = ({ case: wanted, birthYear, id }: ChildNarrowing) => sql`
  (${wanted ?? null}::text is null or c."case" = ${wanted ?? null}::text)
  and (${birthYear ?? null}::integer is null or c."birthY" = ${birthYear ?? null}::integer)
  and (${id ?? null}::uuid is null or c.id = ${id ?? null}::uuid)`

/** Whom what is kept does not answer for. */
const anew = sql`array(select a.id from out_of_school.evaluated_anew() a (id))`

/** The case of a kept child `k`, or of a kind of them, in the same way. */
const universalCaseOf = ({ tooYoungFrom }: ResidentQuery) => sql`
  case when k.school_id is not null and k.school_id <> '00000000-0000-0000-0000-000000000000' then 'at-school'
    when k.is_undecided then 'undecided' when k.birth_y >= ${tooYoungFrom} then 'no-preschool-rolls'
    else 'out-of-school' end`

const isKeptResident = ({ units, from, to }: ResidentQuery) => sql`
  k.unit_id = any (${units}::uuid[]) and k.birth_y between ${from}::integer and ${to}::integer
  and k.life_status = 'alive' and ((select platform.sees_house())
    or k.unit_id in (select own.id from out_of_school.education_units() own (id)))`

const isKeptAsked = (query: ResidentQuery, { case: wanted, birthYear }: ChildNarrowing) => sql`
  ${isKeptResident(query)}
  ${wanted ? sql`and (${universalCaseOf(query)}) = ${wanted}` : sql``}
  ${birthYear === undefined ? sql`` : sql`and k.birth_y = ${birthYear}::integer`}`

type Page = { readonly offset: number; readonly limit: number }

/** The same page from what is kept: who is on it is read, and then what is shown of them. */
async function findKeptChildren(work: Work, query: ResidentQuery, narrowing: ChildNarrowing, page: Page) {
  const { offset, limit } = page
  const { rows } = await sql<{ id: string; total: number }>`
    ${residentChildren(query, anew)},
    late as materialized (select c.id, c.sort_key from child c where ${isAsked(narrowing)}),
    plain as materialized (
      select k.person_id, k.sort_key from out_of_school.kept_child k
      where not k.is_apart and ${isKeptAsked(query, narrowing)}
      order by k.sort_key, k.person_id limit ${offset + limit}
    )
    select l.id, ((select count(*) from late) + (select coalesce(sum(k.people), 0) from out_of_school.child_count k
        where ${isKeptAsked(query, narrowing)}))::integer as total
    from (select person_id as id, sort_key from plain union all select id, sort_key from late) l
    order by l.sort_key, l.id offset ${offset} limit ${limit}`.execute(work.tx)
  const ids = rows.map(({ id }) => id)
  const { rows: children } = await sql<ResidentChild>`
    ${residentChildren(query, sql`${ids}::uuid[]`)}
    select c.* from child c order by c.sort_key, c.id`.execute(work.tx)
  return { children, total: rows[0]?.total ?? 0 }
}

/** Children of a query, by name: a page, and how many there are. */
export async function findChildren(
  work: Work,
  query: ResidentQuery,
  narrowing: ChildNarrowing,
  { offset, limit }: Page,
): Promise<{ children: ResidentChild[]; total: number }> {
  if (query.isKept && narrowing.id === undefined) return findKeptChildren(work, query, narrowing, { offset, limit })
  const { tx } = work
  const among = narrowing.id === undefined ? undefined : sql`array[${narrowing.id}::uuid]`
  const { rows } = await sql<ResidentChild & { total: number }>`
    ${residentChildren(query, among)}
    select c.*, count(*) over () as total from child c where ${isAsked(narrowing)}
    order by c.sort_key, c.id offset ${offset} limit ${limit}`.execute(tx)
  return { children: rows, total: Number(rows[0]?.total ?? 0) }
}

export type ChildCount = {
  readonly birthY: number
  readonly case: UniversalCase
  readonly children: number
  readonly girls: number
  readonly minority: number
}

/** The same children counted by year of birth and case. */
export async function countChildren({ tx }: Work, query: ResidentQuery): Promise<ChildCount[]> {
  const kept = query.isKept
    ? sql`union all select k.birth_y, ${universalCaseOf(query)}, k.sex = 'F', k.is_minority, k.people
        from out_of_school.child_count k where ${isKeptResident(query)}`
    : sql``
  const { rows } = await sql<ChildCount>`
    ${residentChildren(query, query.isKept ? anew : undefined)}
    select a."birthY", a."case", sum(a.people)::int as children,
      coalesce(sum(a.people) filter (where a.is_girl), 0)::int as girls,
      coalesce(sum(a.people) filter (where a.is_minority), 0)::int as minority
    from (select c."birthY", c."case", c.sex = 'F' as is_girl, c.ethnicity not in ('', 'Kinh') as is_minority,
      1 as people from child c ${kept}) a group by 1, 2 order by 1, 2`.execute(tx)
  return rows
}

export type AdultCount = { readonly birthY: number; readonly people: number }

export async function countAdults(
  { tx }: Work,
  units: readonly Id<'unit'>[],
  from: number,
  to: number,
  isKept: boolean,
): Promise<AdultCount[]> {
  if (isKept) {
    const { rows } = await sql<AdultCount>`
      select a.birth_y as "birthY", sum(a.people)::int as people from out_of_school.adult_count a
      where a.unit_id = any (${units}::uuid[]) and a.birth_y between ${from}::integer and ${to}::integer
        and ((select platform.sees_house())
          or a.unit_id in (select own.id from out_of_school.education_units() own (id)))
      group by 1 order by 1`.execute(tx)
    return rows
  }
  const { rows } = await sql<AdultCount>`
    select a.birth_y as "birthY", sum(a.people)::int as people
    from (select * from out_of_school.count_adults(${units}::uuid[], ${from}, ${to})) a group by 1 order by 1`.execute(
    tx,
  )
  return rows
}

export type SurveyCount = {
  readonly unitId: Id<'unit'>
  readonly year: number
  readonly birthY: number
  readonly level: LiteracyLevel
  readonly people: number
}

/** What the last survey of each commune says, by year of birth and level. */
export async function countSurveyed({ tx }: Work, units: readonly Id<'unit'>[]): Promise<SurveyCount[]> {
  const { rows } = await sql<SurveyCount>`
    select s.unit_id as "unitId", s.survey_year as year, s.birth_y as "birthY", s.level, count(*)::int as people
    from out_of_school.literacy s
    join (select unit_id, max(survey_year) as survey_year from out_of_school.literacy group by 1) l
      on l.unit_id = s.unit_id and l.survey_year = s.survey_year
    where s.unit_id = any (${units}::uuid[]) group by 1, 2, 3, 4`.execute(tx)
  return rows
}

export type SurveyLine = {
  readonly id: string
  readonly line: number
  readonly name: string
  readonly plain: string
  readonly y: number
  readonly m: number | null
  readonly d: number | null
  readonly sex: 'M' | 'F' | null
  readonly isMinority: boolean
  readonly level: LiteracyLevel
}

/** Replaces a commune's survey of a year; each line with the one person of the commune whom it fits. Gives how many. */
export async function replaceSurvey(
  { tx, today, by }: Work,
  unitId: Id<'unit'>,
  written: readonly Id<'unit'>[],
  year: number,
  lines: readonly SurveyLine[],
): Promise<number> {
  await sql`delete from out_of_school.literacy where unit_id = ${unitId} and survey_year = ${year}`.execute(tx)
  const { rows } = await sql<{ matched: boolean }>`
    insert into out_of_school.literacy (unit_id, id, survey_year, line, full_name, birth_y, sex, is_minority, level,
      person_id, by_id, on_day)
    select ${unitId}, t.id, ${year}, t.line, t.name, t.y, t.sex, t."isMinority", t.level,
      out_of_school.surveyed_person(${written}::uuid[], t.plain, t.y, t.m, t.d, t.sex), ${by.id}, ${today}::date
    from json_to_recordset(${JSON.stringify(lines)}::json) as t (id uuid, line integer, name text, plain text,
      y integer, m integer, d integer, sex text, "isMinority" boolean, level text)
    returning person_id is not null as matched`.execute(tx)
  return rows.filter(({ matched }) => matched).length
}

export type AssignedPursuit = { readonly assignedTo: string; readonly dueOn: Day }

/** Who goes after a child now; what came of it before is open again. */
export async function setPursuit(
  { tx, today, by }: Work,
  { id, unitId }: Pick<ResidentChild, 'id' | 'unitId'>,
  schoolYear: string,
  { assignedTo, dueOn }: AssignedPursuit,
): Promise<void> {
  await sql`
    insert into out_of_school.pursuit (person_id, school_year, unit_id, assigned_to, due_on, assigned_on, assigned_by)
    values (${id}, ${schoolYear}, ${unitId}, ${assignedTo}, ${dueOn}::date, ${today}::date, ${by.id})
    on conflict (person_id, school_year) do update set unit_id = excluded.unit_id, assigned_to = excluded.assigned_to,
      due_on = excluded.due_on, assigned_on = excluded.assigned_on, assigned_by = excluded.assigned_by,
      outcome = null, note = null, outcome_on = null, outcome_by = null`.execute(tx)
}

/** What came of it; false where nobody was asked. */
export async function setOutcome(
  { tx, today, by }: Work,
  personId: string,
  schoolYear: string,
  { outcome, note }: { readonly outcome?: PursuitOutcome | undefined; readonly note?: string | undefined },
): Promise<boolean> {
  const { rows } = await sql`
    update out_of_school.pursuit set outcome = ${outcome ?? null}, note = ${(outcome && note) ?? null},
      outcome_on = ${outcome ? today : null}::date, outcome_by = ${outcome ? by.id : null}
    where person_id = ${personId} and school_year = ${schoolYear} returning 1`.execute(tx)
  return rows.length > 0
}
