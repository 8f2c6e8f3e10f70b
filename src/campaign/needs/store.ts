import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { type Work, withNeeds } from '../../platform/work.ts'
import type { FigurePart, ListOrder } from '../contract.ts'
import { needs as all, type Need } from '../need-codes.ts'
import type { NeedLaw } from '../need-law.ts'
import {
  anyOf,
  livingPeople,
  type NeedCohort,
  type NeedListPosition,
  neededOf,
  peopleInOrder,
  pupilOf,
  relationships,
  uuidArray,
} from '../store-who-lacks-what.ts'

export type { NeedListPosition } from '../store-who-lacks-what.ts'

export type NeedRow = {
  readonly person_id: Id<'person'>
  readonly full_name: string
  readonly sort_key: string
  readonly number: string | null
  readonly birth_y: number
  readonly birth_m: number | null
  readonly birth_d: number | null
  readonly sex: 'M' | 'F'
  readonly permanent_unit_id: Id<'unit'> | null
  readonly school_id: Id<'school'> | null
  readonly class: string | null
  readonly needs: Need[]
  readonly card_state: string | null
  readonly account_state: string | null
  readonly account_level: number | null
  readonly away_from: Day | null
  readonly away_until: Day | null
}

export type NeedTally = {
  readonly kind: 'all' | 'birth-year' | 'school' | 'class' | 'unit'
  readonly key: string | null
  readonly school_id: Id<'school'> | null
  readonly people: number
  readonly in_need: number
  readonly needs: Record<Need, number>
}

const counted = sql.join(
  all.map(need => sql`${sql.lit(need)}, count(*) filter (where ${sql.lit(need)} = any (n.needs))`),
)

/**
 * Counts the people, those with any of the needs, and those with each need; in all, and by key. Each person counts once
 * in each.
 */
export async function tallyNeeds(
  work: Work,
  cohort: NeedCohort,
  needs: readonly Need[],
  parts: readonly FigurePart[],
): Promise<NeedTally[]> {
  const statement = sql<NeedTally>`
    with tie as materialized (${relationships(cohort)}),
    c as materialized (${livingPeople(sql`select distinct person_id from tie`, cohort)}),
    need as materialized (select c.person_id, c.birth_y, n.needs from c ${neededOf(cohort)}),
    keyed as (${keyedPeople(parts)})
    select kind, key, school_id, count(*) as people, count(*) filter (where ${anyOf(needs)}) as in_need,
      jsonb_build_object(${counted}) as needs
    from keyed join need n using (person_id)
    group by kind, key, school_id order by kind, key, school_id`
  return (await withNeeds(work, ({ tx }) => statement.execute(tx))).rows
}

const keysOf: Readonly<Record<FigurePart, RawBuilder<unknown>>> = {
  'birth-year': sql`select 'birth-year', birth_y::text, null, person_id from need`,
  school: sql`
    select distinct 'school', school_id::text, school_id, person_id from tie where school_id is not null`,
  class: sql`select distinct 'class', class, school_id, person_id from tie where class is not null`,
  unit: sql`select distinct 'unit', unit_id::text, null::uuid, person_id from tie`,
}

/** The people of `need` under each key of the parts by which figures are divided, with their places in `tie`. */
export const keyedPeople = (parts: readonly FigurePart[]) => {
  const all = sql`select 'all' as kind, null as key, null::uuid as school_id, person_id from need`
  return sql.join([all, ...parts.map(part => keysOf[part])], sql` union all `)
}

export type NeedPage = { readonly after?: NeedListPosition; readonly limit: number; readonly name?: string | undefined }

/** Names by which schools and units are put in order; those of people stand in the database. */
export type NamedPlaces = readonly (readonly [id: string, sortKey: string])[]

export type NeedOrder = {
  readonly by: ListOrder
  readonly places: NamedPlaces
  readonly isDescending: boolean
}

/**
 * The people with any of the needs (with any at all, where none is given), in the order of their names. Reads personal
 * data for the page alone. Of a pupil whom a roll opens to be compared it has neither number nor ward.
 */
export async function findPeopleInNeed(
  work: Work,
  cohort: NeedCohort,
  needs: readonly Need[],
  { after, limit, name }: NeedPage,
): Promise<NeedRow[]> {
  const statement = sql<NeedRow>`
    with page as materialized (
      select c.person_id, c.sort_key, n.needs, card.state as card_state, account.state as account_state,
        account.level as account_level
      from (${peopleInOrder(cohort, after, name)}) c ${neededOf(cohort, 'one by one')}
      where ${anyOf(needs)} order by c.sort_key, c.person_id limit ${limit}
    )
    ${rowsOfPage(cohort)}
    order by page.sort_key, page.person_id`
  return (await withNeeds(work, ({ tx }) => statement.execute(tx))).rows
}

/** The rows of `page`, with who the people are and whether they are away. */
export const rowsOfPage = (cohort: NeedCohort) => sql`
    select p.person_id, p.full_name, p.sort_key, p.number, p.birth_y, p.birth_m, p.birth_d, p.sex, p.permanent_unit_id,
      t.school_id, t.class,
           page.needs, page.card_state, page.account_state, page.account_level,
           absence.from_on as away_from, absence.until_on as away_until
    from page join register.published_person p on p.person_id = page.person_id
    left join lateral (${pupilOf(cohort, sql`page.person_id`)}) t on true
    left join lateral (select a.from_on, a.until_on from register.published_absence a
      where a.person_id = page.person_id and a.from_on <= ${cohort.day} and a.until_on >= ${cohort.day}
      order by a.until_on desc limit 1) absence on true`

