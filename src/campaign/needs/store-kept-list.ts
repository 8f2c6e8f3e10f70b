import { type RawBuilder, sql } from 'kysely'
import type { Id } from '../../platform/ids.ts'
import { type Work, withNeeds } from '../../platform/work.ts'
import type { FigurePart } from '../contract.ts'
import { needs as all, type Need } from '../need-codes.ts'
import {
  anyOf,
  bornOn,
  livingPeople,
  type NeedCohort,
  neededOf,
  pairs,
  peopleInOrder,
  pupilOf,
  relationships,
  uuidArray,
} from '../store-who-lacks-what.ts'
import { keyedPeople, type NeedOrder, type NeedPage, type NeedRow, type NeedTally, rowsOfPage } from './store.ts'

/**
 * Figures and pages from what is kept of each person. Whom a deed touched a moment ago, and who has several homes or
 * rolls, is left out of it and evaluated anew (`anew`), in the same statement: both are of one moment.
 */
const anew = ({ bornIn }: NeedCohort) => sql`
  anew as materialized (
    select a.person_id from campaign.evaluated_anew(${bornIn}::smallint[]) a (person_id)),
  seen as materialized (select s.id from unnest((select platform.scope())) s (id))`

const among = sql`(select person_id from anew)`

/** Whether the reader sees the roll of a school; without it a resident has no school and no correction. */
const isSeen = sql`((select platform.sees_house()) or k.school_id in (select id from seen))`

const bit = (need: Need) => 1 << all.indexOf(need)
const correction = bit('correction')
const everyBit = (1 << all.length) - 1
const bitsOf = (needs: readonly Need[]) => (needs.length ? needs.reduce((bits, need) => bits | bit(need), 0) : everyBit)

const narrowedBy = (values: readonly unknown[], condition: RawBuilder<unknown>) =>
  values.length ? sql`and ${condition}` : sql``

/** Whether a kept row `k`, or a kind of them, is of the cohort. */
function isInKeptCohort({ basis, units, schools, schoolsAsked, grades, classes, bornIn }: NeedCohort) {
  const here = schools.map(([id]) => id)
  const isThere =
    basis === 'school'
      ? sql`k.school_id = any (${uuidArray(schoolsAsked.length ? here.filter(id => schoolsAsked.includes(id)) : here)})
          and ${isSeen}`
      : sql`k.unit_id = any (${uuidArray(units.map(([id]) => id))})
          ${schoolsAsked.length + grades.length + classes.length ? sql`and ${isSeen}` : sql``}
          ${narrowedBy(schoolsAsked, sql`k.school_id = any (${uuidArray(schoolsAsked)})`)}`
  return sql`${isThere}
    ${narrowedBy(grades, sql`k.grade = any (${grades}::smallint[])`)}
    ${narrowedBy(classes, sql`k.class = any (${classes}::text[])`)}
    ${narrowedBy(bornIn, sql`k.birth_y = any (${bornIn}::smallint[])`)}`
}

/** The kinds of needs are few, so that the planner knows how rare one is. */
function lacksAny({ basis }: NeedCohort, needs: readonly Need[]) {
  const bits = bitsOf(needs)
  const kinds = Array.from({ length: everyBit }, (_, at) => at + 1).filter(kind => kind & bits)
  const isNeeded = sql`k.needs <> 0 and k.needs = any (${kinds}::smallint[])`
  return basis === 'school' || !(bits & correction)
    ? isNeeded
    : sql`${isNeeded} and (k.needs & ${bits & ~correction} <> 0 or ${isSeen})`
}

const sums = (of: (need: Need) => RawBuilder<unknown>) => sql.join(all.map(need => sql`${of(need)} as ${sql.id(need)}`))

/** The columns of a cell that a part of the figures is told by, and what they are called there. */
const cellsOf: Readonly<Record<FigurePart, { readonly key: RawBuilder<unknown>; readonly school?: true }>> = {
  'birth-year': { key: sql`c.birth_y` },
  school: { key: sql`c.school_id`, school: true },
  class: { key: sql`c.class`, school: true },
  unit: { key: sql`c.unit_id` },
}

