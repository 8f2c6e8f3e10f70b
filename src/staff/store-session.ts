import { sql } from 'kysely'
import { type Id, isId } from '../platform/ids.ts'
import { ruleOn } from '../platform/law.ts'
import { slowdownIn } from '../platform/throttling/slowdown.ts'
import type { Work } from '../platform/work.ts'
import type { SchoolId, UnitId } from '../units/units.ts'
import { recentDays, sessionLimits, stepUpMinutes } from './law.ts'
import type { AppointmentId, OfficerId, SignInId, StandInId } from './officer.ts'
import type { Role } from './role.ts'

export type OfficerSessionId = Id<'session'>

/** By what an officer proved themselves beside the password. */
export type SessionFactor = 'passkey' | 'totp' | 'mail'

/**
 * Opens credentials and sessions for some steps of a work; row-level security keeps them shut otherwise. A literal, as
 * in platform/work.ts.
 */
export async function withCredentials<T>({ tx }: Work, step: () => Promise<T>): Promise<T> {
  await sql`set local dinhdanh.signing_in = 'yes'`.execute(tx)
  const result = await step()
  await sql`set local dinhdanh.signing_in = ''`.execute(tx)
  return result
}

export type Credential = {
  readonly officerId: OfficerId
  readonly login: string
  readonly fullName: string
  readonly unitId: UnitId
  readonly password: string
  readonly mustChange: boolean
  /** Whether the officer has signed in from this browser before. */
  readonly knownDevice: boolean
  /** Whether the password alone leads to adding a first second factor. */
  readonly mayEnrol: boolean
  /** One that rests opens nothing yet, and is none. */
  readonly hasFactor: boolean
}

/** Of an officer who has not left. */
export async function findCredential(
  { tx, now }: Work,
  login: string,
  deviceHash: Buffer,
): Promise<Credential | undefined> {
  const { rows } = await sql<Credential>`
    select o.id as "officerId", o.login, o.full_name as "fullName", o.unit_id as "unitId", c.password,
      c.must_change as "mustChange", c.may_enrol as "mayEnrol",
      exists (select from staff.factor f where f.officer_id = o.id and coalesce(f.rests_until <= ${now}, true))
        as "hasFactor",
           exists (select from staff.device_officer d
             where d.device_hash = ${deviceHash} and d.officer_id = o.id) as "knownDevice"
    from staff.officer o join staff.credential c on c.officer_id = o.id
    where o.login = ${login} and o.left_at is null`.execute(tx)
  return rows[0]
}

/** Sets a password. Who had none before may add a first second factor by it. */
export async function setPassword(
  { tx, now }: Work,
  officerId: OfficerId,
  password: string,
  mustChange: boolean,
): Promise<void> {
  await sql`
    insert into staff.credential (officer_id, password, must_change, may_enrol, set_at)
    values (${officerId}, ${password}, ${mustChange}, true, ${now})
    on conflict (officer_id)
    do update set password = excluded.password, must_change = excluded.must_change, set_at = excluded.set_at`.execute(
    tx,
  )
}

/** Of some officers, those who ever had a password. */
export async function officersWithPassword({ tx }: Work, officerIds: readonly OfficerId[]): Promise<OfficerId[]> {
  const { rows } = await sql<{ id: OfficerId }>`
    select officer_id as id from staff.credential where officer_id = any (${officerIds}::uuid[])`.execute(tx)
  return rows.map(({ id }) => id)
}

export const attempts = slowdownIn('staff.slowdown')

export type NewOfficerSession = {
  readonly id: OfficerSessionId
  readonly tokenHash: Buffer
  readonly officerId: OfficerId
  readonly appointmentId: AppointmentId | undefined
  readonly standInId: StandInId | undefined
  readonly scope: readonly string[]
  readonly deviceHash: Buffer
  readonly browser: string
  readonly factor: SessionFactor
  readonly endsAt: Date
}

