import { sql } from 'kysely'
import { type Day, dayAfter } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import { busyMinutes } from './law.ts'
import type { OfficerDay, PersonWeek } from './pattern.ts'

/** What is derived from the readings of a day, and what is read of it. */

export type Counting = {
  readonly from: Date
  readonly until: Date
  /** The day by which sessions and cases stand: the same, but in a demonstration. */
  readonly houseDay: Day
  readonly night: { readonly from: number; readonly until: number }
  /** Days off, and the day that stands for each of them in a demonstration. */
  readonly daysOff: readonly Day[]
  readonly fixedDay: Day | null
  readonly listFrom: number
  readonly graceMinutes: number
  readonly sessionDays: number
  readonly errandDays: number
  /** Each acting unit with each unit that it answers for. */
  readonly members: readonly { readonly acting: string; readonly unit: string }[]
}

export type CountedDay = Omit<OfficerDay, 'day' | 'role'>

const zone = 'Asia/Ho_Chi_Minh'

/**
 * Whether something ties a pair of officer and person: a deed of the officer about them, a case that another opened, a
 * roster, an application, an account or a card in the hands of the unit. What an officer opened
 * or printed alone ties nothing.
 */
const tieOf = ({ from, until, houseDay, sessionDays, errandDays }: Counting) => sql`
  case
    when p.has_case then 'case'
    when exists (select from audit.published_officer_deed d
      where d.person_id = p.person_id and d.by_id = p.officer_id and d.at >= ${from} and d.at < ${until}
        and d.deed not in ('opening.asked', 'opening.withdrawn', 'names.opened', 'history.opened',
          'person-sheet.printed')) then 'deed'
    when exists (select from planning.published_roster r
      join planning.published_session s on s.id = r.session_id
      join member m on m.acting = p.unit_id and m.unit = s.unit_id
      where r.person_id = p.person_id and r.day between ${houseDay}::date - ${sessionDays}::integer
        and ${houseDay}::date + ${sessionDays}::integer) then 'session'
    when exists (select from enrolment.published_application a
      join member m on m.acting = p.unit_id and m.unit = a.unit_id
      where a.person_id = p.person_id and a.begun_on between ${houseDay}::date - ${errandDays}::integer
        and ${houseDay}::date) then 'application'
    when exists (select from accounts.published_account a
      join member m on m.acting = p.unit_id and m.unit = a.unit_id
      where a.person_id = p.person_id and a.state_on >= ${houseDay}::date - ${errandDays}::integer) then 'account'
    when exists (select from cards.published_order o
      join member m on m.acting = p.unit_id and m.unit = o.unit_id
      where o.person_id = p.person_id and o.approved_on >= ${houseDay}::date - ${errandDays}::integer) then 'card'
    when exists (select from register.published_access_case c
      join member m on m.acting = p.unit_id and m.unit = c.unit_id
      where c.person_id = p.person_id and c.until >= ${houseDay}::date and c.opened_on <= ${houseDay}::date
        and (c.opened_by <> p.officer_id or c.accepted_by is not null)
        and (c.kind <> 'opening' or c.accepted_by is not null)) then 'open-case'
  end`

