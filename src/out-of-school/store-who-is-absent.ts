import { type RawBuilder, sql } from 'kysely'
import { type OutOfSchoolCase, pupilCases } from './cases.ts'
import type { ChildrenQuery } from './children-query.ts'

/** Children who live in the units, and pupils of the schools that stand there; a list asks for what it shows. */
type CountedSide = 'children' | 'pupils'

const ofPupils: readonly OutOfSchoolCase[] = pupilCases

export function sidesOf(cases: readonly OutOfSchoolCase[]): CountedSide[] {
  if (cases.length === 0) return ['children', 'pupils']
  return [
    ...(cases.some(one => !ofPupils.includes(one)) ? (['children'] as const) : []),
    ...(cases.some(one => ofPupils.includes(one)) ? (['pupils'] as const) : []),
  ]
}

const firsts = (pairs: readonly (readonly [string, string])[]) => sql`${pairs.map(([one]) => one)}::uuid[]`
const seconds = (pairs: readonly (readonly [string, string])[]) => sql`${pairs.map(([, other]) => other)}::uuid[]`

const columns = sql.raw('p.person_id, p.birth_y, p.sex, p.life_status, p.household_id, p.permanent_unit_id, p.unit_ids')

/**
 * Above so many units everyone of an age is asked where they live; below, everyone of a unit how old they are
 * (bench/RESULTS.md, "Attendance").
 */
const manyUnits = 100

/**
 * A row for each unit in which a child of school age lives. On the house's day a residence is in force while it has no
 * end, as scopes have it; on another day by its days.
 */
function ties({ isNow, day, home, units, age }: ChildrenQuery): RawBuilder<unknown> {
  const isOfAge = sql`p.birth_y between ${age.all.from}::integer and ${age.all.to}::integer`
  const kinds = home === 'permanent' ? sql`d.kind = 'permanent'` : sql`d.kind in ('permanent', 'temporary', 'current')`
  const residents = (ends: RawBuilder<unknown>) => sql`
    select h.unit_id, ${columns} from home h
    join register.published_residence d on d.unit_id = h.written_id and ${kinds} and ${ends}
      and (d.from_on is null or d.from_on <= ${day})
    join register.published_link_record p on p.person_id = d.person_id and ${isOfAge}`
  if (!isNow) return sql`${residents(sql`d.to_on is null`)} union all ${residents(sql`d.to_on > ${day}`)}`

  const permanent = sql`select h.unit_id, ${columns} from home h
    join register.published_link_record p on p.permanent_unit_id = h.written_id and ${isOfAge}`
  if (home === 'permanent') return permanent
  if (units.length > manyUnits)
    return sql`
      select h.unit_id, ${columns} from register.published_link_record p
      cross join lateral unnest(p.unit_ids) l (unit_id) join home h on h.written_id = l.unit_id where ${isOfAge}`
  return sql`
    ${permanent} union all
    select h.unit_id, ${columns} from home h
    join register.published_residence d on d.unit_id = h.written_id and d.to_on is null and d.kind <> 'permanent'
    join register.published_link_record p on p.person_id = d.person_id and ${isOfAge}`
}

/** The same of those alone whom what is kept does not answer for (`anew`). */
function tiesAnew({ home, age }: ChildrenQuery): RawBuilder<unknown> {
  const isAnew = sql`p.birth_y between ${age.all.from}::integer and ${age.all.to}::integer
    and p.person_id = any (array(select a.person_id from anew a))`
  return home === 'permanent'
    ? sql`select h.unit_id, ${columns} from register.published_link_record p
        join home h on h.written_id = p.permanent_unit_id where ${isAnew}`
    : sql`select h.unit_id, ${columns} from register.published_link_record p
        cross join lateral unnest(p.unit_ids) l (unit_id) join home h on h.written_id = l.unit_id where ${isAnew}`
}

/** Whether `p` lives in the units, in the same way. */
function livesHere({ isNow, day, home }: ChildrenQuery): RawBuilder<unknown> {
  if (isNow && home === 'any') return sql`coalesce(p.unit_ids && (select array_agg(h.written_id) from home h), false)`
  if (isNow) return sql`exists (select from home h where h.written_id = p.permanent_unit_id)`
  return sql`exists (select from register.published_residence d join home h on h.written_id = d.unit_id
      where d.person_id = p.person_id
    and (${home === 'any'} or d.kind = 'permanent') and (d.from_on is null or d.from_on <= ${day})
        and (d.to_on is null or d.to_on > ${day}))`
}