/** Gives when the officer's last session began; null where this is their first. */
export async function addSession({ tx, now }: Work, session: NewOfficerSession): Promise<Date | null> {
  const { rows } = await sql<{ lastBeganAt: Date | null }>`
    insert into staff.session
      (id, token_hash, officer_id, appointment_id, stand_in_id, scope, device_hash, browser, factor, factor_at,
       began_at, seen_at, ends_at)
    values (${session.id}, ${session.tokenHash}, ${session.officerId}, ${session.appointmentId ?? null},
        ${session.standInId ?? null},
      ${session.scope}::uuid[], ${session.deviceHash}, ${session.browser}, ${session.factor}, ${now},
      ${now}, ${now}, ${session.endsAt})
    returning (
      select max(began_at) from staff.session where officer_id = ${session.officerId}
    ) as "lastBeganAt"`.execute(tx)
  return rows[0]?.lastBeganAt ?? null
}

export async function rememberDevice({ tx, now }: Work, deviceHash: Buffer, officerId: OfficerId): Promise<void> {
  await sql`
    insert into staff.device_officer (device_hash, officer_id, signed_in_at)
    values (${deviceHash}, ${officerId}, ${now})
    on conflict (device_hash, officer_id) do update set signed_in_at = excluded.signed_in_at`.execute(tx)
}

/** Whether an officer has signed in from a browser, or is signed in there now. */
export async function browserHasOfficer(
  { tx, now }: Work,
  { deviceHash, tokenHash }: { readonly deviceHash: Buffer | null; readonly tokenHash: Buffer | null },
): Promise<boolean> {
  const { rows } = await sql<{ theirs: boolean }>`
    select exists (select from staff.device_officer where device_hash = ${deviceHash}::bytea)
        or exists (select from staff.session
          where token_hash = ${tokenHash}::bytea and ended_at is null and ends_at > ${now}) as theirs`.execute(tx)
  return rows[0]?.theirs ?? false
}

export type RecentOfficer = { readonly officerId: OfficerId; readonly login: string; readonly fullName: string }

/** Who signed in from this browser lately, the latest first. */
export async function officersOfDevice(work: Work, deviceHash: Buffer): Promise<RecentOfficer[]> {
  const { tx, now, today } = work
  const { rows } = await sql<RecentOfficer>`
    select o.id as "officerId", o.login, o.full_name as "fullName"
    from staff.device_officer d join staff.officer o on o.id = d.officer_id
    where d.device_hash = ${deviceHash}
      and d.signed_in_at > ${now}::timestamptz - make_interval(days => ${ruleOn(recentDays, today, work)})
      and o.left_at is null
    order by d.signed_in_at desc limit 12`.execute(tx)
  return rows
}

export type SessionRow = {
  readonly id: OfficerSessionId
  readonly officerId: OfficerId
  readonly login: string
  readonly fullName: string
  readonly appointmentId: AppointmentId | null
  readonly role: Role | null
  readonly unitId: UnitId | null
  readonly standInId: StandInId | null
  readonly forId: OfficerId | null
  readonly forName: string | null
  readonly scope: string[]
  readonly mustChange: boolean
  readonly deviceHash: Buffer
  readonly factor: SessionFactor
  /** Until when an approval, an export or a right of an officer needs no second factor again. */
  readonly freshUntil: Date
  readonly seenAt: Date
  readonly endsAt: Date
  /** Changes with all of the above but `seenAt`, as `standingOf` of the session. */
  readonly standing: string
}

/** What gives `standing` of a session, as an SQL expression. Throws a RangeError where the id is no UUID. */
export function standingOf(id: OfficerSessionId): string {
  if (!isId(id)) throw new RangeError('a session is named by a UUID only')
  return `staff.session_standing('${id}')`
}

/**
 * The live session of a token: not ended, not idle, not too old, its officer still here. Of an appointment or stand-in
 * that is over on the work's day nothing is left but the name.
 */