/** The readings of some officers in a span of time, each with what ties it. `only`: of one officer. */
const tiedReadings = (counting: Counting, only?: string) => sql`
  member as materialized (
    select acting, unit from unnest(${counting.members.map(({ acting }) => acting)}::uuid[],
      ${counting.members.map(({ unit }) => unit)}::uuid[]) as m (acting, unit)),
  reading as materialized (
    select a.*, a.by_id as officer_id, (a.at at time zone ${zone}) as local from audit.published_officer_reading a
    where a.at >= ${counting.from} and a.at < ${counting.until} and a.unit_id is not null
      and ${only === undefined ? sql`a.by_id ~ '^[0-9a-f-]{36}$'` : sql`a.by_id = ${only}`}),
  batch as (
    select batch_id, count(distinct person_id) as size from reading group by batch_id),
  pair as materialized (
    select officer_id, unit_id, person_id, bool_or(case_id is not null) as has_case
    from reading group by officer_id, unit_id, person_id),
  own as materialized (
    select distinct p.officer_id, p.unit_id, p.person_id from pair p
    join register.published_scope s on s.person_id = p.person_id
    join member m on m.acting = p.unit_id and m.unit = s.unit_id),
  tied as materialized (
    select p.officer_id, p.unit_id, p.person_id, ${tieOf(counting)} as tie,
      exists (select from own o where o.officer_id = p.officer_id and o.unit_id = p.unit_id
        and o.person_id = p.person_id) as is_own
    from pair p),
  judged as materialized (
    select r.*, t.is_own, b.size,
      coalesce(t.tie, case when t.is_own and b.size >= ${counting.listFrom} then 'list' end) as tie,
      extract(hour from r.local)::integer as hour,
      (r.local::date = any (${counting.daysOff}::date[]) or extract(hour from r.local) >= ${counting.night.from}
        or extract(hour from r.local) < ${counting.night.until})
      and not exists (select from planning.published_session_officer o
        where o.officer_id = r.officer_id::uuid and o.day = coalesce(${counting.fixedDay}::date, r.local::date)
          and r.local between r.local::date + o.from_at - make_interval(mins => ${counting.graceMinutes})
            and r.local::date + o.to_at + make_interval(mins => ${counting.graceMinutes}))
      as is_off
    from reading r join tied t using (officer_id, unit_id, person_id) join batch b using (batch_id))`

const hourly = sql.join(
  Array.from({ length: 24 }, (_, hour) => sql`count(*) filter (where hour = ${sql.lit(hour)})::integer`),
)

/**
 * Counts a day's readings by officer and unit, and keeps by person what nothing ties. One pass over the day: readings
 * come by their time (audit.access_by_time), ties by the key of each person.
 */
