import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { asHour } from '../hour.ts'
import type { KitId, SiteId, TeamId, TeamSession } from '../session.ts'
import type { WorkingHours } from '../working-hours.ts'
import type { ClosedDay, Kit, Site, Team, TeamMember } from './site.ts'

type UnitIds = readonly string[]

export async function insertSite({ tx, now }: Work, site: Site): Promise<boolean> {
  const { rows } = await sql`
    insert into planning.site (id, unit_id, kind, school_id, name, address, opens_at, closes_at, added_at)
    values (${site.id}, ${site.unitId}, ${site.kind}, ${site.schoolId ?? null}, ${site.name}, ${site.address ?? null},
        ${site.opensAt}, ${site.closesAt}, ${now})
    on conflict (unit_id, school_id) where school_id is not null do nothing returning id`.execute(tx)
  return rows.length === 1
}

const siteColumns = sql.raw(
  `id, unit_id as "unitId", kind, school_id as "schoolId", name, address, opens_at as "opensAt",
      closes_at as "closesAt"`,
)
const asSite = (row: Site): Site => ({ ...row, opensAt: asHour(row.opensAt), closesAt: asHour(row.closesAt) })

export async function findSite({ tx }: Work, id: SiteId): Promise<Site | undefined> {
  const { rows } = await sql<Site>`select ${siteColumns} from planning.site where id = ${id}`.execute(tx)
  return rows[0] && asSite(rows[0])
}

export async function findSites({ tx }: Work, ids: readonly SiteId[]): Promise<Site[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Site>`
    select ${siteColumns} from planning.site where id = any (${[...ids]}::uuid[])`.execute(tx)
  return rows.map(asSite)
}

export async function sitesIn({ tx }: Work, unitIds: UnitIds): Promise<Site[]> {
  const { rows } = await sql<Site>`
    select ${siteColumns} from planning.site where unit_id = any (${unitIds}::uuid[])
    order by kind = 'school', name, id`.execute(tx)
  return rows.map(asSite)
}

export async function insertClosedDay({ tx }: Work, { siteId, unitId, day, why, note }: ClosedDay): Promise<void> {
  await sql`
    insert into planning.closed_day (site_id, day, unit_id, why, note)
    values (${siteId}, ${day}, ${unitId}, ${why}, ${note ?? null})
    on conflict (site_id, day) do update set why = excluded.why, note = excluded.note`.execute(tx)
}

export async function deleteClosedDay({ tx }: Work, siteId: SiteId, day: Day): Promise<void> {
  await sql`delete from planning.closed_day where site_id = ${siteId} and day = ${day}`.execute(tx)
}

const closedColumns = sql.raw(`site_id as "siteId", unit_id as "unitId", day, why, note`)

export async function findClosedDay({ tx }: Work, siteId: SiteId, day: Day): Promise<ClosedDay | undefined> {
  const { rows } = await sql<ClosedDay>`
    select ${closedColumns} from planning.closed_day where site_id = ${siteId} and day = ${day}`.execute(tx)
  return rows[0]
}

/** Which of some sites are closed on which of some days. */
export async function closedAmong(
  { tx }: Work,
  siteIds: readonly SiteId[],
  days: readonly Day[],
): Promise<Pick<ClosedDay, 'siteId' | 'day'>[]> {
  if (siteIds.length === 0) return []
  const { rows } = await sql<Pick<ClosedDay, 'siteId' | 'day'>>`
    select site_id as "siteId", day from planning.closed_day
    where site_id = any (${[...siteIds]}::uuid[]) and day = any (${[...days]}::date[])`.execute(tx)
  return rows
}

export async function closedDaysIn({ tx }: Work, unitIds: UnitIds, from: Day, to: Day): Promise<ClosedDay[]> {
  const { rows } = await sql<ClosedDay>`
    select ${closedColumns} from planning.closed_day
    where unit_id = any (${unitIds}::uuid[]) and day between ${from} and ${to} order by day, site_id`.execute(tx)
  return rows
}

export async function insertTeam({ tx }: Work, { id, unitId, name, colour }: Team): Promise<boolean> {
  const { rows } = await sql`
    insert into planning.team (id, unit_id, name, colour) values (${id}, ${unitId}, ${name}, ${colour})
    on conflict (unit_id, name) where ended_on is null do nothing returning id`.execute(tx)
  return rows.length === 1
}

/** Teams that stand and are seen: those of the scope, and those of units above that come to a session in it. */
export async function findTeams({ tx }: Work, ids?: readonly TeamId[]): Promise<Team[]> {
  const { rows } = await sql<Omit<Team, 'members'>>`
    select id, unit_id as "unitId", name, colour from planning.team
    where ended_on is null ${ids ? sql`and id = any (${ids}::uuid[])` : sql``} order by name, id`.execute(tx)
  const { rows: members } = await sql<TeamMember & { teamId: TeamId }>`
    select team_id as "teamId", officer_id as "officerId", role from planning.team_member
    where team_id = any (${rows.map(({ id }) => id)}::uuid[]) order by role, officer_id`.execute(tx)
  const byTeam = Map.groupBy(members, ({ teamId }) => teamId)
  return rows.map(team => ({
    ...team,
    members: (byTeam.get(team.id) ?? []).map(({ officerId, role }) => ({ officerId, role })),
  }))
}

