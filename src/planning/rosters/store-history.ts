import { sql } from 'kysely'
import type { Day } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { ServiceDone } from '../session.ts'
import type { PastSeat, PastSession } from './imported-session.ts'

const uuids = (ids: readonly string[]) => sql`${[...ids]}::uuid[]`

export async function knownSessions({ tx }: Work, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select id from planning.session where id = any (${uuids(ids)})`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

type PastSite = { readonly unitId: Id<'unit'>; readonly schoolId: Id<'school'> | null; readonly name: string }

/**
 * The site of a school, or the hall of a commune; made where it is not known. Open as long as people work there in a
 * drive: seven to ten in the evening (domain.md 7.2).
 */
export async function findOrInsertSite({ tx, now }: Work, { unitId, schoolId, name }: PastSite): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id from planning.site
    where unit_id = ${unitId} and case when ${schoolId}::uuid is null then kind = 'hall' and name = ${name}
      else school_id = ${schoolId}::uuid end limit 1`.execute(tx)
  if (rows[0]) return rows[0].id
  const id = newId<'site'>(now)
  await sql`
    insert into planning.site (id, unit_id, kind, school_id, name, opens_at, closes_at, added_at)
    values (${id}, ${unitId}, ${schoolId ? 'school' : 'hall'}, ${schoolId}, ${name}, '07:00', '22:00', ${now})`.execute(
    tx,
  )
  return id
}

export async function findOrInsertTeam(
  { tx, now }: Work,
  unitId: Id<'unit'>,
  name: string,
  number: number,
): Promise<string> {
  const { rows } = await sql<{
    id: string
  }>`select id from planning.team where unit_id = ${unitId} and name = ${name} and ended_on is null`.execute(tx)
  if (rows[0]) return rows[0].id
  const id = newId<'team'>(now)
  await sql`insert into planning.team (id, unit_id, name, colour)
    values (${id}, ${unitId}, ${name}, ${((number - 1) % 6) + 1})`.execute(tx)
  return id
}

/** The machines of a unit by their codes, made where they are not known. */
export async function findOrInsertKits(
  { tx, now }: Work,
  unitId: Id<'unit'>,
  codes: readonly string[],
): Promise<string[]> {
  const ids: string[] = []
  for (const code of codes) {
    const { rows } = await sql<{ id: string }>`
      insert into planning.kit (id, unit_id, code, kind, state)
      values (${newId<'kit'>(now)}, ${unitId}, ${code}, 'capture-kit', 'ready')
      on conflict (unit_id, code) do update set code = excluded.code returning id`.execute(tx)
    if (rows[0]) ids.push(rows[0].id)
  }
  return ids
}

export async function lastNumber({ tx }: Work, unitId: Id<'unit'>, year: number): Promise<number> {
  const { rows } = await sql<{
    last: number
  }>`select last from planning.session_number where unit_id = ${unitId} and year = ${year}`.execute(tx)
  return rows[0]?.last ?? 0
}

/** By unit and year, as `unit year`. */
export async function keepNumbers({ tx }: Work, numbers: ReadonlyMap<string, number>): Promise<void> {
  for (const [key, last] of numbers) {
    const [unitId, year] = key.split(' ')
    await sql`
      insert into planning.session_number as n (unit_id, year, last) values (${unitId}, ${Number(year)}, ${last})
      on conflict (unit_id, year) do update set last = greatest(n.last, excluded.last)`.execute(tx)
  }
}

export type NewPastSession = Omit<PastSession, 'day'> & {
  readonly day: Day
  readonly unitId: Id<'unit'>
  readonly siteId: string
  readonly teamId: string
  readonly year: number
  readonly number: number
  readonly code: string
  readonly kitIds: readonly string[]
  readonly officerIds: readonly Id<'officer'>[]
}

const instant = (day: string, time: string) => sql`((${day}::date + ${time}::time) at time zone 'Asia/Ho_Chi_Minh')`
const roles = ['information-check', 'fingerprint', 'photo'] as const

/**
 * A session with its officers, each of whom worked as long as it lasted, and its machines. One that is over is open
 * until it is closed.
 */
export async function insertPastSession({ tx, now, by }: Work, session: NewPastSession): Promise<void> {
  const { id, unitId, year, number, code, kind, siteId, teamId, day, start, end, state } = session
  const begun = state === 'closed'
  await sql`
    insert into planning.session
      (id, unit_id, year, number, code, kind, site_id, team_id, day, starts_at, ends_at, state, planned_by, planned_at,
        opened_at, version)
    values (${id}, ${unitId}, ${year}, ${number}, ${code}, ${kind}, ${siteId}, ${teamId}, ${day}, ${start}, ${end},
        ${begun ? 'open' : 'planned'}, ${by.id}, ${now},
            ${begun ? instant(day, start) : sql`null`}, 1)`.execute(tx)
  for (const [i, officerId] of session.officerIds.entries()) {
    await sql`
      insert into planning.session_officer (session_id, officer_id, unit_id, role, day, from_at, to_at, stands)
      values (${id}, ${officerId}, ${unitId}, ${roles[i] ?? 'reserve'}, ${day}, ${start}, ${end}, true)
      on conflict do nothing`.execute(tx)
    if (begun)
      await sql`
        insert into planning.activity (session_id, officer_id, unit_id, first_at, last_at, people)
        values (${id}, ${officerId}, ${unitId}, ${instant(day, start)}, ${instant(day, end)}, 0)
        on conflict do nothing`.execute(tx)
  }
  for (const kitId of session.kitIds)
    await sql`
      insert into planning.session_kit (session_id, kit_id, unit_id, day, from_at, to_at, stands)
      values (${id}, ${kitId}, ${unitId}, ${day}, ${start}, ${end}, true)
      on conflict do nothing`.execute(tx)
}

type PastSeating = {
  readonly id: string
  readonly day: Day
  readonly start: string
  readonly unitId: Id<'unit'>
  readonly schoolId: Id<'school'> | null
  readonly done: readonly ServiceDone[]
}

/** The lines of a session; whose number nobody has is left out. A pupil's class is that of the roll in force. */
export async function insertSeats(
  { tx, now, by }: Work,
  { id, day, start, unitId, schoolId, done }: PastSeating,
  seats: readonly PastSeat[],
): Promise<void> {
  const lines = JSON.stringify(
    seats.map(({ number, outcome, reason, walkIn }) => ({
      number,
      outcome: outcome || null,
      reason: reason || null,
      walkIn,
    })),
  )
  await sql`
    insert into planning.roster
      (person_id, session_id, id, unit_id, walk_in, school_id, class, day, came_at, outcome, absent_reason, done,
        ended_at, ended_by, added_at)
    select l.person_id, ${id}::uuid, gen_random_uuid(), ${unitId}::uuid, s."walkIn", ${schoolId}::uuid,
           (select r.class from rolls.published_row r
             where r.person_id = l.person_id and r.school_id = ${schoolId}::uuid and r.outcome = 'matched' limit 1),
             ${day}::date,
           case when s.outcome = 'served' then ${instant(day, start)} end, s.outcome, s.reason,
             case when s.outcome = 'served' then ${[...done]}::text[] else '{}' end,
           case when s.outcome is not null then ${instant(day, start)} end,
             case when s.outcome is not null then ${by.id} end, ${now}
    from jsonb_to_recordset(${lines}::jsonb) as s (number text, outcome text, reason text, "walkIn" boolean)
    join register.published_number_lookup l on l.number = s.number
    on conflict do nothing`.execute(tx)
}