/**
 * How the commune that a roll tells stands to what the register has of a person: `told` and `kept` are the units that
 * stand for the one on the roll and for that of permanent residence, where they are of the units asked.
 */
const saidOf = (of: 'c' | 'p', written: RawBuilder<unknown>) => {
  const person = sql.raw(of)
  return sql`
    case when ${written} is null then 'not-told'
         when ${person}.unit_ids is null then 'register-ended'
         when coalesce(told.unit_id, ${written}) = coalesce(kept.unit_id, ${person}.permanent_unit_id) then 'same'
         when ${written} = any (${person}.unit_ids)
           or exists (select from home h
             where h.unit_id = told.unit_id and h.written_id = any (${person}.unit_ids)) then 'temporary-here'
         else 'differs' end`
}

/** A unit and years of birth for which a school that may teach them has sent no roll. */
export const unreportedYearsSql = ({ gaps }: ChildrenQuery) => sql`
  select *
  from unnest(${gaps.map(({ unitId }) => unitId)}::uuid[], ${gaps.map(({ from }) => from)}::integer[],
      ${gaps.map(({ to }) => to)}::integer[])
    as g (unit_id, first_y, last_y)`

/** Living children, by whose roll they are on; and the dead and the missing of their age. */
const children = (asked: ChildrenQuery) => sql`
  listed as materialized (
    select e.person_id, bool_or(h.school_id is not null) as is_here,
      max(e.said_commune_id::text)::uuid as said_commune_id
    from out_of_school.enrolments_of((select array_agg(c.person_id) from child c where c.life_status = 'alive'),
        ${asked.schoolYear}) e
    left join here h on h.school_id = e.school_id group by e.person_id
  ), undecided as materialized (
    select distinct m.person_id from out_of_school.undecided_for(
      (select array_agg(c.person_id) from child c left join listed l on l.person_id = c.person_id
        where c.life_status = 'alive' and l.person_id is null),
      ${asked.schoolYear}) m
  ), gapped as materialized (
    select distinct t.person_id from tie t
    join (${unreportedYearsSql(asked)}) g on g.unit_id = t.unit_id and t.birth_y between g.first_y and g.last_y
  ), placed as materialized (
    select c.person_id, c.birth_y, c.sex, c.household_id, l.said_commune_id,
      coalesce(told.unit_id, l.said_commune_id) as told_id,
           case when c.life_status <> 'alive' then c.life_status when l.is_here then 'enrolled-here'
             when l.person_id is not null then 'enrolled-elsewhere'
                when m.person_id is not null then 'undecided' else 'absent' end as "case",
           case when l.person_id is not null then ${saidOf('c', sql`l.said_commune_id`)} end as said
    from child c
    left join listed l on l.person_id = c.person_id
    left join undecided m on m.person_id = c.person_id
    left join home told on told.written_id = l.said_commune_id
    left join home kept on kept.written_id = c.permanent_unit_id and l.person_id is not null
  ), family as materialized (
    select p.household_id, count(*) as told, bool_and(p.said = 'differs')
      and min(p.told_id::text) = max(p.told_id::text) as is_one
    from placed p where p.told_id is not null
      and p.household_id in (select household_id from placed where said = 'differs') group by p.household_id
  ), resident as (
    select p.person_id as id, true as is_person, p."case", p.birth_y, p.sex, p."case" = 'absent'
      and g.person_id is not null as unreported, p.said,
           case when p.said is distinct from 'differs' then null when f.is_one and f.told > 1 then 'household'
             when f.told > 1 then 'child' else 'unclear' end as moved,
           p.said_commune_id, null::uuid as roll_id
    from placed p
    left join gapped g on g.person_id = p.person_id
    left join family f on f.household_id = p.household_id and p.said = 'differs'
  )`

/** The rows of the schools here that are read. */
const lines = (asked: ChildrenQuery, which: RawBuilder<unknown>) => sql`
  select w.row_id as id, w.roll_id, w.person_id, w.outcome, w.birth_y, w.sex, w.commune_id, h.unit_id
  from here h join rolls.published_row w on w.school_id = h.school_id and w.kind = 'pupils'
    and w.school_year = ${asked.schoolYear} and ${which}`

