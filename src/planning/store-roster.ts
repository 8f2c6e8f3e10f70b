import { sql } from 'kysely'
import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { Absence, ServiceDone, SessionKind, TeamSession, TeamSessionId } from './session.ts'

export type RosterLine = {
  readonly id: string
  readonly sessionId: TeamSessionId
  readonly personId: Id<'person'>
  readonly walkIn: boolean
  readonly schoolId?: Id<'school'> | null | undefined
  readonly class?: string | null | undefined
  readonly cameAt?: Date | null | undefined
  readonly outcome?: 'served' | 'absent' | null | undefined
  readonly absentReason?: Absence | null | undefined
  readonly done: readonly ServiceDone[]
  readonly endedAt?: Date | null | undefined
  readonly endedBy?: string | null | undefined
  /** Since when the person or the family says that they will come. */
  readonly comingOn?: Day | null | undefined
}

export type NamedRosterLine = RosterLine & {
  /** Empty where the person may no longer be seen. */
  readonly name: string | null
  readonly birthY: number | null
  readonly birthM: number | null
  readonly birthD: number | null
}

const columns = sql.raw(`r.id, r.session_id as "sessionId", r.person_id as "personId", r.walk_in as "walkIn",
      r.school_id as "schoolId", r.class,
  r.came_at as "cameAt", r.outcome, r.absent_reason as "absentReason", r.done, r.ended_at as "endedAt",
  r.ended_by as "endedBy", r.coming_on as "comingOn"`)

export type NewRosterLine = Pick<RosterLine, 'id' | 'personId' | 'schoolId' | 'class'>

/** Puts people on a roster; who is on it already stays as they are. Gives back whom it added. */
export async function insertLines(
  { tx, now, by }: Work,
  { id, unitId, day }: TeamSession,
  lines: readonly NewRosterLine[],
  walkIn: ServiceDone[] | undefined,
): Promise<string[]> {
  const { rows } = await sql<{ person_id: Id<'person'> }>`
    insert into planning.roster
      (person_id, session_id, id, unit_id, walk_in, school_id, class, day, added_at, came_at, outcome, done, ended_at,
        ended_by)
    select person_id, ${id}::uuid, id, ${unitId}::uuid, ${walkIn !== undefined}, school_id, class, ${day}::date,
      ${now}::timestamptz,
           ${walkIn ? now : null}::timestamptz, ${walkIn ? 'served' : null}, ${walkIn ?? []}::text[],
             ${walkIn ? now : null}::timestamptz, ${walkIn ? by.id : null}
    from unnest(${lines.map(line => line.personId)}::uuid[], ${lines.map(line => line.id)}::uuid[],
        ${lines.map(line => line.schoolId ?? null)}::uuid[],
                ${lines.map(line => line.class ?? null)}::text[]) as l (person_id, id, school_id, class)
    on conflict (person_id, session_id) do nothing returning person_id`.execute(tx)
  return rows.map(row => row.person_id)
}

export async function holdLine(
  { tx }: Work,
  sessionId: TeamSessionId,
  personId: Id<'person'>,
): Promise<RosterLine | undefined> {
  const { rows } = await sql<RosterLine>`
    select ${columns} from planning.roster r where r.session_id = ${sessionId} and r.person_id = ${personId}
    for update`.execute(tx)
  return rows[0]
}

export async function setLine({ tx, by }: Work, line: RosterLine): Promise<void> {
  const { sessionId, personId, cameAt, outcome, absentReason, done, endedAt } = line
  await sql`
    update planning.roster
    set came_at = ${cameAt ?? null}, outcome = ${outcome ?? null}, absent_reason = ${absentReason ?? null},
           done = ${[...done]}::text[], ended_at = ${endedAt ?? null}, ended_by = ${endedAt ? by.id : null}
    where session_id = ${sessionId} and person_id = ${personId}`.execute(tx)
}

