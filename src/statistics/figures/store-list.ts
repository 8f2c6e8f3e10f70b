import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { type Work, withNeeds } from '../../platform/work.ts'
import type { MilestoneColumn } from '../milestone-column.ts'
import type { FigureListOrder } from './contract-people.ts'
import { membersAsKnown, milestoneOf, milestonesAsKnown } from './store.ts'

/**
 * Groups of people behind a figure: those with a milestone by a day, those who reached it since another day, those who
 * lack it, all members, those who stopped before it.
 */
export type PeopleGroup = 'done' | 'new' | 'lacking' | 'members' | 'stopped'

export type PeopleQuery = {
  readonly campaignId: Id<'campaign'>
  readonly edition: number | undefined
  /** Units as written. */
  readonly units: readonly string[]
  readonly band: number
  readonly school: string | undefined
  readonly class: string | undefined
  readonly which: PeopleGroup
  readonly has: MilestoneColumn
  readonly not: MilestoneColumn | undefined
  /** The step before, for `stopped`; absent: all members. */
  readonly before: MilestoneColumn | undefined
  readonly day: Day
  /** The day before the first, for `new`. */
  readonly from: Day
}

const uuidArray = (ids: readonly string[]) => sql`${[...ids]}::uuid[]`
/** Whether a person has it by a day. */
const hasReached = ({ has, not }: Pick<PeopleQuery, 'has' | 'not'>, day: Day) =>
  not ? sql`(${reachedOn(has, day)} and not ${reachedOn(not, day)})` : reachedOn(has, day)

function reachedOn(column: MilestoneColumn, day: Day): RawBuilder<unknown> {
  return sql`(m.in_on <= ${day}::date and ${sql.raw(`t.${column}_on`)} is not null
        and ${sql.raw(`t.${column}_on`)} <= ${day}::date)`
}

/** Those of a list; `gone` of one of level 1: who had it before and was raised since, and counts less. */
function groupCondition(people: PeopleQuery): RawBuilder<unknown> {
  const { which, day, from, before } = people
  if (which === 'members') return sql`m.in_on <= ${day}::date`
  if (which === 'done') return hasReached(people, day)
  if (which === 'lacking') return sql`m.in_on <= ${day}::date and not ${hasReached(people, day)}`
  if (which === 'stopped')
    return sql`${before ? reachedOn(before, day) : sql`m.in_on <= ${day}::date`} and not ${reachedOn(people.has, day)}`
  return sql`${hasReached(people, day)} <> ${hasReached(people, from)}`
}

const narrowed = ({ units, band, school, class: schoolClass }: PeopleQuery) => sql`
  m.unit_id = any (${uuidArray(units)}) ${band === 0 ? sql`` : sql`and m.band = ${band}`}
  ${school ? sql`and m.school_id = ${school}` : sql``} ${schoolClass ? sql`and m.class = ${schoolClass}` : sql``}`

/** Everyone of a list, with what is needed to put them in order. */
export const peopleRows = (people: PeopleQuery, more: RawBuilder<unknown> = sql``) => sql`
  select m.person_id, m.unit_id, m.school_id, m.class, m.band,
    ${sql.raw(`greatest(t.${people.has}_on, m.in_on)`)} as has_on,
         ${people.which === 'new' ? sql`not ${hasReached(people, people.day)}` : sql`false`} as gone
  from ${membersAsKnown(people.campaignId, people.edition)} m ${milestoneOf(people.edition)}
  where ${narrowed(people)} and ${groupCondition(people)} ${more}`

export type PeopleListPosition = { readonly sortKey: string; readonly personId: Id<'person'> }

export type PeopleListRow = {
  readonly person_id: Id<'person'>
  readonly full_name: string | null
  readonly number: string | null
  readonly birth_y: number | null
  readonly birth_m: number | null
  readonly birth_d: number | null
  readonly sex: string | null
  readonly unit_id: Id<'unit'>
  readonly school_id: Id<'school'> | null
  readonly class: string | null
  readonly band: number
  readonly has_on: Day | null
  readonly gone: boolean
}

/** A person whose name the officer may not see is sorted to the end of a list. */
const unseen = '~'

const afterPosition = (after: PeopleListPosition | undefined, key = sql`b.sort_key`, id = sql`b.person_id`) =>
  after ? sql`and (${key}, ${id}) > (${after.sortKey} collate "C", ${after.personId}::uuid)` : sql``

/**
 * A page in the order of names. Long lists are read along the order of all names, asking of each whether they are on
 * it: a page is full after some hundreds. Short ones are gathered first.
 */