export async function sessionByToken(work: Work, tokenHash: Buffer): Promise<SessionRow | undefined> {
  const { tx, now, today } = work
  const { idleMinutes } = ruleOn(sessionLimits, today, work)
  const freshMinutes = ruleOn(stepUpMinutes, today, work)
  const { rows } = await sql<SessionRow>`
    select s.id, s.officer_id as "officerId", o.login, o.full_name as "fullName", a.id as "appointmentId", a.role,
      a.unit_id as "unitId",
           i.id as "standInId", case when i.id is not null then b.id end as "forId",
             case when i.id is not null then b.full_name end as "forName",
           case when a.id is null then '{}'::uuid[] else s.scope end as scope,
           s.factor, s.factor_at + make_interval(mins => ${freshMinutes}) as "freshUntil",
           c.must_change as "mustChange", s.device_hash as "deviceHash", s.seen_at as "seenAt", s.ends_at as "endsAt",
           staff.session_standing(s.id) as standing
    from staff.session s
    join staff.officer o on o.id = s.officer_id and o.left_at is null
    join staff.credential c on c.officer_id = s.officer_id
    left join staff.stand_in i on i.id = s.stand_in_id and i.valid @> ${today}::date
    left join staff.appointment a on a.id = s.appointment_id and a.valid @> ${today}::date
      and (s.stand_in_id is null or i.id is not null)
    left join staff.officer b on b.id = a.officer_id
    where s.token_hash = ${tokenHash} and s.ended_at is null and s.ends_at > ${now}
      and s.seen_at > ${now}::timestamptz - make_interval(mins => ${idleMinutes})`.execute(tx)
  return rows[0]
}

/** The live sessions with a post, for whoever computes what they see anew. */
export async function sessionsWithPost({
  tx,
  now,
}: Work): Promise<{ id: OfficerSessionId; role: Role; unitId: UnitId; schoolId: SchoolId | null }[]> {
  const { rows } = await sql<{ id: OfficerSessionId; role: Role; unitId: UnitId; schoolId: SchoolId | null }>`
    select s.id, a.role, a.unit_id as "unitId", a.school_id as "schoolId" from staff.session s
    join staff.appointment a on a.id = s.appointment_id
    where s.ended_at is null and s.ends_at > ${now}`.execute(tx)
  return rows
}

export async function setSessionScope({ tx }: Work, id: OfficerSessionId, scope: readonly string[]): Promise<void> {
  await sql`update staff.session set scope = ${scope}::uuid[] where id = ${id}`.execute(tx)
}

export async function markSeen({ tx, now }: Work, id: OfficerSessionId): Promise<void> {
  await tx.updateTable('staff.session').set({ seen_at: now }).where('id', '=', id).execute()
}

/** Keeps that a session's officer proved themselves by a second factor just now. */
export async function setFactorGiven({ tx, now }: Work, id: OfficerSessionId, factor: SessionFactor): Promise<void> {
  await sql`update staff.session set factor = ${factor}, factor_at = ${now} where id = ${id}`.execute(tx)
}

export type NewSignIn = {
  readonly id: SignInId
  readonly tokenHash: Buffer
  readonly officerId: OfficerId
  readonly deviceHash: Buffer
  readonly endsAt: Date
}

/** Keeps a sign-in whose password was right, until its second factor was given. */
export async function addSignIn({ tx, now }: Work, one: NewSignIn): Promise<void> {
  await sql`
    insert into staff.sign_in (id, token_hash, officer_id, device_hash, began_at, ends_at)
    values (${one.id}, ${one.tokenHash}, ${one.officerId}, ${one.deviceHash}, ${now}, ${one.endsAt})`.execute(tx)
  await sql`delete from staff.sign_in where ends_at < ${now}`.execute(tx)
}

/** A session takes another token and, where given, another post; the old token is worth nothing from then on. */
export async function rotateToken(
  { tx, now }: Work,
  id: OfficerSessionId,
  tokenHash: Buffer,
  post?: { appointmentId: AppointmentId; standInId: StandInId | undefined; scope: readonly string[] },
): Promise<void> {
  await sql`
    update staff.session set token_hash = ${tokenHash}, seen_at = ${now}
      ${
        post
          ? sql`, appointment_id = ${post.appointmentId}, stand_in_id = ${post.standInId ?? null},
          scope = ${post.scope}::uuid[]`
          : sql``
      }
    where id = ${id}`.execute(tx)
}