export async function countDay({ tx }: Work, day: Day, counting: Counting): Promise<CountedDay[]> {
  await sql`delete from inspection.person_day where day = ${day}`.execute(tx)
  const { rows } = await sql<CountedDay>`
    with ${tiedReadings(counting)},
    busy as (
      select officer_id, unit_id, first_at, count(*) over (partition by officer_id, unit_id order by first_at
        range between make_interval(mins => ${busyMinutes}) preceding and current row) as people
      from (select officer_id, unit_id, person_id, min(at) as first_at from judged where tie is null
            group by officer_id, unit_id, person_id) as f),
    busiest as (
      select distinct on (officer_id, unit_id) officer_id, unit_id, people, first_at from busy
      order by officer_id, unit_id, people desc, first_at desc),
    search as (
      select officer_id, unit_id, count(*)::integer as searches, (count(*) filter (where not is_used))::integer as idle
      from (select officer_id, unit_id, batch_id, bool_or(tie in ('case', 'deed')) is true as is_used
            from judged where fields like '%by-name%' group by officer_id, unit_id, batch_id) as s
      group by officer_id, unit_id),
    deed as (
      select by_id as officer_id, count(*)::integer as deeds from audit.published_officer_deed
      where day = ${counting.houseDay} and at >= ${counting.from} and at < ${counting.until} group by by_id),
    export as (
      select j.officer_id, j.unit_id, count(*)::integer as exported from judged j
      where exists (select from audit.published_officer_deed d
        where d.day = ${counting.houseDay} and d.by_id = j.officer_id and d.work_id = j.batch_id
          and (d.deed like '%.exported' or d.deed in ('list.printed', 'person-sheet.printed')))
      group by j.officer_id, j.unit_id),
    given as (
      select j.officer_id, j.unit_id, d.unit_id as school_id, count(distinct j.person_id)::integer as people
      from judged j join audit.published_officer_deed d on d.by_id = j.officer_id and d.work_id = j.batch_id
        and d.person_id = j.person_id
      where d.day = ${counting.houseDay} and d.deed = 'number.released'
      group by j.officer_id, j.unit_id, d.unit_id),
    release as (
      select officer_id, unit_id, json_agg(json_build_object('schoolId', school_id, 'people', people)
        order by people desc, school_id) as releases
      from given group by officer_id, unit_id),
    untied as (
      select officer_id, unit_id, person_id, count(*)::integer as times from judged where tie is null
      group by officer_id, unit_id, person_id),
    kin as (
      select u.officer_id, u.unit_id, count(*)::integer as kin from untied u
      join staff.published_officer o on o.id::text = u.officer_id
      join register.published_person p on p.person_id = u.person_id
      where p.full_name = o.full_name
        or exists (select from register.published_household_member m
          join register.published_household_member n on n.household_id = m.household_id
          join register.published_person x on x.person_id = n.person_id
          where m.person_id = u.person_id and x.full_name = o.full_name)
        or (starts_with(o.full_name, split_part(p.full_name, ' ', 1) || ' ')
          and exists (select from register.published_residence a
            join register.published_residence b on b.unit_id = a.unit_id and b.kind = a.kind and b.to_on is null
              and b.address = a.address and a.address <> ''
            join register.published_person x on x.person_id = b.person_id
            where a.person_id = u.person_id and a.kind = 'permanent' and a.to_on is null and x.full_name = o.full_name))
      group by u.officer_id, u.unit_id),
    people as (
      insert into inspection.person_day (person_id, day, unit_id, officer_ids, acting_ids, counts)
      select u.person_id, ${day}, (select p.permanent_unit_id from register.published_person p
          where p.person_id = u.person_id),
        array_agg(u.officer_id::uuid order by u.times desc, u.officer_id),
        array_agg(u.unit_id order by u.times desc, u.officer_id), array_agg(u.times order by u.times desc, u.officer_id)
      from untied u group by u.person_id returning 1)
    select j.officer_id as "officerId", j.unit_id as "unitId", count(*)::integer as readings,
      count(distinct person_id)::integer as people,
      (count(*) filter (where tie is null))::integer as untied,
      (count(distinct person_id) filter (where tie is null))::integer as "untiedPeople",
      (count(distinct person_id) filter (where tie is null and not is_own))::integer as strangers,
      (count(*) filter (where is_off))::integer as "offHours",
      (count(distinct person_id) filter (where is_off and tie is null))::integer as "offHoursPeople",
      min(at) filter (where is_off and tie is null) as "offHoursFrom",
      max(at) filter (where is_off and tie is null) as "offHoursTo",
      coalesce(min(b.people), 0)::integer as "busiestPeople", min(b.first_at) as "busiestAt",
      coalesce(min(s.searches), 0) as searches, coalesce(min(s.idle), 0) as "idleSearches",
      coalesce(min(e.exported), 0) as exported, coalesce(min(k.kin), 0) as kin, coalesce(min(d.deeds), 0) as deeds,
      array[${hourly}] as hours,
      coalesce((select r.releases from release r where r.officer_id = j.officer_id and r.unit_id = j.unit_id), '[]')
        as releases
    from judged j
    left join busiest b using (officer_id, unit_id) left join search s using (officer_id, unit_id)
    left join export e using (officer_id, unit_id) left join kin k using (officer_id, unit_id)
    left join deed d using (officer_id)
    group by j.officer_id, j.unit_id order by j.officer_id, j.unit_id`.execute(tx)
  return rows
}

/** In which units officers acted in a span of time. */
export async function actingUnits({ tx }: Work, from: Date, until: Date): Promise<Id<'unit'>[]> {
  const { rows } = await sql<{ unitId: Id<'unit'> }>`
    select distinct unit_id as "unitId" from audit.published_officer_reading
    where at >= ${from} and at < ${until} and unit_id is not null`.execute(tx)
  return rows.map(({ unitId }) => unitId)
}