/** Sums of the cells: of all, and under each key of a part. */
function sumsOfCells(parts: readonly FigurePart[], needs: readonly Need[]) {
  const counts = sql`sum(c.people) as people,
    sum(c.people) filter (where c.needs & ${bitsOf(needs)}::integer <> 0) as in_need,
    ${sums(need => sql`sum(c.people) filter (where c.needs & ${sql.lit(bit(need))} <> 0)`)}`
  const ofPart = (part: FigurePart) => {
    const { key, school } = cellsOf[part]
    return sql`
      select ${sql.lit(part)}, ${key}::text, ${school ? sql`c.school_id` : sql`null::uuid`}, ${counts} from cell c
      ${school ? sql`where ${key} is not null` : sql``} group by ${key}, 3`
  }
  const ofAll = sql`select 'all' as kind, null as key, null::uuid as school_id, ${counts} from cell c`
  return sql.join([ofAll, ...parts.map(ofPart)], sql` union all `)
}

/** The same figures as `tallyNeeds`. */
export async function tallyKept(
  work: Work,
  cohort: NeedCohort,
  needs: readonly Need[],
  parts: readonly FigurePart[],
): Promise<NeedTally[]> {
  const { basis, units, schools } = cohort
  const onlyFor = (wanted: readonly FigurePart[], value: RawBuilder<unknown>) =>
    wanted.some(part => parts.includes(part)) ? value : sql`null`
  const few = { ...cohort, among }
  const nobodysPlace = sql.lit('00000000-0000-0000-0000-000000000000')
  const statement = sql<NeedTally>`
    with ${anew(cohort)},
    kind as (
      select k.unit_id, nullif(k.school_id, ${nobodysPlace}::uuid) as school_id, nullif(k.class, '') as class,
        k.birth_y, k.needs, k.people
      from campaign.need_count k where ${isInKeptCohort(cohort)}
      union all
      select k.unit_id, k.school_id, k.class, k.birth_y, k.needs, -1 from campaign.kept_need k
      where k.person_id = any (array(select person_id from anew)) and not k.is_apart and ${isInKeptCohort(cohort)}
    ),
    cell as materialized (
      select ${onlyFor(['unit'], sql`place.unit_id`)}::uuid as unit_id,
        ${onlyFor(['school', 'class'], sql`case when ${isSeen} then k.school_id end`)}::uuid as school_id,
        ${onlyFor(['class'], sql`case when ${isSeen} then k.class end`)}::text as class,
        ${onlyFor(['birth-year'], sql`k.birth_y`)}::smallint as birth_y,
        case when ${isSeen} then k.needs else k.needs & ${everyBit & ~correction}::integer end as needs,
        sum(k.people) as people
      from kind k join ${pairs(basis === 'school' ? schools : units)} as place (place_id, unit_id)
        on place.place_id = ${basis === 'school' ? sql`k.school_id` : sql`k.unit_id`}
      group by 1, 2, 3, 4, 5
    ),
    tie as materialized (${relationships(few)}),
    c as materialized (${livingPeople(sql`select distinct person_id from tie`, cohort)}),
    need as materialized (select c.person_id, c.birth_y, n.needs from c ${neededOf(cohort, 'one by one')}),
    keyed as (${keyedPeople(parts)}),
    counted as (
      ${sumsOfCells(parts, needs)}
      union all
      select kind, key, school_id, count(*), count(*) filter (where ${anyOf(needs)}),
        ${sums(need => sql`count(*) filter (where ${sql.lit(need)} = any (n.needs))`)}
      from keyed join need n using (person_id) group by kind, key, school_id
    )
    select kind, key, school_id, sum(people)::integer as people, coalesce(sum(in_need), 0)::integer as in_need,
      jsonb_build_object(${sql.join(
        all.map(need => sql`${sql.lit(need)}, coalesce(sum(${sql.id(need)}), 0)::integer`),
      )}) as needs
    from counted group by kind, key, school_id having sum(people) > 0 order by kind, key, school_id`
  return (await withNeeds(work, ({ tx }) => statement.execute(tx))).rows
}

