import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { SessionKind, SiteKind, TeamSessionId } from '../session.ts'

export type OvertimeBefore = {
  readonly officerId: Id<'officer'>
  /** YYYY-MM. */
  readonly month: string
  readonly minutes: number
  /** Days without ordinary hours on which the officer worked. */
  readonly restDays: number
}

/** Overtime of some officers at sessions that were held, by month, in the years of two days. */
export async function findOvertimeByMonth(
  { tx }: Work,
  officerIds: readonly Id<'officer'>[],
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<OvertimeBefore[]> {
  const { rows } = await sql<OvertimeBefore>`
    select officer_id as "officerId", to_char(day, 'YYYY-MM') as month,
      sum(weekday + rest_day + holiday)::integer as minutes,
      (count(distinct day) filter (where rest_day + holiday > 0))::integer as "restDays"
    from planning.overtime
    where officer_id = any (${[...officerIds]}::uuid[])
      and extract(year from day) between extract(year from ${from}::date) and extract(year from ${to}::date)
    group by officer_id, month order by officer_id, month`.execute(tx)
  return rows
}

/** What a closed session came to, and how long it really took. */
export type HeldSession = {
  readonly kind: SessionKind
  readonly siteKind: SiteKind
  readonly people: number
  readonly minutes: number
  readonly officers: number
  readonly kits: readonly Id<'kit'>[]
}

/** Closed sessions of some units since a day, from the first deed to the last. */
export async function findHeldSessions(
  { tx }: Work,
  unitIds: readonly Id<'unit'>[],
  since: Day,
): Promise<HeldSession[]> {
  const { rows } = await sql<HeldSession>`
    select s.kind, p.kind as "siteKind", (c.counts ->> 'served')::integer + (c.counts ->> 'walkIns')::integer as people,
      round(extract(epoch from max(a.last_at) - min(a.first_at)) / 60)::integer as minutes,
      (select count(*)::integer from planning.session_officer o where o.session_id = s.id) as officers,
      (select coalesce(jsonb_agg(k.kit_id order by k.kit_id), '[]') from planning.session_kit k
        where k.session_id = s.id) as kits
    from planning.session s join planning.site p on p.id = s.site_id join planning.closing c on c.session_id = s.id
    join planning.activity a on a.session_id = s.id
    where s.unit_id = any (${[...unitIds]}::uuid[]) and s.state = 'closed' and s.day >= ${since}
    group by s.id, s.kind, p.kind, c.counts order by s.id`.execute(tx)
  return rows
}

/** Of some sessions those that a family was told of. */
export async function sessionsToldOf({ tx }: Work, ids: readonly TeamSessionId[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select distinct session_id as id from planning.family_notice
    where session_id = any (${[...ids]}::uuid[]) and message_id is not null`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}
