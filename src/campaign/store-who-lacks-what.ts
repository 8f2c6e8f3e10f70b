import { type RawBuilder, sql } from 'kysely'
import type { LawOfDay } from '../cards/cards.ts'
import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { ListBasis, Need } from './need-codes.ts'
import { defectsForCorrection } from './need-for-correction.ts'
import type { NeedLaw } from './need-law.ts'

/**
 * The people to count, by which basis, as of which day; empty lists of grades, classes, years and schools do not
 * narrow.
 */
export type NeedCohort = {
  readonly basis: ListBasis
  readonly day: Day
  readonly law: NeedLaw
  readonly schoolYear: string
  /** Each unit whose residents belong to the cohort, with the unit that it became by the day. */
  readonly units: readonly (readonly [unitId: Id<'unit'>, onDay: string])[]
  /** Each school that stands there on the day, with its unit. */
  readonly schools: readonly (readonly [schoolId: Id<'school'>, unitId: Id<'unit'>])[]
  readonly schoolsAsked: readonly string[]
  readonly grades: readonly number[]
  readonly classes: readonly string[]
  readonly bornIn: readonly number[]
  /** Where only some people are evaluated: a relation with their `person_id`. */
  readonly among?: RawBuilder<unknown>
}

export const uuidArray = (values: readonly string[]) => sql`${values}::uuid[]`

export const pairs = (values: readonly (readonly [string, string])[]) =>
  sql`unnest(${uuidArray(values.map(([one]) => one))}, ${uuidArray(values.map(([, other]) => other))})`

const narrowing = (values: readonly unknown[], condition: RawBuilder<unknown>) =>
  values.length ? sql`and ${condition}` : sql``

/** As an array, so that the planner looks the few up one by one. */
const isAmong = (among: RawBuilder<unknown> | undefined, personId: RawBuilder<unknown>) =>
  among ? sql`and ${personId} = any (array(select a.person_id from ${among} a))` : sql``

/**
 * The pupils of the rolls in force of a school year: whom a row was matched to. Later rows of a person on the same roll
 * are duplicates of it.
 */
const pupils = ({ schoolYear, schoolsAsked, grades, classes, among }: NeedCohort) => sql`
  select r.person_id, r.school_id, r.class, r.grade from rolls.published_row r
  where r.outcome = 'matched' and r.kind <> 'staff' and r.school_year = ${schoolYear}
    ${narrowing(schoolsAsked, sql`r.school_id = any (${uuidArray(schoolsAsked)})`)}
    ${narrowing(grades, sql`r.grade = any (${grades}::integer[])`)}
    ${narrowing(classes, sql`r.class = any (${classes}::text[])`)} ${isAmong(among, sql`r.person_id`)}`

/** Nearest to where a person lives first. */
const nearestFirst = (kind: RawBuilder<unknown>) =>
  sql`array_position(array['current', 'temporary', 'permanent'], ${kind})`

/** Whether a residence `d` is of the kind that a list counts by; where people live it is the nearest in force. */
const isOfBasis = (basis: ListBasis, day: Day) =>
  basis === 'living'
    ? sql`not exists (select from register.published_residence n where n.person_id = d.person_id
        and (n.from_on is null or n.from_on <= ${day}) and (n.to_on is null or n.to_on > ${day})
        and ${nearestFirst(sql`n.kind`)} < ${nearestFirst(sql`d.kind`)} offset 0)`
    : sql`d.kind = ${basis}`

/**
 * A row for each tie by which a person is counted: a roll of a school there, or a residence of the kind there, with the
 * rolls that the person is on. A person may have several, and then counts once in all, and in each school, class and
 * unit.
 */
export function relationships(cohort: NeedCohort): RawBuilder<unknown> {
  const { basis, day, units, schools, schoolsAsked, grades, classes, bornIn, among } = cohort
  if (basis === 'school')
    return sql`select p.person_id, p.school_id, p.class, p.grade, s.unit_id from (${pupils(cohort)}) p
      join ${pairs(schools)} as s (school_id, unit_id) using (school_id)`
  const isPupil = schoolsAsked.length + grades.length + classes.length > 0
  const residence = (ends: RawBuilder<unknown>) => sql`
    select d.person_id, h.unit_id from ${pairs(units)} as h (written_id, unit_id)
    join register.published_residence d on d.unit_id = h.written_id and ${isOfBasis(basis, day)}
      and (d.from_on is null or d.from_on <= ${day}) and ${ends} ${isAmong(among, sql`d.person_id`)}
    ${
      bornIn.length
        ? sql`join register.published_birth b on b.person_id = d.person_id
        and b.birth_y = any (${bornIn}::integer[])`
        : sql``
    }`
  return sql`
    select d.person_id, p.school_id, p.class, p.grade, d.unit_id
    from (${residence(sql`d.to_on is null`)} union all ${residence(sql`d.to_on > ${day}`)}) d
    ${isPupil ? sql`join` : sql`left join`} (${pupils(cohort)}) p on p.person_id = d.person_id`
}

