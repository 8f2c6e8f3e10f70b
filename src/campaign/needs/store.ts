import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { type Work, withNeeds } from '../../platform/work.ts'
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
export async function tallyNeeds(work: Work, cohort: NeedCohort, needs: readonly Need[]): Promise<NeedTally[]> {
  const statement = sql<NeedTally>`
    with tie as materialized (${relationships(cohort)}),
    c as materialized (${livingPeople(sql`select distinct person_id from tie`, cohort)}),
    need as materialized (select c.person_id, c.birth_y, n.needs from c ${neededOf(cohort)}),
    keyed as (
      select 'all' as kind, null as key, null::uuid as school_id, person_id from need
      union all select 'birth-year', birth_y::text, null, person_id from need
      union all select distinct 'school', school_id::text, school_id, person_id from tie where school_id is not null
      union all select distinct 'class', class, school_id, person_id from tie where class is not null
      union all select distinct 'unit', unit_id::text, null::uuid, person_id from tie
    )
    select kind, key, school_id, count(*) as people, count(*) filter (where ${anyOf(needs)}) as in_need,
      jsonb_build_object(${counted}) as needs
    from keyed join need n using (person_id)
    group by kind, key, school_id order by kind, key, school_id`
  return (await withNeeds(work, ({ tx }) => statement.execute(tx))).rows
}

export type NeedPage = { readonly after?: NeedListPosition; readonly limit: number }

/**
 * The people with any of the needs (with any at all, where none is given), in the order of their names. Reads personal
 * data for the page alone. Of a pupil whom a roll opens to be compared it has neither number nor ward.
 */
export async function findPeopleInNeed(
  work: Work,
  cohort: NeedCohort,
  needs: readonly Need[],
  { after, limit }: NeedPage,
): Promise<NeedRow[]> {
  const statement = sql<NeedRow>`
    with page as materialized (
      select c.person_id, c.sort_key, n.needs, card.state as card_state, account.state as account_state,
        account.level as account_level
      from (${peopleInOrder(cohort, after)}) c ${neededOf(cohort, 'one by one')}
      where ${anyOf(needs)} order by c.sort_key, c.person_id limit ${limit}
    )
    select p.person_id, p.full_name, p.sort_key, p.number, p.birth_y, p.birth_m, p.birth_d, p.sex, p.permanent_unit_id,
      t.school_id, t.class,
           page.needs, page.card_state, page.account_state, page.account_level,
           absence.from_on as away_from, absence.until_on as away_until
    from page join register.published_person p on p.person_id = page.person_id
    left join lateral (${pupilOf(cohort, sql`page.person_id`)}) t on true
    left join lateral (select a.from_on, a.until_on from register.published_absence a
      where a.person_id = page.person_id and a.from_on <= ${cohort.day} and a.until_on >= ${cohort.day}
      order by a.until_on desc limit 1) absence on true
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