export async function findPeople(
  work: Work,
  people: PeopleQuery,
  { after, limit, isLong }: { after?: PeopleListPosition | undefined; limit: number; isLong: boolean },
): Promise<PeopleListRow[]> {
  const found = isLong
    ? sql`
      select b.person_id, b.sort_key, o.unit_id, o.school_id, o.class, o.band, o.has_on, o.gone
      from register.published_birth b
      cross join lateral (${peopleRows(people, sql`and m.person_id = b.person_id offset 0`)}) o
      where true ${afterPosition(after)} order by b.sort_key, b.person_id limit ${limit}`
    : sql`
      select o.person_id, coalesce(b.sort_key, ${unseen}) as sort_key, o.unit_id, o.school_id, o.class, o.band,
        o.has_on, o.gone
      from (${peopleRows(people)}) o left join register.published_birth b on b.person_id = o.person_id
      where true ${afterPosition(after, sql`coalesce(b.sort_key, ${unseen})`, sql`o.person_id`)} order by 2, 1
      limit ${limit}`
  const statement = sql<PeopleListRow>`
    with page as materialized (${found})
    select page.person_id, p.full_name, p.number, p.birth_y, p.birth_m, p.birth_d, p.sex, page.unit_id, page.school_id,
      page.class, page.band,
           page.has_on, page.gone
    from page left join register.published_person p on p.person_id = page.person_id
    order by page.sort_key, page.person_id`
  const { rows } = await withNeeds(work, ({ tx }) => statement.execute(tx))
  return rows
}

/** Names of schools and units by which a list is put in order; those of people stand in the database. */
export type PlaceKeys = readonly (readonly [id: string, key: string])[]

export type PeopleOrder = { readonly by: FigureListOrder; readonly places: PlaceKeys; readonly isDescending: boolean }

/** Whether a name has the words so, in any marks; who is not to be seen has none. */
const isNamed = (folded: string | undefined) =>
  folded
    ? sql`where exists (select from register.published_person n where n.person_id = o.person_id
        and position(${folded} in n.name_ascii) > 0 offset 0)`
    : sql``

function orderKey({ by, places }: PeopleOrder): RawBuilder<unknown> {
  if (by === 'name') return sql`''`
  if (by === 'on') return sql`coalesce(o.has_on::text, '')`
  if (by === 'class') return sql`coalesce(o.class, '')`
  if (by === 'born')
    return sql`coalesce(lpad(b.birth_y::text, 4, '0') || lpad(coalesce(b.birth_m, 99)::text, 2, '0')
      || lpad(coalesce(b.birth_d, 99)::text, 2, '0'), '')`
  const of = by === 'school' ? sql`o.school_id` : sql`o.unit_id`
  const names = sql`unnest(${uuidArray(places.map(([id]) => id))}, ${places.map(([, key]) => key)}::text[])`
  return sql`coalesce((select k.key from ${names} k (id, key) where k.id = ${of}), '')`
}

export type PeopleInOrder = PeopleListRow & { readonly total: number }

/** A page in another order than that of names, or of those with a name: everybody is found, then put in order. */
export async function findPeopleInOrder(
  work: Work,
  people: PeopleQuery,
  { name, order, skip, limit }: { name: string | undefined; order: PeopleOrder; skip: number; limit: number },
): Promise<PeopleInOrder[]> {
  const way = order.isDescending ? sql`desc` : sql`asc`
  const statement = sql<PeopleInOrder>`
    with page as materialized (
      select o.*, count(*) over () as total,
        row_number() over (order by (${orderKey(order)}) collate "C" ${way},
          coalesce(b.sort_key, ${unseen}) ${way}, o.person_id ${way}) as place
      from (${peopleRows(people)}) o left join register.published_birth b on b.person_id = o.person_id
      ${isNamed(name)} order by place offset ${skip} limit ${limit}
    )
    select page.person_id, p.full_name, p.number, p.birth_y, p.birth_m, p.birth_d, p.sex, page.unit_id, page.school_id,
      page.class, page.band, page.has_on, page.gone, page.total::integer as total
    from page left join register.published_person p on p.person_id = page.person_id order by page.place`
  return (await withNeeds(work, ({ tx }) => statement.execute(tx))).rows
}

/** The schools, or the units, of a list. */
export async function findPlaces(work: Work, people: PeopleQuery, of: 'school' | 'unit'): Promise<string[]> {
  const statement = sql<{ id: string | null }>`
    select distinct ${of === 'school' ? sql`o.school_id` : sql`o.unit_id`} as id from (${peopleRows(people)}) o`
  const { rows } = await withNeeds(work, ({ tx }) => statement.execute(tx))
  return rows.flatMap(({ id }) => id ?? [])
}

/** Everybody of a list who is in sight, by id; one more than `most` where they are more. */
export async function findListedIds(
  work: Work,
  people: PeopleQuery,
  { name, most }: { name: string | undefined; most: number },
): Promise<Id<'person'>[]> {
  const statement = sql<{ person_id: Id<'person'> }>`
    select o.person_id from (${peopleRows(people)}) o
    join register.published_birth b on b.person_id = o.person_id
    ${isNamed(name)} order by b.sort_key, o.person_id limit ${most + 1}`
  const { rows } = await withNeeds(work, ({ tx }) => statement.execute(tx))
  return rows.map(({ person_id }) => person_id)
}