export async function deleteLines(
  { tx }: Work,
  sessionId: TeamSessionId,
  personIds: readonly Id<'person'>[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    delete from planning.roster
    where session_id = ${sessionId} and person_id = any (${[...personIds]}::uuid[]) and outcome is null
    returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** The lines of a session without names, in the order of ids. */
export async function linesOf({ tx }: Work, sessionId: TeamSessionId): Promise<RosterLine[]> {
  const { rows } = await sql<RosterLine>`select ${columns} from planning.roster r where r.session_id = ${sessionId}
      order by r.id`.execute(tx)
  return rows
}

/** The same with names, by class and name. */
export async function namedLinesOf({ tx }: Work, sessionId: TeamSessionId): Promise<NamedRosterLine[]> {
  const { rows } = await sql<NamedRosterLine>`
    select ${columns}, p.full_name as name, p.birth_y as "birthY", p.birth_m as "birthM", p.birth_d as "birthD"
    from planning.roster r left join register.published_person p on p.person_id = r.person_id
    where r.session_id = ${sessionId} order by r.walk_in, r.class nulls last, p.sort_key nulls last, r.id`.execute(tx)
  return rows
}

/** Those of some people whose data are being corrected. */
export async function personsWithOpenCorrection({ tx }: Work, personIds: readonly Id<'person'>[]): Promise<string[]> {
  const { rows } = await sql<{ person_id: Id<'person'> }>`
    select distinct c.person_id from register.published_correction c
    where c.person_id = any (${[...personIds]}::uuid[]) and c.state in ('proposed', 'forwarded')`.execute(tx)
  return rows.map(({ person_id }) => person_id)
}

export async function moveLines({ tx }: Work, { id, day, unitId }: TeamSession): Promise<void> {
  await sql`update planning.roster set day = ${day}, unit_id = ${unitId} where session_id = ${id}`.execute(tx)
}

/** Those of some people who wait for another session of the same kind. */
export async function waitingElsewhere(
  { tx }: Work,
  { id, kind }: { id: TeamSessionId; kind: SessionKind },
  personIds: readonly Id<'person'>[],
): Promise<string[]> {
  const { rows } = await sql<{ person_id: Id<'person'> }>`
    select distinct r.person_id from planning.roster r join planning.session s on s.id = r.session_id
    where r.person_id = any (${[...personIds]}::uuid[]) and r.outcome is null and s.id <> ${id} and s.kind = ${kind}
      and s.state in ('planned', 'open')`.execute(tx)
  return rows.map(row => row.person_id)
}

export type RosterCounts = {
  readonly invited: number
  readonly served: number
  readonly absent: number
  readonly waiting: number
  readonly notCome: number
  readonly walkIns: number
}

/** How each of some sessions stands, counted from its lines; one without lines is absent. */
export async function countsOf({ tx }: Work, ids: readonly TeamSessionId[]): Promise<Map<string, RosterCounts>> {
  const { rows } = await sql<RosterCounts & { id: string }>`
    select r.session_id as id,
           count(*) filter (where not r.walk_in)                                              as invited,
           count(*) filter (where not r.walk_in and r.outcome = 'served')                     as served,
           count(*) filter (where r.outcome = 'absent')                                       as absent,
           count(*) filter (where r.outcome is null and r.came_at is not null)                as waiting,
           count(*) filter (where r.outcome is null and r.came_at is null)                    as "notCome",
           count(*) filter (where r.walk_in)                                                  as "walkIns"
    from planning.roster r where r.session_id = any (${[...ids]}::uuid[]) group by r.session_id`.execute(tx)
  return new Map(rows.map(({ id, ...counts }) => [id, counts]))
}

/** A line of a person at a session that is planned or open. */
export type OpenLine = {
  readonly personId: Id<'person'>
  readonly lineId: string
  readonly sessionId: TeamSessionId
  readonly kind: SessionKind
  /** Without an outcome yet. */
  readonly isWaiting: boolean
}

export async function openLinesOf({ tx }: Work, personIds: readonly Id<'person'>[]): Promise<OpenLine[]> {
  const { rows } = await sql<OpenLine>`
    select r.person_id as "personId", r.id as "lineId", r.session_id as "sessionId", s.kind,
      r.outcome is null as "isWaiting"
    from planning.roster r join planning.session s on s.id = r.session_id
    where r.person_id = any (${[...personIds]}::uuid[]) and s.state in ('planned', 'open')`.execute(tx)
  return rows
}

/** The hours that a person has, by their ids alone. */
export async function openBookingIdsOf({ tx }: Work, personId: Id<'person'>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from planning.booking where person_id = ${personId} and state = 'booked'`.execute(tx)
  return rows.map(({ id }) => id)
}

export type AbsenceAhead = { readonly personId: Id<'person'>; readonly from: Day; readonly until: Day }

/** When some people are away, as was declared (tạm vắng), from today on. */
export async function absencesAhead({ tx, today }: Work, personIds: readonly Id<'person'>[]): Promise<AbsenceAhead[]> {
  const { rows } = await sql<AbsenceAhead>`
    select a.person_id as "personId", a.from_on as "from", a.until_on as "until" from register.published_absence a
    where a.person_id = any (${[...personIds]}::uuid[]) and a.until_on >= ${today}`.execute(tx)
  return rows
}