/** A part of the kept rows that is read in order by itself, with what it is ordered by. */
type Part = {
  readonly key: RawBuilder<unknown>
  readonly where?: RawBuilder<unknown>
  /** All its rows have the same key, the least. */
  readonly isFirst?: true
  /** The places by whose rank it is ordered, and the column that names them: they are read one after another. */
  readonly ranked?: RankedPlaces & { readonly column: RawBuilder<unknown> }
}
type RankedPlaces = { readonly ranks: RawBuilder<unknown>; readonly ids: readonly string[]; readonly last: number }

/** Kept rows by parts, and a person `c` evaluated anew, with their pupil's row `t` and their record `d`. */
type Ordering = { readonly kept: readonly Part[]; readonly ofAnew: RawBuilder<unknown> }

/** Places of one name are of one rank, from one on. */
function ranksOf({ places }: NeedOrder): RankedPlaces {
  const keys = [...new Set(places.map(([, key]) => key))].toSorted((a, b) => (a < b ? -1 : 1))
  const rank = new Map(keys.map((key, at) => [key, at + 1]))
  const ids = places.map(([id]) => id)
  return {
    ids,
    last: keys.length,
    ranks: sql`unnest(${uuidArray(ids)}, ${places.map(([, key]) => rank.get(key) ?? 0)}::integer[])`,
  }
}

function orderingOf(order: NeedOrder, { basis }: NeedCohort): Ordering {
  if (order.by === 'name') return { kept: [{ key: sql`0` }], ofAnew: sql`0` }
  if (order.by === 'born') return { kept: [{ key: sql`k.born_on` }], ofAnew: sql`c.born_on` }
  if (order.by === 'class') {
    const ofAnew = sql`coalesce(t.class, '')`
    if (basis === 'school') return { kept: [{ key: sql`coalesce(k.class, '')` }], ofAnew }
    const isInClass = sql`k.class is not null and k.class <> '' and ${isSeen}`
    const inNone = { key: sql`''::text`, where: sql`(${isInClass}) is not true`, isFirst: true } as const
    return { kept: [inNone, { key: sql`k.class`, where: isInClass }], ofAnew }
  }
  const ofSchool = order.by === 'school'
  const places = ranksOf(order)
  const column = ofSchool ? sql`k.school_id` : sql`k.unit_id`
  const rankOf = (id: RawBuilder<unknown>) => sql`coalesce((select p.rank from ${places.ranks} p (id, rank)
    where p.id = ${id}), 0)`
  const ofAnew = rankOf(ofSchool ? sql`t.school_id` : sql`d.permanent_unit_id`)
  const ranked: Part = { key: sql`p.rank`, ranked: { ...places, column }, ...(ofSchool && { where: isSeen }) }
  if (ofSchool === (basis === 'school')) return { kept: [ranked], ofAnew }
  // Pupils of a school may live in any commune; they are few enough to be put in order.
  if (!ofSchool) return { kept: [{ key: rankOf(column) }], ofAnew }
  const isPlaced = sql`k.school_id = any (${uuidArray(places.ids)}) and ${isSeen}`
  return { kept: [{ key: sql`0`, where: sql`(${isPlaced}) is not true`, isFirst: true }, ranked], ofAnew }
}

/** The part of a name that is searched, and the words that hold it; none where it is too common to begin with it. */
export type NameSearch = { readonly name: string; readonly words?: readonly string[] | undefined }

/** Above so many a part of a name is so common that a page in order is soon full. */
const mostNamed = 20_000

export async function findNameSearch({ tx }: Work, name: string): Promise<NameSearch> {
  if (!/^[a-z]+(?: [a-z]+)*$/.test(name)) return { name }
  const { rows } = await sql<{ words: string[]; common: boolean }>`
    select w.words, campaign.are_more_named(w.words, ${mostNamed}) as common
    from (select campaign.words_with(${name}) as words offset 0) w`.execute(tx)
  return rows[0]?.common === false ? { name, words: rows[0].words } : { name }
}