/** The last person of each page of a long list. */
export async function findPageMarks(work: Work, people: PeopleQuery, every: number): Promise<string[]> {
  const statement = sql<{ person_id: Id<'person'> }>`
    select person_id from (
      select o.person_id, row_number() over (order by coalesce(b.sort_key, ${unseen}), o.person_id) as place
      from (${peopleRows(people)}) o left join register.published_birth b on b.person_id = o.person_id
    ) l where place % ${every} = 0 order by place`
  const { rows } = await withNeeds(work, ({ tx }) => statement.execute(tx))
  return rows.map(({ person_id }) => person_id)
}

/** How long a list is: those who came less those who went. */
export async function countPeople(work: Work, people: PeopleQuery): Promise<number> {
  const statement = sql<{
    people: number
  }>`select count(*) filter (where not gone) - count(*) filter (where gone) as people
    from (${peopleRows(people)}) o`
  const { rows } = await withNeeds(work, ({ tx }) => statement.execute(tx))
  return rows[0]?.people ?? 0
}

/** Where a page begins: after a person, by name where they are seen. */
export async function findPeoplePosition(work: Work, personId: Id<'person'>): Promise<PeopleListPosition> {
  const statement = sql<PeopleListPosition>`
    select sort_key as "sortKey", person_id as "personId" from register.published_birth
    where person_id = ${personId}`
  const { rows } = await withNeeds(work, ({ tx }) => statement.execute(tx))
  return rows[0] ?? { sortKey: unseen, personId }
}

/** Who of a list was on it in one state of knowledge and not in another, and what is known of why. */
export type ChangedPersonRow = {
  readonly person_id: Id<'person'>
  readonly way: 'gone' | 'come'
  /** Why their membership moved or ended, where that is so. */
  readonly member_cause: string | null
  readonly came_by: string | null
  readonly moved_in: boolean
  /** Since when they had it, as known in the one edition and in the other; since when they have a card or account. */
  readonly had_on: Day | null
  readonly has_on: Day | null
  readonly begun_on: Day | null
}

/** Since when a person `x` had a thing, as known in an edition. */
const dayAsKnown = (column: MilestoneColumn, edition: number) => sql`
  (select k.${sql.raw(`${column}_on`)} from ${milestonesAsKnown(edition)} k where k.person_id = x.person_id limit 1)`

/** Compares a list as known in two editions; reads only persons with a change between them. */
export async function findChangedPeople(
  work: Work,
  people: PeopleQuery,
  since: number,
  until: number,
): Promise<ChangedPersonRow[]> {
  const { campaignId } = people
  const among = sql`and m.person_id = any (array(select person_id from touched))`
  const statement = sql<ChangedPersonRow>`
    with touched as materialized (
      select person_id from campaign.published_former_member
      where campaign_id = ${campaignId} and until > ${since} and until <= ${until}
      union select person_id from campaign.published_member
      where campaign_id = ${campaignId} and since > ${since} and since <= ${until}
      union select f.person_id from statistics.former_milestone f where f.until > ${since} and f.until <= ${until}
    ),
    before as (${peopleRows({ ...people, edition: since }, among)}),
    after as (${peopleRows({ ...people, edition: until }, among)}),
    turned as (
      -- Who is on a list as one who left it counts less: their coming there is a going.
      select coalesce(b.person_id, a.person_id) as person_id,
        case when (a.person_id is null) <> coalesce(b.gone, a.gone) then 'gone' else 'come' end as way
      from before b full join after a on a.person_id = b.person_id and a.gone = b.gone
      where a.person_id is null or b.person_id is null
    )
    select x.person_id, x.way,
           (select f.cause from campaign.published_former_member f
             where f.person_id = x.person_id and f.campaign_id = ${campaignId}
              and f.until > ${since} and f.until <= ${until}
              and (x.way = 'come' or f.unit_id = any (${uuidArray(people.units)})) order by f.until desc
                limit 1) as member_cause,
           (select m.came_by from ${membersAsKnown(campaignId, until)} k
             join campaign.published_member m on m.person_id = k.person_id and m.campaign_id = ${campaignId}
              where k.person_id = x.person_id limit 1) as came_by,
           not exists (select from ${membersAsKnown(campaignId, since)} k
             where k.person_id = x.person_id ${people.band === 0 ? sql`` : sql`and k.band = ${people.band}`}
                       and k.unit_id = any (${uuidArray(people.units)}) offset 0) as moved_in,
           ${dayAsKnown(people.has, since)} as had_on, ${dayAsKnown(people.has, until)} as has_on,
           ${dayAsKnown(people.has.startsWith('card') ? 'card_applied' : 'account_received', until)} as begun_on
    from turned x`
  const { rows } = await withNeeds(work, ({ tx }) => statement.execute(tx))
  return rows
}

export async function findUnitNames({ tx }: Work, ids: readonly Id<'person'>[]): Promise<Map<Id<'person'>, string>> {
  const { rows } = await sql<{ person_id: Id<'person'>; full_name: string }>`
    select person_id, full_name from register.published_person where person_id = any (${uuidArray(ids)})
    order by sort_key`.execute(tx)
  return new Map(rows.map(row => [row.person_id, row.full_name]))
}
