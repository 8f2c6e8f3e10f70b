import { type RawBuilder, sql } from 'kysely'
import type { LawOfDay } from '../cards/cards.ts'
import type { Day } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import { type Basis, defectsForCorrection, type Need } from './need.ts'

/** Who is counted, by what, as of when; empty lists do not narrow. */
export type Cohort = {
  readonly basis: Basis
  readonly day: Day
  readonly law: LawOfDay
  readonly schoolYear: string
  readonly unitIds: readonly string[]
  readonly schoolIds: readonly string[]
  readonly grades: readonly number[]
  readonly classes: readonly string[]
  readonly bornIn: readonly number[]
}

export type NeedRow = {
  readonly person_id: string
  readonly full_name: string
  readonly sort_key: string
  readonly number: string | null
  readonly birth_y: number
  readonly birth_m: number | null
  readonly birth_d: number | null
  readonly sex: 'M' | 'F'
  readonly permanent_unit_id: string | null
  readonly school_id: string | null
  readonly class: string | null
  readonly grade: number | null
  readonly needs: Need[]
  readonly card_state: string | null
  readonly account_state: string | null
  readonly account_level: number | null
}

const ids = (values: readonly string[]) => sql`${values}::uuid[]`
const narrowing = (values: readonly unknown[], condition: RawBuilder<unknown>) => (values.length ? sql`and ${condition}` : sql``)

/** The pupils of the rolls in force, or who lives in the units; each person once. */
function population({ basis, schoolYear, schoolIds, unitIds, day }: Cohort): RawBuilder<unknown> {
  const roll = sql`select distinct on (r.person_id) r.person_id, r.school_id, r.class, r.grade, r.defects
    from rolls.published_row r where r.outcome = 'matched' and r.person_id is not null and r.school_year = ${schoolYear}`
  if (basis === 'school') return sql`${roll} and r.school_id = any (${ids(schoolIds)}) order by r.person_id, r.school_id, r.row_id`
  return sql`
    select d.person_id, p.school_id, p.class, p.grade, p.defects
    from (select distinct person_id from register.published_residence
          where kind = ${basis} and unit_id = any (${ids(unitIds)}) and (from_on is null or from_on <= ${day}) and (to_on is null or to_on > ${day})) d
    left join (${roll} order by r.person_id, r.school_id, r.row_id) p on p.person_id = d.person_id`
}

/** A thing's state as of the day: the last that was known then; the first that became known, where it was known later only. */
const stateAsOf = (moves: RawBuilder<unknown>, owner: RawBuilder<unknown>, day: Day) => sql`
  case when x.state_on <= ${day} then x.state
       else coalesce((select m.state from ${moves} m where m.person_id = x.person_id and ${owner} and m.on_day <= ${day} order by m.on_day desc, m.at desc limit 1), x.state)
  end`

/** Past a renewal age that the card does not reach over, for cards whose term the extract does not give. */
const pastRenewal = ({ renewals }: LawOfDay) =>
  renewals.length
    ? sql`(${sql.join(
        renewals.map(
          ({ bornBy, years }) => sql`(c.born_on <= ${bornBy}::date and x.issued_on < c.born_on + make_interval(years => ${years}))`,
        ),
        sql` or `,
      )})`
    : sql`false`

const termIsOver = (day: Day, law: LawOfDay) => sql`
  case when x.expires_on is null then x.issued_on is not null and c.born_on is not null and ${pastRenewal(law)}
       when x.expires_on between ${law.extended.from}::date and ${law.extended.before}::date then ${law.extended.to}::date <= ${day}::date
       else x.expires_on <= ${day}::date end`

/** One row a person with everything that tells what they need. Figures and lists both read it, so that they cannot disagree. */
function peopleInNeed(cohort: Cohort, whom: RawBuilder<unknown> = population(cohort)): RawBuilder<unknown> {
  const { day, law, grades, classes, bornIn } = cohort
  return sql`
    population as materialized (${whom}),
    counted as (
      select p.person_id, p.full_name, p.sort_key, p.number, p.birth_y, p.birth_m, p.birth_d, p.sex, p.permanent_unit_id,
             l.school_id, l.class, l.grade, coalesce(l.defects, '{}') as defects,
             case when p.birth_d is not null then make_date(p.birth_y, p.birth_m, p.birth_d)
                  else (make_date(p.birth_y, coalesce(p.birth_m, 12), 1) + interval '1 month - 1 day')::date end as born_on
      from population l join register.published_person p on p.person_id = l.person_id
      where p.life_status <> 'dead'
        ${narrowing(bornIn, sql`p.birth_y = any (${bornIn}::integer[])`)}
        ${narrowing(grades, sql`l.grade = any (${grades}::integer[])`)}
        ${narrowing(classes, sql`l.class = any (${classes}::text[])`)}
    ),
    card as (
      select c.person_id,
             bool_or(s.state not in ('revoked', 'blocked'))                                    as had,
             bool_or(s.state in ('applied', 'approved', 'produced', 'at-unit'))                as coming,
             bool_or(s.state = 'expired' or (s.state = 'handed-over' and ${termIsOver(day, law)})) as over,
             (array_agg(s.state order by x.issued_on desc nulls first))[1]                     as state
      from counted c join cards.published_card x on x.person_id = c.person_id
      cross join lateral (select ${stateAsOf(sql`cards.published_move`, sql`m.card_id = x.id`, day)} as state) s
      group by c.person_id
    ),
    account as (
      select distinct on (c.person_id) c.person_id, x.state, x.level
      from counted c join accounts.published_account x on x.person_id = c.person_id and x.state <> 'cancelled'
      order by c.person_id, x.level desc
    ),
    need as (
      select c.*, card.state as card_state, account.state as account_state, account.level as account_level,
             array_remove(array[
               case when c.born_on <= ${law.dueBornBy}::date and not coalesce(card.had, false) then 'card' end,
               case when card.over and not card.coming then 'card-renewal' end,
               case when account.person_id is null then 'account' end,
               case when account.state = 'approved' then 'activation' end,
               case when account.level = 1 then 'level-2' end,
               case when c.defects && ${defectsForCorrection}::text[] then 'correction' end
             ], null) as needs
      from counted c left join card on card.person_id = c.person_id left join account on account.person_id = c.person_id
    )`
}