const isKeptNamed = ({ name, words }: NameSearch) => {
  const isAmongNamed = sql`and k.person_id in (
    select n.id from campaign.people_named(${words ?? []}::text[], ${mostNamed}) n (id))`
  return sql`and position(${name} in k.name_ascii) > 0 ${words ? isAmongNamed : sql``}`
}

export type KeptPage = Omit<NeedPage, 'name'> & {
  readonly search?: NameSearch | undefined
  readonly order?: NeedOrder | undefined
}

const byName: NeedOrder = { by: 'name', places: [], isDescending: false }

/** The kept rows of the list. */
const keptList = (cohort: NeedCohort, needs: readonly Need[], search: NameSearch | undefined) => sql`
  not k.is_apart ${cohort.basis === 'school' ? sql`and k.school_id is not null` : sql``}
  and ${isInKeptCohort(cohort)} and ${lacksAny(cohort, needs)}
  and k.person_id not in (select person_id from anew) ${search ? isKeptNamed(search) : sql``}`

/**
 * The people of a page in order, as `listed (person_id, place)`. A page begins after a person, by that person's own
 * place; where they are no longer on the list, it has nothing but in the order of names.
 */
function listedPeople(
  cohort: NeedCohort,
  needs: readonly Need[],
  { after, limit, search, order = byName }: KeptPage,
): RawBuilder<unknown> {
  const { kept, ofAnew } = orderingOf(order, cohort)
  const isByName = order.by === 'name'
  const [way, beyond, back] = order.isDescending
    ? ([sql`desc`, sql`<`, sql`-1`] as const)
    : ([sql`asc`, sql`>`, sql`1`] as const)
  const few = { ...cohort, among }
  const placeOf = (alias: string) => sql`${sql.raw(alias)}.sort_key, ${sql.raw(alias)}.person_id`
  const inOrder = (key: RawBuilder<unknown>, alias: string) => {
    const place = sql`${sql.raw(alias)}.sort_key ${way}, ${sql.raw(alias)}.person_id ${way}`
    return isByName ? place : sql`${key} ${way}, ${place}`
  }
  const former = sql`(select b.order_key from before b)`
  const isBeyond = (key: RawBuilder<unknown>, alias: string) => {
    if (!after) return sql``
    if (isByName) return sql`and (${placeOf(alias)}) ${beyond} (${after.sortKey}::text, ${after.personId}::uuid)`
    return sql`and ${key} ${beyond}= ${former}
      and (${key}, ${placeOf(alias)}) ${beyond} (select b.order_key, b.sort_key, b.person_id from before b)`
  }
  const formerKey = kept.reduceRight<RawBuilder<unknown>>(
    (otherwise, { key, where, ranked }) =>
      ranked
        ? sql`coalesce((select p.rank from ${ranked.ranks} p (id, rank)
            where p.id = ${ranked.column} ${where ? sql`and ${where}` : sql``}), 0)`
        : where
          ? sql`case when ${where} then ${key} else ${otherwise} end`
          : key,
    sql`null`,
  )
  const before = sql`before as materialized (
    select ${formerKey} as order_key, k.sort_key, k.person_id from campaign.kept_need k
    where k.person_id = ${after?.personId ?? null}::uuid)`
  const rows = keptList(cohort, needs, search)

  /** Places are gone through in order until they have a page: the last that is read. */
  const lastPlace = ({ ranks, column, last }: NonNullable<Part['ranked']>, where: RawBuilder<unknown>) => {
    const peopleAt = (rank: RawBuilder<unknown>) => sql`(select count(*) from ${ranks} p (id, rank)
      join campaign.kept_need k on ${column} = p.id
      where p.rank = ${rank} and ${where} and ${rows})`
    const start = sql`greatest(coalesce(${former}, ${order.isDescending ? last : 1}), 1)`
    return sql`with recursive step (rank, people) as (
        select ${start}::integer, ${after ? sql`0::bigint` : peopleAt(start)}
        union all
        select s.rank + ${back}, s.people + ${peopleAt(sql`s.rank + ${back}`)} from step s
        where s.people < ${limit} and s.rank + ${back} between 1 and ${last}
      ) select min(rank) as low, max(rank) as high from step`
  }
  const part = ({ key, where = sql`true`, isFirst, ranked }: Part, at: number) => {
    const name = sql.raw(`part_${at}`)
    const last = sql.raw(`last_${at}`)
    const join = ranked ? sql`join ${ranked.ranks} as p (id, rank) on p.id = ${ranked.column}` : sql``
    // As an array, so that the places of the page alone are read by the index.
    const upTo = ranked
      ? sql`and ${ranked.column} = any (array(select r.id from ${ranked.ranks} r (id, rank), ${last} l
          where r.rank between l.low and l.high))`
      : sql``
    // The first part is over once a page begins in a later one.
    const within =
      isFirst && after && !order.isDescending
        ? sql`and ${former} = ${key}
      and (${placeOf('k')}) > (select b.sort_key, b.person_id from before b)`
        : isBeyond(key, 'k')
    return sql`
      ${ranked ? sql`${last} as materialized (${lastPlace(ranked, where)}),` : sql``}
      ${name} as materialized (
        select k.person_id, k.sort_key, ${key} as order_key from campaign.kept_need k ${join}
        where ${rows} and ${where} ${upTo} ${within}
        order by ${isFirst ? sql`k.sort_key ${way}, k.person_id ${way}` : inOrder(key, 'k')} limit ${limit}
      )`
  }
  return sql`
    ${anew(cohort)}, ${before}, ${sql.join(kept.map(part))},
    late as materialized (
      select c.person_id, c.sort_key, ${ofAnew} as order_key
      from (${peopleInOrder(few, undefined, search?.name)}) c ${neededOf(cohort, 'one by one')}
      left join lateral (${pupilOf(few, sql`c.person_id`)}) t on true
      left join register.published_person d on d.person_id = c.person_id
      where ${anyOf(needs)} ${isBeyond(ofAnew, 'c')}
    ),
    listed as materialized (
      select l.person_id, row_number() over (order by ${inOrder(sql`l.order_key`, 'l')}) as place
      from (${sql.join(
        kept.map((_, at) => sql`select * from ${sql.raw(`part_${at}`)}`),
        sql` union all `,
      )} union all select * from late) l order by place limit ${limit}
    )`
}