/**
 * Whether the cohort has a person, given by an SQL expression for the id: the same condition, evaluated one person at a
 * time.
 */
export function isRelated(cohort: NeedCohort, personId: RawBuilder<unknown>): RawBuilder<unknown> {
  const { basis, day, units, schools, schoolsAsked, grades, classes } = cohort
  const isPupil = sql`exists (select from (${pupils(cohort)}) r where r.person_id = ${personId}
    ${basis === 'school' ? sql`and r.school_id = any (${uuidArray(schools.map(([id]) => id))})` : sql``} offset 0)`
  if (basis === 'school') return isPupil
  return sql`exists (select from register.published_residence d
      where d.person_id = ${personId} and ${isOfBasis(basis, day)}
      and d.unit_id = any (${uuidArray(units.map(([id]) => id))}) and (d.from_on is null or d.from_on <= ${day})
          and (d.to_on is null or d.to_on > ${day}) offset 0)
    ${narrowing([...schoolsAsked, ...grades, ...classes], isPupil)}`
}

/** The school and class that are shown of a person: the first of those by which they are counted. */
export const pupilOf = (cohort: NeedCohort, personId: RawBuilder<unknown>) => sql`
  select r.school_id, r.class from (${pupils(cohort)}) r where r.person_id = ${personId}
    ${cohort.basis === 'school' ? sql`and r.school_id = any (${uuidArray(cohort.schools.map(([id]) => id))})` : sql``}
  order by r.school_id, r.class limit 1`

export const bornOn = sql`
  case when p.birth_d is not null then make_date(p.birth_y, p.birth_m, p.birth_d)
       else (make_date(p.birth_y, coalesce(p.birth_m, 12), 1) + interval '1 month - 1 day')::date end as born_on`

const isInCohort = ({ bornIn }: Pick<NeedCohort, 'bornIn'>) =>
  sql`p.life_status <> 'dead' ${narrowing(bornIn, sql`p.birth_y = any (${bornIn}::smallint[])`)}`

/**
 * The living among some persons, by birth year where that narrows; a day or month that nobody knows is the last
 * possible.
 */
export const livingPeople = (people: RawBuilder<unknown>, cohort: Pick<NeedCohort, 'bornIn'>) => sql`
  select p.person_id, p.sort_key, p.birth_y, ${bornOn} from (${people}) whom
  join register.published_birth p on p.person_id = whom.person_id
  where ${isInCohort(cohort)}`

export type NeedListPosition = { readonly sortKey: string; readonly personId: Id<'person'> }

const afterPosition = (after: NeedListPosition | undefined) =>
  after ? sql`and (p.sort_key, p.person_id) > (${after.sortKey} collate "C", ${after.personId}::uuid)` : sql``

/** Whether a name has the words so, in any marks; folded as names are (src/names/name.ts). */
const isNamed = (folded: string | undefined) =>
  folded
    ? sql`and exists (select from register.published_person named where named.person_id = p.person_id
        and position(${folded} in named.name_ascii) > 0 offset 0)`
    : sql``

/**
 * Above so many units a page is soon full when everyone is asked in the order of names; below, its people are found
 * first and then put in order.
 */
const fewUnits = 10

/**
 * The living who are counted, in the order of their names, after a place. A page of a province reads some thousand
 * people instead of a hundred thousand: a tenth of a second for three (bench/RESULTS.md).
 */
export function peopleInOrder(
  cohort: NeedCohort,
  after: NeedListPosition | undefined,
  name?: string,
): RawBuilder<unknown> {
  if (cohort.units.length > fewUnits && cohort.schoolsAsked.length === 0 && !cohort.among)
    return sql`
      select p.person_id, p.sort_key, ${bornOn} from register.published_birth p
      where ${isInCohort(cohort)} ${isNamed(name)} and ${isRelated(cohort, sql`p.person_id`)} ${afterPosition(after)}`
  return sql`
    select p.* from (${livingPeople(sql`select distinct person_id from (${relationships(cohort)}) tie`, cohort)}) p
    where true ${isNamed(name)} ${afterPosition(after)} order by p.sort_key, p.person_id offset 0`
}

/**
 * An application that became known after the day may be much older. A list of who still needs something counts it from
 * `since ever`, so that nobody is called twice. A campaign, which asks who lacked it at the beginning, counts it from
 * `when known`: an applicant must not leave the campaign by applying.
 */
type StateSince = 'since ever' | 'when known'

/**
 * A card's state as of the day: the last that was known then. Where it became known later only: the first that did,
 * unless a day on the card says that it was not made yet, or not over yet; empty = it was no card then.
 */
