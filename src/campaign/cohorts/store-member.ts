import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Basis } from '../need-codes.ts'
import type { NeedLaw } from '../need-law.ts'
import { anyOf, neededOf } from '../store-who-lacks-what.ts'
import type { CohortRule } from './contract-definition.ts'
import type { MemberException } from './exception-reason.ts'

type CampaignId = Id<'campaign'>

type CohortOfQuery = {
  readonly rule: CohortRule
  readonly basis: Basis
  readonly ageFrom: number | undefined
  /** Where the rule names units or kinds of school: those alone. */
  readonly units?: readonly string[]
  readonly schools?: readonly (readonly [schoolId: Id<'school'>, unitId: Id<'unit'>])[]
}

/** The query for a campaign's members. */
export type MemberQuery = {
  readonly campaignId: CampaignId
  readonly rootUnitId: Id<'unit'>
  readonly basis: Basis
  readonly schoolYear: string
  readonly startsOn: Day
  /** The eve of the campaign: members from the outset count since then. */
  readonly openedOn: Day
  readonly day: Day
  /** A person who comes of age after it is no member. */
  readonly lastOn: Day
  readonly law: NeedLaw
  /** Every unit, as written, whose residents take part. */
  readonly units: readonly string[]
  readonly schools: readonly (readonly [schoolId: Id<'school'>, unitId: Id<'unit'>])[]
  readonly cohorts: readonly CohortOfQuery[]
}

/**
 * The persons to evaluate: everyone, or those in the temporary table `due_person (person_id)`, which the caller has
 * filled.
 */
export type MemberScope = 'everyone' | 'due'

const narrowedTo = (who: MemberScope, personId: RawBuilder<unknown>) =>
  // As an array, so that the planner looks the few of a second up one by one instead of reading everyone
  // (bench/RESULTS.md, "Statistics").
  who === 'everyone' ? sql`` : sql`and ${personId} = any (array(select d.person_id from due_person d))`

const kindsOf = ({ from }: CohortRule) =>
  from === 'candidates' ? ['candidates'] : from === 'staff' ? ['staff'] : ['pupils', 'candidates']

const uuids = (ids: readonly string[]) => sql`${[...ids]}::uuid[]`

const schoolsTable = ({ schools }: MemberQuery) =>
  sql`unnest(${uuids(schools.map(([id]) => id))}, ${uuids(schools.map(([, unit]) => unit))}) as s (school_id, unit_id)`

/** Matched roll rows in force, at the campaign's schools. */
const onRolls = (query: MemberQuery, rule: CohortRule, who: MemberScope) => sql`
  select r.person_id, r.school_id, r.class, s.unit_id from rolls.published_row r join ${schoolsTable(query)}
  using (school_id)
  where r.outcome = 'matched' and r.school_year = ${query.schoolYear} and r.kind = any (${kindsOf(rule)}::text[])
    ${rule.grades?.length ? sql`and r.grade = any (${rule.grades}::integer[])` : sql``}
      ${narrowedTo(who, sql`r.person_id`)}`

const isOnRolls = ({ grades, schoolKinds, from }: CohortRule) =>
  Boolean(grades?.length) ||
  Boolean(schoolKinds?.length) ||
  from === 'rolls' ||
  from === 'candidates' ||
  from === 'staff'

const inForce = (day: Day) => sql`(d.from_on is null or d.from_on <= ${day}) and (d.to_on is null or d.to_on > ${day})`