/** What a list is ordered by, of a person `c` and the school and class `t` that are shown of them. */
function orderKey({ by, places }: NeedOrder) {
  if (by === 'name') return sql`''::text`
  if (by === 'born') return sql`c.born_on::text`
  if (by === 'class') return sql`coalesce(t.class, '')`
  const of = by === 'school' ? sql`t.school_id` : sql`d.permanent_unit_id`
  const names = sql`unnest(${uuidArray(places.map(([id]) => id))}, ${places.map(([, key]) => key)}::text[])`
  return sql`coalesce((select n.key from ${names} n (id, key) where n.id = ${of}), '')`
}

/**
 * The same in another order than that of names: everybody who is counted is evaluated, then put in order; a page begins
 * after a person, by that person's own place. Gives nothing where that person is no longer on the list.
 */
export async function findPeopleInOrder(
  work: Work,
  cohort: NeedCohort,
  needs: readonly Need[],
  { after, limit, name, order }: NeedPage & { readonly order: NeedOrder },
): Promise<NeedRow[]> {
  const way = order.isDescending ? sql`desc` : sql`asc`
  const beyond = order.isDescending ? sql`<` : sql`>`
  const place = sql`l.order_key, l.sort_key, l.person_id`
  const beyondPlace = after
    ? sql`(${place}) ${beyond} (select ${place} from listed l where l.person_id = ${after.personId})`
    : sql`true`
  const statement = sql<NeedRow>`
    with c as materialized (${peopleInOrder(cohort, undefined, name)}),
    listed as materialized (
      select c.person_id, c.sort_key, (${orderKey(order)}) collate "C" as order_key, n.needs, card.state as card_state,
        account.state as account_state, account.level as account_level
      from c ${neededOf(cohort)}
      left join lateral (${pupilOf(cohort, sql`c.person_id`)}) t on true
      left join register.published_person d on d.person_id = c.person_id
      where ${anyOf(needs)}
    ),
    page as materialized (
      select row_number() over (order by l.order_key ${way}, l.sort_key ${way}, l.person_id ${way}) as place,
        l.*
      from listed l
      where ${beyondPlace}
      order by place limit ${limit}
    )
    ${rowsOfPage(cohort)}
    order by page.place`
  return (await withNeeds(work, ({ tx }) => statement.execute(tx))).rows
}

/** Everybody on the list, by id; one more than `most` where they are more. */
export async function findIdsInNeed(
  work: Work,
  cohort: NeedCohort,
  needs: readonly Need[],
  { name, most }: { readonly name?: string | undefined; readonly most: number },
): Promise<Id<'person'>[]> {
  const statement = sql<{ id: Id<'person'> }>`
    select c.person_id as id from (${peopleInOrder(cohort, undefined, name)}) c ${neededOf(cohort, 'one by one')}
    where ${anyOf(needs)} order by c.sort_key, c.person_id limit ${most + 1}`
  return (await withNeeds(work, ({ tx }) => statement.execute(tx))).rows.map(({ id }) => id)
}

/** The rows of chosen people, in the order of names, whatever they lack. */
export async function findChosenRows(
  work: Work,
  cohort: NeedCohort,
  personIds: readonly Id<'person'>[],
): Promise<NeedRow[]> {
  const statement = sql<NeedRow>`
    with page as materialized (
      select c.person_id, c.sort_key, n.needs, card.state as card_state, account.state as account_state,
        account.level as account_level
      from (${livingPeople(sql`select distinct unnest(${uuidArray(personIds)}) as person_id`, { bornIn: [] })}) c
        ${neededOf(cohort, 'one by one')}
    )
    ${rowsOfPage(cohort)}
    order by page.sort_key, page.person_id`
  return (await withNeeds(work, ({ tx }) => statement.execute(tx))).rows
}

/** The needs of some people, whatever roll they are on, without corrections, which depend on a roll's row. */
export async function findNeeds(
  work: Work,
  personIds: readonly Id<'person'>[],
  day: Day,
  law: NeedLaw,
): Promise<{ person_id: Id<'person'>; needs: Need[] }[]> {
  const statement = sql<{ person_id: Id<'person'>; needs: Need[] }>`
    select c.person_id, n.needs
    from (${livingPeople(sql`select distinct unnest(${uuidArray(personIds)}) as person_id`, { bornIn: [] })}) c
      ${neededOf({ day, law })}`
  return (await withNeeds(work, ({ tx }) => statement.execute(tx))).rows
}

/** A person's position in the order of names. */
export async function findListPosition(work: Work, personId: Id<'person'>): Promise<NeedListPosition | undefined> {
  const statement = sql<NeedListPosition>`
    select sort_key as "sortKey", person_id as "personId" from register.published_birth
    where person_id = ${personId}`
  return (await withNeeds(work, ({ tx }) => statement.execute(tx))).rows[0]
}