export async function setMembers({ tx }: Work, { id, unitId }: Team, members: readonly TeamMember[]): Promise<void> {
  await sql`delete from planning.team_member where team_id = ${id}`.execute(tx)
  await sql`
    insert into planning.team_member (team_id, officer_id, unit_id, role)
    select ${id}::uuid, officer_id, ${unitId}::uuid, role
    from unnest(${members.map(({ officerId }) => officerId)}::uuid[], ${members.map(({ role }) => role)}::text[]) as m
      (officer_id, role)`.execute(tx)
}

export async function setTeamEnded({ tx, today }: Work, id: TeamId): Promise<void> {
  await sql`update planning.team set ended_on = ${today} where id = ${id}`.execute(tx)
}

export async function insertKit({ tx }: Work, { id, unitId, code, perHour }: Kit): Promise<boolean> {
  const { rows } = await sql`
    insert into planning.kit (id, unit_id, code, kind, state, per_hour)
    values (${id}, ${unitId}, ${code}, 'capture-kit', 'ready', ${perHour ?? null})
    on conflict (unit_id, code) do nothing returning id`.execute(tx)
  return rows.length === 1
}

/** Machines in use that are seen: those of the scope, and those of units above that come to a session in it. */
export async function findKits({ tx }: Work, ids?: readonly KitId[]): Promise<Kit[]> {
  const { rows } = await sql<Kit>`
    select id, unit_id as "unitId", code, state, repair_until as "repairUntil", per_hour as "perHour" from planning.kit
    where state <> 'retired' ${ids ? sql`and id = any (${ids}::uuid[])` : sql``} order by code, id`.execute(tx)
  return rows
}

export async function updateKitState({ tx }: Work, { id, state, repairUntil }: Kit): Promise<void> {
  await sql`update planning.kit set state = ${state}, repair_until = ${repairUntil ?? null} where id = ${id}`.execute(
    tx,
  )
}

type HoursRow = WorkingHours & { readonly unitId: Id<'unit'> }

/** What each of some units has said last of its hours, as of a day. */
export async function findWorkingHours({ tx }: Work, unitIds: UnitIds, day: Day): Promise<Map<string, WorkingHours>> {
  const { rows } = await sql<HoursRow>`
    select distinct on (unit_id) unit_id as "unitId", morning_from as "morningFrom", morning_to as "morningTo",
           afternoon_from as "afternoonFrom", afternoon_to as "afternoonTo", saturday
    from planning.working_hours where unit_id = any (${unitIds}::uuid[]) and from_on <= ${day}
    order by unit_id, from_on desc`.execute(tx)
  return new Map(
    rows.map(({ unitId, morningFrom, morningTo, afternoonFrom, afternoonTo, saturday }) => [
      unitId,
      {
        morningFrom: asHour(morningFrom),
        morningTo: asHour(morningTo),
        afternoonFrom: asHour(afternoonFrom),
        afternoonTo: asHour(afternoonTo),
        saturday,
      },
    ]),
  )
}

export async function upsertWorkingHours({ tx, today }: Work, unitId: Id<'unit'>, hours: WorkingHours): Promise<void> {
  const { morningFrom, morningTo, afternoonFrom, afternoonTo, saturday } = hours
  await sql`
    insert into planning.working_hours
      (unit_id, from_on, morning_from, morning_to, afternoon_from, afternoon_to, saturday)
    values (${unitId}, ${today}, ${morningFrom}, ${morningTo}, ${afternoonFrom}, ${afternoonTo}, ${saturday})
    on conflict (unit_id, from_on) do update set morning_from = excluded.morning_from, morning_to = excluded.morning_to,
      afternoon_from = excluded.afternoon_from, afternoon_to = excluded.afternoon_to,
        saturday = excluded.saturday`.execute(tx)
}

export type SessionOfDay = Pick<TeamSession, 'id' | 'kind' | 'day' | 'startsAt' | 'endsAt' | 'state'> & {
  readonly siteName: string
  readonly invited: number
  readonly officerIds: readonly Id<'officer'>[]
  /** What each of its machines takes an hour, where it differs from the usual. */
  readonly kits: readonly (number | null)[]
}

/** The sessions of some units from a day to a day, each with how many are asked to it, its officers and machines. */
export async function sessionsOfDays(
  { tx }: Work,
  unitIds: readonly Id<'unit'>[],
  from: Day,
  to: Day,
): Promise<SessionOfDay[]> {
  const { rows } = await sql<SessionOfDay>`
    select s.id, s.kind, s.day, s.starts_at as "startsAt", s.ends_at as "endsAt", s.state, p.name as "siteName",
      (select count(*)::integer from planning.roster r where r.session_id = s.id and not r.walk_in) as invited,
      (select coalesce(jsonb_agg(o.officer_id order by o.from_at, o.role, o.officer_id), '[]')
        from planning.session_officer o where o.session_id = s.id) as "officerIds",
      (select coalesce(jsonb_agg(k.per_hour), '[]') from planning.session_kit u
        join planning.kit k on k.id = u.kit_id and k.state <> 'retired' where u.session_id = s.id) as kits
    from planning.session s join planning.site p on p.id = s.site_id
    where s.unit_id = any (${[...unitIds]}::uuid[]) and s.day between ${from} and ${to}
    order by s.day, s.starts_at, s.id`.execute(tx)
  return rows.map(row => ({ ...row, startsAt: asHour(row.startsAt), endsAt: asHour(row.endsAt) }))
}
