import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import { workOver } from '../law.ts'
import type { TeamSession, TeamSessionId } from '../session.ts'
import type { Overtime } from './reckoning.ts'

export type OfficerActivity = {
  readonly officerId: Id<'officer'>
  readonly firstAt: Date
  readonly lastAt: Date
  readonly people: number
}

/** Notes that an officer did something at a session just now; `people` are those served by it. */
export async function upsertActivity(work: Work, { id, unitId }: TeamSession, people: number): Promise<void> {
  const { tx, now, by } = work
  await sql`
    insert into planning.activity as a (session_id, officer_id, unit_id, first_at, last_at, people)
    values (${id}, ${by.id}, ${unitId}, ${now}, ${now}, ${people})
    on conflict (session_id, officer_id) do update
      set last_at = case when excluded.last_at > a.last_at
        and excluded.last_at <= a.last_at + make_interval(hours => ${ruleOn(workOver, work.today, work).pause}) then
        excluded.last_at else a.last_at end,
          people = a.people + excluded.people`.execute(tx)
}

export async function activitiesOf({ tx }: Work, sessionId: TeamSessionId): Promise<OfficerActivity[]> {
  const { rows } = await sql<OfficerActivity>`
    select officer_id as "officerId", first_at as "firstAt", last_at as "lastAt", people from planning.activity
    where session_id = ${sessionId}
    order by first_at, officer_id`.execute(tx)
  return rows
}

export type OvertimeRow = Overtime & {
  readonly officerId: Id<'officer'>
  readonly basis: 'own' | 'session'
  readonly from: number
  readonly to: number
}

export async function insertOvertime(
  { tx }: Work,
  { id, unitId, day }: TeamSession,
  rows: readonly OvertimeRow[],
): Promise<void> {
  for (const { officerId, basis, from, to, weekday, restDay, holiday, night, weighted } of rows)
    await sql`
      insert into planning.overtime
        (session_id, officer_id, unit_id, day, basis, worked_from, worked_to, weekday, rest_day, holiday, night,
          weighted)
      values (${id}, ${officerId}, ${unitId}, ${day}, ${basis}, ${from}, ${to}, ${weekday}, ${restDay}, ${holiday},
          ${night}, ${weighted})`.execute(tx)
}

export type OvertimeSum = {
  readonly officerId: Id<'officer'>
  readonly month: number
  readonly year: number
  readonly weighted: number
  /** Minutes of the month that no commander has signed yet. */
  readonly unsigned: number
}

/**
 * Each officer's overtime in the units, in minutes: of the month in which a day lies, and of its year up to the month's
 * end.
 */
export async function findOvertimeSums({ tx }: Work, unitIds: readonly Id<'unit'>[], day: Day): Promise<OvertimeSum[]> {
  const { rows } = await sql<OvertimeSum>`
    select o.officer_id as "officerId",
           coalesce(sum(o.weekday + o.rest_day + o.holiday) filter (where in_month), 0) as month,
           sum(o.weekday + o.rest_day + o.holiday) as year,
           coalesce(sum(o.weighted) filter (where in_month), 0) as weighted,
           coalesce(sum(o.weekday + o.rest_day + o.holiday) filter (where in_month and o.signed_at is null),
               0) as unsigned
    from planning.overtime o cross
    join lateral (select date_trunc('month', o.day) = date_trunc('month', ${day}::date) as in_month) m
    where o.officer_id in (select officer_id from planning.overtime where unit_id = any (${[...unitIds]}::uuid[]))
      and o.day >= date_trunc('year', ${day}::date) and o.day < date_trunc('month', ${day}::date) + interval '1 month'
    group by o.officer_id order by month desc, o.officer_id`.execute(tx)
  return rows
}

/** Minutes of overtime of some officers: of the month in which a day lies, and of its year up to the month's end. */
export async function findOvertimeOf(
  { tx }: Work,
  officerIds: readonly Id<'officer'>[],
  day: Day,
): Promise<Pick<OvertimeSum, 'officerId' | 'month' | 'year'>[]> {
  const { rows } = await sql<Pick<OvertimeSum, 'officerId' | 'month' | 'year'>>`
    select officer_id as "officerId",
           coalesce(sum(weekday + rest_day + holiday)
             filter (where day >= date_trunc('month', ${day}::date)), 0) as month,
           sum(weekday + rest_day + holiday) as year
    from planning.overtime
    where officer_id = any (${[...officerIds]}::uuid[]) and day >= date_trunc('year', ${day}::date)
      and day < date_trunc('month', ${day}::date) + interval '1 month'
    group by officer_id`.execute(tx)
  return rows
}

/** Signs what of an officer's overtime in a month nobody has signed; gives back the minutes, by session. */
export async function setOvertimeSigned(
  { tx, now, by }: Work,
  officerId: Id<'officer'>,
  month: string,
): Promise<{ sessionId: string; minutes: number }[]> {
  const first = `${month}-01`
  const { rows } = await sql<{ sessionId: string; minutes: number }>`
    update planning.overtime set signed_by = ${by.id}, signed_at = ${now}
    where officer_id = ${officerId} and signed_at is null and weekday + rest_day + holiday > 0
      and day >= ${first}::date and day < ${first}::date + interval '1 month'
    returning session_id as "sessionId", weekday + rest_day + holiday as minutes`.execute(tx)
  return rows
}