/** A page of the list, in any order. */
export async function findKeptPage(
  work: Work,
  cohort: NeedCohort,
  needs: readonly Need[],
  asked: KeptPage,
): Promise<NeedRow[]> {
  const statement = sql<NeedRow>`
    with ${listedPeople(cohort, needs, asked)},
    page as materialized (
      select c.person_id, c.place, n.needs, card.state as card_state, account.state as account_state,
        account.level as account_level
      from (select l.person_id, l.place, ${bornOn} from listed l
        join register.published_birth p on p.person_id = l.person_id offset 0) c ${neededOf(cohort, 'one by one')}
    )
    ${rowsOfPage(cohort)}
    order by page.place`
  return (await withNeeds(work, ({ tx }) => statement.execute(tx))).rows
}

/** Everybody on the list, by id; one more than `most` where they are more. */
export async function findKeptIds(
  work: Work,
  cohort: NeedCohort,
  needs: readonly Need[],
  { search, most }: { readonly search?: NameSearch | undefined; readonly most: number },
): Promise<Id<'person'>[]> {
  const statement = sql<{ id: Id<'person'> }>`
    with ${listedPeople(cohort, needs, { limit: most + 1, search })}
    select person_id as id from listed order by place`
  return (await withNeeds(work, ({ tx }) => statement.execute(tx))).rows.map(({ id }) => id)
}