/** Residents, with the school where a roll has them: the first by id, so that it is always the same. */
const residents = (query: MemberQuery, { rule, basis }: CohortOfQuery, who: MemberScope) => sql`
  select d.person_id, p.school_id, p.class, d.unit_id
  from register.published_residence d
  ${isOnRolls(rule) ? sql`join` : sql`left join`} (
    select distinct on (r.person_id) r.person_id, r.school_id, r.class from rolls.published_row r
    where r.outcome = 'matched' and r.school_year = ${query.schoolYear} and r.kind = any (${kindsOf(rule)}::text[])
      ${rule.grades?.length ? sql`and r.grade = any (${rule.grades}::integer[])` : sql``}
      ${rule.schoolKinds?.length ? sql`and r.school_id = any (${uuids(query.schools.map(([id]) => id))})` : sql``}
        ${narrowedTo(who, sql`r.person_id`)}
    order by r.person_id, r.school_id, r.class
  ) p on p.person_id = d.person_id
  where d.kind = ${basis} and d.unit_id = any (${uuids(query.units)})
    and ${inForce(query.day)} ${narrowedTo(who, sql`d.person_id`)}`

/**
 * Parents or guardians of a roll's pupils whom the register knows; they belong where they live, or to the school where
 * that is elsewhere or not known.
 */
const parents = (query: MemberQuery, rule: CohortRule, who: MemberScope) => sql`
  select k.related_person_id as person_id, null::uuid as school_id, null::text as class,
    coalesce(d.unit_id, p.unit_id) as unit_id
  from (${onRolls(query, rule, 'everyone')}) p
  join register.published_birth c
    on c.person_id = p.person_id ${rule.bornIn?.length ? sql`and c.birth_y = any (${rule.bornIn}::integer[])` : sql``}
  join register.published_kin k on k.person_id = p.person_id and k.relation = any (${rule.relation ?? []}::text[])
    and k.related_person_id is not null
  left join register.published_residence d on d.person_id = k.related_person_id and d.kind = 'permanent'
    and ${inForce(query.day)}
    and d.unit_id = any (${uuids(query.units)})
  where true ${narrowedTo(who, sql`k.related_person_id`)}`

const memberPlaces = (all: MemberQuery, cohort: CohortOfQuery, who: MemberScope) => {
  const query = {
    ...all,
    ...(cohort.units && { units: cohort.units }),
    ...(cohort.schools && { schools: cohort.schools }),
  }
  if (cohort.rule.relation) return parents(query, cohort.rule, who)
  return cohort.basis === 'school' ? onRolls(query, cohort.rule, who) : residents(query, cohort, who)
}

/** An unknown day or month counts as the last possible, as in store-who-lacks-what.ts. */
const bornOn = sql`
  case when b.birth_d is not null then make_date(b.birth_y, b.birth_m, b.birth_d)
       else (make_date(b.birth_y, coalesce(b.birth_m, 12), 1) + interval '1 month - 1 day')::date end`

/** The birthday on which someone comes of age; of those born on 29 February 1 March, as in platform/day.ts. */
const dayOfAge = (years: number) => sql`
  (c.born_on + make_interval(years => ${years}))::date
  + case when extract(month from c.born_on) = 2 and extract(day from c.born_on) = 29
          and extract(day from c.born_on + make_interval(years => ${years})) = 28 then 1 else 0 end`

/** The people of one cohort, each tie a row. */
function cohortMembers(
  query: MemberQuery,
  cohortOfQuery: CohortOfQuery,
  index: number,
  who: MemberScope,
): RawBuilder<unknown> {
  const { rule, ageFrom } = cohortOfQuery
  const bornIn = rule.relation ? [] : (rule.bornIn ?? [])
  const inOn =
    ageFrom === undefined ? sql`${query.openedOn}::date` : sql`greatest(${query.openedOn}::date, ${dayOfAge(ageFrom)})`
  return sql`
    select c.person_id, ${index}::smallint as cohort, c.birth_y, c.school_id, c.class, c.unit_id, ${inOn} as in_on
    from (
      select t.person_id, t.school_id, t.class, t.unit_id, b.birth_y, ${bornOn} as born_on
      from (${memberPlaces(query, cohortOfQuery, who)}) t join register.published_birth b on b.person_id = t.person_id
      where b.life_status <> 'dead' ${bornIn.length ? sql`and b.birth_y = any (${bornIn}::integer[])` : sql``}
    ) c
    ${rule.lacking?.length ? neededOf({ day: query.startsOn, law: query.law, begun: 'when known' }) : sql``}
    where ${inOn} <= ${query.lastOn}::date ${rule.lacking?.length ? sql`and ${anyOf(rule.lacking)}` : sql``}`
}