export type LiveSession = {
  readonly id: OfficerSessionId
  readonly browser: string
  readonly beganAt: Date
  readonly seenAt: Date
}

export async function liveSessions(work: Work, officerId: OfficerId): Promise<LiveSession[]> {
  const { tx, now, today } = work
  const { idleMinutes } = ruleOn(sessionLimits, today, work)
  const { rows } = await sql<LiveSession>`
    select id, browser, began_at as "beganAt", seen_at as "seenAt" from staff.session
    where officer_id = ${officerId} and ended_at is null and ends_at > ${now}
      and seen_at > ${now}::timestamptz - make_interval(mins => ${idleMinutes})
    order by seen_at desc`.execute(tx)
  return rows
}

/** Ends sessions of an officer: one, all, or all but one. Gives which. */
export async function endSessions(
  { tx, now }: Work,
  officerId: OfficerId,
  { only, except }: { only?: OfficerSessionId; except?: OfficerSessionId } = {},
): Promise<OfficerSessionId[]> {
  const { rows } = await sql<{ id: OfficerSessionId }>`
    update staff.session set ended_at = ${now}
    where officer_id = ${officerId} and ended_at is null
      and (${only ?? null}::uuid is null or id = ${only ?? null}::uuid)
        and (${except ?? null}::uuid is null or id <> ${except ?? null}::uuid)
    returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Ends the session of everybody, and sign-ins that wait for a second factor. Gives how many sessions lived. */
export async function setEverySessionEnded({ tx, now }: Work): Promise<number> {
  await sql`delete from staff.sign_in`.execute(tx)
  await sql`delete from staff.factor_challenge`.execute(tx)
  const { numAffectedRows } =
    await sql`update staff.session set ended_at = ${now} where ended_at is null and ends_at > ${now}`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

/** Ends every link to a password that is out. */
export async function setEveryLinkEnded({ tx, now }: Work): Promise<void> {
  await sql`update staff.password_link set ended_at = ${now} where used_at is null and ended_at is null`.execute(tx)
}

/** The posts of some roles, by role and unit, of other officers today whose password was not set in this work. */
export async function postsOfOthersWithPassword(
  { tx, now, today }: Work,
  officerId: OfficerId,
  roles: readonly Role[],
) {
  const { rows } = await sql<{ role: Role; unitId: UnitId }>`
    select distinct a.role, a.unit_id as "unitId" from staff.officer o
    join staff.credential c on c.officer_id = o.id and c.set_at < ${now}
    join staff.appointment a on a.officer_id = o.id and a.role = any (${roles}::text[]) and a.valid @> ${today}::date
    where o.id <> ${officerId} and o.left_at is null`.execute(tx)
  return rows
}

export async function hasPassword({ tx }: Work, officerId: OfficerId): Promise<boolean> {
  const { rows } = await sql`select from staff.credential where officer_id = ${officerId}`.execute(tx)
  return rows.length > 0
}

/** The password stays, and opens only the page on which it is changed. */
export async function setMustChange({ tx }: Work, officerId: OfficerId): Promise<void> {
  await sql`update staff.credential set must_change = true where officer_id = ${officerId}`.execute(tx)
}

const endedBefore = (before: Date) => sql`least(coalesce(ended_at, ends_at), ends_at) < ${before}`

export async function countSessionsEnded({ tx }: Work, before: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from staff.session where ${endedBefore(before)}`.execute(tx)
  return rows[0]?.n ?? 0
}

/** Removes sessions that ended before a moment, so many at most. Gives how many. */
export async function deleteSessionsEnded({ tx }: Work, before: Date, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from staff.session where (id) in (
      select id from staff.session where ${endedBefore(before)} limit ${limit} for update skip locked)`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
