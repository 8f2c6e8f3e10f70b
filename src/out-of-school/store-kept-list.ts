import { sql } from 'kysely'
import type { Id } from '../platform/ids.ts'
import { type Work, withNeeds } from '../platform/work.ts'
import { type OutOfSchoolCase, pupilCases } from './cases.ts'
import type { ChildrenNarrowing, ChildrenQuery } from './children-query.ts'
import {
  type CountsByKind,
  type FoundChildRow,
  isNarrowed,
  type OutOfSchoolCount,
  partedByUnit,
  type RowWindow,
  rowsOfPage,
} from './store.ts'
import { outOfSchoolRows, sidesOf, unreportedYearsSql } from './store-who-is-absent.ts'

const nowhere = sql.lit('00000000-0000-0000-0000-000000000000')
const isOnRoll = sql`k.school_id is not null and k.school_id <> ${nowhere}::uuid`

/** The case of a kept child `k`, or of a kind of them, as `placed` of store-who-is-absent.ts has it. */
const keptCase = sql`case when k.life_status <> 'alive' then k.life_status
  when k.school_id in (select school_id from here) then 'enrolled-here' when ${isOnRoll} then 'enrolled-elsewhere'
  when k.is_undecided then 'undecided' else 'absent' end`

const keptSaid = sql`case when k.life_status = 'alive' and ${isOnRoll} then k.said end`

/** Where they count, and for which years of birth a roll may still come there. */
const places = (asked: ChildrenQuery) => sql`
  gap_year as materialized (
    select distinct g.unit_id, y.birth_y from (${unreportedYearsSql(asked)}) g
    cross join lateral generate_series(g.first_y, g.last_y) y (birth_y)
  )`

const joined = ({ home, age }: ChildrenQuery, gaps = sql``) => sql`
  join home h on h.written_id = k.unit_id ${gaps}
  where k.birth_y between ${age.all.from}::integer and ${age.all.to}::integer
    ${home === 'permanent' ? sql`and k.is_permanent` : sql``}`

const isInCommune = (unitId: string) => sql`f.unit_id = ${unitId}::uuid`

/** The same counts as `countByKind`, from what is kept, and of whom it does not answer for from the facts. */
export async function countKeptByKind(
  work: Work,
  asked: ChildrenQuery,
  narrowing: ChildrenNarrowing,
): Promise<CountsByKind> {
  const statement = sql<OutOfSchoolCount & { unit_id: Id<'unit'> | null }>`
    ${outOfSchoolRows(asked, ['children', 'pupils'], 'besides kept')}, ${places(asked)},
    plain as materialized (
      select h.unit_id, k.birth_y, k.sex, ${keptCase} as "case", ${keptSaid} as said, g.unit_id is not null as has_gap,
        sum(k.people)::integer as people
      from out_of_school.child_count k ${joined(
        asked,
        sql`left join gap_year g on g.unit_id = h.unit_id and g.birth_y = k.birth_y`,
      )}
      group by 1, 2, 3, 4, 5, 6
    ),
    wanted as materialized (select f.* from found f where ${isNarrowed(narrowing)}),
    counted as materialized (
      select f.* from (select p.unit_id, p."case", p.birth_y, p.sex, p."case" = 'absent' and p.has_gap as unreported,
        p.said, null::text as moved, p.people from plain p) f
      where ${isNarrowed(narrowing, isInCommune)}
    )
    select null::uuid as unit_id, w."case", w.birth_y, w.sex, w.unreported, w.said, w.moved,
      sum(w.people)::integer as people
    from (select "case", birth_y, sex, unreported, said, moved, 1 as people from wanted
      union all select "case", birth_y, sex, unreported, said, moved, people from counted) w
    group by w."case", w.birth_y, w.sex, w.unreported, w.said, w.moved
    union all
    select w.unit_id, w."case", null, null, w.unreported, null, null, sum(w.people)::integer
    from (select s.unit_id, w."case", w.unreported, 1 as people from wanted w join stand s on s.id = w.id
      where ${narrowing.commune ?? null}::uuid is null or s.unit_id = ${narrowing.commune ?? null}::uuid
      union all select unit_id, "case", unreported, people from counted) w
    group by w.unit_id, w."case", w.unreported`
  return partedByUnit((await withNeeds(work, ({ tx }) => statement.execute(tx))).rows)
}

const isOfChildren = (cases: readonly OutOfSchoolCase[]) =>
  cases.length === 0 || cases.some(one => !(pupilCases as readonly OutOfSchoolCase[]).includes(one))

/** The same page as `findChildRows`. */
export async function findKeptChildRows(
  work: Work,
  asked: ChildrenQuery,
  narrowing: ChildrenNarrowing,
  { offset, limit }: RowWindow,
): Promise<FoundChildRow[]> {
  const { cases } = narrowing
  const isOfCase = sql`(${cases.length === 0} or f."case" = any (${cases}::text[]))`
  // Whether a roll may still come is asked of the page alone, unless the list is narrowed by it.
  const isUnreported = (child: string) => sql`(${sql.raw(child)}."case" = 'absent' and exists (select from gap_year g
    where g.unit_id = ${sql.raw(child)}.unit_id and g.birth_y = ${sql.raw(child)}.birth_y))`
  const unreported = narrowing.unreported === undefined ? sql`false` : isUnreported('c')
  const plain = sql`
    select l.id, true as is_person, l."case", l.birth_y, l.sex, ${isUnreported('l')} as unreported, l.said, l.moved,
      null::uuid as said_commune_id, null::uuid as roll_id, l.sort_key
    from (
      select f.* from (
        select c.*, ${unreported} as unreported from (
          select k.person_id as id, h.unit_id, k.birth_y, k.sex, ${keptCase} as "case", ${keptSaid} as said,
            null::text as moved, k.sort_key
          from out_of_school.kept_child k ${joined(asked)} and not k.is_apart) c) f
      where ${isOfCase} and ${isNarrowed(narrowing, isInCommune)} order by f.sort_key, f.id limit ${offset + limit}
    ) l`
  const statement = sql<FoundChildRow>`
    ${outOfSchoolRows(asked, sidesOf(cases), 'besides kept')}, ${places(asked)},
    wanted as materialized (select f.* from found f where ${isOfCase} and ${isNarrowed(narrowing)}),
    shown as materialized (
      select w.id, w.is_person, w."case", w.birth_y, w.sex, w.unreported, w.said, w.moved, w.said_commune_id, w.roll_id,
        coalesce(p.sort_key, o.sort_key) as sort_key
      from wanted w
      left join register.published_birth p on p.person_id = w.id and w.is_person
      left join lateral (select o.sort_key from rolls.published_row o
        where o.row_id = w.id and o.roll_id = w.roll_id offset 0) o on not w.is_person
      ${isOfChildren(cases) ? sql`union all select * from (${plain}) kept` : sql``}
      order by sort_key, id offset ${offset} limit ${limit}
    ),
    told as materialized (
      select e.person_id, max(e.said_commune_id::text)::uuid as said_commune_id
      from out_of_school.enrolments_of(array(select l.id from shown l where l.said is not null), ${asked.schoolYear}) e
      group by e.person_id
    ),
    page as materialized (
      select l.id, l.is_person, l."case", l.birth_y, l.sex, l.unreported, l.said, l.moved,
        coalesce(l.said_commune_id, t.said_commune_id) as said_commune_id, l.roll_id, l.sort_key
      from shown l left join told t on t.person_id = l.id and l.is_person
    )
    ${rowsOfPage}
    order by g.sort_key, g.id`
  return (await withNeeds(work, ({ tx }) => statement.execute(tx))).rows
}