/** How many people the cohorts mean: in all, and in each those whom no cohort before it has. */
export async function countMeant(
  { tx }: Work,
  query: Omit<MemberQuery, 'campaignId'>,
): Promise<{ cohort: number; people: number }[]> {
  // No campaign has this id: nobody is excused from it, and nobody added.
  const asked = { ...query, campaignId: noCampaign }
  const all = sql.join(
    query.cohorts.map((one, place) => cohortMembers(asked, one, place, 'everyone')),
    sql` union all `,
  )
  const { rows } = await sql<{ cohort: number; people: number }>`
    select w.cohort, count(*)::integer as people
    from (select distinct on (m.person_id) m.person_id, m.cohort from (${all}) m order by m.person_id, m.cohort) w
    group by w.cohort`.execute(tx)
  return rows
}

const noCampaign = '00000000-0000-0000-0000-000000000000' as CampaignId

export async function prepareExpectedMembers({ tx }: Work): Promise<void> {
  await sql`
    create temporary table if not exists meant (
      person_id uuid not null, band smallint not null, unit_id uuid not null, school_id uuid, class text,
        in_on date not null, came_by text not null
    ) on commit drop`.execute(tx)
  await sql`truncate meant`.execute(tx)
}

/**
 * Finds members by the rules, each once: by the first cohort, and in it the first school; less those excused, and with
 * those added.
 */
export async function findExpectedMembers({ tx }: Work, query: MemberQuery, who: MemberScope): Promise<void> {
  const all = sql.join(
    query.cohorts.map((one, place) => cohortMembers(query, one, place, who)),
    sql` union all `,
  )
  await sql`
    insert into meant (person_id, band, unit_id, school_id, class, in_on, came_by)
    select distinct on (w.person_id) w.person_id, b.band, w.unit_id, w.school_id, w.class, w.in_on, 'rule'
    from (${all}) w
    join campaign.band b on b.campaign_id = ${query.campaignId} and b.cohort = w.cohort
      and (b.born_from is null or b.born_from <= w.birth_y) and (b.born_to is null or b.born_to >= w.birth_y)
    where not exists (select from campaign.exception e
      where e.campaign_id = ${query.campaignId} and e.person_id = w.person_id and e.kind = 'excused')
    order by w.person_id, w.cohort, w.school_id nulls last, w.class nulls last, w.unit_id`.execute(tx)
  await sql`
    insert into meant (person_id, band, unit_id, school_id, class, in_on, came_by)
    select e.person_id,
           (select min(b.band) from campaign.band b where b.campaign_id = ${query.campaignId}
              and (b.born_from is null or b.born_from <= p.birth_y) and (b.born_to is null or b.born_to >= p.birth_y)),
           coalesce((select d.unit_id from register.published_residence d
               where d.person_id = e.person_id and ${inForce(query.day)}
                       and d.unit_id = any (${uuids(query.units)}) order by d.kind <> 'permanent', d.kind limit 1),
                           ${query.rootUnitId}::uuid),
           null, null, ${query.openedOn}::date, 'added'
    from campaign.exception e join register.published_birth p on p.person_id = e.person_id and p.life_status <> 'dead'
    where e.campaign_id = ${query.campaignId} and e.kind = 'added' ${narrowedTo(who, sql`e.person_id`)}
      and not exists (select from meant m where m.person_id = e.person_id)`.execute(tx)
  await sql`create index if not exists meant_person on meant (person_id)`.execute(tx)
  await sql`analyze meant`.execute(tx)
}