/** Of pupils who live here what is kept answers: those who may live elsewhere are left, and rows that are nobody's. */
function linesBesidesKept(asked: ChildrenQuery): RawBuilder<unknown> {
  const isElsewhere = (table: 'k' | 'c') => {
    const column = (name: string) => sql.id(table, name)
    return sql`(${column('unit_id')} is null or ${column('unit_id')} not in (select written_id from home)
      ${asked.home === 'permanent' ? sql`or not ${column('is_permanent')}` : sql``})`
  }
  // Nearly all live near their school: the counts tell which schools have pupils from which commune elsewhere.
  const persons = sql`select a.person_id from anew a
    union select k.person_id from (
      select distinct c.school_id, c.unit_id from out_of_school.child_count c
      where c.school_id in (select school_id from here) and ${isElsewhere('c')}) e
    join out_of_school.kept_child k on k.school_id = e.school_id and (k.unit_id = e.unit_id or k.unit_id is null)
    where ${isElsewhere('k')}`
  return sql`
    ${lines(asked, sql`w.outcome in ('review', 'not-found')`)}
    union all
    ${lines(asked, sql`w.outcome not in ('review', 'not-found') and w.person_id = any (array(${persons}))`)}`
}

/** Who is on the rolls of the schools here, and lives elsewhere; and rows that are nobody's, or not decided. */
const pupils = (asked: ChildrenQuery, source: RowSource) => sql`
  line as materialized (
    ${source === 'besides kept' ? linesBesidesKept(asked) : lines(asked, sql`w.outcome is not null`)}
  ), pupil as materialized (
    select l.person_id, max(l.commune_id::text)::uuid as said_commune_id from line l where l.person_id is not null
      and not exists (select from child c where c.person_id = l.person_id) group by l.person_id
  ), stranger as materialized (
    select p.person_id as id, true as is_person, 'studies-here-lives-elsewhere' as "case", p.birth_y, p.sex,
      false as unreported, ${saidOf('p', sql`u.said_commune_id`)} as said,
           null::text as moved, u.said_commune_id, null::uuid as roll_id
    from pupil u join register.published_link_record p on p.person_id = u.person_id
    left join home told on told.written_id = u.said_commune_id
    left join home kept on kept.written_id = p.permanent_unit_id
    where not ${livesHere(asked)}
  ), unknown as (
    select l.id, false as is_person,
      case l.outcome when 'review' then 'row-undecided'
      else 'not-in-register' end as "case", l.birth_y, l.sex, false as unreported,
           null::text as said, null::text as moved, l.commune_id as said_commune_id, l.roll_id
    from line l where l.outcome in ('review', 'not-found')
  )`

const anewOnes = sql`
  anew as materialized (select a.person_id from out_of_school.evaluated_anew() a (person_id))`

/** All facts, or those that what is kept does not answer for. */
export type RowSource = 'facts' | 'besides kept'

/**
 * WITH …, ending in `found`, a row each for whoever is counted (id, is_person, case, birth_y, sex, unreported, said,
 * moved, said_commune_id, roll_id), and `stand` (id, unit_id), the units in which each counts. It depends on what is
 * asked alone, so that figures and lists agree however they are narrowed.
 */
export function outOfSchoolRows(
  asked: ChildrenQuery,
  sides: readonly CountedSide[],
  source: RowSource = 'facts',
): RawBuilder<unknown> {
  const withChildren = sides.includes('children')
  const withPupils = sides.includes('pupils')
  const found = [
    ...(withChildren ? [sql`select * from resident`] : []),
    ...(withPupils ? [sql`select * from stranger`, sql`select * from unknown`] : []),
  ]
  const stand = [
    ...(withChildren ? [sql`select t.person_id as id, t.unit_id from tie t`] : []),
    ...(withPupils
      ? [
          sql`select s.id, l.unit_id from stranger s join line l on l.person_id = s.id`,
          sql`select l.id, l.unit_id from line l where l.outcome in ('review', 'not-found')`,
        ]
      : []),
  ]
  return sql`
    with home
    as materialized (select * from unnest(${firsts(asked.units)}, ${seconds(asked.units)}) as h (written_id, unit_id)),
    here
    as materialized (select *
      from unnest(${firsts(asked.schools)}, ${seconds(asked.schools)}) as s (school_id, unit_id)),
    ${source === 'facts' ? sql`` : sql`${anewOnes},`}
    tie as materialized (${source === 'facts' ? ties(asked) : tiesAnew(asked)}),
    child as materialized (select distinct on (t.person_id) t.* from tie t order by t.person_id)
    ${withChildren ? sql`, ${children(asked)}` : sql``}
    ${withPupils ? sql`, ${pupils(asked, source)}` : sql``},
    found as (${sql.join(found, sql` union all `)}),
    stand as materialized (${sql.join(stand, sql` union `)})`
}