export type ListedReading = {
  readonly id: Id<'access'>
  readonly personId: Id<'person'>
  readonly at: Date
  readonly fields: string
  readonly purpose: string
  readonly unitId: Id<'unit'>
  readonly caseKind: string | null
  readonly tie: string | null
  readonly isOwn: boolean
  readonly isOff: boolean
  readonly fullName: string | null
  readonly homeId: Id<'unit'> | null
}

export type ReadingFilter = {
  readonly officerId: string
  readonly tied?: boolean | undefined
  readonly off?: boolean | undefined
  readonly field?: string | undefined
  /** Readings with which this school was given a number. */
  readonly releasedTo?: string | undefined
  readonly units: readonly string[] | 'all'
  readonly after?: { readonly at: Date; readonly id: string } | undefined
  readonly limit: number
}

const isReleaseTo = (schoolId: string) => sql`
  exists (select from audit.published_officer_deed d where d.person_id = j.person_id and d.by_id = j.officer_id
    and d.work_id = j.batch_id and d.deed = 'number.released' and d.unit_id = ${schoolId})`

/** The readings of an officer in a span, in the order of time, each with what ties it. The caller shows initials. */
export async function findReadings({ tx }: Work, counting: Counting, filter: ReadingFilter): Promise<ListedReading[]> {
  const { tied, off, field, releasedTo, units, after, limit } = filter
  const { rows } = await sql<ListedReading>`
    with ${tiedReadings(counting, filter.officerId)}
    select j.id, j.person_id as "personId", j.at, j.fields, j.purpose, j.unit_id as "unitId",
      j.case_kind as "caseKind", j.tie, j.is_own as "isOwn", j.is_off as "isOff", p.full_name as "fullName",
      p.permanent_unit_id as "homeId"
    from judged j left join register.published_person p on p.person_id = j.person_id
    where ${tied === undefined ? sql`true` : tied ? sql`j.tie is not null` : sql`j.tie is null`}
      and ${off === undefined ? sql`true` : sql`j.is_off = ${off}`}
      and ${field === undefined ? sql`true` : sql`${field} = any (string_to_array(j.fields, ','))`}
      and ${releasedTo === undefined ? sql`true` : isReleaseTo(releasedTo)}
      and ${units === 'all' ? sql`true` : sql`j.unit_id = any (${units}::uuid[])`}
      and ${after ? sql`(j.at, j.id) > (${after.at}::timestamptz, ${after.id}::uuid)` : sql`true`}
    order by j.at, j.id limit ${limit}`.execute(tx)
  return rows
}

const columns = sql.raw(`day, officer_id as "officerId", unit_id as "unitId", role, readings, people, untied,
  untied_people as "untiedPeople", strangers, off_hours as "offHours", off_hours_people as "offHoursPeople",
  off_hours_from as "offHoursFrom", off_hours_to as "offHoursTo", busiest_people as "busiestPeople",
  busiest_at as "busiestAt", searches, idle_searches as "idleSearches", exported, kin, deeds, hours,
  (select coalesce(json_agg(json_build_object('schoolId', g.school, 'people', g.people) order by g.place), '[]')
   from unnest(release_schools, release_counts) with ordinality as g (school, people, place)) as releases`)