/** The basis of the cohort that makes a person a member. */
const basisOfBand = (query: MemberQuery) => sql`
  coalesce((select c.rule ->> 'basis' from campaign.band k
      join campaign.cohort c on c.campaign_id = k.campaign_id and c.place = k.cohort
            where k.campaign_id = ${query.campaignId} and k.band = m.band), ${query.basis})`

/** Why a person is no longer a member, or is one in another unit or school: the first difference names the cause. */
const causeOf = (query: MemberQuery) => sql`
  case when n.person_id is not null
    and (n.unit_id <> m.unit_id or n.school_id is distinct from m.school_id) then 'moved'
       when n.person_id is not null then 'corrected'
       when e.reason = 'duplicate'  then 'duplicate'
       when e.reason = 'moved-away' then 'moved'
       when e.reason = 'deceased' or b.life_status = 'dead' then 'died'
       when e.kind = 'excused' then 'excused'
       when m.came_by = 'added' then 'corrected'
       when not exists (select from campaign.band k where k.campaign_id = ${query.campaignId} and k.band = m.band
                        and (k.born_from is null or k.born_from <= b.birth_y)
                            and (k.born_to is null or k.born_to >= b.birth_y)) then 'corrected'
       when ${basisOfBand(query)} = 'school' then 'left-roll'
       when not exists (select from register.published_residence d
         where d.person_id = m.person_id and d.kind = ${basisOfBand(query)}
                        and d.unit_id = any (${uuids(query.units)}) and ${inForce(query.day)}) then 'moved'
       else 'corrected' end`

const isOtherwise = sql`(n.person_id is null or (n.band, n.unit_id, n.in_on) <> (m.band, m.unit_id, m.in_on)
  or (n.school_id, n.class) is distinct from (m.school_id, m.class))`

/** Moves changed members to the former ones, and writes the new state. Returns how many rows changed. */
export async function writeMemberDifferences(
  { tx }: Work,
  query: MemberQuery,
  edition: number,
  who: MemberScope,
): Promise<number> {
  const former = await sql`
    insert into campaign.former_member
      (person_id, campaign_id, until, band, unit_id, school_id, class, in_on, came_by, since, cause)
    select m.person_id, m.campaign_id, ${edition}, m.band, m.unit_id, m.school_id, m.class, m.in_on, m.came_by, m.since,
      ${causeOf(query)}
    from campaign.member m
    left join meant n on n.person_id = m.person_id
    left join register.published_birth b on b.person_id = m.person_id
    left join campaign.exception e on e.person_id = m.person_id and e.campaign_id = m.campaign_id
    where m.campaign_id = ${query.campaignId} ${narrowedTo(who, sql`m.person_id`)} and ${isOtherwise}`.execute(tx)
  await sql`
    delete from campaign.member m where m.campaign_id = ${query.campaignId} ${narrowedTo(who, sql`m.person_id`)}
      and not exists (select from meant n where n.person_id = m.person_id)`.execute(tx)
  await sql`
    update campaign.member m
    set band = n.band, unit_id = n.unit_id, school_id = n.school_id, class = n.class, in_on = n.in_on,
      since = ${edition},
      came_by = (select f.cause from campaign.former_member f
        where f.person_id = m.person_id and f.campaign_id = m.campaign_id and f.until = ${edition})
    from meant n where n.person_id = m.person_id and m.campaign_id = ${query.campaignId} and ${isOtherwise}`.execute(tx)
  const fresh = await sql`
    insert into campaign.member (person_id, campaign_id, band, unit_id, school_id, class, in_on, came_by, since)
    select n.person_id, ${query.campaignId}, n.band, n.unit_id, n.school_id, n.class, n.in_on,
           case when n.came_by = 'added' then 'added'
                when not exists (select from campaign.frozen f where f.campaign_id = ${query.campaignId}) then 'rule'
                when ${query.basis} = 'school' then 'joined-roll'
                when exists (select from campaign.former_member f
                  where f.person_id = n.person_id and f.campaign_id = ${query.campaignId}
                             and f.cause in ('corrected', 'duplicate', 'excused')) then 'corrected'
                else 'moved' end, ${edition}
    from meant n
    where not exists (select from campaign.member m
      where m.person_id = n.person_id and m.campaign_id = ${query.campaignId})`.execute(tx)
  return Number(former.numAffectedRows ?? 0n) + Number(fresh.numAffectedRows ?? 0n)
}

