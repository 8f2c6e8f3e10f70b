import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import { asHour, type Hour } from './hour.ts'
import type { KitId, OfficerSeat, SessionClosing, SiteId, TeamSession, TeamSessionId } from './session.ts'

const columns =
  sql.raw(`s.id, s.unit_id as "unitId", s.code, s.kind, s.campaign_id as "campaignId", s.site_id as "siteId",
      s.team_id as "teamId",
  s.day, s.starts_at as "startsAt", s.ends_at as "endsAt", s.state, s.reason, s.confirmed, s.opened_at as "openedAt",
    s.closed_at as "closedAt", s.version`)

const undefinedIfNull = <T>(value: T | null | undefined): T | undefined => value ?? undefined

const asSession = (row: TeamSession): TeamSession => ({
  ...row,
  campaignId: undefinedIfNull(row.campaignId),
  teamId: undefinedIfNull(row.teamId),
  reason: undefinedIfNull(row.reason),
  openedAt: undefinedIfNull(row.openedAt),
  closedAt: undefinedIfNull(row.closedAt),
  startsAt: asHour(row.startsAt),
  endsAt: asHour(row.endsAt),
})

/** The next number of a unit's sessions in a year; two at once wait for each other. */
export async function nextNumber({ tx }: Work, unitId: Id<'unit'>, year: number): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into planning.session_number as n (unit_id, year, last) values (${unitId}, ${year}, 1)
    on conflict (unit_id, year) do update set last = n.last + 1 returning last`.execute(tx)
  return rows[0]?.last ?? 1
}

export async function insertSession(
  work: Work,
  session: TeamSession,
  { year, number }: { year: number; number: number },
): Promise<void> {
  const { tx, now, by } = work
  const { id, unitId, code, kind, campaignId, siteId, teamId, day, startsAt, endsAt, confirmed } = session
  await sql`
    insert into planning.session
      (id, unit_id, year, number, code, kind, campaign_id, site_id, team_id, day, starts_at, ends_at, state, confirmed,
                                  planned_by, planned_at, version)
    values (${id}, ${unitId}, ${year}, ${number}, ${code}, ${kind}, ${campaignId ?? null}, ${siteId}, ${teamId ?? null},
        ${day}, ${startsAt}, ${endsAt},
            'planned', ${[...confirmed]}::text[], ${by.id}, ${now}, 1)`.execute(tx)
}

/** Who sits at a session, and with which machines; what was seated before is taken away first by `unseat`. */
export async function insertSessionSeats(
  { tx }: Work,
  session: TeamSession,
  officers: readonly OfficerSeat[],
  kits: readonly KitId[],
): Promise<void> {
  const { id, unitId, day, startsAt, endsAt } = session
  await sql`
    insert into planning.session_officer (session_id, officer_id, unit_id, role, day, from_at, to_at, stands)
    select ${id}::uuid, officer_id, ${unitId}::uuid, role, ${day}::date, from_at, to_at, true
    from unnest(${officers.map(({ officerId }) => officerId)}::uuid[], ${officers.map(({ role }) => role)}::text[],
                ${officers.map(({ from }) => from)}::time[], ${officers.map(({ to }) => to)}::time[]) as o
                  (officer_id, role, from_at, to_at)`.execute(tx)
  await sql`
    insert into planning.session_kit (session_id, kit_id, unit_id, day, from_at, to_at, stands)
    select ${id}::uuid, kit_id, ${unitId}::uuid, ${day}::date, ${startsAt}::time, ${endsAt}::time, true
    from unnest(${[...kits]}::uuid[]) as k (kit_id)`.execute(tx)
}

export async function deleteSeats({ tx }: Work, id: TeamSessionId): Promise<void> {
  await sql`delete from planning.session_officer where session_id = ${id}`.execute(tx)
  await sql`delete from planning.session_kit where session_id = ${id}`.execute(tx)
}

/** Takes team, officers and machines off sessions that are about to be moved, so that none stands in another's way. */
export async function liftSessions({ tx }: Work, ids: readonly TeamSessionId[]): Promise<void> {
  await sql`delete from planning.session_officer where session_id = any (${[...ids]}::uuid[])`.execute(tx)
  await sql`delete from planning.session_kit where session_id = any (${[...ids]}::uuid[])`.execute(tx)
  await sql`update planning.session set team_id = null where id = any (${[...ids]}::uuid[])`.execute(tx)
}

export async function holdSession({ tx }: Work, id: TeamSessionId): Promise<TeamSession | undefined> {
  const { rows } =
    await sql<TeamSession>`select ${columns} from planning.session s where s.id = ${id} for update`.execute(tx)
  return rows[0] && asSession(rows[0])
}

/** Holds some sessions in one order for everybody, before anything that hangs on them is held. */
export async function holdSessions({ tx }: Work, ids: readonly TeamSessionId[]): Promise<void> {
  await sql`
    select 1 from planning.session s where s.id = any (${[...ids]}::uuid[]) order by s.id for update`.execute(tx)
}

export async function findSession({ tx }: Work, id: TeamSessionId): Promise<TeamSession | undefined> {
  const { rows } = await sql<TeamSession>`select ${columns} from planning.session s where s.id = ${id}`.execute(tx)
  return rows[0] && asSession(rows[0])
}

/** Writes where, when, who with, and in which state a session is; its version grows. */
export async function updateSession({ tx }: Work, session: TeamSession): Promise<void> {
  const { id, siteId, teamId, day, startsAt, endsAt, state, reason, confirmed, openedAt, closedAt, unitId } = session
  await sql`
    update planning.session
    set unit_id = ${unitId}, site_id = ${siteId}, team_id = ${teamId ?? null}, day = ${day}, starts_at = ${startsAt},
      ends_at = ${endsAt},
           state = ${state}, reason = ${reason ?? null}, confirmed = ${[...confirmed]}::text[],
             opened_at = ${openedAt ?? null},
           closed_at = ${closedAt ?? null}, version = version + 1
    where id = ${id}`.execute(tx)
}

export type SessionClash = {
  readonly id: TeamSessionId
  readonly code: string
  readonly startsAt: Hour
  readonly endsAt: Hour
  readonly who?: string
}

const clashColumns = sql.raw('s.id, s.code, s.starts_at as "startsAt", s.ends_at as "endsAt"')
const clashOf = (rows: SessionClash[]): SessionClash | undefined =>
  rows[0] && { ...rows[0], startsAt: asHour(rows[0].startsAt), endsAt: asHour(rows[0].endsAt) }

/**
 * Another session that stands and shares time with this one and its team. What lies beyond the scope is left to the
 * constraints.
 */
export async function teamClash(
  { tx }: Work,
  { id, teamId, day, startsAt, endsAt }: TeamSession,
): Promise<SessionClash | undefined> {
  if (!teamId) return undefined
  const { rows } = await sql<SessionClash>`
    select ${clashColumns} from planning.session s
    where s.team_id = ${teamId} and s.id <> ${id} and s.state <> 'cancelled'
      and s.during && tsrange(${day}::date + ${startsAt}::time, ${day}::date + ${endsAt}::time) order by s.starts_at
      limit 1`.execute(tx)
  return clashOf(rows)
}

export async function officerClash(
  { tx }: Work,
  { id, day }: TeamSession,
  officers: readonly OfficerSeat[],
): Promise<SessionClash | undefined> {
  const { rows } = await sql<SessionClash>`
    select ${clashColumns}, o.officer_id as who
    from unnest(${officers.map(({ officerId }) => officerId)}::uuid[], ${officers.map(({ from }) => from)}::time[],
                ${officers.map(({ to }) => to)}::time[]) as asked (officer_id, from_at, to_at)
    join planning.session_officer o on o.officer_id = asked.officer_id and o.stands and o.session_id <> ${id}
      and o.during && tsrange(${day}::date + asked.from_at, ${day}::date + asked.to_at)
    join planning.session s on s.id = o.session_id order by s.starts_at limit 1`.execute(tx)
  return clashOf(rows)
}

export async function kitClash(
  { tx }: Work,
  { id, day, startsAt, endsAt }: TeamSession,
  kits: readonly KitId[],
): Promise<SessionClash | undefined> {
  const { rows } = await sql<SessionClash>`
    select ${clashColumns}, k.kit_id as who from planning.session_kit k join planning.session s on s.id = k.session_id
    where k.kit_id = any (${[...kits]}::uuid[]) and k.stands and k.session_id <> ${id}
      and k.during && tsrange(${day}::date + ${startsAt}::time, ${day}::date + ${endsAt}::time) order by s.starts_at
      limit 1`.execute(tx)
  return clashOf(rows)
}

type Asked = {
  readonly day: Day
  readonly startsAt: Hour
  readonly endsAt: Hour
  readonly session?: TeamSessionId | undefined
}

/** Of some officers, the sessions at which they are in these hours; `teamId`: of which team that session is. */
export async function busyOfficers(
  { tx }: Work,
  { day, startsAt, endsAt, session }: Asked,
  officers: readonly string[],
): Promise<(SessionClash & { readonly teamId: string | null })[]> {
  const { rows } = await sql<SessionClash & { teamId: string | null }>`
    select ${clashColumns}, o.officer_id as who, s.team_id as "teamId"
    from planning.session_officer o join planning.session s on s.id = o.session_id
    where o.officer_id = any (${[...officers]}::uuid[]) and o.stands
      and o.session_id is distinct from ${session ?? null}
      and o.during && tsrange(${day}::date + ${startsAt}::time, ${day}::date + ${endsAt}::time)
    order by s.starts_at, s.id`.execute(tx)
  return rows.map(row => ({ ...row, startsAt: asHour(row.startsAt), endsAt: asHour(row.endsAt) }))
}

/** Of some machines, the sessions at which they are in these hours. */
export async function busyKits(
  { tx }: Work,
  { day, startsAt, endsAt, session }: Asked,
  kits: readonly KitId[],
): Promise<SessionClash[]> {
  const { rows } = await sql<SessionClash>`
    select ${clashColumns}, k.kit_id as who from planning.session_kit k join planning.session s on s.id = k.session_id
    where k.kit_id = any (${[...kits]}::uuid[]) and k.stands and k.session_id is distinct from ${session ?? null}
      and k.during && tsrange(${day}::date + ${startsAt}::time, ${day}::date + ${endsAt}::time)
    order by s.starts_at, s.id`.execute(tx)
  return rows.map(row => ({ ...row, startsAt: asHour(row.startsAt), endsAt: asHour(row.endsAt) }))
}

export async function sessionsAtSite({ tx }: Work, siteId: SiteId, day: Day): Promise<TeamSession[]> {
  const { rows } = await sql<TeamSession>`
    select ${columns} from planning.session s
    where s.site_id = ${siteId} and s.day = ${day} and s.state in ('planned', 'open') order by s.starts_at`.execute(tx)
  return rows.map(asSession)
}

/** Planned sessions that count on a machine from today to a last day; without one, from today on. */
export async function sessionsWithKit(
  { tx, today }: Work,
  kitId: KitId,
  until: Day | null | undefined,
): Promise<TeamSession[]> {
  const { rows } = await sql<TeamSession>`
    select ${columns} from planning.session_kit k join planning.session s on s.id = k.session_id
    where k.kit_id = ${kitId} and s.state = 'planned' and s.day >= ${today}
      and (${until ?? null}::date is null or s.day <= ${until ?? null}::date)
    order by s.day, s.starts_at`.execute(tx)
  return rows.map(asSession)
}

export async function sessionsIn(
  { tx }: Work,
  unitIds: readonly Id<'unit'>[],
  from: Day,
  to: Day,
): Promise<TeamSession[]> {
  const { rows } = await sql<TeamSession>`
    select ${columns} from planning.session s
    where s.unit_id = any (${unitIds}::uuid[]) and s.day between ${from} and ${to}
    order by s.day, s.starts_at, s.id`.execute(tx)
  return rows.map(asSession)
}

/** Sessions to which people can still be asked, of the units in sight, the next first. */
export async function sessionsAhead({ tx, today }: Work, until: Day): Promise<TeamSession[]> {
  const { rows } = await sql<TeamSession>`
    select ${columns} from planning.session s
    where s.state in ('planned', 'open') and s.kind <> 'counter' and s.day between ${today} and ${until}
    order by s.day, s.starts_at, s.id limit 200`.execute(tx)
  return rows.map(asSession)
}

export type SessionSeat = OfficerSeat & { readonly sessionId: TeamSessionId }

export async function seatsOf({ tx }: Work, ids: readonly TeamSessionId[]): Promise<SessionSeat[]> {
  const { rows } = await sql<SessionSeat>`
    select session_id as "sessionId", officer_id as "officerId", role, from_at as "from", to_at as "to"
    from planning.session_officer
    where session_id = any (${[...ids]}::uuid[]) order by session_id, from_at, role, officer_id`.execute(tx)
  return rows.map(row => ({ ...row, from: asHour(row.from), to: asHour(row.to) }))
}

export async function kitsOf(
  { tx }: Work,
  ids: readonly TeamSessionId[],
): Promise<{ sessionId: TeamSessionId; kitId: KitId }[]> {
  const { rows } = await sql<{ sessionId: TeamSessionId; kitId: KitId }>`
    select session_id as "sessionId", kit_id as "kitId" from planning.session_kit
    where session_id = any (${[...ids]}::uuid[]) order by session_id, kit_id`.execute(tx)
  return rows
}

export async function insertClosing(
  work: Work,
  { id, unitId }: TeamSession,
  { counts, hash }: { counts: object; hash: string },
): Promise<void> {
  const { tx, by, today } = work
  await sql`
    insert into planning.closing (session_id, unit_id, counts, roster_hash, closed_by, closed_on)
    values (${id}, ${unitId}, ${JSON.stringify(counts)}::jsonb, ${hash}, ${by.id}, ${today})`.execute(tx)
}

/** The document of a session that was closed; undefined while it is not. */
export async function findClosing({ tx }: Work, id: TeamSessionId): Promise<SessionClosing | undefined> {
  const { rows } = await sql<{
    counts: SessionClosing
  }>`select counts from planning.closing where session_id = ${id}`.execute(tx)
  return rows[0]?.counts
}

/** The first day from a day on, on which a session stands at a school; undefined where none does. */
export async function findDayAtSchool({ tx }: Work, schoolId: string, from: Day): Promise<Day | undefined> {
  const { rows } = await sql<{ day: Day | null }>`
    select min(s.day) as day from planning.site t join planning.session s on s.site_id = t.id
    where t.school_id = ${schoolId} and s.day >= ${from} and s.state in ('planned', 'open')
      and s.kind <> 'counter'`.execute(tx)
  return rows[0]?.day ?? undefined
}

/** A session as anybody may know it: none at a home. */
export type PublicSession = Pick<TeamSession, 'id' | 'kind' | 'day' | 'startsAt' | 'endsAt' | 'state'> & {
  readonly unitId: Id<'unit'>
  readonly schoolId: Id<'school'> | null
  readonly site: string
  readonly address: string | null
}

export async function findPublicSessions(
  { tx }: Work,
  unitIds: readonly string[],
  from: Day,
  to: Day,
): Promise<PublicSession[]> {
  const { rows } = await sql<PublicSession>`
    select s.id, s.kind, s.day, s.starts_at as "startsAt", s.ends_at as "endsAt", s.state, t.unit_id as "unitId",
      t.school_id as "schoolId", t.name as site, t.address
    from planning.site t join planning.session s on s.site_id = t.id
    where t.unit_id = any (${[...unitIds]}::uuid[]) and s.day between ${from} and ${to}
      and s.state in ('planned', 'open', 'closed') and s.kind <> 'counter' and t.kind <> 'home'
    order by s.day, s.starts_at, s.id`.execute(tx)
  return rows.map(row => ({ ...row, startsAt: asHour(row.startsAt), endsAt: asHour(row.endsAt) }))
}

/**
 * Whoever books at a place holds it together with others who do; whoever closes it waits for them, and those who come
 * later see that it is closed. Before anything else is held, so that nobody waits in a circle.
 */
export async function holdPlaceToBook({ tx }: Work, placeId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended('bookings at ' || ${placeId}::text, 0))`.execute(tx)
}

export async function holdPlaceToClose({ tx }: Work, placeId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('bookings at ' || ${placeId}::text, 0))`.execute(tx)
}