const cardState = (day: Day, begun: StateSince) => sql`
  select case when x.state_on <= ${day} then x.state else (
    select case when m.on_day <= ${day} then m.state
                when m.state in ('applied', 'approved') then ${begun === 'since ever' ? sql`m.state` : sql`null`}
                when x.issued_on > ${day} then null
                when m.state = 'expired' and x.expires_on >= ${day} then 'handed-over'
                else m.state end
    from cards.published_transition m where m.person_id = x.person_id and m.card_id = x.id
    order by m.on_day <= ${day} desc, case when m.on_day <= ${day} then m.on_day end desc,
      case when m.on_day <= ${day} then m.at end desc, m.on_day, m.at
    limit 1) end as state`

/** An account's state and level as of the day, in the same way. */
const accountState = (day: Day, begun: StateSince) => sql`
  select x.state, x.level where x.state_on <= ${day}
  union all (
    select case when m.on_day <= ${day} then m.state
                when m.state = 'requested' then ${begun === 'since ever' ? sql`m.state` : sql`null`}
                when x.approved_on > ${day} then null
                when m.state in ('activated', 'locked') and x.activated_on > ${day} then 'approved'
                else m.state end,
           m.level
    from accounts.published_transition m where m.person_id = x.person_id and m.account_id = x.id and x.state_on > ${day}
    order by m.on_day <= ${day} desc, case when m.on_day <= ${day} then m.on_day end desc,
      case when m.on_day <= ${day} then m.at end desc, m.on_day, m.at
    limit 1)`

/** Past a renewal age that the card does not reach over, for cards whose term the extract does not give. */
const pastRenewal = ({ renewals }: LawOfDay) =>
  renewals.length
    ? sql`(${sql.join(
        renewals.map(
          ({ bornBy, years }) =>
            sql`(c.born_on <= ${bornBy}::date and x.issued_on < c.born_on + make_interval(years => ${years}))`,
        ),
        sql` or `,
      )})`
    : sql`false`

const termIsOver = (day: Day, law: LawOfDay) => sql`
  case when x.expires_on is null then x.issued_on is not null and ${pastRenewal(law)}
       when x.expires_on between ${law.extended.from}::date and ${law.extended.before}::date then
         ${law.extended.to}::date <= ${day}::date
       else x.expires_on <= ${day}::date end`

/**
 * How needs are evaluated: for all at once, where rolls are read once; or one person after another until a page is
 * full.
 */
type NeedEvaluation = 'of all' | 'one by one'

/**
 * A defect in a row of the person on any roll of the year shows that the register may be wrong. OFFSET 0 keeps the
 * planner from reading all rolls for a page.
 */
const mayBeWrong = (schoolYear: string, evaluation: NeedEvaluation) => sql`
  exists (select from rolls.published_row r where r.person_id = c.person_id and r.school_year = ${schoolYear}
          and r.outcome in ('matched', 'duplicate')
              and r.defects && ${defectsForCorrection}::text[] ${evaluation === 'one by one' ? sql`offset 0` : sql``})`

/**
 * Joins to each person of `c` (person_id, born_on) what they need. It depends on the person, the day and the school
 * year alone, so that figures and lists agree however they are narrowed. Without a school year corrections are left
 * out.
 */
export const neededOf = (
  {
    day,
    law,
    schoolYear,
    begun = 'since ever',
  }: { readonly day: Day; readonly law: NeedLaw; readonly schoolYear?: string; readonly begun?: StateSince },
  evaluation: NeedEvaluation = 'of all',
) => sql`
  cross join lateral (
    select coalesce(bool_or(s.state not in ('revoked', 'blocked')), false)                     as had,
           coalesce(bool_or(s.state in ('applied', 'approved', 'produced', 'at-unit')), false) as coming,
           coalesce(bool_or(s.state = 'expired' or (s.state = 'handed-over' and ${termIsOver(day, law)})),
               false) as over,
           (array_agg(s.state order by s.state = 'revoked', x.issued_on desc nulls first, x.id))[1] as state
    from cards.published_card x cross join lateral (${cardState(day, begun)} offset 0) s
    where x.person_id = c.person_id and s.state is not null and s.state <> 'cancelled'
  ) card
  left join lateral (
    select s.state, s.level from accounts.published_account x cross
    join lateral (${accountState(day, begun)} offset 0) s
    where x.person_id = c.person_id and s.state <> 'cancelled' order by s.level desc, x.id limit 1
  ) account on true
  cross join lateral (
    select array_remove(array[
      case when c.born_on <= ${law.dueBornBy}::date and not card.had then 'card' end,
      case when card.over and not card.coming then 'card-renewal' end,
      case when account.state is null and c.born_on <= ${law.accountBornBy}::date then 'account' end,
      case when account.state = 'approved' then 'activation' end,
      case when account.level = 1 and c.born_on <= ${law.accountBornBy}::date then 'level-2' end
      ${schoolYear === undefined ? sql`` : sql`, case when ${mayBeWrong(schoolYear, evaluation)} then 'correction' end`}
    ], null) as needs
  ) n`

/** The condition that a person has any of the needs; any at all, where none is given. */
export const anyOf = (needs: readonly Need[]) =>
  needs.length ? sql`n.needs && ${needs}::text[]` : sql`n.needs <> '{}'`