const withNeeds = (needs: readonly Need[]) => (needs.length ? sql`needs && ${needs}::text[]` : sql`true`)

export type Tally = {
  readonly kind: 'all' | 'birth-year' | 'school' | 'class' | 'unit'
  readonly key: string | null
  readonly school_id: string | null
  readonly people: number
  readonly in_need: number
  readonly needs: Record<Need, number>
}

/** How many are counted, how many lack something, and how many lack each thing; whole, and by a key. */
export async function tally({ tx }: Work, cohort: Cohort): Promise<Tally[]> {
  const { rows } = await sql<Tally>`
    with ${peopleInNeed(cohort)}
    select case grouping(birth_y, school_id, class, permanent_unit_id) when 15 then 'all' when 7 then 'birth-year' when 11 then 'school' when 9 then 'class' else 'unit' end as kind,
           coalesce(birth_y::text, class, school_id::text, permanent_unit_id::text) as key, school_id,
           count(*) as people, count(*) filter (where needs <> '{}') as in_need,
           jsonb_build_object(
             'card',         count(*) filter (where 'card' = any (needs)),
             'card-renewal', count(*) filter (where 'card-renewal' = any (needs)),
             'account',      count(*) filter (where 'account' = any (needs)),
             'activation',   count(*) filter (where 'activation' = any (needs)),
             'level-2',      count(*) filter (where 'level-2' = any (needs)),
             'correction',   count(*) filter (where 'correction' = any (needs))) as needs
    from need group by grouping sets ((), (birth_y), (school_id), (school_id, class), (permanent_unit_id))
    order by 1, 2`.execute(tx)
  return rows
}

export type Page = { readonly after?: { readonly sortKey: string; readonly personId: string }; readonly limit: number }

/** The people who need any of these things (all, where none is asked), in the order of their names. */
export async function list({ tx }: Work, cohort: Cohort, needs: readonly Need[], { after, limit }: Page): Promise<NeedRow[]> {
  const { rows } = await sql<NeedRow>`
    with ${peopleInNeed(cohort)}
    select person_id, full_name, sort_key, number, birth_y, birth_m, birth_d, sex, permanent_unit_id, school_id, class, grade, needs, card_state, account_state,
           account_level
    from need where needs <> '{}' and ${withNeeds(needs)} ${after ? sql`and (sort_key, person_id) > (${after.sortKey} collate "C", ${after.personId}::uuid)` : sql``}
    order by sort_key, person_id limit ${limit}`.execute(tx)
  return rows
}

/** What some people need, whatever roll they are on; corrections apart, since those depend on a roll's row. */
export async function needsOf(
  { tx }: Work,
  personIds: readonly string[],
  day: Day,
  law: LawOfDay,
): Promise<{ person_id: string; needs: Need[] }[]> {
  const cohort: Cohort = { basis: 'permanent', day, law, schoolYear: '', unitIds: [], schoolIds: [], grades: [], classes: [], bornIn: [] }
  const those = sql`select person_id, null::uuid as school_id, null::text as class, null::integer as grade, null::text[] as defects from unnest(${ids(personIds)}) as person_id`
  const { rows } = await sql<{ person_id: string; needs: Need[] }>`
    with ${peopleInNeed(cohort, those)} select person_id, needs from need`.execute(tx)
  return rows
}

/** Where a person stands in the order of names. */
export async function placeOf({ tx }: Work, personId: string): Promise<{ sortKey: string; personId: string } | undefined> {
  const { rows } = await sql<{ sortKey: string; personId: string }>`
    select sort_key as "sortKey", person_id as "personId" from register.published_person where person_id = ${personId}`.execute(tx)
  return rows[0]
}