/** Stores how many members a campaign had at first, by commune and band: a denominator that does not change. */
export async function insertFrozenMembers({ tx }: Work, campaignId: CampaignId): Promise<void> {
  await sql`
    insert into campaign.frozen (campaign_id, unit_id, band, people)
    select campaign_id, unit_id, coalesce(band, 0), count(*) from campaign.member where campaign_id = ${campaignId}
    group by campaign_id, unit_id, grouping sets ((band), ())
    union all select id, unit_id, 0, 0 from campaign.campaign
    where id = ${campaignId} and not exists (select from campaign.member where campaign_id = ${campaignId})
    on conflict do nothing`.execute(tx)
}

export async function hasFrozenMembers({ tx }: Work, campaignId: CampaignId): Promise<boolean> {
  const { rows } = await sql<{
    is: boolean
  }>`select exists (select from campaign.frozen where campaign_id = ${campaignId}) as is`.execute(tx)
  return rows[0]?.is ?? false
}

export async function isMember({ tx }: Work, campaignId: CampaignId, personId: Id<'person'>): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`
    select exists (select from campaign.member
      where campaign_id = ${campaignId} and person_id = ${personId}) as is`.execute(tx)
  return rows[0]?.is ?? false
}

/** The open campaigns that mean a person. */
export async function openCampaignsOf({ tx }: Work, personId: Id<'person'>): Promise<CampaignId[]> {
  const { rows } = await sql<{ id: CampaignId }>`
    select c.id from campaign.member m join campaign.campaign c on c.id = m.campaign_id
    where m.person_id = ${personId} and c.state = 'open' order by c.starts_on, c.id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** The open campaigns that mean each of some people. */
export async function openCampaignsOfPeople(
  { tx }: Work,
  personIds: readonly Id<'person'>[],
): Promise<{ personId: Id<'person'>; campaignId: CampaignId }[]> {
  const { rows } = await sql<{ personId: Id<'person'>; campaignId: CampaignId }>`
    select m.person_id as "personId", c.id as "campaignId"
    from campaign.member m join campaign.campaign c on c.id = m.campaign_id
    where m.person_id = any (${[...personIds]}::uuid[]) and c.state = 'open' order by c.starts_on, c.id`.execute(tx)
  return rows
}

export async function putException(
  { tx, by, today, now }: Work,
  campaignId: CampaignId,
  exception: MemberException,
): Promise<void> {
  const { personId, kind, reason, otherId, note } = exception
  await sql`
    insert into campaign.exception (person_id, campaign_id, kind, reason, other_id, note, on_day, by_kind, by_id, at)
    values (${personId}, ${campaignId}, ${kind}, ${reason}, ${otherId ?? null}, ${note ?? null}, ${today}, ${by.kind},
        ${by.id}, ${now})
    on conflict (person_id, campaign_id)
    do update set kind = excluded.kind, reason = excluded.reason, other_id = excluded.other_id, note = excluded.note,
      on_day = excluded.on_day, by_kind = excluded.by_kind, by_id = excluded.by_id, at = excluded.at`.execute(tx)
}

export async function dropException({ tx }: Work, campaignId: CampaignId, personId: Id<'person'>): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from campaign.exception where campaign_id = ${campaignId} and person_id = ${personId}`.execute(tx)
  return Number(numAffectedRows ?? 0n) > 0
}