/** Replaces the rows of a day. */
export async function writeDay({ tx }: Work, day: Day, rows: readonly OfficerDay[]): Promise<void> {
  await sql`delete from inspection.officer_day where day = ${day}`.execute(tx)
  if (rows.length === 0) return
  await sql`
    insert into inspection.officer_day (day, officer_id, unit_id, role, readings, people, untied, untied_people,
      strangers, off_hours, off_hours_people, off_hours_from, off_hours_to, busiest_people, busiest_at, searches,
      idle_searches, exported, kin, deeds, hours, release_schools, release_counts)
    select t.day, t."officerId", t."unitId", t.role, t.readings, t.people, t.untied, t."untiedPeople", t.strangers,
      t."offHours", t."offHoursPeople", t."offHoursFrom", t."offHoursTo", t."busiestPeople", t."busiestAt", t.searches,
      t."idleSearches", t.exported, t.kin, t.deeds, t.hours,
      array(select (g->>'schoolId')::uuid from json_array_elements(t.releases) with ordinality as r (g, n) order by n),
      array(select (g->>'people')::integer from json_array_elements(t.releases) with ordinality as r (g, n) order by n)
    from json_to_recordset(${JSON.stringify(rows)}::json) as t (day date, "officerId" uuid, "unitId" uuid, role text,
      readings integer, people integer, untied integer, "untiedPeople" integer, strangers integer, "offHours" integer,
      "offHoursPeople" integer, "offHoursFrom" timestamptz, "offHoursTo" timestamptz, "busiestPeople" integer,
      "busiestAt" timestamptz, searches integer, "idleSearches" integer, exported integer, kin integer, deeds integer,
      hours integer[], releases json)`.execute(tx)
}

/** The derived rows of some days, of the work's units; of one officer, or of one unit with those below. */
export async function findDays(
  { tx }: Work,
  {
    from,
    to,
    officerId,
    units,
  }: { from: Day; to: Day; officerId?: string | undefined; units?: readonly string[] | undefined },
): Promise<OfficerDay[]> {
  const { rows } = await sql<OfficerDay>`
    select ${columns} from inspection.officer_day
    where day between ${from} and ${to} and ${officerId === undefined ? sql`true` : sql`officer_id = ${officerId}`}
      and ${units === undefined ? sql`true` : sql`unit_id = any (${units}::uuid[])`}
    order by day, officer_id, unit_id`.execute(tx)
  return rows
}

/** Who was read untied in some days by somebody who read them on the last: by which officers, how often. */
export async function findPersonWeeks({ tx }: Work, from: Day, to: Day, least: number): Promise<PersonWeek[]> {
  const { rows } = await sql<
    Omit<PersonWeek, 'officers'> & { ids: Id<'officer'>[]; acting: Id<'unit'>[]; counts: number[] }
  >`
    with week as materialized (
      select d.person_id, d.unit_id as home, d.day, x.officer_id, x.acting_id, x.times from inspection.person_day d
      cross join lateral unnest(d.officer_ids, d.acting_ids, d.counts) as x (officer_id, acting_id, times)
      where d.day between ${from} and ${to}),
    by_officer as (
      select person_id, officer_id, min(acting_id::text)::uuid as acting_id, sum(times)::integer as times
      from week group by person_id, officer_id)
    select o.person_id as "personId", 
      (select min(w.home::text)::uuid from week w where w.person_id = o.person_id) as "unitId",
      (select min(w.day) from week w where w.person_id = o.person_id) as "from",
      (select max(w.day) from week w where w.person_id = o.person_id) as "to",
      (select count(distinct w.day)::integer from week w where w.person_id = o.person_id) as days,
      array_agg(o.officer_id order by o.times desc, o.officer_id) as ids,
      array_agg(o.acting_id order by o.times desc, o.officer_id) as acting,
      array_agg(o.times order by o.times desc, o.officer_id) as counts
    from by_officer o group by o.person_id
    having sum(o.times) >= ${least} or count(*) >= ${least}
    order by o.person_id`.execute(tx)
  return rows.map(({ ids, acting, counts, ...row }) => ({
    ...row,
    officers: ids.map((id, at) => ({ id, unitId: acting[at] as Id<'unit'>, count: counts[at] ?? 0 })),
  }))
}

/** How often each of those was read who live in a unit and were read untied in some days. */
export async function findNeighbours(
  { tx }: Work,
  unitId: string,
  from: Day,
  to: Day,
  except: string,
): Promise<number[]> {
  const { rows } = await sql<{ times: number }>`
    select sum(x.times)::integer as times from inspection.person_day d cross join lateral unnest(d.counts) as x (times)
    where d.day between ${from} and ${to} and d.unit_id = ${unitId} and d.person_id <> ${except}
    group by d.person_id`.execute(tx)
  return rows.map(({ times }) => times)
}

export type DerivedDay = {
  readonly day: Day
  readonly readings: number
  readonly officers: number
  readonly digest: Buffer
  readonly readTo: Date
  readonly derivedAt: Date
}

export async function writeDerived({ tx, now }: Work, one: Omit<DerivedDay, 'derivedAt'>): Promise<void> {
  await sql`
    insert into inspection.derived_day (day, readings, officers, digest, read_to, derived_at)
    values (${one.day}, ${one.readings}, ${one.officers}, ${one.digest}, ${one.readTo}, ${now})
    on conflict (day) do update set readings = excluded.readings, officers = excluded.officers,
      digest = excluded.digest, read_to = excluded.read_to, derived_at = excluded.derived_at`.execute(tx)
}

/** Which days were derived, the latest first. */
export async function derivedDays({ tx }: Work, since: Day): Promise<DerivedDay[]> {
  const { rows } = await sql<DerivedDay>`
    select day, readings, officers, digest, read_to as "readTo", derived_at as "derivedAt"
    from inspection.derived_day where day >= ${since} order by day desc`.execute(tx)
  return rows
}

/** Makes whoever derives at the same moment wait. */
export async function holdDeriving({ tx }: Work): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('inspection deriving', 0))`.execute(tx)
}

/** Posts that end within some days, or that were left: the last day of each officer in a unit. */
export async function endingPosts(
  { tx }: Work,
  on: Day,
  until: Day,
): Promise<{ officerId: Id<'officer'>; unitId: Id<'unit'>; endsOn: Day }[]> {
  const { rows } = await sql<{ officerId: Id<'officer'>; unitId: Id<'unit'>; endsOn: Day }>`
    select officer_id as "officerId", unit_id as "unitId", min(to_on) as "endsOn" from staff.published_post
    where for_id is null and to_on >= ${on} and to_on <= ${until} and not exists (
      select from staff.published_post p where p.officer_id = published_post.officer_id and p.for_id is null
        and p.unit_id = published_post.unit_id and (p.to_on is null or p.to_on > ${until}))
    group by officer_id, unit_id`.execute(tx)
  return rows
}

/** Sessions of some units around some days, and for how many people: a reason for readings before and after. */
export async function sessionsNear(
  { tx }: Work,
  units: readonly string[],
  from: Day,
  to: Day,
): Promise<{ day: Day; people: number }[]> {
  const { rows } = await sql<{ day: Day; people: number }>`
    select day, coalesce(sum(planned + walk_in), 0)::integer as people from planning.published_session
    where unit_id = any (${units}::uuid[]) and state <> 'cancelled'
      and day between ${from} and ${dayAfter(dayAfter(to))}
    group by day order by day limit 3`.execute(tx)
  return rows
}

/** How many rows of a school's rolls in force have some defects: a reason why it needs numbers. */
export async function rowsWithDefects({ tx }: Work, schoolId: string, defects: readonly string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from rolls.published_row
    where school_id = ${schoolId} and in_force and defects && ${defects}::text[]`.execute(tx)
  return rows[0]?.count ?? 0
}

/** The reason that some officers chose for most of the numbers that they gave a school. */
export async function usualReleaseReason(
  { tx }: Work,
  { schoolId, officerIds, from, to }: { schoolId: string; officerIds: readonly string[]; from: Day; to: Day },
): Promise<{ why: string; people: number } | undefined> {
  const { rows } = await sql<{ why: string; people: number }>`
    select why, count(distinct person_id)::integer as people from rolls.published_release
    where school_id = ${schoolId} and released_by = any (${officerIds}::text[]) and why is not null
      and released_on between ${from} and ${to}
    group by why order by people desc, why limit 1`.execute(tx)
  return rows[0]
}
